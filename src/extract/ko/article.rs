//! What the sentences of one article say about each other's candidates.

use super::claim::Told;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::words::Words;
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind, Status, Suppressed};

/// "A 창업자들, B 복귀" in the title, then the names in the summary: they come from A too.
pub(super) fn lend_origin(candidates: &mut [Candidate]) {
    let groups: Vec<Candidate> = candidates
        .iter()
        .filter(|one| {
            let group = one.person.is_none() && one.field == Field::Title;
            group && matches!(one.suppressed, None | Some(Suppressed::Generic))
        })
        .cloned()
        .collect();
    for candidate in candidates.iter_mut() {
        let lacks = candidate.person.is_some()
            && candidate.kind == Kind::Joined
            && candidate.from.is_none()
            && candidate.suppressed.is_none();
        let group = groups.iter().find(|group| group.from.is_some() && group.to == candidate.to);
        if let (true, Some(group)) = (lacks, group) {
            candidate.from.clone_from(&group.from);
            candidate.kind = Kind::Moved;
        }
    }
}

/// "X 물러난다" in the title, "X가 의장으로 물러난다" in the summary: X keeps a post there.
pub(super) fn keep_posts(candidates: &mut [Candidate]) {
    let kept: Vec<Candidate> = candidates
        .iter()
        .filter(|one| one.kind == Kind::Promoted && one.pattern == "leaves")
        .filter(|one| one.suppressed.is_none() && one.person.is_some())
        .cloned()
        .collect();
    for candidate in candidates.iter_mut().filter(|one| one.kind == Kind::Left && one.to.is_none())
    {
        let same = |one: &&Candidate| one.person == candidate.person && one.from == candidate.from;
        if kept.iter().any(|one| same(&one)) {
            candidate.kind = Kind::Promoted;
        }
    }
}

/// "A 출신이 세운 C, 투자 유치", "C, B 상대로 소송": what the title takes as given or disputes in
/// court, the summary looks back upon.
pub(super) fn look_back(candidates: &mut [Candidate], founded: bool, in_court: bool) {
    let told: Vec<Option<String>> = candidates
        .iter()
        .filter(|one| one.field == Field::Title && one.suppressed.is_none())
        .map(|one| one.person.clone())
        .collect();
    // Somebody unnamed whom the title tells of may be anyone of the summary.
    if told.contains(&None) {
        return;
    }
    for candidate in candidates.iter_mut().filter(|one| one.field != Field::Title) {
        let old = founded && candidate.kind == Kind::Founded || in_court;
        if old && candidate.suppressed.is_none() && !told.contains(&candidate.person) {
            candidate.suppressed = Some(Suppressed::Historical);
        }
    }
}

/// "'가나 쇼크' 1년…": a title that looks back, not "합류 1년…퇴사".
pub(super) fn is_anniversary<'a>(title: impl Iterator<Item = &'a Node<'a>>) -> bool {
    let nodes: Vec<&Node<'_>> = title.collect();
    nodes.windows(3).any(|three| {
        let [before, year, mark] = three else { return false };
        year.word == "년"
            && year.stem.starts_with(|ch: char| ch.is_ascii_digit())
            && mark.kind == Is::Break('…')
            && !year.quoted
            && before.part == Part::None
            && before.trigger().is_none()
            && before.kind != Is::Known
    })
}

/// "그록 창업자 X 스토리": a title that announces somebody's life, and tells no move itself.
pub(super) fn is_story<'a>(title: impl Iterator<Item = &'a Node<'a>>) -> bool {
    let nodes: Vec<&Node<'_>> = title.collect();
    let life = ["스토리", "일대기", "자서전", "회고록", "인생", "연대기", "성공기", "창업기"];
    let told = nodes.iter().any(|node| node.trigger().is_some());
    let named = |node: &&Node<'_>| node.part == Part::None && life.contains(&node.stem);
    !told && nodes.last().is_some_and(named)
}

/// The ends of the moves that are told so far, the latest first.
pub(super) fn told(candidates: &[Candidate]) -> Told {
    let listed = |end: &Option<End>| matches!(end, Some(End::Listed(_)));
    let kept = |one: &&Candidate| {
        let said = matches!(one.suppressed, None | Some(Suppressed::Generic))
            // "C CEO 영입 위해 투자": whom the summary goes on to name.
            || one.suppressed == Some(Suppressed::Hypothetical) && one.field == Field::Title;
        said && one.kind != Kind::Promoted
    };
    let latest = || candidates.iter().rev().filter(kept);
    let group = |one: &&Candidate| {
        one.person.is_none()
            && one.kind == Kind::Left
            && listed(&one.from)
            && matches!(one.suppressed, None | Some(Suppressed::Generic))
    };
    Told {
        group: candidates.iter().rev().find(group).and_then(|one| one.from.clone()),
        from: latest().find(|one| listed(&one.from)).and_then(|one| one.from.clone()),
        to: latest().find(|one| listed(&one.to)).and_then(|one| one.to.clone()),
    }
}

