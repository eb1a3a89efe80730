//! Reads an article whole: its sentences one after the other, each with what the ones before have told.

use super::claim::Sentence;
use super::ending::Form;
use super::naming::{self, Named};
use super::node::Node;
use super::particle::Part;
use super::person::{self, Person, Seen};
use super::trigger::Act;
use super::{Korean, article, column, serving, shadows, topic};
use crate::extract::candidate::{Candidate, Passage};
use crate::extract::text::Span;
use crate::model::Field;

/// A sentence, and whom it names on its own.
struct Read<'a, 'p> {
    passage: &'p Passage<'a>,
    span: Span,
    nodes: Vec<Node<'a>>,
    people: Vec<Person>,
}

/// What the sentences so far have told of people.
#[derive(Default)]
struct Spoken {
    /// The person spoken of last.
    of: Option<Person>,
    /// The people named in one breath last.
    several: Vec<Person>,
    /// Those who work or worked somewhere.
    described: Vec<Person>,
    /// Those who come from elsewhere.
    outsiders: Vec<Person>,
    /// Whom the summary names.
    named: Vec<Named>,
}

impl Spoken {
    fn note(&mut self, grammar: &Korean, one: &Read<'_, '_>, people: Vec<Person>) {
        if one.passage.field == Field::Summary {
            self.named.extend(grammar.reading(one.passage).named(&one.nodes, &people));
        }
        self.described.extend(people.iter().filter(|one| one.employer.is_some()).cloned());
        self.outsiders.extend(people.iter().filter(|one| one.origin).cloned());
        let named: Vec<Person> =
            people.into_iter().filter(|person| person.name.is_some()).collect();
        let subject =
            |person: &&Person| matches!(person.part, Part::Subject | Part::Topic | Part::None);
        if let Some(last) = named.iter().find(subject) {
            self.of = Some(last.clone());
        }
        let grouped = |one: &Person| {
            named.iter().filter(|person| person.group == one.group).cloned().collect::<Vec<_>>()
        };
        if let Some(group) = named.iter().rev().map(grouped).find(|group| group.len() > 1) {
            self.several = group;
        }
    }
}

impl Korean {
    /// What the grammar reads.
    pub(super) fn read(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        // Only a headline says anything without a trigger.
        let told = passages.iter().any(|passage| self.tells(passage));
        let terse = |passage: &Passage<'_>| {
            passage.field == Field::Title && self.is_verbless(&passage.text.norm, passage.companies)
        };
        if !told && !passages.iter().any(terse) {
            return Vec::new();
        }
        let mut seen = Seen::default();
        let passages_read = passages.iter().filter(|passage| told || passage.field == Field::Title);
        let read: Vec<Read<'_, '_>> = passages_read
            .flat_map(|passage| passage.text.sentences.iter().map(move |span| (passage, *span)))
            .map(|(passage, span)| self.sentence(passage, span, &mut seen))
            .collect();
        let (founded, looks_back) = self.title(&read);
        let company = topic::topic(passages);
        let title = passages.iter().find(|one| one.field == Field::Title);
        let (mut out, mut spoken) = (Vec::new(), Spoken::default());
        for one in &read {
            let people = self.people_in(one, &seen);
            let sentence = Sentence {
                words: &self.words,
                passage: one.passage,
                span: one.span,
                nodes: &one.nodes,
                people: &people,
                spoken_of: spoken.of.as_ref(),
                several: &spoken.several,
                company,
                title,
                told: article::told(&out),
            };
            out.extend(sentence.candidates());
            if article::denies(&self.words, &one.nodes) {
                article::take_back(&mut out);
            }
            spoken.note(self, one, people);
        }
        if out.is_empty() {
            return out;
        }
        article::look_back(&mut out, founded, looks_back);
        self.compare(passages, out, &spoken)
    }

    fn sentence<'a, 'p>(
        &self,
        passage: &'p Passage<'a>,
        span: Span,
        seen: &mut Seen,
    ) -> Read<'a, 'p> {
        let nodes = self.nodes(passage, span);
        let people = person::people(&self.reading(passage), &nodes, &Seen::default());
        people.iter().filter_map(|person| person.name.as_ref()).for_each(|name| seen.note(name));
        Read { passage, span, nodes, people }
    }

    /// The people of a sentence, once all full names of the article are known.
    fn people_in(&self, one: &Read<'_, '_>, seen: &Seen) -> Vec<Person> {
        let short = |node: &Node<'_>| {
            seen.full(node.stem).is_some()
                || node.stem != node.word && seen.is_named(node.stem)
                || node.word.chars().count() == 1 && seen.by_syllable(node.word).is_some()
        };
        match one.nodes.iter().any(short) {
            true => person::people(&self.reading(one.passage), &one.nodes, seen),
            false => one.people.clone(),
        }
    }

    /// Whether the title takes a founding as given, and whether it looks back.
    fn title(&self, read: &[Read<'_, '_>]) -> (bool, bool) {
        let nodes = || {
            let titles = read.iter().filter(|one| one.passage.field == Field::Title);
            titles.flat_map(|one| &one.nodes)
        };
        let founded = nodes().any(|node| {
            let trigger = node.trigger();
            trigger.is_some_and(|it| it.act == Act::Found && it.form == Form::Adnominal)
        });
        let in_court = nodes().any(|node| self.words.begins("court", node.word));
        let looks_back = in_court || article::is_anniversary(nodes()) || article::is_story(nodes());
        (founded, looks_back)
    }

    /// What the candidates of an article say about each other.
    fn compare(
        &self,
        passages: &[Passage<'_>],
        mut out: Vec<Candidate>,
        spoken: &Spoken,
    ) -> Vec<Candidate> {
        article::lend_origin(&mut out);
        article::keep_posts(&mut out);
        article::heed_denials(&mut out);
        article::recall_employer(&mut out, &spoken.described);
        article::recall_outsiders(&mut out, &spoken.outsiders);
        serving::believe(&mut out);
        article::name_newcomer(&mut out, &spoken.described);
        naming::complete(&mut out, &spoken.named, passages);
        column::silence(&self.words, passages, &mut out);
        shadows::drop_shadows(out, passages)
    }
}
