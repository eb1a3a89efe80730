//! Moves that no rule reads, by a learned model: news of a move in whatever words.
//!
//! Looked at only where the grammar found nothing that may alert. The model says whether the
//! article is such news at all, who moves, and which company is left and which is joined; persons,
//! companies and posts are those that the grammar found.

use super::Korean;
use super::column::column;
use super::piece::{Piece, What, head};
use super::signs::Pieces;
use super::told::{Read, is_silent, read};
use crate::extract::candidate::{Candidate, Passage, Signs};
use crate::extract::gates::{each_reason, ends_told, reasons};
use crate::extract::regression::{Part, hash};
use crate::model::{Field, Suppressed};

/// How likely news of a move must be by the words alone for the article to be read at all.
const WORDS: f32 = -1.5;
/// How sure the model must be that the article is news of a move.
const NEWS: f32 = 2.0;
/// How much surer where nobody is named.
const UNNAMED: f32 = 0.5;
/// How much surer where the grammar takes a move for one of old.
const OLD: f32 = 0.6;
/// How sure that a person is who moves.
const WHO: f32 = 0.0;
/// How sure that a company is left or joined.
const END: f32 = 0.0;

/// Adds the moves that the model sees where the grammar sees none.
pub(super) fn complete(grammar: &Korean, passages: &[Passage<'_>], found: &mut Vec<Candidate>) {
    let reasons = reasons(passages, found);
    if reasons.contains(&None)
        || !may_be_news(grammar, texts(passages))
        || column(&grammar.words, passages).is_some()
    {
        return;
    }
    let read = read(grammar, passages);
    let pieces = pieces(passages, &read);
    if pieces.companies().is_empty() || is_silent(grammar, &read, &reasons) {
        return;
    }
    let (news, told) = news(&grammar.model.news, &pieces, &reasons, found);
    let mut movers = movers(grammar, &pieces);
    let old = reasons.contains(&Some(Suppressed::Historical));
    let unnamed = if movers.is_empty() { UNNAMED } else { 0.0 };
    if news < NEWS + unnamed + if old { OLD } else { 0.0 } {
        return;
    }
    if movers.is_empty() {
        movers.extend(pieces.all.iter().find(|piece| piece.what == What::Role));
    }
    let Some(event) = event(grammar, &pieces, &read) else { return };
    let nobody = movers.iter().all(|mover| !matches!(mover.what, What::Person(_)));
    for mover in movers {
        let Some(passage) = passages.get(mover.passage) else { continue };
        let told = told.filter(|told| told.passage == mover.passage).unwrap_or(mover);
        let name = match mover.what {
            What::Person(name) => pieces.names.get(name).copied(),
            _ => None,
        };
        found.push(event.of_mover(passage, (name, mover.span), told.span, news - NEWS));
    }
    if nobody {
        let summary = read.iter().filter_map(|one| {
            let passage = passages.get(one.passage)?;
            let own = passage.field == Field::Summary;
            own.then(|| grammar.reading(passage).named(&one.nodes, &one.people))
        });
        let named: Vec<_> = summary.flatten().collect();
        super::naming::name_unnamed(found, &named, passages);
    }
}

/// The move, but for who moves and where it is told.
fn event(grammar: &Korean, pieces: &Pieces<'_>, read: &[Read<'_>]) -> Option<Candidate> {
    let ends =
        grammar.model.ends(pieces.companies(), END, |company, sink| pieces.house(company, sink));
    let mut nodes = read.iter().flat_map(|one| &one.nodes);
    let hedged = nodes.any(|node| grammar.words.begins("hedge", node.word));
    Candidate::learned("ko.learned", ends, hedged)
}

