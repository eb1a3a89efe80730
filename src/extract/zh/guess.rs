//! Chinese names by their characters alone: enough for the learned model, which knows by what stands
//! around them whether they are any.

use super::cue::is_soft;
use super::people::Finder;
use crate::extract::han::person::{Person, replace};
use crate::extract::han::token::{Kind, Token};
use crate::extract::script::Script;
use crate::extract::text::Span;

/// How well a name must fit where no word around it says that it is one.
const FIT: i32 = 1;

impl Finder<'_> {
    /// Replaces by people what looks like names of three characters, or with a surname of two.
    pub(super) fn guess(&self, tokens: Vec<Token>, people: &mut Vec<Person>) -> Vec<Token> {
        let mut spans: Vec<Span> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if token.kind != Kind::Text(Script::Han) {
                continue;
            }
            let run = tokens.iter().skip(at).take_while(|token| is_soft(token));
            let end = run.last().map_or(token.span.end, |last| last.span.end);
            let free = spans.last().is_none_or(|last| last.end <= token.span.start);
            if let Some(span) = self.guessed(token.span.start, end).filter(|_| free) {
                spans.push(span);
            }
        }
        replace(tokens, &spans, |span| self.person(span, people))
    }

    /// The name that begins at `start` of a run.
    fn guessed(&self, start: usize, end: usize) -> Option<Span> {
        let run = self.folded.get(start..end)?;
        let names = &self.grammar.names;
        let close = |count: usize| {
            let mut ends = run.char_indices().map(|(at, ch)| at + ch.len_utf8());
            ends.nth(count - 1)
        };
        let compound = names.has_compound(run);
        let counts: &[usize] = if compound { &[4, 3] } else { &[3] };
        counts.iter().find_map(|count| {
            let close = close(*count)?;
            let (name, rest) = run.split_at_checked(close)?;
            let fits = names.fit(name).is_some_and(|fit| fit >= FIT);
            // "霍尼韦尔": a transliteration goes on.
            let foreign = |text: &str| text.chars().next().is_some_and(|ch| names.is_foreign(ch));
            let longer = name.chars().all(|ch| names.is_foreign(ch)) && foreign(rest);
            (fits && !longer).then(|| Span::new(start, start + close))
        })
    }
}
