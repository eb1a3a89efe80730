//! `match = { ... }` of a route or a silence.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::route::{On, Subject};
use super::seniority::Seniority;
use crate::model::{Kind, Move, Status, Tagged};

/// What must hold for a route. Words compare without case; a company by id or by display name, after
/// [`Matcher::with_ids`] by any of its names.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Matcher {
    /// Company at either end, or named in the article.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub company: Vec<String>,
    /// Company left.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Company joined.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Sort of move.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    /// How sure the sources are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    /// Name of the person, in any spelling seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub person: Vec<String>,
    /// Words in the role.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub role: Vec<String>,
    /// How high the role is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seniority: Vec<Seniority>,
    /// Language of any report, such as `ko`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lang: Vec<String>,
    /// Outlet by name, or feed or site by URL or host.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub feed: Vec<String>,
    /// Lowest confidence, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<f64>,
    /// Words in the title or summary of an article (mention routes only).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keyword: Vec<String>,
}

/// Why a matcher does not hold: the first key that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    key: &'static str,
    wanted: String,
    found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, wanted, found } = self;
        write!(f, "{key} is {found}, wanted {wanted}")
    }
}

type Checked = Result<(), Mismatch>;

fn any_of(
    key: &'static str,
    wanted: &[String],
    found: &[&str],
    fits: fn(&str, &str) -> bool,
) -> Checked {
    if wanted.is_empty() || wanted.iter().any(|want| found.iter().any(|it| fits(want, it))) {
        return Ok(());
    }
    Err(mismatch(key, wanted.join(" or "), &found.join(", ")))
}

fn mismatch(key: &'static str, wanted: String, found: &str) -> Mismatch {
    let found = if found.is_empty() { "unknown".to_owned() } else { found.to_owned() };
    Mismatch { key, wanted, found }
}

fn labelled<T: Copy + PartialEq>(
    key: &'static str,
    wanted: &[T],
    found: Option<T>,
    label: fn(T) -> &'static str,
) -> Checked {
    if wanted.is_empty() || found.is_some_and(|found| wanted.contains(&found)) {
        return Ok(());
    }
    let wanted: Vec<&str> = wanted.iter().map(|it| label(*it)).collect();
    Err(mismatch(key, wanted.join(" or "), found.map_or("", label)))
}

fn same(want: &str, found: &str) -> bool {
    want.to_lowercase() == found.to_lowercase()
}

fn within(want: &str, found: &str) -> bool {
    found.to_lowercase().contains(&want.to_lowercase())
}

/// `ko` fits `ko-KR`.
fn same_language(want: &str, found: &str) -> bool {
    let first = |tag: &str| tag.split(['-', '_']).next().unwrap_or("").to_lowercase();
    same(want, found) || first(found) == want.to_lowercase()
}

/// An outlet's name, or the host of a URL.
fn same_source(want: &str, found: &str) -> bool {
    same(want, found) || host(want).is_some_and(|want| host(found) == Some(want))
}

fn host(text: &str) -> Option<String> {
    let host = match url::Url::parse(text) {
        Ok(url) => url.host_str()?.to_lowercase(),
        Err(_) if text.contains('.') && !text.contains(char::is_whitespace) => text.to_lowercase(),
        Err(_) => return None,
    };
    Some(host.strip_prefix("www.").map(str::to_owned).unwrap_or(host))
}

/// True where `word` stands in `text`: at the beginning of a word for scripts with spaces, so
/// that `resign` finds `resigned` but not `presign`; anywhere for the others.
fn stands_in(word: &str, text: &str) -> bool {
    let (word, text) = (word.to_lowercase(), text.to_lowercase());
    if word.is_empty() {
        return false;
    }
    let spaced = word.chars().next().is_some_and(|c| c.is_alphabetic() && u32::from(c) < 0x0590);
    text.match_indices(&word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !spaced || !before.is_some_and(char::is_alphanumeric)
    })
}

impl Matcher {
    /// The same matcher with its companies by their ids, where `id_of` knows one.
    #[must_use]
    pub fn with_ids(mut self, id_of: impl Fn(&str) -> Option<String>) -> Self {
        let named = [&mut self.company, &mut self.from, &mut self.to];
        for name in named.into_iter().flatten() {
            if let Some(id) = id_of(name) {
                *name = id;
            }
        }
        self
    }

    /// Says whether everything holds, or the first thing that does not.
    ///
    /// # Errors
    /// The first key that failed, with what was wanted and what was found.
    pub fn check(&self, subject: Subject<'_>) -> Result<(), Mismatch> {
        match subject {
            Subject::Move(mv) => self.check_move(mv),
            Subject::Mention(tagged) => self.check_mention(tagged),
        }
    }

