//! Reads the passages of an article, trigger by trigger, into candidates.

use super::English;
use super::asked::{Asked, Known};
use super::chunk::{self, Chunk, Item, Setting};
use super::class::Class;
use super::ends::Ends;
use super::phrase::{Phrase, Reader};
use super::seat::is_swap;
use super::subject::Between;
use super::token::{Token, TokenKind};
use super::topic::Topic;
use super::turn;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::lexicon::TriggerMention;
use crate::extract::text::{Span, Text};
use crate::model::{Field, Kind};

/// One sentence and what is known around it.
pub(super) struct Reading<'a> {
    pub(super) grammar: &'a English,
    pub(super) passage: &'a Passage<'a>,
    /// `None` while its people are looked for.
    pub(super) article: Option<&'a Asked<'a>>,
    pub(super) house: Option<End>,
    /// The companies that are left and joined where the text says "the company".
    pub(super) moved: Moved,
    /// Whom the sentences before last spoke of; `None` where nobody asks.
    pub(super) topic: Option<Topic>,
    pub(super) sentence: Span,
    pub(super) index: usize,
}

/// From where and to where the title's people go.
#[derive(Debug, Clone, Default)]
pub(super) struct Moved {
    pub(super) from: Option<End>,
    pub(super) to: Option<End>,
}

