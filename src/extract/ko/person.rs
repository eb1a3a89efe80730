//! Finds who a sentence speaks of: named people, and people who are only a role or a number.
//!
//! A name alone is weak evidence in Korean, where nothing marks it. It counts when it is known,
//! when its first word is a first name, or when a role stands beside it.

use super::node::{Kind, Node};
use super::particle::Part;
use super::words::Words;
use crate::extract::candidate::End;
use crate::extract::people::People;
use crate::extract::text::{Span, Text};

/// Strength of a name that only its place in the sentence makes one.
pub(super) const WEAK: f64 = 0.45;

/// Someone, with what stands around the name.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// As written, without titles; `None` for someone unnamed.
    pub(super) name: Option<String>,
    /// Where the name stands; the role where there is none.
    pub(super) span: Span,
    /// First and last node of the whole phrase.
    pub(super) first: usize,
    pub(super) last: usize,
    /// The particle of the phrase.
    pub(super) part: Part,
    /// Where the person works or worked.
    pub(super) employer: Option<End>,
    /// No longer there: 전, 前, 출신.
    pub(super) former: bool,
    /// 출신, or a clause that tells what the person did there.
    pub(super) origin: bool,
    /// A clause tells what the person did there until now: "구글 TPU를 이끌던 X".
    pub(super) held: bool,
    /// The role as written.
    pub(super) role: Option<String>,
    /// A role that many hold.
    pub(super) common: bool,
    /// 들.
    pub(super) plural: bool,
    /// "3명".
    pub(super) count: Option<u32>,
    /// How much the name is one, from 0 to 1.
    pub(super) strength: f64,
    /// People named in one breath share a number.
    pub(super) group: usize,
}

/// Full names of the article, so that a surname alone is understood.
#[derive(Debug, Default)]
pub(super) struct Seen(Vec<(String, String)>);

impl Seen {
    /// Notes a full name.
    pub(super) fn note(&mut self, name: &str) {
        let surname = name.rsplit([' ', '·']).next().unwrap_or("");
        let long = surname.chars().count() >= 2 && surname.len() < name.len();
        if long && !self.0.iter().any(|(full, _)| full == name) {
            self.0.push((name.to_owned(), surname.to_owned()));
        }
    }

    /// The full name of the one person of the article with this surname.
    pub(super) fn full(&self, surname: &str) -> Option<&str> {
        let mut owners = self.0.iter().filter(|(_, own)| own == surname).map(|(full, _)| full);
        let first = owners.next()?;
        // 존 슐먼 and John Schulman have different surnames as written; two owners are two people.
        owners.next().is_none().then_some(first.as_str())
    }
}

/// What names are read with.
pub(super) struct Reading<'a> {
    pub(super) words: &'a Words,
    pub(super) people: &'a People,
    pub(super) text: &'a Text,
    pub(super) title: bool,
}

/// Finds the people of a sentence, in order.
pub(super) fn people(reading: &Reading<'_>, nodes: &[Node<'_>], seen: &Seen) -> Vec<Person> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        match reading.name(nodes, at, seen) {
            Some(name) => {
                at = name.last + 1;
                names.push(name);
            }
            None => at += 1,
        }
    }
    let mut found: Vec<Person> = Vec::new();
    for name in names {
        let floor = found.last().map_or(0, |last| last.last + 1);
        found.extend(reading.phrase(nodes, name, floor));
    }
    for at in 0..nodes.len() {
        let within = |person: &Person| person.first <= at && at <= person.last;
        if found.iter().any(within) {
            continue;
        }
        let before = found.iter().filter(|person| person.last < at).map(|person| person.last + 1);
        let floor = before.max().unwrap_or(0);
        found.extend(reading.unnamed(nodes, at, floor));
    }
    found.sort_by_key(|person| person.first);
    group(nodes, &mut found);
    found
}

/// Gives people who are named in one breath one number, and the particle of the last.
fn group(nodes: &[Node<'_>], found: &mut [Person]) {
    for index in 0..found.len() {
        let Some((before, rest)) = found.split_at_mut_checked(index) else { continue };
        let (Some(last), Some(own)) = (before.last(), rest.first_mut()) else { continue };
        let between = nodes.get(last.last + 1..own.first).unwrap_or(&[]);
        let joined = match last.part {
            Part::None => {
                !between.is_empty()
                    && between.iter().all(|node| {
                        node.is_comma()
                            || node.kind == Kind::Dot
                            || matches!(node.word, "및" | "그리고" | "등")
                    })
                    && last.name.is_some()
                    // "X 등 핵심 인력을"
                    && (own.name.is_some() || between.iter().all(|node| node.word == "등"))
            }
            Part::With => between.iter().all(Node::is_comma),
            // "X를 포함한 연구원 4명이"
            Part::Object => {
                let includes = between.first().is_some_and(|node| {
                    node.word.starts_with("포함한") || node.word.starts_with("비롯한")
                });
                includes && between.iter().skip(1).all(Node::is_plain)
            }
            _ => false,
        };
        own.group = if joined { last.group } else { index };
    }
    // "X를 포함한 30명 전원이": the head of the phrase has the particle.
    for own in found.iter_mut().filter(|own| own.part == Part::Object && own.name.is_some()) {
        let mut rest = nodes.get(own.last + 1..).unwrap_or(&[]).iter();
        let includes = rest
            .next()
            .is_some_and(|node| node.word.starts_with("포함한") || node.word.starts_with("비롯한"));
        let head = rest.take(5).take_while(|node| !node.is_break());
        let part = head.map(|node| node.part).find(|part| *part != Part::None);
        if let (true, Some(part @ (Part::Subject | Part::Topic))) = (includes, part) {
            own.part = part;
        }
    }
    for index in (0..found.len().saturating_sub(1)).rev() {
        let Some(next) = found.get(index + 1) else { continue };
        let (group, part, employer) = (next.group, next.part, next.employer.clone());
        let Some(own) = found.get_mut(index) else { continue };
        if own.group == group {
            own.part = part;
            if own.employer.is_none() {
                own.employer = employer;
            }
        }
    }
    for index in 1..found.len() {
        let Some((before, rest)) = found.split_at_mut_checked(index) else { continue };
        if let (Some(last), Some(own)) = (before.last(), rest.first_mut())
            && own.group == last.group
            && own.employer.is_none()
        {
            own.employer.clone_from(&last.employer);
            own.former = last.former;
            own.origin = last.origin;
        }
    }
}
