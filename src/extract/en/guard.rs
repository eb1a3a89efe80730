//! Where the words of a trigger say something else.

use super::chunk::{Chunk, Item, Setting, covered, starting_at};
use super::token::{Token, TokenKind};
use crate::extract::text::Span;

/// "Is going to leave": what follows is a verb.
pub(super) fn is_future(tokens: &[Token], at: usize) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    matches!(lower(at), "going" | "go")
        && lower(at + 1) == "to"
        && !tokens.get(at + 2).is_some_and(|next| {
            next.cap || matches!(next.lower.as_str(), "rival" | "the" | "a" | "work")
        })
}

/// "Gana's policy head to Dara": a role, no verb.
pub(super) fn is_head(tokens: &[Token], at: usize, before: Option<&Chunk>) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    lower(at) == "head"
        && lower(at + 1) == "to"
        && before.is_some_and(|chunk| match chunk.item {
            Item::Org { .. } | Item::Poss => true,
            Item::Word => !matches!(
                chunk.lower.as_str(),
                "to" | "will"
                    | "also"
                    | "both"
                    | "who"
                    | "all"
                    | "would"
                    | "could"
                    | "may"
                    | "they"
                    | "soon"
                    | "set"
            ),
            _ => false,
        })
}

/// "Gana's recruiting head", "hiring chief": what somebody heads.
pub(super) fn is_field(tokens: &[Token], at: usize) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    matches!(lower(at), "recruiting" | "hiring")
        && matches!(
            lower(at + 1),
            "head"
                | "chief"
                | "lead"
                | "boss"
                | "director"
                | "manager"
                | "executive"
                | "exec"
                | "leader"
        )
        && !matches!(lower(at.wrapping_sub(1)), "is" | "are" | "was" | "in" | "of")
        && at > 0
}

/// "Walks into a bar": only whoever walks and nothing more leaves.
pub(super) fn is_stroll(tokens: &[Token], at: usize, len: usize) -> bool {
    let walks =
        tokens.get(at).is_some_and(|token| matches!(token.lower.as_str(), "walks" | "walked"));
    let over = tokens
        .get(at + len)
        .is_none_or(|next| matches!(next.kind, TokenKind::Stop | TokenKind::Comma));
    walks && len == 1 && !over
}

/// "Gets $9m": only somebody is got, or gained.
pub(super) fn is_receipt(tokens: &[Token], at: usize, len: usize) -> bool {
    let verb = tokens
        .get(at)
        .is_some_and(|token| matches!(token.lower.as_str(), "gets" | "gains" | "signs"));
    let somebody = tokens.get(at + len).is_some_and(|next| {
        next.cap || matches!(next.lower.as_str(), "former" | "ex" | "another" | "one" | "two")
    });
    verb && len == 1 && !somebody
}

/// "Two Gana hires jump ship", "loses its top recruit": people, no verb.
pub(super) fn is_newcomer(tokens: &[Token], at: usize, setting: &Setting<'_>) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let next = tokens.get(at + 1);
    let verb = next.is_some_and(|next| {
        starting_at(setting.triggers, |hit| hit.span, next.span).is_some()
            || setting.words.is("auxiliary", &next.lower)
    });
    let over = next.is_none_or(|next| matches!(next.kind, TokenKind::Stop | TokenKind::Comma));
    let before = lower(at.wrapping_sub(1));
    let verbal = matches!(before, "to" | "will" | "can" | "may" | "and" | "would" | "could");
    match lower(at) {
        "hires" | "recruits" => at > 1 && verb && setting.words.count(lower(0)).is_some(),
        "hire" | "recruit" => {
            let described = matches!(before, "top" | "star" | "marquee" | "prized" | "big" | "key")
                || tokens.get(at.wrapping_sub(1)).is_some_and(|one| one.kind == TokenKind::Quote);
            let noun = at > 1
                && over
                && tokens.get(at - 1).is_some_and(|one| one.kind == TokenKind::Word)
                && setting.words.role(before).is_none();
            at > 0 && !verbal && (described && (verb || over) || noun)
        }
        _ => false,
    }
}

/// "Some executive exits", "a wave of departures": a noun in the plural.
pub(super) fn is_counted_noun(tokens: &[Token], at: usize) -> bool {
    const MANY: &[&str] = &[
        "some",
        "several",
        "many",
        "recent",
        "notable",
        "these",
        "those",
        "wave",
        "string",
        "series",
        "spate",
        "flurry",
        "slew",
        "high-profile",
        "multiple",
        "more",
        "other",
    ];
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    lower(at) == "exits" && (at.saturating_sub(4)..at).any(|at| MANY.contains(&lower(at)))
}

/// "Follows its rival": only whoever follows without an object goes the same way.
pub(super) fn is_pursuit(tokens: &[Token], at: usize) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let alone = || {
        let next = tokens.get(at + 1);
        next.is_none_or(|next| matches!(next.kind, TokenKind::Stop | TokenKind::Comma))
            || matches!(lower(at + 1), "suit" | "soon" | "shortly" | "too")
    };
    // "Follows Ada Gray out of Gana".
    let out = (at + 2..at + 5).any(|at| lower(at) == "out");
    matches!(lower(at), "follow" | "follows" | "followed") && !alone() && !out
}

