//! Makes one spelling out of many: NFC, width, quotes, entities, invisible characters.
//!
//! Every byte of the result knows the byte of the original that it comes from, because evidence
//! is reported in the article as it came in.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use super::octet::{self, HIGH};

/// Returns the normalised text and, for each of its bytes and one past the end, the byte of
/// `raw` it comes from. The map is empty where nothing had to change.
pub(crate) fn normalise(raw: &str) -> (String, Vec<u32>) {
    if is_normal(raw) {
        return (raw.to_owned(), Vec::new());
    }
    let out = build(raw, true);
    (out.norm, out.map)
}

/// Returns the normalised text alone; the text itself where nothing had to change.
pub(crate) fn normal(raw: &str) -> Cow<'_, str> {
    match is_normal(raw) {
        true => Cow::Borrowed(raw),
        false => Cow::Owned(build(raw, false).norm),
    }
}

fn build(raw: &str, mapped: bool) -> Builder {
    let mut out = Builder {
        norm: String::with_capacity(raw.len()),
        map: Vec::with_capacity(if mapped { raw.len() + 1 } else { 0 }),
        mapped,
        run: Vec::new(),
        run_at: 0,
    };
    let mut at = 0;
    while let Some(rest) = raw.get(at..) {
        let plain = out.copy_settled(rest, at);
        at += plain;
        let rest = rest.get(plain..).unwrap_or("");
        if let Some(mark) = plain_mark(rest.as_bytes()) {
            out.push_plain(mark, at);
            at += 3;
            continue;
        }
        let Some(ch) = rest.chars().next() else { break };
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
    if mapped {
        out.map.push(offset(raw.len()));
    }
    out
}

/// True where normalising surely leaves `raw` as it is.
fn is_normal(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    if is_plain(bytes) {
        return true;
    }
    // Most Han and Hangul tell by their first byte that they stay as they are.
    let stays = |byte: u8| matches!(byte, b' '..=b'~' | 0x80..0xc0 | 0xe5..=0xe9 | 0xeb | 0xec);
    let suspect = |byte: u8| !stays(byte) || byte == b'&';
    !octet::any_place(bytes, suspect, |at| !is_normal_at(raw, at))
}

fn is_normal_at(raw: &str, at: usize) -> bool {
    match raw.as_bytes().get(at) {
        Some(b'&') => raw.get(at..).is_none_or(|rest| entity(rest).is_none()),
        Some(b'\n') | None => true,
        Some(byte) if byte.is_ascii() => false,
        Some(_) if settled(raw.as_bytes(), at).is_some() => true,
        Some(_) => {
            let ch = raw.get(at..).and_then(|rest| rest.chars().next());
            ch.is_some_and(|ch| is_composed(ch) && fold(ch) == Some(ch))
        }
    }
}

/// True where all bytes are printing ASCII or line breaks, and none is `&`. Without a branch among
/// the bytes, so that many are compared side by side.
fn is_plain(bytes: &[u8]) -> bool {
    let odd = |byte: u8| {
        let control = u8::from(byte < b' ') & u8::from(byte != b'\n');
        control | u8::from(byte > b'~') | u8::from(byte == b'&')
    };
    let (parts, rest) = bytes.as_chunks::<32>();
    let mut last = [b' '; 32];
    last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    let mut odds = [0_u8; 32];
    for part in parts.iter().chain([&last]) {
        odds.iter_mut().zip(part).for_each(|(odds, byte)| *odds |= odd(*byte));
    }
    odds == [0; 32]
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Builder {
    norm: String,
    map: Vec<u32>,
    /// False where nobody asks for the map.
    mapped: bool,
    /// A character and the marks that follow it, to be composed together.
    run: Vec<char>,
    run_at: usize,
}

impl Builder {
    /// Copies what `rest` begins with that stays as it is, but for its last character where a mark
    /// may follow that one. Returns how many bytes.
    fn copy_settled(&mut self, rest: &str, at: usize) -> usize {
        let bytes = rest.as_bytes();
        let (mut end, mut next) = (0, 0);
        loop {
            while octet::plain(octet::eight(bytes, next)) == HIGH && next + 8 <= bytes.len() {
                (end, next) = (next + 7, next + 8);
            }
            let Some(len) = settled(bytes, next) else { break };
            (end, next) = (next, next + len);
        }
        if bytes.get(next..).is_none_or(|rest| rest.is_empty() || plain_mark(rest).is_some()) {
            end = next;
        }
        if end == 0 {
            return 0;
        }
        self.flush();
        let part = rest.get(..end).unwrap_or("");
        self.norm.push_str(part);
        if self.mapped {
            let chars = part.char_indices();
            let starts =
                chars.flat_map(|(index, ch)| std::iter::repeat_n(at + index, ch.len_utf8()));
            self.map.extend(starts.map(offset));
        }
        end
    }

    /// Adds a plain character that stands for the one at `at`; nothing composes with it.
    fn push_plain(&mut self, plain: char, at: usize) {
        self.flush();
        self.norm.push(plain);
        if self.mapped {
            self.map.push(offset(at));
        }
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
        if self.mapped {
            self.map.resize(self.norm.len(), at);
        }
        self.run.clear();
    }
}

/// The plain form, as [`fold`] gives it, of the quote, space, wide digit or mark that `bytes` begin
/// with and that takes three of them; nothing composes with it.
fn plain_mark(bytes: &[u8]) -> Option<char> {
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

/// The length of the character at `at` where it is plain ASCII, Kana, Han or a Hangul syllable:
/// what normalising leaves alone.
fn settled(bytes: &[u8], at: usize) -> Option<usize> {
    match (*bytes.get(at)?, bytes.get(at + 1), bytes.get(at + 2)) {
        (b'&', ..) => None,
        (0x20..0x7f, ..) => Some(1),
        // Kana; after 0x82, two voicing marks compose with the letter before them.
        (0xe3, Some(0x82), Some(0x99 | 0x9a)) => None,
        (0xe3, Some(0x81..=0x83), _) => Some(3),
        // U+4E00 to U+8FFF and on to U+9FFF; the syllables up to U+D7FF hold letters at the end.
        (0xe4, Some(0xb8..), _) | (0xe5..=0xe9, ..) => Some(3),
        (0xea, Some(0xb0..), _) | (0xeb | 0xec, ..) => Some(3),
        (0xed, Some(..=0x9d), _) => Some(3),
        _ => None,
    }
}

/// True for a character that composing leaves as it is: ASCII, Latin letters with marks, the usual
/// punctuation, Kana, Han, Hangul syllables. Others may be too.
fn is_composed(ch: char) -> bool {
    matches!(ch, '\0'..='\u{17f}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3029}' | '\u{3030}'..='\u{3098}'
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

    use super::{build, fold, is_composed, is_normal, normal, normalise, plain_mark, settled};

    #[track_caller]
    fn check(raw: &str, want: &str) {
        let (norm, map) = normalise(raw);
        assert_eq!(norm, want);
        assert_eq!(normal(raw), want);
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
        check("“Ada’s ‘lab’”\u{301}e\u{301}", "\"Ada's 'lab'\"\u{301}é");
        check("‚„‟", "‚\"\"");
        check("（Ｇａｎａ，＝\u{338}１！）～\u{3000}é", "(Gana,≠1!)~ é");
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
    fn settled_characters_are_left_alone() {
        let mut many = 0;
        for ch in ('\0'..=char::MAX).filter(|ch| settled(ch.to_string().as_bytes(), 0).is_some()) {
            assert!(is_composed(ch) && fold(ch) == Some(ch) && ch != '&', "{ch:?}");
            assert_eq!(settled(ch.to_string().as_bytes(), 0), Some(ch.len_utf8()));
            many += 1;
        }
        assert!(many > 30_000);
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

    #[test]
    fn normal_texts_are_told_without_building_them() {
        let changed =
            ["Open\u{200b}AI", "ＯｐｅｎＡＩ", "Scale\u{a0}AI", "Open&#65;I", "a\tb", "’", "‑"];
        let pieces =
            ["Rene\u{301}e", "ｸﾞｰｸﾞﾙ", "ク\u{3099}", "\u{1112}\u{1161}\u{11ab}", "so\u{ad}ft"];
        for raw in changed.into_iter().chain(pieces) {
            assert!(!is_normal(raw), "{raw}");
        }
        for raw in ["plain", "S&P 500 & more", "two\nlines", "谷歌，René", "떠났다… “", "—", ""]
        {
            assert!(is_normal(raw) == (normal(raw) == raw), "{raw}");
        }
        for ch in ('\0'..=char::MAX).filter(|ch| is_normal(&ch.to_string())) {
            assert_eq!(build(&format!("{ch}가{ch}"), false).norm, format!("{ch}가{ch}"));
        }
    }
}
