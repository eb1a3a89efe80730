//! The consonants of Latin letters.

use super::{C, H, K, L, M, N, OPTIONAL, P, S, Sounds, T, W};

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
        b'w' => W,
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
