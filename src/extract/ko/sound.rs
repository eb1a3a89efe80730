//! How much a word in Hangul sounds like a name from another script.
//!
//! A logistic regression over runs of letters, trained by `config/names/ko_model.py`; its table is
//! text with one character to a weight.

use std::sync::LazyLock;

/// Weights by the hash of a run of letters.
const SIZE: usize = 8192;
/// Letters in a run, at most.
const LONGEST: usize = 4;
/// Steps of the alphabet in a weight of one, and the character of zero.
const SCALE: f64 = 12.0;
const MIDDLE: u8 = 79;

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_str!("../../../config/names/ko-model.txt")));

struct Model {
    bias: f64,
    weights: Vec<i8>,
}

impl Model {
    fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let bias = lines.next().and_then(|line| line.parse().ok()).unwrap_or(0.0);
        let weight = |char: u8| i8::try_from(i16::from(char) - i16::from(MIDDLE)).unwrap_or(0);
        let weights = lines.flat_map(str::bytes).map(weight).collect();
        Self { bias, weights }
    }
}

/// Above zero where the word is rather a name than a Korean word.
pub(super) fn sound(word: &str) -> f64 {
    let mut letters: Vec<u32> = Vec::with_capacity(word.len() + 2);
    letters.push(1);
    for ch in word.chars() {
        let Some(code) = u32::from(ch).checked_sub(0xac00).filter(|code| *code < 11_172) else {
            return 0.0;
        };
        letters.extend([0x1100 + code / 588, 0x1161 + code % 588 / 28, 0x11a7 + code % 28]);
    }
    letters.push(2);
    // Each run counts once.
    let mut found = [0_u64; SIZE / 64];
    let (mut runs, mut sum) = (0_u32, 0_i32);
    for start in 0..letters.len() {
        let mut hash: u32 = 0x811c_9dc5;
        for letter in letters.iter().skip(start).take(LONGEST) {
            hash = (hash ^ letter).wrapping_mul(0x0100_0193);
            let at = (hash ^ hash >> 15) as usize % SIZE;
            let Some(seen) = found.get_mut(at / 64) else { continue };
            if *seen >> (at % 64) & 1 == 0 {
                *seen |= 1 << (at % 64);
                runs += 1;
                sum += i32::from(MODEL.weights.get(at).copied().unwrap_or(0));
            }
        }
    }
    (MODEL.bias + f64::from(sum) / f64::from(runs).sqrt()) / SCALE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_other_scripts_are_told_from_korean_words() {
        for name in ["페헤이라", "립스키", "호프스태터", "솔베르그", "구루무르티"]
        {
            assert!(sound(name) > 0.0, "{name} {}", sound(name));
        }
        for word in ["연구소", "인공지능", "합류한다", "경쟁력", "회사를"] {
            assert!(sound(word) < 0.0, "{word} {}", sound(word));
        }
    }
}
