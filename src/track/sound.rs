//! The consonants of a name, comparable across scripts: 슐먼, シュルマン and Schulman sound alike.
//!
//! Hangul and Kana are romanised by rule, and so is Latin, into classes of consonants that
//! transliterators confuse (b, p, f, v are one class). Vowels are left out. A consonant that one
//! script writes and another drops (the r of Jumper) is optional; one that is read in several ways
//! (ch, th) stands in several classes. Han characters have no sound here: they need an alias.

use unicode_normalization::UnicodeNormalization;

const K: u16 = 1;
const T: u16 = 2;
const S: u16 = 4;
const C: u16 = 8;
const P: u16 = 16;
const M: u16 = 32;
const N: u16 = 64;
const L: u16 = 128;
const H: u16 = 256;
const OPTIONAL: u16 = 1 << 15;

const LONGEST: usize = 16;

/// The consonants of one part of a name, in order; what follows the 16th is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sounds {
    len: usize,
    at: [u16; LONGEST],
}

impl Sounds {
    fn push(&mut self, sound: u16) {
        if self.last() == Some(sound) {
            return; // doubled letters, and a final and an initial that are written twice
        }
        if let Some(slot) = self.at.get_mut(self.len) {
            *slot = sound;
            self.len += 1;
        }
    }

    fn last(&self) -> Option<u16> {
        self.len.checked_sub(1).and_then(|index| self.at.get(index)).copied()
    }

    fn as_slice(&self) -> &[u16] {
        self.at.get(..self.len).unwrap_or(&[])
    }

    /// How many consonants every script writes.
    pub(crate) fn weight(&self) -> usize {
        self.as_slice().iter().filter(|sound| *sound & OPTIONAL == 0).count()
    }

    /// True when both can be read as the same consonants.
    pub(crate) fn agree(&self, other: &Sounds) -> bool {
        agree(self.as_slice(), other.as_slice())
    }

    /// A number that is the same for all spellings that [`Sounds::agree`], in all but rare cases:
    /// what scripts drop is left out, what they confuse is one class. `hard` says how to read the
    /// sounds that are k in one language and ch in another.
    pub(crate) fn bucket(&self, hard: bool) -> u32 {
        let mut key = 1_u32;
        for sound in self.as_slice() {
            let digit = match sound {
                sound if sound & OPTIONAL != 0 => continue,
                sound if *sound == H | P => continue,
                sound if sound & K != 0 && (hard || sound & (C | S | T) == 0) => 1,
                sound if sound & (C | S | T) != 0 => 2,
                sound if sound & P != 0 => 3,
                sound if sound & (M | N) != 0 => 0,
                _ => continue,
            };
            if key >> 26 == 0 {
                key = key * 4 + digit;
            }
        }
        key
    }
}

fn agree(a: &[u16], b: &[u16]) -> bool {
    match (a.split_first(), b.split_first()) {
        (None, None) => true,
        (Some((x, rest)), None) => x & OPTIONAL != 0 && agree(rest, b),
        (None, Some((y, rest))) => y & OPTIONAL != 0 && agree(a, rest),
        (Some((x, a_rest)), Some((y, b_rest))) => {
            (x & y & !OPTIONAL != 0 && agree(a_rest, b_rest))
                || (x & OPTIONAL != 0 && agree(a_rest, b))
                || (y & OPTIONAL != 0 && agree(a, b_rest))
        }
    }
}

