//! Lists of Chinese names, where each supports the others.

use super::people::Finder;
use super::surname::{Letter, Run};
use crate::extract::han::words::Word;
use crate::extract::text::Span;

impl Finder<'_> {
    /// "X、Y 和 Z 三人": a run of nothing but names, where each supports the others.
    pub(super) fn roster(&self, run: &Run) -> Vec<Span> {
        let and = |letter: &Letter| letter.2 == Some(Word::And);
        let word = |letter: &Letter| letter.2.is_some();
        let first = run.letters.iter().position(|own| !word(own)).unwrap_or(0);
        let last = run.letters.iter().rposition(|own| !word(own)).map_or(0, |last| last + 1);
        let whole = run.letters.get(first..last).unwrap_or(&[]);
        let parts: Vec<&[Letter]> = whole.split(and).collect();
        if parts.len() < 2 {
            return Vec::new();
        }
        let mut total = 0;
        let mut at = first;
        let mut spans = Vec::new();
        for part in parts {
            let name: String = part.iter().map(|(_, ch, _)| *ch).collect();
            let foreign = name.chars().count() >= 4
                && name.chars().all(|ch| self.grammar.names.is_foreign(ch));
            let fit = if foreign { Some(1) } else { self.grammar.names.fit(&name) };
            let (Some(fit), Some(span)) = (fit, run.span(at, at + part.len())) else {
                return Vec::new();
            };
            if fit < 0 {
                return Vec::new();
            }
            total += fit;
            spans.push(span);
            at += part.len() + 1;
        }
        let enough = i32::try_from(spans.len()).unwrap_or(0) / 2;
        if total + run.left.max(run.right) > enough { spans } else { Vec::new() }
    }
}
