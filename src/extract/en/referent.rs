//! Whom a pronoun, a surname or a description means.

use super::phrase::{Named, Phrase, Reader};
use super::reading::Reading;
use crate::model::Field;

impl Reading<'_> {
    /// "The executive will join Dara": the one whom the text spoke of.
    pub(super) fn refers_back(&self, reader: &Reader<'_>, phrase: &Phrase) -> bool {
        let described =
            phrase.org.is_some() && !phrase.former || phrase.count.is_some() || phrase.plural;
        phrase.persons.is_empty()
            && phrase.role.is_some()
            && !described
            && self.passage.field != Field::Title
            && reader.lower(phrase.first.wrapping_sub(1)) == "the"
    }

    /// "They": those whom the text spoke of last.
    pub(super) fn several(&self) -> Option<Phrase> {
        let persons: Vec<Named> = self.topic().iter().cloned().map(Named::elsewhere).collect();
        (!persons.is_empty()).then(|| Phrase { persons, ..Phrase::default() })
    }

    pub(super) fn topic(&self) -> &[String] {
        match (&self.topic, self.article) {
            (Some(topic), Some(article)) => topic.names(article),
            _ => &[],
        }
    }

    /// The full name behind a name as written.
    pub(super) fn full_name(&self, written: String) -> String {
        match self.article.filter(|_| !written.contains(' ')) {
            Some(article) => article.article().full_name(&written, self.passage.people),
            None => written,
        }
    }

    /// The one person that the article is about.
    pub(super) fn sole_person(&self) -> Option<Phrase> {
        let name = match (&self.article?.article().sole, self.topic()) {
            (Some(name), _) | (None, [name]) => name.clone(),
            _ => return None,
        };
        Some(Phrase { persons: vec![Named::elsewhere(name)], ..Phrase::default() })
    }

    /// "It": the company that the title is about.
    pub(super) fn house_phrase(&self) -> Option<Phrase> {
        let org = self.house.clone()?;
        Some(Phrase { org: Some(org), organisation: true, ..Phrase::default() })
    }
}
