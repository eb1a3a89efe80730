//! Records of a fixed length as text: base64 behind the name of their form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::de::Visitor;

/// Length of the longest record.
const LONGEST: usize = 44;

/// The name of a form and what is stored in it, as base64.
pub(super) fn stored(form: &str, bytes: &[u8]) -> String {
    let mut text = String::with_capacity(form.len() + bytes.len() * 4 / 3 + 4);
    text.push_str(form);
    STANDARD_NO_PAD.encode_string(bytes, &mut text);
    text
}

/// Reads stored records where their text lies: what is only needed in between would leave holes
/// between what 100,000 feeds keep.
pub(super) struct Stored<T>(pub(super) fn(&str) -> Result<T, String>);

impl<T> Visitor<'_> for Stored<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("entries that were seen, as base64")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

/// No more room than is needed.
pub(super) fn exactly(records: usize) -> usize {
    records
}

/// Records of `N` bytes each out of base64, three at a time, with as much `room` for their number.
pub(super) fn decoded<const N: usize, T>(
    coded: &str,
    room: fn(usize) -> usize,
    read: impl Fn(&[u8; N]) -> T,
) -> Result<Vec<T>, String> {
    let mut records = Vec::with_capacity(room(coded.len() * 3 / 4 / N));
    let mut buffer = [0; 3 * LONGEST];
    for three in coded.as_bytes().chunks(4 * N) {
        let length = STANDARD_NO_PAD
            .decode_slice(three, &mut buffer)
            .map_err(|error| format!("seen entries: {error}"))?;
        let (whole, rest) = buffer.get(..length).unwrap_or_default().as_chunks();
        if !rest.is_empty() {
            return Err(format!("seen entries: {} bytes too many", rest.len()));
        }
        records.extend(whole.iter().map(&read));
    }
    Ok(records)
}
