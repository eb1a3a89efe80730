//! Reads the tokens of a sentence as nodes.

use super::node::{Kind, Node};

use super::particle::{Part, particle, splits};
use super::token::{Class, Token};
use super::words::Words;
use crate::extract::people::{MAX_WORDS, People};
use crate::extract::text::{Span, Text};

/// What the reader knows of the article beside the tokens.
pub(super) struct Date {
    pub(super) year: i32,
    pub(super) month: u32,
}

/// Reads the tokens of one sentence.
pub(super) fn nodes<'a>(
    words: &Words,
    people: &People,
    text: &'a Text,
    tokens: &[Token<'a>],
    date: &Date,
) -> Vec<Node<'a>> {
    let mut reader = Reader {
        words,
        people,
        text,
        tokens,
        date,
        out: Vec::new(),
        at: 0,
        quoted: false,
        opened: None,
    };
    while reader.at < tokens.len() {
        reader.read();
    }
    reader.out
}

/// Reads tokens as nodes, from left to right.
pub(super) struct Reader<'a, 'b> {
    pub(super) words: &'b Words,
    pub(super) people: &'b People,
    pub(super) text: &'a Text,
    pub(super) tokens: &'b [Token<'a>],
    pub(super) date: &'b Date,
    pub(super) out: Vec<Node<'a>>,
    pub(super) at: usize,
    pub(super) quoted: bool,
    /// Where in `out` a single quote opened.
    pub(super) opened: Option<usize>,
}

impl<'a> Reader<'a, '_> {
    fn read(&mut self) {
        let Some(token) = self.tokens.get(self.at).copied() else { return };
        if matches!(token.class, Class::Latin | Class::Hangul) && self.known_person(token) {
            return;
        }
        self.at += 1;
        match token.class {
            Class::Company { company, product } => {
                self.push(Kind::Company { company, product }, token);
                self.take_head();
                self.take_branch();
                self.take_particle();
            }
            Class::Latin => self.latin(token),
            Class::Number => self.number(token),
            Class::Han => {
                let former = self.words.is("former", token.text);
                self.push(if former { Kind::Former } else { Kind::Word }, token);
            }
            Class::Hangul => self.hangul(token),
            Class::Mark('(') => self.bracket(token),
            Class::Mark('[') if self.out.is_empty() => self.rubric(),
            Class::Mark(mark) => self.mark(mark, token),
        }
    }

    /// Reads the longest name of a known person that begins here.
    fn known_person(&mut self, first: Token<'a>) -> bool {
        if !self.words.may_open_name(first.text) {
            return false;
        }
        let rest = self.tokens.get(self.at..).unwrap_or(&[]);
        let joined = |token: &Token<'_>| {
            matches!(token.class, Class::Latin | Class::Hangul | Class::Mark('·' | '・' | '-'))
        };
        let most = rest.iter().take(MAX_WORDS + 2).take_while(|token| joined(token)).count();
        for count in (1..=most).rev() {
            let Some(last) = rest.get(count - 1) else { continue };
            let head = first.span.start..last.span.start;
            let tails: Vec<(&str, Part)> = match last.class {
                Class::Hangul => splits(last.text).collect(),
                Class::Latin => vec![(last.text, Part::None)],
                _ => continue,
            };
            for (stem, part) in tails {
                let span = Span::new(head.start, last.span.start + stem.len());
                let name = self.text.get(span);
                // Two syllables or letters alone stand for too many words.
                if name.chars().count() < 3 || self.people.latin(name).is_none() {
                    continue;
                }
                self.at += count;
                self.push_stem(Kind::Known, Token { text: name, span, ..first }, name, part);
                if part == Part::None {
                    self.take_particle();
                }
                return true;
            }
        }
        false
    }

    pub(super) fn push(&mut self, kind: Kind, token: Token<'a>) {
        self.push_stem(kind, token, token.text, Part::None);
    }

    pub(super) fn push_stem(&mut self, kind: Kind, token: Token<'a>, stem: &'a str, part: Part) {
        let span = Span::new(token.span.start, token.span.start + stem.len());
        self.out.push(Node {
            kind,
            stem,
            word: token.text,
            span,
            part,
            latin: None,
            house: None,
            bracket_role: false,
            quoted: self.quoted,
            epithet: false,
            spaced: token.spaced,
            is_latin: token.class == Class::Latin,
        });
    }

    /// Gives the node before a particle that stands right behind it.
    pub(super) fn take_particle(&mut self) {
        let Some(next) = self.tokens.get(self.at) else { return };
        if next.text == "行" && !next.spaced {
            if let Some(last) = self.out.last_mut() {
                last.part = Part::Bound;
            }
            self.at += 1;
            return;
        }
        if next.class != Class::Hangul || next.spaced {
            return;
        }
        // "메타행을 택했다"
        let bound = next.text.strip_prefix('행').and_then(particle);
        if let (Some(_), Some(last)) = (bound, self.out.last_mut()) {
            last.part = Part::Bound;
            self.at += 1;
            return;
        }
        // "오픈AI전 연구원" is rare; a suffix that is no particle is read as a word.
        if let Some(part) = particle(next.text) {
            if let Some(last) = self.out.last_mut() {
                last.part = part;
            }
            self.at += 1;
        }
    }

    /// "LG AI연구원장", "그록 CEO": the post is written as part of the house's name.
    fn take_head(&mut self) {
        let Some(last) = self.out.last() else { return };
        let heads = ["연구원장", "연구소장", "창업자", "설립자", "CEO"].iter();
        let role = heads.filter_map(|head| last.stem.rfind(head).map(|at| (at, *head))).next();
        let Some((at, stem)) = role else { return };
        let (kind, start) = (Kind::Role { plural: false }, last.span.start + at);
        let post = Node { kind, stem, word: stem, span: Span::new(start, last.span.end), ..*last };
        self.out.push(Node { spaced: false, ..post });
    }

    /// "엔비디아코리아", "미스트랄AI": what is glued to a company's name belongs to it.
    fn take_branch(&mut self) {
        let Some(next) = self.tokens.get(self.at).filter(|next| !next.spaced) else { return };
        if next.class == Class::Latin && next.text == "AI" {
            self.at += 1;
            return;
        }
        let branches = self.words.lexicon.list("branch").iter();
        let rest = branches.filter_map(|branch| next.text.strip_prefix(branch.as_str())).next();
        let Some(rest) = rest.filter(|_| next.class == Class::Hangul) else { return };
        if let (true, Some(last)) =
            (rest.is_empty() || particle(rest).is_some(), self.out.last_mut())
        {
            last.part = particle(rest).unwrap_or_default();
            self.at += 1;
        }
    }

    fn latin(&mut self, token: Token<'a>) {
        let kind = if self.words.is("former", token.text) {
            Kind::Former
        } else if self.words.is_role(token.text) {
            Kind::Role { plural: false }
        } else {
            Kind::Word
        };
        self.push(kind, token);
        self.take_particle();
    }
}