/// Reads a part of a name in Latin letters, lower case and without diacritics.
pub(crate) fn latin(part: &str) -> Sounds {
    let letters = part.as_bytes();
    let at = |index: usize| letters.get(index).copied().unwrap_or(b' ');
    let vowel = |letter: u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let mut sounds = Sounds::default();
    let mut index = 0;
    while index < letters.len() {
        let (here, next) = (at(index), at(index + 1));
        let first = index == 0;
        let soft = matches!(next, b'e' | b'i' | b'y');
        let (sound, taken) = match (here, next) {
            (b's', b'c') if at(index + 2) == b'h' => (S, 3),
            (b't', b'c') if at(index + 2) == b'h' => (C, 3),
            (b'g', b'h') if at(index + 2) == b't' => (0, 2),
            (b'k', b'n') if first => (N, 2),
            (b'w', b'r') if first => (L, 2),
            (b'p', b'h') => (P, 2),
            (b's', b'h') => (S, 2),
            (b't', b'h') => (T | S, 2),
            (b't', b'z' | b's') | (b'z', b'z') => (C | T | S, 2),
            (b'z' | b'c', b'h') => (if here == b'z' { C | S } else { C | K | S }, 2),
            (b'c', b'z') => (C, 2),
            (b'c', b'k') => (K, 2),
            (b'g', b'h') => (if first { K } else { K | P | OPTIONAL }, 2),
            (b'd', b'g') if at(index + 2) == b'e' => (C, 2),
            (b'n', b'g') => {
                sounds.push(N);
                (K | C | OPTIONAL, 2)
            }
            (b'x', _) if !first => {
                sounds.push(K);
                (S | C, 1)
            }
            (b'c', _) if soft => (S | C, 1),
            (b'c', b' ') => (K | C, 1), // Marc, Rajic
            (b'g', _) if soft => (K | C, 1),
            (b's', _) if vowel(next) && !first && vowel(at(index - 1)) => (S | C, 1),
            (b'r', _) if !vowel(next) && next != b'r' => (L | OPTIONAL, 1),
            _ => (single(here, first), 1),
        };
        if sound != 0 {
            sounds.push(sound);
        }
        index += taken;
    }
    sounds
}

/// What one Latin letter sounds like where its neighbours change nothing.
fn single(letter: u8, first: bool) -> u16 {
    match letter {
        b'b' | b'f' | b'p' | b'v' => P,
        b'w' => P | OPTIONAL,
        b'c' | b'g' | b'k' | b'q' => K,
        b'd' | b't' => T,
        b'h' if first => H | P,
        b'h' => H | P | OPTIONAL,
        b'j' => C | H,
        b'l' | b'r' => L,
        b'm' => M,
        b'n' => N,
        b's' => S,
        b'x' | b'z' => C | S,
        _ => 0,
    }
}

/// Reads a part of a name in Hangul.
pub(crate) fn hangul(part: &str) -> Sounds {
    const INITIAL: [u16; 19] =
        [K, K, N, T, T, L, M, P, P, S, S, 0, C | S, C, C | T, K, T, P, H | P];
    const FINAL: [u16; 28] = [
        0,
        K,
        K,
        K,
        N,
        N,
        N,
        T,
        L,
        L,
        L,
        L,
        L,
        L,
        L,
        L,
        M,
        P,
        P,
        T | S,
        T | S,
        N,
        T | C,
        T | C,
        K,
        T,
        P,
        0,
    ];
    const EU: u32 = 18;
    let mut sounds = Sounds::default();
    for (position, letter) in part.chars().enumerate() {
        let Some(code) = u32::from(letter).checked_sub(0xac00).filter(|code| *code < 11_172) else {
            continue;
        };
        let (initial, vowel, last) = (code / 588, code / 28 % 21, code % 28);
        let sound = INITIAL.get(initial as usize).copied().unwrap_or(0);
        // 르 without a final stands for an r that Latin may not write (카르파티, Karpathy), and ㅎ
        // inside a word for an h that it may leave out.
        let weak = (sound == L && vowel == EU && last == 0) || sound & H != 0;
        if sound != 0 {
            sounds.push(if weak && position > 0 { sound | OPTIONAL } else { sound });
        }
        let sound = FINAL.get(last as usize).copied().unwrap_or(0);
        if sound != 0 {
            sounds.push(sound);
        }
    }
    sounds
}

