//! Finds who a sentence speaks of: named people, and people who are only a role or a number.
//!
//! A name alone is weak evidence in Korean, where nothing marks it. It counts when it is known,
//! when its first word is a first name, or when a role stands beside it.

use super::breath::{follows_in_list, group};
use super::name::Name;
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
        if surname == name && !self.0.iter().any(|(full, _)| full == name) {
            self.0.push((name.to_owned(), String::new()));
        }
        let long = surname.chars().count() >= 2 && surname.len() < name.len();
        if long && !self.0.iter().any(|(full, _)| full == name) {
            self.0.push((name.to_owned(), surname.to_owned()));
        }
    }

    /// The full name of the one person of the article with this first name.
    pub(super) fn by_first(&self, first: &str) -> Option<&str> {
        let opens = |full: &str| full.split(' ').next() == Some(first);
        let mut owners = self.0.iter().map(|(full, _)| full.as_str()).filter(|full| opens(full));
        let own = owners.next().filter(|own| own.contains(' '))?;
        owners.next().is_none().then_some(own)
    }

    /// The one Korean name of the article that begins with this surname: "김 사장".
    pub(super) fn by_syllable(&self, surname: &str) -> Option<&str> {
        let own = |full: &&str| {
            full.starts_with(surname) && !full.contains(' ') && full.chars().count() <= 4
        };
        let mut owners = self.0.iter().map(|(full, _)| full.as_str()).filter(own);
        let first = owners.next()?;
        owners.all(|other| other == first).then_some(first)
    }

    /// True for a name of one word that the article gives with a post.
    pub(super) fn is_named(&self, name: &str) -> bool {
        let own = self.0.iter().any(|(full, surname)| full == name && surname.is_empty());
        own && self.full(name).is_none()
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
    let mut names: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        let listed = names.last().is_some_and(|last| follows_in_list(nodes, last, at));
        match reading.name(nodes, at, seen, listed) {
            Some(mut name) => {
                if !reading.title {
                    name.drop_copula(nodes);
                }
                at = name.last + 1;
                names.push(name);
            }
            None => at += 1,
        }
    }
    // "두바오 책임자 데이비드 모리스": what is headed is nobody.
    let headed: Vec<bool> = (0..names.len()).map(|at| heads_another(nodes, &names, at)).collect();
    let mut headed = headed.into_iter();
    names.retain(|_| headed.next() != Some(true));
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
        found
            .extend(reading.unnamed(nodes, at, floor).map(|one| reading.resolve(nodes, one, seen)));
    }
    found.sort_by_key(|person| person.first);
    group(nodes, &mut found);
    found
}

/// True for a word before a post behind which a name of two words stands.
fn heads_another(nodes: &[Node<'_>], names: &[Name], at: usize) -> bool {
    let (Some(own), Some(next)) = (names.get(at), names.get(at + 1)) else { return false };
    let post = nodes.get(own.last + 1).is_some_and(|node| {
        matches!(node.kind, Kind::Role { plural: false }) && node.part == Part::None
    });
    let single = own.first == own.last && own.strength < 0.8;
    single && post && next.first == own.last + 2 && next.last > next.first
}
