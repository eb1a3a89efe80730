//! What the headers of a feed's request and answer say: validators, freshness, hubs.

use chrono::{DateTime, Utc};
use reqwest::header::{
    AGE, CACHE_CONTROL, DATE, ETAG, EXPIRES, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LINK,
};

use super::FULL_AFTER;
use crate::feed::dates;
use crate::model::FeedState;

/// Returns the conditions of the next request; none when it is time for a full one.
pub(super) fn conditions(state: &FeedState, now: DateTime<Utc>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let stale = state.last_full.is_none_or(|last| {
        // Also after the clock was set back: the date then says nothing.
        !(0..=86_400).contains(&(now - last).num_seconds())
    });
    if stale || state.conditional >= FULL_AFTER || state.validators_lie {
        return headers;
    }
    let mut add = |name: HeaderName, value: &Option<String>| {
        if let Some(value) = value.as_deref().and_then(from_latin1) {
            headers.insert(name, value);
        }
    };
    add(IF_NONE_MATCH, &state.etag);
    add(IF_MODIFIED_SINCE, &state.last_modified);
    headers
}

/// What tells one version of a document from the next.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// Returns `ETag` and `Last-Modified` where they can tell one version of the document from the next.
///
/// A date of the second in which the answer was made is weak (RFC 9110 §8.8.2.2): a document that
/// changes twice within that second has it in both versions, and a server that compares dates
/// would then say "not modified" until the next change. So is an `ETag` that is made of such a
/// second, as nginx writes it. The answer after it has a date that is old enough, unless the document
/// has changed again. What is no date is taken as it is.
pub(super) fn validators(headers: &HeaderMap, now: DateTime<Utc>) -> Validators {
    let date = |value: &HeaderValue| dates::http(value.to_str().ok()?);
    let etag = headers.get(ETAG).map(to_latin1);
    let Some(value) = headers.get(LAST_MODIFIED) else {
        return Validators { etag, last_modified: None };
    };
    let answered = headers.get(DATE).and_then(date).unwrap_or(now);
    match date(value).filter(|modified| (answered - *modified).num_seconds() < 1) {
        None => Validators { etag, last_modified: Some(to_latin1(value)) },
        Some(modified) => {
            let etag = etag.filter(|etag| !is_made_of(etag, modified.timestamp()));
            Validators { etag, last_modified: None }
        }
    }
}

/// True for an `ETag` one of whose parts is this second: in hexadecimal as nginx writes it, to the base
/// of 36 as Caddy did, or in decimal.
fn is_made_of(etag: &str, unix: i64) -> bool {
    let mut parts = etag.split(|c: char| !c.is_ascii_alphanumeric());
    let is_second = |part: &str| {
        let in_base = |base| i64::from_str_radix(part, base).ok() == Some(unix);
        [16, 10].into_iter().any(in_base)
            // The second, then the length, with nothing between.
            || part.get(..6).is_some_and(|begin| i64::from_str_radix(begin, 36).ok() == Some(unix))
    };
    parts.any(is_second)
}

/// Returns for how many seconds an answer is fresh (RFC 9111 §4.2.1), 0 where it does not say.
pub(super) fn fresh_for(headers: &HeaderMap) -> u32 {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let date = |name: &HeaderName| dates::http(text(name)?);
    let age = text(&AGE).and_then(|age| age.trim().parse::<u32>().ok()).unwrap_or(0);
    let control = text(&CACHE_CONTROL).unwrap_or_default().to_ascii_lowercase();
    let mut directives = control.split(',').map(str::trim);
    if directives.clone().any(|word| matches!(word, "no-cache" | "no-store")) {
        return 0;
    }
    if let Some(seconds) = directives.find_map(|word| word.strip_prefix("max-age=")) {
        let seconds = seconds.trim_matches('"').parse::<u64>().unwrap_or(0);
        return u32::try_from(seconds).unwrap_or(u32::MAX).saturating_sub(age);
    }
    match (date(&EXPIRES), date(&DATE)) {
        (Some(expires), Some(date)) => {
            u32::try_from((expires - date).num_seconds().max(0)).unwrap_or(u32::MAX)
        }
        _ => 0,
    }
}

/// Returns the hubs of `Link: <...>; rel="hub"` headers (RFC 8288).
pub(super) fn hubs(headers: &HeaderMap) -> Vec<String> {
    let links = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    links
        .flat_map(|value| value.split(','))
        .filter_map(|link| {
            let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
            let rel = parameters.split(';').find_map(|p| p.trim().strip_prefix("rel="))?;
            let is_hub = rel.trim_matches('"').split(' ').any(|word| word == "hub");
            is_hub.then(|| target.to_owned())
        })
        .collect()
}

/// Keeps every byte of a header as the character of that number.
fn to_latin1(value: &HeaderValue) -> String {
    value.as_bytes().iter().map(|byte| char::from(*byte)).collect()
}

fn from_latin1(value: &str) -> Option<HeaderValue> {
    let bytes: Option<Vec<u8>> = value.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    HeaderValue::from_bytes(&bytes?).ok()
}
