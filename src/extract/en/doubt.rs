//! A second opinion on what the grammar would alert on: a recap, a feature or a figure of speech
//! may be built like news of a move.
//!
//! Asked only where something would alert and a summary tells more than the title. The signs of a
//! candidate are how it was read, the words around what tells it, with who moves and the ends in the
//! place of their names, and the words of title and summary.

use super::learned::Learned;
use super::signs::{Piece, Pieces, Sink, What, surname};
use crate::extract::candidate::{Candidate, ClaimSigns, End, Passage};
use crate::extract::gates;
use crate::extract::regression::{digit, hash};
use crate::extract::text::Span;
use crate::model::{Field, Suppressed};

/// How likely a move must be, by the words of the article and by the claim together.
const SURE: f32 = 0.0;
/// The score of what is doubted.
const DOUBTED: f64 = 0.4;
/// Pieces on each side of what tells the move whose words are signs.
const SIDE: usize = 6;
/// Those of them of which each place is a sign of its own.
const NEAR: usize = 3;

type Symbol<'c> = [&'c str; 2];

/// A candidate among the pieces of its article.
struct Doubt<'p, 'c> {
    pieces: &'p Pieces<'c>,
    one: &'p Candidate,
    /// The surname of who moves.
    mover: Option<String>,
    field: &'static str,
}

impl Learned<'_, '_> {
    /// Silences what would alert where no candidate looks like news; true where anything did.
    pub(super) fn doubt(&self, found: &mut [Candidate]) -> bool {
        let reasons = gates::reasons(self.passages, found);
        if !reasons.contains(&None) {
            return false;
        }
        let told_more =
            |one: &Passage<'_>| one.field == Field::Summary && !one.text.norm.is_empty();
        if !self.passages.iter().any(told_more) {
            return true;
        }
        let chunks = self.chunks();
        let pieces = self.pieces(&chunks);
        let (words, against) = self.against(&pieces);
        let alerting = || found.iter().zip(&reasons).filter(|(_, reason)| reason.is_none());
        let told = alerting().filter(|(one, _)| one.field != Field::Content);
        let claim = told.map(|(one, _)| {
            let mut hashes = Vec::with_capacity(256);
            Doubt::new(&pieces, one).signs(&mut |sign| hashes.push(hash(sign)));
            self.grammar.model.claim.sum(hashes)
        });
        if claim.reduce(f32::max).is_none_or(|claim| words + claim >= SURE) {
            return true;
        }
        let silenced = found.iter_mut().zip(&reasons).filter(|(_, reason)| reason.is_none());
        for (one, _) in silenced {
            one.suppressed = Some(Suppressed::LowConfidence);
            one.score = DOUBTED;
            one.pattern = "en.doubted";
            if let Some((field, sentence, word)) = against {
                (one.field, one.sentence, one.trigger) = (field, sentence, word);
            }
        }
        true
    }

    /// How much the words of the article look like news of a move, and the one that says least so,
    /// with its field and its sentence.
    fn against(&self, pieces: &Pieces<'_>) -> (f32, Option<(Field, Span, Span)>) {
        let part = &self.grammar.model.news;
        let mut hashes = Vec::with_capacity(256);
        let mut least = (0.0, None);
        pieces.news(|at, sign| {
            let hash = hash(sign);
            if part.weight(hash) < least.0 {
                least = (part.weight(hash), Some(at));
            }
            hashes.push(hash);
        });
        let piece = least.1.and_then(|at| pieces.0.get(at)).filter(|one| one.what != What::Start);
        let word = piece.and_then(|piece| {
            let field = self.passages.get(piece.passage)?.field;
            Some((field, self.sentence(piece), piece.span))
        });
        (part.sum(hashes), word)
    }

    /// The signs of each candidate, for training.
    pub(super) fn claims(
        &self,
        pieces: &Pieces<'_>,
        found: &[Candidate],
        reasons: &[Option<Suppressed>],
    ) -> Vec<ClaimSigns> {
        let signs = |(one, reason): (&Candidate, &Option<Suppressed>)| {
            let mut signs = Vec::new();
            Doubt::new(pieces, one).signs(&mut |sign| signs.push(sign.concat()));
            ClaimSigns { person: one.person.clone(), reason: *reason, signs }
        };
        found.iter().zip(reasons).map(signs).collect()
    }
}

impl<'p, 'c> Doubt<'p, 'c> {
    fn new(pieces: &'p Pieces<'c>, one: &'p Candidate) -> Self {
        let mover = one.person.as_deref().map(|name| surname(&name.to_lowercase()).to_owned());
        let field = match one.field {
            Field::Title => "T",
            Field::Summary => "S",
            Field::Content => "C",
        };
        Self { pieces, one, mover, field }
    }

    fn signs(&self, sink: Sink<'_>) {
        self.reading(sink);
        self.telling(sink);
        self.words(sink);
    }

