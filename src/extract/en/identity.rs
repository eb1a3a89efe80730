//! Who an unnamed mover is: "Gana's safety chief is leaving. Ada Gray, who led the team, ...".

use super::English;
use super::agree::roles_agree;
use super::asked::Asked;
use super::introduced::Introduced;
use super::reading::{Moved, Reading};
use super::unite;
use super::whole::read_sentences;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::model::{Field, Kind, Suppressed};

/// Sentences after the title that are looked through for a name.
const SENTENCES: usize = 3;

/// Gives those who move without a name the names by which the summary introduces them.
pub(super) fn complete<'a>(
    grammar: &'a English,
    passages: &'a [Passage<'a>],
    article: &'a Asked<'a>,
    found: &mut Vec<Candidate>,
) {
    if !found.iter().any(|one| is_unnamed(one) || is_many(one)) {
        return;
    }
    let introduced = introduced(grammar, passages, article);
    let sole = article.article().sole.is_some();
    let mut at = 0;
    while let Some(one) = found.get(at) {
        at += 1;
        let may_be = |who: &&Introduced| may_be(who, one, found, passages, sole);
        let described = |who: &&Introduced| {
            let sole = who.names.len() == 1 && article.article().sole.is_some();
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
        let gone = || gone_before(one, found, passages);
        let successor = introduced.iter().any(|who| who.stays);
        if let Some(name) = gone().filter(|_| who.is_empty() && successor) {
            if let Some(one) = found.get_mut(at - 1) {
                one.person = Some(name);
            }
            continue;
        }
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

/// "Bo Field now leads the team after Ada Gray departed last month": the one who made room.
fn gone_before(one: &Candidate, found: &[Candidate], passages: &[Passage<'_>]) -> Option<String> {
    let open = |end: &Option<End>| unite::open(passages, end, &one.from);
    let fits = |other: &&Candidate| {
        other.field == Field::Summary
            && other.kind == Kind::Left
            && matches!(other.suppressed, Some(Suppressed::Historical | Suppressed::Recap))
            && other.from.is_some()
            && open(&other.from)
    };
    let title = one.field == Field::Title && one.kind == Kind::Left && one.count <= 1;
    let mut names: Vec<&String> =
        found.iter().filter(fits).filter_map(|other| other.person.as_ref()).collect();
    names.dedup();
    match names.as_slice() {
        [name] if title && one.person.is_none() => Some((*name).clone()),
        _ => None,
    }
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

/// The head of a company, who may well comment on the move of another.
fn speaks_for(who: &Introduced) -> bool {
    const HEADS: &[&str] = &[
        "ceo",
        "chief executive",
        "founder",
        "chairman",
        "chairwoman",
        "president",
        "spokes",
        "chair",
        "analyst",
        "investor",
    ];
    let role = who.role.as_deref().unwrap_or("").to_lowercase();
    HEADS.iter().any(|head| role.contains(head)) && !who.former
}

/// True where a company takes the mover on, rather than loses her.
pub(super) fn takes_on(one: &Candidate) -> bool {
    matches!(one.pattern, "en.hire" | "en.hired" | "en.arrival" | "en.become")
}

/// True where the people introduced are those whose move `one` tells.
fn may_be(
    who: &Introduced,
    one: &Candidate,
    found: &[Candidate],
    passages: &[Passage<'_>],
    sole: bool,
) -> bool {
    let known = |a: &End, b: &End| match (a, b) {
        (End::Listed(a), End::Listed(b)) => {
            passages.first().is_some_and(|passage| passage.gazetteer.related(*a, *b))
        }
        (a, b) => a == b,
    };
    let hired = takes_on(one);
    if who.stays && !hired {
        return false;
    }
    let ends = || [one.from.as_ref(), one.to.as_ref()].into_iter().flatten();
    let fits = match &who.org {
        None => true,
        // Who is there already speaks for the company.
        Some(org) if one.to.as_ref().is_some_and(|to| known(org, to)) && who.now_at.is_none() => {
            hired && who.former
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
            || roles_agree(one.role.as_deref(), who.role.as_deref())
            // "Gana hires a finance chief. Ada Gray, once of a board, ...": nobody else is named.
            || sole && one.count <= 1 && who.described && !speaks_for(who))
}

/// People as the sentences after the title introduce them.
fn introduced<'a>(
    grammar: &'a English,
    passages: &'a [Passage<'a>],
    article: &'a Asked<'a>,
) -> Vec<Introduced> {
    let mut all = Vec::new();
    let texts = passages.iter().enumerate();
    for (number, passage) in texts.filter(|(_, one)| one.field == Field::Summary) {
        for (index, sentence) in read_sentences(passage).iter().take(SENTENCES).enumerate() {
            let sentence = *sentence;
            let reading = Reading {
                grammar,
                passage,
                article: Some(article),
                house: None,
                moved: Moved::default(),
                topic: None,
                sentence,
                index,
            };
            let chunks = article.chunks(number, index);
            reading.introductions(&reading.reader(&chunks), &mut all);
        }
    }
    all
}
