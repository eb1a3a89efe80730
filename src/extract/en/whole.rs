//! Reads an article sentence by sentence, and completes one with what another tells.

use super::English;
use super::article::{self, Article};
use super::identity;
use super::origin;
use super::reading::{FOLLOWS, Moved, Reading};
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::lexicon::TriggerMention;
use crate::extract::text::Span;
use crate::model::{Field, Kind, Status};

/// Sentences of a summary and of the full text that are read for moves.
const SUMMARY_SENTENCES: usize = 6;
const CONTENT_SENTENCES: usize = 12;

/// Finds the candidates of one article.
pub(super) fn candidates(grammar: &English, passages: &[Passage<'_>]) -> Vec<Candidate> {
    let triggers: Vec<Vec<TriggerMention>> =
        passages.iter().map(|passage| grammar.lexicon.find(passage.text)).collect();
    let told = passages.iter().zip(&triggers).any(|(passage, triggers)| {
        let within = |hit: &TriggerMention| {
            read_sentences(passage).iter().any(|sentence| sentence.contains(hit.span))
        };
        triggers.iter().any(within)
    });
    if !told {
        return Vec::new();
    }
    let article = article::people(grammar, passages, &triggers);
    let house = title_house(passages);
    let mut found = Vec::new();
    for (passage, triggers) in passages.iter().zip(&triggers) {
        for (index, sentence) in read_sentences(passage).iter().enumerate() {
            if !triggers.iter().any(|hit| sentence.contains(hit.span)) {
                continue;
            }
            let topic = topic(&article, &found, passage.field, *sentence);
            let moved = match passage.field {
                Field::Title => Moved { from: house.clone(), to: house.clone() },
                _ => Moved::told(&found, house.as_ref()),
            };
            let house = house.clone();
            let (article, topic) = (&article, topic.as_slice());
            let reading = Reading {
                grammar,
                passage,
                article,
                house,
                moved,
                topic,
                sentence: *sentence,
                index,
            };
            let chunks = reading.chunks(triggers, &article.known);
            reading.sentence(&chunks, &mut found);
        }
    }
    follow(&mut found);
    fold(passages, &mut found);
    complete(&mut found);
    identity::complete(grammar, passages, &triggers, &article, &mut found);
    siblings(passages, &mut found);
    behind_colon(passages, &mut found);
    origin::complete(passages, &mut found);
    if passages.iter().any(|passage| is_rumour(grammar, passage)) {
        for one in found.iter_mut().filter(|one| one.status == Status::Reported) {
            one.status = Status::Rumoured;
        }
    }
    if retells(grammar, passages) {
        for candidate in found.iter_mut().filter(|candidate| candidate.field != Field::Title) {
            candidate.score -= 0.4;
        }
    }
    found
}

/// True where the title or the summary names nobody but people who know as its source.
fn is_rumour(grammar: &English, passage: &Passage<'_>) -> bool {
    passage.field != Field::Content
        && read_sentences(passage).iter().any(|sentence| {
            let told = passage.text.get(*sentence).to_lowercase();
            let told = told.replace(|ch: char| !ch.is_alphanumeric() && ch != '\'', " ");
            grammar.words.any_phrase("people_who_know", &told)
        })
}

/// "How Ada Gray came to leave Gana": the title opens a story, not a piece of news.
fn retells(grammar: &English, passages: &[Passage<'_>]) -> bool {
    passages.first().is_some_and(|title| {
        let first = title.text.norm.split(|ch: char| !ch.is_alphanumeric()).next().unwrap_or("");
        grammar.words.is("retelling", &first.to_lowercase())
    })
}

/// Whom a pronoun in this sentence may mean: those whose move was told last, or those whom a later
/// sentence is about.
fn topic(article: &Article, found: &[Candidate], field: Field, sentence: Span) -> Vec<String> {
    let place = |field: Field, start: usize| (field as u8, start);
    let here = place(field, sentence.start);
    let last = found
        .iter()
        .rev()
        .find(|one| one.person.is_some() && place(one.field, one.sentence.start) < here);
    let lead = article.leads.iter().rev().find(|lead| place(lead.field, lead.start) < here);
    match (last, lead) {
        (Some(last), lead)
            if lead.is_none_or(|lead| {
                place(lead.field, lead.start) <= place(last.field, last.sentence.start)
            }) =>
        {
            let told = |one: &&Candidate| one.field == last.field && one.sentence == last.sentence;
            let mut names: Vec<String> =
                found.iter().filter(told).filter_map(|one| one.person.clone()).collect();
            names.dedup();
            names
        }
        (_, Some(lead)) => lead.names.clone(),
        _ => Vec::new(),
    }
}

/// "Ada Gray leaves Gana for Dara; Bo Field follows": from where and to where she went.
fn follow(found: &mut Vec<Candidate>) {
    let mut before: Option<Candidate> = None;
    found.retain_mut(|one| {
        if one.pattern == FOLLOWS {
            let Some(before) = &before else { return false };
            let own = one.from.take().filter(|_| before.to.is_some());
            one.from = own.or_else(|| before.from.clone());
            one.to = before.to.clone();
            one.kind = before.kind;
            return true;
        }
        if one.suppressed.is_none() && one.kind != Kind::Promoted {
            before = Some(one.clone());
        }
        true
    });
}

/// True where both ends may be the same; an end that is not told fits any.
fn open(passages: &[Passage<'_>], a: &Option<End>, b: &Option<End>) -> bool {
    match (a, b) {
        (Some(End::Listed(a)), Some(End::Listed(b))) => {
            passages.first().is_some_and(|passage| passage.gazetteer.related(*a, *b))
        }
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// "Gana poaches a Dara executive. Gana has hired a senior executive from Dara": one move, told
/// twice without a name.
fn fold(passages: &[Passage<'_>], found: &mut Vec<Candidate>) {
    let unnamed = |one: &Candidate| {
        one.person.is_none() && one.suppressed.is_none() && one.kind != Kind::Promoted
    };
    let mut at = 0;
    while at < found.len() {
        let again = found.get(at).filter(|one| unnamed(one)).and_then(|one| {
            let twin = |other: &Candidate| {
                unnamed(other)
                    && (other.field, other.sentence) != (one.field, one.sentence)
                    && (other.count == one.count || other.count <= 1 && one.count <= 1)
                    && open(passages, &one.from, &other.from)
                    && open(passages, &one.to, &other.to)
            };
            found.iter().skip(at + 1).position(twin).map(|offset| at + 1 + offset)
        });
        let Some(again) = again else {
            at += 1;
            continue;
        };
        let later = found.remove(again);
        if let Some(one) = found.get_mut(at) {
            one.from = one.from.take().or(later.from);
            one.to = one.to.take().or(later.to);
            one.score = one.score.max(later.score);
            one.status = one.status.max(later.status);
            one.kind = match (one.kind, &one.from, &one.to) {
                (Kind::Joined | Kind::Left, Some(_), Some(_)) => Kind::Moved,
                (kind, ..) => kind,
            };
        }
    }
}

/// "Gana poaches three Dara researchers. Ada Gray, Bo Field and Cy Hill will join ...": the names
/// take the ends of the group that they are.
fn complete(found: &mut Vec<Candidate>) {
    let group = |one: &Candidate| one.person.is_none() && one.count > 1 && one.suppressed.is_none();
    let Some(at) = found.iter().position(group) else { return };
    let Some(whole) = found.get(at).cloned() else { return };
    let fits = |one: &Candidate| {
        let end = |a: &Option<End>, b: &Option<End>| a.is_none() || b.is_none() || a == b;
        one.person.is_some()
            && one.suppressed.is_none()
            && end(&one.from, &whole.from)
            && end(&one.to, &whole.to)
            && one.field != Field::Content
    };
    // "Ada Gray and two others": she is none of the two.
    let beside = |one: &&Candidate| one.sentence == whole.sentence && one.field == whole.field;
    let told: Vec<&String> =
        found.iter().filter(beside).filter_map(|one| one.person.as_ref()).collect();
    let mut names: Vec<&String> =
        found.iter().filter(|one| fits(one)).filter_map(|one| one.person.as_ref()).collect();
    names.retain(|name| !told.contains(name));
    names.sort();
    names.dedup();
    if names.len() != whole.count as usize {
        return;
    }
    for one in found.iter_mut().filter(|one| fits(one)) {
        one.from = one.from.take().or_else(|| whole.from.clone());
        one.to = one.to.take().or_else(|| whole.to.clone());
        one.score = one.score.max(whole.score - 0.1);
        if one.from.is_some() && one.to.is_some() && one.kind != Kind::Founded {
            one.kind = Kind::Moved;
        }
    }
    found.remove(at);
}

/// "Gana's chief goes to Dara. Dara is hiring Ada Gray, co-founder Bo Field and ...": those hired
/// with her come from where she comes from.
fn siblings(passages: &[Passage<'_>], found: &mut Vec<Candidate>) {
    let same = |a: &Option<End>, b: &Option<End>| match (a, b) {
        (Some(End::Listed(a)), Some(End::Listed(b))) => {
            passages.first().is_some_and(|passage| passage.gazetteer.related(*a, *b))
        }
        (a, b) => a == b,
    };
    let told: Vec<Candidate> = found.to_vec();
    let open = |one: &Candidate| {
        one.person.is_some() && one.from.is_none() && one.to.is_some() && one.suppressed.is_none()
    };
    for one in found.iter_mut().filter(|one| open(one)) {
        let together = |other: &&Candidate| {
            other.sentence == one.sentence
                && other.trigger == one.trigger
                && other.field == one.field
        };
        let names: Vec<&String> =
            told.iter().filter(together).filter_map(|other| other.person.as_ref()).collect();
        let origin = told.iter().find(|other| {
            other.field == Field::Title
                && other.suppressed.is_none()
                && other.from.is_some()
                && same(&other.to, &one.to)
                && one.field != Field::Title
                && other.person.as_ref().is_none_or(|name| names.contains(&name))
        });
        if let Some(origin) = origin {
            one.from = origin.from.clone();
            one.kind = if one.kind == Kind::Joined { Kind::Moved } else { one.kind };
        }
    }
    // Whoever the title left without a name is one of them.
    let open = |end: &Option<End>, of: &Option<End>| end.is_none() || same(end, of);
    let named = |one: &Candidate| {
        let fits = |other: &&Candidate| {
            other.person.is_some()
                && other.suppressed.is_none()
                && other.field != Field::Title
                && open(&one.from, &other.from)
                && open(&one.to, &other.to)
        };
        found.iter().filter(fits).count() > 1
    };
    let unnamed = |one: &Candidate| {
        one.field == Field::Title
            && one.person.is_none()
            && one.count <= 1
            && one.suppressed.is_none()
            && one.kind != Kind::Promoted
            && one.to.is_some()
    };
    if let Some(at) = found.iter().position(|one| unnamed(one) && named(one)) {
        found.remove(at);
    }
}

/// "Gana's robotics chief departs: Ada Gray joins Dara": the name behind the colon is hers.
fn behind_colon(passages: &[Passage<'_>], found: &mut Vec<Candidate>) {
    let Some(title) = passages.iter().find(|passage| passage.field == Field::Title) else { return };
    let parted = |one: &Candidate, other: &Candidate| {
        let between = Span::new(one.trigger.end, other.trigger.start.max(one.trigger.end));
        title.text.get(between).contains(':')
    };
    let fits = |one: &Candidate, other: &Candidate| {
        one.person.is_none()
            && one.count <= 1
            && one.kind == Kind::Left
            && one.suppressed.is_none()
            && other.person.is_some()
            && other.kind == Kind::Joined
            && other.from.is_none()
            && one.field == Field::Title
            && other.field == Field::Title
            && parted(one, other)
    };
    let pairs =
        (1..found.len()).filter_map(|at| Some((at - 1, found.get(at - 1)?, found.get(at)?)));
    let hit = pairs.filter(|(_, one, other)| fits(one, other)).map(|(at, ..)| at).next();
    let Some(at) = hit else { return };
    let whole = found.remove(at);
    if let Some(named) = found.get_mut(at) {
        named.from = whole.from;
        named.role = named.role.take().or(whole.role);
        named.kind = Kind::Moved;
    }
}

pub(super) fn read_sentences<'a>(passage: &Passage<'a>) -> &'a [Span] {
    let limit = match passage.field {
        Field::Title => usize::MAX,
        Field::Summary => SUMMARY_SENTENCES,
        Field::Content => CONTENT_SENTENCES,
    };
    let sentences = &passage.text.sentences;
    sentences.get(..limit.min(sentences.len())).unwrap_or(sentences)
}

/// The company that "the company" of the summary means: the first one of the title.
fn title_house(passages: &[Passage<'_>]) -> Option<End> {
    let title = passages.iter().find(|passage| passage.field == Field::Title)?;
    let whole = |end: usize| title.text.norm.as_bytes().get(end) != Some(&b'-');
    let mut named =
        title.companies.iter().filter(|mention| !mention.by_product && whole(mention.span.end));
    named.next().map(|mention| End::Listed(mention.company))
}
