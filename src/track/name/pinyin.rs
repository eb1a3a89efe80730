//! Chinese names in Latin letters, by Hanyu Pinyin without tones: 彭若凡 is Peng Ruofan.
//!
//! Only the characters that are common in names; one that is not here leaves the name without
//! pinyin, and it is then compared by its characters alone.

use super::characters::{SIMPLIFIED, SURNAMES, SYLLABLES};

/// A Han name in simplified characters.
pub(super) fn simplified(letter: char) -> char {
    let mut pairs = SIMPLIFIED.chars();
    while let (Some(old), Some(new)) = (pairs.next(), pairs.next()) {
        if old == letter {
            return new;
        }
    }
    letter
}

/// Given name and surname of a Chinese name in simplified characters.
pub(super) fn read(name: &str) -> Option<(String, String)> {
    let length = name.chars().count();
    let surname = name.chars().next().filter(|letter| SURNAMES.contains(*letter))?;
    if !(2..=3).contains(&length) {
        return None;
    }
    let given: Option<String> = name.chars().skip(1).map(syllable).collect();
    Some((given?, syllable(surname)?.to_owned()))
}

/// How a character of names is read.
pub(super) fn syllable(letter: char) -> Option<&'static str> {
    let found = SYLLABLES.iter().find(|(_, letters)| letters.contains(letter));
    found.map(|(syllable, _)| *syllable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_are_read_and_others_are_not() {
        let read = |name: &str| {
            let name: String = name.chars().map(simplified).collect();
            super::read(&name).map(|(given, surname)| format!("{surname} {given}"))
        };
        assert_eq!(read("彭若凡").as_deref(), Some("peng ruofan"));
        assert_eq!(read("張穎").as_deref(), Some("zhang ying"));
        assert_eq!(read("孫正義").as_deref(), Some("sun zhengyi"));
        assert_eq!(read("约翰江珀"), None, "no Chinese surname");
        assert_eq!(read("田中太郎"), None, "four characters");
    }

    #[test]
    fn the_tables_are_whole() {
        assert_eq!(SIMPLIFIED.chars().count() % 2, 0);
        for letter in SURNAMES.chars() {
            assert!(syllable(letter).is_some(), "{letter} has no syllable");
        }
    }
}
