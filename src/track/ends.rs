//! Keys of moves by the companies at their ends and the week, for people whom an article does not
//! name.

use chrono::{DateTime, Utc};

use super::company::Company;
use super::index::key;
use super::known::Known;

/// Families of keys, apart from those of `keys`.
const NAMED: u64 = 8;
const UNNAMED: u64 = 10;

/// The houses at both ends of a move or claim.
pub(super) type Houses = [Option<Company>; 2];

/// Both houses in little room, to read many of them quickly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair([u16; 2]);

impl Pair {
    const NONE: u16 = 0;
    /// A house whose number is too large.
    const ANY: u16 = u16::MAX;

    pub(super) fn of(houses: Houses) -> Pair {
        let number = |house: Company| u16::try_from(house.number() + 1).unwrap_or(Pair::ANY);
        Pair(houses.map(|house| house.map_or(Pair::NONE, number)))
    }

    /// True where this one has every house of `other`, at the same end.
    pub(super) fn has_all_of(self, other: Pair) -> bool {
        let [own, others] = [self.0, other.0];
        own.iter().zip(others).all(|(own, other)| other == Pair::NONE || *own == other)
    }

    /// True where both have origins, and no house stands in both: then they are not about one move,
    /// nor does one of them undo the other.
    pub(super) fn is_apart_from(self, other: Pair) -> bool {
        let known = |end: u16| end != Pair::NONE;
        let (own, others) = (self.0, other.0);
        known(own[0])
            && known(others[0])
            && !own.contains(&Pair::ANY)
            && !others.contains(&Pair::ANY)
            && !own.iter().any(|end| known(*end) && others.contains(end))
    }
}

/// Where to look, and what the moves found there have in common with the claim at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) key: u64,
    /// How many ends they share.
    pub(super) shared: usize,
    /// The claim has an end that the moves lack.
    pub(super) adds: bool,
}

/// Every key of a move.
pub(super) fn of(known: &Known, houses: Houses) -> Vec<u64> {
    let week = week(known.event());
    let named = known.is_named().then_some(NAMED);
    let unnamed = (!known.is_named() || known.count > 1).then_some(UNNAMED);
    let families = named.into_iter().chain(unnamed);
    families.flat_map(|family| in_family(houses, week, family)).collect()
}

fn in_family(houses: Houses, week: i64, family: u64) -> impl Iterator<Item = u64> {
    let [from, to] = houses;
    let any = from.or(to).map(|_| pair(houses, week, family));
    let both = from.zip(to);
    let halves = both
        .map(|(from, to)| [half(0, from, week, family), half(1, to, week, family)])
        .into_iter()
        .flatten();
    any.into_iter().chain(halves)
}

/// Where moves are that may have these ends, in the weeks around `event`: both of them, one of them
/// and none at the other side, or one of them and any other where the claim tells only one.
pub(super) fn to_find(houses: Houses, event: DateTime<Utc>, named: bool) -> Vec<Look> {
    let family = if named { NAMED } else { UNNAMED };
    let [from, to] = houses;
    let both = from.is_some() && to.is_some();
    let mut looks = Vec::with_capacity(9);
    for week in week(event) - 1..=week(event) + 1 {
        let alone =
            |houses: Houses| Look { key: pair(houses, week, family), shared: 1, adds: both };
        let beside_any = match (from, to) {
            (Some(_), Some(_)) => Some((pair(houses, week, family), 2)),
            (Some(house), None) => Some((half(0, house, week, family), 1)),
            (None, Some(house)) => Some((half(1, house, week, family), 1)),
            (None, None) => None,
        };
        looks.extend(from.map(|_| alone([from, None])));
        looks.extend(to.map(|_| alone([None, to])));
        looks.extend(beside_any.map(|(key, shared)| Look { key, shared, adds: false }));
    }
    looks
}

fn pair(houses: Houses, week: i64, family: u64) -> u64 {
    let [from, to] = houses.map(|house| house.map_or(0, |house| house.number() + 1));
    key(family, &[from, to, week.cast_unsigned()])
}

fn half(side: u64, house: Company, week: i64, family: u64) -> u64 {
    key(family + 1, &[side, house.number(), week.cast_unsigned()])
}

fn week(event: DateTime<Utc>) -> i64 {
    event.timestamp().div_euclid(7 * 24 * 3600)
}
