//! Who it is of whom a headline gives only the post: the one person whom the summary names.

use super::node::Node;
use super::particle::Part;
use super::person::{Person, Reading};
use crate::extract::candidate::{Candidate, End, Passage};
use crate::model::{Field, Kind, Status, Suppressed};

/// Who heads a house: what only somebody of such a post is called.
const HEADS: &[&str] = &["CEO", "대표", "대표이사", "회장", "의장", "최고경영자", "창업자", "사장"];

/// Who speaks of others.
const OBSERVERS: &[&str] =
    &["애널리스트", "기자", "대변인", "관계자", "변호사", "의원", "장관", "대통령", "교수"];

/// What tells that somebody takes the post of another, of whoever stands before it.
const TAKES_OVER: &[&str] =
    &["이어받", "물려받", "겸직", "겸임", "넘겨받", "메운", "채운다", "채울", "거론"];

/// Heads of several houses, whom `names/heads.toml` leaves out.
const HEADS_OF_SEVERAL: &[&str] = &["Elon Musk"];

/// What one says or does of others: 보도했다, 환영했다.
const OF_OTHERS: &[&str] =
    &["보도했", "보도한", "평가했", "분석했", "전망했", "지적했", "환영", "축하"];

/// What keeps somebody where they are.
const STAYS: &[&str] = &["남는다", "남기로", "남을", "잔류"];

/// Someone whom a sentence of the summary names, with what the sentence makes of them.
#[derive(Debug, Clone)]
pub(super) struct Named {
    person: Person,
    /// "후임 X", "X가 자리를 이어받는다".
    follows: bool,
    /// "X가 조직을 맡는다": who comes, not who goes.
    takes: bool,
    /// "신임 대표 X", "X 신임 대표": who has just been given the post.
    fresh: bool,
    /// Speaks of others, or heads a house that others join.
    apart: bool,
    stays: bool,
}

impl Reading<'_> {
    /// The people of one sentence of a summary who may be the one spoken of.
    pub(super) fn named(&self, nodes: &[Node<'_>], people: &[Person]) -> Vec<Named> {
        let says = |heads: &[&str]| {
            nodes
                .iter()
                .any(|node| !node.quoted && heads.iter().any(|it| node.word.starts_with(it)))
        };
        let past = ["맡아온", "맡아왔", "맡았", "맡던", "맡은"];
        let takes = nodes.iter().any(|node| {
            node.word.starts_with('맡') && !past.iter().any(|it| node.word.starts_with(it))
        });
        let own = people.iter().filter(|person| person.name.is_some());
        own.map(|person| {
            let before = nodes.get(..person.last).unwrap_or(&[]);
            let start = person.first.saturating_sub(3);
            let around = nodes.get(start..(person.last + 3).min(nodes.len())).unwrap_or(&[]);
            let new = |node: &Node<'_>| matches!(node.stem, "신임" | "새" | "내정자" | "차기");
            Named {
                follows: says(TAKES_OVER) || before.iter().any(is_heir),
                takes,
                fresh: around.iter().any(new),
                // "X는 …라고 보도했다", but not "X가 떠난다고 C가 보도했다"
                apart: says(OF_OTHERS) && speaks(nodes, person) || self.is_head(person),
                stays: says(STAYS) && nodes.iter().any(|node| node.part == Part::At),
                person: person.clone(),
            }
        })
        .collect()
    }

    /// Whoever stands for a house.
    fn is_head(&self, person: &Person) -> bool {
        let Some(name) = person.name.as_deref() else { return false };
        let known = self.people.latin(name).or_else(|| self.people.by_surname(name));
        known.is_some_and(|known| {
            self.words.heads.contains_key(known) || HEADS_OF_SEVERAL.contains(&known)
        })
    }
}

/// True where nobody else does what the sentence ends with.
fn speaks(nodes: &[Node<'_>], person: &Person) -> bool {
    let behind = nodes.get(person.last + 1..).unwrap_or(&[]);
    person.part == Part::Topic && !behind.iter().any(|node| node.part == Part::Subject)
}

/// "후임", "빈자리에": what is said behind it is said of somebody else.
fn is_heir(node: &Node<'_>) -> bool {
    ["후임", "후계", "대신", "빈자리", "공석", "대행", "전임"]
        .iter()
        .any(|word| node.word.starts_with(word))
}

/// What the people of the summary add to what the title tells.
pub(super) fn complete(candidates: &mut [Candidate], named: &[Named], passages: &[Passage<'_>]) {
    join_particles(candidates);
    name_unnamed(candidates, named, passages);
    lend_destination(candidates);
    lend_house(candidates);
}

/// "A CTO 사임. X는 "원칙의 문제"라고 했다.": the one whom the summary names is the one of the title.
pub(super) fn name_unnamed(
    candidates: &mut [Candidate],
    named: &[Named],
    passages: &[Passage<'_>],
) {
    let taken = candidates
        .iter()
        .any(|one| one.person.is_some() && one.suppressed.is_none() && one.kind != Kind::Promoted);
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
    if swapped && !named.iter().any(|one| one.fresh) {
        return;
    }
    let fitting: Vec<&Named> = named
        .iter()
        .filter(|one| candidate.kind != Kind::Left || one.fresh == swapped)
        .filter(|one| fits(one, candidate, passages) && !stays(candidates, &one.person))
        .collect();
    // "X는 칩을 맡는다": who does it, before to whom it is done.
    let acts = |one: &&&Named| matches!(one.person.part, Part::Subject | Part::Topic);
    let mut doers: Vec<&Named> = fitting.iter().filter(acts).copied().collect();
    if doers.is_empty() {
        doers = fitting;
    }
    let fitting = doers;
    let Some(first) = fitting.first() else { return };
    if fitting.iter().any(|other| other.person.name != first.person.name) {
        return;
    }
    let stays = first.stays && candidate.kind == Kind::Left;
    let (one, fresh) = (first.person.clone(), first.fresh);
    let Some(candidate) = candidates.get_mut(*at) else { return };
    if stays {
        // "A CTO 퇴사설", then "X CTO는 회사에 남는다고 밝혔다"
        if candidate.status == Status::Rumoured {
            candidate.suppressed = Some(Suppressed::Negated);
            candidate.status = Status::Denied;
        }
        return;
    }
    candidate.person = one.name;
    candidate.role = candidate.role.take().or(one.role);
    if swapped && fresh {
        // "A 지사장 교체", then "X 신임 지사장": who is named is who comes.
        candidate.to = candidate.from.take();
        candidate.kind = Kind::Joined;
    }
}

/// Who is promoted is not who goes.
fn stays(candidates: &[Candidate], person: &Person) -> bool {
    candidates.iter().any(|one| {
        let elsewhere = one.from.is_some() && one.from != one.to;
        one.person == person.name && one.kind == Kind::Promoted && !elsewhere
    })
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
    // 부사장 heads nothing.
    let ends = |role: &str, list: &[&str]| {
        !role.starts_with('부')
            && !role.contains("부사장")
            && list.iter().any(|it| role.ends_with(it))
    };
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
    let takes = one.takes && candidate.kind == Kind::Left && !one.fresh;
    single && house && spoken && sure && !one.follows && !takes && !one.apart && !head && !observer
}

/// "덩장도 사직", then "덩장이 떠난다": one person, whatever particle the name was read with.
fn join_particles(candidates: &mut [Candidate]) {
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
fn lend_destination(candidates: &mut [Candidate]) {
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
fn lend_house(candidates: &mut [Candidate]) {
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
