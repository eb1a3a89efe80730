//! People whom a noun presents: "Gana's latest hire is Ada Gray".

use super::chunk::{Chunk, Item, Setting, starting_at};
use super::class::Class;
use super::colon::who_behind;
use super::employer::employer;
use super::ends::Ends;
use super::object::Object;
use super::phrase::{Phrase, Reader};
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
    const OTHER: &[&str] = &[
        "hire",
        "stop",
        "up",
        "move",
        "job",
        "gig",
        "role",
        "act",
        "chapter",
        "employer",
        "home",
        "destination",
    ];
    if !matches!(lower(at), "new" | "next" | "incoming") || OTHER.contains(&lower(at + 1)) {
        return false;
    }
    // "Gana has a new chief scientist: Ada Gray".
    let has = lower(at.wrapping_sub(1)) == "a"
        && matches!(lower(at.wrapping_sub(2)), "has" | "gets" | "finds" | "got");
    let owned = has || at.checked_sub(1).and_then(kind) == Some(TokenKind::Poss);
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
    // "Gana gets its chief: Dara's Ada Gray to run the lab".
    let told = (at.saturating_sub(8)..at).any(|at| lower(at) == ":");
    !(who && (named(at + len) || placed || told))
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

    /// "Next stop for Ada Gray: Dara", "Next stop Dara for Ada Gray", "Ada Gray has a new home: Dara".
    pub(super) fn next_stop(&self, reader: &Reader<'_>, index: usize) -> Option<Parts> {
        let company = |at: usize| match reader.item(at)? {
            Item::Org { company, product: false } => Some(End::Listed(company)),
            _ => None,
        };
        let over = |at: usize| {
            matches!(reader.item(at), None | Some(Item::Stop | Item::Comma))
                || matches!(reader.lower(at), "for" | "as")
        };
        let tie = |at: usize| matches!(reader.lower(at), ":" | "is" | "at" | "with" | ",");
        let (phrase, place) = if reader.lower(index + 1) == "for" {
            let colon = (index + 2..index + 12).find(|at| reader.lower(*at) == ":")?;
            (reader.phrase_before(colon)?, colon + 1)
        } else {
            let place = index + 1 + usize::from(tie(index + 1));
            let phrase = match reader.lower(place + 1) {
                "for" => who_behind(reader, place + 2)?,
                _ => match reader.lower(index.wrapping_sub(1)) {
                    "his" | "her" => self.sole_person()?,
                    _ => owner_of(reader, index)?,
                },
            };
            (phrase, place)
        };
        let to = company(place).filter(|_| over(place + 1))?;
        // "Next stop for Gana's chief: Dara": a journey.
        let heads = phrase.role.is_some_and(|role| {
            let role = reader.text_of(role).to_lowercase();
            ["ceo", "chief executive", "founder", "boss", "president"]
                .iter()
                .any(|head| role.contains(head))
        });
        let travels = heads && !phrase.former && !reader.lower(index).contains("job");
        if !phrase.is_people() || phrase.plural || travels || phrase.org.as_ref() == Some(&to) {
            return None;
        }
        let own = phrase.persons.iter().any(|named| named.elsewhere.is_some());
        let left = self.moved.from.clone().filter(|from| own && *from != to);
        let from = phrase.org.clone().or(left);
        let ends = Ends { from, to: Some(to), end: place + 1, ..Ends::default() };
        let (between, class, kind) = (Between::default(), Class::Next, Kind::Joined);
        Some(Parts { phrase, between, ends, class, kind, score: 0.8, pattern: pattern(class) })
    }

    /// "Gana fills its finance seat with Dara's Ada Gray".
    pub(super) fn fills(
        &self,
        reader: &Reader<'_>,
        index: usize,
        subject: &Subject,
    ) -> Option<Parts> {
        const SEATS: &[&str] = &[
            "seat",
            "role",
            "post",
            "job",
            "vacancy",
            "slot",
            "position",
            "chair",
            "shoes",
            "void",
            "team",
            "leadership",
            "ranks",
            "bench",
            "unit",
            "group",
            "roster",
            "c-suite",
            "management",
            "sales",
            "research",
            "safety",
        ];
        let to = employer(reader, index, subject)?;
        let inside = |at: &usize| !matches!(reader.item(*at), None | Some(Item::Stop));
        let near = index + 1..index + 10;
        let word = if reader.lower(index).starts_with("entrust") { "to" } else { "with" };
        let tie = near.take_while(inside).find(|at| reader.lower(*at) == word)?;
        let seat = (index + 1..tie).any(|at| {
            SEATS.contains(&reader.lower(at)) || matches!(reader.item(at), Some(Item::Role { .. }))
        });
        let phrase = reader.phrase_after(tie + 1).filter(|phrase| seat && phrase.is_people())?;
        let from = phrase.org.clone().filter(|from| *from != to)?;
        let ends = Ends { from: Some(from), to: Some(to), end: phrase.end, ..Ends::default() };
        let (class, between, kind) = (Class::Hire, subject.between, Kind::Joined);
        Some(Parts { phrase, between, ends, class, kind, score: 0.85, pattern: pattern(class) })
    }

    /// "Gana's latest hire: Ada Gray", "Ada Gray is Gana's newest recruit".
    pub(super) fn newcomer(&self, reader: &Reader<'_>, index: usize) -> Option<Parts> {
        let owner = (index.saturating_sub(3)..index)
            .rev()
            .find(|at| reader.item(*at) == Some(Item::Poss) || has_a(reader, *at))?;
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
        let origin = phrase.org.clone().or_else(|| reader.brand_of(&phrase));
        ends.to = Some(house);
        ends.from = origin;
        let class = Class::Arrival;
        let (between, kind) = (Between::default(), Kind::Joined);
        Some(Parts { phrase, between, ends, class, kind, score: 0.85, pattern: pattern(class) })
    }
}

/// "Gana has a new chief scientist: Ada Gray": the verb.
fn has_a(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.lower(at), "has" | "gets" | "finds" | "got") && reader.lower(at + 1) == "a"
}

/// "Ada Gray has a", "Ada Gray finds her", "Ada Gray's": whose the noun at `index` is.
fn owner_of(reader: &Reader<'_>, index: usize) -> Option<Phrase> {
    let small = |at: usize| matches!(reader.lower(at), "a" | "his" | "her" | "their");
    let before = index.checked_sub(1)?;
    let verb = if small(before) { before.checked_sub(1)? } else { before };
    let has = matches!(
        reader.lower(verb),
        "has"
            | "finds"
            | "found"
            | "gets"
            | "got"
            | "lands"
            | "takes"
            | "took"
            | "starts"
            | "announces"
    ) || reader.item(verb) == Some(Item::Poss) && verb == before;
    let phrase = reader.phrase_before(verb).filter(|_| has)?;
    (!phrase.organisation).then_some(phrase)
}
