//! "Those who left are X, Y and Z": the names of a group that the article counts elsewhere.

use super::unite::{LISTED, ROSTER};
use crate::extract::candidate::Candidate;

/// Takes the names out of `found`, each once.
pub(super) fn take(found: &mut Vec<Candidate>) -> Vec<Candidate> {
    let mut roster: Vec<Candidate> = Vec::new();
    for own in found.extract_if(.., |own| matches!(own.pattern, ROSTER | LISTED)) {
        let twin = roster.iter().any(|other| other.person == own.person);
        if own.person.is_some() && own.suppressed.is_none() && !twin {
            roster.push(own);
        }
    }
    roster
}

/// Puts the names in the place of the one group that is as many, or whose number is not told.
pub(super) fn spell_out(
    roster: Vec<Candidate>,
    named: &mut Vec<Candidate>,
    unnamed: &mut Vec<Candidate>,
) {
    let many = u32::try_from(roster.len()).unwrap_or(u32::MAX);
    let told = |own: &Candidate| roster.iter().any(|name| name.person == own.person);
    if many == 0 || named.iter().any(told) {
        return;
    }
    // "Researchers" without a number counts as one.
    let counted = roster.iter().all(|own| own.pattern == ROSTER);
    let open = |group: &Candidate| counted && many > 1 && group.count <= 1;
    let fits = |group: &Candidate| group.count == many || open(group);
    let mut groups = unnamed.iter().filter(|group| fits(group));
    let (Some(group), None) = (groups.next().cloned(), groups.next()) else { return };
    unnamed.retain(|own| !fits(own));
    named.extend(roster.into_iter().map(|name| Candidate {
        field: name.field,
        person: name.person,
        person_span: name.person_span,
        sentence: name.sentence,
        trigger: name.trigger,
        count: 1,
        ..group.clone()
    }));
}
