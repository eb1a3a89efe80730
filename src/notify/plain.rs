//! A message as text without markup: for the console, ntfy, and second tries.

use chrono::{DateTime, Utc};

use super::card::Card;
use super::message::{Message, News};
use super::text::{clean, cut};

/// Everything that matters, a line each, at most `max` UTF-16 units.
pub(crate) fn text(message: &Message, now: DateTime<Utc>, max: usize) -> String {
    let text = match message {
        Message::One(news) => one(news, now),
        Message::Many(why, news) => {
            let mut lines = vec![why.title(news.len())];
            lines.extend(news.iter().map(|news| format!("- {}", Card::new(news, now).line())));
            lines.join("\n")
        }
        Message::Notice(_) | Message::Canary(_) => clean(&message.sentence(now), max),
    };
    cut(&text, max)
}

fn one(news: &News, now: DateTime<Utc>) -> String {
    let card = Card::new(news, now);
    let quoted_from = card.quoted_line();
    let url = card.to_read().and_then(|source| source.url.clone());
    let mut lines = vec![card.headline.clone()];
    lines.push(card.status().join(", "));
    lines.extend(card.quote.map(|it| format!("“{}{}{}”", it.before, it.trigger, it.after)));
    lines.extend(quoted_from);
    if let Some(first) = card.first {
        let more = match card.more_count {
            0 => String::new(),
            count => format!(", +{count} more"),
        };
        lines.push(format!("{}{more}", first.with_age(&first.outlet)));
    }
    lines.extend(url);
    lines.join("\n")
}
