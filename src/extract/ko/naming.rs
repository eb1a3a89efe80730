//! Who it is of whom a headline gives only the post: the one person whom the summary names.

use super::node::Node;
use super::particle::Part;
use super::person::Person;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::model::{Field, Kind, Suppressed};

/// Who heads a house: what only somebody of such a post is called.
const HEADS: &[&str] = &["CEO", "대표", "대표이사", "회장", "의장", "최고경영자", "창업자", "사장"];

/// Who speaks of others.
const OBSERVERS: &[&str] =
    &["애널리스트", "기자", "대변인", "관계자", "변호사", "의원", "장관", "대통령", "교수"];

/// Someone whom a sentence of the summary names, with what the sentence makes of them.
#[derive(Debug, Clone)]
pub(super) struct Named {
    person: Person,
    /// "후임 X", "X가 자리를 이어받는다".
    follows: bool,
    /// "신임 대표 X", "X 신임 대표": who has just been given the post.
    fresh: bool,
}

/// The people of one sentence of a summary who may be the one spoken of.
pub(super) fn named(nodes: &[Node<'_>], people: &[Person]) -> Vec<Named> {
    let heir = |node: &Node<'_>| {
        ["후임", "후계", "대신", "빈자리", "공석", "대행", "전임"]
            .iter()
            .any(|word| node.word.starts_with(word))
    };
    let takes_over = nodes.iter().any(|node| {
        ["이어받", "물려받", "겸직", "겸임", "넘겨받", "메운", "채운다", "채울"]
            .iter()
            .any(|word| node.word.starts_with(word))
    });
    let own = people.iter().filter(|person| person.name.is_some());
    own.map(|person| {
        let before = nodes.get(..person.last).unwrap_or(&[]);
        let follows = takes_over || before.iter().any(heir);
        let around = nodes.get(person.first.saturating_sub(3)..(person.last + 3).min(nodes.len()));
        let fresh = around.is_some_and(|own| {
            own.iter().any(|node| matches!(node.stem, "신임" | "새" | "내정자" | "차기"))
        });
        Named { person: person.clone(), follows, fresh }
    })
    .collect()
}

