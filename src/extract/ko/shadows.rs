//! Candidates that say again what another candidate of the article has said.

use crate::extract::candidate::{Candidate, End, Passage};

/// Drops someone unnamed where a named person of the same article has the same ends: the title
/// says "구글 TPU 주역", the summary says who.
pub(super) fn drop_shadows(candidates: Vec<Candidate>, passages: &[Passage<'_>]) -> Vec<Candidate> {
    let related = |a: &End, b: &End| match (a, b, passages.first()) {
        (End::Listed(a), End::Listed(b), Some(passage)) => passage.gazetteer.related(*a, *b),
        // 현대차 is 현대차그룹.
        (End::Unlisted(a), End::Unlisted(b), _) => a.starts_with(b) || b.starts_with(a),
        _ => a == b,
    };
    let named: Vec<Candidate> = candidates
        .iter()
        .filter(|candidate| candidate.person.is_some() && candidate.suppressed.is_none())
        .cloned()
        .collect();
    // "A 인재 빼갔다…연구원 2명 영입": the two are the people spoken of.
    let counted = |group: &Candidate| {
        group.count <= 1
            && candidates.iter().any(|one| {
                let whole = one.person.is_none() && one.count > 1 && one.suppressed.is_none();
                let apart = one.trigger != group.trigger || one.field != group.field;
                whole && apart && one.from == group.from && one.to == group.to
            })
    };
    // "X CEO와 직원 일부를": they go along, and are not X.
    let along = |candidate: &Candidate| {
        let text = passages.iter().find(|passage| passage.field == candidate.field);
        let text = text.map_or("", |passage| passage.text.get(candidate.sentence));
        let whole = [" 등", "비롯", "포함"].iter().any(|word| text.contains(word));
        !whole
            && candidate.suppressed.is_none()
            && named.iter().any(|one| {
                one.trigger == candidate.trigger && one.field == candidate.field && one.to.is_some()
            })
    };
    let shadow = |candidate: &Candidate| {
        let twins = named
            .iter()
            .filter(|named| {
                let agrees = |a: &Option<End>, b: &Option<End>| match (a, b) {
                    (Some(a), Some(b)) => related(a, b),
                    _ => true,
                };
                // "A·C에서 4명 영입" and then the four, each with their own house.
                let group = candidate.count > 1 && candidate.to.is_some() && named.to.is_some();
                (group || agrees(&named.from, &candidate.from)) && agrees(&named.to, &candidate.to)
            })
            .count();
        // "연구원 3명" and then the three by name.
        let all = usize::try_from(candidate.count.max(1)).is_ok_and(|count| count <= twins);
        // "X, Y 등 연구원 3명을": the number takes in those who are named.
        let listed = candidate.count > 1
            && named.iter().any(|one| one.trigger == candidate.trigger)
            && passages.iter().any(|passage| {
                let own = passage.field == candidate.field;
                own && passage.text.get(candidate.sentence).contains(" 등 ")
            });
        candidate.person.is_none()
            && (twins > 0 && (all && !along(candidate) || listed) || counted(candidate))
    };
    // "연구원 20여 명" in the title, "24명" in the summary.
    let again = |at: usize, group: &Candidate| {
        let several =
            |one: &Candidate| one.person.is_none() && one.count > 1 && one.suppressed.is_none();
        several(group)
            && candidates.iter().take(at).any(|one| {
                several(one)
                    && one.field != group.field
                    && one.from == group.from
                    && one.to == group.to
            })
    };
    // "X, 가나 CDO로" in the title, "다라는 X를 영입했다": one house by two names.
    let twice = |at: usize, one: &Candidate| {
        let stranger = |one: &Candidate| {
            one.person.is_some()
                && one.suppressed.is_none()
                && matches!(one.to, Some(End::Unlisted(_)))
        };
        stranger(one)
            && candidates.iter().take(at).any(|other| {
                stranger(other)
                    && other.person == one.person
                    && other.from == one.from
                    && other.score >= one.score
                    && other.field != one.field
            })
    };
    let kept = candidates.iter().enumerate().filter(|(at, candidate)| !twice(*at, candidate));
    let kept = kept.filter(|(at, candidate)| !shadow(candidate) && !again(*at, candidate));
    kept.map(|(_, candidate)| candidate.clone()).collect()
}
