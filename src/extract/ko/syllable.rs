//! Which syllables make a name: Korean ones, and those that sound foreign.

use super::classes::Class;
use super::stranger::is_news_word;
use super::words::Words;

impl Words {
    /// Share of the syllables that look foreign.
    pub(super) fn foreignness(&self, word: &str) -> f64 {
        let (mut foreign, mut all) = (0_u32, 0_u32);
        for ch in word.chars() {
            all += 1;
            foreign += u32::from(self.classes.has(ch, Class::Foreign));
        }
        if all == 0 { 0.0 } else { f64::from(foreign) / f64::from(all) }
    }

    /// True for three syllables (two surnames have four) that read like a Korean name.
    pub(super) fn is_korean_name(&self, word: &str) -> bool {
        // Syllables take three bytes each.
        let Some(first) = word.chars().next().filter(|_| matches!(word.len(), 9 | 12)) else {
            return false;
        };
        let count = word.len() / 3;
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
            && word.chars().rev().take(least).all(|ch| self.classes.has(ch, Class::Given))
            && !self.is("ordinary", word)
            && !self.is_role(word)
            && !self.is_doing(word)
            // 마치고, 한다고, 문제로, 공장을
            && !word.ends_with(['고', '다', '로', '의', '을', '를', '는'])
    }

    /// 주장한, 공개한: a noun of doing, and the verb that describes with it.
    pub(super) fn is_doing(&self, word: &str) -> bool {
        let noun = ['한', '할', '해', '된', '될'].iter().find_map(|verb| word.strip_suffix(*verb));
        noun.is_some_and(|noun| self.is("ordinary", noun) || is_news_word(noun))
    }

    /// True for three syllables with a Korean surname of which one is a syllable of given names.
    pub(super) fn may_be_korean_name(&self, word: &str) -> bool {
        let mut syllables = word.chars();
        let first = syllables.next();
        let given = syllables.clone().any(|ch| self.classes.has(ch, Class::Given));
        given
            && syllables.count() == 2
            && first.is_some_and(|first| {
                self.is_surname(first) || self.is_rare_surname(first) && !is_news_word(word)
            })
            && !self.is("ordinary", word)
            && !self.is_role(word)
            && !word.ends_with(['팀', '실', '국', '부', '랩', '고', '며', '다'])
    }

    fn is_surname(&self, syllable: char) -> bool {
        self.classes.has(syllable, Class::Surname)
    }

    fn is_rare_surname(&self, syllable: char) -> bool {
        self.classes.has(syllable, Class::RareSurname)
    }

    /// How many syllables of a Chinese name in its own sound are hardly ever Korean; `None` for any
    /// other word.
    pub(super) fn chinese_syllables(&self, word: &str) -> Option<usize> {
        // Syllables take three bytes each.
        let count = word.len() / 3;
        let surname = |syllables: usize| {
            let end = word.char_indices().nth(syllables).map(|(at, _)| at);
            let head = end.and_then(|end| word.get(..end));
            head.is_some_and(|head| self.is("chinese_surname", head))
        };
        let fits = (3..=5).contains(&count)
            && (count < 5 && surname(1) || surname(2))
            && word.chars().all(|ch| self.classes.has(ch, Class::Pinyin))
            && !self.is("ordinary", word)
            && !is_news_word(word);
        fits.then(|| word.chars().filter(|ch| self.classes.has(*ch, Class::PinyinOnly)).count())
    }

    /// True for a Korean surname and a syllable of given names.
    pub(super) fn opens_korean_name(&self, first: Option<char>, second: Option<char>) -> bool {
        first.is_some_and(|first| self.is_surname(first))
            && second.is_some_and(|second| self.classes.has(second, Class::Given))
    }
}
