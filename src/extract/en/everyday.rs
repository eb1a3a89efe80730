//! Whether an article is read at all, by its triggers and the words around them.
//!
//! Most articles that launch, add, start or get something tell of a product: where all triggers are
//! such everyday ones, the words of the title and of a sentence that holds one, or all words, must not
//! be far from those of news of a move. They may be farther where the sentence speaks of somebody, and
//! farther yet with any other trigger.

use super::English;
use super::wording;
use crate::extract::latin;
use crate::extract::lexicon::TriggerMention;
use crate::extract::spaced::spaced;
use crate::extract::text::Span;
use crate::extract::vocabulary::Sum;

/// How likely news of a move must be by the words of title and sentence, in hundredths.
const EVERYDAY: i32 = -250;
/// The same where the sentence holds another trigger.
const PLAIN: i32 = -600;
/// What a post, somebody of old or a full name is worth beside them.
const SOMEBODY: i32 = 150;

/// A field of an article, as far as it is read.
pub(super) struct Lead<'a> {
    pub(super) text: &'a str,
    /// Those that are read.
    pub(super) sentences: &'a [Span],
    pub(super) triggers: &'a [TriggerMention],
}

impl Lead<'_> {
    fn get(&self, sentence: Span) -> &str {
        self.text.get(sentence.start..sentence.end).unwrap_or("")
    }

    /// The triggers of a sentence that may tell something; whoever only follows goes where somebody
    /// went before.
    fn within<'s>(
        &'s self,
        grammar: &'s English,
        sentence: Span,
    ) -> impl Iterator<Item = &'s TriggerMention> {
        let goes = |hit: &&TriggerMention| !grammar.follows(hit.trigger);
        self.triggers.iter().filter(move |hit| sentence.contains(hit.span)).filter(goes)
    }
}

/// True where a sentence of the article holds a trigger.
pub(super) fn is_told(grammar: &English, leads: &[Lead<'_>]) -> bool {
    leads.iter().any(|lead| {
        let told = |sentence: &Span| lead.within(grammar, *sentence).next().is_some();
        lead.sentences.iter().any(told)
    })
}

/// True unless an article, of which title and summary come first, surely is no news of a move.
/// `terse` where its title may tell one without a trigger.
pub(super) fn is_read(grammar: &English, leads: &[Lead<'_>], terse: bool) -> bool {
    let [title, behind] = [0, 1].map(|number| leads.get(number).map_or("", |lead| lead.text));
    let told = is_told(grammar, leads);
    if !told && !terse && !wording::is_hinted(grammar, title) {
        return false;
    }
    let mut words = grammar.model.vocabulary.sum();
    words.add(title);
    if terse && is_near(grammar, title, words.hundredths(), PLAIN) {
        return true;
    }
    let told = told
        && leads.iter().enumerate().any(|(number, lead)| {
            lead.sentences.iter().any(|sentence| {
                let mut hits = lead.within(grammar, *sentence).peekable();
                if hits.peek().is_none() {
                    return false;
                }
                let least = if hits.all(|hit| hit.everyday) { EVERYDAY } else { PLAIN };
                let sentence = lead.get(*sentence);
                let words = if number > 0 { beside(&words, sentence) } else { words.hundredths() };
                is_near(grammar, sentence, words, least)
            })
        });
    if told {
        return true;
    }
    words.add(behind);
    wording::is_likely(&words)
}

/// The words so far and those of a sentence.
fn beside(words: &Sum<'_>, sentence: &str) -> i32 {
    let mut words = words.clone();
    words.add(sentence);
    words.hundredths()
}

/// True where words of this sum, those of a sentence among them, are at least as likely to tell of a
/// move, or may be so for those of whom the sentence speaks.
fn is_near(grammar: &English, sentence: &str, words: i32, least: i32) -> bool {
    if words > least {
        return true;
    }
    // A name says nothing, whatever else is called so.
    let named = somebody(grammar, sentence).map(|named| words - named);
    named.is_some_and(|words| words > least - SOMEBODY)
}

/// "chief", "former", "Ada Gray": what the words of a name weigh, where somebody is spoken of.
fn somebody(grammar: &English, sentence: &str) -> Option<i32> {
    let lower = sentence.to_ascii_lowercase();
    let (mut given, mut spoken) = (None, None);
    for (word, lower) in spaced(sentence).zip(spaced(&lower)) {
        let capital = word.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
        if let Some(given) = given.take().filter(|_| capital) {
            let last = parts(lower).next().unwrap_or("");
            if latin::look_up(last).may_end() {
                let weight = |word: &str| grammar.model.vocabulary.weight(word);
                return Some(weight(given) + weight(last));
            }
        }
        given = (capital && latin::is_sure_given(lower)).then_some(lower);
        let post = |part: &str| grammar.words.is_post_or_former(part);
        if spoken.is_none() && parts(lower).any(post) {
            spoken = Some(0);
        }
    }
    spoken
}

/// The letters and digits of a word, by what stands between them.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    // Nearly every word is one part, which is seen quicker than it is split.
    let whole = word.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(word);
    let split = whole.is_none().then(|| word.split(|ch: char| !ch.is_alphanumeric()));
    whole.into_iter().chain(split.into_iter().flatten())
}
