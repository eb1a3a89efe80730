//! Which syllables make a name: Korean ones, and those that sound foreign.

use super::stranger::is_news_word;
use super::words::Words;

impl Words {
    /// Share of the syllables that look foreign.
    pub(super) fn foreignness(&self, word: &str) -> f64 {
        let (mut foreign, mut all) = (0_u32, 0_u32);
        for ch in word.chars() {
            all += 1;
            foreign += u32::from(self.foreign_syllables.contains(&ch) || sounds_foreign(ch));
        }
        if all == 0 { 0.0 } else { f64::from(foreign) / f64::from(all) }
    }

    /// True for three syllables (two surnames have four) that read like a Korean name.
    pub(super) fn is_korean_name(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return false };
        let count = word.chars().count();
        // 제갈민, 황보영
        let compound = || word.get(..6).is_some_and(|head| self.is("surname", head));
        let least = if count == 3 && compound() { 1 } else { 2 };
        let surname = match count {
            3 if least == 1 => true,
            3 => self.is_surname(first) || self.is_rare_surname(first) && !is_news_word(word),
            4 => word
                .char_indices()
                .nth(2)
                .is_some_and(|(at, _)| word.get(..at).is_some_and(|head| self.is("surname", head))),
            _ => false,
        };
        surname
            && word.chars().rev().take(least).all(|ch| self.given_syllables.contains(&ch))
            && !self.is("ordinary", word)
            && !self.is_role(word)
            && !self.is_doing(word)
            // 마치고, 한다고, 문제로, 공장을
            && !word.ends_with(['고', '다', '로', '의', '을', '를', '는'])
    }

    /// 주장한, 공개한: a noun of doing, and the verb that describes with it.
    fn is_doing(&self, word: &str) -> bool {
        let noun = ['한', '할'].iter().find_map(|verb| word.strip_suffix(*verb));
        noun.is_some_and(|noun| self.is("ordinary", noun) || is_news_word(noun))
    }

    /// True for three syllables with a Korean surname of which one is a syllable of given names.
    pub(super) fn may_be_korean_name(&self, word: &str) -> bool {
        let mut syllables = word.chars();
        let first = syllables.next();
        let given = syllables.clone().any(|ch| self.given_syllables.contains(&ch));
        given
            && syllables.count() == 2
            && first.is_some_and(|first| {
                self.is_surname(first) || self.is_rare_surname(first) && !is_news_word(word)
            })
            && !self.is("ordinary", word)
            && !self.is_role(word)
            && !word.ends_with(['팀', '실', '국', '부', '랩'])
    }

    fn is_surname(&self, syllable: char) -> bool {
        self.is("surname", syllable.encode_utf8(&mut [0; 4]))
    }

    fn is_rare_surname(&self, syllable: char) -> bool {
        self.is("rare_surname", syllable.encode_utf8(&mut [0; 4]))
    }

    /// How many syllables of a Chinese name in its own sound are hardly ever Korean; `None` for any
    /// other word.
    pub(super) fn chinese_syllables(&self, word: &str) -> Option<usize> {
        let count = word.chars().count();
        let surname = |syllables: usize| {
            let end = word.char_indices().nth(syllables).map(|(at, _)| at);
            let head = end.and_then(|end| word.get(..end));
            head.is_some_and(|head| self.is("chinese_surname", head))
        };
        let fits = (3..=5).contains(&count)
            && (count < 5 && surname(1) || surname(2))
            && word.chars().all(|ch| self.pinyin_syllables.contains(&ch))
            && !self.is("ordinary", word)
            && !is_news_word(word);
        fits.then(|| word.chars().filter(|ch| self.pinyin_only.contains(ch)).count())
    }

    /// True for a Korean surname and a syllable of given names.
    pub(super) fn opens_korean_name(&self, first: Option<char>, second: Option<char>) -> bool {
        let surname = first.is_some_and(|first| self.is("surname", first.encode_utf8(&mut [0; 4])));
        surname && second.is_some_and(|second| self.given_syllables.contains(&second))
    }
}

/// Syllables with ㅋ, ㅌ, ㅍ in front are rare in Korean words but for these readings of Han.
const ASPIRATED: &str =
    "쾌타탁탄탈탐탑탕태택탱토통퇴투특틈파판팔패편평폐포폭표품풍피필핍큰커켜키터티";

fn sounds_foreign(ch: char) -> bool {
    if !super::token::is_hangul(ch) {
        return false;
    }
    let code = u32::from(ch) - 0xac00;
    let (onset, vowel, coda) = (code / 588, code % 588 / 28, code % 28);
    let aspirated = (15..=17).contains(&onset) && !ASPIRATED.contains(ch);
    // 앨, 엘, 웰, 윌: an open front vowel with ㄹ behind; 리, 라 and their like begin few words.
    let liquid = coda == 8 && matches!(vowel, 1 | 5 | 15 | 16);
    aspirated || liquid
}
