//! A rough reading where the grammar finds nothing: one person, one or two companies, one strong
//! verb, and no word that makes it old, doubtful or somebody else's. The ends are read from where
//! the companies stand, not from what stands between.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::phrase::{Phrase, Reader};
use super::reading::{Parts, Reading};
use super::subject::{Between, Subject};
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind};

/// How sure a rough reading is: enough to alert, less than any other.
const SCORE: f64 = 0.6;

/// Sentences of a summary that are read roughly.
const SENTENCES: usize = 2;

/// Chunks of a sentence at most: a long one tells of more than one thing.
const LENGTH: usize = 40;

/// Lists any word of which makes the sentence no news.
const GATES: &[&str] = &[
    "negation",
    "hypothetical",
    "denial",
    "sabbatical",
    "layoff",
    "statistics",
    "occasion",
    "retelling",
];

/// Words that turn a sentence into background or into speech about others.
const BACKGROUND: &[&str] = &[
    "after",
    "since",
    "before",
    "when",
    "while",
    "until",
    "whose",
    "which",
    "because",
    "once",
    "previously",
    "formerly",
    "ago",
    "history",
    "sues",
    "sued",
    "lawsuit",
    "alleges",
    "against",
    "between",
    "deal",
    "acquisition",
    "acquires",
    "partnership",
    "partners",
    "invests",
    "stake",
    "funding",
    "if",
    "than",
    "like",
    "versus",
    "vs",
];

impl Reading<'_> {
    /// Reads the sentence roughly.
    pub(super) fn roughly(&self, reader: &Reader<'_>, found: &mut Vec<Candidate>) {
        let early = self.passage.field == Field::Title
            || self.passage.field == Field::Summary && self.index < SENTENCES;
        if !early || reader.chunks.len() > LENGTH || is_gated(reader) {
            return;
        }
        let mut strong = (0..reader.chunks.len()).filter_map(|at| match reader.item(at)? {
            Item::Trigger(trigger) => Some((at, self.grammar.class(trigger))),
            _ => None,
        });
        let (Some((index, class)), None) = (strong.next(), strong.next()) else { return };
        if let Some(parts) = self.rough_parts(reader, index, class) {
            self.emit(reader, index, &parts, found);
        }
    }

    fn rough_parts(&self, reader: &Reader<'_>, index: usize, class: Class) -> Option<Parts> {
        let Subject { between, .. } = reader.subject(index);
        let doubt = between.negated || between.modal || between.relative || between.pronoun;
        if doubt || between.had {
            return None;
        }
        let (person, phrase) = one_person(reader)?;
        let companies = companies(reader);
        let ends = match class {
            Class::Join | Class::Leave if person < index => {
                going(reader, index, class, &phrase, &companies)?
            }
            _ => return None,
        };
        let kind = if ends.to.is_some() { Kind::Joined } else { Kind::Left };
        let between = Between::default();
        Some(Parts { phrase, between, ends, class, kind, score: SCORE, pattern: "en.rough" })
    }
}

fn is_gated(reader: &Reader<'_>) -> bool {
    let words: Vec<&str> = reader.chunks.iter().map(|chunk| chunk.lower.as_str()).collect();
    let all = words.join(" ");
    GATES.iter().any(|list| reader.words.any_phrase(list, &all))
        || words.iter().any(|word| BACKGROUND.contains(word))
        || words.iter().any(|word| reader.words.is("say", word))
        || all.ends_with('?')
}

/// The one person of the sentence, with what is said of them.
fn one_person(reader: &Reader<'_>) -> Option<(usize, Phrase)> {
    let person = |at: &usize| matches!(reader.item(*at), Some(Item::Person { .. }));
    let sure = |at: &usize| matches!(reader.item(*at), Some(Item::Person { sure: true }));
    let mut persons = (0..reader.chunks.len()).filter(person);
    let (at, None) = (persons.next().filter(sure)?, persons.next()) else { return None };
    let owner = reader.item(at + 1) == Some(Item::Poss);
    let aside = at > 0 && reader.words.is("companion", reader.lower(at - 1));
    if owner || aside {
        return None;
    }
    let mut phrase = reader.phrase_before(at + 1)?;
    reader.apposition_after(&mut phrase);
    Some((at, phrase))
}

/// The companies of the sentence, each once, with where they stand.
fn companies(reader: &Reader<'_>) -> Vec<(usize, u16)> {
    let mut all: Vec<(usize, u16)> = Vec::new();
    for at in 0..reader.chunks.len() {
        if let Some(Item::Org { company, product: false }) = reader.item(at)
            && !all.iter().any(|(_, known)| *known == company)
        {
            all.push((at, company));
        }
    }
    all
}

/// Joins or leaves: the nearest company behind the verb, and the other one.
fn going(
    reader: &Reader<'_>,
    index: usize,
    class: Class,
    phrase: &Phrase,
    companies: &[(usize, u16)],
) -> Option<Ends> {
    let mut ends = Ends { end: index + 1, ..Ends::default() };
    let own = phrase.org.clone();
    for (at, company) in companies {
        let end = End::Listed(*company);
        let tie = reader.lower(at.wrapping_sub(1));
        let slot = match (tie, class) {
            _ if Some(&end) == own.as_ref() => &mut ends.from,
            ("from" | "leaving" | "left", _) => &mut ends.from,
            ("to" | "for" | "joining" | "join" | "joins" | "into", _) if *at > index => {
                &mut ends.to
            }
            ("at" | "with", Class::Join) if *at > index => &mut ends.to,
            (_, Class::Join) if *at == index + 1 => &mut ends.to,
            (_, Class::Leave) if *at == index + 1 => &mut ends.from,
            ("at" | "of", Class::Leave) => &mut ends.from,
            _ => return None,
        };
        if slot.is_some() {
            return None;
        }
        *slot = Some(end);
    }
    let told = match class {
        Class::Join => ends.to.is_some(),
        _ => ends.from.is_some(),
    };
    (told && companies.len() <= 2).then_some(ends)
}