impl Moved {
    /// By what the title tells; its own company where it tells nothing.
    pub(super) fn told(found: &[Candidate], house: Option<&End>) -> Self {
        let told = found.iter().find(|one| {
            one.field == Field::Title && one.suppressed.is_none() && one.kind != Kind::Promoted
        });
        let (from, to) = told.map_or((None, None), |one| (one.from.as_ref(), one.to.as_ref()));
        let left = if to.is_some() && to == house { from } else { house };
        let joined = if from.is_some() && from == house && to.is_some() { to } else { house };
        Self { from: left.cloned(), to: joined.cloned() }
    }
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
    pub(super) fn chunks<'t>(
        &self,
        tokens: &[Token<'t>],
        triggers: &[TriggerMention],
        text: &'t Text,
        known: &dyn Known,
    ) -> Vec<Chunk<'t>> {
        // The names of companies have capitals anyway.
        let company = |span| chunk::starting_at(self.passage.companies, |m| m.span, span).is_some();
        let long = |token: &&Token<'_>| token.lower.len() > 3 && token.kind == TokenKind::Word;
        let (mut words, mut capitals) = (0, 0);
        for token in tokens.iter().filter(long).filter(|token| !company(token.span)) {
            words += 1;
            capitals += usize::from(token.cap);
        }
        let within = |spans: Span| self.sentence.contains(spans);
        let triggers: Vec<TriggerMention> =
            triggers.iter().copied().filter(|hit| within(hit.span)).collect();
        let setting = Setting {
            words: &self.grammar.words,
            companies: self.passage.companies,
            triggers: &triggers,
            article: known,
            people: self.passage.people,
            title_case: capitals * 10 >= words * 7 && words > 2 && !small_verb(tokens, &triggers),
        };
        let mut chunks = chunk::chunks(text, tokens, &setting);
        self.call_by_heads(&mut chunks);
        chunks
    }

    pub(super) fn reader<'b>(&'b self, chunks: &'b [Chunk<'b>]) -> Reader<'b> {
        let long: Vec<&Chunk> = chunks
            .iter()
            .filter(|chunk| chunk.lower.len() > 3 && !matches!(chunk.item, Item::Org { .. }))
            .collect();
        let capitals = long.iter().filter(|chunk| chunk.cap).count();
        Reader {
            chunks,
            words: &self.grammar.words,
            text: self.passage.text,
            title_case: capitals * 10 >= long.len() * 7 && long.len() > 2,
        }
    }

    pub(super) fn sentence(&self, chunks: &[Chunk<'_>], found: &mut Vec<Candidate>) {
        let reader = self.reader(chunks);
        let mut previous: Option<Phrase> = None;
        let mut read_to = 0;
        let mut passive = false;
        for (index, chunk) in chunks.iter().enumerate() {
            let Item::Trigger(trigger) = chunk.item else {
                if chunk.item == Item::Stop && !reader.pauses(index) {
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
        let class =
            if class == Class::Found && reader.starts_as(index) { Class::Join } else { class };
        if class.is_noun() {
            return self.noun(reader, index, class);
        }
        if class == Class::Next {
            return self.next_stop(reader, index);
        }
        if is_swap(reader.lower(index)) {
            return self.goes_or_comes(reader, index);
        }
        let before = || (0..index).rev().map(|at| reader.lower(at));
        let turn = turn::of(reader.lower(index), before);
        let verb = match turn {
            Some((_, begins)) => index - begins?,
            None => index,
        };
        // "Fills a post with Ada Gray", "takes a post with Gana".
        let staffs = turn.is_some_and(|(turn, _)| turn.outsiders);
        let presented = class == Class::Found && reader.presents(index);
        let class = if staffs || presented { Class::Hire } else { class };
        if class == Class::Hire
            && let Some(parts) = self.chooses(reader, index)
        {
            return Some(parts);
        }
        let shows =
            ["introduc", "present"].iter().any(|stem| reader.lower(index).starts_with(stem));
        if class == Class::Found && shows {
            return None;
        }
        let mut subject = reader.subject(verb);
        if class == Class::Join && self.passage.field == Field::Title {
            reader.owner_of_move(verb, &mut subject);
        }
        let reduced = subject.phrase.is_none() && !subject.between.pronoun && previous_passive;
        if (subject.shared || reduced) && subject.phrase.is_none() {
            let leads = || if class.is_going() { reader.clause_lead(index) } else { None };
            subject.phrase = previous.cloned().or_else(leads);
        }
        if subject.phrase.is_none() && subject.between.to && class == Class::Join {
            subject.phrase = reader.infinitive_lead(verb);
        }
        // "Ada Gray makes a big move by returning to Gana".
        if subject.phrase.is_none()
            && class.is_going()
            && reader.lower(verb.wrapping_sub(1)) == "by"
            && reader.lower(verb).contains("ing")
        {
            subject.phrase = reader.clause_lead(verb);
        }
        if subject.phrase.is_none() && class.is_going() {
            let title = self.passage.field == Field::Title;
            let behind = || if title { reader.past_colon(verb) } else { None };
            subject.phrase = behind().or_else(|| reader.inverted(verb));
        }
        if subject.phrase.is_none() && reader.by_age(verb) {
            subject.phrase = self.sole_person();
        }
        // "Ada Gray wrote that Friday would be her last day at Gana".
        if subject.phrase.is_none()
            && class == Class::Leave
            && reader.lower(index).contains(" day at")
        {
            subject.phrase = self.nearest_person(reader, index);
        }
        let pronoun = subject.between.pronoun && subject.phrase.is_none();
        if pronoun && !subject.between.first_person {
            subject.phrase = match subject.between {
                Between { it: true, .. } => {
                    reader.house_that_says(verb).or_else(|| self.house_phrase())
                }
                Between { they: true, .. } => self.several(),
                _ => self.sole_person(),
            };
        }
        if let Some(phrase) =
            subject.phrase.as_mut().filter(|phrase| self.refers_back(reader, phrase))
            && let Some(known) = self.sole_person()
        {
            phrase.persons = known.persons;
        }
        let whom = if turn.is_some_and(|(turn, _)| turn.between) { verb } else { index };
        let parts = match class {
            Class::Hire | Class::Fire | Class::Lose => {
                self.transitive(reader, whom, class, subject)
            }
            _ => self.intransitive(reader, index, class, subject, pronoun),
        };
        parts.filter(|parts| turn.is_none_or(|(turn, _)| turn.allows(parts)))
    }

    pub(super) fn classes(&self) -> impl Fn(u16) -> Class + '_ {
        |trigger| self.grammar.class(trigger)
    }
}

/// "hires": in title case, verbs have capitals too.
fn small_verb(tokens: &[Token<'_>], triggers: &[TriggerMention]) -> bool {
    let verb = |token: &&Token<'_>| {
        !token.cap
            && token.lower.len() > 3
            && token.lower.ends_with('s')
            && chunk::starting_at(triggers, |hit| hit.span, token.span)
                .is_some_and(|hit| hit.span.start == token.span.start)
    };
    tokens.iter().any(|token| verb(&token))
}

/// Whoever goes the way of the one before.
pub(super) const FOLLOWS: &str = "en.follow";

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
        Class::Next => "en.next",
        Class::Passive => "en.hired",
        Class::PassiveFire => "en.fired",
    }
}
