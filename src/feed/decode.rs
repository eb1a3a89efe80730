//! From the bytes of an answer to UTF-8.
//!
//! The order is BOM, `Content-Type`, XML prolog, HTML `meta`, detection; the first that decodes
//! without an error wins. Valid UTF-8 beats a wrong declaration, because servers convert
//! documents and forget the prolog. An encoding given by the feed's settings beats everything.
//! Nothing here fails: the worst bytes become replacement characters.

mod declared;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::codepages;
use declared::{DECLARATIONS, charset_label, label_after, own_labels};

/// How much of a document the detector reads.
const DETECTION: usize = 256 << 10;

/// Faults after which it is clear whether UTF-8 was meant.
const FAULTS: usize = 100_000;

/// A document as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text; borrowed where the bytes were UTF-8 already. No BOM.
    pub text: Cow<'a, str>,
    /// Name of the encoding that was used: WHATWG's where it has one.
    pub encoding: &'static str,
    /// True when a declaration named another encoding, an unknown one, or bytes were malformed.
    pub lied: bool,
}

/// One way to read bytes as characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Charset {
    Whatwg(&'static Encoding),
    Utf32 { big: bool },
    Codepage(&'static codepages::Codepage),
}

/// Returns the text of a document.
///
/// `content_type` is the header as it came; `wanted` the encoding of the feed's settings, by any
/// label of the WHATWG Encoding Standard, which overrides everything.
pub fn decode<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
    wanted: Option<&str>,
) -> Decoded<'a> {
    if let Some(charset) = wanted.and_then(charset_of) {
        return read_as(charset, strip_bom(charset, bytes), false);
    }
    if let Some((charset, length)) = bom(bytes) {
        let body = bytes.get(length..).unwrap_or_default();
        if charset == Charset::Whatwg(UTF_8) && std::str::from_utf8(body).is_err() {
            return Decoded {
                text: Cow::Owned(mend_utf8(body)),
                encoding: UTF_8.name(),
                lied: true,
            };
        }
        return read_as(charset, body, contradicted(charset, content_type, body));
    }
    if let Some(charset) = wide_without_bom(bytes) {
        return read_as(charset, bytes, false);
    }
    if let Some(page) = ebcdic(bytes) {
        return read_as(Charset::Codepage(page), bytes, false);
    }
    let labels: Vec<&str> =
        content_type.and_then(charset_label).into_iter().chain(own_labels(bytes)).collect();
    let mut declared: Vec<Charset> =
        labels.iter().filter_map(|label| charset_of(label)).filter(|c| keeps_ascii(*c)).collect();
    let unknown = declared.len() < labels.len();
    let says_utf8 = declared.iter().all(|c| *c == Charset::Whatwg(UTF_8));
    if let Ok(text) = std::str::from_utf8(bytes)
        && (says_utf8 || is_surely_utf8(text))
    {
        let lied = !text.is_ascii() && (unknown || !says_utf8);
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), lied };
    }
    let first = declared.first().copied();
    // Servers add Latin-1 to everything, and every byte is valid in it: it has the last word only.
    declared.sort_by_key(|charset| *charset == Charset::Whatwg(WINDOWS_1252));
    for charset in &declared {
        if let Some(text) = read_without_errors(*charset, bytes) {
            let lied = first != Some(*charset) || unknown;
            return Decoded { text, encoding: name_of(*charset), lied };
        }
    }
    let mended = declared.iter().map(|charset| read_as(*charset, bytes, true));
    mended
        .into_iter()
        .find(|decoded| is_mostly_well_formed(&decoded.text))
        .unwrap_or_else(|| detect(bytes))
}

/// True when hardly any character had to be replaced.
fn is_mostly_well_formed(text: &str) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for character in text.chars().filter(|c| !c.is_ascii()) {
        if character == char::REPLACEMENT_CHARACTER { bad += 1 } else { good += 1 }
    }
    good > bad * 50
}

