//! The people that the sentences of a summary introduce.

use super::chunk::Item;
use super::object::Object;
use super::phrase::{Phrase, Reader};
use super::reading::Reading;
use crate::extract::candidate::End;

/// People that a sentence introduces.
#[derive(Debug)]
pub(super) struct Introduced {
    pub(super) names: Vec<String>,
    pub(super) role: Option<String>,
    pub(super) org: Option<End>,
    /// "Now at Dara".
    pub(super) now_at: Option<End>,
    /// A role or a relative clause says who it is.
    pub(super) described: bool,
    /// "Including Ada Gray", "Ada Gray among them".
    pub(super) among: bool,
    /// They left the company that is told of them.
    pub(super) former: bool,
    /// They come after whoever leaves, or were there first.
    pub(super) stays: bool,
    /// The summary opens with them.
    pub(super) leads: bool,
}

impl Introduced {
    /// Several, or some of many.
    pub(super) fn is_list(&self) -> bool {
        self.among || self.names.len() > 1 && self.described
    }
}

impl Reading<'_> {
    pub(super) fn introductions(&self, reader: &Reader<'_>, all: &mut Vec<Introduced>) {
        let mut at = 0;
        let mut listing = false;
        while let Some(chunk) = reader.at(at) {
            at += 1;
            if !matches!(chunk.item, Item::Person { .. }) {
                continue;
            }
            let glue = |at: &usize| {
                matches!(reader.item(*at), Some(Item::Person { .. } | Item::And | Item::Comma))
            };
            let run = (at..at + 12).take_while(glue);
            let person = |at: &usize| matches!(reader.item(*at), Some(Item::Person { .. }));
            let end = run.filter(person).last().map_or(at, |last| last + 1);
            at = end;
            let Some(mut phrase) = reader.phrase_before(end) else { continue };
            let among = is_among(reader, phrase.first, end)
                || listing && is_next(reader, phrase.first)
                || is_listed(reader, phrase.first);
            listing |= among;
            let opens = among || opens(reader, phrase.first, end);
            let before = !among && tells_another_exit(reader, phrase.first);
            if reader.item(end) == Some(Item::Poss) || !opens || before {
                continue;
            }
            let leads = all.is_empty() && phrase.first == 0 && leads(reader, end);
            reader.apposition_after(&mut phrase);
            let relative = reader.item(end) == Some(Item::Comma)
                && matches!(reader.lower(end + 1), "who" | "whose");
            if speaks_of_others(reader, phrase.end) {
                continue;
            }
            let clause = self.index == 0 && new_clause(reader, phrase.first, end);
            let described = phrase.role.is_some() || relative || leads || clause;
            all.push(self.introduction(reader, &phrase, [described, among, leads]));
            at = at.max(phrase.end);
        }
    }

    fn introduction(
        &self,
        reader: &Reader<'_>,
        phrase: &Phrase,
        [described, among, leads]: [bool; 3],
    ) -> Introduced {
        let name = |span| self.full_name(reader.text_of(span));
        // "Ada Gray and Bo Field from Gana".
        let from = match reader.lower(phrase.end) {
            "from" => match reader.object(phrase.end + 1).0 {
                Object::Org { end: end @ End::Listed(_), loose: false } => Some(end),
                _ => None,
            },
            _ => None,
        };
        Introduced {
            names: phrase.persons.iter().map(|named| name(named.span)).collect(),
            role: phrase.role.map(|span| reader.text_of(span)),
            org: phrase.org.clone().or(from),
            now_at: now_at(reader, phrase.end),
            former: phrase.former,
            described,
            among,
            leads,
            stays: stays(reader, phrase.end),
        }
    }
}

/// "Including Ada Gray", "Ada Gray among them".
fn is_among(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    matches!(
        reader.lower(first.wrapping_sub(1)),
        "including" | "include" | "includes" | "involve" | "involves"
    ) || reader.lower(end) == "among" && matches!(reader.lower(end + 1), "them" | "those")
}

/// "Will take over the team", "founded the company": somebody who stays.
fn stays(reader: &Reader<'_>, end: usize) -> bool {
    const STAYS: &[&str] = &[
        "take over",
        "takes over",
        "taking over",
        "succeed",
        "succeeds",
        "replace",
        "replaces",
        "replacing",
        "interim",
        "steps in",
        "founded",
        "co-founded",
    ];
    let inside = |at: &usize| !matches!(reader.item(*at), None | Some(Item::Stop));
    // "Is now running the team".
    let runs = |at: usize| {
        let doing = ["leading", "running", "heading", "overseeing", "managing", "in"];
        matches!(reader.lower(at), "now leads" | "now heads" | "now runs")
            || reader.lower(at).ends_with("now") && doing.contains(&reader.lower(at + 1))
    };
    let near = |reach: usize| (end..end + reach).take_while(inside);
    near(10).any(|at| STAYS.contains(&reader.lower(at))) || near(24).any(runs)
}

