//! Who an unnamed mover is: "Gana's safety chief is leaving. Ada Gray, who led the team, ...".

use super::English;
use super::article::Article;
use super::chunk::Item;
use super::object::Object;
use super::phrase::{Phrase, Reader};
use super::reading::{Moved, Reading};
use super::whole::read_sentences;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::lexicon::TriggerMention;
use crate::model::{Field, Kind, Suppressed};

/// Sentences after the title that are looked through for a name.
const SENTENCES: usize = 3;

/// People that a sentence introduces.
#[derive(Debug)]
struct Introduced {
    names: Vec<String>,
    role: Option<String>,
    org: Option<End>,
    /// "Now at Dara".
    now_at: Option<End>,
    /// A role or a relative clause says who it is.
    described: bool,
    /// "Including Ada Gray", "Ada Gray among them".
    among: bool,
    /// The summary opens with them.
    leads: bool,
}

/// Gives those who move without a name the names by which the summary introduces them.
pub(super) fn complete(
    grammar: &English,
    passages: &[Passage<'_>],
    triggers: &[Vec<TriggerMention>],
    article: &Article,
    found: &mut Vec<Candidate>,
) {
    if !found.iter().any(|one| is_unnamed(one) || is_many(one)) {
        return;
    }
    let introduced = introduced(grammar, passages, triggers, article);
    let mut at = 0;
    while let Some(one) = found.get(at) {
        at += 1;
        let may_be = |who: &&Introduced| may_be(who, one, found, passages);
        let described = |who: &&Introduced| {
            let sole = who.names.len() == 1 && article.sole.is_some();
            who.described || who.among || sole
        };
        let plural = one.role.as_deref().and_then(|role| grammar.words.role(&role.to_lowercase()));
        let plural = plural == Some(true) && one.count <= 1;
        let leading =
            introduced.iter().filter(may_be).find(|who| who.leads && who.names.len() == 1);
        let who = match (is_unnamed(one) && !plural, is_many(one) || is_unnamed(one)) {
            (true, _) if one.count <= 1 && leading.is_some() => leading.into_iter().collect(),
            (true, _) if is_told(one, found, passages) => continue,
            (true, _) if one.count > 1 => as_many(one.count, introduced.iter().filter(may_be)),
            (true, _) => as_many(1, introduced.iter().filter(may_be).filter(described)),
            (_, true) => {
                let list = |who: &&Introduced| who.is_list();
                introduced.iter().filter(may_be).filter(list).collect()
            }
            _ => continue,
        };
        let names: Vec<(&String, &Introduced)> =
            who.iter().flat_map(|who| who.names.iter().map(move |name| (name, *who))).collect();
        if names.is_empty() {
            continue;
        }
        let whole = one.clone();
        let named = names.iter().map(|(name, who)| named(&whole, name, who));
        let named: Vec<Candidate> = named.collect();
        let count = named.len();
        found.splice(at - 1..at, named);
        at += count - 1;
    }
}

/// True where just one of those whose moves are told by name can be meant.
fn is_told(one: &Candidate, found: &[Candidate], passages: &[Passage<'_>]) -> bool {
    let open = |a: &Option<End>, b: &Option<End>| match (a, b) {
        (Some(End::Listed(a)), Some(End::Listed(b))) => {
            passages.first().is_some_and(|passage| passage.gazetteer.related(*a, *b))
        }
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let against = |a: &Option<End>, b: &Option<End>| a.is_some() && b.is_some() && open(a, b);
    let fits = |other: &&Candidate| {
        other.suppressed.is_none()
            && !against(&one.from, &other.to)
            && !against(&one.to, &other.from)
            && open(&one.from, &other.from)
            && open(&one.to, &other.to)
            && other.kind != Kind::Promoted
    };
    let mut names: Vec<&String> =
        found.iter().filter(fits).filter_map(|other| other.person.as_ref()).collect();
    names.sort();
    names.dedup();
    one.count <= 1 && names.len() == 1
}

fn is_unnamed(one: &Candidate) -> bool {
    one.person.is_none() && one.suppressed.is_none() && one.field != Field::Content
}

/// "Researchers leave Gana": nobody can tell how many, unless names follow.
fn is_many(one: &Candidate) -> bool {
    one.person.is_none()
        && one.suppressed == Some(Suppressed::Generic)
        && one.field == Field::Title
        && one.count == 1
}

/// The introductions that make `count` people: one that names them all, or all together.
fn as_many<'a>(count: u32, who: impl Iterator<Item = &'a Introduced>) -> Vec<&'a Introduced> {
    let who: Vec<&Introduced> = who.collect();
    let count = count as usize;
    if let Some(one) = who.iter().find(|one| one.names.len() == count) {
        return vec![one];
    }
    let all: usize = who.iter().map(|one| one.names.len()).sum();
    if all == count { who } else { Vec::new() }
}

impl Introduced {
    /// Several, or some of many.
    fn is_list(&self) -> bool {
        self.among || self.names.len() > 1 && self.described
    }
}

fn named(whole: &Candidate, name: &str, who: &Introduced) -> Candidate {
    let mut one = Candidate {
        person: Some(name.to_owned()),
        count: 1,
        role: whole.role.clone().filter(|_| whole.count <= 1).or_else(|| who.role.clone()),
        suppressed: None,
        ..whole.clone()
    };
    if one.to.is_none() && who.now_at.is_some() && one.from != who.now_at {
        one.to = who.now_at.clone();
        one.kind = if one.from.is_some() { Kind::Moved } else { Kind::Joined };
    }
    if who.among && one.to.is_some() && who.org.is_some() && who.org != one.to {
        one.from = who.org.clone();
    }
    let origin = who.org.clone().filter(|org| one.to.as_ref() != Some(org));
    if one.kind == Kind::Joined && one.from.is_none() && origin.is_some() {
        one.from = origin;
        one.kind = Kind::Moved;
    }
    one
}

/// True where the people introduced are those whose move `one` tells.
fn may_be(
    who: &Introduced,
    one: &Candidate,
    found: &[Candidate],
    passages: &[Passage<'_>],
) -> bool {
    let known = |a: &End, b: &End| match (a, b) {
        (End::Listed(a), End::Listed(b)) => {
            passages.first().is_some_and(|passage| passage.gazetteer.related(*a, *b))
        }
        (a, b) => a == b,
    };
    let ends = || [one.from.as_ref(), one.to.as_ref()].into_iter().flatten();
    let fits = match &who.org {
        None => true,
        // Who is there already speaks for the company.
        Some(org) if one.to.as_ref().is_some_and(|to| known(org, to)) && who.now_at.is_none() => {
            false
        }
        // A newcomer's own company is where she comes from.
        Some(_) if one.from.is_none() => true,
        Some(End::Unlisted(_)) => true,
        Some(_) if who.among => true,
        Some(org) if Some(org) == who.now_at.as_ref() => true,
        Some(org) => ends().any(|end| known(org, end)),
    };
    let elsewhere = found.iter().any(|other| {
        let person = other.person.as_ref();
        person.is_some_and(|person| who.names.contains(person))
            && (other.from.is_some() && one.from.is_some() && other.from != one.from
                || other.to.is_some() && one.to.is_some() && other.to != one.to)
    });
    fits && !elsewhere
        && (who.org.is_some() && who.org == one.from && one.to.is_some()
            || roles_agree(one.role.as_deref(), who.role.as_deref()))
}

/// People as the sentences after the title introduce them.
fn introduced(
    grammar: &English,
    passages: &[Passage<'_>],
    triggers: &[Vec<TriggerMention>],
    article: &Article,
) -> Vec<Introduced> {
    let mut all = Vec::new();
    let summaries = passages.iter().zip(triggers).filter(|(one, _)| one.field == Field::Summary);
    for (passage, triggers) in summaries {
        for (index, sentence) in read_sentences(passage).iter().take(SENTENCES).enumerate() {
            let sentence = *sentence;
            let reading = Reading {
                grammar,
                passage,
                article,
                house: None,
                moved: Moved::default(),
                topic: &[],
                sentence,
                index,
            };
            let chunks = reading.chunks(triggers, &article.known);
            reading.introductions(&reading.reader(&chunks), &mut all);
        }
    }
    all
}

impl Reading<'_> {
    fn introductions(&self, reader: &Reader<'_>, all: &mut Vec<Introduced>) {
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
            if reader.item(end) == Some(Item::Poss) || !opens {
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
        let name = |span| self.article.full_name(&reader.text_of(span), self.passage.people);
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
            described,
            among,
            leads,
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

/// "... and Bo Field will follow".
fn new_clause(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    reader.before(first).is_some_and(|chunk| chunk.item == Item::And)
        && (reader.words.is("auxiliary", reader.lower(end))
            || matches!(reader.item(end), Some(Item::Trigger(_))))
}

/// True where a sentence or a part of it begins at chunk `first`.
fn opens(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    if new_clause(reader, first, end) {
        return true;
    }
    let article = matches!(reader.lower(first.wrapping_sub(1)), "the" | "a" | "an");
    let before = if article { reader.before(first - 1) } else { reader.before(first) };
    before.is_none_or(|chunk| {
        matches!(chunk.item, Item::Comma | Item::Stop | Item::Quote) || chunk.lower == "while"
    })
}

/// "Said the company ...": somebody who only comments; who speaks of themselves says so.
fn speaks_of_others(reader: &Reader<'_>, end: usize) -> bool {
    let small = |at: &usize| {
        reader.words.is("auxiliary", reader.lower(*at)) || reader.item(*at) == Some(Item::Comma)
    };
    let start = (end..end + 4).find(|at| !small(at)).unwrap_or(end);
    let says = (end..=start).any(|at| reader.words.is("say", reader.lower(at)));
    let own = |at: usize| {
        matches!(reader.lower(at), "he" | "she" | "they" | "his" | "her" | "their" | "i" | "my")
    };
    says && !(0..reader.chunks.len()).any(own)
}

/// True unless the two roles are those of different people.
fn roles_agree(wanted: Option<&str>, have: Option<&str>) -> bool {
    let Some(have) = have.map(str::to_lowercase) else { return true };
    let wanted = wanted.map(str::to_lowercase).unwrap_or_default();
    let outsider = ["spokes", "analyst", "author", "editor", "reporter", "recruiter", "professor"];
    if outsider.iter().any(|role| have.contains(role)) {
        return false;
    }
    let heads = ["ceo", "chief executive", "chairman", "chairwoman"];
    let head = |role: &str| heads.iter().any(|head| role.contains(head));
    if head(&have) != head(&wanted) && !have.contains("former") {
        return false;
    }
    match (domain(&wanted), domain(&have)) {
        (Some(wanted), Some(have)) => wanted == have,
        _ => true,
    }
}

/// What a chief is chief of.
fn domain(role: &str) -> Option<usize> {
    const DOMAINS: &[&[&str]] = &[
        &["cfo", "financ"],
        &["cto", "technolog", "technical"],
        &["coo", "operati"],
        &["cpo", "product"],
        &["cmo", "marketing"],
        &["counsel", "legal", "lawyer", "clo"],
        &["people officer", "human resources", "hr chief", "chro"],
        &["ciso", "security"],
        &["revenue", "cro"],
        &["communications"],
        &["policy"],
    ];
    let words: Vec<&str> = role.split(|ch: char| !ch.is_alphanumeric()).collect();
    DOMAINS.iter().position(|words_of| {
        words_of.iter().any(|part| match part.len() {
            0..=4 => words.contains(part),
            _ => role.contains(part),
        })
    })
}