/// Bytes that nothing declared, or that nothing declared fits.
fn detect(bytes: &[u8]) -> Decoded<'_> {
    if is_mostly_utf8(bytes) {
        return Decoded { text: Cow::Owned(mend_utf8(bytes)), encoding: UTF_8.name(), lied: true };
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..DETECTION).unwrap_or(bytes), true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    read_as(Charset::Whatwg(guess), bytes, true)
}

fn read_as(charset: Charset, bytes: &[u8], lied: bool) -> Decoded<'_> {
    let encoding = name_of(charset);
    match charset {
        Charset::Whatwg(known) => {
            let (text, malformed) = known.decode_without_bom_handling(bytes);
            Decoded { text, encoding, lied: lied || malformed }
        }
        Charset::Utf32 { big } => {
            let (text, malformed) = utf32(bytes, big);
            Decoded { text: Cow::Owned(text), encoding, lied: lied || malformed }
        }
        Charset::Codepage(page) => Decoded { text: Cow::Owned(page.decode(bytes)), encoding, lied },
    }
}

fn read_without_errors(charset: Charset, bytes: &[u8]) -> Option<Cow<'_, str>> {
    match charset {
        Charset::Whatwg(known) => known.decode_without_bom_handling_and_without_replacement(bytes),
        other => Some(read_as(other, bytes, false).text),
    }
}

fn name_of(charset: Charset) -> &'static str {
    match charset {
        Charset::Whatwg(known) => known.name(),
        Charset::Utf32 { big: true } => "UTF-32BE",
        Charset::Utf32 { big: false } => "UTF-32LE",
        Charset::Codepage(page) => page.name,
    }
}

fn charset_of(label: &str) -> Option<Charset> {
    let label = label.trim().to_ascii_lowercase();
    if let Some(known) = Encoding::for_label_no_replacement(label.as_bytes()) {
        return Some(Charset::Whatwg(known));
    }
    match label.replace('_', "-").as_str() {
        "utf-32" | "utf-32be" | "ucs-4" | "csucs4" | "iso-10646-ucs-4" | "utf32" => {
            Some(Charset::Utf32 { big: true })
        }
        "utf-32le" => Some(Charset::Utf32 { big: false }),
        "cp949" | "uhc" | "ms949" | "x-windows-949" => Some(Charset::Whatwg(encoding_rs::EUC_KR)),
        "cp932" | "ms932" => Some(Charset::Whatwg(encoding_rs::SHIFT_JIS)),
        "cp936" | "ms936" => Some(Charset::Whatwg(encoding_rs::GBK)),
        "cp950" | "big5-hkscs:2004" => Some(Charset::Whatwg(encoding_rs::BIG5)),
        "utf16" | "u16" => Some(Charset::Whatwg(UTF_16LE)),
        "utf8mb4" | "utf-8mb4" => Some(Charset::Whatwg(UTF_8)),
        "ms-cyrl" => Some(Charset::Whatwg(encoding_rs::WINDOWS_1251)),
        "macroman" | "mac-roman" => Some(Charset::Whatwg(encoding_rs::MACINTOSH)),
        "maccyrillic" | "mac-cyrillic" => Some(Charset::Whatwg(encoding_rs::X_MAC_CYRILLIC)),
        plain => codepages::find(plain).map(Charset::Codepage).or_else(|| code_page_number(plain)),
    }
}

/// "cp1252", "1252", "windows-1252" are all in use.
fn code_page_number(label: &str) -> Option<Charset> {
    let digits = label.trim_start_matches(|c: char| !c.is_ascii_digit());
    let known = match digits {
        "874" | "1250" | "1251" | "1252" | "1253" | "1254" | "1255" | "1256" | "1257" | "1258" => {
            Encoding::for_label(format!("windows-{digits}").as_bytes())
        }
        "866" => Some(encoding_rs::IBM866),
        _ => None,
    };
    known.map(Charset::Whatwg)
}

