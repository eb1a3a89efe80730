//! Moves that no rule reads, by a learned model: news of a move in whatever words.
//!
//! Looked at only where the grammar found nothing that may alert. The model says whether the
//! article is such news at all, who moves, and which company is left and which is joined; persons,
//! companies and posts are those that the grammar found.

use std::borrow::Cow;

use super::event::Frame;
use super::piece::{Piece, What};
use super::reading::{Cast, wide_cast};
use super::signs::Pieces;
use super::token::{Kind, Token, head};
use super::tongue::{Language, Tongue};
use super::words::Word;
use crate::extract::candidate::{Candidate, Passage, Signs};
use crate::extract::gates::{self, reasons};
use crate::extract::regression::{Part, hash};
use crate::model::{Field, Suppressed};

/// Words of somebody's death.
const DEATH: [&str; 9] = ["死去", "悼", "急逝", "去世", "逝世", "病逝", "享年", "离世", "追思"];

/// How likely news of a move must be by the letters alone for the article to be read at all.
const WORDS: f32 = -1.5;
/// How sure the model must be that the article is news of a move.
const NEWS: f32 = 2.2;
/// How much surer where nobody is named.
const UNNAMED: f32 = 1.0;
/// How sure that a person is who moves.
const WHO: f32 = 0.0;
/// How sure that a company is left or joined.
const END: f32 = 0.0;

/// Adds the moves that the model sees where the grammar sees none.
pub(super) fn complete(
    language: &impl Language,
    passages: &[Passage<'_>],
    found: &mut Vec<Candidate>,
) {
    let reasons = reasons(passages, found);
    if reasons.contains(&None) || !may_tell(language, &texts(passages)) {
        return;
    }
    let read = Read::of(language, passages);
    let pieces = read.pieces();
    if pieces.companies().is_empty() || read.is_silent(&reasons) {
        return;
    }
    let (news, told) = news(&language.tongue().model.news, &pieces, &reasons, found);
    let mut movers = movers(language.tongue(), &pieces);
    if news < NEWS + if movers.is_empty() { UNNAMED } else { 0.0 } {
        return;
    }
    if movers.is_empty() {
        movers.extend(pieces.words.iter().find(|piece| piece.what == What::Role));
    }
    let Some(event) = read.event(&pieces) else { return };
    for mover in movers {
        let Some(passage) = passages.get(mover.passage) else { continue };
        let told = told.filter(|told| told.passage == mover.passage).unwrap_or(mover);
        let name = match mover.what {
            What::Person(name) => pieces.names.get(name).copied(),
            _ => None,
        };
        found.push(event.of_mover(passage, (name, mover.span), told.span, news - NEWS));
    }
}

/// The signs of the article as texts, for training.
pub(super) fn signs(
    language: &impl Language,
    passages: &[Passage<'_>],
    found: &[Candidate],
) -> Signs {
    let reasons = reasons(passages, found);
    let read = Read::of(language, passages);
    let pieces = read.pieces();
    let mut signs = Signs {
        alerts: reasons.contains(&None),
        silent: read.is_silent(&reasons),
        ..Signs::default()
    };
    for text in texts(passages) {
        each_pair(&language.fold(text), |pair| signs.words.push(pair.to_owned()));
    }
    pieces.news(|_, sign| signs.news.push(sign.concat()));
    gates::each_reason(&reasons, found, gates::ends_told, |sign| signs.news.push(sign.concat()));
    for company in pieces.companies() {
        let mut own = Vec::new();
        pieces.house(company, &mut |sign| own.push(sign.concat()));
        signs.houses.push((company, own));
    }
    for (number, name) in pieces.names.iter().enumerate() {
        if is_head(language.tongue(), name) {
            continue;
        }
        let mut own = Vec::new();
        pieces.person(number, &mut |sign| own.push(sign.concat()));
        signs.people.push(((*name).to_owned(), own));
    }
    signs
}

/// The texts of title and summary, as much as is read of them.
fn texts<'a>(passages: &[Passage<'a>]) -> Vec<&'a str> {
    let own = passages.iter().filter(|passage| passage.field != Field::Content);
    own.map(|passage| head(&passage.text.norm)).collect()
}

/// True unless the letters of title and summary are not those of such news: most articles end here.
pub(super) fn may_tell(language: &impl Language, texts: &[&str]) -> bool {
    let part = &language.tongue().model.word;
    let mut hashes = Vec::with_capacity(64);
    for text in texts {
        each_pair(&language.fold(head(text)), |pair| {
            // Few pairs say anything.
            let hash = hash(&[pair]);
            hashes.extend((part.weight(hash) != 0.0).then_some(hash));
        });
    }
    part.sum(hashes) > WORDS
}

/// Every two letters of Han or Kana that stand side by side.
fn each_pair(text: &str, mut sink: impl FnMut(&str)) {
    let mut last: Option<usize> = None;
    for (at, ch) in text.char_indices() {
        let letter = matches!(ch, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
        if let Some(pair) =
            last.filter(|_| letter).and_then(|last| text.get(last..at + ch.len_utf8()))
        {
            sink(pair);
        }
        last = letter.then_some(at);
    }
}

/// Title and summary as the grammar reads them.
struct Read<'r, 'a, L> {
    language: &'r L,
    passages: &'r [Passage<'a>],
    cast: Cast<'a>,
}

