//! Claims written by hand, as the tagger would send them (moved here by `scenarios.txt`).

use chrono::{DateTime, TimeDelta, Utc};
use talentwire::model::{
    Arrival, ArticleRef, Claim, ClaimRecord, Evidence, Field, Kind, SCHEMA, Status, Suppressed,
    content_id,
};
use talentwire::track::{History, Relation, Settings, Tracker};

/// The first hour of the scenarios.
pub(crate) fn start() -> DateTime<Utc> {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

/// The companies of the scenarios.
pub(crate) fn relations() -> Vec<Relation> {
    [
        ("openai", "OpenAI", None),
        ("anthropic", "Anthropic", None),
        ("google", "Google", None),
        ("google-deepmind", "Google DeepMind", Some("google")),
        ("meta", "Meta", None),
        ("microsoft", "Microsoft", None),
        ("apple", "Apple", None),
        ("nvidia", "Nvidia", None),
        ("xai", "xAI", None),
        ("x-corp", "X", None),
        ("thinking-machines-lab", "Thinking Machines Lab", None),
    ]
    .into_iter()
    .map(|(id, name, parent): (&str, &str, Option<&str>)| Relation {
        id: id.into(),
        name: name.into(),
        parent: parent.map(Into::into),
    })
    .collect()
}

/// A tracker without history.
pub(crate) fn tracker() -> Tracker {
    Tracker::new(Settings::default(), &History::default(), &relations())
}

/// A live claim of full weight; the tests change what they are about.
pub(crate) fn claim(person: Option<&str>, from: Option<&str>, to: Option<&str>) -> Claim {
    let kind = match (from, to) {
        (Some(_), Some(_)) => Kind::Moved,
        (None, _) => Kind::Joined,
        _ => Kind::Left,
    };
    Claim {
        person: person.map(Into::into),
        person_as_written: person.map(Into::into),
        count: 1,
        from: from.map(Into::into),
        to: to.map(Into::into),
        role: None,
        kind,
        status: Status::Reported,
        confidence: 0.9,
        alert: true,
        suppressed: None,
        evidence: Evidence {
            field: Field::Title,
            start: 0,
            end: 8,
            text: "Evidence.".into(),
            trigger: "joins".into(),
        },
    }
}

/// Puts a claim into an article; `number` makes the article's identity.
pub(crate) fn record(
    claim: Claim,
    outlet: &str,
    number: usize,
    seen: DateTime<Utc>,
) -> ClaimRecord {
    let article = ArticleRef {
        id: content_id(&["article", outlet, &number.to_string()]),
        feed: format!("https://{}.example/rss", number % 7),
        outlet: outlet.into(),
        url: Some(format!("https://news.example/{outlet}/{number}")),
        title: format!("{outlet} article {number}"),
        lang: Some("en".into()),
        published: Some(seen - TimeDelta::minutes(10)),
        first_seen: seen,
        arrival: Arrival::Live,
    };
    let id = content_id(&["claim", &article.id, &serde_json::to_string(&claim).unwrap()]);
    ClaimRecord { schema: SCHEMA, id, article, claim }
}

/// One line of `scenarios.txt`, before the arrow.
pub(crate) fn parse(line: &str, number: usize) -> ClaimRecord {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let [time, outlet, person, ends, words] = fields[..] else { panic!("five fields: {line}") };
    let (day, hour) = time.split_once(' ').unwrap();
    let at = |day: i64, hour: i64| start() + TimeDelta::days(day - 1) + TimeDelta::hours(hour);
    let seen = at(day.parse().unwrap(), hour.parse().unwrap());
    let maybe = |text: &str| (text != "-").then(|| text.to_owned());
    let (person, written) = person.split_once(" / ").unwrap_or((person, person));
    let (from, to) = ends.split_once('>').unwrap();
    let (from, to) = (maybe(from.trim()), maybe(to.trim()));
    let mut claim = claim(maybe(person).as_deref(), from.as_deref(), to.as_deref());
    claim.person_as_written = maybe(written);
    let (mut arrival, mut published, mut number) = (Arrival::Live, None, number);
    for word in words.split_whitespace() {
        let (word, value) = word.split_once(':').unwrap_or((word, ""));
        let json = |value: &str| serde_json::Value::from(value);
        match word {
            "rumoured" | "reported" | "confirmed" | "denied" => {
                claim.status = serde_json::from_value::<Status>(json(word)).unwrap();
            }
            "weak" => claim.alert = false,
            "seed" | "edit" | "canary" => arrival = serde_json::from_value(json(word)).unwrap(),
            "kind" => claim.kind = serde_json::from_value(json(value)).unwrap(),
            "suppressed" => {
                claim.suppressed = Some(serde_json::from_value::<Suppressed>(json(value)).unwrap());
            }
            "role" => claim.role = Some(value.replace('_', " ")),
            "count" => claim.count = value.parse().unwrap(),
            "published" => published = Some(at(value.parse().unwrap(), 0)),
            "again" => number -= 1,
            _ => panic!("unknown word {word:?} in {line}"),
        }
    }
    let mut record = record(claim, outlet, number, seen);
    record.id = content_id(&["claim", line]);
    record.article.arrival = arrival;
    record.article.published = published.or(record.article.published);
    record
}
