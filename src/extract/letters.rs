//! How many letters of each script a text holds: a script by the first bytes of a character.

use std::sync::LazyLock;

use super::block;
use super::octet;
use super::script::Script;

/// How many letters of each script.
#[derive(Debug, Default)]
pub(super) struct Counts {
    latin: usize,
    hangul: usize,
    kana: usize,
    han: usize,
    cyrillic: usize,
    arabic: usize,
    other: usize,
}

/// What a character counts as: the number of a byte of a tally.
type Class = u8;

const LATIN: Class = 0;
const HANGUL: Class = 1;
const KANA: Class = 2;
const HAN: Class = 3;
const CYRILLIC: Class = 4;
const ARABIC: Class = 5;
const OTHER: Class = 6;
/// No letter.
const NONE: Class = 7;
/// More bytes have to tell.
const UNTOLD: Class = 8;

/// Characters that a tally counts before any of its bytes is full.
const MOST: usize = 255;

/// The class of each character of two bytes, by both; of three, by the first two; of those from U+3000
/// to U+3FFF, by the second and third.
static CLASSES: LazyLock<Box<[Class; 2 * PAIRS]>> = LazyLock::new(|| {
    let mut classes = Box::new([UNTOLD; 2 * PAIRS]);
    let mut told = [false; 2 * PAIRS];
    for ch in '\u{80}'..='\u{ffff}' {
        let mut bytes = [0; 4];
        let bytes = ch.encode_utf8(&mut bytes).as_bytes();
        let place = place(bytes, 0);
        if let (Some(class), Some(told)) = (classes.get_mut(place), told.get_mut(place)) {
            *class = if !*told || *class == class_of(ch) { class_of(ch) } else { UNTOLD };
            *told = true;
        }
    }
    classes
});

/// Pairs of six bits.
const PAIRS: usize = 1 << 12;

/// Where [`CLASSES`] holds the class of the character that begins at `at`.
#[inline]
fn place(bytes: &[u8], at: usize) -> usize {
    let low = |at: usize| usize::from(bytes.get(at).copied().unwrap_or(0) & 0x3f);
    let (first, second, third) = (low(at), low(at + 1), low(at + 2));
    if first == 0x23 { PAIRS | second << 6 | third } else { first << 6 | second }
}

fn class_of(ch: char) -> Class {
    match Script::of(ch) {
        Script::Latin => LATIN,
        Script::Hangul => HANGUL,
        Script::Katakana | Script::Hiragana => KANA,
        Script::Han => HAN,
        Script::Other => match ch {
            '\u{400}'..='\u{52f}' => CYRILLIC,
            '\u{600}'..='\u{6ff}' => ARABIC,
            _ => OTHER,
        },
        Script::None => NONE,
    }
}

/// True where Hangul surely settles it: there is more of it than of all that is neither Hangul nor
/// ASCII, and enough for the Latin letters. Told without a look at single characters.
pub(super) fn is_plainly_korean(texts: &[&str]) -> bool {
    let [hangul, lead, latin] = texts.iter().fold([0; 3], |all, text| {
        let own = count_pairs(text.as_bytes(), |first, second| {
            [octet::is_hangul(first, second), octet::is_lead(first), first.is_ascii_alphabetic()]
        });
        [all[0] + own[0], all[1] + own[1], all[2] + own[2]]
    });
    let others = lead - hangul;
    hangul >= 2 && hangul >= others && hangul * LETTERS >= latin + others
}

/// Bytes that are judged side by side.
const PART: usize = 64;

/// How many bytes `is` marks as each of its kinds, given the one behind: zero past the end, where
/// it must mark nothing.
#[inline(always)]
fn count_pairs(bytes: &[u8], is: impl Fn(u8, u8) -> [bool; 3]) -> [usize; 3] {
    let mut all = [0; 3];
    for at in (0..bytes.len()).step_by(PART) {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let mut end = [0; PART + 1];
        let part = rest.first_chunk::<{ PART + 1 }>().unwrap_or_else(|| {
            end.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
            &end
        });
        // So few that a byte counts them: they are judged side by side.
        let (mut one, mut two, mut three) = (0_u8, 0_u8, 0_u8);
        for (first, second) in part.iter().zip(part.iter().skip(1)) {
            let [a, b, c] = is(*first, *second);
            one += u8::from(a);
            two += u8::from(b);
            three += u8::from(c);
        }
        all = [all[0] + usize::from(one), all[1] + usize::from(two), all[2] + usize::from(three)];
    }
    all
}

/// Latin letters that say about as much as one character of an East Asian script.
const LETTERS: usize = 5;

