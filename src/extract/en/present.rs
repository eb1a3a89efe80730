//! People whom a noun presents: "Gana's latest hire is Ada Gray".

use super::chunk::{Chunk, Item, Setting, starting_at};
use super::class::Class;
use super::employer::employer;
use super::ends::Ends;
use super::object::Object;
use super::phrase::Reader;
use super::reading::{Parts, Reading, pattern};
use super::subject::{Between, Subject};
use super::token::{Token, TokenKind};
use crate::extract::candidate::End;
use crate::model::Kind;

/// Words of what is led, at most.
const FIELD: usize = 6;

/// "New chief": says who is new only behind a possessive and before a colon or "is".
pub(super) fn is_idle(tokens: &[Token], at: usize, len: usize) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    if !matches!(lower(at), "new" | "next" | "incoming") || lower(at + 1) == "hire" {
        return false;
    }
    let owned = at.checked_sub(1).and_then(kind) == Some(TokenKind::Poss);
    let is_before = (at.saturating_sub(6)..at).any(|at| lower(at) == "is");
    let words = |at: &usize| kind(*at) == Some(TokenKind::Word) && lower(*at) != "is";
    let tie = (at + len..at + len + 5).find(|at| !words(at));
    !(owned && (is_before || tie.is_some_and(|tie| matches!(lower(tie), ":" | "is"))))
}

/// "To run Gana's tools": a post only in a headline, right behind the one who takes it.
pub(super) fn is_aim(
    tokens: &[Token],
    at: usize,
    len: usize,
    setting: &Setting<'_>,
    before: Option<&Chunk>,
) -> bool {
    const AIMS: &[&str] = &["run", "lead", "head", "helm", "oversee", "spearhead", "manage"];
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    if lower(at) != "to" || !AIMS.contains(&lower(at + 1)) {
        return false;
    }
    let who = before.is_some_and(|chunk| {
        matches!(chunk.item, Item::Person { .. } | Item::Role { plural: false })
    });
    let named = |at: usize| {
        tokens.get(at).is_some_and(|next| {
            starting_at(setting.companies, |mention| mention.span, next.span).is_some()
        })
    };
    // "To lead safety work at Gana".
    let words = |at: &usize| tokens.get(*at).is_some_and(|token| token.kind == TokenKind::Word);
    let placed = (at + len..at + len + FIELD)
        .take_while(words)
        .any(|at| matches!(lower(at), "at" | "for") && named(at + 1));
    !(who && (named(at + len) || placed))
}

impl Reading<'_> {
    /// "Gana raids Dara for speech lead Ada Gray".
    pub(super) fn raid(
        &self,
        reader: &Reader<'_>,
        index: usize,
        subject: &Subject,
    ) -> Option<Parts> {
        let to = employer(reader, index, subject)?;
        let (Object::Org { end: from, .. }, next) = reader.object(index + 1) else { return None };
        let inside = |at: &usize| !matches!(reader.item(*at), None | Some(Item::Stop));
        let tie = (next..next + 8).take_while(inside).find(|at| reader.lower(*at) == "for")?;
        let phrase = reader.phrase_after(tie + 1).filter(|phrase| phrase.is_people())?;
        let class = Class::Hire;
        let mut ends = Ends { end: phrase.end, ..Ends::default() };
        ends.from = Some(from);
        ends.to = Some(to);
        let (between, kind) = (subject.between, Kind::Joined);
        Some(Parts { phrase, between, ends, class, kind, score: 0.85, pattern: pattern(class) })
    }

    /// "Ada Gray says Gana fired her": whoever says so.
    pub(super) fn says_so_herself(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        subject: &Subject,
    ) -> Option<Parts> {
        let house = subject.phrase.as_ref().filter(|phrase| phrase.organisation)?;
        let object = matches!(reader.lower(index + 1), "her" | "him" | "me");
        let says = house.first.checked_sub(1).filter(|at| {
            object && matches!(reader.lower(*at), "says" | "said" | "that" | "announces")
        })?;
        let says = if reader.lower(says) == "that" { says.checked_sub(1)? } else { says };
        let phrase = reader.phrase_before(says).filter(|phrase| phrase.is_people())?;
        let mut ends = Ends { end: index + 2, ..Ends::default() };
        let kind = match class {
            Class::Fire => Kind::Left,
            Class::Hire => Kind::Joined,
            _ => return None,
        };
        if phrase.former || phrase.plural {
            return None;
        }
        *(if kind == Kind::Left { &mut ends.from } else { &mut ends.to }) = house.org.clone();
        let (between, score) = (subject.between, 0.8);
        Some(Parts { phrase, between, ends, class, kind, score, pattern: pattern(class) })
    }

    /// "Gana's latest hire: Ada Gray", "Ada Gray is Gana's newest recruit".
    pub(super) fn newcomer(&self, reader: &Reader<'_>, index: usize) -> Option<Parts> {
        let owner = (index.saturating_sub(3)..index)
            .rev()
            .find(|at| reader.item(*at) == Some(Item::Poss))?;
        let house = match reader.item(owner.checked_sub(1)?)? {
            Item::Org { company, product: false } => End::Listed(company),
            _ => return None,
        };
        let tie = |at: &usize| matches!(reader.lower(*at), ":" | "is" | "," | "was");
        let new =
            matches!(reader.lower(index).split(' ').next(), Some("new" | "next" | "incoming"))
                && !reader.lower(index).ends_with(" hire");
        let titled = |at: &usize| matches!(reader.item(*at), Some(Item::Word | Item::Role { .. }));
        let reach = if new { index + 6 } else { index + 1 };
        let close = (index + 1..=reach).find(|at| !new || tie(at) || !titled(at));
        let close = close.filter(tie).filter(|at| !new || reader.lower(*at) != ",");
        let before = owner.checked_sub(2);
        let phrase = match before.filter(|at| reader.lower(*at) == "is") {
            Some(is) => reader.phrase_up_to(is, false)?,
            None => reader.phrase_after(close? + 1)?,
        };
        let known = !phrase.persons.is_empty() || phrase.org.is_some() && !phrase.plural;
        if !known || phrase.org.as_ref() == Some(&house) {
            return None;
        }
        let mut ends = Ends { end: phrase.end.max(index + 1), ..Ends::default() };
        let origin = phrase.org.clone();
        ends.to = Some(house);
        ends.from = origin;
        let class = Class::Arrival;
        let (between, kind) = (Between::default(), Kind::Joined);
        Some(Parts { phrase, between, ends, class, kind, score: 0.85, pattern: pattern(class) })
    }
}
