//! Headers as bytes: for each, the length of the name (u32, little endian), the name, the length
//! of the value, the value.

/// Returns `None` where there are no headers.
pub(super) fn encode(headers: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    if headers.is_empty() {
        return None;
    }
    let mut bytes = Vec::new();
    for (name, value) in headers {
        for part in [name.as_bytes(), value] {
            // A part of 4 GiB is beyond what SQLite stores; it would be refused as too big.
            bytes.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
            bytes.extend_from_slice(part);
        }
    }
    Some(bytes)
}

/// Returns `None` where the bytes are not what [`encode`] writes.
pub(super) fn decode(mut bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut headers = Vec::new();
    while !bytes.is_empty() {
        let name = take(&mut bytes)?;
        let value = take(&mut bytes)?;
        headers.push((String::from_utf8(name.to_vec()).ok()?, value.to_vec()));
    }
    Some(headers)
}

fn take<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *bytes = rest;
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn headers_come_back_as_they_were() {
        let headers = vec![
            ("reason".to_owned(), b"bad json".to_vec()),
            (String::new(), Vec::new()),
            ("이유".to_owned(), vec![0, 255]),
        ];
        let bytes = encode(&headers).unwrap();
        assert_eq!(decode(&bytes), Some(headers));
    }

    #[test]
    fn cut_bytes_are_refused_and_do_not_panic() {
        let bytes = encode(&[("name".to_owned(), b"value".to_vec())]).unwrap();
        for end in 1..bytes.len() {
            assert_eq!(decode(&bytes[..end]), None, "{end} bytes");
        }
        assert_eq!(decode(&[255, 255, 255, 255]), None);
    }
}
