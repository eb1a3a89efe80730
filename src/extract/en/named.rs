//! Whose move a title tells by the post alone: "Gana's safety chief leaves. The news came in a post
//! by Ada Gray on Friday".
//!
//! The grammar names whoever the summary introduces ([`super::identity`]). Here the learned model
//! says which of the people named it is, in whatever words.

use super::identity::takes_on;
use super::learned::Learned;
use super::signs::{Piece, Pieces, What, surname};
use crate::extract::candidate::Candidate;
use crate::extract::regression::hash;
use crate::model::{Field, Kind};

/// How sure the model must be of the one meant.
const SURE: f32 = 0.5;
/// How far everybody else must be behind.
const AHEAD: f32 = 1.0;

impl Learned<'_, '_> {
    /// Names the only mover of the title whom nobody has named.
    pub(super) fn name(&self, found: &mut [Candidate]) {
        let Some(at) = sole(found) else { return };
        let chunks = self.chunks();
        let pieces = self.pieces(&chunks);
        let Some(one) = found.get_mut(at) else { return };
        let arrives = takes_on(one);
        let Some(who) = self.meant(&pieces, arrives) else { return };
        let Some(passage) = self.passages.get(who.passage) else { return };
        let name = passage.text.get(who.span);
        one.person = Some(self.asked.article().full_name(name, passage.people));
    }

    /// The fullest mention of the one person of the summary who moves.
    fn meant<'c>(&self, pieces: &Pieces<'c>, arrives: bool) -> Option<Piece<'c>> {
        let titled = pieces.0.iter().any(|piece| piece.title && piece.what == What::Person);
        if titled {
            return None;
        }
        let mut people: Vec<(f32, &str)> =
            self.people(pieces).into_iter().map(|name| (self.moves(pieces, name), name)).collect();
        people.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (score, name) = people.first().copied()?;
        let next = people.get(1).map_or(f32::MIN, |next| next.0);
        let own = |piece: &Piece<'c>| {
            piece.what == What::Person && surname(piece.lower) == name && piece.lower.contains(' ')
        };
        let at = pieces.0.iter().position(own)?;
        let another = Named::new(pieces, at)?.is_another(arrives);
        let sure = score > SURE && score > next + AHEAD && !another;
        pieces.0.get(at).copied().filter(|_| sure)
    }

    /// How much the model thinks that a person moves.
    fn moves(&self, pieces: &Pieces<'_>, name: &str) -> f32 {
        let mut hashes = Vec::with_capacity(64);
        pieces.person(name, &mut |sign| hashes.push(hash(sign)));
        self.grammar.model.who.sum(hashes)
    }
}

/// Words of those who come after.
const STAYS: &[&str] = &[
    "interim",
    "acting",
    "deputy",
    "takes over",
    "take over",
    "taking over",
    "taken over",
    "took over",
    "now running",
    "now runs",
    "now leads",
    "now leading",
    "steps in",
    "step in",
    "fill in",
    "in charge",
];
/// Words of those who come after, behind whom the one who went may be named.
const FOLLOWS: &[&str] = &["succeed", "succeeds", "succeeding", "replace", "replaces", "replacing"];
/// "This follows the exits of Ada Gray and others": somebody else's move.
const AFTER: &[&str] = &["after", "follow", "follows", "following", "since", "besides"];
const EXITS: &[&str] =
    &["exit", "exits", "departure", "departures", "resignation", "resignations", "ouster"];

/// The sentence that names somebody.
struct Named<'p, 'c> {
    pieces: &'p [Piece<'c>],
    /// Where the name stands among them.
    at: usize,
}

impl<'p, 'c> Named<'p, 'c> {
    fn new(pieces: &'p Pieces<'c>, at: usize) -> Option<Self> {
        let who = pieces.0.get(at)?;
        let same =
            |piece: &Piece<'c>| (piece.passage, piece.sentence) == (who.passage, who.sentence);
        let start = pieces.0.iter().position(same)?;
        let end = pieces.0.iter().rposition(same)?;
        Some(Self { pieces: pieces.0.get(start..=end)?, at: at - start })
    }

    /// True where the name is that of somebody else than who moves; `arrives` where a company takes
    /// the mover on.
    fn is_another(&self, arrives: bool) -> bool {
        let (before, behind) = self.pieces.split_at(self.at);
        let close = |words: &[&str]| has(before.get(before.len().saturating_sub(2)..), words);
        let replaced = close(FOLLOWS);
        let stays = has(Some(self.pieces), STAYS) || has(Some(behind), FOLLOWS);
        let next = behind.get(1).map_or("", |piece| piece.lower);
        // "Gana's chief product officer Ada Gray said".
        let speaks = before.last().is_some_and(|piece| piece.what == What::Role)
            && matches!(next, "said" | "says" | "told" | "wrote" | "added");
        let founded = next == "founded";
        let earlier = has(Some(before), AFTER) && has(Some(before), EXITS);
        speaks || founded || earlier || if arrives { replaced } else { stays && !replaced }
    }
}

/// True where one of the words, or several in a row, is among the pieces.
fn has(pieces: Option<&[Piece<'_>]>, words: &[&str]) -> bool {
    let pieces = pieces.unwrap_or(&[]);
    (0..pieces.len()).any(|at| {
        words.iter().any(|words| {
            let mut spoken = pieces.iter().skip(at).flat_map(|piece| piece.lower.split(' '));
            words.split(' ').all(|word| spoken.next() == Some(word))
        })
    })
}

/// The one candidate that may alert, where it stands in the title and names nobody.
fn sole(found: &[Candidate]) -> Option<usize> {
    let told = |one: &&(usize, &Candidate)| one.1.suppressed.is_none();
    let all: Vec<(usize, &Candidate)> = found.iter().enumerate().collect();
    let mut alerting = all.iter().filter(told);
    let (at, one) = alerting.next().copied()?;
    let unnamed = one.person.is_none() && one.count <= 1 && one.kind != Kind::Promoted;
    (unnamed && one.field == Field::Title && alerting.next().is_none()).then_some(at)
}
