//! Labelled articles, and when a claim is what a label says.

use std::collections::HashSet;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::model::Claim;

/// A labelled article.
#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    /// Id of the article.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// Headline.
    pub title: String,
    /// Summary.
    #[serde(default)]
    pub summary: String,
    /// When it was published.
    #[serde(default)]
    pub published: Option<String>,
    /// Companies named.
    #[serde(default)]
    pub(super) orgs: Vec<String>,
    /// Companies implied by a product.
    #[serde(default)]
    pub(super) orgs_by_product: Vec<String>,
    /// Moves.
    #[serde(default)]
    pub(super) moves: Vec<GoldMove>,
    #[serde(default)]
    pub(super) cls: String,
    #[serde(default)]
    pub(super) scope: Option<String>,
    #[serde(default)]
    pub(super) flags: Option<Vec<String>>,
}

/// A labelled move.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct GoldMove {
    pub(super) person: Option<String>,
    person_en: Option<String>,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) kind: String,
}

fn squeeze(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// A company's name as it is compared: without case, punctuation and legal or "AI" endings.
pub(super) fn company(name: &str) -> String {
    let key = squeeze(name);
    let short = ["inc", "corp", "labs", "lab", "ai", "technologies"]
        .iter()
        .find_map(|end| key.strip_suffix(end).filter(|rest| !rest.is_empty()))
        .unwrap_or(&key)
        .to_owned();
    match short.as_str() {
        "deepmind" | "googledeepmind" | "googledeepmin" => "google".to_owned(),
        _ => short,
    }
}

/// The companies that count, by their names.
pub struct Watched(pub(super) HashSet<String>);

impl Watched {
    /// From display names, one an item.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(names.into_iter().filter(|n| !n.trim().is_empty()).map(company).collect())
    }

    pub(super) fn has(&self, name: Option<&String>) -> bool {
        name.is_some_and(|name| self.0.contains(&company(name)))
    }
}

fn surname(name: &str) -> String {
    squeeze(name.split([' ', '·', '・', '‧', '•']).rfind(|part| !part.is_empty()).unwrap_or(""))
}

fn same_person(gold: &GoldMove, claim: &Claim) -> bool {
    let of = |names: [&Option<String>; 2], fold: fn(&str) -> String| -> HashSet<String> {
        names.into_iter().flatten().map(|name| fold(name)).filter(|n| !n.is_empty()).collect()
    };
    let (want, have) = ([&gold.person, &gold.person_en], [&claim.person, &claim.person_as_written]);
    let (whole_want, whole_have) = (of(want, squeeze), of(have, squeeze));
    if whole_want.is_empty() || whole_have.is_empty() {
        return whole_want.is_empty() && whole_have.is_empty();
    }
    if !whole_want.is_disjoint(&whole_have) {
        return true;
    }
    of(want, surname)
        .intersection(&of(have, surname))
        .any(|name| name.chars().count() > 2 || !name.is_ascii())
}

fn matches(gold: &GoldMove, claim: &Claim, loose: bool, watched: &Watched) -> bool {
    let ends = [(&gold.from, &claim.from), (&gold.to, &claim.to)];
    let mut hits =
        ends.into_iter().filter(|(want, _)| watched.has(want.as_ref())).map(|(want, have)| {
            want.as_deref().map(company) == Some(have.as_deref().map(company).unwrap_or_default())
        });
    same_person(gold, claim) && if loose { hits.any(|hit| hit) } else { hits.all(|hit| hit) }
}

/// How many labelled moves find a claim of their own.
pub(super) fn pair(
    golds: &[&GoldMove],
    claims: &[&Claim],
    loose: bool,
    watched: &Watched,
) -> usize {
    let mut left: Vec<&&Claim> = claims.iter().collect();
    let mut hits = 0;
    for gold in golds {
        if let Some(at) = left.iter().position(|claim| matches(gold, claim, loose, watched)) {
            left.remove(at);
            hits += 1;
        }
    }
    hits
}
