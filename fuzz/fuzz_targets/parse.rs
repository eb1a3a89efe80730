//! Any document is read or refused, the same twice, and never by a caught panic.
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
    if std::str::from_utf8(document).is_err() {
        return;
    }
    let second = read(&[document, b" "].concat(), &hints, &mut seen);
    assert!(second.is_err() || second.is_ok_and(|reading| reading.new.is_empty()));
});
