//! Names of companies that no list has: 新興のオルビット・ラボ, Kelvin Labs.

use super::read::Reader;
use crate::extract::han::token::Kind;
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// Last parts of names that companies have.
const TAILS: [&str; 12] = [
    "AI",
    "ラボ",
    "ラブズ",
    "テック",
    "ソフト",
    "ワークス",
    "ソリューションズ",
    "Labs",
    "Lab",
    "Inc",
    "Robotics",
    "Systems",
];

/// Last characters of words for a young company.
const YOUNG: [&str; 5] = ["新興", "新興企業", "企業", "会社", "新会社"];

impl Reader<'_> {
    /// The name that `np` ends with, where a word of it or before it says that it is a company's.
    pub(super) fn firm_named(&self, np: &[usize]) -> Option<Span> {
        if self.has_company(np) {
            return None;
        }
        let letters = |at: &usize| {
            matches!(self.kind(*at), Some(Kind::Text(Script::Katakana | Script::Latin)))
        };
        let tail = np.iter().rev().take_while(|at| letters(at)).count();
        let (before, name) = np.split_at(np.len() - tail);
        let first = self.tokens.get(*name.first()?)?.span;
        let last = *name.last()?;
        let span = Span::new(first.start, self.tokens.get(last)?.span.end);
        let written = self.passage.text.get(span);
        let capital = written.starts_with(char::is_uppercase) && written.chars().count() > 2;
        let parts = self.grammar.tongue.lexicon.list("house_part");
        let end = self.text(last);
        let house = TAILS.contains(&end) || parts.iter().any(|part| part == end);
        // A word alone, such as ラボ or AI, names nobody.
        let whole = name.len() > 1 && house;
        let kana = first.end - first.start >= 9 || name.len() > 1;
        ((capital || kana) && (whole || self.is_young(before))).then_some(span)
    }

    /// "新興の", "スタートアップの", or one of these right before a name.
    fn is_young(&self, before: &[usize]) -> bool {
        let mut back = before.iter().rev().copied();
        let of = |at: &usize| self.kind(*at) == Some(Kind::Word(Word::Of));
        let own = match back.next() {
            Some(at) if of(&at) => back.next(),
            other => other,
        };
        own.is_some_and(|at| {
            self.kind(at) == Some(Kind::Word(Word::Firm))
                || YOUNG.iter().any(|end| self.text(at).ends_with(end))
        })
    }
}
