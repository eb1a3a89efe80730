//! Reads an article sentence by sentence, and completes one with what another tells.

use super::English;
use super::asked::Asked;
use super::bare;
use super::everyday::{self, Lead};
use super::exodus;
use super::frame;
use super::hope::Hope;
use super::identity;
use super::learned::Learned;
use super::origin;
use super::reading::{FOLLOWS, Moved, Reading};
use super::stale;
use super::tenor;
use super::theme::{headed, title_house};
use super::topic::Topic;
use super::unite;
use super::wording::is_hinted;
use crate::extract::candidate::{Candidate, Cue, Passage, Signs};
use crate::extract::company::CompanyMention;
use crate::extract::lexicon::TriggerMention;
use crate::extract::sentence;
use crate::extract::text::Span;
use crate::model::{Field, Status};

/// Sentences of a summary and of the full text that are read for moves.
const SUMMARY_SENTENCES: usize = 6;
const CONTENT_SENTENCES: usize = 12;

/// True unless a short article surely tells nothing, given title and summary, the companies of the
/// title and the cues of both.
pub(super) fn may_tell(
    grammar: &English,
    texts: [&str; 2],
    companies: &[CompanyMention],
    cues: [&[Cue]; 2],
) -> bool {
    let [title, summary] = texts.map(sentence::split);
    let [told, behind] = cues;
    let found = |text: &str, cues| grammar.lexicon.found(text, cues).collect::<Vec<_>>();
    let triggers = (found(texts[0], told), found(texts[1], behind));
    let lead = |text, sentences, triggers| Lead { text, sentences, triggers };
    let first = summary.get(..SUMMARY_SENTENCES).unwrap_or(&summary);
    let leads = [lead(texts[0], &title, &triggers.0), lead(texts[1], first, &triggers.1)];
    everyday::is_read(grammar, &leads, bare::is_terse(texts[0], companies))
}

fn lead<'a>(passage: &'a Passage<'_>, triggers: &'a [TriggerMention]) -> Lead<'a> {
    Lead { text: &passage.text.norm, sentences: read_sentences(passage), triggers }
}

