//! Triggers that say little: most articles that launch, add, start or get something tell of a product.
//!
//! An article whose triggers are all of this kind is read only where the words of its title and of a
//! sentence that holds one, or all its words, are not far from those of news of a move; they may be
//! farther where the sentence holds a post, somebody of old or a full name. Any other trigger has the
//! article read.

use super::English;
use super::whole::read_sentences;
use super::wording;
use crate::extract::candidate::Passage;
use crate::extract::latin;
use crate::extract::lexicon::TriggerMention;
use crate::extract::text::Span;

/// How likely news of a move must be by the words of title and sentence, in hundredths.
const WORDS: i32 = -250;
/// What a post, somebody of old or a full name is worth beside them.
const SOMEBODY: i32 = 250;

/// How an article tells of a move, if at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// No trigger is where it would be read.
    No,
    /// By everyday words alone.
    Everyday,
    Plainly,
}

/// How the article tells of a move.
pub(super) fn told(
    grammar: &English,
    passages: &[Passage<'_>],
    triggers: &[Vec<TriggerMention>],
) -> Told {
    let hits = passages.iter().zip(triggers).flat_map(|(passage, triggers)| {
        let within = |hit: &&TriggerMention| sentence_of(passage, hit.span).is_some();
        // Whoever only follows goes where somebody went before.
        let goes = |hit: &&TriggerMention| !grammar.follows(hit.trigger);
        triggers.iter().filter(goes).filter(within)
    });
    let told = |hit: &TriggerMention| if hit.everyday { Told::Everyday } else { Told::Plainly };
    hits.map(told).max().unwrap_or(Told::No)
}

/// True unless the words around the everyday triggers are those of other news.
pub(super) fn may_tell(
    grammar: &English,
    passages: &[Passage<'_>],
    triggers: &[Vec<TriggerMention>],
) -> bool {
    let Some((title, others)) = passages.split_first() else { return false };
    let mut words = grammar.model.vocabulary.sum();
    words.add(&title.text.norm);
    let titled = triggers.first().is_some_and(|triggers| !triggers.is_empty());
    if titled && is_near(grammar, title, read_sentences(title), words.hundredths()) {
        return true;
    }
    let told = others.iter().zip(triggers.iter().skip(1)).any(|(passage, triggers)| {
        let holds = |sentence: &Span| triggers.iter().any(|hit| sentence.contains(hit.span));
        read_sentences(passage).iter().filter(|sentence| holds(sentence)).any(|sentence| {
            let mut words = words.clone();
            words.add(passage.text.get(*sentence));
            is_near(grammar, passage, &[*sentence], words.hundredths())
        })
    });
    told || wording::may_tell(grammar, passages)
}

/// True where words of this sum, those of the sentences among them, may tell of a move.
fn is_near(grammar: &English, passage: &Passage<'_>, sentences: &[Span], words: i32) -> bool {
    let told = |sentence: &Span| speaks_of_somebody(grammar, passage.text.get(*sentence));
    words > WORDS || words > WORDS - SOMEBODY && sentences.iter().any(told)
}

/// "chief", "former", "Ada Gray": somebody is spoken of.
fn speaks_of_somebody(grammar: &English, sentence: &str) -> bool {
    let mut given = false;
    sentence.split(' ').any(|word| {
        let capital = word.starts_with(|ch: char| ch.is_ascii_uppercase());
        let lower = word.to_ascii_lowercase();
        let mut parts = lower.split(|ch: char| !ch.is_alphanumeric());
        let named = given
            && capital
            && parts.clone().next().is_some_and(|part| latin::look_up(part).may_end());
        given = capital && latin::look_up(&lower).sure_given();
        let post = |part: &str| {
            grammar.words.listed(part).opens_role() || grammar.words.is("former", part)
        };
        named || parts.any(post)
    })
}

/// The sentence of those that are read in which something stands.
fn sentence_of<'a>(passage: &Passage<'a>, span: Span) -> Option<&'a Span> {
    let sentences = read_sentences(passage);
    let at = sentences.partition_point(|sentence| sentence.end < span.end);
    sentences.get(at).filter(|sentence| sentence.contains(span))
}