impl Counts {
    /// Counts the ASCII letters of `text`.
    pub(super) fn add_latin(&mut self, text: &str) {
        self.latin += block::count(text.as_bytes(), |byte| byte.is_ascii_alphabetic());
    }

    /// Counts what is not ASCII.
    pub(super) fn add_others(&mut self, text: &str) {
        let classes = &**CLASSES;
        let bytes = text.as_bytes();
        let (mut tally, mut counted) = (0_u64, 0);
        block::any_place(bytes, octet::is_lead, |at| {
            let mut class = classes.get(place(bytes, at)).copied().unwrap_or(UNTOLD);
            if class == UNTOLD {
                let ch = text.get(at..).and_then(|rest| rest.chars().next());
                class = ch.map_or(NONE, class_of);
            }
            tally += 1 << (8 * u32::from(class));
            counted += 1;
            if counted == MOST {
                self.add(tally);
                (tally, counted) = (0, 0);
            }
            false
        });
        self.add(tally);
    }

    fn add(&mut self, tally: u64) {
        let of = |class: Class| {
            usize::from(tally.to_le_bytes().get(usize::from(class)).copied().unwrap_or(0))
        };
        self.latin += of(LATIN);
        self.hangul += of(HANGUL);
        self.kana += of(KANA);
        self.han += of(HAN);
        self.cyrillic += of(CYRILLIC);
        self.arabic += of(ARABIC);
        self.other += of(OTHER);
    }

    /// True where nothing was counted yet.
    pub(super) fn none(&self) -> bool {
        let east = self.hangul + self.kana + self.han;
        east + self.latin + self.cyrillic + self.arabic + self.other == 0
    }

    /// True where a Latin letter was counted.
    pub(super) fn has_latin(&self) -> bool {
        self.latin > 0
    }

    /// False where no script but Latin can win: ASCII letters need not be counted.
    pub(super) fn needs_latin(&self) -> bool {
        let east = self.hangul + self.kana + self.han;
        [east, self.cyrillic, self.arabic, self.other].into_iter().any(|count| count > 1)
    }

    /// The language that the scripts of the letters tell.
    pub(super) fn by_script(&self, hint: Option<&str>) -> Option<&'static str> {
        let east = self.hangul + self.kana + self.han;
        // A headline of names only: "OpenAI 的 John Smith 加入 Google DeepMind".
        let weight = if matches!(hint, Some("ko" | "ja" | "zh")) { 12 } else { LETTERS };
        if east >= 2 && east * weight >= self.latin {
            if self.hangul >= self.kana && self.hangul * 3 >= self.han {
                return Some("ko");
            }
            if self.kana > 0 && self.kana * 12 >= self.han || hint == Some("ja") {
                return Some("ja");
            }
            return Some("zh");
        }
        let foreign = [(self.cyrillic, "ru"), (self.arabic, "ar"), (self.other, "und")];
        let top = foreign.into_iter().max_by_key(|(count, _)| *count)?;
        (top.0 > self.latin / 3 && top.0 > 1).then_some(top.1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, class_of, is_plainly_korean};

    #[test]
    fn every_character_is_counted_as_its_script() {
        for ch in ('\u{80}'..=char::MAX).step_by(3) {
            let mut counts = Counts::default();
            counts.add_others(&format!("a{ch}"));
            let all = [
                counts.latin,
                counts.hangul,
                counts.kana,
                counts.han,
                counts.cyrillic,
                counts.arabic,
                counts.other,
            ];
            let mut want = [0; 8];
            want[usize::from(class_of(ch))] = 1;
            assert_eq!(all, want[..7], "{ch:?}");
        }
    }

    #[test]
    fn where_korean_is_plain_the_scripts_agree() {
        let pieces = ["가나", "Gana ", "谷歌", "グ", "é", "… ", "ㅋ", "42"];
        for first in pieces {
            for second in pieces {
                for times in [1, 2, 5, 40] {
                    let text = format!("가{}{}", first.repeat(times), second.repeat(2 * times));
                    let mut counts = Counts::default();
                    counts.add_others(&text);
                    counts.add_latin(&text);
                    let plain = is_plainly_korean(&[&text]);
                    assert!(!plain || counts.by_script(None) == Some("ko"), "{text}");
                    assert!(plain || first != "가나" || second != "42", "{text}");
                }
            }
        }
    }

    #[test]
    fn letters_of_a_long_text_are_all_counted() {
        let mut counts = Counts::default();
        counts.add_others(&"가é".repeat(700));
        assert_eq!((counts.hangul, counts.latin), (700, 700));
    }
}
