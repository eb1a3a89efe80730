//! Moves that no rule reads, by a learned model: news of a move in whatever words.
//!
//! Looked at only where the grammar found nothing that may alert. The model says whether the
//! article is such news at all, who moves, and which company is left and which is joined; persons,
//! companies and posts are those that the grammar found.

use std::borrow::Cow;

use super::English;
use super::asked::Asked;
use super::chunk::Chunk;
use super::signs::{Piece, Pieces, Sink, What, surname};
use super::tenor;
use super::verdict;
use super::whole::{read_sentences, retells};
use super::wording::{each_word, may_tell};
use crate::extract::candidate::{Candidate, End, Passage, Signs};
use crate::extract::gates::{self, MIN_SCORE};
use crate::extract::regression::hash;
use crate::extract::text::Span;
use crate::model::{Field, Kind, Status, Suppressed};

/// How sure the model must be that the article is news of a move.
const NEWS: f32 = 1.2;
/// How much surer where nobody is named.
const UNNAMED: f32 = 1.0;
/// How sure that a person is who moves.
const WHO: f32 = 0.0;
/// How sure that a company is left or joined.
const END: f32 = -0.4;
/// How much two companies speak for a move from one to the other.
const BOTH: f32 = 0.5;

/// Everything about an article that the model asks.
pub(super) struct Learned<'r, 'a> {
    pub(super) grammar: &'r English,
    pub(super) passages: &'r [Passage<'r>],
    pub(super) asked: &'r Asked<'a>,
}

/// What is left and what is joined.
type Ends = (Option<End>, Option<End>, Kind);

/// The chunks of a sentence, with the numbers of its passage and its own.
type Sentence<'r, 'a> = (usize, usize, Cow<'r, [Chunk<'a>]>);

impl<'r, 'a> Learned<'r, 'a> {
    /// Adds the moves that the model sees where the grammar sees none.
    pub(super) fn complete(&self, rumour: impl FnOnce() -> bool, found: &mut Vec<Candidate>) {
        let reasons = gates::reasons(self.passages, found);
        if reasons.contains(&None) || !self.may_tell() {
            return;
        }
        let chunks = self.chunks();
        let pieces = self.pieces(&chunks);
        if pieces.companies().is_empty() || self.is_silent(&reasons) {
            return;
        }
        let (news, told) = self.news(&pieces, &reasons, found);
        if news < NEWS {
            return;
        }
        let Some(ends) = self.ends(&pieces) else { return };
        let status = if rumour() { Status::Rumoured } else { Status::Reported };
        let mut who = self.movers(&pieces);
        if who.is_empty() && news > NEWS + UNNAMED {
            let post = |piece: &&Piece<'_>| piece.what == What::Role;
            who.extend(pieces.0.iter().find(post));
        }
        let score = MIN_SCORE + f64::from((news - NEWS) / 10.0).min(0.4);
        for piece in &who {
            let told = told.filter(|told| told.passage == piece.passage).unwrap_or(*piece);
            if let Some(one) = self.candidate(piece, &told) {
                let (from, to, kind) = ends.clone();
                found.push(Candidate { from, to, kind, status, score, ..one });
            }
        }
    }

    /// Which company is left and which is joined.
    fn ends(&self, pieces: &Pieces<'_>) -> Option<Ends> {
        let houses = |company, sink: Sink<'_>| pieces.house(company, sink);
        let gazetteer = self.passages.first()?.gazetteer;
        let apart = |a, b| a != b && !gazetteer.related(a, b);
        let (from, to) = self.grammar.model.pair(&pieces.companies(), (END, BOTH), apart, houses);
        let kind = match (from, to) {
            (Some(_), Some(_)) => Kind::Moved,
            (Some(_), None) => Kind::Left,
            (None, Some(_)) => Kind::Joined,
            (None, None) => return None,
        };
        Some((from.map(End::Listed), to.map(End::Listed), kind))
    }

    /// True unless the words of title and summary are not those of news of a move.
    fn may_tell(&self) -> bool {
        let told = self.passages.iter().filter(|passage| passage.field != Field::Content);
        may_tell(self.grammar, told.map(|passage| passage.text.norm.as_str()))
    }

    /// Who moves, by name or by post, and the word that says so most; the rest is filled in.
    fn candidate(&self, who: &Piece<'_>, told: &Piece<'_>) -> Option<Candidate> {
        let passage = self.passages.get(who.passage)?;
        let person = who.what == What::Person;
        let name = passage.text.get(who.span);
        Some(Candidate {
            field: passage.field,
            person: person.then(|| self.asked.article().full_name(name, passage.people)),
            person_span: person.then_some(who.span),
            count: 1,
            from: None,
            to: None,
            role: (!person).then(|| name.to_owned()),
            kind: Kind::Moved,
            status: Status::Reported,
            trigger: told.span,
            sentence: self.sentence(told),
            suppressed: None,
            score: MIN_SCORE,
            pattern: "en.learned",
        })
    }

    /// A story, a list, an opinion, a denial, what the grammar knows to be no move: whatever the
    /// words look like.
    fn is_silent(&self, reasons: &[Option<Suppressed>]) -> bool {
        reasons.iter().flatten().any(verdict::is_final)
            || retells(self.grammar, self.passages)
            || tenor::negates(self.asked)
            || tenor::quiet(self.asked).is_some()
            || tenor::is_inside(self.asked)
    }

