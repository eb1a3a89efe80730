//! Keyword alerts tell each story once: the same address, or nearly the same headline within two
//! days, is the same story. Pure.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use crate::model::ArticleRef;
use crate::model::delivery::Story;

/// How long a story stays known.
const MEMORY: TimeDelta = TimeDelta::days(2);
/// How much of two headlines' words must be the same, in parts of a hundred.
const ALIKE: usize = 75;

/// Parameters of addresses that say where a reader came from, not what is read.
const TRACKING: &[&str] = &["gclid", "fbclid", "igshid", "ref", "ref_src", "cmpid", "smid", "ocid"];
/// Beginnings of such parameters.
const TRACKING_PREFIXES: &[&str] = &["utm_", "mtm_", "mc_", "_hs", "pk_"];

/// The id of an article's story, for the delivery and the webhook.
pub fn story_id(article: &ArticleRef) -> String {
    crate::model::content_id(&["story", &article.id])
}

/// What of an article is compared.
pub fn story_of(article: &ArticleRef) -> Story {
    Story { url: article.url.as_deref().and_then(normalise), title: article.title.clone() }
}

/// Returns an address without what does not decide what is read: scheme, `www.`, tracking
/// parameters, fragment, the last slash.
fn normalise(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?.trim_start_matches("www.").to_lowercase();
    let is_tracking = |name: &str| {
        let name = name.to_lowercase();
        TRACKING.contains(&name.as_str()) || TRACKING_PREFIXES.iter().any(|it| name.starts_with(it))
    };
    let mut query: Vec<String> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracking(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    query.sort();
    Some(format!("{host}{}?{}", url.path().trim_end_matches('/'), query.join("&")))
}

/// The words of a headline; pairs of characters where the script writes no spaces.
fn words(title: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    for word in title.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        let letters: Vec<char> = word.chars().collect();
        if letters.iter().any(|c| u32::from(*c) >= 0x2e80) {
            found.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else if !word.is_empty() {
            found.insert(word.to_owned());
        }
    }
    found
}

fn alike(one: &HashSet<String>, other: &HashSet<String>) -> bool {
    let both = one.intersection(other).count();
    let all = one.len() + other.len() - both;
    all > 0 && both * 100 >= all * ALIKE
}

/// The stories told, or waiting to be told.
#[derive(Debug, Clone, Default)]
pub struct Stories {
    told: HashMap<String, (Story, HashSet<String>, DateTime<Utc>)>,
}

impl Stories {
    /// Adds a story.
    pub fn add(&mut self, id: &str, story: Story, at: DateTime<Utc>) {
        let words = words(&story.title);
        self.told.insert(id.to_owned(), (story, words, at));
    }

    /// Returns the id of the story that tells the same; not its own.
    pub fn same_as(&self, id: &str, story: &Story, now: DateTime<Utc>) -> Option<&str> {
        let words = words(&story.title);
        let same = |told: &Story, other: &HashSet<String>| {
            (told.url.is_some() && told.url == story.url) || alike(&words, other)
        };
        self.told
            .iter()
            .find(|(other, (told, words, at))| {
                other.as_str() != id && now - *at < MEMORY && same(told, words)
            })
            .map(|(id, _)| id.as_str())
    }

    /// Forgets what is older than two days and returns the ids.
    pub fn prune(&mut self, now: DateTime<Utc>) -> Vec<String> {
        let old = |at: &DateTime<Utc>| now - *at >= MEMORY;
        let gone: Vec<String> =
            self.told.iter().filter(|(_, (_, _, at))| old(at)).map(|(id, _)| id.clone()).collect();
        self.told.retain(|_, (_, _, at)| !old(at));
        gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: (&str, &str), other: (&str, &str), same: bool) {
        let story =
            |(url, title): (&str, &str)| Story { url: normalise(url), title: title.to_owned() };
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let mut stories = Stories::default();
        stories.add("a", story(one), now);
        assert_eq!(stories.same_as("b", &story(other), now).is_some(), same, "{one:?} {other:?}");
        let later = now + TimeDelta::days(3);
        assert_eq!(stories.same_as("b", &story(other), later), None, "two days are over");
    }

    #[test]
    fn a_story_is_told_once_under_any_spelling_of_its_address() {
        let one = ("https://www.a.example/x/?utm_source=rss&id=7#top", "Alpha hires a scientist");
        check(one, ("http://a.example/x?id=7", "Quite another headline"), true);
        check(one, ("http://a.example/x?id=8", "Quite another headline"), false);
    }

    #[test]
    fn a_story_is_told_once_under_nearly_the_same_headline() {
        let one = ("https://a.example/1", "Alpha chief scientist resigns after board dispute");
        let other = ("https://b.example/2", "Alpha chief scientist resigns, after board dispute");
        check(one, other, true);
        check(one, ("https://b.example/2", "Alpha names a new chief scientist"), false);
        let one = ("https://a.example/1", "가나AI 수석 연구원 퇴사");
        check(one, ("https://b.example/2", "가나AI 수석 연구원, 퇴사"), true);
        check(one, ("https://b.example/2", "다라랩 새 모델 공개"), false);
    }
}
