//! Groups the tokens of a sentence into companies, persons, roles, groups and triggers.

use super::asked::Known;
use super::guard;
use super::lower::Lower;
use super::pair::Before;
use super::person;
use super::present;
use super::token::{self, Token, TokenKind};
use super::turn;
use super::words::Words;
use crate::extract::company::CompanyMention;
use crate::extract::lexicon::TriggerMention;
use crate::extract::people::People;
use crate::extract::text::{Span, Text};

/// What a chunk is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item {
    Org {
        company: u16,
        product: bool,
    },
    /// A person's name; `sure` unless the words are in no list of names.
    Person {
        sure: bool,
    },
    /// The head of a role, such as "chief scientist".
    Role {
        plural: bool,
    },
    /// A number of people, before a plural role: "two".
    Count(u32),
    Trigger(u16),
    Word,
    Comma,
    And,
    Poss,
    Stop,
    Quote,
}

/// A piece of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Chunk<'a> {
    pub(super) item: Item,
    pub(super) span: Span,
    /// Lower case; of a multi-word chunk the words joined by spaces.
    pub(super) lower: Lower<'a>,
    pub(super) cap: bool,
}

/// What chunking needs to know beside the sentence.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) words: &'a Words,
    pub(super) companies: &'a [CompanyMention],
    pub(super) triggers: &'a [TriggerMention],
    /// Knows the people named in full somewhere in the article.
    pub(super) article: &'a dyn Known,
    /// People known by name.
    pub(super) people: &'a People,
    /// Most words are capitalised, so a capital says nothing.
    pub(super) title_case: bool,
}

/// Groups `tokens` of `text` into chunks.
pub(super) fn chunks<'a>(
    text: &'a Text,
    tokens: &[Token<'a>],
    setting: &Setting<'_>,
) -> Vec<Chunk<'a>> {
    let mut found: Vec<Chunk<'a>> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (item, len) = next(tokens, at, token, setting, &found);
        let last = tokens.get(at + len - 1).unwrap_or(token);
        let lower = match tokens.get(at..at + len) {
            Some(several @ [_, _, ..]) => token::joined(text, several),
            _ => token.lower.clone(),
        };
        let span = Span::new(token.span.start, last.span.end);
        found.push(Chunk { item, span, lower, cap: token.cap });
        at += len;
    }
    found
}

fn next(
    tokens: &[Token],
    at: usize,
    token: &Token,
    setting: &Setting<'_>,
    found: &[Chunk],
) -> (Item, usize) {
    let before = found.last();
    match token.kind {
        TokenKind::Comma => return (Item::Comma, 1),
        TokenKind::And => return (Item::And, 1),
        TokenKind::Poss => return (Item::Poss, 1),
        TokenKind::Stop => return (Item::Stop, 1),
        TokenKind::Quote => return (Item::Quote, 1),
        TokenKind::Word | TokenKind::Number => {}
    }
    if let Some(mention) = starting_at(setting.companies, |m| m.span, token.span)
        && !is_compound(token, mention.span)
    {
        let len = covered(tokens, at, mention.span);
        return (Item::Org { company: mention.company, product: mention.by_product }, len);
    }
    if let Some(hit) = starting_at(setting.triggers, |hit| hit.span, token.span)
        && hit.span.start >= token.span.start
        && !guard::breaks_off(tokens, at, hit.span)
        && !turn::is_idle(tokens, at, hit.span)
        && !guard::is_future(tokens, at)
        && !guard::is_pursuit(tokens, at)
        && !guard::is_thing(tokens, at, covered(tokens, at, hit.span))
        && !guard::is_newcomers(tokens, at, setting)
        && !guard::is_step_back(tokens, at, covered(tokens, at, hit.span))
        && !guard::is_head(tokens, at, before)
        && !guard::is_counted_noun(tokens, at)
        && !guard::is_field(tokens, at)
        && !guard::is_newcomer(tokens, at, setting)
        && !guard::is_receipt(tokens, at, covered(tokens, at, hit.span))
        && !guard::is_stroll(tokens, at, covered(tokens, at, hit.span))
        && !present::is_idle(tokens, at, covered(tokens, at, hit.span))
        && !present::is_aim(tokens, at, covered(tokens, at, hit.span), setting, before)
        && !guard::leads_on(tokens, at, hit.span, setting)
        && !guard::names_something_else(tokens, at, covered(tokens, at, hit.span), before)
    {
        return (Item::Trigger(hit.trigger), covered(tokens, at, hit.span));
    }
    if tokens.get(at + 1).is_some_and(|next| next.lower == "of")
        && let Some(count) = body_of(&token.lower)
    {
        return (Item::Count(count), 2);
    }
    if let Some(count) = setting.words.count(&token.lower) {
        // "Two dozen".
        return match tokens.get(at + 1).is_some_and(|next| next.lower == "dozen") {
            true if count < 10 => (Item::Count(count * 12), 2),
            _ => (Item::Count(count), 1),
        };
    }
    if let Some((plural, len)) = role_at(tokens, at, setting.words)
        && !verb_like(&token.lower, before)
    {
        return (Item::Role { plural }, len);
    }
    if token.cap
        && let Some((sure, len)) = person::at(tokens, at, setting, standing_before(found))
    {
        return (Item::Person { sure }, len);
    }
    (Item::Word, 1)
}

