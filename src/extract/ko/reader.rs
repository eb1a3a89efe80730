//! Reads the tokens of a sentence as nodes.

use super::ending::Form;
use super::node::{Kind, Node};
use super::number::{native_count, person_unit};
use super::particle::{Part, particle, split, split_name, splits};
use super::token::{Class, Token};
use super::trigger::Act;
use super::words::{Words, role_in};
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
        // "오픈AI전 연구원" is rare; a suffix that is no particle is read as a word.
        if let Some(part) = particle(next.text) {
            if let Some(last) = self.out.last_mut() {
                last.part = part;
            }
            self.at += 1;
        }
    }

    /// "LG AI연구원장": the post is written as part of the house's name.
    fn take_head(&mut self) {
        let Some(last) = self.out.last() else { return };
        let heads = ["연구원장", "연구소장"].iter();
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

    fn hangul(&mut self, token: Token<'a>) {
        let words = self.words;
        let text = token.text;
        let before = self.out.last().map(|node| node.word);
        let behind = !token.spaced && self.out.last().is_some_and(|node| node.latin.is_some())
            || text.chars().count() == 1 && token.spaced && self.after_bracket();
        if behind && let (Some(part), Some(last)) = (particle(text), self.out.last_mut()) {
            last.part = part;
            return;
        }
        if let Some(count) = native_count(text)
            && let Some(unit) = self.tokens.get(self.at)
            && let Some(rest) = person_unit(unit.text)
        {
            self.at += 1;
            self.push(Kind::Count(count), token);
            if let Some(last) = self.out.last_mut() {
                last.part = particle(rest).unwrap_or_default();
            }
            return;
        }
        let given = self.out.last().is_some_and(|last| {
            last.kind == Kind::Word && words.is_given_name(last.word) && token.spaced
        });
        if words.is_given_name(text) || given && words.foreignness(split_name(text).0) >= 0.5 {
            let (stem, part) = if given { split_name(text) } else { (text, Part::None) };
            self.push_stem(Kind::Word, token, stem, part);
            return;
        }
        if words.is("role", text) {
            // 창업가 is no 창업 with a particle.
            self.push(Kind::Role { plural: false }, token);
            return;
        }
        let member = self.tokens.get(self.at).is_some_and(|next| {
            ["멤버", "구성원", "주역", "초기"].iter().any(|head| next.text.starts_with(head))
        });
        // "선임 고문": the word describes the post behind it.
        let senior = text == "선임"
            && self.tokens.get(self.at).is_some_and(|next| {
                let posts = [
                    "고문",
                    "자문",
                    "연구원",
                    "과학자",
                    "엔지니어",
                    "디렉터",
                    "매니저",
                    "부사장",
                    "변호사",
                    "개발자",
                    "애널리스트",
                ];
                posts.iter().any(|post| next.text.starts_with(post))
            });
        if senior {
            self.push(Kind::Role { plural: false }, token);
            return;
        }
        if let Some(trigger) = words.trigger(text, before)
            && !(member && trigger.act == Act::Found && trigger.form == Form::Noun(Part::None))
        {
            // The first word of "사표를 냈다" is part of the trigger.
            let first = trigger.pair.then(|| self.out.pop()).flatten();
            self.push(Kind::Trigger(trigger), token);
            if let (Some(first), Some(last)) = (first, self.out.last_mut()) {
                last.span.start = first.span.start;
                last.spaced = first.spaced;
            }
            return;
        }
        if text == "전에"
            && self.out.last().is_some_and(|last| {
                ["달", "년", "개월"].iter().any(|unit| last.word.ends_with(unit))
            })
        {
            self.push(Kind::Past, token);
            return;
        }
        if words.is("former", text) {
            // "두 달 전" is a time, "전 CTO" a person.
            let ago = self.out.last().is_some_and(|last| {
                text == "전"
                    && ["달", "년", "개월", "해", "주일", "반년"]
                        .iter()
                        .any(|unit| last.word.ends_with(unit))
            });
            self.push(if ago { Kind::Past } else { Kind::Former }, token);
            return;
        }
        let past = splits(text).any(|(stem, _)| words.is("past", stem));
        if past {
            self.push(Kind::Past, token);
            return;
        }
        if let Some((role, part, plural)) = role_in(words, text) {
            self.push_stem(Kind::Role { plural }, token, role, part);
            return;
        }
        // 런던 describes nothing.
        let place = words.is("ordinary", text);
        if !place && words.ends("adnominal", text) && text.chars().count() >= 2 {
            self.push(Kind::Adnominal, token);
            return;
        }
        if words.ends("predicate", text) {
            self.push(Kind::Predicate, token);
            return;
        }
        // "랩에", "팀을"
        let short = splits(text).skip(1).find(|(stem, _)| {
            stem.chars().count() == 1 && words.is("unit", stem) && !matches!(*stem, "직" | "측")
        });
        if let Some((stem, part)) = short {
            self.push_stem(Kind::Word, token, stem, part);
            return;
        }
        // 비전프로 has no particle.
        let whole = text.chars().count() > 2 && words.is("ordinary", text);
        let (stem, part) = if whole { (text, Part::None) } else { split(text) };
        self.push_stem(Kind::Word, token, stem, part);
    }
}
