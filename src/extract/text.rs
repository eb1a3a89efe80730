//! Text as the grammars see it, with a way back to the bytes as they came in.

/// A byte range on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

impl Span {
    /// True when the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
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
    /// For each byte of `norm` (and one past the end) the byte of the original it comes from.
    pub map: Vec<u32>,
}

impl Text {
    /// Returns the part of the normalised text; empty where the span lies off a border.
    pub fn get(&self, span: Span) -> &str {
        self.norm.get(span.start..span.end).unwrap_or("")
    }

    /// Maps a span of the normalised text to the text as it came in.
    pub fn original(&self, span: Span) -> Span {
        let at = |index: usize| self.map.get(index).map_or(0, |byte| *byte as usize);
        Span { start: at(span.start), end: at(span.end) }
    }
}