    /// How the candidate was read.
    fn reading(&self, sink: Sink<'_>) {
        let (one, field, kind) = (self.one, self.field, self.one.kind.label());
        sink(&["pattern=", one.pattern]);
        sink(&["pattern=", one.pattern, "/", field]);
        sink(&["kind=", kind, "/", field]);
        sink(&["status=", one.status.label()]);
        let named = match (&one.person, one.count) {
            (Some(name), _) if name.contains(' ') => "full",
            (Some(_), _) => "part",
            (None, 0 | 1) => "none",
            (None, _) => "many",
        };
        sink(&["named=", named, "/", field]);
        let end = |end: &Option<End>| match end {
            Some(End::Listed(_)) => "1",
            Some(End::Unlisted(_)) => "2",
            None => "0",
        };
        sink(&["ends=", end(&one.from), end(&one.to)]);
        sink(&["ends=", end(&one.from), end(&one.to), "/", kind, "/", named]);
        if let Some(role) = &one.role {
            let role = role.to_lowercase();
            sink(&["role=", role.rsplit(' ').next().unwrap_or("")]);
        }
    }

    /// What tells the move, and what stands around it.
    fn telling(&self, sink: Sink<'_>) {
        let (all, field) = (&self.pieces.0, self.field);
        let title = self.one.field == Field::Title;
        let told = |piece: &Piece<'_>| {
            piece.title == title
                && piece.what != What::Start
                && self.one.trigger.contains(piece.span)
        };
        let (Some(first), Some(last)) = (all.iter().position(told), all.iter().rposition(told))
        else {
            return;
        };
        let whole = all.get(first..=last).unwrap_or(&[]);
        let sentence = |at: &usize| all.get(*at).map(|piece| (piece.passage, piece.sentence));
        let here = sentence(&first);
        sink(&["depth=", field, digit(here.map_or(0, |(_, sentence)| sentence))]);
        for word in whole.iter().flat_map(|piece| piece.lower.split(' ')) {
            sink(&["t=", word]);
            sink(&["t=", word, "/", field]);
        }
        let whole: Vec<&str> = whole.iter().map(|piece| piece.lower).collect();
        let whole = whole.join(" ");
        let near = |at: &usize| sentence(at) == here;
        let symbol = |at: usize| self.symbol(at);
        let left: Vec<Symbol<'_>> =
            (0..first).rev().take(SIDE).take_while(near).map(symbol).collect();
        let right: Vec<Symbol<'_>> =
            (last + 1..all.len()).take(SIDE).take_while(near).map(symbol).collect();
        side("<", &whole, &left, sink);
        side(">", &whole, &right, sink);
        let next = |side: &[Symbol<'c>]| side.first().copied().unwrap_or(["$", ""]);
        let ([tag, word], [other, next]) = (next(&left), next(&right));
        sink(&["<>", tag, word, " ", other, next]);
    }

    /// The words of title and summary, each and with the next.
    fn words(&self, sink: Sink<'_>) {
        let mut before: Option<Symbol<'_>> = None;
        for (at, piece) in self.pieces.0.iter().enumerate() {
            let [tag, word] = self.symbol(at);
            let field = if piece.title { "T:" } else { "S:" };
            sink(&[field, tag, word]);
            if let Some([first, last]) = before {
                sink(&[field, first, last, " ", tag, word]);
            }
            if piece.what == What::Role {
                sink(&[field, "role=", surname(piece.lower)]);
            }
            before = Some(if piece.what == What::Start { ["^", ""] } else { [tag, word] });
        }
    }

    fn symbol(&self, at: usize) -> Symbol<'c> {
        let Some(piece) = self.pieces.0.get(at) else { return ["$", ""] };
        let is = |end: &Option<End>, company| *end == Some(End::Listed(company));
        match piece.what {
            What::Person if self.mover.as_deref() == Some(surname(piece.lower)) => ["MOVER", ""],
            What::Org(company) if is(&self.one.from, company) => ["FROM", ""],
            What::Org(company) if is(&self.one.to, company) => ["TO", ""],
            What::Org(_) => ["ORG", ""],
            _ => piece.symbol(),
        }
    }
}

/// The signs of one side of what tells the move, the nearest first.
fn side(name: &str, told: &str, symbols: &[Symbol<'_>], sink: Sink<'_>) {
    if let Some([tag, word]) = symbols.first() {
        sink(&[name, told, "|", tag, word]);
    }
    for (by, [tag, word]) in symbols.iter().enumerate() {
        sink(&[name, tag, word]);
        if by < NEAR {
            sink(&[name, digit(by + 1), tag, word]);
        }
    }
    for pair in symbols.windows(2) {
        if let [[first, last], [tag, word]] = pair {
            sink(&[name, first, last, " ", tag, word]);
        }
    }
    if symbols.len() < NEAR {
        sink(&[name, "short=", digit(symbols.len())]);
    }
}
