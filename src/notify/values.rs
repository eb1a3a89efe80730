//! What a template can print of one news: the parts of its card, cleaned but not yet escaped.

use chrono::{DateTime, Utc};
use minijinja::value::Value;

use super::card::Card;
use super::message::News;

/// The names of the values, in the order of the documentation.
pub(super) const NAMES: &[&str] = &[
    "headline",
    "event",
    "status",
    "change",
    "person",
    "from",
    "to",
    "role",
    "details",
    "quote",
    "trigger",
    "outlet",
    "url",
    "age",
    "more",
    "more_count",
    "colour",
];

/// What a template can print.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    event: &'static str,
    status: &'static str,
    colour: String,
    headline: String,
    change: Option<&'static str>,
    person: Option<String>,
    from: Option<String>,
    to: Option<String>,
    role: Option<String>,
    details: Vec<String>,
    quote: Option<String>,
    trigger: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    age: Option<String>,
    more: Vec<Outlet>,
    more_count: usize,
}

#[derive(Debug, Clone, PartialEq)]
struct Outlet {
    outlet: String,
    url: Option<String>,
}

impl Values {
    /// The values of one news.
    pub fn new(news: &News, now: DateTime<Utc>) -> Self {
        let card = Card::new(news, now);
        let clean = |text: &Option<String>| text.as_deref().map(|it| super::text::clean(it, 200));
        let (mut person, mut from, mut to, mut role) = (None, None, None, None);
        if let News::Move(news) = news {
            let mv = &news.mv;
            person = clean(&mv.person);
            from = clean(&mv.from_name).or_else(|| clean(&mv.from));
            to = clean(&mv.to_name).or_else(|| clean(&mv.to));
            role = clean(&mv.role);
        }
        let more = card.more.into_iter().map(|it| Outlet { outlet: it.outlet, url: it.url });
        let first = card.first;
        Self {
            event: news.event().label(),
            status: card.tone.word(),
            colour: card.tone.hex(),
            headline: card.headline,
            change: card.change,
            person,
            from,
            to,
            role,
            details: card.details,
            trigger: card.quote.as_ref().map(|it| it.trigger.clone()),
            quote: card.quote.map(|it| it.before + &it.trigger + &it.after),
            outlet: first.as_ref().map(|it| it.outlet.clone()),
            age: first.as_ref().and_then(|it| it.age.clone()),
            url: first.and_then(|it| it.url),
            more: more.collect(),
            more_count: card.more_count,
        }
    }

    /// As the template sees them.
    pub(super) fn value(&self) -> Value {
        let outlet = |it: &Outlet| {
            Value::from_pairs([
                ("outlet", Value::from(it.outlet.clone())),
                ("url", Value::from(it.url.clone())),
            ])
        };
        Value::from_pairs([
            ("event", Value::from(self.event)),
            ("status", Value::from(self.status)),
            ("colour", Value::from(self.colour.clone())),
            ("headline", Value::from(self.headline.clone())),
            ("change", Value::from(self.change)),
            ("person", Value::from(self.person.clone())),
            ("from", Value::from(self.from.clone())),
            ("to", Value::from(self.to.clone())),
            ("role", Value::from(self.role.clone())),
            ("details", self.details.iter().cloned().map(Value::from).collect()),
            ("quote", Value::from(self.quote.clone())),
            ("trigger", Value::from(self.trigger.clone())),
            ("outlet", Value::from(self.outlet.clone())),
            ("url", Value::from(self.url.clone())),
            ("age", Value::from(self.age.clone())),
            ("more", self.more.iter().map(outlet).collect()),
            ("more_count", Value::from(self.more_count)),
        ])
    }
}