/// "A CTO 사임. X는 "원칙의 문제"라고 했다.": the one whom the summary names is the one of the title.
pub(super) fn name_unnamed(
    candidates: &mut [Candidate],
    named: &[Named],
    passages: &[Passage<'_>],
) {
    let taken = candidates.iter().any(|one| {
        one.person.is_some() && one.suppressed.is_none() && one.kind != Kind::Promoted
    });
    let mut open: Vec<usize> = Vec::new();
    for (at, one) in candidates.iter().enumerate() {
        if one.suppressed.is_none() && one.person.is_none() {
            open.push(at);
        }
    }
    // "또 2명 이탈": who of them is named is not told.
    let group = candidates.iter().any(|one| one.person.is_none() && one.count > 1);
    let [at] = open.as_slice() else { return };
    let Some(candidate) = candidates.get(*at).filter(|_| !taken && !group) else { return };
    let swapped = is_swap(candidate, passages);
    let anew = swapped && named.iter().any(|one| one.fresh);
    let fitting: Vec<&Named> = named
        .iter()
        .filter(|one| candidate.kind != Kind::Left || one.fresh == anew)
        .filter(|one| fits(one, candidate, passages))
        .collect();
    let Some(first) = fitting.first() else { return };
    if fitting.iter().any(|other| other.person.name != first.person.name) {
        return;
    }
    let (one, fresh) = (first.person.clone(), first.fresh);
    let Some(candidate) = candidates.get_mut(*at) else { return };
    candidate.person = one.name;
    candidate.role = candidate.role.take().or(one.role);
    if swapped && fresh {
        // "A 지사장 교체", then "X 신임 지사장": who is named is who comes.
        candidate.to = candidate.from.take();
        candidate.kind = Kind::Joined;
    }
}

/// "A 지사장 교체": one goes and one comes.
fn is_swap(candidate: &Candidate, passages: &[Passage<'_>]) -> bool {
    let own = passages.iter().find(|passage| passage.field == candidate.field);
    let verb = own.map_or("", |passage| passage.text.get(candidate.trigger));
    candidate.kind == Kind::Left && verb.starts_with("교체")
}

fn fits(one: &Named, candidate: &Candidate, passages: &[Passage<'_>]) -> bool {
    let person = &one.person;
    let single = candidate.field == Field::Title && candidate.count <= 1;
    let ends = |role: &str, list: &[&str]| list.iter().any(|tail| role.ends_with(tail));
    let (own, told) = (person.role.as_deref(), candidate.role.as_deref().unwrap_or(""));
    let head = own.is_some_and(|role| ends(role, HEADS)) && !ends(told, HEADS);
    let observer = own.is_some_and(|role| ends(role, OBSERVERS) && !ends(told, OBSERVERS));
    let related = |end: &Option<End>| match (person.employer.as_ref(), end, passages.first()) {
        (Some(End::Listed(a)), Some(End::Listed(b)), Some(passage)) => {
            a == b || passage.gazetteer.related(*a, *b)
        }
        (Some(a), Some(b), _) => a == b,
        _ => false,
    };
    let house = match person.employer {
        None => true,
        // Whoever works where somebody goes to welcomes them.
        Some(_) if candidate.from.is_some() => {
            related(&candidate.from) || person.origin && related(&candidate.to)
        }
        Some(End::Listed(_)) => related(&candidate.to) || person.former,
        Some(End::Unlisted(_)) => true,
    };
    let spoken = matches!(
        person.part,
        Part::Subject | Part::Topic | Part::Of | Part::Object | Part::None | Part::Is
    );
    let sure = person.strength > super::person::WEAK;
    single && house && spoken && sure && !one.follows && !head && !observer
}

/// "덩장도 사직", then "덩장이 떠난다": one person, whatever particle the name was read with.
pub(super) fn join_particles(candidates: &mut [Candidate]) {
    let names: Vec<String> = candidates.iter().filter_map(|one| one.person.clone()).collect();
    for candidate in candidates.iter_mut() {
        let Some(name) = candidate.person.as_deref() else { continue };
        let short = ["이", "가", "은", "는", "도", "을", "를", "과", "와", "에", "에게"]
            .iter()
            .filter_map(|particle| name.strip_suffix(particle))
            .find(|short| names.iter().any(|other| other == short));
        if let Some(short) = short.map(str::to_owned) {
            candidate.person = Some(short);
        }
    }
}

/// "A 총괄 X 이적" in the title, "X는 B로 옮긴다" in the summary: where X goes.
pub(super) fn lend_destination(candidates: &mut [Candidate]) {
    let joined: Vec<Candidate> = candidates
        .iter()
        .filter(|one| one.kind == Kind::Joined && one.from.is_none() && one.person.is_some())
        .filter(|one| matches!(one.suppressed, None | Some(Suppressed::Unwatched)))
        .cloned()
        .collect();
    for candidate in candidates.iter_mut() {
        let left = candidate.kind == Kind::Left
            && candidate.to.is_none()
            && candidate.person.is_some()
            && candidate.suppressed.is_none();
        let later = joined.iter().find(|one| {
            one.person == candidate.person && one.to.is_some() && one.to != candidate.from
        });
        if let (true, Some(later)) = (left, later) {
            candidate.to.clone_from(&later.to);
            candidate.kind = Kind::Moved;
        }
    }
}

/// "A 책임자 사임" in the title, "X는 스타트업을 차린다" in the summary: X is the one of A.
pub(super) fn lend_house(candidates: &mut [Candidate]) {
    let single = |one: &&Candidate| {
        let title = one.field == Field::Title && one.person.is_none() && one.count <= 1;
        title && one.suppressed.is_none() && one.from.is_some()
    };
    let mut unnamed = candidates.iter().filter(single);
    let Some(told) = unnamed.next().filter(|_| unnamed.next().is_none()).cloned() else { return };
    let mut named: Vec<&mut Candidate> = candidates
        .iter_mut()
        .filter(|one| one.person.is_some() && one.suppressed.is_none())
        .collect();
    if let [one] = named.as_mut_slice()
        && matches!(one.kind, Kind::Founded | Kind::Joined)
        && one.from.is_none()
        && one.to != told.from
        && (one.kind == Kind::Founded || told.to.is_none() && told.kind == Kind::Left)
    {
        one.from = told.from;
        one.score = one.score.max(told.score);
        if one.kind == Kind::Joined {
            one.kind = Kind::Moved;
        }
    }
}
