//! Who it is that a headline calls by a post alone: "A 보안 총괄 사임", and in the summary "이끌어 온 X는 …".

use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::verdict::starts;
use super::words::Words;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::model::{Field, Kind};

/// Sentences of a summary that introduce somebody.
const SENTENCES: usize = 3;

/// Who speaks about a move and makes none.
const SPEAKERS: &[&str] = &[
    "애널리스트",
    "대변인",
    "기자",
    "변호사",
    "판사",
    "투자자",
    "관계자",
    "의원",
    "장관",
    "대통령",
    "전문가",
    "평론가",
    "분석가",
];

/// Heads of a house: they speak for it.
const HEADS: &[&str] = &[
    "CEO",
    "최고경영자",
    "대표",
    "대표이사",
    "회장",
    "사장",
    "의장",
    "창업자",
    "공동창업자",
    "이사장",
];

/// Somebody whom a sentence of the summary names, and what it says of the post.
pub(super) struct Introduced {
    person: Person,
    /// Takes the post over.
    successor: bool,
    /// Had it before.
    predecessor: bool,
}

/// The people whom a sentence of the summary introduces.
pub(super) fn introduced(
    words: &Words,
    passage: &Passage<'_>,
    number: usize,
    nodes: &[Node<'_>],
    people: &[Person],
) -> Vec<Introduced> {
    if passage.field != Field::Summary || number >= SENTENCES {
        return Vec::new();
    }
    let stands_for_a_house = |name: &str| {
        let known = passage.people.latin(name).or_else(|| passage.people.by_surname(name));
        words.heads.contains_key(known.unwrap_or(name))
    };
    let told = |person: &&Person| {
        let speaks = person
            .role
            .as_deref()
            .is_some_and(|role| SPEAKERS.iter().any(|own| role.ends_with(own)));
        !speaks && person.name.as_deref().is_some_and(|name| !stands_for_a_house(name))
    };
    let own = |person: &Person| {
        let before = nodes.get(..person.first).unwrap_or(&[]).iter().rev().take(6);
        let before = || before.clone().take_while(|node| !node.is_break() || node.is_comma());
        let within = || nodes.get(person.first..=person.last).unwrap_or(&[]).iter();
        let behind = nodes.get(person.last + 1..).unwrap_or(&[]).iter();
        let behind =
            || behind.clone().take_while(|node| !matches!(node.kind, Is::Break('.'))).take(10);
        let new = before().take(2).chain(within()).any(|node| {
            matches!(node.word, "신임" | "새" | "차기") || node.word.starts_with("내정자")
        });
        let takes =
            before().chain(within()).any(|node| starts(node, &["후임", "대신", "빈자리", "공석"]))
                || behind().any(|node| starts(node, TAKES));
        let predecessor =
            before().take(2).chain(within()).any(|node| starts(node, &["전임", "직전"]));
        Introduced { person: person.clone(), successor: new || takes, predecessor }
    };
    people.iter().filter(told).map(own).collect()
}

/// What somebody does who takes over a post.
const TAKES: &[&str] = &[
    "후임으로",
    "후임에",
    "후임이",
    "차기",
    "유력",
    "거론",
    "물망",
    "하마평",
    "이어받",
    "물려받",
    "넘겨받",
    "잇는",
    "잇게",
    "이을",
    "채운",
    "채우",
    "대신",
    "대행",
    "겸임",
    "겸직",
    "직무대행",
    "바통",
];

/// Names those whom the title calls by their posts alone, where the summary introduces one who fits.
pub(super) fn name_unnamed(words: &Words, candidates: &mut [Candidate], people: &[Introduced]) {
    if candidates.iter().any(|one| one.person.is_some() && one.suppressed.is_none()) {
        return;
    }
    let unnamed = |one: &&mut Candidate| {
        let single = one.person.is_none() && one.count <= 1 && one.field == Field::Title;
        let post = one.role.as_deref().is_some_and(|role| role == "임원" || !words.is_common(role));
        single && post && one.suppressed.is_none() && one.kind != Kind::Promoted
    };
    let mut all = candidates.iter_mut().filter(unnamed);
    let (Some(candidate), None) = (all.next(), all.next()) else { return };
    let fitting: Vec<&Introduced> = people.iter().filter(|one| fits(one, candidate)).collect();
    let name = |one: &&Introduced| one.person.name.clone();
    let alone = |list: &[&Introduced]| {
        let first = list.first().and_then(name);
        first.filter(|first| list.iter().all(|one| one.person.name.as_ref() == Some(first)))
    };
    let post = candidate.role.clone().unwrap_or_default();
    let same =
        fitting.iter().filter(|one| one.person.role.as_deref().is_some_and(|role| role == post));
    let same: Vec<&Introduced> = same.copied().collect();
    candidate.person = alone(&fitting).or_else(|| alone(&same));
}

fn fits(one: &Introduced, candidate: &Candidate) -> bool {
    let leaves = candidate.to.is_none();
    let taken = if leaves { one.successor } else { one.predecessor };
    let role = one.person.role.as_deref();
    let post = candidate.role.as_deref().unwrap_or("");
    // Who heads the house speaks of somebody else, unless that is the post.
    let heads = |role: &str| HEADS.contains(&role);
    let speaks = leaves && role.is_some_and(|role| heads(role) && !heads(post));
    let listed = |end: &Option<End>| matches!(end, Some(End::Listed(_)));
    let own = &one.person.employer;
    let at_home = !listed(own) || *own == candidate.from || *own == candidate.to;
    let placed = !matches!(one.person.part, Part::At | Part::From | Part::With | Part::To);
    !taken && !speaks && at_home && placed && one.person.strength > 0.5
}
