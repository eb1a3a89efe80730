//! Bytes for the parts of a move that are read only when a claim joins it.
//!
//! In memory only, never on disk: the wire format is the JSON of [`crate::model::Move`].

use chrono::{DateTime, Utc};

use super::id::MoveId;

/// Appends values to a buffer.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// A buffer with room for so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Writer {
        Writer(Vec::with_capacity(bytes))
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn finish(self) -> Box<[u8]> {
        self.0.into_boxed_slice()
    }

    pub(crate) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    pub(crate) fn one(&mut self, value: u8) {
        self.0.push(value);
    }

    pub(crate) fn two(&mut self, value: u16) {
        self.0.extend(value.to_le_bytes());
    }

    /// Bytes without their number; whoever reads them knows it.
    pub(crate) fn plain(&mut self, value: &[u8]) {
        self.0.extend(value);
    }

    pub(crate) fn four(&mut self, value: u32) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn bytes(&mut self, value: &[u8]) {
        self.number(value.len() as u64);
        self.0.extend(value);
    }

    pub(crate) fn float(&mut self, value: f64) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn text(&mut self, value: &str) {
        self.bytes(value.as_bytes());
    }

    pub(crate) fn maybe_text(&mut self, value: Option<&str>) {
        self.number(u64::from(value.is_some()));
        if let Some(value) = value {
            self.text(value);
        }
    }

    /// `text`, or where it stands in `within`, which the reader has by then.
    pub(crate) fn text_within(&mut self, text: &str, within: &str) {
        match place_of(text.as_bytes(), within.as_bytes()) {
            Some(start) => {
                self.number(start as u64 + 1);
                self.number(text.len() as u64);
            }
            None => {
                self.number(0);
                self.text(text);
            }
        }
    }

    /// An id, which is 32 digits of 4 bits as a rule.
    pub(crate) fn id(&mut self, id: &MoveId) {
        match id {
            MoveId::Digest(bytes) => {
                self.number(1);
                self.plain(bytes);
            }
            MoveId::Text(text) => {
                self.number(0);
                self.text(text);
            }
        }
    }

    pub(crate) fn time(&mut self, value: DateTime<Utc>) {
        let seconds = value.timestamp();
        // The sign goes to the end, so that times near 1970 are short on both sides of it.
        self.number(((seconds << 1) ^ (seconds >> 63)).cast_unsigned());
        self.number(u64::from(value.timestamp_subsec_nanos()));
    }

    pub(crate) fn maybe_time(&mut self, value: Option<DateTime<Utc>>) {
        self.number(u64::from(value.is_some()));
        if let Some(value) = value {
            self.time(value);
        }
    }
}

/// Where `text` stands in `within`. Both are short, and mostly it does not: a search that prepares
/// itself costs more than it saves.
fn place_of(text: &[u8], within: &[u8]) -> Option<usize> {
    let Some(first) = text.first() else { return Some(0) };
    let last = within.len().checked_sub(text.len())?;
    memchr::memchr_iter(*first, within.get(..=last)?)
        .find(|start| within.get(*start..).is_some_and(|rest| rest.starts_with(text)))
}

/// Reads what [`Writer`] wrote, in the same order. Past the end everything is empty.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// So many bytes, or none where fewer are left.
    pub(crate) fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at_checked(count).unwrap_or((&[], &[]));
        self.0 = rest;
        taken
    }

    /// Itself, unless everything was read.
    pub(crate) fn more(&mut self) -> Option<&mut Self> {
        (!self.0.is_empty()).then_some(self)
    }

    pub(crate) fn number(&mut self) -> u64 {
        // Most numbers are small.
        if let Some((first, rest)) = self.0.split_first().filter(|(first, _)| **first < 0x80) {
            self.0 = rest;
            return u64::from(*first);
        }
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1).first().copied().unwrap_or(0);
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        value
    }

    /// A number that was written from a `u32`.
    pub(crate) fn small(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(0)
    }

    pub(crate) fn one(&mut self) -> u8 {
        self.take(1).first().copied().unwrap_or(0)
    }

    pub(crate) fn two(&mut self) -> u16 {
        u16::from_le_bytes(self.take(2).try_into().unwrap_or_default())
    }

    pub(crate) fn four(&mut self) -> u32 {
        u32::from_le_bytes(self.take(4).try_into().unwrap_or_default())
    }

    /// How many items follow; never more than there are bytes left.
    pub(crate) fn count(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or(0).min(self.0.len())
    }

    fn eight(&mut self) -> [u8; 8] {
        self.take(8).try_into().unwrap_or_default()
    }

    pub(crate) fn float(&mut self) -> f64 {
        f64::from_le_bytes(self.eight())
    }

    /// Bytes where they lie, those of a text among them.
    pub(crate) fn bytes(&mut self) -> &'a [u8] {
        let length = self.count();
        self.take(length)
    }

    pub(crate) fn maybe_bytes(&mut self) -> Option<&'a [u8]> {
        (self.number() == 1).then(|| self.bytes())
    }

    /// A text where it lies.
    pub(crate) fn str(&mut self) -> &'a str {
        std::str::from_utf8(self.bytes()).unwrap_or("")
    }

    pub(crate) fn maybe_str(&mut self) -> Option<&'a str> {
        (self.number() == 1).then(|| self.str())
    }

    pub(crate) fn text(&mut self) -> String {
        self.str().to_owned()
    }

    pub(crate) fn maybe_text(&mut self) -> Option<String> {
        self.maybe_str().map(str::to_owned)
    }

    /// What [`Writer::text_within`] wrote.
    pub(crate) fn str_within(&mut self, within: &'a str) -> &'a str {
        match usize::try_from(self.number()).unwrap_or(0) {
            0 => self.str(),
            start => {
                let length = usize::try_from(self.number()).unwrap_or(0);
                within.get(start - 1..start - 1 + length).unwrap_or("")
            }
        }
    }

    /// Passes over what [`Writer::text_within`] wrote.
    pub(crate) fn skip_within(&mut self) {
        match self.number() {
            0 => drop(self.bytes()),
            _ => drop(self.number()),
        }
    }

    /// What [`Writer::id`] wrote.
    pub(crate) fn id(&mut self) -> MoveId {
        match self.number() {
            1 => MoveId::Digest(self.take(16).try_into().unwrap_or_default()),
            _ => MoveId::Text(self.str().into()),
        }
    }

    pub(crate) fn time(&mut self) -> DateTime<Utc> {
        let number = self.number();
        let seconds = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
        let nanos = self.small();
        DateTime::from_timestamp(seconds, nanos).unwrap_or_default()
    }

    pub(crate) fn maybe_time(&mut self) -> Option<DateTime<Utc>> {
        (self.number() == 1).then(|| self.time())
    }
}
