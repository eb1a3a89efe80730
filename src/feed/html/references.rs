//! Character references, by number and by name.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use memchr::memchr;

use crate::feed::hash::hash;

/// Longest entity name, `&` and `;` apart.
const LONGEST_ENTITY: usize = 24;
/// A hostile feed can hold hundreds of thousands of references; the names are ours, so that no
/// choice of them makes the table slow.
#[derive(Default)]
struct NameHasher(u64);

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 ^= hash(bytes);
    }

    fn write_u8(&mut self, _end: u8) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

type Entities = HashMap<&'static str, char, BuildHasherDefault<NameHasher>>;

static ENTITIES: LazyLock<Entities> = LazyLock::new(|| {
    let lines = include_str!("../tables/entities.tsv").lines();
    let pair = |line: &'static str| {
        let (name, code) = line.split_once('\t')?;
        Some((name, char::from_u32(u32::from_str_radix(code, 16).ok()?)?))
    };
    lines.filter_map(pair).collect()
});

/// Returns `text` with its character references decoded once.
///
/// A bare `&` and an unknown name stay as they are; numbers from 128 to 159 are read as
/// Windows-1252, as browsers do.
pub fn unescape(text: &str) -> Cow<'_, str> {
    let Some(mut at) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let length = match reference(rest) {
            Some((character, length)) => {
                out.push_str(text.get(done..at).unwrap_or_default());
                out.push(character);
                done = at + length;
                length
            }
            None => 1,
        };
        match memchr(b'&', text.as_bytes().get(at + length..).unwrap_or_default()) {
            Some(next) => at += length + next,
            None => break,
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// The character reference at the start of `text`, and its length in bytes.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    let body = text.get(1..)?;
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.bytes().take(8).take_while(|b| char::from(*b).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
        return Some((character_of(code), prefix + length + semicolon));
    }
    let length = body.bytes().take(LONGEST_ENTITY).take_while(u8::is_ascii_alphanumeric).count();
    let name = body.get(..length)?;
    match body.as_bytes().get(length) {
        Some(b';') => ENTITIES.get(name).map(|c| (*c, length + 2)),
        Some(b'=') => None,
        // Without a semicolon only what HTML has always allowed, and only as a whole word.
        _ => {
            let character = ENTITIES.get(name)?;
            let legacy = (*character as u32) < 256 && name != "not" && length > 1;
            legacy.then_some((*character, length + 1))
        }
    }
}

fn character_of(code: u32) -> char {
    let byte = u8::try_from(code).ok().filter(|byte| (0x80..0xa0).contains(byte));
    if let Some(byte) = byte {
        let text = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&text);
        return text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
    }
    char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
}
