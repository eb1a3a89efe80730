//! The grammar of Korean.
//!
//! Korean puts the verb last and marks its arguments with particles, so a clause is read from its
//! end: the trigger's form says whether anything is asserted, then the particles before it say who
//! moves (가, 는), from where (에서, 를 떠나, 출신) and where to (로, 에). Headlines leave the particles
//! out; there position decides. No morphological analyser: words are split into noun and particle
//! by final consonant, verbs into stem and ending by letter.

mod act;
mod article;
mod away;
mod breath;
mod career;
mod chinese_name;
mod claim;
mod column;
mod deal;
mod employer;
mod ending;
mod further;
mod going;
mod hangul;
mod headline;
mod house;
mod identify;
mod incoming;
mod korean_name;
mod latin_name;
mod learned;
mod mark;
mod mover;
mod name;
mod naming;
mod newpost;
mod nobody;
mod node;
mod nominal;
mod number;
mod object;
mod onward;
mod owner;
mod parallel;
mod particle;
mod person;
mod phrase;
mod piece;
mod place;
mod post;
mod posted;
mod quote;
mod reader;
mod serving;
mod shadows;
mod short_name;
mod signs;
mod sound;
mod sounding;
mod stranger;
mod syllable;
mod take;
mod tells;
mod title;
mod token;
mod told;
mod topic;
mod transliterated;
mod trigger;
mod unnamed;
mod verdict;
mod words;

use std::sync::Arc;

use self::claim::Sentence;
use self::ending::Form;
use self::node::Node;
use self::particle::Part;
use self::person::{Person, Reading, Seen};
use self::reader::Date;
use self::trigger::Act;
use self::words::Words;
use super::candidate::{Candidate, Cue, Grammar, Passage, Signs};
use super::company::CompanyMention;
use super::people::People;
use super::regression::Model;
use super::text::{Span, Text};
use crate::model::{Field, Problems};

/// Nodes of one sentence that are read; the rest of a longer one is no sentence.
const MAX_NODES: usize = 400;

/// The grammar of Korean.
#[derive(Debug)]
pub struct Korean {
    words: Words,
    people: Arc<People>,
    model: Model,
}

impl Korean {
    /// Reads `lexicon/ko.toml`; `None` where a problem was found.
    pub fn parse(
        file: &str,
        text: &str,
        people: &Arc<People>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let words = Words::parse(file, text, people, problems)?;
        let text = include_str!("../../../config/models/ko.txt");
        let model = Model::parse("models/ko.txt", text, problems)?;
        Some(Self { words, people: Arc::clone(people), model })
    }

