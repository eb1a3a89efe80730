//! Reads the passages of an article, trigger by trigger, into candidates.

use super::English;
use super::article::Asked;
use super::chunk::{self, Chunk, Item, Setting};
use super::class::Class;
use super::ends::Ends;
use super::judge::{self, Facts};
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
    let article = Asked::new(grammar, passages, &triggers);
    let house = title_house(passages);
    let mut found = Vec::new();
    for (number, (passage, triggers)) in passages.iter().zip(&triggers).enumerate() {
        for (index, sentence) in read_sentences(passage).iter().enumerate() {
            if !triggers.iter().any(|hit| sentence.contains(hit.span)) {
                continue;
            }
            let reading = Reading {
                grammar,
                passage,
                article: Some(&article),
                house: house.clone(),
                sentence: *sentence,
                index,
            };
            let chunks = reading.chunks(article.tokens(number, index), triggers);
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
    /// `None` while its people are looked for.
    pub(super) article: Option<&'a Asked<'a>>,
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
    pub(super) fn chunks<'t>(
        &self,
        tokens: &[token::Token<'t>],
        triggers: &[TriggerMention],
    ) -> Vec<Chunk<'t>> {
        let long = |token: &&token::Token<'_>| {
            token.lower.len() > 3 && token.kind == token::TokenKind::Word
        };
        let words = tokens.iter().filter(long).count();
        let capitals = tokens.iter().filter(long).filter(|token| token.cap).count();
        let within = |spans: Span| self.sentence.contains(spans);
        let triggers: Vec<TriggerMention> =
            triggers.iter().copied().filter(|hit| within(hit.span)).collect();
        let setting = Setting {
            words: &self.grammar.words,
            companies: self.passage.companies,
            triggers: &triggers,
            article: self.article.map(|article| article as _),
            people: self.passage.people,
            title_case: capitals * 10 >= words * 7 && words > 2,
        };
        chunk::chunks(tokens, &setting)
    }

    fn sentence(&self, chunks: &[Chunk<'_>], found: &mut Vec<Candidate>) {
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
        let (field, span, _) = self.article?.article().sole.as_ref()?;
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
            mass: phrase.persons.is_empty()
                && matches!(parts.class, Class::Fire | Class::PassiveFire)
                && phrase.count.is_some_and(|count| count >= 10),
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
                0 => self
                    .article
                    .and_then(|article| article.article().sole.as_ref())
                    .map(|(_, _, name)| name.clone())
                    .unwrap_or_default(),
                _ => reader.text_of(named.span),
            };
            let name = match self.article.filter(|_| !written.contains(' ')) {
                Some(article) => article.article().full_name(&written, self.passage.people),
                None => written,
            };
            let single = !name.contains(' ');
            let tied = phrase.role.is_some() || matches!(phrase.org, Some(End::Listed(_)));
            let doubt = if single && tied {
                0.25
            } else if single {
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
