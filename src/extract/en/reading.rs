//! Reads the passages of an article, trigger by trigger, into candidates.

use std::collections::HashSet;

use super::English;
use super::article::{self, Article};
use super::chunk::{self, Chunk, Item, Setting};
use super::class::Class;
use super::ends::Ends;
use super::judge::{self, Facts};
use super::object::Object;
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
    if triggers.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let article = article::people(grammar, passages, &triggers);
    let house = title_house(passages);
    let mut found = Vec::new();
    for (passage, triggers) in passages.iter().zip(&triggers) {
        for (index, sentence) in read_sentences(passage).iter().enumerate() {
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
    let mut named = title.companies.iter().filter(|mention| !mention.by_product);
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

    /// Joins, leaves, founds, becomes, is promoted.
    fn intransitive(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        subject: Subject,
        pronoun: bool,
    ) -> Option<Parts> {
        let phrase = subject.phrase?;
        let mut ends = reader.ends(index + 1, class, &self.classes());
        let mut score: f64 = if pronoun { 0.75 } else { 0.9 };
        match (class, &ends.object) {
            (_, Some(Object::Org { loose: true, .. })) => score = 0.3,
            (Class::Leave, Some(Object::Other)) | (Class::Join, Some(Object::Other)) => {
                return None;
            }
            (Class::Leave, Some(Object::House)) | (Class::Leave, Some(Object::None))
                if ends.from.is_none() =>
            {
                ends.from = phrase.org.clone();
                if ends.from.is_none() {
                    ends.from = self.house.clone().filter(|house| Some(house) != ends.to.as_ref());
                    score -= if matches!(ends.object, Some(Object::House)) { 0.1 } else { 0.25 };
                }
            }
            (Class::Join, Some(Object::House)) if ends.to.is_none() => {
                if phrase.org.is_some() && phrase.org == self.house {
                    return None;
                }
                ends.to = self.house.clone();
                score -= 0.15;
            }
            (Class::Join, Some(Object::None)) if ends.to.is_none() => return None,
            _ => {}
        }
        let mut kind = Kind::Left;
        match class {
            Class::Join => {
                kind = Kind::Joined;
                let board = (index + 1..index + 9)
                    .any(|at| reader.words.is("current_board", reader.lower(at)));
                let stays = board && !phrase.former;
                let origin =
                    phrase.org.clone().filter(|org| Some(org) != ends.to.as_ref() && !stays);
                let guess = matches!(ends.to, Some(End::Unlisted(_))) && ends.from.is_none();
                if guess && !phrase.former && (ends.role.is_none() || board) {
                    score -= 0.5;
                }
                ends.from = ends.from.or(origin);
            }
            Class::Found => {
                if !reader.mentions_startup(index + 1) || phrase.persons.is_empty() {
                    return None;
                }
                kind = Kind::Founded;
                let (object, _) = reader.object(index + 1);
                let near = (index + 1..index + 9).find_map(|at| match reader.item(at)? {
                    Item::Org { company, product: false } => Some(End::Listed(company)),
                    _ => None,
                });
                ends.to = match object {
                    Object::Org { end: End::Listed(_), loose: true } => return None,
                    Object::Org { end: end @ End::Listed(_), .. } => Some(end),
                    _ => near,
                };
                ends.from = phrase.org.clone().filter(|_| phrase.former);
            }
            Class::Become => {
                kind = Kind::Joined;
                let own = (index + 1..index + 5).any(|at| {
                    reader.words.is("house", reader.lower(at))
                        && reader.item(at + 1) == Some(Item::Poss)
                        || reader.lower(at) == "its"
                });
                if own {
                    let named = (0..index).find_map(|at| match reader.item(at)? {
                        Item::Org { company, product: false } => Some(End::Listed(company)),
                        _ => None,
                    });
                    let other = |end: &End| Some(end) != phrase.org.as_ref();
                    ends.to = ends
                        .to
                        .or(named.filter(other))
                        .or_else(|| self.house.clone().filter(other));
                }
                if phrase.org.is_none() || ends.to.is_none() || phrase.org == ends.to {
                    return None;
                }
                ends.from = phrase.org.clone();
            }
            Class::Promote => {
                kind = Kind::Promoted;
                ends.to = ends.to.or_else(|| phrase.org.clone());
            }
            _ => {}
        }
        if class == Class::Leave && ends.founds {
            kind = Kind::Founded;
        }
        Some(Parts {
            phrase,
            between: subject.between,
            ends,
            class,
            kind,
            score,
            pattern: pattern(class),
        })
    }

    /// Hires, fires, loses; active and passive.
    fn transitive(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        subject: Subject,
    ) -> Option<Parts> {
        let lower = reader.lower(index);
        let participle =
            lower.ends_with("ed") || lower.ends_with("let go") || lower == "hired away";
        let people = subject
            .phrase
            .as_ref()
            .is_some_and(|phrase| phrase.is_people() && !is_board(reader, phrase));
        let object = reader.phrase_after(index + 1);
        let owns = |phrase: &Phrase| !phrase.persons.is_empty();
        let active_object = object.as_ref().is_some_and(owns);
        if participle && class != Class::Lose && (subject.between.be || people && !active_object) {
            return self.passive(reader, index, class, subject);
        }
        let mut phrase = object?;
        if !phrase.is_people() {
            return None;
        }
        let (employer, listed) = match employer(reader, index, &subject) {
            Some(employer) => (employer, true),
            None if self.says_house(reader, index) => (self.house.clone()?, false),
            None => (unlisted_employer(reader, index, &phrase)?, false),
        };
        let guessed = !listed || subject.between.it;
        if guessed && phrase.org.as_ref() == Some(&employer) {
            return None;
        }
        let described = phrase.count.is_some() || phrase.org.is_some() || phrase.former;
        if phrase.persons.is_empty()
            && matches!(
                lower,
                "named"
                    | "names"
                    | "adds"
                    | "lands"
                    | "welcomes"
                    | "picks"
                    | "picked"
                    | "signs up"
                    | "grabs"
                    | "brings in"
            )
            && !described
        {
            return None;
        }
        let tail_class = if class == Class::Hire { Class::Arrival } else { class };
        let mut ends = Ends { end: phrase.end, ..Ends::default() };
        reader.tail(phrase.end, tail_class, &self.classes(), &mut ends);
        let mut score = 0.9;
        let kind = if class == Class::Hire {
            let origin = phrase.org.clone().filter(|org| *org != employer);
            if !matches!(ends.from, Some(End::Listed(_))) && origin.is_some() {
                ends.from = origin;
            }
            ends.to = Some(employer.clone());
            if phrase.org.as_ref() == Some(&employer) && ends.from.is_none() && !phrase.former {
                return None;
            }
            Kind::Joined
        } else {
            ends.from = Some(employer);
            Kind::Left
        };
        if guessed {
            score -= 0.15;
        }
        phrase.former = false;
        Some(Parts {
            phrase,
            between: subject.between,
            ends,
            class,
            kind,
            score,
            pattern: pattern(class),
        })
    }

    /// "The startup has hired": the company that the title is about.
    fn says_house(&self, reader: &Reader<'_>, index: usize) -> bool {
        let auxiliary = |at: &usize| reader.words.is("auxiliary", reader.lower(*at));
        let subject = (0..index).rev().find(|at| !auxiliary(at));
        subject.is_some_and(|at| reader.words.is("house", reader.lower(at)))
    }

    /// "Ada Gray named chief scientist of Gana".
    fn passive(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        subject: Subject,
    ) -> Option<Parts> {
        let phrase = subject.phrase?;
        if !phrase.is_people() {
            return None;
        }
        let class = if class == Class::Hire { Class::Passive } else { Class::PassiveFire };
        let mut ends = Ends { end: index + 1, ..Ends::default() };
        reader.tail(index + 1, class, &self.classes(), &mut ends);
        let kind = if class == Class::Passive {
            let origin = phrase.org.clone().filter(|org| Some(org) != ends.to.as_ref());
            ends.to.as_ref()?;
            ends.from = ends.from.or(origin);
            Kind::Joined
        } else {
            ends.from = ends.from.or_else(|| phrase.org.clone()).or_else(|| self.house.clone());
            Kind::Left
        };
        Some(Parts {
            phrase,
            between: subject.between,
            ends,
            class,
            kind,
            score: 0.85,
            pattern: pattern(class),
        })
    }

    /// "Ada Gray's departure from Gana", "announced her resignation".
    fn noun(&self, reader: &Reader<'_>, index: usize, class: Class) -> Option<Parts> {
        let mut left = index;
        while reader.before(left).is_some_and(|chunk| {
            chunk.item == Item::Word
                && !reader.words.is_function(&chunk.lower)
                && left + 3 > index
                && left > 0
        }) {
            left -= 1;
        }
        let mut between = Between::default();
        let mut score = 0.85;
        let owner = reader.before(left);
        let phrase = if owner.is_some_and(|chunk| chunk.item == Item::Poss) {
            reader.phrase_before(left.saturating_sub(1))
        } else if reader.lower(index + 1) == "of" {
            reader.phrase_after(index + 2)
        } else if owner.is_some_and(|chunk| matches!(chunk.lower.as_str(), "his" | "her" | "their"))
        {
            between.pronoun = true;
            let announced = (left.saturating_sub(6)..left)
                .any(|at| reader.words.is("confirm", reader.lower(at)));
            if !announced {
                between.had = true;
            }
            self.nearest_person(reader, left)
        } else if self.passage.field == Field::Title {
            score = 0.75;
            reader.phrase_before(index).filter(Phrase::is_people)
        } else {
            None
        }?;
        if !phrase.is_people() {
            return None;
        }
        let mut ends = Ends { end: index + 1, ..Ends::default() };
        reader.tail(index + 1, class, &self.classes(), &mut ends);
        let kind = if class == Class::Departure {
            if ends.from.is_none() {
                ends.from = phrase.org.clone().or_else(|| self.house.clone());
                score -= if phrase.org.is_some() { 0.0 } else { 0.1 };
            }
            Kind::Left
        } else {
            ends.to = ends.to.take().or_else(|| self.house.clone());
            Kind::Joined
        };
        let before = (phrase.first.min(left).saturating_sub(3)..phrase.first.min(left))
            .any(|at| reader.words.is("subordinator", reader.lower(at)));
        between.had |= before;
        Some(Parts { phrase, between, ends, class, kind, score, pattern: pattern(class) })
    }

    fn nearest_person(&self, reader: &Reader<'_>, index: usize) -> Option<Phrase> {
        let at = (0..index).rev().find(|at| matches!(reader.item(*at), Some(Item::Person { .. })));
        match at {
            Some(at) => reader.phrase_before(at + 1),
            None => self.sole_person(),
        }
    }

    fn emit(&self, reader: &Reader<'_>, index: usize, parts: &Parts, found: &mut Vec<Candidate>) {
        let Parts { phrase, ends, kind, .. } = parts;
        let Some(trigger) = reader.at(index).map(|chunk| chunk.span) else { return };
        let kind = match (kind, &ends.from, &ends.to) {
            (Kind::Joined | Kind::Left, Some(_), Some(_)) => Kind::Moved,
            (kind, ..) => *kind,
        };
        let role = phrase.role.or(ends.role).map(|span| role_text(&reader.text_of(span)));
        let facts = Facts {
            between: parts.between,
            class: parts.class,
            index,
            phrase_first: phrase.first,
            field: self.passage.field,
            sentence_index: self.index,
            year: self.passage.year,
            month: self.passage.month,
            trigger: reader.lower(index),
            generic: phrase.persons.is_empty()
                && phrase.plural
                && phrase.count.is_none()
                && reader.names_listed(index).is_empty(),
            both_ends: ends.from.is_some() && ends.to.is_some(),
            organisation: phrase.organisation,
            product: phrase.product,
            named: !phrase.persons.is_empty(),
        };
        let suppressed = judge::reason(reader, &facts);
        let status = judge::status(reader, &facts);
        let base = Candidate {
            field: self.passage.field,
            person: None,
            person_span: None,
            count: phrase.count.unwrap_or(1),
            from: ends.from.clone(),
            to: ends.to.clone(),
            role,
            kind,
            status,
            trigger,
            sentence: self.sentence,
            suppressed,
            score: judge::score(parts.score, &facts),
            pattern: parts.pattern,
        };
        let listed = if phrase.persons.is_empty() && phrase.plural {
            reader.names_listed(index)
        } else {
            Vec::new()
        };
        if phrase.persons.is_empty() && listed.is_empty() {
            found.push(base);
            return;
        }
        let companions = reader.companions(ends, index);
        for named in phrase.persons.iter().chain(&listed).chain(&companions) {
            let written = match named.span.end {
                0 => {
                    self.article.sole.as_ref().map(|(_, _, name)| name.clone()).unwrap_or_default()
                }
                _ => reader.text_of(named.span),
            };
            let name = self.article.full_name(&written, self.passage.people);
            let single = !name.contains(' ');
            let doubt = if single {
                0.45
            } else if named.sure {
                0.0
            } else {
                0.1
            };
            found.push(Candidate {
                person: Some(name),
                person_span: (named.span.end > 0).then_some(named.span),
                count: 1,
                score: base.score - doubt,
                ..base.clone()
            });
        }
    }
}

/// The company that hires or fires: the subject, or the company that the subject speaks for.
fn employer(reader: &Reader<'_>, index: usize, subject: &Subject) -> Option<End> {
    if let Some(phrase) = &subject.phrase {
        let speaks = phrase.organisation || is_board(reader, phrase) || phrase.role.is_some();
        return phrase.org.clone().filter(|_| speaks);
    }
    let mut at = index;
    if reader.before(at).is_some_and(|chunk| chunk.item == Item::Comma)
        && reader.lower(index).ends_with("ing")
    {
        // "Gana opens a lab, hiring Ada Gray": the company opens the clause.
        return match reader.item(0) {
            Some(Item::Org { company, product: false }) => Some(End::Listed(company)),
            _ => None,
        };
    }
    while let Some(chunk) = reader.before(at) {
        at -= 1;
        match chunk.item {
            Item::Org { company, product: false } => return Some(End::Listed(company)),
            Item::Word if chunk.cap || reader.words.is("auxiliary", &chunk.lower) => {}
            Item::Poss | Item::Role { .. } => {}
            _ => return None,
        }
        if index - at > 8 {
            return None;
        }
    }
    None
}

/// "Gana Ventures hires former OpenAI researcher Ada Gray": an employer that is not listed.
fn unlisted_employer(reader: &Reader<'_>, index: usize, phrase: &Phrase) -> Option<End> {
    let listed =
        matches!(phrase.org, Some(End::Listed(_))) && (phrase.former || !phrase.persons.is_empty());
    let name = |at: &usize| {
        reader.at(*at).is_some_and(|chunk| {
            matches!(chunk.item, Item::Word | Item::Person { .. } | Item::Role { .. })
                && chunk.cap
                && !reader.words.is_function(&chunk.lower)
        })
    };
    let first = (index.saturating_sub(4)..index).rev().take_while(name).last()?;
    let opens = first == 0
        || reader
            .before(first)
            .is_some_and(|chunk| chunk.item == Item::Stop || chunk.item == Item::Comma);
    let (from, to) = (reader.at(first)?.span.start, reader.at(index - 1)?.span.end);
    (listed && opens).then(|| End::Unlisted(reader.text_of(Span::new(from, to))))
}

fn is_board(reader: &Reader<'_>, phrase: &Phrase) -> bool {
    phrase.persons.is_empty()
        && phrase.role.is_some_and(|role| reader.text_of(role).to_lowercase().contains("board"))
}

/// The role without what clings to its left.
fn role_text(role: &str) -> String {
    role.trim_matches(|ch: char| !ch.is_alphanumeric()).to_owned()
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