    fn nodes<'a>(&self, passage: &Passage<'a>, sentence: Span) -> Vec<Node<'a>> {
        let date = Date { year: passage.year, month: passage.month };
        let mut tokens = token::tokens(passage.text, sentence, passage.companies);
        tokens.truncate(MAX_NODES);
        reader::nodes(&self.words, &self.people, passage.text, &tokens, &date)
    }

    fn reading<'a>(&'a self, passage: &Passage<'a>) -> Reading<'a> {
        Reading {
            words: &self.words,
            people: &self.people,
            text: passage.text,
            title: passage.field == Field::Title,
        }
    }

    /// What the grammar reads.
    fn read(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        let mut seen = Seen::default();
        let mut read = Vec::new();
        // Only a headline says anything without a trigger.
        let told = passages.iter().any(|passage| self.tells(passage));
        if !told && !passages.iter().any(|passage| self.may_tell(passage)) {
            return Vec::new();
        }
        for passage in passages.iter().filter(|passage| told || passage.field == Field::Title) {
            for sentence in &passage.text.sentences {
                let nodes = self.nodes(passage, *sentence);
                let people = person::people(&self.reading(passage), &nodes, &Seen::default());
                people.iter().filter_map(|person| person.name.as_ref()).for_each(|name| {
                    seen.note(name);
                });
                read.push((passage, *sentence, nodes, people));
            }
        }
        let title = || {
            let titles = read.iter().filter(|(passage, ..)| passage.field == Field::Title);
            titles.flat_map(|(_, _, nodes, _)| nodes)
        };
        let founded = title().any(|node| {
            let trigger = node.trigger();
            trigger.is_some_and(|it| it.act == Act::Found && it.form == Form::Adnominal)
        });
        let in_court = title().any(|node| self.words.begins("court", node.word));
        let anniversary = article::is_anniversary(title());
        let looks_back = in_court || anniversary || article::is_story(title());
        let company = topic::topic(passages);
        let mut out = Vec::new();
        let mut spoken_of: Option<Person> = None;
        let mut several: Vec<Person> = Vec::new();
        let mut described: Vec<Person> = Vec::new();
        let mut in_summary = Vec::new();
        for (passage, span, nodes, people) in read {
            let nodes = &nodes;
            let short = |node: &Node<'_>| {
                seen.full(node.stem).is_some()
                    || node.word.chars().count() == 1 && seen.by_syllable(node.word).is_some()
            };
            let people = match nodes.iter().any(short) {
                true => person::people(&self.reading(passage), nodes, &seen),
                false => people,
            };
            let sentence = Sentence {
                words: &self.words,
                passage,
                span,
                nodes,
                people: &people,
                spoken_of: spoken_of.as_ref(),
                several: &several,
                company,
                title: passages.iter().find(|one| one.field == Field::Title),
                told: article::told(&out),
            };
            out.extend(sentence.candidates());
            if article::denies(&self.words, nodes) {
                article::take_back(&mut out);
            }
            if passage.field == Field::Summary {
                in_summary.extend(self.reading(passage).named(nodes, &people));
            }
            described.extend(people.iter().filter(|one| one.employer.is_some()).cloned());
            let named: Vec<Person> =
                people.into_iter().filter(|person| person.name.is_some()).collect();
            let subject =
                |person: &&Person| matches!(person.part, Part::Subject | Part::Topic | Part::None);
            if let Some(last) = named.iter().find(subject) {
                spoken_of = Some(last.clone());
            }
            let grouped = |one: &Person| {
                named.iter().filter(|person| person.group == one.group).cloned().collect::<Vec<_>>()
            };
            if let Some(group) = named.iter().rev().map(grouped).find(|group| group.len() > 1) {
                several = group;
            }
        }
        article::look_back(&mut out, founded, looks_back);
        article::lend_origin(&mut out);
        article::keep_posts(&mut out);
        article::heed_denials(&mut out);
        article::recall_employer(&mut out, &described);
        serving::believe(&mut out);
        article::name_newcomer(&mut out, &described);
        naming::complete(&mut out, &in_summary, passages);
        shadows::drop_shadows(out, passages)
    }
}

impl Grammar for Korean {
    fn candidates(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        let mut found = self.read(passages);
        if let Some(reason) = column::silence(&self.words, passages) {
            column::apply(&mut found, reason);
            return found;
        }
        learned::complete(self, passages, &mut found);
        found
    }

    fn signs(&self, passages: &[Passage<'_>]) -> Signs {
        learned::signs(self, passages, &self.read(passages))
    }

    fn keywords(&self, text: &Text) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        for (_, entry) in self.find(text) {
            if let Some(trigger) = self.words.lexicon.triggers.get(usize::from(entry))
                && !keywords.contains(&trigger.keyword)
            {
                keywords.push(trigger.keyword.clone());
            }
        }
        keywords
    }

    fn told_by(&self, text: &str, cues: &[Cue]) -> Option<Vec<&str>> {
        let mut told = Vec::new();
        let mut read = None;
        // A trigger begins a word, and so does every cue that is given.
        for start in cues.iter().map(|(_, span)| span.start) {
            if read.replace(start) == Some(start) {
                continue;
            }
            let (before, rest) = text.split_at_checked(start).unwrap_or_default();
            if let Some(trigger) = self.words.trigger(token::hangul(rest), token::last(before)) {
                let trigger = self.words.lexicon.triggers.get(usize::from(trigger.entry));
                told.extend(trigger.map(|trigger| trigger.keyword.as_str()));
            }
        }
        Some(told)
    }

    fn cues(&self) -> Vec<String> {
        self.words.cues()
    }

    fn needs_keyword(&self) -> bool {
        true
    }

    fn is_terse(&self, title: &str, companies: &[CompanyMention]) -> bool {
        self.hides_trigger(&Text::normal(title.to_owned()), companies)
    }

    fn hints(&self) -> Vec<String> {
        self.words.hints()
    }

    fn triggers(&self, text: &Text) -> Vec<Span> {
        self.find(text).into_iter().map(|(span, _)| span).collect()
    }
}

impl Korean {
    /// The triggers of a text with their entries in the lexicon.
    fn find(&self, text: &Text) -> Vec<(Span, u16)> {
        let no_companies: &[CompanyMention] = &[];
        let whole = Span::new(0, text.norm.len());
        let mut found = Vec::new();
        let mut before: Option<&str> = None;
        for token in token::tokens(text, whole, no_companies) {
            if token.class == token::Class::Hangul
                && let Some(trigger) = self.words.trigger(token.text, before)
            {
                found.push((token.span, trigger.entry));
            }
            before = Some(token.text);
        }
        found
    }
}
