//! The consonants of Hiragana and Katakana.

use unicode_normalization::UnicodeNormalization;

use super::{C, EITHER, H, K, L, M, N, OPTIONAL, P, S, Sounds, T, W};

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
            'フ' if !voiced => P | H | EITHER,
            'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => P,
            'ウ' if voiced => P,
            'マ' | 'ミ' | 'ム' | 'メ' | 'モ' => M,
            'ル' if index > 0 => L | OPTIONAL,
            'ラ' | 'リ' | 'ル' | 'レ' | 'ロ' => L,
            'ン' => N | M,
            'ワ' => W,
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
