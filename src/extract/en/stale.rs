//! What a summary tells of old beside other news: the title speaks of nobody's coming or going, and
//! the sentence is in the past.

use super::English;
use super::class::Class;
use super::dated::{is_simple_past, month};
use crate::extract::candidate::{Candidate, Passage};
use crate::extract::text::Span;
use crate::model::{Field, Kind, Suppressed};

/// Words by which a sentence is of these days; so are the months.
const LATELY: &[&str] = &[
    "today",
    "yesterday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "recently",
    "just",
    "now",
    "hours",
    "days",
    "tonight",
    "weekend",
    "immediately",
    "effective",
    "reportedly",
    "told",
    "announced",
    "said",
    "says",
    "confirmed",
    "week",
    "wrote",
    "posted",
];
/// Words before a verb that make it more than the past.
const FRESH: &[&str] = &[
    "has", "have", "is", "are", "be", "been", "being", "to", "will", "just", "recently", "who's",
    "quietly", "also", "'s", "abruptly", "suddenly",
];
/// Quiets what the summary tells in the past where the title tells of something else.
pub(super) fn quieten(grammar: &English, passages: &[Passage<'_>], found: &mut [Candidate]) {
    let titled = found.iter().any(|one| one.field == Field::Title);
    if found.is_empty() || titled || title_tells(grammar, passages) {
        return;
    }
    let gone = |one: &Candidate| match one.kind {
        Kind::Left | Kind::Founded => true,
        Kind::Joined => one.from.is_none(),
        _ => false,
    };
    for one in found.iter_mut().filter(|one| one.suppressed.is_none() && gone(one)) {
        let passage = passages.iter().find(|passage| passage.field == one.field);
        if passage.is_some_and(|passage| is_past(passage, one)) {
            one.suppressed = Some(Suppressed::Historical);
        }
    }
}

/// True where the title holds a word of coming or going.
fn title_tells(grammar: &English, passages: &[Passage<'_>]) -> bool {
    passages.first().is_some_and(|title| {
        grammar.lexicon.find(title.text).iter().any(|hit| {
            !matches!(grammar.class(hit.trigger), Class::Found | Class::Become | Class::Promote)
        })
    })
}

/// "Left Gana to found it": the simple past, and no day of these.
fn is_past(passage: &Passage<'_>, one: &Candidate) -> bool {
    let verb = passage.text.get(one.trigger).to_lowercase();
    let before = passage.text.get(Span::new(one.sentence.start, one.trigger.start)).to_lowercase();
    let mut near = before.trim_end().rsplit(' ').take(2);
    let fresh = near.any(|word| FRESH.contains(&word));
    let told = passage.text.get(one.sentence).to_lowercase();
    let mut words = told.split(|ch: char| !ch.is_alphanumeric());
    is_simple_past(&verb)
        && !fresh
        && !words.any(|word| LATELY.contains(&word) || month(word).is_some())
}