    pub(super) fn chunks(&self) -> Vec<Sentence<'r, 'a>> {
        let mut all = Vec::new();
        for (number, passage) in self.passages.iter().enumerate() {
            if passage.field == Field::Content {
                continue;
            }
            for index in 0..read_sentences(passage).len() {
                all.push((number, index, self.asked.chunks(number, index)));
            }
        }
        all
    }

    pub(super) fn pieces<'c>(&'c self, chunks: &'c [Sentence<'r, 'a>]) -> Pieces<'c> {
        let mut pieces = Pieces::new();
        for (number, index, chunks) in chunks {
            if let Some(passage) = self.passages.get(*number) {
                pieces.add(self.grammar, passage, (*number, *index), chunks);
            }
        }
        pieces
    }

    /// How much the article looks like news of a move, and the word that says so most.
    fn news<'c>(
        &self,
        pieces: &Pieces<'c>,
        reasons: &[Option<Suppressed>],
        found: &[Candidate],
    ) -> (f32, Option<Piece<'c>>) {
        let part = &self.grammar.model.news;
        let mut hashes = Vec::with_capacity(256);
        let mut best = (0.0, None);
        pieces.news(|at, sign| {
            let hash = hash(sign);
            let weight = part.weight(hash);
            if weight > best.0 {
                best = (weight, Some(at));
            }
            hashes.push(hash);
        });
        verdict::signs(reasons, found, |sign| hashes.push(hash(sign)));
        let told = best.1.and_then(|at| pieces.0.get(at).copied());
        (part.sum(hashes), told.filter(|told| told.what != What::Start))
    }

    /// The fullest mention of each person who moves.
    fn movers<'c>(&self, pieces: &Pieces<'c>) -> Vec<Piece<'c>> {
        let people = self.people(pieces).into_iter().filter(|name| {
            let mut hashes = Vec::with_capacity(64);
            pieces.person(name, &mut |sign| hashes.push(hash(sign)));
            self.grammar.model.who.sum(hashes) > WHO
        });
        let fullest = |name: &str| {
            let own =
                |piece: &&Piece<'c>| piece.what == What::Person && surname(piece.lower) == name;
            pieces.0.iter().filter(own).rev().max_by_key(|piece| piece.lower.len()).copied()
        };
        people.filter_map(fullest).collect()
    }

    /// Those who may move: none who stands for a company or only speaks, and where anybody is named
    /// in full, only who is.
    pub(super) fn people<'c>(&self, pieces: &Pieces<'c>) -> Vec<&'c str> {
        let own = |name: &str, fits: &dyn Fn(usize, &Piece<'_>) -> bool| {
            let mut all = pieces.0.iter().enumerate();
            all.any(|(at, piece)| {
                piece.what == What::Person && surname(piece.lower) == name && fits(at, piece)
            })
        };
        let full = |name: &str| own(name, &|_, piece| piece.lower.contains(' '));
        let sure = |name: &str| own(name, &|_, piece| piece.sure);
        let mut people = pieces.people();
        people.retain(|name| {
            (full(name) || sure(name))
                && !own(name, &|_, piece| self.is_head(piece))
                && !own(name, &|at, _| self.is_voice(pieces, at))
        });
        if people.iter().any(|name| full(name)) {
            people.retain(|name| full(name));
        }
        people
    }

    /// The head of a company who stands for it.
    fn is_head(&self, piece: &Piece<'_>) -> bool {
        let Some(passage) = self.passages.get(piece.passage) else { return false };
        let name = passage.text.get(piece.span);
        let known = passage.people.latin(name).or_else(|| passage.people.by_surname(name));
        known.is_some_and(|name| self.grammar.heads.contains_key(name))
    }

    /// "Former Gana chief Ada Gray says ...": somebody of old who speaks.
    fn is_voice(&self, pieces: &Pieces<'_>, at: usize) -> bool {
        let lower = |at: usize| pieces.0.get(at).map_or("", |piece| piece.lower);
        let title = pieces.0.get(at).is_some_and(|piece| piece.title);
        let before = at.saturating_sub(6)..at;
        let former = before.map(lower).any(|word| self.grammar.words.is("former", word));
        title
            && former
            && self.grammar.words.is("say", lower(at + 1))
            && !matches!(lower(at + 2), "staff" | "colleagues" | "employees" | "he" | "she")
    }

    pub(super) fn sentence(&self, piece: &Piece<'_>) -> Span {
        let passage = self.passages.get(piece.passage);
        let sentence = passage.and_then(|one| read_sentences(one).get(piece.sentence));
        sentence.copied().unwrap_or(piece.span)
    }

    /// The signs of the article as texts, for training.
    pub(super) fn signs(&self, found: &[Candidate]) -> Signs {
        let chunks = self.chunks();
        let pieces = self.pieces(&chunks);
        let reasons = gates::reasons(self.passages, found);
        let mut signs = Signs {
            alerts: reasons.contains(&None),
            silent: self.is_silent(&reasons),
            ..Signs::default()
        };
        each_word(self.passages, |word| signs.words.push(word.to_owned()));
        pieces.news(|_, sign| signs.news.push(sign.concat()));
        verdict::signs(&reasons, found, |sign| signs.news.push(sign.concat()));
        signs.claims = self.claims(&pieces, found, &reasons);
        for company in pieces.companies() {
            let mut own = Vec::new();
            pieces.house(company, &mut |sign| own.push(sign.concat()));
            signs.houses.push((company, own));
        }
        for name in self.people(&pieces) {
            let mut own = Vec::new();
            pieces.person(name, &mut |sign| own.push(sign.concat()));
            signs.people.push((name.to_owned(), own));
        }
        signs
    }
}