impl<'r, 'a, L: Language> Read<'r, 'a, L> {
    fn of(language: &'r L, passages: &'r [Passage<'a>]) -> Self {
        Self { language, passages, cast: wide_cast(language, passages) }
    }

    fn pieces(&self) -> Pieces<'_> {
        let mut pieces = Pieces::default();
        let read = self.cast.texts.iter().zip(&self.cast.read);
        let own = self.passages.iter().enumerate().zip(read);
        for ((number, passage), (text, (tokens, people))) in own {
            if passage.field != Field::Content {
                let tongue = self.language.tongue();
                pieces.add(tongue, (number, passage), text, (tokens, people));
            }
        }
        pieces
    }

    /// A story, a denial, what the grammar knows to be no move: whatever the words look like.
    fn is_silent(&self, reasons: &[Option<Suppressed>]) -> bool {
        let title = self.cast.read.first().map_or(&[][..], |(tokens, _)| tokens);
        let year = self.passages.first().map_or(0, |title| title.year);
        let all = || self.cast.read.iter().flat_map(|(tokens, _)| tokens);
        let sued = self.cast.texts.first().is_some_and(|title| self.language.is_suit(title));
        let dead = |text: &Cow<'_, str>| DEATH.iter().any(|word| text.contains(word));
        // "A の X が社長に就任", in title and summary: a post of A's own.
        let home = |reason: &&Suppressed| **reason == Suppressed::Organisation;
        reasons.iter().flatten().any(is_final)
            || reasons.iter().flatten().filter(home).count() > 1
            || self.language.denies(title)
            || title.iter().any(|token| self.silences(*token, year))
            || all().any(|token| self.silences_all(*token))
            || self.cast.texts.iter().any(dead)
            || sued
    }

    /// True for what makes a title tell no move: a look back, a negation.
    fn silences(&self, token: Token, year: i32) -> bool {
        match token.kind {
            Kind::Word(word) => matches!(word, Word::Story | Word::Negation),
            Kind::Year(told) => told < year,
            _ => false,
        }
    }

    /// True for what makes an article tell no move: a denial, a leave of absence, a rise within a
    /// house.
    fn silences_all(&self, token: Token) -> bool {
        match token.kind {
            Kind::Word(word) => matches!(word, Word::Denial | Word::Sabbatical),
            Kind::Trigger(trigger) => self.language.tongue().frame(trigger) == Frame::Promote,
            _ => false,
        }
    }

    /// The move, but for who moves and where it is told.
    fn event(&self, pieces: &Pieces<'_>) -> Option<Candidate> {
        let model = &self.language.tongue().model;
        let houses = |company, sink: &mut dyn FnMut(&[&str])| pieces.house(company, sink);
        let ends = model.ends(pieces.companies(), END, houses);
        let mut tokens = self.cast.read.iter().flat_map(|(tokens, _)| tokens);
        let hedged = tokens.any(|token| token.kind == Kind::Word(Word::Hedge));
        Candidate::learned(L::LEARNED, ends, hedged)
    }
}

/// True for what the grammar knows to be no move, whatever the words look like.
fn is_final(reason: &Suppressed) -> bool {
    matches!(
        reason,
        Suppressed::Negated
            | Suppressed::Promotion
            | Suppressed::Product
            | Suppressed::Sabbatical
            | Suppressed::Contradiction
            | Suppressed::Unwatched
    )
}

/// How much the article looks like news of a move, and the letter that says so most.
fn news<'t>(
    part: &Part,
    pieces: &Pieces<'t>,
    reasons: &[Option<Suppressed>],
    found: &[Candidate],
) -> (f32, Option<Piece<'t>>) {
    let mut hashes = Vec::with_capacity(1024);
    let mut best = (0.0, None);
    pieces.news(|piece, sign| {
        let hash = hash(sign);
        let weight = part.weight(hash);
        if weight > best.0 && piece.what != What::Start && !piece.is_named() {
            best = (weight, Some(*piece));
        }
        hashes.push(hash);
    });
    gates::each_reason(reasons, found, gates::ends_told, |sign| hashes.push(hash(sign)));
    (part.sum(hashes), best.1)
}

/// The first mention of each person who moves.
fn movers<'t>(tongue: &Tongue, pieces: &Pieces<'t>) -> Vec<Piece<'t>> {
    let moves = |name: &usize| {
        if pieces.names.get(*name).is_none_or(|name| is_head(tongue, name)) {
            return false;
        }
        let mut hashes = Vec::with_capacity(128);
        pieces.person(*name, &mut |sign| hashes.push(hash(sign)));
        tongue.model.who.sum(hashes) > WHO
    };
    let first =
        |name: usize| pieces.words.iter().find(|piece| piece.what == What::Person(name)).copied();
    (0..pieces.names.len()).filter(moves).filter_map(first).collect()
}

/// The head of a company who stands for it.
fn is_head(tongue: &Tongue, name: &str) -> bool {
    let last = name.rsplit(['·', '・', ' ']).next().unwrap_or(name);
    [name, last].iter().any(|name| tongue.leads(name))
}
