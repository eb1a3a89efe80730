//! Makes one spelling out of many: NFC, width, quotes, entities, invisible characters.
//!
//! Every byte of the result knows the byte of the original that it comes from, because evidence
//! is reported in the article as it came in.

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use super::octet::{self, HIGH};

/// Returns the normalised text and, for each of its bytes and one past the end, the byte of
/// `raw` it comes from. The map is empty where nothing had to change.
pub(crate) fn normalise(raw: &str) -> (String, Vec<u32>) {
    if is_plain(raw.as_bytes()) {
        return (raw.to_owned(), Vec::new());
    }
    let mut out = Builder {
        norm: String::with_capacity(raw.len()),
        map: Vec::with_capacity(raw.len() + 1),
        run: Vec::new(),
        run_at: 0,
    };
    let mut at = 0;
    while let Some(rest) = raw.get(at..) {
        let plain = out.copy_plain(rest, at);
        at += plain;
        let Some(ch) = rest.get(plain..).and_then(|rest| rest.chars().next()) else { break };
        match raw.get(at..).filter(|_| ch == '&').and_then(entity) {
            Some((decoded, len)) => {
                out.push(decoded, at);
                at += len;
            }
            None => {
                out.push(ch, at);
                at += ch.len_utf8();
            }
        }
    }
    out.flush();
    out.map.push(offset(raw.len()));
    (out.norm, out.map)
}

/// True where words of `raw` may show only after normalising: entities, letters in other widths or
/// in pieces, characters that nobody sees, spaces that are not plain. Odd quotes and hyphens do
/// not count.
pub(crate) fn hides(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let mut odd = (0..bytes.len()).step_by(8).any(|at| {
        // Past the end `eight` is zero: ones for a space there.
        let word = octet::eight(bytes, at);
        let ascii = !word & HIGH;
        ascii & !octet::plain(word) & !blank_past(bytes.len(), at) != 0
    });
    // Rare: a line break, a control character or `&`.
    odd = odd
        && raw.bytes().enumerate().any(|(at, byte)| match byte {
            b'\n' => false,
            b'&' => raw.get(at..).and_then(entity).is_some(),
            _ => byte.is_ascii_control(),
        });
    odd || octet::any_lead(bytes, |at| {
        // Most characters of news begin with another byte than these.
        matches!(bytes.get(at), Some(0xc2 | 0xcc | 0xcd | 0xe1..=0xe3 | 0xef | 0xf3))
            && raw.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_hiding)
    })
}

/// The high bits of the bytes past the end in the eight from `at`.
fn blank_past(len: usize, at: usize) -> u64 {
    match len - at {
        left @ 1..8 => HIGH << (8 * left),
        _ => 0,
    }
}

/// True where all bytes are printing ASCII or line breaks, and none is `&`.
fn is_plain(bytes: &[u8]) -> bool {
    (0..bytes.len()).step_by(8).all(|at| {
        let odd = HIGH & !octet::plain(octet::eight(bytes, at)) & !blank_past(bytes.len(), at);
        odd == 0
            || bytes.get(at..bytes.len().min(at + 8)).is_some_and(|part| {
                let plain = |byte: &u8| *byte != b'&' && (0x20..0x7f).contains(byte);
                part.iter().all(|byte| *byte == b'\n' || plain(byte))
            })
    })
}

