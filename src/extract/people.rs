//! Known people: any spelling of a name, in any script, to its Latin form.
//!
//! The list is `config/people.toml`. Lookups ignore case, spaces, hyphens, apostrophes, middle
//! dots, Latin diacritics and the width of letters, because newsrooms agree on none of them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Deserialize;
use toml::Spanned;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fast::FastMap;
use crate::model::{Problems, problem::line_of};

/// Words of a name that a lookup may span, at most.
pub const MAX_WORDS: usize = 5;

/// The people of `people.toml`.
#[derive(Debug, Clone, Default)]
pub struct People {
    names: Vec<String>,
    by_key: FastMap<String, u32>,
    /// Last word of a spelling; `None` where several people share it.
    by_surname: FastMap<String, Option<u32>>,
    aliases: Vec<(String, u32)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPeople {
    people: HashMap<Spanned<String>, Spanned<Vec<String>>>,
}

impl People {
    /// Reads `people.toml`.
    ///
    /// # Errors
    ///
    /// Every problem at once: broken TOML, an empty name, a spelling that two people share.
    pub fn parse(file: &str, text: &str) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let raw: RawPeople = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                let line = error.span().map(|span| line_of(text, span.start));
                problems.add(file, line, "people", error.message().to_owned());
                return Err(problems);
            }
        };
        let mut rows: Vec<_> = raw.people.into_iter().collect();
        rows.sort_by_key(|(name, _)| name.span().start);
        let mut people = Self::default();
        for (name, aliases) in rows {
            let line = line_of(text, name.span().start);
            people.add(file, line, name.get_ref(), aliases.get_ref(), &mut problems);
        }
        if problems.is_empty() { Ok(people) } else { Err(problems) }
    }

    fn add(&mut self, file: &str, line: usize, name: &str, aliases: &[String], out: &mut Problems) {
        let index = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        for spelling in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
            let key = key(spelling);
            if key.is_empty() {
                out.add(
                    file,
                    Some(line),
                    format!("people.{name}"),
                    "an empty spelling; leave it out",
                );
                continue;
            }
            match self.by_key.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(index);
                }
                Entry::Occupied(entry) if *entry.get() == index => continue,
                Entry::Occupied(entry) => {
                    let other = self.names.get(*entry.get() as usize).map_or("", String::as_str);
                    let what =
                        format!("`{spelling}` already stands for {other}; keep it under one");
                    out.add(file, Some(line), format!("people.{name}"), what);
                    continue;
                }
            }
            self.aliases.push((spelling.to_owned(), index));
            if let Some(surname) = surname_key(spelling) {
                self.by_surname
                    .entry(surname)
                    .and_modify(|owner| *owner = owner.filter(|one| *one == index))
                    .or_insert(Some(index));
            }
        }
    }

    /// Returns the Latin form of a full name in any spelling.
    pub fn latin(&self, spelling: &str) -> Option<&str> {
        self.name(*self.by_key.get(&key(spelling))?)
    }

    /// Returns the Latin form of the one listed person with this surname; `None` where several
    /// share it. Only safe where the text has already shown that it speaks of a person.
    pub fn by_surname(&self, surname: &str) -> Option<&str> {
        self.name((*self.by_surname.get(&key(surname))?)?)
    }

    /// Every spelling with the Latin form, in file order, for automata.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.aliases.iter().filter_map(|(alias, index)| Some((alias.as_str(), self.name(*index)?)))
    }

    /// How many people are listed.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True where nobody is listed.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn name(&self, index: u32) -> Option<&str> {
        self.names.get(index as usize).map(String::as_str)
    }
}

/// Returns the form that two spellings of one name share.
pub fn key(spelling: &str) -> String {
    if spelling.is_ascii() {
        return spelling
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| char::from(byte.to_ascii_lowercase()))
            .collect();
    }
    let folded = spelling
        .nfkd()
        .filter(|char| !is_latin_mark(*char))
        .nfc()
        .filter(|char| char.is_alphanumeric() || *char == 'ー');
    folded.flat_map(char::to_lowercase).collect()
}

/// Accents on Latin letters; the voicing marks of Kana stay, they tell words apart.
fn is_latin_mark(char: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&char) && is_combining_mark(char)
}

/// Returns the key of the last word where the spelling has several words.
fn surname_key(spelling: &str) -> Option<String> {
    let last = spelling.rsplit([' ', '·', '・', '‧', '•']).next()?;
    if last.len() == spelling.len() {
        return None;
    }
    let key = key(last);
    // One syllable or two letters stand for too many words of the language.
    (key.chars().count() >= if key.is_ascii() { 4 } else { 2 }).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> People {
        People::parse("people.toml", include_str!("../../config/people.toml")).unwrap()
    }

    #[test]
    fn the_shipped_list_is_sound_and_long_enough() {
        assert!(shipped().len() >= 300, "{}", shipped().len());
    }

    #[test]
    fn one_person_in_four_scripts_is_one_name() {
        let people = shipped();
        for spelling in [
            "존 슐먼",
            "존슐만",
            "JOHN SCHULMAN",
            "ジョン・シュルマン",
            "ジョンシュルマン",
            "约翰·舒尔曼",
        ] {
            assert_eq!(people.latin(spelling), Some("John Schulman"), "{spelling}");
        }
    }

    #[test]
    fn accents_hyphens_and_apostrophes_do_not_matter() {
        let people = shipped();
        assert_eq!(people.latin("Mariano Florentino Cuellar"), Some("Mariano-Florentino Cuéllar"));
        assert_eq!(people.latin("Adam D’Angelo"), Some("Adam D'Angelo"));
    }

    #[test]
    fn a_surname_counts_only_where_one_person_bears_it() {
        let people = shipped();
        assert_eq!(people.by_surname("Karpathy"), Some("Andrej Karpathy"));
        assert_eq!(people.by_surname("슐먼"), Some("John Schulman"));
        assert_eq!(people.by_surname("Brown"), None, "Noam and Tom");
    }

    #[test]
    fn a_spelling_of_two_people_is_a_problem_with_its_line() {
        let text = "[people]\n\"Ada One\" = [\"에이다\"]\n\"Ada Two\" = [\"에이 다\"]\n";
        let problems = People::parse("p.toml", text).unwrap_err();
        assert_eq!(
            problems.to_string(),
            "p.toml:3: people.Ada Two: `에이 다` already stands for Ada One; keep it under one"
        );
    }
}
