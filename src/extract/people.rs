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

use super::fast::{FastMap, FastSet};
use crate::model::{Problems, problem::line_of};

/// Words of a name that a lookup may span, at most.
pub const MAX_WORDS: usize = 5;

/// The people of `people.toml`.
#[derive(Debug, Clone, Default)]
pub struct People {
    names: Vec<String>,
    by_key: FastMap<String, u32>,
    /// The first four bytes of the keys: most words of a text begin none.
    heads: FastSet<u32>,
    /// The same for surnames.
    surname_heads: FastSet<u32>,
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
            self.heads.insert(head(key.bytes()));
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
                self.surname_heads.insert(head(surname.bytes()));
                self.by_surname
                    .entry(surname)
                    .and_modify(|owner| *owner = owner.filter(|one| *one == index))
                    .or_insert(Some(index));
            }
        }
    }

    /// Returns the Latin form of a full name in any spelling.
    pub fn latin(&self, spelling: &str) -> Option<&str> {
        if !may_begin(&self.heads, spelling) {
            return None;
        }
        self.name(*self.by_key.get(&key(spelling))?)
    }

    /// False where no full name begins with this word: a cheap test before a look-up.
    pub(crate) fn may_open(&self, word: &str) -> bool {
        simple_key(word).map(char::len_utf8).sum::<usize>() < 4 || may_begin(&self.heads, word)
    }

    /// Returns the Latin form of the one listed person with this surname; `None` where several
    /// share it. Only safe where the text has already shown that it speaks of a person.
    pub fn by_surname(&self, surname: &str) -> Option<&str> {
        if !may_begin(&self.surname_heads, surname) {
            return None;
        }
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
    if spelling.chars().all(is_simple) {
        return simple_key(spelling).collect();
    }
    let folded = spelling
        .nfkd()
        .filter(|char| !is_latin_mark(*char))
        .nfc()
        .filter(|char| char.is_alphanumeric() || *char == 'ー');
    folded.flat_map(char::to_lowercase).collect()
}

/// True for a character that its key holds as it is, or in lower case, or not at all.
fn is_simple(char: char) -> bool {
    char.is_ascii()
        || matches!(char, '가'..='힣' | '\u{4e00}'..='\u{9fff}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '·' | '・')
}

/// The key of a spelling of such characters.
fn simple_key(spelling: &str) -> impl Iterator<Item = char> {
    let kept = spelling.chars().filter(|char| match char.is_ascii() {
        true => char.is_ascii_alphanumeric(),
        false => !matches!(char, '·' | '・'),
    });
    kept.map(|char| char.to_ascii_lowercase())
}

/// False where no key that begins like one of `heads` is that of `spelling`: a cheap test before a
/// look-up.
fn may_begin(heads: &FastSet<u32>, spelling: &str) -> bool {
    if spelling.is_ascii() {
        let own = spelling.bytes().filter(u8::is_ascii_alphanumeric);
        return heads.contains(&head(own.map(|byte| byte.to_ascii_lowercase())));
    }
    if !spelling.chars().all(is_simple) {
        return true;
    }
    let mut own = [0; 4];
    let mut len = 0;
    for char in simple_key(spelling) {
        let mut bytes = [0; 4];
        for byte in char.encode_utf8(&mut bytes).bytes() {
            if let Some(place) = own.get_mut(len) {
                *place = byte;
            }
            len += 1;
        }
        if len >= own.len() {
            break;
        }
    }
    heads.contains(&u32::from_le_bytes(own))
}

/// The first four bytes of a key; zeros past its end.
fn head(key: impl Iterator<Item = u8>) -> u32 {
    let mut head = [0; 4];
    head.iter_mut().zip(key).for_each(|(byte, of)| *byte = of);
    u32::from_le_bytes(head)
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
    fn simple_characters_have_the_key_that_folding_gives() {
        for char in ('\0'..=char::MAX).filter(|char| is_simple(*char)) {
            // Another character beside it has the spelling folded.
            let both = key(&format!("{char}ß{char}"));
            let own = key(&char.to_string());
            assert_eq!(both, format!("{own}ß{own}"), "{char:?}");
        }
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
