//! The consonants of a name, comparable across scripts: 슐먼, シュルマン and Schulman sound alike.
//!
//! Hangul and Kana are romanised by rule, and so is Latin, into classes of consonants that
//! transliterators confuse (b, p, f, v are one class). Vowels are left out. A consonant that one
//! script writes and another drops (the r of Jumper) is optional; one that is read in several ways
//! (ch, th) stands in several classes. Of Han characters those sound that transliterate foreign
//! names.

mod hangul;
mod kana;
mod latin;
mod mandarin;
mod print;

pub(crate) use hangul::hangul;
pub(crate) use kana::kana;
pub(crate) use latin::latin;
pub(crate) use mandarin::mandarin;
pub(crate) use print::Print;

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
/// A w is a vowel to some and a v to others: Kowalski is 코왈스키 or 코발스키.
const W: u16 = P | OPTIONAL;

/// Set where a consonant has a number or none, as another script has it: the Japanese fu is the f of
/// Latin names and the h of Chinese ones (Huang is フアン).
const EITHER: u16 = 1 << 14;

const LONGEST: usize = 16;

/// The consonants of one part of a name, in order; what follows the 16th is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sounds {
    len: u8,
    at: [u16; LONGEST],
}

/// The most readings of one part that an index keeps.
const READINGS: usize = 4;

impl Sounds {
    pub(crate) fn push(&mut self, sound: u16) {
        if self.last() == Some(sound) {
            return; // doubled letters, and a final and an initial that are written twice
        }
        if let Some(slot) = self.at.get_mut(usize::from(self.len)) {
            *slot = sound;
            self.len += 1;
        }
    }

    fn change_last(&mut self, sound: u16) {
        let last = usize::from(self.len).checked_sub(1);
        if let Some(slot) = last.and_then(|last| self.at.get_mut(last)) {
            *slot = sound;
        }
    }

    fn last(&self) -> Option<u16> {
        self.as_slice().last().copied()
    }

    /// Every consonant as a number; [`Sounds::push`] takes them back.
    pub(crate) fn as_slice(&self) -> &[u16] {
        self.at.get(..usize::from(self.len)).unwrap_or(&[])
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
        for sound in self.as_slice().iter().filter(|sound| is_written(**sound)) {
            let digit = match sound {
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

    /// Like [`Sounds::bucket`], but finer: one number for each way to read the sounds that stand in
    /// several classes. Spellings that agree share one of them, in all but rare cases.
    pub(crate) fn readings(&self) -> Readings {
        const DIGITS: [u16; 6] = [K, T, C | S, P, M, N];
        let mut keys = Readings { len: 1, at: [1; READINGS] };
        for sound in self.as_slice() {
            let written = is_written(*sound) || *sound == W || sound & EITHER != 0;
            if !written || keys.as_slice().iter().any(|key| key >> 28 != 0) {
                continue;
            }
            let mut next = Readings { len: 0, at: [0; READINGS] };
            for key in keys.as_slice() {
                if *sound == W || sound & EITHER != 0 {
                    next.push(*key);
                }
                let digits = (1..).zip(DIGITS).filter(|(_, class)| sound & class != 0);
                digits.for_each(|(digit, _)| next.push(key * 8 + digit));
            }
            if next.len > 0 {
                keys = next;
            }
        }
        keys
    }
}

/// The first few ways to read a part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Readings {
    len: usize,
    at: [u32; READINGS],
}

impl Readings {
    fn push(&mut self, key: u32) {
        if let Some(place) = self.at.get_mut(self.len) {
            *place = key;
            self.len += 1;
        }
    }

    /// The usual one first.
    pub(crate) fn as_slice(&self) -> &[u32] {
        self.at.get(..self.len).unwrap_or(&[])
    }
}

/// True for a consonant that every script writes in some way; r and l are left out, because in many
/// places a script drops one.
fn is_written(sound: u16) -> bool {
    sound & OPTIONAL == 0 && sound != H | P
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
            assert!(
                a.readings().as_slice().iter().any(|key| b.readings().as_slice().contains(key)),
                "{latin_part} and {other} have no reading in common"
            );
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
        alike("dresser", &["드레서", "ドレッサー"]);
        alike("kowalski", &["코왈스키", "コワルスキー"]);
        alike("leike", &["라이케", "레이크", "ライケ"]);
    }

    #[test]
    fn the_japanese_fu_is_an_f_or_an_h() {
        for (a, b) in [("xiaohua", "シャオファ"), ("huang", "フアン"), ("fischer", "フィッシャー")]
        {
            let (a, b) = (latin(a), kana(b));
            assert!(a.agree(&b), "{a:x?} {b:x?}");
            assert!(
                a.readings().as_slice().iter().any(|key| b.readings().as_slice().contains(key))
            );
        }
    }

    #[test]
    fn a_w_is_a_vowel_or_a_v() {
        let [w, v] = [hangul("코왈스키"), hangul("코발스키")];
        for other in [latin("kowalski"), v] {
            assert!(w.agree(&other) && other.agree(&v));
            assert!(
                w.readings().as_slice().iter().any(|key| other.readings().as_slice().contains(key))
            );
        }
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