/// Reads a part of a name in Hiragana or Katakana.
pub(crate) fn kana(part: &str) -> Sounds {
    let mut sounds = Sounds::default();
    // Decomposed, ガ is カ and a mark, so that the rows below need no voiced letters of their own.
    let letters: Vec<char> = part.nfd().map(katakana).collect();
    for (index, letter) in letters.iter().enumerate() {
        let next = letters.get(index + 1).copied().unwrap_or(' ');
        let voiced = matches!(next, '\u{3099}' | '\u{309a}');
        let sound = match letter {
            'カ' | 'キ' | 'ク' | 'ケ' | 'コ' if sounds.last() == Some(N | M) && voiced => {
                K | OPTIONAL // ング: the g of ng
            }
            'カ' | 'キ' | 'ク' | 'ケ' | 'コ' => K,
            'サ' | 'シ' | 'ス' | 'セ' | 'ソ' if voiced => C | S,
            'ス' => S | T,
            'サ' | 'シ' | 'セ' | 'ソ' => S,
            'チ' => C | T,
            'ツ' if voiced => C | S,
            'ツ' => C | T | S,
            'タ' | 'テ' | 'ト' => T,
            'ナ' | 'ニ' | 'ヌ' | 'ネ' | 'ノ' => N,
            'ハ' | 'ヒ' | 'ヘ' | 'ホ' if !voiced => H | P,
            'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => P, // フ is the f and v of other languages
            'ウ' if voiced => P,
            'マ' | 'ミ' | 'ム' | 'メ' | 'モ' => M,
            'ル' if index > 0 => L | OPTIONAL,
            'ラ' | 'リ' | 'ル' | 'レ' | 'ロ' => L,
            'ン' => N | M,
            'ワ' => P | OPTIONAL,
            _ => continue,
        };
        sounds.push(sound);
    }
    sounds
}

/// Maps Hiragana to Katakana and leaves the rest.
fn katakana(letter: char) -> char {
    match letter {
        '\u{3041}'..='\u{3096}' => char::from_u32(u32::from(letter) + 0x60).unwrap_or(letter),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn alike(latin_part: &str, others: &[&str]) {
        for other in others {
            let sounds = if other.chars().any(|c| ('가'..='힣').contains(&c)) {
                hangul(other)
            } else {
                kana(other)
            };
            let (a, b) = (latin(latin_part), sounds);
            assert!(a.agree(&b), "{latin_part} and {other}: {a:x?} {b:x?}");
            let buckets = [a.bucket(true), a.bucket(false)];
            assert!(
                buckets.contains(&b.bucket(true)) || buckets.contains(&b.bucket(false)),
                "{latin_part} and {other} share no bucket"
            );
        }
    }

    #[test]
    fn transliterations_sound_like_the_name() {
        alike("schulman", &["슐먼", "슐만", "シュルマン"]);
        alike("john", &["존", "ジョン"]);
        alike("dylan", &["딜런", "ディラン"]);
        alike("scandinaro", &["스칸디나로", "スキャンディナロ"]);
        alike("andrea", &["안드레아", "アンドレア"]);
        alike("vallone", &["발로네", "발론", "ヴァローネ"]);
        alike("altman", &["올트먼", "알트만", "アルトマン"]);
        alike("jumper", &["점퍼", "ジャンパー"]);
        alike("karpathy", &["카파시", "카르파티", "カルパシー"]);
        alike("sutskever", &["수츠케버", "서츠케버", "サツキヴァー", "サツケバー"]);
        alike("beyer", &["바이어", "バイヤー", "ベイヤー"]);
        alike("kolesnikov", &["콜레스니코프", "コレスニコフ"]);
        alike("alexander", &["알렉산더", "アレクサンダー"]);
        alike("lightcap", &["라이트캡", "ライトキャップ"]);
        alike("zoph", &["조프", "ゾフ"]);
        alike("metz", &["메츠", "メッツ"]);
        alike("weng", &["웡", "웽", "ウェン"]);
        alike("brockman", &["브록먼", "브로크만", "ブロックマン"]);
        alike("hassabis", &["허사비스", "하사비스", "ハサビス"]);
        alike("murati", &["무라티", "ムラティ"]);
        alike("zhai", &["자이", "ザイ"]);
        assert!(latin("xiaohua").agree(&kana("シャオファ")));
        alike("dresser", &["드레서", "ドレッサー"]);
        alike("leike", &["라이케", "레이크", "ライケ"]);
    }

    #[test]
    fn other_names_sound_different() {
        for (a, b) in
            [("schulman", "올트먼"), ("murati", "브록먼"), ("wang", "챙"), ("zoph", "메츠")]
        {
            assert!(!latin(a).agree(&hangul(b)), "{a} and {b}");
        }
    }
}
