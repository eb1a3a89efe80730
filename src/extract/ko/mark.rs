//! Marks: brackets, quotes, rubrics, what parts clauses.

use super::ending::Form;
use super::node::{Kind, Node};
use super::particle::{Part, particle};
use super::reader::Reader;
use super::token::{Class, Token};
use crate::extract::text::Span;

/// Words of an epithet, at most.
const MAX_EPITHET: usize = 5;

impl<'a> Reader<'a, '_> {
    pub(super) fn after_bracket(&self) -> bool {
        let before = self.at.checked_sub(2).and_then(|at| self.tokens.get(at));
        before.is_some_and(|token| token.class == Class::Mark(')'))
    }

    /// Hangs what stands in brackets on the node before: a Latin name, a role.
    pub(super) fn bracket(&mut self, open: Token<'a>) {
        let rest = self.tokens.get(self.at..).unwrap_or(&[]);
        let close = rest.iter().take(24).position(|token| token.class == Class::Mark(')'));
        let Some(close) = close else {
            self.push(Kind::Break('('), open);
            return;
        };
        let inside = rest.get(..close).unwrap_or(&[]);
        let latin = inside.iter().all(|token| {
            matches!(token.class, Class::Latin | Class::Company { .. } | Class::Mark('-' | '.'))
        });
        // "얀즈지(鄢志杰)"
        let latin = latin
            || (2..=4).contains(&inside.len())
                && inside.iter().all(|token| token.class == Class::Han);
        let role = inside.iter().any(|token| self.words.is_role(token.text));
        if let (Some(last), [only]) = (self.out.last_mut(), inside)
            && let (Kind::Word, Class::Company { company, product }) = (last.kind, only.class)
        {
            // "디스커버리 루프(Discovery Loop)": the word is the company's name in Hangul.
            last.kind = Kind::Company { company, product };
        }
        if let Some(last) = self.out.last_mut() {
            if let (true, Some(first), Some(end)) = (latin, inside.first(), inside.last()) {
                last.latin = (!role).then(|| Span::new(first.span.start, end.span.end));
            }
            last.bracket_role |= role;
            last.house = inside.iter().find_map(|token| match token.class {
                Class::Company { company, .. } if role => Some(company),
                _ => None,
            });
        }
        self.at += close + 1;
        self.take_particle();
    }

    /// Skips the rubric of a headline: "[단독]", "[인사]".
    pub(super) fn rubric(&mut self) {
        let rest = self.tokens.get(self.at..).unwrap_or(&[]);
        let close = rest.iter().take(7).position(|token| token.class == Class::Mark(']'));
        let plain = |token: &Token<'_>| !matches!(token.class, Class::Company { .. });
        if let Some(close) = close
            && rest.iter().take(close).all(plain)
        {
            self.at += close + 1;
        }
    }

    pub(super) fn mark(&mut self, mark: char, token: Token<'a>) {
        if matches!(mark, '\'' | '‘' | '’') {
            self.single_quote();
        }
        match mark {
            '"' => self.quoted = !self.quoted,
            '\'' | '‘' | '’' | '「' | '」' | '『' | '』' | '[' | ']' | '@' | '#' | ')' | '<'
            | '>' => {}
            '·' | '・' | '‧' | '•' | '/' | '&' => self.push(Kind::Dot, token),
            '-' if !token.spaced => self.push(Kind::Dot, token),
            '.' if self.out.last().is_some_and(|last| last.kind == Kind::Break('.')) => {
                if let Some(last) = self.out.last_mut() {
                    last.kind = Kind::Break('…');
                }
            }
            other => self.push(Kind::Break(other), token),
        }
        if matches!(mark, '\'' | '’' | '"' | '」' | '』') {
            self.close_quote();
        }
    }

    /// A single quote opens, or closes what somebody or something is called.
    fn single_quote(&mut self) {
        let Some(start) = self.opened.take() else {
            self.opened = Some(self.out.len());
            return;
        };
        let called = self.out.get_mut(start..).unwrap_or(&mut []);
        let deed = called.last().is_some_and(|last| last.trigger().is_none());
        let named = |node: &Node<'_>| {
            let noun = node.trigger().is_some_and(|it| it.form == Form::Noun(Part::None));
            node.is_plain()
                || matches!(node.kind, Kind::Company { .. })
                || deed && (noun || node.kind == Kind::Known)
        };
        if called.len() > MAX_EPITHET {
            // The quote before was an apostrophe, or opened a sentence.
            self.opened = Some(self.out.len());
        } else if called.iter().all(named) {
            for node in called {
                node.epithet = true;
            }
        }
    }

    /// A particle behind a closing quote belongs to the noun inside.
    pub(super) fn close_quote(&mut self) {
        let Some(next) = self.tokens.get(self.at) else { return };
        let plain = self.out.last().is_some_and(|last| last.part == Part::None && !last.is_break());
        if plain && next.class == Class::Hangul && !next.spaced && particle(next.text).is_some() {
            self.take_particle();
        }
    }
}
