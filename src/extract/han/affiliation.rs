//! Who was where and is now elsewhere: what the bonds of title and summary tell together, without
//! regard to the verb of the headline.

use super::bond::{Bond, Tie};
use super::person::Person;
use super::unite::SERVED;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::company::Gazetteer;
use crate::model::{Field, Kind, Status, Suppressed};

/// Marks a move that two bonds tell.
pub(crate) const AFFILIATION: &str = "affiliation";

/// The moves that `bonds` tell and `found` does not.
pub(super) fn candidates(
    passages: &[Passage<'_>],
    (bonds, people): (&[Bond], &[Person]),
    is_head: &dyn Fn(&str) -> bool,
    found: &[Candidate],
) -> Vec<Candidate> {
    let Some(gazetteer) = passages.first().map(|passage| passage.gazetteer) else {
        return Vec::new();
    };
    let mut groups: Vec<Vec<&str>> = Vec::new();
    for bond in bonds.iter().filter(|bond| !bond.who.is_empty()) {
        let names: Vec<&str> = bond.who.iter().map(|(name, _)| name.as_str()).collect();
        match groups.iter_mut().find(|group| names.iter().any(|name| group.contains(name))) {
            Some(group) => {
                let new = names.iter().filter(|name| !group.contains(name)).copied();
                let new: Vec<&str> = new.collect();
                group.extend(new);
            }
            None => groups.push(names),
        }
    }
    // What a clause without a name says is said of the one person, or list, of the article.
    let own = |person: &Person| groups.iter().flatten().any(|name| *name == person.name);
    let sole = groups.len() == 1 && people.iter().all(own);
    let mut made = Vec::new();
    for name in groups.iter().flatten().filter(|name| !is_head(name)) {
        let own = |bond: &&Bond| {
            bond.who.iter().any(|(own, _)| own == name) || sole && bond.who.is_empty()
        };
        let own: Vec<&Bond> = bonds.iter().filter(own).collect();
        let case = Case { name, bonds: own, gazetteer, passages };
        made.extend(case.candidate(found).or_else(|| case.served()));
    }
    made
}

/// All bonds of one person.
struct Case<'a> {
    name: &'a str,
    bonds: Vec<&'a Bond>,
    gazetteer: &'a Gazetteer,
    passages: &'a [Passage<'a>],
}

