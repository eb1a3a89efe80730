//! Whether two words make a name, by what the lists of names say and where they stand.

use crate::extract::latin::NameWord;

/// What the place of two words says about them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) title_case: bool,
    pub(super) at_start: bool,
    /// What follows shows that the name is over.
    pub(super) closed: bool,
    /// A verb of moving follows.
    pub(super) acts: bool,
    pub(super) before: Before,
}

/// What stands before a name that may begin.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    /// A name, joined by "and".
    pub(super) name: bool,
    /// A role: "co-founder Gray".
    pub(super) role: bool,
    /// A company's possessive: "Gana's Gray".
    pub(super) owner: bool,
}

/// Whether two words make a name (`Some`), and whether that is sure.
pub(super) fn pair(first: NameWord, second: NameWord, place: Place) -> Option<bool> {
    let ends = second.may_end();
    if first.sure_given() {
        return (ends || !place.title_case || place.closed).then_some(ends);
    }
    if (place.before.owner || place.before.role) && place.acts && !place.title_case {
        return Some(false);
    }
    if first.given {
        let acts = place.acts && !place.title_case && second.surname;
        let name = !second.word && (second.surname || second.given) || second.unknown();
        let likely = !place.title_case && (!place.at_start || acts) && ends;
        return (name || likely).then_some(name);
    }
    if first.unknown() || first.surname && !first.word {
        return (ends && !(place.title_case && second.word))
            .then_some(second.surname && !second.word);
    }
    if place.before.name && place.closed && !second.word {
        return Some(false);
    }
    let rare = !second.word && ends;
    if place.at_start && place.acts && !place.title_case && first.surname && second.unknown() {
        return Some(false);
    }
    let free = !place.title_case && (!place.at_start || place.closed && second.surname);
    (rare && free).then_some(false)
}