/// True for a character that normalising makes a part of a word, a space, or nothing.
fn is_hiding(ch: char) -> bool {
    let letter = |folded: char| folded.is_alphanumeric() || folded == ' ';
    continues(ch)
        || matches!(ch, '\u{f900}'..='\u{faff}')
        || fold(ch).is_none_or(|folded| folded != ch && letter(folded))
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Builder {
    norm: String,
    map: Vec<u32>,
    /// A character and the marks that follow it, to be composed together.
    run: Vec<char>,
    run_at: usize,
}

impl Builder {
    /// Copies the plain ASCII that `rest` begins with, but for its last character: a mark may
    /// follow that one. Returns how many bytes.
    fn copy_plain(&mut self, rest: &str, at: usize) -> usize {
        let plain = |byte: &u8| *byte != b'&' && (0x20..0x7f).contains(byte);
        let len = rest.as_bytes().iter().take_while(|byte| plain(byte)).count();
        let Some(len) = len.checked_sub(1).filter(|len| *len > 0) else { return 0 };
        self.flush();
        self.norm.push_str(rest.get(..len).unwrap_or(""));
        self.map.extend(offset(at)..offset(at + len));
        len
    }

    fn push(&mut self, ch: char, at: usize) {
        let Some(ch) = fold(ch) else { return };
        if ch.is_ascii() || !continues(ch) || self.run.is_empty() {
            self.flush();
            self.run_at = at;
        }
        self.run.push(ch);
    }

    fn flush(&mut self) {
        let at = offset(self.run_at);
        match self.run.as_slice() {
            [] => return,
            [one] if is_composed(*one) => self.norm.push(*one),
            run => self.norm.extend(run.iter().copied().nfc()),
        }
        self.map.resize(self.norm.len(), at);
        self.run.clear();
    }
}

/// True for a character that composing leaves as it is: ASCII, Latin letters with marks, the usual
/// punctuation, Kana, Han, Hangul syllables. Others may be too.
fn is_composed(ch: char) -> bool {
    matches!(ch, '\0'..='\u{17f}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3098}'
        | '\u{309b}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// True for a character that may compose with the one before it.
fn continues(ch: char) -> bool {
    if is_composed(ch) {
        return false;
    }
    canonical_combining_class(ch) != 0 || matches!(ch, '\u{1160}'..='\u{11ff}')
}

/// Maps one character to its plain form; `None` for one that nobody sees.
fn fold(ch: char) -> Option<char> {
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

/// Reads an HTML entity at the start of `text`; returns its character and length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let decoded = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        char::from_u32(code.ok()?)?
    } else {
        ENTITIES.iter().find(|(known, _)| *known == name)?.1
    };
    Some((decoded, end + 1))
}

/// The entities that feeds use; the rest stay as they are.
const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("lsquo", '\''),
    ("rsquo", '\''),
    ("ldquo", '"'),
    ("rdquo", '"'),
    ("sbquo", ','),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("euro", '€'),
    ("pound", '£'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("aacute", 'á'),
    ("eacute", 'é'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("agrave", 'à'),
    ("egrave", 'è'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("szlig", 'ß'),
    ("ecirc", 'ê'),
    ("ocirc", 'ô'),
    ("aring", 'å'),
    ("oslash", 'ø'),
    ("euml", 'ë'),
    ("iuml", 'ï'),
    ("aelig", 'æ'),
];

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::{hides, is_composed, normalise};

    #[track_caller]
    fn check(raw: &str, want: &str) {
        let (norm, map) = normalise(raw);
        assert_eq!(norm, want);
        if !map.is_empty() {
            assert_eq!(map.len(), norm.len() + 1);
            assert!(map.windows(2).all(|pair| pair[0] <= pair[1]), "the map runs forward");
            assert!(map.iter().all(|at| raw.is_char_boundary(*at as usize)));
        }
    }

    #[test]
    fn one_spelling_is_made_of_many() {
        check("plain text", "plain text");
        check("Open\u{200b}AI\u{2019}s CTO", "OpenAI's CTO");
        check("ＯｐｅｎＡＩ　入社", "OpenAI 入社");
        check("A&amp;B &#39;quoted&#x27; &bogus; & more", "A&B 'quoted' &bogus; & more");
        check("Rene\u{301}e", "Renée");
        check("\u{1112}\u{1161}\u{11ab}", "한");
        check("ｸﾞｰｸﾞﾙ", "グーグル");
        check("", "");
    }

    #[test]
    fn characters_taken_for_composed_are_their_own_composition() {
        for ch in ('\0'..=char::MAX).filter(|ch| is_composed(*ch)) {
            assert!(std::iter::once(ch).nfc().eq([ch]), "{ch:?}");
            assert_eq!(super::canonical_combining_class(ch), 0, "{ch:?}");
        }
    }

    #[test]
    fn words_that_show_only_after_normalising_are_suspected() {
        for hiding in [
            "Open\u{200b}AI",
            "ＯｐｅｎＡＩ",
            "Scale\u{a0}AI",
            "Open&#65;I",
            "Rene\u{301}e",
            "ｸﾞｰｸﾞﾙ",
            "\u{1112}\u{1161}\u{11ab}",
            "so\u{ad}ft",
            "a\tb",
        ] {
            assert!(hides(hiding), "{hiding}");
        }
        for open in ["plain", "S&P 500 & more", "two\nlines", "OpenAI\u{2019}s", "谷歌，微软", "“René”", ""] {
            assert!(!hides(open), "{open}");
        }
    }
}
