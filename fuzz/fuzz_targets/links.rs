//! Normalising a link twice changes nothing more, and two forms of a link compare equal.
#![no_main]

use libfuzzer_sys::fuzz_target;
use talentwire::feed::links::{comparison_key, normalise, resolve};

fuzz_target!(|input: (&str, &str)| {
    let (base, link) = input;
    let once = normalise(link);
    assert_eq!(normalise(&once), once);
    assert_eq!(comparison_key(&once), comparison_key(link));
    let _ = resolve(base, link);
});