impl Case<'_> {
    /// The one house that the bonds of `tie` name; `Err` where they name several.
    fn house(&self, tie: Tie) -> Result<Option<&Bond>, ()> {
        let mut found: Option<&Bond> = None;
        for bond in self.bonds.iter().filter(|bond| bond.tie == tie && bond.house.is_some()) {
            match found.map(|own| own.house.zip(bond.house)) {
                None => found = Some(bond),
                Some(Some((a, b))) if self.gazetteer.related(a, b) => {
                    // DeepMind says more than Google.
                    let child = self.gazetteer.company(b).is_some_and(|own| own.parent.is_some());
                    found = if child { Some(bond) } else { found };
                }
                _ => return Err(()),
            }
        }
        Ok(found)
    }

    fn related(&self, a: Option<u16>, b: Option<u16>) -> bool {
        a.zip(b).is_some_and(|(a, b)| self.gazetteer.related(a, b))
    }

    /// Where from, by the strongest bond, and where to.
    fn ends(&self) -> Option<(Option<&Bond>, Option<&Bond>)> {
        let new = self.house(Tie::New).ok()?;
        let unlisted = || {
            let other = |bond: &&&Bond| bond.tie == Tie::New && bond.house.is_none();
            self.bonds.iter().find(other).copied()
        };
        let to = new.or_else(unlisted);
        let of = to.and_then(|bond| bond.house);
        let mut from = self.house(Tie::Left).ok()?;
        for tie in [Tie::Was, Tie::Is] {
            let next = self.house(tie);
            from = from.or(next.unwrap_or(None).filter(|own| !self.related(own.house, of)));
        }
        Some((from, to))
    }

    /// True where the title is about this person, or about one of the two houses.
    fn is_in_title(&self, from: Option<&Bond>, to: Option<&Bond>) -> bool {
        let told = |bond: Option<&Bond>| bond.is_some_and(|bond| bond.field == Field::Title);
        let named = |bond: Option<&Bond>| {
            let house = bond.and_then(|bond| bond.house);
            self.passages.first().is_some_and(|title| {
                title.field == Field::Title
                    && title.companies.iter().any(|own| self.related(Some(own.company), house))
            })
        };
        told(from) || told(to) || named(from) || named(to)
    }

    fn candidate(&self, found: &[Candidate]) -> Option<Candidate> {
        let (from, to) = self.ends()?;
        let own = |own: &&Candidate| own.person.as_deref() == Some(self.name);
        let denied = |own: &Candidate| {
            let reason = own.suppressed;
            matches!(
                reason,
                Some(Suppressed::Negated | Suppressed::Hypothetical | Suppressed::Sabbatical)
            ) || own.kind == Kind::Promoted && own.suppressed.is_none()
        };
        let whole = |own: &Candidate| {
            own.suppressed.is_none()
                && (own.from.is_some() && own.to.is_some() || own.kind == Kind::Founded)
        };
        // "X leaves B five months after the return": no way to B.
        let back = |own: &Candidate| match own.from {
            Some(End::Listed(house)) if own.suppressed.is_none() => {
                self.related(Some(house), to.and_then(|to| to.house))
            }
            _ => false,
        };
        if found.iter().filter(own).any(|own| denied(own) || whole(own) || back(own)) {
            return None;
        }
        let told = to.or(from)?;
        let open = |own: &Candidate| {
            use Suppressed::{Generic, Organisation, Unidentified};
            let placed = to.is_some_and(|to| to.direct && to.field == Field::Title);
            matches!(own.suppressed, Some(Generic | Organisation | Unidentified))
                || placed && own.suppressed == Some(Suppressed::Historical)
        };
        let told_before = found.iter().filter(own).any(|own| !open(own));
        let twin = told_before && to.is_none_or(|to| to.house.is_none() || from.is_none());
        let fresh = self.is_fresh(from, to);
        let listed = |bond: Option<&Bond>| bond.is_some_and(|own| own.house.is_some() && !own.weak);
        let whole = listed(from) && listed(to);
        if !fresh || twin || !whole && !self.is_in_title(from, to) {
            return None;
        }
        Some(self.make(from, to, told))
    }

    /// Where the person was: the origin of a move that other words tell.
    fn served(&self) -> Option<Candidate> {
        let was = self.house(Tie::Was).ok()??;
        let named = was.who.iter().any(|(name, _)| name == self.name);
        let made = self.make(Some(was), None, was);
        let suppressed = Some(Suppressed::Historical);
        named.then_some(Candidate { suppressed, pattern: SERVED, ..made })
    }

    /// True where the bonds tell of today, and of two houses or of one that is told in full.
    fn is_fresh(&self, from: Option<&Bond>, to: Option<&Bond>) -> bool {
        match (from, to) {
            (Some(from), Some(to)) => {
                let elsewhere = to.house.is_some() || from.tie != Tie::Is || to.direct;
                let same = self.related(from.house, to.house);
                let left = from.house.is_some() && !same && elsewhere;
                left && !to.past
            }
            (Some(from), None) => from.tie == Tie::Left && !from.past && !from.weak,
            (None, Some(to)) => {
                // One of the house: that is a new post.
                let own = |bond: &Bond| bond.tie != Tie::New && self.related(bond.house, to.house);
                let there = self.bonds.iter().any(|bond| own(bond));
                to.house.is_some() && to.direct && !to.past && !there
            }
            (None, None) => false,
        }
    }

    fn make(&self, from: Option<&Bond>, to: Option<&Bond>, told: &Bond) -> Candidate {
        let end = |bond: Option<&Bond>| bond.and_then(|bond| bond.house).map(End::Listed);
        let (from_end, to_end) = (end(from), end(to));
        let kind = match (&from_end, &to_end) {
            (Some(_), Some(_)) => Kind::Moved,
            (Some(_), None) => Kind::Left,
            _ => Kind::Joined,
        };
        let who = |bond: &&&Bond| bond.who.iter().any(|(name, _)| name == self.name);
        let bond = self.bonds.iter().find(who).copied();
        // Evidence in the field that names the person, where that tells.
        let told = if told.who.is_empty() { bond.unwrap_or(told) } else { told };
        let span = |bond: &Bond| {
            bond.who.iter().find(|(name, _)| name == self.name).map(|(_, span)| *span)
        };
        let hedged = [from, to].into_iter().flatten().any(|bond| bond.hedged);
        let passage = self.passages.iter().find(|passage| passage.field == told.field);
        Candidate {
            field: told.field,
            person: Some(self.name.to_owned()),
            person_span: span(told),
            count: 1,
            from: from_end,
            to: to_end,
            role: self.bonds.iter().find_map(|bond| bond.role.clone()),
            kind,
            status: if hedged { Status::Rumoured } else { Status::Reported },
            trigger: told.trigger,
            sentence: passage.map_or(told.trigger, |own| own.text.sentence_at(told.trigger.start)),
            suppressed: None,
            score: 0.75,
            pattern: AFFILIATION,
        }
    }
}