/// True where [`may_tell`] has been asked before.
fn was_asked(passages: &[Passage<'_>]) -> bool {
    passages.iter().all(|passage| passage.cues.is_some() && passage.field != Field::Content)
}

/// Finds the candidates of one article.
pub(super) fn candidates(grammar: &English, passages: &[Passage<'_>]) -> Vec<Candidate> {
    let is_read =
        |leads: &[Lead<'_>], terse| was_asked(passages) || everyday::is_read(grammar, leads, terse);
    look(grammar, passages, is_read, |asked, mut found| {
        let rumour = || passages.iter().any(|passage| is_rumour(grammar, passage));
        let learned = Learned { grammar, passages, asked };
        if !learned.doubt(&mut found) {
            learned.complete(rumour, &mut found);
        }
        learned.name(&mut found);
        origin::relate(passages, &mut found);
        found
    })
}

/// The signs by which the learned model judges the article.
pub(super) fn signs(grammar: &English, passages: &[Passage<'_>]) -> Signs {
    // The model learns from what its first look will end as well.
    let is_read = |leads: &[Lead<'_>], terse| {
        let title = leads.first().map_or("", |lead| lead.text);
        terse || everyday::is_told(grammar, leads) || is_hinted(grammar, title)
    };
    look(grammar, passages, is_read, |asked, found| {
        Learned { grammar, passages, asked }.signs(&found)
    })
}

/// What the grammar reads, handed on; nothing where no word may tell of a move.
fn look<T: Default>(
    grammar: &English,
    passages: &[Passage<'_>],
    is_read: impl FnOnce(&[Lead<'_>], bool) -> bool,
    next: impl FnOnce(&Asked<'_>, Vec<Candidate>) -> T,
) -> T {
    let triggers: Vec<Vec<TriggerMention>> =
        passages.iter().map(|one| find(grammar, one)).collect();
    let terse = passages.iter().any(is_terse);
    let both = passages.iter().zip(&triggers);
    let leads: Vec<Lead<'_>> = both.map(|(passage, triggers)| lead(passage, triggers)).collect();
    if !is_read(&leads, terse) {
        return T::default();
    }
    let article = Asked::new(grammar, passages, &triggers);
    let mut found = read(grammar, passages, terse, &article);
    if !found.is_empty() {
        settle(grammar, passages, &article, &mut found);
    }
    next(&article, found)
}

/// Reads the sentences one by one.
fn read<'a>(
    grammar: &'a English,
    passages: &'a [Passage<'a>],
    terse: bool,
    article: &'a Asked<'a>,
) -> Vec<Candidate> {
    let hopes: Vec<Vec<Hope>> = (0..passages.len()).map(|number| article.hope(number)).collect();
    let terse = |passage: &Passage<'_>| terse && passage.field == Field::Title;
    if !hopes.iter().flatten().any(|hope| *hope == Hope::Some) && !passages.iter().any(terse) {
        return Vec::new();
    }
    let mut house = title_house(passages);
    let mut found = Vec::new();
    for (number, (passage, hopes)) in passages.iter().zip(&hopes).enumerate() {
        for (index, (sentence, hope)) in read_sentences(passage).iter().zip(hopes).enumerate() {
            // The title may tell the others whose company it is about.
            let read = match passage.field {
                Field::Title => terse(passage) || *hope != Hope::Untold,
                _ => *hope == Hope::Some,
            };
            if !read {
                continue;
            }
            let moved = match passage.field {
                Field::Title => Moved { from: house.clone(), to: house.clone() },
                _ => Moved::told(&found, house.as_ref()),
            };
            let mut reading = Reading {
                grammar,
                passage,
                article: Some(article),
                house: house.clone(),
                moved,
                topic: Some(Topic::told(&found, passage.field, *sentence)),
                sentence: *sentence,
                index,
            };
            let chunks = article.chunks(number, index);
            if passage.field == Field::Title
                && let Some(headed) = headed(passage, &chunks)
            {
                house = Some(headed);
                reading.house = house.clone();
                reading.moved = Moved { from: house.clone(), to: house.clone() };
            }
            let before = found.len();
            reading.sentence(&chunks, &mut found);
            let told = found.iter().skip(before).any(|one| one.pattern != FOLLOWS);
            if !told && terse(passage) {
                reading.bare(&reading.reader(&chunks), &mut found);
            }
        }
    }
    found
}

/// Completes what one sentence tells with what the others do, and judges it as a whole.
fn settle<'a>(
    grammar: &'a English,
    passages: &'a [Passage<'a>],
    article: &'a Asked<'a>,
    found: &mut Vec<Candidate>,
) {
    unite::follow(found);
    unite::fold(&grammar.words, passages, found);
    unite::complete(found);
    identity::complete(grammar, passages, article, found);
    unite::siblings(passages, found);
    unite::behind_colon(passages, found);
    unite::agree(passages, found);
    unite::members(passages, found);
    origin::complete(passages, found);
    frame::complete(passages, found);
    exodus::complete(passages, found);
    let reported = |one: &Candidate| one.status == Status::Reported;
    if found.iter().any(reported) && passages.iter().any(|passage| is_rumour(grammar, passage)) {
        for one in found.iter_mut().filter(|one| reported(one)) {
            one.status = Status::Rumoured;
        }
    }
    tenor::quieten(article, found);
    tenor::promote(passages, found);
    tenor::keep(found);
    tenor::date(found);
    tenor::advertise(article, found);
    stale::quieten(grammar, passages, found);
    tenor::stay(article, found);
    if retells(grammar, passages) {
        let told = |one: &Candidate| is_news(passages, one);
        let others = |one: &&mut Candidate| one.field != Field::Title && !told(one);
        for candidate in found.iter_mut().filter(others) {
            candidate.score -= 0.4;
        }
    }
}

fn is_terse(passage: &Passage<'_>) -> bool {
    passage.field == Field::Title && bare::is_terse(&passage.text.norm, passage.companies)
}

/// The triggers of a passage.
fn find(grammar: &English, passage: &Passage<'_>) -> Vec<TriggerMention> {
    match passage.cues {
        Some(cues) => grammar.lexicon.found(&passage.text.norm, cues).collect(),
        None => grammar.lexicon.find(passage.text),
    }
}

/// True where the title or the summary names nobody but people who know as its source.
fn is_rumour(grammar: &English, passage: &Passage<'_>) -> bool {
    passage.field != Field::Content
        && read_sentences(passage).iter().any(|sentence| {
            let told = passage.text.get(*sentence).to_lowercase();
            let told = told.replace(|ch: char| !ch.is_alphanumeric() && ch != '\'', " ");
            let says = |word: &&str| *word == "say" || grammar.words.is("say", word);
            // "Gana says she was fired; people close to her say she resigned": two accounts.
            grammar.words.any_phrase("people_who_know", &told)
                && told.split(' ').filter(says).count() < 2
        })
}

/// "Gana has hired Ada Gray", "resigned on Friday": news all the same, whatever the title asks.
fn is_news(passages: &[Passage<'_>], one: &Candidate) -> bool {
    let title = passages.first().map_or("", |title| title.text.norm.as_str());
    if !title.starts_with("Why ") && !title.starts_with("How ") && !title.ends_with('?') {
        return false;
    }
    let passage = passages.iter().find(|passage| passage.field == one.field);
    passage.is_some_and(|passage| {
        let before = passage.text.get(Span::new(one.sentence.start, one.trigger.start));
        let mut near = before.trim_end().rsplit(' ').take(2);
        let few = one.person.is_some() || one.count < 10;
        let told = passage.text.get(one.sentence).to_lowercase();
        let days = [" on monday", " on tuesday", " on wednesday", " on thursday", " on friday"];
        let fresh = one.person.is_some() && days.iter().any(|day| told.contains(day));
        few && one.field == Field::Summary && (fresh || near.any(|word| word == "has"))
    })
}

/// "How Ada Gray came to leave Gana": the title opens a story, not a piece of news.
pub(super) fn retells(grammar: &English, passages: &[Passage<'_>]) -> bool {
    passages.first().is_some_and(|title| {
        let title = title.text.norm.trim_end();
        // "Gana's revolving door: who has left?".
        let question =
            title.strip_suffix('?').and_then(|asked| asked.rsplit([':', '.', ';']).next());
        let opens = |part: &str| {
            let mut words = part.split(|ch: char| !ch.is_alphanumeric());
            let first = words.find(|word| !word.is_empty()).unwrap_or("");
            grammar.words.is("retelling", &first.to_lowercase())
        };
        let first = title.split(|ch: char| !ch.is_alphanumeric()).next().unwrap_or("");
        opens(first) || question.is_some_and(opens)
    })
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
