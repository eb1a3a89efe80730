//! What Discord and Teams have in common: Markdown of feed text that mentions, links and formats
//! nothing.

use chrono::{DateTime, Utc};

use super::card::{Card, Quote};
use super::message::{Message, News};
use super::text::{clean, escape_within, markdown};

/// Most characters of a quotation before its trigger, and after it.
const PART: usize = 900;
/// Most characters of a trigger.
const TRIGGER: usize = 300;
/// Most characters of a sentence of our own.
const SENTENCE: usize = 1500;

/// Escapes cleaned text, at most `max` characters of it.
pub(super) fn safe(text: &str, max: usize) -> String {
    escape_within(text, max, markdown)
}

/// The sentence with its trigger in bold.
pub(super) fn quoted(quote: &Quote) -> String {
    let trigger = match quote.trigger.trim() {
        "" => String::new(),
        trigger => format!("**{}**", safe(trigger, TRIGGER)),
    };
    format!("{}{trigger}{}", safe(&quote.before, PART), safe(&quote.after, PART))
}

/// One line of a message that tells of several news.
pub(super) fn line(news: &News, now: DateTime<Utc>, max: usize) -> String {
    let card = Card::new(news, now);
    format!("{} {}", card.tone.mark(), safe(&card.line(), max))
}

/// The status, with the mark of its colour.
pub(super) fn status(card: &Card) -> String {
    format!("{} {}", card.tone.mark(), safe(&card.status().join(" · "), 500))
}

/// A sentence from talentwire itself.
pub(super) fn sentence(message: &Message, now: DateTime<Utc>, max: usize) -> String {
    safe(&clean(&message.sentence(now), SENTENCE), max)
}
