//! The way from the passages of an article to its candidates.

use std::borrow::Cow;

use super::person::Person;
use super::token::{self, Kind, Token};
use super::tongue::Language;
use super::words::Word;
use super::{affiliation, anaphor, article, learned, naming, resolve, unite};
use crate::extract::candidate::{Candidate, Passage, Signs};

/// The candidates of one article.
pub(crate) fn candidates(language: &impl Language, passages: &[Passage<'_>]) -> Vec<Candidate> {
    resolved(passages, |passages| {
        let mut found = read(language, passages);
        learned::complete(language, passages, &mut found);
        found
    })
}

/// The signs by which the learned model judges an article.
pub(crate) fn signs(language: &impl Language, passages: &[Passage<'_>]) -> Signs {
    resolved(passages, |passages| learned::signs(language, passages, &read(language, passages)))
}

/// True for texts, title first, of which the learned model may make news of a move.
pub(crate) fn may_tell(language: &impl Language, texts: &[&str]) -> bool {
    learned::may_tell(language, texts)
}

/// What `read` makes of the passages, each with the companies that its words stand for.
fn resolved<T>(passages: &[Passage<'_>], read: impl FnOnce(&[Passage<'_>]) -> T) -> T {
    let same: Vec<_> = (0..passages.len()).map(|at| anaphor::resolved(passages, at)).collect();
    let passages: Vec<Passage<'_>> = passages
        .iter()
        .zip(&same)
        .map(|(own, same)| Passage { companies: same.as_deref().unwrap_or(own.companies), ..*own })
        .collect();
    read(&passages)
}

/// The passages as tokens, with the people whom they name.
pub(super) struct Cast<'a> {
    pub(super) texts: Vec<Cow<'a, str>>,
    pub(super) read: Vec<(Vec<Token>, Vec<Person>)>,
    /// The people of all passages, as each names them.
    known: Vec<Person>,
}

/// The texts of the passages, as far as they are read.
fn texts<'a>(language: &impl Language, passages: &[Passage<'a>]) -> Vec<Cow<'a, str>> {
    let text = |passage: &Passage<'a>| language.fold(token::head(&passage.text.norm));
    passages.iter().map(text).collect()
}

/// Finds the people of the passages, twice: a surname in the title is read with the full name of
/// the summary.
pub(super) fn cast<'a>(
    language: &impl Language,
    passages: &[Passage<'a>],
    texts: Vec<Cow<'a, str>>,
) -> Cast<'a> {
    let parts = || passages.iter().zip(texts.iter().map(AsRef::as_ref));
    let scanned: Vec<Vec<Token>> =
        parts().map(|(passage, text)| language.tokens(passage, text)).collect();
    let people = |known: &[Person]| -> Vec<_> {
        let read = parts().zip(&scanned);
        read.map(|((passage, text), tokens)| language.people(passage, text, tokens.clone(), known))
            .collect()
    };
    let alone: Vec<(Vec<Token>, Vec<Person>)> = people(&[]);
    let known: Vec<Person> = alone.iter().flat_map(|(_, people)| people).cloned().collect();
    let read = if known.is_empty() { alone } else { people(&known) };
    Cast { texts, read, known }
}

/// The same with those people whom only the learned model looks for.
pub(super) fn wide_cast<'a>(language: &impl Language, passages: &[Passage<'a>]) -> Cast<'a> {
    let Cast { texts, read, known } = cast(language, passages, texts(language, passages));
    let own = passages.iter().zip(&texts).zip(read);
    let read = own.map(|((passage, text), (tokens, mut people))| {
        (language.guess(passage, text, tokens, &mut people), people)
    });
    let read = read.collect();
    Cast { texts, read, known }
}

/// What the grammar reads.
fn read(language: &impl Language, passages: &[Passage<'_>]) -> Vec<Candidate> {
    let texts = texts(language, passages);
    let tells = |(passage, text): (&Passage<'_>, &Cow<'_, str>)| language.tells(passage, text);
    if !passages.iter().zip(&texts).any(tells) {
        return Vec::new();
    }
    let Cast { texts, read, known } = cast(language, passages, texts);
    let (mut found, mut bonds, mut cast) = (Vec::new(), Vec::new(), Vec::new());
    let article = article::Article::of(passages);
    let title = read.first().map_or(&[][..], |(tokens, _)| tokens);
    let denied = language.denies(title);
    let sued = texts.first().is_some_and(|title| language.is_suit(title));
    let story = title.iter().any(|token| token.kind == Kind::Word(Word::Story));
    for ((passage, text), (tokens, people)) in passages.iter().zip(&texts).zip(&read) {
        cast.extend(naming::cast(passage.field, tokens, people));
        bonds.extend(language.bonds(passage, text, tokens, people));
        let mut events = language.events(passage, tokens);
        events.iter_mut().for_each(|event| {
            event.mood.negated |= denied;
            event.mood.story |= sued;
        });
        let tongue = language.tongue();
        found.extend(resolve::candidates(tongue, passage, tokens, people, &events, &article));
    }
    if !denied && !story {
        let is_head = |name: &str| {
            let last = name.rsplit(['·', '・', ' ']).next().unwrap_or(name);
            [name, last].iter().any(|name| language.tongue().leads(name))
        };
        let told = affiliation::candidates(passages, (&bonds, &known), &is_head, &found);
        found.extend(told);
        naming::name(&mut found, (&cast, &bonds), &is_head);
    }
    let gazetteer = passages.first().map(|passage| passage.gazetteer);
    unite::unite(found, gazetteer, &|name| {
        let tongue = language.tongue();
        let folded = language.fold(name);
        let full = tongue.people.latin(name).or_else(|| tongue.people.latin(&folded));
        let latin = full.or_else(|| tongue.people.by_surname(name));
        latin.map(|latin| (latin.to_owned(), full.is_some()))
    })
}
