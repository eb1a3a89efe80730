//! Whether an article may be news of a move by its words alone, before any sentence is read.

use super::English;
use crate::extract::candidate::Passage;
use crate::model::Field;

/// How likely such news must be by the words alone for the article to be judged, in hundredths.
const WORDS: i32 = -180;

/// True unless the words of title and summary are not those of such news: most articles end here.
pub(super) fn may_tell(grammar: &English, passages: &[Passage<'_>]) -> bool {
    let mut sum = grammar.model.vocabulary.sum();
    told(passages).for_each(|passage| sum.add(&passage.text.norm));
    sum.hundredths() > WORDS
}

/// Hands out the words of title and summary.
pub(super) fn each_word(passages: &[Passage<'_>], mut sink: impl FnMut(&str)) {
    for passage in told(passages) {
        let words = passage.text.ascii_lower().split(|ch: char| !ch.is_ascii_alphanumeric());
        words.filter(|word| !word.is_empty()).for_each(&mut sink);
    }
}

fn told<'a, 'p>(passages: &'a [Passage<'p>]) -> impl Iterator<Item = &'a Passage<'p>> {
    passages.iter().filter(|passage| passage.field != Field::Content)
}

/// "Gana's finance chief": a title with somebody's post may tell a move in words that are no cue.
pub(super) fn is_hinted(grammar: &English, passages: &[Passage<'_>]) -> bool {
    let post = |word: &str| grammar.words.role(word).is_some();
    passages.first().is_some_and(|title| {
        title.text.ascii_lower().split(|ch: char| !ch.is_ascii_alphanumeric()).any(post)
    })
}
