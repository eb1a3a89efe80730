//! The company that acts in a clause, or that the clause is about.

use super::claim::Sentence;
use super::node::{Kind as Is, Node, describes};
use super::particle::Part;
use super::person::Person;
use crate::extract::candidate::End;
use crate::model::Field;

impl Sentence<'_, '_> {
    /// The company that does it: B가, B는, or "B," at the head of a title.
    pub(super) fn company_subject(&self, at: usize) -> Option<End> {
        let mut fallback = None;
        for index in (0..at).rev() {
            let node = self.nodes.get(index)?;
            let Is::Company { company, product: false } = node.kind else { continue };
            let Some(part) = self.phrase_part(index, at) else { continue };
            if matches!(part, Part::Subject | Part::Topic | Part::Side) {
                if self.is_subject_of_clause(index, at) {
                    fallback = fallback.or(Some(End::Listed(company)));
                    continue;
                }
                return Some(End::Listed(company));
            }
            let topic = self.closes_topic(index)
                && (index == 0
                    // "머스크 xAI, ..."
                    || index == 1 && self.nodes.first().is_some_and(|node| self.is_head(node))
                    || self.nodes.get(index - 1).is_some_and(|node| {
                        node.is_break() || node.kind == Is::Dot || node.part == Part::Of
                    }));
            if topic && part == Part::None {
                return Some(End::Listed(company));
            }
        }
        fallback
    }

    /// "A,", "A 이사회,", and `A "..."` at the head of a title.
    fn closes_topic(&self, index: usize) -> bool {
        let Some(next) = self.nodes.get(index + 1) else { return false };
        let letters = next.is_latin && next.stem.bytes().all(|byte| byte.is_ascii_uppercase());
        let unit = next.kind == Is::Word
            && next.part == Part::None
            && (letters || !next.spaced || self.words.is("unit", next.stem))
            && self.nodes.get(index + 2).is_some_and(Node::is_comma);
        let quotes = index == 0 && next.quoted && self.passage.field == Field::Title;
        next.is_comma() || unit || quotes
    }

    /// A known name, or the surname of one: whoever stands for the house behind it.
    fn is_head(&self, node: &Node<'_>) -> bool {
        let surname = || self.passage.people.by_surname(node.stem).is_some();
        node.kind == Is::Known || node.kind == Is::Word && node.part == Part::None && surname()
    }

    /// "A는 ...": the company that the clause is about.
    pub(super) fn company_topic(&self, at: usize) -> Option<End> {
        let floor = self.clause_start(at);
        (floor..at).rev().find_map(|index| {
            let topic = self.phrase_part(index, at) == Some(Part::Topic);
            match self.nodes.get(index)?.kind {
                Is::Company { company, product: false } if topic => Some(End::Listed(company)),
                _ => None,
            }
        })
    }

    /// "퀄컴, ...": a headline begins with a company that nobody listed.
    pub(super) fn unlisted_topic(&self) -> Option<End> {
        // "독일 지멘스가"
        let firm = self.nodes.iter().take(3).find(|node| {
            let own = self.words.is("firm", node.stem);
            own && matches!(node.part, Part::Topic | Part::Subject)
        });
        if let Some(firm) = firm {
            return Some(End::Unlisted(firm.stem.to_owned()));
        }
        let [first, second, ..] = self.nodes else { return None };
        // "루마AI가": the letters belong to the name.
        let glued = second.is_latin && second.stem == "AI" && !second.spaced;
        if glued && first.kind == Is::Word && matches!(second.part, Part::Topic | Part::Subject) {
            return Some(End::Unlisted(format!("{}AI", first.stem)));
        }
        let headline =
            self.passage.field == Field::Title && first.part == Part::None && second.is_comma();
        // "신약개발 가나, ..."
        let comma = self.nodes.iter().take(4).position(Node::is_comma);
        if let (Field::Title, Some(comma @ 2..)) = (self.passage.field, comma)
            && let Some((house, head)) = self.nodes.get(..comma).and_then(<[_]>::split_last)
            && head
                .iter()
                .chain([house])
                .all(|node| node.kind == Is::Word && node.part == Part::None)
            && !self.words.is("ordinary", house.stem)
            && !super::stranger::is_news_word(house.stem)
            && !self.words.is_korean_name(house.stem)
            && house.stem.chars().count() >= 2
        {
            return Some(End::Unlisted(self.glued(house).to_owned()));
        }
        let fits = first.kind == Is::Word
            && (headline || matches!(first.part, Part::Topic | Part::Subject))
            && (!self.words.is("ordinary", first.stem) || self.words.is("firm", first.stem));
        fits.then(|| End::Unlisted(first.stem.to_owned()))
    }

    /// "샘 올트먼 오픈AI CEO는 X를 영입했다": the head of a company hires for it.
    pub(super) fn executive_subject(&self, at: usize) -> Option<End> {
        let person = self.people.iter().find(|person| {
            person.last < at
                && matches!(person.part, Part::Subject | Part::Topic)
                && person.role.is_some()
                && !person.former
        })?;
        person.employer.clone()
    }

    /// "저커버그, A 연구원 영입": a head by whom headlines call the company hires for it.
    pub(super) fn head_subject(&self, at: usize) -> Option<(End, &Person)> {
        let person = self.people.iter().find(|person| {
            let comma = self.nodes.get(person.last + 1).is_some_and(Node::is_comma);
            let topic = person.part == Part::None && comma && person.first == 0;
            person.last < at
                && (topic || matches!(person.part, Part::Subject | Part::Topic))
                && person.name.is_some()
                && !person.former
        })?;
        let (people, name) = (self.passage.people, person.name.as_deref()?);
        let known = people.latin(name).or_else(|| people.by_surname(name))?;
        let company = self.passage.gazetteer.index_of(self.words.heads.get(known)?)?;
        Some((End::Listed(company), person))
    }

    /// "메타가 인수한 ...": the company does what describes another noun.
    pub(super) fn is_subject_of_clause(&self, index: usize, at: usize) -> bool {
        let own = self.nodes.get(index).map(|node| node.part);
        own == Some(Part::Subject)
            && self.nodes.get(index + 1..at.min(index + 5)).unwrap_or(&[]).iter().any(describes)
    }
}
