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
use crate::extract::text::Span;
use crate::extract::vocabulary::Sum;

/// How likely news of a move must be by the words of title and sentence, in hundredths.
const EVERYDAY: i32 = -250;
/// The same where the sentence holds another trigger.
const PLAIN: i32 = -600;
/// What a post, somebody of old or a full name is worth beside them.
const SOMEBODY: i32 = 250;

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
    let title = leads.first().map_or("", |lead| lead.text);
    let texts = || leads.iter().take(2).map(|lead| lead.text);
    if terse {
        return true;
    }
    if !is_told(grammar, leads) {
        return wording::is_hinted(grammar, title) && wording::may_tell(grammar, texts());
    }
    let mut words = grammar.model.vocabulary.sum();
    words.add(title);
    let told = leads.iter().enumerate().any(|(number, lead)| {
        lead.sentences.iter().any(|sentence| {
            let mut hits = lead.within(grammar, *sentence).peekable();
            if hits.peek().is_none() {
                return false;
            }
            let least = if hits.all(|hit| hit.everyday) { EVERYDAY } else { PLAIN };
            let words =
                if number > 0 { beside(&words, lead.get(*sentence)) } else { words.hundredths() };
            words > least || words > least - SOMEBODY && speaks(grammar, lead.get(*sentence))
        })
    });
    told || wording::may_tell(grammar, texts())
}

/// The words so far and those of a sentence.
fn beside(words: &Sum<'_>, sentence: &str) -> i32 {
    let mut words = words.clone();
    words.add(sentence);
    words.hundredths()
}

/// "chief", "former", "Ada Gray": somebody is spoken of.
fn speaks(grammar: &English, sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    let mut given = false;
    sentence.split(' ').zip(lower.split(' ')).any(|(word, lower)| {
        let capital = word.starts_with(|ch: char| ch.is_ascii_uppercase());
        let mut parts = lower.split(|ch: char| !ch.is_alphanumeric());
        let ends = |part: &str| latin::look_up(part).may_end();
        let named = given && capital && parts.clone().next().is_some_and(ends);
        given = capital && latin::look_up(lower).sure_given();
        let post = |part: &str| {
            grammar.words.listed(part).opens_role() || grammar.words.is("former", part)
        };
        named || parts.any(post)
    })
}