/// How many a "duo" is.
pub(super) fn body_of(word: &str) -> Option<u32> {
    match word {
        "duo" | "pair" | "couple" => Some(2),
        "trio" => Some(3),
        "quartet" => Some(4),
        _ => None,
    }
}

/// What the chunks so far say about a name that may begin now.
fn standing_before(found: &[Chunk]) -> Before {
    let item =
        |back: usize| found.len().checked_sub(back).and_then(|at| found.get(at)).map(|c| c.item);
    let person = matches!(item(2), Some(Item::Person { .. }));
    Before {
        name: person && item(1) == Some(Item::And),
        role: matches!(item(1), Some(Item::Role { .. }))
            && !found.last().is_some_and(|chunk| chunk.lower.ends_with(" behind")),
        owner: item(1) == Some(Item::Poss) && matches!(item(2), Some(Item::Org { .. })),
    }
}

pub(super) fn starting_at<T>(list: &[T], span: impl Fn(&T) -> Span, token: Span) -> Option<&T> {
    let index = list.partition_point(|entry| span(entry).end <= token.start);
    list.get(index).filter(|entry| span(entry).overlaps(token))
}

/// "Gana-backed", "Gana-style": the company's name only describes something else.
fn is_compound(token: &Token, mention: Span) -> bool {
    let tail = token.lower.rsplit('-').next().unwrap_or("");
    mention.end < token.span.end
        && matches!(
            tail,
            "backed"
                | "owned"
                | "funded"
                | "style"
                | "like"
                | "powered"
                | "based"
                | "rival"
                | "led"
        )
}

pub(super) fn covered(tokens: &[Token], at: usize, span: Span) -> usize {
    let rest = tokens.get(at..).unwrap_or(&[]);
    rest.iter().take_while(|token| token.span.start < span.end).count().max(1)
}

/// "to lead", "will head", "chiefs" after a modal are verbs.
fn verb_like(lower: &str, before: Option<&Chunk>) -> bool {
    matches!(
        lower,
        "lead" | "head" | "partner" | "chair" | "engineer" | "leads" | "heads" | "architect"
    ) && before.is_some_and(|chunk| {
        matches!(
            chunk.lower.as_str(),
            "to" | "will" | "would" | "could" | "may" | "can" | "should" | "and" | "who" | "not"
        )
    })
}

/// The longest role head that begins here: is it a plural, and how many tokens.
fn role_at(tokens: &[Token], at: usize, words: &Words) -> Option<(bool, usize)> {
    let mut best = officer_at(tokens, at);
    // "24-year-old gets $9m to join Gana".
    let acts = |next: &Token| words.is("auxiliary", &next.lower) || next.lower.ends_with('s');
    if tokens.get(at).is_some_and(|token| token.lower.ends_with("-year-old"))
        && at < 2
        && tokens.get(at + 1).is_some_and(acts)
    {
        return Some((false, 1));
    }
    if !tokens.get(at).is_some_and(|token| token.listed(words).opens_role()) {
        return best;
    }
    let mut joined = String::new();
    for (index, token) in tokens.iter().skip(at).take(5).enumerate() {
        if token.kind != TokenKind::Word {
            break;
        }
        if index > 0 {
            joined.push(' ');
        }
        joined.push_str(&token.lower);
        if let Some(plural) = words.role(&joined)
            && best.is_none_or(|(_, len)| len <= index)
        {
            best = Some((plural, index + 1));
        }
    }
    best
}

/// "Chief people and culture officer".
fn officer_at(tokens: &[Token], at: usize) -> Option<(bool, usize)> {
    if tokens.get(at)?.lower != "chief" {
        return None;
    }
    let rest = tokens.iter().skip(at + 1).take(5);
    // "Chief Ada Gray as revenue officer": two posts.
    let words = rest.take_while(|token| {
        token.kind == TokenKind::And
            || token.kind == TokenKind::Word
                && !matches!(token.lower.as_str(), "as" | "to" | "for" | "at" | "is" | "named")
    });
    let found = words
        .enumerate()
        .find(|(_, token)| token.lower == "officer" || token.lower == "officers")?;
    Some((found.1.lower == "officers", found.0 + 2))
}
