//! Reads the passages of an article, trigger by trigger, into candidates.

use std::collections::HashSet;

use super::English;
use super::article::{self, Article};
use super::chunk::{self, Chunk, Item, Setting};
use super::class::Class;
use super::ends::Ends;
use super::origin;
use super::phrase::{Named, Phrase, Reader};
use super::subject::Between;
use super::token;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::lexicon::TriggerMention;
use crate::extract::text::Span;
use crate::model::{Field, Kind};

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
            let reading = Reading {
                grammar,
                passage,
                article: &article,
                house: house.clone(),
                sentence: *sentence,
                index,
            };
            let chunks = reading.chunks(triggers, &article.known);
            reading.sentence(&chunks, &mut found);
        }
    }
    complete(&mut found);
    origin::complete(passages, &mut found);
    let retells = passages.first().is_some_and(|title| {
        let first = title.text.norm.split(|ch: char| !ch.is_alphanumeric()).next().unwrap_or("");
        grammar.words.is("retelling", &first.to_lowercase())
    });
    if retells {
        for candidate in found.iter_mut().filter(|candidate| candidate.field != Field::Title) {
            candidate.score -= 0.4;
        }
    }
    found
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
    let mut names: Vec<&String> =
        found.iter().filter(|one| fits(one)).filter_map(|one| one.person.as_ref()).collect();
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

/// One sentence and what is known around it.
pub(super) struct Reading<'a> {
    pub(super) grammar: &'a English,
    pub(super) passage: &'a Passage<'a>,
    pub(super) article: &'a Article,
    pub(super) house: Option<End>,
    pub(super) sentence: Span,
    pub(super) index: usize,
}

/// One trigger with its parts.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub(super) phrase: Phrase,
    pub(super) between: Between,
    pub(super) ends: Ends,
    pub(super) class: Class,
    pub(super) kind: Kind,
    pub(super) score: f64,
    pub(super) pattern: &'static str,
}

impl Reading<'_> {
    pub(super) fn chunks(
        &self,
        triggers: &[TriggerMention],
        known: &HashSet<String>,
    ) -> Vec<Chunk> {
        let tokens = token::tokens(self.passage.text, self.sentence);
        let long =
            |token: &&token::Token| token.lower.len() > 3 && token.kind == token::TokenKind::Word;
        let words = tokens.iter().filter(long).count();
        let capitals = tokens.iter().filter(long).filter(|token| token.cap).count();
        let within = |spans: Span| self.sentence.contains(spans);
        let triggers: Vec<TriggerMention> =
            triggers.iter().copied().filter(|hit| within(hit.span)).collect();
        let setting = Setting {
            words: &self.grammar.words,
            companies: self.passage.companies,
            triggers: &triggers,
            known,
            people: self.passage.people,
            title_case: capitals * 10 >= words * 7 && words > 2,
        };
        chunk::chunks(&tokens, &setting)
    }

    fn sentence(&self, chunks: &[Chunk], found: &mut Vec<Candidate>) {
        let long: Vec<&Chunk> = chunks.iter().filter(|c| c.lower.len() > 3).collect();
        let capitals = long.iter().filter(|chunk| chunk.cap).count();
        let reader = Reader {
            chunks,
            words: &self.grammar.words,
            text: self.passage.text,
            title_case: capitals * 10 >= long.len() * 7 && long.len() > 2,
        };
        let mut previous: Option<Phrase> = None;
        let mut read_to = 0;
        let mut passive = false;
        for (index, chunk) in chunks.iter().enumerate() {
            let Item::Trigger(trigger) = chunk.item else {
                if chunk.item == Item::Stop {
                    previous = None;
                }
                continue;
            };
            let class = self.grammar.class(trigger);
            if index < read_to && class == Class::Join || reader.is_adjective(index, class) {
                continue;
            }
            let Some(parts) = self.parts(&reader, index, class, previous.as_ref(), passive) else {
                continue;
            };
            read_to = parts.ends.end;
            previous = Some(parts.phrase.clone());
            passive = parts.class == Class::PassiveFire;
            self.emit(&reader, index, &parts, found);
        }
    }

    /// Reads the trigger at chunk `index` by its class.
    fn parts(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        previous: Option<&Phrase>,
        previous_passive: bool,
    ) -> Option<Parts> {
        let verb = matches!(
            reader.lower(index.wrapping_sub(1)),
            "to" | "will" | "may" | "could" | "would" | "might" | "and"
        );
        let class = if class == Class::Departure && reader.lower(index) == "exit" && verb {
            Class::Leave
        } else {
            class
        };
        if class.is_noun() {
            return self.noun(reader, index, class);
        }
        let mut subject = reader.subject(index);
        let reduced = subject.phrase.is_none() && !subject.between.pronoun && previous_passive;
        if (subject.shared || reduced) && subject.phrase.is_none() {
            subject.phrase = previous.cloned();
        }
        let pronoun = subject.between.pronoun && subject.phrase.is_none();
        if pronoun && !subject.between.first_person {
            subject.phrase =
                if subject.between.it { self.house_phrase() } else { self.sole_person() };
        }
        match class {
            Class::Hire | Class::Fire | Class::Lose => {
                self.transitive(reader, index, class, subject)
            }
            _ => self.intransitive(reader, index, class, subject, pronoun),
        }
    }

    /// The one person that the article is about.
    pub(super) fn sole_person(&self) -> Option<Phrase> {
        let (field, span, _) = self.article.sole.as_ref()?;
        let span = if *field == self.passage.field { *span } else { Span::new(0, 0) };
        Some(Phrase { persons: vec![Named { span, sure: true }], ..Phrase::default() })
    }

    /// "It": the company that the title is about.
    pub(super) fn house_phrase(&self) -> Option<Phrase> {
        let org = self.house.clone()?;
        Some(Phrase { org: Some(org), organisation: true, ..Phrase::default() })
    }

    pub(super) fn classes(&self) -> impl Fn(u16) -> Class + '_ {
        |trigger| self.grammar.class(trigger)
    }
}

pub(super) fn pattern(class: Class) -> &'static str {
    match class {
        Class::Join => "en.join",
        Class::Leave => "en.leave",
        Class::Hire => "en.hire",
        Class::Fire => "en.fire",
        Class::Lose => "en.lose",
        Class::Found => "en.found",
        Class::Become => "en.become",
        Class::Promote => "en.promote",
        Class::Departure => "en.departure",
        Class::Arrival => "en.arrival",
        Class::Passive => "en.hired",
        Class::PassiveFire => "en.fired",
    }
}
