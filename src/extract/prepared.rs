//! A language's grammar beside the tables of what it cannot do without.

use std::sync::Arc;

use super::candidate::Grammar;
use super::company::{CompanyMention, Gazetteer};
use super::fields::is_short;
use super::first::{First, Seen};
use super::sieve::Sieve;
use super::text::Text;

/// One language's grammar and what it cannot do without.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) grammar: Arc<dyn Grammar>,
    /// Without one of its cues a text has no keyword.
    pub(super) first: First,
    /// Without one of these in its title or a cue an article has no candidate.
    hints: Sieve,
}

impl Prepared {
    pub(super) fn new(grammar: &Arc<dyn Grammar>, gazetteer: &Arc<Gazetteer>) -> Self {
        Self {
            first: First::new(gazetteer, &grammar.cues()),
            hints: Sieve::new(grammar.hints().iter().map(String::as_str)),
            grammar: Arc::clone(grammar),
        }
    }

    /// False where an article that names a company surely tells no move, given its normalised texts
    /// and what the first tier saw in them.
    pub(super) fn may_tell(
        &self,
        texts: &[&str; 3],
        seen: &Seen,
        keyword: bool,
        mentions: &[Vec<CompanyMention>],
    ) -> bool {
        let [title, summary, content] = *texts;
        let titled = mentions.first().map_or(&[][..], Vec::as_slice);
        let cue = seen.cue && (keyword || !self.grammar.needs_keyword());
        let told = cue
            || self.has_hint(title)
            || self.grammar.is_terse(title, titled)
            || self.grammar.sounds_like_news(texts);
        // Only of a short article has everything been looked at.
        let short = content.is_empty() && is_short(title) && is_short(summary);
        let [told_first, behind, _] = &seen.cues;
        told && (!short || self.grammar.may_tell([title, summary], titled, [told_first, behind]))
    }

    /// True where a title may tell a move without a verb.
    fn has_hint(&self, title: &str) -> bool {
        self.hints.any(title, &|_, _| true)
    }

    /// The keywords of texts in which the first tier saw cues.
    pub(super) fn keywords(&self, texts: &[&str; 3], seen: &Seen) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        let mut add = |keyword: &str| {
            if !keywords.iter().any(|known| known == keyword) {
                keywords.push(keyword.to_owned());
            }
        };
        for (text, cues) in texts.iter().zip(&seen.cues).filter(|(_, cues)| !cues.is_empty()) {
            match self.grammar.told_by(text, cues) {
                Some(told) => told.into_iter().for_each(&mut add),
                None => {
                    let text = Text::normal((*text).to_owned());
                    self.grammar.keywords(&text).iter().for_each(|keyword| add(keyword));
                }
            }
        }
        keywords
    }
}
