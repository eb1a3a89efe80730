//! The keys under which the index keeps a move, and those that a claim looks under.
//!
//! Whoever looks must find every move that may be meant, and should find few others: so a key is as
//! narrow as the comparison that follows it allows.

use super::company::Company;
use super::ends::Houses;
use super::id::MoveId;
use super::index::{key, text};
use super::known::Known;
use super::name::{Script, View};
use super::sound::Print;

/// Families of keys.
const ID: u64 = 1;
const EXACT: u64 = 2;
const SOUND_LATIN: u64 = 3;
const SOUND_OTHER: u64 = 4;
const SURNAME: u64 = 5;
const SURNAME_SOUND: u64 = 6;
const PARTIAL: u64 = 7;

/// A key, and what speaks against an entry under it.
pub(super) type Look = (u64, Print);

fn plain(key: u64) -> Look {
    (key, Print::ANY)
}

/// The key of a move's id.
pub(super) fn id(id: &MoveId) -> u64 {
    match id {
        MoveId::Digest(bytes) => {
            key(ID, &[bytes.iter().fold(0, |all, b| all.rotate_left(8) ^ u64::from(*b))])
        }
        MoveId::Text(id) => key(ID, &[text(id)]),
    }
}

/// Every key of a move's person, in order, each once.
pub(super) fn of(known: &Known, houses: Houses) -> Vec<Look> {
    let mut keys = Vec::with_capacity(32);
    for name in known.names() {
        of_name(&name, &mut keys);
        at_houses(&name, houses, &mut keys);
    }
    in_order(keys)
}

/// The keys that a move has beyond those of what it was before.
pub(super) fn added(old: &Known, before: Houses, known: &Known, houses: Houses) -> Vec<Look> {
    if before != houses {
        let old = of(old, before);
        let mut keys = of(known, houses);
        keys.retain(|look| old.binary_search(look).is_err());
        return keys;
    }
    let (mut keys, mut other, mut others) = (Vec::with_capacity(32), Vec::new(), Vec::new());
    for name in known.names_beyond(old) {
        of_name(&name, &mut keys);
        at_houses(&name, houses, &mut other);
    }
    if !other.is_empty() {
        old.names().for_each(|name| at_houses(&name, houses, &mut others));
        keys.extend(other.into_iter().filter(|look| !others.contains(look)));
    }
    in_order(keys)
}

fn in_order(mut keys: Vec<Look>) -> Vec<Look> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of a name alone.
fn of_name(name: &View<'_>, keys: &mut Vec<Look>) {
    keys.extend(exact(name).map(plain));
    let family = if name.script == Script::Latin { SOUND_LATIN } else { SOUND_OTHER };
    let sounds = name.sound_keys().into_iter();
    keys.extend(sounds.map(|(heard, print)| (key(family, &[heard]), print)));
}

/// The keys of a surname and the houses of a move.
fn at_houses(name: &View<'_>, houses: Houses, keys: &mut Vec<Look>) {
    let family = if name.is_partial() { PARTIAL } else { SURNAME_SOUND };
    for house in houses.into_iter().flatten() {
        keys.extend(surname(name, house).map(plain));
        keys.extend(surname_sound(name, house, family).map(plain));
    }
}

/// Where moves of a person of this name are.
pub(super) fn to_find_person(name: &View<'_>, houses: Houses, keys: &mut Vec<Look>) {
    keys.extend(exact(name).map(plain));
    for (heard, print) in name.sound_keys() {
        if name.script != Script::Latin {
            keys.push((key(SOUND_LATIN, &[heard]), print));
        }
        keys.push((key(SOUND_OTHER, &[heard]), print));
    }
    for house in houses.into_iter().flatten() {
        keys.extend(surname(name, house).map(plain));
        keys.extend(surname_sound(name, house, PARTIAL).map(plain));
        if name.is_partial() {
            keys.extend(surname_sound(name, house, SURNAME_SOUND).map(plain));
        }
    }
}

fn exact<'a>(name: &View<'a>) -> impl Iterator<Item = u64> + use<'a> {
    name.exact_keys().chain(name.half_keys()).map(|(a, b)| key(EXACT, &[text(a), text(b)]))
}

/// Two full names of one script with one surname can only be alike where the given names begin
/// alike; a surname without a given name is found by its sound.
fn surname(name: &View<'_>, house: Company) -> Option<u64> {
    let first = match name.script {
        _ if name.is_partial() || name.is_native() => return None,
        Script::Latin => name.given().chars().next().map_or(0, u64::from),
        Script::Hangul | Script::Kana => 0,
        Script::Other => return None,
    };
    Some(key(SURNAME, &[text(name.surname()), house.number(), first]))
}

fn surname_sound(
    name: &View<'_>,
    house: Company,
    family: u64,
) -> impl Iterator<Item = u64> + use<> {
    let [sound, other] = name.surname_keys();
    let other = (other != sound).then_some(other);
    let sounds = (name.script != Script::Other).then_some(sound).into_iter().chain(other);
    sounds.map(move |sound| key(family, &[sound.into(), house.number()]))
}
