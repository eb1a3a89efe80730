//! Whether an article may be news of a move by its words alone, before any sentence is read.

use super::English;
use crate::extract::candidate::Passage;
use crate::extract::vocabulary::Sum;
use crate::model::Field;

/// How likely such news must be by the words alone for the article to be judged, in hundredths.
const WORDS: i32 = -180;

/// True unless the words of title and summary are not those of such news: most articles end here.
pub(super) fn may_tell<'t>(grammar: &English, texts: impl Iterator<Item = &'t str>) -> bool {
    let mut sum = grammar.model.vocabulary.sum();
    texts.for_each(|text| sum.add(text));
    is_likely(&sum)
}

/// The same, given the words.
pub(super) fn is_likely(words: &Sum<'_>) -> bool {
    words.hundredths() > WORDS
}

/// Hands out the words of title and summary.
pub(super) fn each_word(passages: &[Passage<'_>], mut sink: impl FnMut(&str)) {
    for passage in told(passages) {
        let words = passage.text.ascii_lower().split(|ch: char| !ch.is_ascii_alphanumeric());
        words.filter(|word| !word.is_empty()).for_each(&mut sink);
    }
}

/// Title and summary.
fn told<'a>(passages: &'a [Passage<'a>]) -> impl Iterator<Item = &'a Passage<'a>> {
    passages.iter().filter(|passage| passage.field != Field::Content)
}

/// "Gana's finance chief": a title with somebody's post may tell a move in words that are no cue.
pub(super) fn is_hinted(grammar: &English, title: &str) -> bool {
    let post = |word: &str| grammar.words.role(word).is_some();
    title.to_ascii_lowercase().split(|ch: char| !ch.is_ascii_alphanumeric()).any(post)
}
