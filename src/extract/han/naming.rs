//! The name of the one whom a headline only describes: "A 的主管跳槽 B", and the text names one
//! person.

use super::bond::Bond;
use super::person::Person;
use super::token::{Kind, Token};
use super::words::Word;
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind as Move, Suppressed};

/// Somebody whom the article names.
#[derive(Debug, Clone)]
pub(super) struct Actor {
    name: String,
    field: Field,
    /// Gives a comment in office, or reports: hardly the one who moves.
    speaks: bool,
}

/// The people of a passage.
pub(super) fn cast(field: Field, tokens: &[Token], people: &[Person]) -> Vec<Actor> {
    let actor = |(at, token): (usize, &Token)| {
        let Kind::Person(index) = token.kind else { return None };
        let person = people.get(index)?;
        let near = |at: usize| tokens.get(at).map(|token| token.kind);
        let of = at.checked_sub(1).and_then(near) == Some(Kind::Word(Word::Of));
        let before = at.checked_sub(if of { 2 } else { 1 }).and_then(near);
        let office = matches!(before, Some(Kind::Word(Word::Role | Word::Bystander)));
        let next = tokens.iter().skip(at + 1).take(3).map(|token| token.kind);
        let says = next
            .take_while(|kind| !matches!(kind, Kind::Comma | Kind::Stop))
            .any(|kind| matches!(kind, Kind::Word(Word::Speech | Word::Announce) | Kind::Sign));
        let reports = before == Some(Kind::Word(Word::Bystander));
        let speaks = reports || office && says;
        Some(Actor { name: person.name.clone(), field, speaks })
    };
    tokens.iter().enumerate().filter_map(actor).collect()
}

/// Names the one mover of `found` whom the title only describes, where the text names one person,
/// of whom no bond says otherwise.
pub(super) fn name(
    found: &mut Vec<Candidate>,
    (cast, bonds): (&[Actor], &[Bond]),
    is_head: &dyn Fn(&str) -> bool,
) {
    let cast: Vec<&Actor> = cast.iter().filter(|own| !is_head(&own.name)).collect();
    let told = found.iter().any(|own| own.person.is_some() && own.suppressed.is_none());
    came_from(found);
    if !told {
        spell_out(found, &cast);
    }
    let mut cast = cast.iter().copied();
    let Some(first) = cast.next() else { return };
    let speaks = first.speaks || cast.clone().any(|own| own.speaks);
    let sole = first.field != Field::Title && cast.all(|own| own.name == first.name);
    let told = found.iter().any(|own| own.person.is_some() && own.suppressed.is_none());
    if !sole || told || speaks {
        return;
    }
    let described = |own: &&mut Candidate| {
        let open = own.suppressed.is_none() || own.suppressed == Some(Suppressed::Generic);
        let one = own.person.is_none() && own.count == 1 && own.role.is_some();
        one && open && own.field == Field::Title && own.kind != Move::Promoted
    };
    let mut movers = found.iter_mut().filter(described);
    let (Some(own), None) = (movers.next(), movers.next()) else { return };
    let ends = [&own.from, &own.to];
    let elsewhere = |bond: &Bond| {
        let listed = bond.house.map(End::Listed);
        let tied = bond.who.iter().any(|(name, _)| *name == first.name);
        tied && listed.is_some() && !ends.iter().any(|end| **end == listed)
    };
    if !bonds.iter().any(elsewhere) {
        own.person = Some(first.name.clone());
        own.suppressed = None;
    }
}

/// "两名研究员离职", where the text names two people: they are those two.
fn spell_out(found: &mut Vec<Candidate>, cast: &[&Actor]) {
    let mut names: Vec<&str> = Vec::new();
    for own in cast {
        if !names.contains(&own.name.as_str()) {
            names.push(&own.name);
        }
    }
    let quiet = cast.iter().all(|own| !own.speaks && own.field != Field::Title);
    let many = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let counted = |own: &Candidate| {
        let open = own.suppressed.is_none() || own.suppressed == Some(Suppressed::Generic);
        own.person.is_none() && own.count == many && open && own.field == Field::Title
    };
    let groups = found.iter().filter(|own| counted(own)).count();
    let crowds = found.iter().filter(|own| own.person.is_none() && own.count > 1).count();
    if names.len() < 2 || !quiet || groups != 1 || crowds != 1 {
        return;
    }
    let Some(at) = found.iter().position(counted) else { return };
    let group = found.remove(at);
    found.extend(names.into_iter().map(|name| Candidate {
        person: Some(name.to_owned()),
        count: 1,
        suppressed: None,
        ..group.clone()
    }));
}

/// "A 流失三人", and the text: "X、Y 加入 B": they are some of the three.
fn came_from(found: &mut [Candidate]) {
    let group = |own: &&Candidate| {
        let open = matches!(own.suppressed, None | Some(Suppressed::Generic));
        own.person.is_none()
            && own.count > 1
            && own.kind == Move::Left
            && open
            && own.field == Field::Title
    };
    let mut groups = found.iter().filter(group);
    let (Some(first), None) = (groups.next().cloned(), groups.next()) else { return };
    let joins = |own: &&mut Candidate| {
        let open = own.suppressed.is_none() && own.person.is_some();
        open && own.from.is_none() && own.to.is_some() && own.to != first.from
    };
    for own in found.iter_mut().filter(joins) {
        own.from.clone_from(&first.from);
        own.kind = if own.kind == Move::Joined { Move::Moved } else { own.kind };
    }
}