fn is_wide(charset: Charset) -> bool {
    matches!(charset, Charset::Utf32 { .. })
        || charset == Charset::Whatwg(UTF_16LE)
        || charset == Charset::Whatwg(UTF_16BE)
}

/// False for encodings that would have shown in the first bytes.
fn keeps_ascii(charset: Charset) -> bool {
    !is_wide(charset) && !matches!(charset, Charset::Codepage(page) if page.is_ebcdic())
}

/// The EBCDIC code page of a document that begins with `<?xm` in it (XML 1.0, appendix F).
fn ebcdic(bytes: &[u8]) -> Option<&'static codepages::Codepage> {
    let head = bytes.strip_prefix(&[0x4c, 0x6f, 0xa7, 0x94])?;
    let invariant = codepages::find("cp037")?;
    let head = invariant.decode(head.get(..DECLARATIONS).unwrap_or(head));
    let label = label_after(head.as_bytes(), b"encoding").unwrap_or_default().to_ascii_lowercase();
    codepages::find(&label.replace('_', "-")).filter(|page| page.is_ebcdic()).or(Some(invariant))
}

fn bom(bytes: &[u8]) -> Option<(Charset, usize)> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some((Charset::Whatwg(UTF_8), 3)),
        [0xff, 0xfe, 0, 0, ..] => Some((Charset::Utf32 { big: false }, 4)),
        [0, 0, 0xfe, 0xff, ..] => Some((Charset::Utf32 { big: true }, 4)),
        [0xff, 0xfe, ..] => Some((Charset::Whatwg(UTF_16LE), 2)),
        [0xfe, 0xff, ..] => Some((Charset::Whatwg(UTF_16BE), 2)),
        _ => None,
    }
}

fn strip_bom(charset: Charset, bytes: &[u8]) -> &[u8] {
    match bom(bytes) {
        Some((found, length)) if found == charset => bytes.get(length..).unwrap_or_default(),
        _ => bytes,
    }
}

/// Wide characters show by the zeros around the first `<` (XML 1.0, appendix F).
fn wide_without_bom(bytes: &[u8]) -> Option<Charset> {
    match bytes {
        [b'<', 0, 0, 0, ..] => Some(Charset::Utf32 { big: false }),
        [0, 0, 0, b'<', ..] => Some(Charset::Utf32 { big: true }),
        [b'<' | b'{', 0, second, 0, ..] if *second != 0 => Some(Charset::Whatwg(UTF_16LE)),
        [0, b'<' | b'{', 0, second, ..] if *second != 0 => Some(Charset::Whatwg(UTF_16BE)),
        _ => None,
    }
}

fn contradicted(charset: Charset, content_type: Option<&str>, body: &[u8]) -> bool {
    let own = own_labels(body);
    let mut declared = content_type.and_then(charset_label).into_iter().chain(own);
    declared.any(|label| {
        charset_of(label).is_none_or(|c| c != charset && !(is_wide(c) && is_wide(charset)))
    })
}

/// True when no legacy encoding is likely to give these bytes: plain ASCII says nothing, one or
/// two short sequences may be chance.
fn is_surely_utf8(text: &str) -> bool {
    let mut short = 0;
    for character in text.chars().filter(|c| !c.is_ascii()) {
        short += if character.len_utf8() > 2 { 3 } else { 1 };
        if short >= 3 {
            return true;
        }
    }
    short == 0
}

/// True when UTF-8 was meant: most of what is not ASCII is well formed, up to so many faults.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks().take(FAULTS) {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// UTF-8 with foreign bytes in it: these are Windows-1252 far more often than anything else.
fn mend_utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

fn utf32(bytes: &[u8], big: bool) -> (String, bool) {
    let mut malformed = !bytes.len().is_multiple_of(4);
    let mut text = String::with_capacity(bytes.len() / 4);
    for unit in bytes.chunks_exact(4) {
        let unit = <[u8; 4]>::try_from(unit).unwrap_or_default();
        let code = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
        let character = char::from_u32(code);
        malformed |= character.is_none();
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    (text, malformed)
}
