//! Text as the grammars see it, with a way back to the bytes as they came in.

use std::sync::OnceLock;

use super::{normalise, sentence};

/// A byte range on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// True when the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A normalised text: NFC, half-width Latin, plain quotes, no control or zero-width characters.
///
/// Spans of mentions and triggers count in `norm`; [`Text::original`] maps them back.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The normalised text.
    pub norm: String,
    /// Sentences, as spans of `norm`.
    pub sentences: Vec<Span>,
    /// For each byte of `norm` (and one past the end) the byte of the original it comes from;
    /// empty where the two texts are the same.
    pub map: Vec<u32>,
    /// See [`Text::ascii_lower`].
    pub(crate) lower: OnceLock<String>,
}

impl Text {
    /// Normalises `raw` and splits it into sentences.
    pub fn new(raw: &str) -> Self {
        let (norm, map) = normalise::normalise(raw);
        let sentences = sentence::split(&norm);
        Self { norm, sentences, map, lower: OnceLock::new() }
    }

    /// A text that was normalised before, split into sentences; where it comes from is not known.
    pub(crate) fn unmapped(norm: String) -> Self {
        let sentences = sentence::split(&norm);
        Self { sentences, ..Self::normal(norm) }
    }

    /// A text that was normalised before; neither its sentences are looked for nor where it comes
    /// from.
    pub(crate) fn normal(norm: String) -> Self {
        Self { norm, ..Self::default() }
    }

    /// Returns the part of the normalised text; empty where the span lies off a border.
    pub fn get(&self, span: Span) -> &str {
        self.norm.get(span.start..span.end).unwrap_or("")
    }

    /// The normalised text with its ASCII letters in lower case: spans hold in both.
    pub(crate) fn ascii_lower(&self) -> &str {
        self.lower.get_or_init(|| self.norm.to_ascii_lowercase())
    }

    /// Maps a span of the normalised text to the text as it came in.
    pub fn original(&self, span: Span) -> Span {
        if self.map.is_empty() {
            return span;
        }
        let at = |index: usize| self.map.get(index).map_or(0, |byte| *byte as usize);
        Span { start: at(span.start), end: at(span.end) }
    }

    /// The sentence that byte `at` lies in; the whole text where it lies in none.
    pub fn sentence_at(&self, at: usize) -> Span {
        let index = self.sentences.partition_point(|sentence| sentence.end <= at);
        match self.sentences.get(index) {
            Some(sentence) if sentence.start <= at => *sentence,
            _ => Span { start: 0, end: self.norm.len() },
        }
    }
}
