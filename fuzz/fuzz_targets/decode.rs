//! Any bytes become text, whatever the header says; no replacement where UTF-8 was valid.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talentwire::feed::decode::decode;

fuzz_target!(|input: (&str, &[u8])| {
    let (content_type, bytes) = input;
    let decoded = decode(bytes, Some(content_type), None);
    if decoded.encoding == "UTF-8" && std::str::from_utf8(bytes).is_ok() {
        assert!(decoded.text.len() <= bytes.len());
    }
});
