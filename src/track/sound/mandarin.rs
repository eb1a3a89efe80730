//! The consonants that a syllable of Hanyu Pinyin stands for in a foreign name.

use super::{C, EITHER, H, K, L, M, N, OPTIONAL, P, S, Sounds, T, W};

/// Adds the consonants of one syllable, without tone.
pub(crate) fn mandarin(syllable: &str, sounds: &mut Sounds) {
    let initial = match syllable.as_bytes() {
        [b'e', b'r'] => L | OPTIONAL, // also the er at the end of a word
        [b'z' | b'c' | b's', b'h', ..] => C | S | H,
        [b'b' | b'p' | b'f', ..] => P,
        [b'm', ..] => M,
        [b'd' | b't', ..] => T,
        [b'n', ..] => N,
        [b'l' | b'r', ..] => L | if sounds.as_slice().is_empty() { 0 } else { OPTIONAL },
        [b'g' | b'k', ..] => K,
        [b'h', ..] => H | P | if sounds.as_slice().is_empty() { 0 } else { OPTIONAL },
        [b'j' | b'q', ..] => C | K | H,
        [b'x', ..] => S | C | H,
        [b's', ..] => S | C,
        [b'z' | b'c', ..] => C | S | T,
        [b'w', ..] => W,
        // 约 is the Jo of John, 亚 a vowel.
        [b'y', b'a' | b'e' | b'o' | b'u', ..] => C | H | OPTIONAL | EITHER,
        b"ao" => L | OPTIONAL, // Altman is 奥特曼
        _ => 0,
    };
    // Jumper is 江珀, Sam is 山姆: before a labial an n may be an m, or the beginning of one.
    if sounds.last() == Some(N) && initial == P {
        sounds.change_last(N | M);
    } else if sounds.last() == Some(N) && initial == M {
        sounds.change_last(N | OPTIONAL);
    }
    if initial != 0 {
        sounds.push(initial);
    }
    if syllable.ends_with('n') || syllable.ends_with("ng") {
        sounds.push(N);
    }
}