/// "Returns to her previous role": within the house.
pub(super) fn is_step_back(tokens: &[Token], at: usize, len: usize) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let next = at + len;
    lower(next - 1) == "to"
        && matches!(lower(next), "his" | "her" | "their" | "a")
        && matches!(
            lower(next + 1),
            "previous" | "old" | "former" | "prior" | "original" | "earlier"
        )
        && matches!(lower(next + 2), "role" | "job" | "post" | "position" | "duties" | "roles")
}

/// "A star recruit", "some notable exits": nouns that look like verbs.
pub(super) fn is_thing(tokens: &[Token], at: usize, len: usize) -> bool {
    let lower = |at: usize| tokens.get(at).map_or("", |token| token.lower.as_str());
    let before = at.checked_sub(1).map_or("", lower);
    match lower(at) {
        // "Loses star recruit"; "Gana's star recruit" presents somebody.
        _ if len > 1 && lower(at + len - 1) == "recruit" => {
            before != "'s" || !matches!(lower(at + len), ":" | "is" | "," | "was" | "-")
        }
        "recruit" if len == 1 => tokens.get(at + 1).is_none_or(|next| {
            next.kind != TokenKind::Word
                || matches!(
                    next.lower.as_str(),
                    "to" | "from" | "who" | "after" | "leaves" | "quits"
                )
        }),
        // "Walks away with a prize", "walks away unhurt".
        "walk" | "walks" | "walking" if lower(at + 1) == "away" && len == 2 => {
            matches!(lower(at + 2), "with" | "unhurt" | "unharmed" | "unscathed" | "empty-handed")
        }
        "exits" => (at.saturating_sub(3)..at).any(|at| {
            matches!(
                lower(at),
                "some" | "several" | "recent" | "notable" | "these" | "those" | "many" | "more"
            )
        }),
        _ => false,
    }
}

/// "Two Gana hires are back at Dara": people, not what somebody does.
pub(super) fn is_newcomers(tokens: &[Token], at: usize, setting: &Setting<'_>) -> bool {
    let adverb = tokens.get(at + 1).is_some_and(|next| next.lower == "already");
    let next = tokens.get(at + 1 + usize::from(adverb));
    tokens.get(at).is_some_and(|token| token.lower == "hires")
        && next.is_some_and(|next| {
            matches!(next.lower.as_str(), "are" | "have" | "who" | "were")
                || starting_at(setting.triggers, |hit| hit.span, next.span)
                    .is_some_and(|hit| hit.span.start == next.span.start)
        })
}

/// "Will be joining": the next word is what is done.
pub(super) fn leads_on(tokens: &[Token], at: usize, span: Span, setting: &Setting<'_>) -> bool {
    let len = covered(tokens, at, span);
    let last = tokens.get(at + len - 1).map_or("", |token| token.lower.as_str());
    matches!(last, "be" | "now")
        && tokens
            .get(at + len)
            .is_some_and(|next| starting_at(setting.triggers, |hit| hit.span, next.span).is_some())
}

/// "Start-up", "leave-taking": the form ends inside a word with a hyphen.
pub(super) fn breaks_off(tokens: &[Token], at: usize, span: Span) -> bool {
    let last = tokens.get(at + covered(tokens, at, span) - 1);
    last.is_some_and(|token| span.end < token.span.end)
}

/// True where a trigger form is part of a name or a noun: "Chance the ...", "a left turn".
pub(super) fn names_something_else(
    tokens: &[Token],
    at: usize,
    len: usize,
    before: Option<&Chunk>,
) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let after = tokens.get(at + len);
    let dark = after.is_some_and(|next| next.lower == "in")
        && tokens.get(at + len + 1).is_some_and(|next| {
            matches!(next.lower.as_str(), "limbo" | "doubt" | "tatters" | "lurch")
                || next.lower == "the"
                    && tokens.get(at + len + 2).is_some_and(|next| {
                        matches!(next.lower.as_str(), "dark" | "lurch" | "cold" | "dust")
                    })
        });
    token.lower == "left"
        && (dark
            || before.is_some_and(|chunk| {
                matches!(chunk.lower.as_str(), "the" | "far" | "a" | "political" | "be" | "to")
            })
            || after.is_some_and(|next| {
                matches!(
                    next.lower.as_str(),
                    "wing"
                        | "side"
                        | "hand"
                        | "field"
                        | "foot"
                        | "leg"
                        | "behind"
                        | "hanging"
                        | "reeling"
                        | "holding"
                        | "wondering"
                        | "stranded"
                        | "scrambling"
                        | "vulnerable"
                        | "out"
                        | "over"
                        | "unanswered"
                        | "speechless"
                )
            }))
}
