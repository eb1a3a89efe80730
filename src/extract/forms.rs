//! The plain form of each character, and which characters are plain already.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// True for a character that composing leaves as it is: ASCII, Latin letters with marks, the usual
/// punctuation, Kana, Han, Hangul syllables. Others may be too.
pub(super) fn is_composed(ch: char) -> bool {
    matches!(ch, '\0'..='\u{17f}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3029}' | '\u{3030}'..='\u{3098}'
        | '\u{309b}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// True for a character that may compose with the one before it.
pub(super) fn continues(ch: char) -> bool {
    if is_composed(ch) {
        return false;
    }
    canonical_combining_class(ch) != 0 || matches!(ch, '\u{1160}'..='\u{11ff}')
}

/// Maps one character to its plain form; `None` for one that nobody sees.
pub(super) fn fold(ch: char) -> Option<char> {
    Some(match ch {
        '\n' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            ' '
        }
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' => return None,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => return None,
        '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => return None,
        '‘' | '’' | '‛' | '´' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        '‐' | '‑' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        '\u{ff65}'..='\u{ff9f}' => ch.nfkc().next().unwrap_or(ch),
        other => other,
    })
}

/// The plain form, as [`fold`] gives it, of the quote, space, wide digit or mark that `bytes` begin
/// with and that takes three of them; nothing composes with it.
pub(super) fn plain_mark(bytes: &[u8]) -> Option<char> {
    match (bytes.first()?, bytes.get(1)?, bytes.get(2)?) {
        (0xe2, 0x80, 0x98 | 0x99 | 0x9b) => Some('\''),
        (0xe2, 0x80, 0x9c..=0x9f) => Some('"'),
        (0xe3, 0x80, 0x80) => Some(' '),
        (0xef, 0xbc, low @ 0x81..) => Some(char::from(low - 0x60)),
        (0xef, 0xbd, low @ ..=0x9e) => Some(char::from(low - 0x20)),
        _ => None,
    }
    .filter(|ch| !ch.is_ascii_alphabetic() && !matches!(ch, '<' | '=' | '>'))
}

/// True for the first byte of a character that normalising leaves as it is, given the two bytes
/// behind it, and for any byte but the first: printing ASCII, Latin letters with marks, the usual
/// punctuation, Kana, Han, Hangul syllables. Others may stay too. Without a branch, so that many bytes
/// are judged side by side.
#[inline(always)]
pub(super) fn stays(first: u8, second: u8, third: u8) -> bool {
    let within = |byte: u8, low: u8, high: u8| byte.wrapping_sub(low) <= high - low;
    let ascii = (within(first, b' ', b'~') & (first != b'&')) | (first == b'\n');
    let inner = within(first, 0x80, 0xbf);
    // U+5000 to U+9FFF, and most syllables of Hangul.
    let most = within(first, 0xe5, 0xe9) | within(first, 0xeb, 0xec);
    let edges = (first == 0xe4) & (second >= 0xb8)
        | (first == 0xea) & (second >= 0xb0)
        | (first == 0xed) & (second <= 0x9d);
    // Two voicing marks compose with the letter before them.
    let voicing = (second == 0x82) & within(third, 0x99, 0x9a);
    let kana = (first == 0xe3) & within(second, 0x81, 0x83) & !voicing;
    let brackets = (first == 0xe3) & (second == 0x80) & within(third, 0x81, 0x91);
    // Dashes, the bullet, the ellipsis.
    let dashes = within(third, 0x93, 0x94) | (third == 0xa2) | (third == 0xa6);
    let marks = (first == 0xe2) & (second == 0x80) & dashes;
    ascii | inner | most | edges | kana | brackets | marks | (first == 0xc3)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{fold, is_composed, plain_mark, stays};

    #[test]
    fn characters_taken_for_composed_are_their_own_composition() {
        for ch in ('\0'..=char::MAX).filter(|ch| is_composed(*ch)) {
            assert!(std::iter::once(ch).nfc().eq([ch]), "{ch:?}");
            assert_eq!(super::canonical_combining_class(ch), 0, "{ch:?}");
        }
    }

    #[test]
    fn characters_that_stay_are_left_alone() {
        let stays = |ch: &char| {
            let mut bytes = [b' '; 4];
            ch.encode_utf8(&mut bytes);
            stays(bytes[0], bytes[1], bytes[2])
        };
        let all: Vec<char> = ('\0'..=char::MAX).filter(stays).collect();
        for ch in &all {
            assert!(is_composed(*ch) && fold(*ch) == Some(*ch) && *ch != '&', "{ch:?}");
        }
        assert!(all.len() > 30_000);
    }

    #[test]
    fn plain_marks_are_what_folding_makes_of_them() {
        for ch in '\0'..=char::MAX {
            let text = ch.to_string();
            if let Some(mark) = plain_mark(text.as_bytes()) {
                assert_eq!((fold(ch), text.len()), (Some(mark), 3), "{ch:?}");
            }
        }
    }
}
