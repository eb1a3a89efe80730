//! Single-byte encodings that the WHATWG standard leaves out but old feeds still declare.
//!
//! `tables/codepages.tsv` has a line for each: name, labels, the 128 characters above ASCII.

use std::sync::LazyLock;

/// A single-byte encoding whose lower half is ASCII.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Codepage {
    /// Name to report.
    pub(crate) name: &'static str,
    labels: &'static str,
    upper: Vec<char>,
}

static CODEPAGES: LazyLock<Vec<Codepage>> = LazyLock::new(|| {
    let lines = include_str!("tables/codepages.tsv").lines();
    let pages = lines.filter_map(|line| {
        let mut columns = line.splitn(3, '\t');
        let (name, labels) = (columns.next()?, columns.next()?);
        Some(Codepage { name, labels, upper: columns.next()?.chars().collect() })
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
        let upper = |byte: u8| self.upper.get(usize::from(byte & 0x7f)).copied();
        let character = |byte: &u8| {
            if byte.is_ascii() {
                char::from(*byte)
            } else {
                upper(*byte).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
        };
        bytes.iter().map(character).collect()
    }
}
