//! Somebody who is only a role, or a number of people.

use super::incoming::tells_when;
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::{Person, Reading, Seen};
use super::trigger::Act;
use super::words::Words;
use crate::extract::candidate::End;
use crate::extract::text::Span;

/// Words behind a role that tell how many of them.
const SHARES: &[&str] =
    &["일부", "다수", "여럿", "대부분", "상당수", "절반", "몇몇", "전원", "전체"];

impl Reading<'_> {
    /// "김 사장이": the surname says who of the article holds the post.
    pub(super) fn resolve(&self, nodes: &[Node<'_>], person: Person, seen: &Seen) -> Person {
        let before = (person.first..=person.last)
            .find(|at| nodes.get(*at).is_some_and(|node| node.span == person.span))
            .and_then(|at| nodes.get(at.checked_sub(1)?));
        let surname = before.filter(|node| {
            node.word.chars().count() == 1
                && matches!(node.kind, Kind::Word | Kind::Former)
                && (self.words.is("surname", node.word)
                    || self.words.is("chinese_surname", node.word))
        });
        let name = surname.and_then(|node| seen.by_syllable(node.word));
        match (surname, name) {
            (Some(node), Some(name)) if person.count.is_none() && !person.plural => {
                Person { name: Some(name.to_owned()), span: node.span, strength: 0.8, ..person }
            }
            _ => person,
        }
    }

    /// "B, A 모델팀서 2명 더 데려갔다"
    fn is_counted(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let Some(node) = nodes.get(at) else { return false };
        // "A 연구소서 한 달 만에 3명 이탈"
        let before = nodes.get(..at).unwrap_or(&[]).iter().rev();
        let spell = before.take(4).take_while(|node| tells_when(node)).count();
        matches!(node.kind, Kind::Count(_))
            && node.part != Part::Of
            && nodes.get(at + 1).is_none_or(|next| !matches!(next.kind, Kind::Role { .. }))
            && at.checked_sub(1 + spell).and_then(|at| nodes.get(at)).is_some_and(|from| {
                from.part == Part::From
                    && (matches!(from.kind, Kind::Company { .. })
                        || self.words.ends("unit", from.stem))
            })
    }

    /// "B, 부문장에 A 출신 전격 기용"
    fn is_newcomer(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let Some(node) = nodes.get(at) else { return false };
        let taken = nodes.iter().skip(at + 1).take(2).filter_map(Node::trigger);
        let mut taken = taken.filter(|it| matches!(it.act, Act::Hire | Act::Appoint));
        let mut posts = nodes.get(..at).unwrap_or(&[]).iter();
        node.kind == Kind::Word
            && node.stem == "출신"
            && node.part == Part::None
            && self.title
            && (taken.next().is_some() || nodes.get(at + 1).is_none())
            && posts.any(|post| matches!(post.kind, Kind::Role { .. }) && post.part == Part::At)
    }

    /// "A에서 2명을", "A 모델팀서 2명 더": only how many they are.
    fn counted(&self, nodes: &[Node<'_>], at: usize) -> Person {
        let (span, part) =
            nodes.get(at).map_or((Span::new(0, 0), Part::None), |node| (node.span, node.part));
        let more =
            nodes.get(at + 1).is_some_and(|next| matches!(next.word, "더" | "추가로" | "또"));
        let mut house = nodes.get(..at).unwrap_or(&[]).iter().rev().take(8);
        let employer = house.find_map(|node| match node.kind {
            Kind::Company { company, .. } => Some(End::Listed(company)),
            _ => None,
        });
        let count = match nodes.get(at).map(|node| node.kind) {
            Some(Kind::Count(count)) => Some(count),
            _ => None,
        };
        Person {
            name: None,
            span,
            first: at,
            last: at + usize::from(more),
            part,
            employer,
            former: false,
            origin: false,
            held: false,
            role: None,
            common: true,
            plural: true,
            count,
            strength: 0.7,
            group: 0,
        }
    }

    /// Reads what goes on behind a role: a later role, how many they are. Gives the node behind.
    fn read_on(&self, nodes: &[Node<'_>], at: usize, person: &mut Person) -> usize {
        let mut next = at + 1;
        while person.part == Part::None
            && let Some(node) = nodes.get(next)
        {
            match node.kind {
                // "A 출신 전문가 부사장으로 영입": the post is given.
                Kind::Role { .. }
                    if node.part == Part::To
                        && person.common
                        && nodes
                            .get(next + 1)
                            .and_then(Node::trigger)
                            .is_some_and(|it| matches!(it.act, Act::Hire | Act::Appoint)) =>
                {
                    break;
                }
                Kind::Role { plural } => {
                    person.role = Some(node.stem.to_owned());
                    person.span = node.span;
                    person.common = self.words.is_common(node.stem);
                    person.plural |= plural;
                }
                Kind::Count(count) => person.count = Some(count),
                // "창립 멤버 12명 중 6명", but "연구원 5명 중 1명" is a rate.
                Kind::Word
                    if node.word == "중"
                        && person.count.is_some()
                        && is_founder(nodes, at)
                        && nodes
                            .get(next + 1)
                            .is_some_and(|count| matches!(count.kind, Kind::Count(_))) =>
                {
                    next += 1;
                    continue;
                }
                // "창업 멤버 둘, ..."
                Kind::Word
                    if matches!(node.stem, "둘" | "셋" | "넷")
                        && nodes.get(next + 1).is_none_or(Node::is_break) =>
                {
                    person.count = match node.stem {
                        "둘" => Some(2),
                        "셋" => Some(3),
                        _ => Some(4),
                    };
                }
                // "연구원 최소 4명"
                Kind::Word
                    if ["최소", "최대", "총", "약", "무려", "적어도", "모두"]
                        .contains(&node.word)
                        && nodes
                            .get(next + 1)
                            .is_some_and(|count| matches!(count.kind, Kind::Count(_))) =>
                {
                    next += 1;
                    continue;
                }
                // "직원 일부가", "연구원 다수를"
                Kind::Word if SHARES.contains(&node.stem) => person.plural = true,
                _ => break,
            }
            person.part = node.part;
            person.last = next;
            next += 1;
        }
        next
    }

    /// A role, or a number of people, that belongs to no name.
    pub(super) fn unnamed(&self, nodes: &[Node<'_>], at: usize, floor: usize) -> Option<Person> {
        let node = nodes.get(at)?;
        if self.is_counted(nodes, at) {
            return Some(self.counted(nodes, at));
        }
        let (team, from) = (is_team(self.words, nodes, at), self.is_newcomer(nodes, at));
        let plural = match node.kind {
            Kind::Role { plural } => plural,
            Kind::Word if team => true,
            Kind::Word if from => false,
            _ => return None,
        };
        if node.part == Part::None && leads_to_role(nodes, at + 1) {
            return None;
        }
        // "공동창업자 자리에서": the post, not a person.
        let post = nodes.get(at + 1).is_some_and(|next| {
            matches!(next.stem, "자리" | "직" | "역할" | "직책" | "직위" | "직무" | "타이틀")
        });
        if node.part == Part::None && post {
            return None;
        }
        // "C CEO를 지낸 X": what X once was.
        let once = nodes.get(at + 1).is_some_and(|next| {
            next.kind == Kind::Adnominal
                && ["지낸", "지냈", "역임", "거친", "맡은", "맡았", "맡던"]
                    .iter()
                    .any(|verb| next.word.starts_with(verb))
        });
        if node.part == Part::Object && once {
            return None;
        }
        let mut person = Person {
            name: None,
            span: node.span,
            first: at,
            last: at,
            part: node.part,
            employer: None,
            former: false,
            origin: false,
            held: false,
            role: Some(node.stem.to_owned()),
            common: self.words.is_common(node.stem) || from,
            plural,
            count: None,
            strength: 0.7,
            group: 0,
        };
        person.origin |= from;
        person.former |= from;
        let next = self.read_on(nodes, at, &mut person);
        // "인력을 20명 넘게 데려갔다"
        if let (Part::Object, None, Some(Kind::Count(count))) =
            (person.part, person.count, nodes.get(next).map(|node| node.kind))
        {
            person.count = Some(count);
            person.last = next;
        }
        self.look_left(nodes, &mut person, floor);
        Some(person)
    }
}

/// True where plain words lead to another role: the later one heads the phrase.
fn leads_to_role(nodes: &[Node<'_>], from: usize) -> bool {
    for node in nodes.iter().skip(from).take(4) {
        match node.kind {
            Kind::Role { .. } => return true,
            Kind::Word if node.part == Part::None => {}
            _ => return false,
        }
    }
    false
}

/// "공동창업자", "창립 멤버"
fn is_founder(nodes: &[Node<'_>], at: usize) -> bool {
    let phrase = nodes.get(at.saturating_sub(1)..=at).unwrap_or(&[]);
    phrase
        .iter()
        .any(|node| ["창립", "창업", "공동창", "원년"].iter().any(|it| node.word.starts_with(it)))
}

/// "도조팀 20명", "카메라팀 통째로 빼갔다"
fn is_team(words: &Words, nodes: &[Node<'_>], at: usize) -> bool {
    let (Some(node), Some(next)) = (nodes.get(at), nodes.get(at + 1)) else { return false };
    let counted = (words.ends("unit", node.stem) || node.stem == "출신")
        && matches!(next.kind, Kind::Count(_));
    let whole =
        node.stem.ends_with('팀') && matches!(next.word, "통째로" | "통째" | "전원" | "전체");
    node.kind == Kind::Word && node.part == Part::None && (counted || whole)
}
