//! The consonants of Hangul.

use super::{C, H, K, L, M, N, OPTIONAL, P, S, Sounds, T, W};

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
    const SILENT: u32 = 11;
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
        if initial == SILENT && matches!(vowel, 9..=10 | 14..=16) {
            sounds.push(W); // 와, 왜, 워, 웨, 위
        }
        let sound = FINAL.get(last as usize).copied().unwrap_or(0);
        if sound != 0 {
            sounds.push(sound);
        }
    }
    sounds
}