/// "B, 전 A 임원 영입. A 출신 X가 새 부서를 이끈다": the one newcomer from A whom a later sentence
/// names is the unnamed one.
pub(super) fn name_newcomer(candidates: &mut [Candidate], people: &[Person]) {
    let alone = |one: &&mut Candidate| {
        let single = one.person.is_none() && one.count <= 1 && one.from.is_some();
        single && one.to.is_some() && matches!(one.suppressed, None | Some(Suppressed::Generic))
    };
    let named = candidates.iter().any(|one| one.person.is_some() && one.suppressed.is_none());
    for candidate in candidates.iter_mut().filter(alone) {
        let mut fitting = people.iter().filter(|person| {
            person.employer == candidate.from && person.name.is_some() && person.former
        });
        let Some(first) = fitting.next().filter(|_| !named) else { continue };
        if fitting.all(|other| other.name == first.name) {
            candidate.person.clone_from(&first.name);
            candidate.suppressed = None;
        }
    }
}

/// "X가 B에 합류했다. 전 A 팀장 X는 ...": another sentence tells where X comes from.
pub(super) fn recall_employer(candidates: &mut [Candidate], people: &[Person]) {
    for candidate in candidates.iter_mut() {
        // "A 공동창업자 X 영입. C를 이끌던 X는 ...": a founder stays one, whatever X does now.
        let founder = candidate.role.as_deref().is_some_and(|role| role.contains('창'));
        let held = people.iter().find(|person| person.held && person.name == candidate.person);
        let now = held.and_then(|person| person.employer.as_ref());
        let apart = now.is_some() && now != candidate.to.as_ref();
        if founder && candidate.kind == Kind::Moved && candidate.person.is_some() && apart {
            candidate.from = now.cloned();
        }
    }
    for candidate in candidates.iter_mut() {
        if candidate.kind != Kind::Joined || candidate.from.is_some() || candidate.person.is_none()
        {
            continue;
        }
        let known = |former: bool| {
            people.iter().find_map(|person| {
                let same = person.name == candidate.person && person.former == former;
                let own = person.employer.as_ref().filter(|_| same)?;
                (matches!(own, End::Listed(_)) && Some(own) != candidate.to.as_ref()).then_some(own)
            })
        };
        let known = known(true).or_else(|| known(false));
        if let Some(own) = known {
            candidate.from = Some(own.clone());
            candidate.kind = Kind::Moved;
        }
    }
}

/// "B는 해당 보도를 부인했다": the sentence denies what the article reports.
pub(super) fn denies(words: &Words, nodes: &[Node<'_>]) -> bool {
    let Some(at) = nodes.iter().position(|node| words.begins("denied", node.word)) else {
        return false;
    };
    // A sentence of its own: "사실무근".
    if at == 0 && nodes.iter().all(|node| node.quoted || node.is_break()) {
        return true;
    }
    let before = nodes.get(..at).unwrap_or(&[]);
    let report = before.iter().rev().take(6).any(|node| words.begins("report", node.word));
    let told = nodes.iter().any(|node| node.trigger().is_some());
    let subject = before.iter().any(|node| {
        matches!(node.part, Part::Topic | Part::Subject | Part::Side)
            && matches!(node.kind, Is::Company { .. } | Is::Known | Is::Word | Is::Role { .. })
    });
    report && subject && !told
}

/// "X 이탈설…회사는 부인", "그만두고 갔다고 보도했으나, B는 부인했다": what is denied of somebody, or was
/// only a leave, is not told either by the headline's rumour or by the rest of the sentence.
pub(super) fn heed_denials(candidates: &mut [Candidate]) {
    let against: Vec<Candidate> = candidates
        .iter()
        .filter(|one| one.person.is_some() && one.field != Field::Title)
        .filter(|one| matches!(one.suppressed, Some(Suppressed::Negated | Suppressed::Sabbatical)))
        .cloned()
        .collect();
    for candidate in candidates.iter_mut().filter(|one| one.suppressed.is_none()) {
        let denied = against.iter().any(|other| {
            let beside = other.field == candidate.field
                && other.sentence == candidate.sentence
                && other.to.is_some()
                && candidate.trigger.end <= other.trigger.start
                && other.trigger.start - candidate.trigger.end < 60
                && other.suppressed == Some(Suppressed::Negated);
            let rumour = candidate.field == Field::Title && candidate.status == Status::Rumoured;
            other.person == candidate.person && (beside || rumour)
        });
        if denied {
            candidate.suppressed = Some(Suppressed::Negated);
            candidate.status = Status::Denied;
        }
    }
}

/// Takes back what the article has reported so far.
pub(super) fn take_back(candidates: &mut [Candidate]) {
    for candidate in candidates.iter_mut().filter(|one| one.suppressed.is_none()) {
        candidate.suppressed = Some(Suppressed::Negated);
        candidate.status = Status::Denied;
    }
}

/// "X가 B 총괄로 임명됐다", and elsewhere "C 출신 X": who comes from another house was not promoted.
pub(super) fn recall_outsiders(candidates: &mut [Candidate], people: &[Person]) {
    let given = |one: &&mut Candidate| {
        one.kind == Kind::Promoted
            && one.to.is_some()
            && matches!(one.pattern, "takes" | "is taken")
    };
    for candidate in candidates.iter_mut().filter(given) {
        let same = |one: &&Person| one.name.is_some() && one.name == candidate.person;
        let Some(outsider) = people.iter().find(same) else { continue };
        if outsider.employer != candidate.to {
            let listed = |end: &&End| matches!(end, End::Listed(_));
            candidate.from = outsider.employer.as_ref().filter(listed).cloned();
            candidate.kind = if candidate.from.is_some() { Kind::Moved } else { Kind::Joined };
        }
    }
}
