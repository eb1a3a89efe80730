//! What single syllables of Hangul stand for in names, by a table over all of them.

use super::token::is_hangul;
use crate::extract::lexicon::Lexicon;
use crate::extract::people::People;

/// A bit of [`Classes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Of Korean given names.
    Given = 1,
    /// Of foreign names, listed or by its sound.
    Foreign = 2,
    /// Of Chinese names in their own sound.
    Pinyin = 4,
    /// Of these, hardly ever of Korean words.
    PinyinOnly = 8,
    /// A Korean surname.
    Surname = 16,
    /// A rare one.
    RareSurname = 32,
    /// Begins the name of a known person.
    Known = 64,
}

/// The classes of each syllable.
#[derive(Debug)]
pub(super) struct Classes(Box<[u8]>);

/// The first syllable.
const FIRST: u32 = 0xac00;
/// How many there are.
const SYLLABLES: usize = 11_172;

impl Classes {
    /// Builds the table.
    pub(super) fn new(lexicon: &Lexicon, people: &People) -> Self {
        let mut classes = Self(vec![0; SYLLABLES].into_boxed_slice());
        let lists = [
            ("given_syllable", Class::Given),
            ("foreign_syllable", Class::Foreign),
            ("pinyin_syllable", Class::Pinyin),
            ("pinyin_only", Class::PinyinOnly),
        ];
        for (list, class) in lists {
            let all = lexicon.list(list).iter().flat_map(|all| all.chars());
            all.for_each(|ch| classes.add(ch, class));
        }
        for (list, class) in [("surname", Class::Surname), ("rare_surname", Class::RareSurname)] {
            for name in lexicon.list(list) {
                let mut chars = name.chars();
                if let (Some(only), None) = (chars.next(), chars.next()) {
                    classes.add(only, class);
                }
            }
        }
        let known = people.aliases().filter_map(|(alias, _)| alias.chars().next());
        known.for_each(|first| classes.add(first, Class::Known));
        let foreign = ('가'..='힣').filter(|ch| sounds_foreign(*ch));
        foreign.for_each(|ch| classes.add(ch, Class::Foreign));
        classes
    }

    fn add(&mut self, ch: char, class: Class) {
        let at = u32::from(ch).checked_sub(FIRST).and_then(|at| usize::try_from(at).ok());
        if let Some(classes) = at.and_then(|at| self.0.get_mut(at)) {
            *classes |= class as u8;
        }
    }

    /// True where the character is a syllable of this class.
    #[inline]
    pub(super) fn has(&self, ch: char, class: Class) -> bool {
        let at = u32::from(ch).wrapping_sub(FIRST) as usize;
        self.0.get(at).is_some_and(|classes| classes & class as u8 != 0)
    }
}

/// Syllables with ㅋ, ㅌ, ㅍ in front are rare in Korean words but for these readings of Han.
const ASPIRATED: &str =
    "쾌타탁탄탈탐탑탕태택탱토통퇴투특틈파판팔패편평폐포폭표품풍피필핍큰커켜키터티";

fn sounds_foreign(ch: char) -> bool {
    if !is_hangul(ch) {
        return false;
    }
    let code = u32::from(ch) - FIRST;
    let (onset, vowel, coda) = (code / 588, code % 588 / 28, code % 28);
    let aspirated = (15..=17).contains(&onset) && !ASPIRATED.contains(ch);
    // 앨, 엘, 웰, 윌: an open front vowel with ㄹ behind; 리, 라 and their like begin few words.
    let liquid = coda == 8 && matches!(vowel, 1 | 5 | 15 | 16);
    aspirated || liquid
}
