//! Makes claims of candidates: merges what two passages say about one person, judges, reports.

use super::candidate::{Candidate, End, Passage};
use super::company::Gazetteer;
use super::gates;
use super::gloss::latin_form;
use super::people::People;
use crate::model::{Claim, Evidence, Field, Kind, Suppressed};

/// A candidate and the claim it became.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    /// As the grammar found it, after merging.
    pub(crate) candidate: Candidate,
    /// What is reported.
    pub(crate) claim: Claim,
}

/// Turns the candidates of one article into claims, the ones that alert first.
pub(crate) fn claims(
    candidates: Vec<Candidate>,
    passages: &[Passage<'_>],
    gazetteer: &Gazetteer,
    people: &People,
) -> Vec<Judged> {
    let candidates = name_the_unnamed(merge(deny(candidates), gazetteer, people), gazetteer);
    let judged = candidates.into_iter().map(|candidate| {
        let reason = gates::judge(&candidate, gazetteer);
        let claim = claim(&candidate, reason, passages, gazetteer, people);
        Judged { candidate, claim }
    });
    let mut judged: Vec<Judged> = judged.collect();
    judged.sort_by_key(|judged| !judged.claim.alert);
    judged
}

/// Joins candidates about one person: the first keeps its place and gains missing ends.
fn merge(candidates: Vec<Candidate>, gazetteer: &Gazetteer, people: &People) -> Vec<Candidate> {
    let mut merged: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let twin = merged.iter_mut().find(|earlier| {
            (same_person(earlier, &candidate) || same_known(earlier, &candidate, people))
                && earlier.suppressed.is_some() == candidate.suppressed.is_some()
                && compatible(earlier.from.as_ref(), candidate.from.as_ref(), gazetteer)
                && compatible(earlier.to.as_ref(), candidate.to.as_ref(), gazetteer)
                && (earlier.kind == Kind::Promoted) == (candidate.kind == Kind::Promoted)
        });
        match twin {
            Some(earlier) => absorb(earlier, candidate, gazetteer),
            None => merged.push(candidate),
        }
    }
    merged
}

/// What the title denies, the summary does not claim.
fn deny(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let denied: Vec<Candidate> = candidates
        .iter()
        .filter(|one| one.field == Field::Title && one.suppressed == Some(Suppressed::Negated))
        .cloned()
        .collect();
    for candidate in &mut candidates {
        let same = |other: &Candidate| same_person(other, candidate);
        if candidate.suppressed.is_none() && denied.iter().any(same) {
            candidate.suppressed = Some(Suppressed::Negated);
        }
    }
    candidates
}

/// "Gana's safety chief is leaving" and "Ada Gray has left Gana" are one move: the named claim
/// takes in the unnamed one, where the article names just one person with fitting ends.
fn name_the_unnamed(candidates: Vec<Candidate>, gazetteer: &Gazetteer) -> Vec<Candidate> {
    let mut kept = candidates;
    let unnamed = |one: &Candidate| {
        one.person.is_none()
            && one.count <= 1
            && one.suppressed.is_none()
            && one.kind != Kind::Promoted
    };
    let mut at = 0;
    while let Some(candidate) = kept.get(at).cloned() {
        if !unnamed(&candidate) {
            at += 1;
            continue;
        }
        let fits = |named: &Candidate| {
            named.person.is_some()
                && named.suppressed.is_none()
                && named.kind != Kind::Promoted
                && compatible(candidate.from.as_ref(), named.from.as_ref(), gazetteer)
                && compatible(candidate.to.as_ref(), named.to.as_ref(), gazetteer)
                && !told(&candidate.from, &named.to, gazetteer)
                && !told(&candidate.to, &named.from, gazetteer)
        };
        let mut fitting =
            kept.iter().enumerate().filter(|(_, named)| fits(named)).map(|(index, _)| index);
        match (fitting.next(), fitting.next()) {
            (Some(index), None) => {
                kept.remove(at);
                let index = if index > at { index - 1 } else { index };
                if let Some(named) = kept.get_mut(index) {
                    absorb(named, candidate, gazetteer);
                }
            }
            _ => at += 1,
        }
    }
    kept
}

/// True where both are told and are one company: who leaves it is not the one who joins.
fn told(a: &Option<End>, b: &Option<End>, gazetteer: &Gazetteer) -> bool {
    a.is_some() && b.is_some() && compatible(a.as_ref(), b.as_ref(), gazetteer)
}