/// The signs of the article as texts, for training.
pub(super) fn signs(grammar: &Korean, passages: &[Passage<'_>], found: &[Candidate]) -> Signs {
    let reasons = reasons(passages, found);
    let read = read(grammar, passages);
    let pieces = pieces(passages, &read);
    let mut signs = Signs {
        alerts: reasons.contains(&None),
        silent: is_silent(grammar, &read, &reasons),
        ..Signs::default()
    };
    each_word(texts(passages), |word| signs.words.push(word.to_owned()));
    pieces.news(|_, sign| signs.news.push(sign.concat()));
    pieces.houses(|sign| signs.news.push(sign.concat()));
    each_reason(&reasons, found, ends_told, |sign| signs.news.push(sign.concat()));
    for company in pieces.companies() {
        let mut own = Vec::new();
        pieces.house(company, &mut |sign| own.push(sign.concat()));
        signs.houses.push((company, own));
    }
    for (number, name) in pieces.names.iter().enumerate() {
        if is_head(grammar, name) {
            continue;
        }
        let mut own = Vec::new();
        pieces.person(number, &mut |sign| own.push(sign.concat()));
        signs.people.push(((*name).to_owned(), own));
    }
    signs
}

fn pieces<'r>(passages: &[Passage<'_>], read: &'r [Read<'_>]) -> Pieces<'r> {
    let mut pieces = Pieces::default();
    for one in read {
        if let Some(passage) = passages.get(one.passage) {
            pieces.add(passage, (one.passage, one.span), &one.nodes, &one.people);
        }
    }
    pieces
}

/// True unless the words of title and summary are not those of such news: most articles end here.
pub(super) fn may_be_news<'t>(grammar: &Korean, texts: impl IntoIterator<Item = &'t str>) -> bool {
    let part = &grammar.model.word;
    // Few words weigh anything; each counts once.
    let (mut weighed, mut sum) = (Vec::new(), part.sum(Vec::new()));
    each_word(texts, |word| {
        let hash = hash(&[word]);
        let weight = part.weight(hash);
        if weight != 0.0 && !weighed.contains(&hash) {
            weighed.push(hash);
            sum += weight;
        }
    });
    sum > WORDS
}

/// Title and summary.
fn texts<'t>(passages: &'t [Passage<'_>]) -> impl Iterator<Item = &'t str> {
    let read = passages.iter().filter(|passage| passage.field != Field::Content);
    read.map(|passage| passage.text.norm.as_str())
}

/// The beginning of each word.
fn each_word<'t>(texts: impl IntoIterator<Item = &'t str>, mut sink: impl FnMut(&str)) {
    for text in texts {
        let words = text.split(|ch: char| !super::token::is_hangul(ch));
        words.filter(|word| !word.is_empty()).for_each(|word| sink(head(word, 2)));
    }
}

/// How much the article looks like news of a move, and the word that says so most.
fn news<'c>(
    part: &Part,
    pieces: &Pieces<'c>,
    reasons: &[Option<Suppressed>],
    found: &[Candidate],
) -> (f32, Option<Piece<'c>>) {
    let mut hashes = Vec::with_capacity(512);
    let mut best = (0.0, None);
    pieces.news(|at, sign| {
        let hash = hash(sign);
        let weight = part.weight(hash);
        if weight > best.0 {
            best = (weight, Some(at));
        }
        hashes.push(hash);
    });
    pieces.houses(|sign| hashes.push(hash(sign)));
    each_reason(reasons, found, ends_told, |sign| hashes.push(hash(sign)));
    let told = best.1.and_then(|at| pieces.all.get(at).copied());
    (part.sum(hashes), told.filter(|told| told.what != What::Start))
}

/// The fullest mention of each person who moves.
fn movers<'c>(grammar: &Korean, pieces: &Pieces<'c>) -> Vec<Piece<'c>> {
    let moves = |name: &usize| {
        if pieces.names.get(*name).is_none_or(|name| is_head(grammar, name)) {
            return false;
        }
        let mut hashes = Vec::with_capacity(128);
        pieces.person(*name, &mut |sign| hashes.push(hash(sign)));
        grammar.model.who.sum(hashes) > WHO
    };
    let fullest = |name: usize| {
        let own = |piece: &&Piece<'c>| piece.what == What::Person(name);
        pieces
            .all
            .iter()
            .filter(own)
            .rev()
            .max_by_key(|piece| piece.span.end - piece.span.start)
            .copied()
    };
    (0..pieces.names.len()).filter(moves).filter_map(fullest).collect()
}

/// The head of a company who stands for it.
fn is_head(grammar: &Korean, name: &str) -> bool {
    let known = grammar.people.latin(name).unwrap_or(name);
    grammar.words.heads.contains_key(known)
}