/// "The exit comes weeks after the departure of Bo Field": the one before, told beside the news.
fn tells_another_exit(reader: &Reader<'_>, first: usize) -> bool {
    let exit = |at: &usize| {
        let words = ["departure", "departures", "exit", "exits", "resignation", "ouster", "that"];
        reader.lower(*at).split(' ').next().is_some_and(|word| words.contains(&word))
    };
    let behind = |at: usize| {
        let words = ["after", "follows", "following", "heels", "wake", "since"];
        (at.saturating_sub(4)..at).any(|at| words.contains(&reader.lower(at)))
    };
    (0..first).filter(exit).any(behind)
}

/// "Ada Gray, twelve years at the company, now at Dara": where she is.
fn now_at(reader: &Reader<'_>, start: usize) -> Option<End> {
    let inside =
        |at: &usize| !matches!(reader.item(*at), None | Some(Item::Stop | Item::Person { .. }));
    let now = (start..start + 12).take_while(inside).find(|at| reader.lower(*at) == "now")?;
    let tie = matches!(reader.lower(now + 1), "at" | "with");
    match reader.object(now + 2).0 {
        Object::Org { end: end @ End::Listed(_), loose: false } if tie => Some(end),
        _ => None,
    }
}

/// "Among those going: Ada Gray, ...; Bo Field, ...": the first of a list.
fn is_listed(reader: &Reader<'_>, first: usize) -> bool {
    let among = reader.lower(0) == "among" && matches!(reader.lower(1), "those" | "them" | "the");
    among && matches!(reader.lower(first.wrapping_sub(1)), ":" | "are" | "is" | "were")
}

/// "...; and Cy Hill": the next of a list, behind a semicolon.
fn is_next(reader: &Reader<'_>, first: usize) -> bool {
    let before = first.wrapping_sub(1);
    let before =
        if reader.item(before) == Some(Item::And) { before.wrapping_sub(1) } else { before };
    reader.lower(before) == ";"
}

/// Behind the names that open a summary: an apposition, or a verb of their own doing.
fn leads(reader: &Reader<'_>, end: usize) -> bool {
    const VERBS: &[&str] = &[
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "have",
        "will",
        "started",
        "starts",
        "begins",
        "began",
        "led",
        "leads",
        "ran",
        "runs",
        "spent",
        "worked",
        "served",
        "oversaw",
        "managed",
        "founded",
        "joined",
        "plans",
        "informed",
        "takes",
        "took",
        "built",
        "helped",
        "headed",
        "heads",
        "oversees",
        "held",
        "announced",
        "told",
        "confirmed",
    ];
    let item = reader.item(end);
    matches!(item, Some(Item::Comma | Item::Trigger(_))) || VERBS.contains(&reader.lower(end))
}

/// True where a sentence or a part of it begins at chunk `first`.
fn opens(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    if new_clause(reader, first, end) {
        return true;
    }
    let article = matches!(reader.lower(first.wrapping_sub(1)), "the" | "a" | "an");
    let before = if article { reader.before(first - 1) } else { reader.before(first) };
    before.is_none_or(|chunk| {
        let told = chunk.item == Item::Word && reader.words.is("say", &chunk.lower);
        matches!(chunk.item, Item::Comma | Item::Stop | Item::Quote)
            // "Gana's chief said Ada Gray, who worked at Dara, will ...".
            || told
                && reader.item(end) == Some(Item::Comma)
                && (matches!(reader.lower(end + 1), "who" | "formerly" | "previously")
                    || reader.words.is("former", reader.lower(end + 1)))
            || chunk.lower == "while"
            // "The company said on Monday that Ada Gray ...".
            || chunk.lower == "that"
                && (0..first.min(9)).any(|at| reader.words.is("say", reader.lower(at)))
    })
}

/// "... and Bo Field will follow".
fn new_clause(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    reader.before(first).is_some_and(|chunk| chunk.item == Item::And)
        && (reader.words.is("auxiliary", reader.lower(end))
            || matches!(reader.item(end), Some(Item::Trigger(_))))
}

/// "Said the company ...": somebody who only comments; who speaks of themselves says so.
fn speaks_of_others(reader: &Reader<'_>, end: usize) -> bool {
    let small = |at: &usize| {
        reader.words.is("auxiliary", reader.lower(*at)) || reader.item(*at) == Some(Item::Comma)
    };
    let start = (end..end + 4).find(|at| !small(at)).unwrap_or(end);
    // "Told staff on Friday": of what, the title says.
    let tells = |at: usize| {
        matches!(reader.lower(at), "told" | "tells" | "informed")
            && matches!(reader.lower(at + 1), "staff" | "colleagues" | "employees" | "his" | "her")
    };
    let says = (end..=start).any(|at| reader.words.is("say", reader.lower(at)) && !tells(at));
    let own = |at: usize| {
        matches!(reader.lower(at), "he" | "she" | "they" | "his" | "her" | "their" | "i" | "my")
    };
    says && !(0..reader.chunks.len()).any(own)
}
