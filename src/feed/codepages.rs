//! Single-byte encodings that the WHATWG standard leaves out but old feeds still declare.
//!
//! `tables/codepages.tsv` has a line for each: name, labels, then the 128 characters above ASCII, or
//! for EBCDIC all 256, with U+2028 for the end of a line.

use std::sync::LazyLock;

/// A single-byte encoding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Codepage {
    /// Name to report.
    pub(crate) name: &'static str,
    labels: &'static str,
    characters: Vec<char>,
}

static CODEPAGES: LazyLock<Vec<Codepage>> = LazyLock::new(|| {
    let lines = include_str!("tables/codepages.tsv").lines();
    let pages = lines.filter_map(|line| {
        let mut columns = line.splitn(3, '\t');
        let (name, labels) = (columns.next()?, columns.next()?);
        Some(Codepage { name, labels, characters: columns.next()?.chars().collect() })
    });
    pages.collect()
});

/// Returns the code page with this label, which is in lower case with `-` for `_`.
pub(crate) fn find(label: &str) -> Option<&'static Codepage> {
    CODEPAGES.iter().find(|page| page.labels.split(' ').any(|known| known == label))
}

impl Codepage {
    /// Returns the text of `bytes`; bytes without a character become U+FFFD.
    pub(crate) fn decode(&self, bytes: &[u8]) -> String {
        let is_ebcdic = self.is_ebcdic();
        let character = |byte: &u8| {
            let index = if is_ebcdic { *byte } else { *byte & 0x7f };
            match self.characters.get(usize::from(index)) {
                _ if !is_ebcdic && byte.is_ascii() => char::from(*byte),
                Some('\u{2028}') => '\n',
                Some(character) => *character,
                None => char::REPLACEMENT_CHARACTER,
            }
        };
        bytes.iter().map(character).collect()
    }

    /// True when not even `<` is where ASCII has it.
    pub(crate) fn is_ebcdic(&self) -> bool {
        self.characters.len() == 256
    }
}
