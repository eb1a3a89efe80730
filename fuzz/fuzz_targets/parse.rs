//! Any document is read or refused, the same twice, and never by a caught panic; what was cut off and
//! comes back is known, and what is remembered survives the log.
#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use talentwire::feed::{Hints, ParseError, Seen, parse, read};

fuzz_target!(|document: &[u8]| {
    let now = DateTime::from_timestamp(1_795_421_880, 0).unwrap_or_default();
    let hints =
        Hints { feed_url: "https://news.example/rss", content_type: None, encoding: None, now };
    let parsed = parse(document, &hints);
    assert_ne!(parsed.as_ref().err(), Some(&ParseError::Panicked));
    let mut seen = Seen::default();
    let Ok(first) = read(document, &hints, &mut seen) else { return };
    assert!(first.new.iter().all(|article| !article.title.contains('\n')));
    // A document cut within a character is read in another encoding once something follows it.
    let Ok(text) = std::str::from_utf8(document) else { return };
    let second = read(&[document, b" "].concat(), &hints, &mut seen);
    assert!(second.is_err() || second.is_ok_and(|reading| reading.new.is_empty()));
    let half = &document[..text.floor_char_boundary(text.len() / 2)];
    if read(half, &hints, &mut seen).is_ok_and(|cut| cut.new.is_empty() && cut.edited.is_empty()) {
        let whole = read(&[document, b"  "].concat(), &hints, &mut seen);
        assert!(whole.is_err() || whole.is_ok_and(|reading| reading.new.is_empty()));
    }
    let stored = serde_json::to_string(&seen).expect("always");
    assert_eq!(serde_json::from_str::<Seen>(&stored).expect("as written"), seen);
});