    fn check_move(&self, mv: &Move) -> Checked {
        let both = |id: &'_ Option<String>, name: &'_ Option<String>| -> Vec<String> {
            id.iter()
                .chain(name.iter().filter(|name| Some(*name) != id.as_ref()))
                .cloned()
                .collect()
        };
        let (from, to) = (both(&mv.from, &mv.from_name), both(&mv.to, &mv.to_name));
        let from: Vec<&str> = from.iter().map(String::as_str).collect();
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        let ends: Vec<&str> = from.iter().chain(&to).copied().collect();
        any_of("company", &self.company, &ends, same)?;
        any_of("from", &self.from, &from, same)?;
        any_of("to", &self.to, &to, same)?;
        labelled("kind", &self.kind, Some(mv.kind), Kind::label)?;
        labelled("status", &self.status, Some(mv.status), Status::label)?;
        let people: Vec<&str> = mv.person.iter().chain(&mv.spellings).map(String::as_str).collect();
        any_of("person", &self.person, &people, same)?;
        let role: Vec<&str> = mv.role.as_deref().into_iter().collect();
        any_of("role", &self.role, &role, within)?;
        let level = mv.role.as_deref().map(Seniority::of);
        labelled("seniority", &self.seniority, level, Seniority::label)?;
        let langs: Vec<&str> = mv.reports.iter().filter_map(|it| it.lang.as_deref()).collect();
        any_of("lang", &self.lang, &langs, same_language)?;
        let urls = mv.reports.iter().filter_map(|it| it.url.as_deref());
        let sources: Vec<&str> =
            mv.reports.iter().map(|it| it.outlet.as_str()).chain(urls).collect();
        any_of("feed", &self.feed, &sources, same_source)?;
        self.check_confidence(mv.confidence)
    }

    fn check_confidence(&self, found: f64) -> Checked {
        match self.min_confidence {
            Some(least) if found < least => {
                Err(mismatch("confidence", format!("at least {least}"), &format!("{found:.2}")))
            }
            _ => Ok(()),
        }
    }

    fn check_mention(&self, tagged: &Tagged) -> Checked {
        let companies: Vec<&str> = tagged.tagging.companies.iter().map(String::as_str).collect();
        any_of("company", &self.company, &companies, same)?;
        let article = &tagged.article;
        let lang = tagged.tagging.lang.as_deref().or(article.lang.as_deref());
        any_of("lang", &self.lang, &lang.into_iter().collect::<Vec<_>>(), same_language)?;
        let mut sources = vec![article.feed.as_str(), article.outlet.as_str()];
        sources.extend(article.url.as_deref());
        any_of("feed", &self.feed, &sources, same_source)?;
        self.check_keyword(tagged)
    }

    fn check_keyword(&self, tagged: &Tagged) -> Checked {
        let found = |word: &String| {
            tagged.tagging.keywords.iter().any(|it| same(word, it))
                || stands_in(word, &tagged.article.title)
                || stands_in(word, &tagged.summary)
        };
        if self.keyword.is_empty() || self.keyword.iter().any(found) {
            return Ok(());
        }
        let keywords = tagged.tagging.keywords.join(", ");
        Err(mismatch("keyword", self.keyword.join(" or "), &keywords))
    }

    /// Says what is wrong with this matcher on a route that listens to `on`.
    pub(crate) fn problems(&self, on: On) -> Vec<(&'static str, String)> {
        let mut problems = Vec::new();
        if self.min_confidence.is_some_and(|least| !(0.0..=1.0).contains(&least)) {
            problems.push(("match.min_confidence", "must lie between 0 and 1".to_owned()));
        }
        if on == On::Move && !self.keyword.is_empty() {
            let what = "works only with on = \"mention\"; for moves use kind, status or role";
            problems.push(("match.keyword", what.to_owned()));
        }
        let of_moves = [
            ("match.from", !self.from.is_empty()),
            ("match.to", !self.to.is_empty()),
            ("match.kind", !self.kind.is_empty()),
            ("match.status", !self.status.is_empty()),
            ("match.person", !self.person.is_empty()),
            ("match.role", !self.role.is_empty()),
            ("match.seniority", !self.seniority.is_empty()),
            ("match.min_confidence", self.min_confidence.is_some()),
        ];
        for (key, _) in of_moves.into_iter().filter(|(_, given)| on == On::Mention && *given) {
            let what =
                "an article has none; with on = \"mention\" use company, keyword, lang, feed";
            problems.push((key, what.to_owned()));
        }
        let lists = [
            ("match.company", &self.company),
            ("match.from", &self.from),
            ("match.to", &self.to),
            ("match.person", &self.person),
            ("match.role", &self.role),
            ("match.lang", &self.lang),
            ("match.feed", &self.feed),
            ("match.keyword", &self.keyword),
        ];
        for (key, _) in lists.iter().filter(|(_, list)| list.iter().any(|it| it.trim().is_empty()))
        {
            problems.push((key, "holds an empty word".to_owned()));
        }
        problems
    }
}