/// True for two mentions of one person: the same name, or one is the other's surname.
fn same_person(a: &Candidate, b: &Candidate) -> bool {
    match (&a.person, &b.person) {
        (Some(a), Some(b)) => same_name(a, b),
        // "five leaders" in the title are the "five employees" of the summary.
        (None, None) => {
            a.count == b.count && (a.role == b.role || a.count > 1 && a.field != b.field)
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

/// True for two spellings of one listed person: Mira Murati, 미라 무라티.
fn same_known(a: &Candidate, b: &Candidate, people: &People) -> bool {
    let latin = |one: &Candidate| one.person.as_deref().and_then(|name| people.latin(name));
    latin(a).is_some() && latin(a) == latin(b)
}

/// True when the names are equal, or one is the last word of the other.
fn same_name(a: &str, b: &str) -> bool {
    let last = |name: &str| name.split(' ').next_back().map(str::to_lowercase);
    let single = !a.contains(' ') || !b.contains(' ');
    a.eq_ignore_ascii_case(b) || single && last(a) == last(b)
}

fn compatible(a: Option<&End>, b: Option<&End>, gazetteer: &Gazetteer) -> bool {
    match (a, b) {
        (Some(End::Listed(a)), Some(End::Listed(b))) => gazetteer.related(*a, *b),
        (Some(End::Unlisted(a)), Some(End::Unlisted(b))) => {
            a == b || extends(a, b) || extends(b, a)
        }
        (Some(_), Some(_)) => false,
        _ => true,
    }
}

/// 현대차 and 현대차그룹, Gana and Gana University: the longer name is that of the same house. Latin
/// names are not read so without a space: Metaphor is not Meta.
fn extends(longer: &str, shorter: &str) -> bool {
    let words = longer.strip_prefix(shorter).is_some_and(|rest| rest.starts_with(' '));
    words || !shorter.is_ascii() && shorter.chars().count() > 1 && longer.starts_with(shorter)
}

fn absorb(earlier: &mut Candidate, later: Candidate, gazetteer: &Gazetteer) {
    let fuller = |a: &Option<String>, b: &Option<String>| {
        b.as_ref().map_or(0, String::len) > a.as_ref().map_or(0, String::len)
    };
    if fuller(&earlier.person, &later.person) {
        earlier.person = later.person;
    }
    let from = earlier.from.clone().or(later.from);
    let to = earlier.to.clone().or(later.to);
    let clash = match (&from, &to) {
        (Some(from), Some(to)) => compatible(Some(from), Some(to), gazetteer),
        _ => false,
    };
    if !clash {
        earlier.from = from;
        earlier.to = to;
    }
    earlier.role = earlier.role.take().or(later.role);
    earlier.kind = match (earlier.kind, &earlier.from, &earlier.to) {
        (Kind::Founded, ..) => Kind::Founded,
        (Kind::Promoted, ..) => Kind::Promoted,
        (_, Some(_), Some(_)) => Kind::Moved,
        (kind, ..) => kind,
    };
    earlier.status = earlier.status.max(later.status);
    earlier.score = earlier.score.max(later.score);
}

fn claim(
    candidate: &Candidate,
    reason: Option<Suppressed>,
    passages: &[Passage<'_>],
    gazetteer: &Gazetteer,
    people: &People,
) -> Claim {
    let written = candidate.person.as_deref();
    let known = written.and_then(|name| people.latin(name)).map(str::to_owned);
    let latin = known.or_else(|| written.and_then(|name| latin_form(name, passages)));
    Claim {
        person: latin.or_else(|| candidate.person.clone()),
        person_as_written: candidate.person.clone(),
        count: candidate.count.max(1),
        from: candidate.from.as_ref().map(|end| end_name(end, gazetteer)),
        to: candidate.to.as_ref().map(|end| end_name(end, gazetteer)),
        role: candidate.role.clone(),
        kind: candidate.kind,
        status: candidate.status,
        confidence: (candidate.score.clamp(0.0, 1.0) * 100.0).round() / 100.0,
        alert: reason.is_none(),
        suppressed: reason,
        evidence: evidence(candidate, passages),
    }
}

fn end_name(end: &End, gazetteer: &Gazetteer) -> String {
    match end {
        End::Listed(index) => {
            gazetteer.company(*index).map_or("", |company| &company.id).to_owned()
        }
        End::Unlisted(name) => name.clone(),
    }
}

fn evidence(candidate: &Candidate, passages: &[Passage<'_>]) -> Evidence {
    let passage = passages.iter().find(|passage| passage.field == candidate.field);
    let (text, trigger, span) = match passage {
        Some(passage) => (
            passage.text.get(candidate.sentence),
            passage.text.get(candidate.trigger),
            passage.text.original(candidate.sentence),
        ),
        None => ("", "", candidate.sentence),
    };
    Evidence {
        field: candidate.field,
        start: span.start,
        end: span.end,
        text: text.to_owned(),
        trigger: trigger.to_owned(),
    }
}
