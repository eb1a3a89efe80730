//! What a person must see of a move or an article in two seconds, cleaned but not yet escaped.
//! Every receiver for people lays out the same card.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::message::{Event, MoveNews, News};
use super::text::{ago, clean, cut, link};
use super::tone::Tone;
use crate::model::{ChangeKind, Kind, Move, Report, Status, Tagged};

/// Longest name of a person, so that name and companies fit a headline of 150.
const PERSON: usize = 56;
/// Longest name of a company.
const COMPANY: usize = 40;
/// Longest outlet.
const OUTLET: usize = 60;
/// Longest quotation.
const QUOTE: usize = 500;
/// Further outlets named; the rest is counted.
const MORE: usize = 5;

/// A sentence with the words that say "moved" in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Before the trigger, or the whole sentence.
    pub before: String,
    /// The trigger; may be empty.
    pub trigger: String,
    /// After it.
    pub after: String,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Who publishes.
    pub outlet: String,
    /// Where, safe to click.
    pub url: Option<String>,
    /// How long ago.
    pub age: Option<String>,
}

impl Source {
    /// `outlet`, as a receiver spells it, and how long ago.
    pub fn with_age(&self, outlet: &str) -> String {
        match &self.age {
            Some(age) => format!("{outlet}, {age}"),
            None => outlet.to_owned(),
        }
    }
}

/// The card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Who, from where, to where; at most 150 UTF-16 units.
    pub headline: String,
    /// How sure.
    pub tone: Tone,
    /// What changed since the last message, in words.
    pub change: Option<&'static str>,
    /// The role, and how else the name is spelt.
    pub details: Vec<String>,
    /// The sentence that says it.
    pub quote: Option<Quote>,
    /// The article that the sentence is from, where that is not the first.
    pub quoted_from: Option<Source>,
    /// The first article.
    pub first: Option<Source>,
    /// Some of the further outlets, each by its first article.
    pub more: Vec<Source>,
    /// How many further outlets there are in all.
    pub more_count: usize,
}

impl Card {
    /// `+2 more: Circuit Weekly, 한빛테크`: how many outlets followed, and those that can be named, as
    /// `safe` writes them.
    pub fn others(&self, safe: impl Fn(&str) -> String) -> Option<String> {
        let names: Vec<String> = self.more.iter().map(|it| safe(&it.outlet)).collect();
        let named = if names.is_empty() { "" } else { ": " };
        (self.more_count > 0)
            .then(|| format!("+{} more{named}{}", self.more_count, names.join(", ")))
    }

    /// Lays out one news; `now` is what "4 min ago" counts from.
    pub fn new(news: &News, now: DateTime<Utc>) -> Self {
        match news {
            News::Move(news) => of_move(news, now),
            News::Mention(tagged) => of_mention(tagged, now),
        }
    }

    /// How sure, what changed, the role: the line below the headline.
    pub fn status(&self) -> Vec<String> {
        let word = self.tone.word();
        let mut parts = match self.change {
            // "Now confirmed" says both.
            Some(change) if change.contains(&word.to_lowercase()) => vec![capitalised(change)],
            Some(change) => vec![word.to_owned(), change.to_owned()],
            None => vec![word.to_owned()],
        };
        parts.extend(self.details.iter().cloned());
        parts
    }

    /// Who is quoted and when, without markup, where that is not the first article.
    pub fn quoted_line(&self) -> Option<String> {
        self.quoted_from.as_ref().map(|from| format!("Quoted from {}", from.with_age(&from.outlet)))
    }

    /// The article to read: the one that is quoted, else the first.
    pub fn to_read(&self) -> Option<&Source> {
        self.quoted_from.as_ref().or(self.first.as_ref())
    }

    /// One line without markup, for notifications and receivers of plain text.
    pub fn line(&self) -> String {
        let mut line = format!("{} ({}", self.headline, self.tone.word().to_lowercase());
        if let Some(first) = &self.first {
            line.push_str(", ");
            line.push_str(&first.outlet);
        }
        line.push(')');
        line
    }
}

/// Says who, from where and to where.
pub fn headline(mv: &Move) -> String {
    let who = who(mv);
    let name = |id: &Option<String>, name: &Option<String>| {
        let text = clean(name.as_deref().or(id.as_deref())?, COMPANY);
        (!text.is_empty()).then_some(text)
    };
    let (from, to) = (name(&mv.from, &mv.from_name), name(&mv.to, &mv.to_name));
    let line = match (mv.kind, from, to) {
        (Kind::Founded, Some(from), Some(to)) => format!("{who} founds {to} (from {from})"),
        (Kind::Founded, None, Some(to)) => format!("{who} founds {to}"),
        (Kind::Founded, Some(from), None) => format!("{who} leaves {from} to found a company"),
        (Kind::Promoted, _, Some(at)) | (Kind::Promoted, Some(at), None) => {
            format!("{who}: new role at {at}")
        }
        (_, Some(from), Some(to)) => format!("{who}: {from} → {to}"),
        (_, None, Some(to)) => format!("{who} joins {to}"),
        (_, Some(from), None) => format!("{who} leaves {from}"),
        (_, None, None) => format!("{who} moves"),
    };
    cut(&line, 150)
}

pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn who(mv: &Move) -> String {
    let person = mv.person.as_deref().map(|person| clean(person, PERSON));
    let role = mv.role.as_deref().map(|role| clean(role, PERSON)).filter(|role| !role.is_empty());
    match (person.filter(|person| !person.is_empty()), role) {
        (Some(person), _) => person,
        (None, _) if mv.count > 1 => format!("{} people", mv.count),
        (None, Some(role)) => format!("Unnamed {role}"),
        (None, None) => "Somebody".to_owned(),
    }
}

fn tone(news: &MoveNews) -> Tone {
    match (news.change, news.mv.status) {
        (ChangeKind::Reversed, _) => Tone::Reversed,
        (_, Status::Rumoured) => Tone::Rumoured,
        (_, Status::Reported) => Tone::Reported,
        (_, Status::Confirmed) => Tone::Confirmed,
        (_, Status::Denied) => Tone::Denied,
    }
}

fn change_in_words(news: &MoveNews) -> Option<&'static str> {
    match (news.event, news.change) {
        (Event::Reported | Event::Mentioned, _) | (_, ChangeKind::New) => None,
        (_, ChangeKind::Destination) => Some("destination now known"),
        (_, ChangeKind::Origin) => Some("former employer now known"),
        (_, ChangeKind::Person) => Some("name now known"),
        (_, ChangeKind::Confirmed) => Some("now confirmed"),
        (_, ChangeKind::Denied) => Some("now denied"),
        (_, ChangeKind::Reversed) => Some("going back"),
        (_, ChangeKind::Corrected) => Some("correction"),
    }
}

fn details(mv: &Move) -> Vec<String> {
    let mut details = Vec::new();
    let named = mv.person.is_some() || mv.count > 1;
    if let Some(role) = mv.role.as_deref().filter(|_| named) {
        details.push(clean(role, 120));
    }
    let latin = |name: &str| name.is_ascii();
    if let Some(person) = &mv.person {
        let other = mv.spellings.iter().find(|name| latin(name) != latin(person));
        let other = other.map(|name| clean(name, PERSON)).filter(|name| !name.is_empty());
        details.extend(other.map(|name| format!("also {name}")));
    }
    details.retain(|detail| !detail.is_empty());
    details
}

/// The report whose sentence is quoted: the one that the change rests on is the latest for an
/// update, the first one otherwise.
fn quoted(news: &MoveNews) -> Option<(usize, &Report)> {
    let said = |(_, report): &(usize, &Report)| !report.quote.trim().is_empty();
    let mut reports = news.mv.reports.iter().enumerate();
    match news.event {
        Event::Reported | Event::Mentioned => reports.find(said),
        Event::Updated | Event::Denied => reports.rfind(said),
    }
}

fn quote(report: &Report) -> Quote {
    let sentence = clean(&report.quote, QUOTE);
    let trigger = clean(&report.trigger, QUOTE);
    let whole = || Quote { before: sentence.clone(), trigger: String::new(), after: String::new() };
    if trigger.is_empty() {
        return whole();
    }
    match sentence.split_once(trigger.as_str()) {
        Some((before, after)) => {
            Quote { before: before.to_owned(), trigger, after: after.to_owned() }
        }
        None => whole(),
    }
}

fn source(report: &Report, now: DateTime<Utc>) -> Source {
    let url = report.url.as_deref().and_then(link);
    let mut outlet = clean(&report.outlet, OUTLET);
    if outlet.is_empty() {
        outlet = url.as_deref().and_then(host).unwrap_or_else(|| "unnamed outlet".to_owned());
    }
    Source { outlet, url, age: report.published.map(|at| ago(now - at)) }
}

fn host(url: &str) -> Option<String> {
    url::Url::parse(url).ok()?.host_str().map(str::to_owned)
}

fn of_move(news: &MoveNews, now: DateTime<Utc>) -> Card {
    let mv = &news.mv;
    // An outlet is named once, by its first report.
    let mut outlets = HashSet::new();
    let sources = mv.reports.iter().map(|report| source(report, now));
    let mut sources = sources.filter(|source| outlets.insert(source.outlet.to_lowercase()));
    let first = sources.next();
    let more: Vec<Source> = sources.collect();
    let more_count = more.len();
    let quoted = quoted(news);
    Card {
        headline: headline(mv),
        tone: tone(news),
        change: change_in_words(news),
        details: details(mv),
        quote: quoted.map(|(_, report)| quote(report)),
        quoted_from: quoted.filter(|(index, _)| *index > 0).map(|(_, report)| source(report, now)),
        first,
        more: more.into_iter().filter(|source| source.url.is_some()).take(MORE).collect(),
        more_count,
    }
}

fn of_mention(tagged: &Tagged, now: DateTime<Utc>) -> Card {
    let article = &tagged.article;
    let mut named = tagged.tagging.companies.clone();
    named.extend(tagged.tagging.keywords.iter().cloned());
    let summary = clean(&tagged.summary, QUOTE);
    let mut headline = clean(&article.title, 150);
    if headline.is_empty() {
        headline = "Article without a title".to_owned();
    }
    Card {
        headline,
        tone: Tone::Plain,
        change: None,
        details: named.iter().take(8).map(|name| clean(name, COMPANY)).collect(),
        quote: (!summary.is_empty()).then(|| Quote {
            before: summary,
            trigger: String::new(),
            after: String::new(),
        }),
        quoted_from: None,
        first: Some(Source {
            outlet: clean(&article.outlet, OUTLET),
            url: article.url.as_deref().and_then(link),
            age: article.published.map(|at| ago(now - at)),
        }),
        more: Vec::new(),
        more_count: 0,
    }
}
