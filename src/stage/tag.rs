//! Finds companies, people and claims in every article.
//!
//! In: `articles`. Out: `tagged` for every article that names a company or uses a move keyword,
//! and `claims` for what track needs. The decisions are the engine's (`extract`); nothing is
//! remembered, so there is nothing to rebuild.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use super::runner::{Outcome, Stage};
use crate::extract::{Extractor, Input};
use crate::log::{Log, LogError, Received, Record, Topic};
use crate::metrics::Metrics;
use crate::model::{
    Article, Claim, ClaimRecord, SCHEMA, Status, Suppressed, Tagged, Tagging, content_id,
};

/// Characters of the summary that a tagged article keeps.
const SUMMARY_KEPT: usize = 600;

/// The stage; the engine can be replaced while it runs.
pub struct Tag {
    extractor: watch::Receiver<Arc<Extractor>>,
    metrics: Metrics,
}

impl Tag {
    /// Uses the latest engine of `extractor` for every record.
    pub fn new(extractor: watch::Receiver<Arc<Extractor>>, metrics: Metrics) -> Self {
        Self { extractor, metrics }
    }
}

impl<L: Log> Stage<L> for Tag {
    const NAME: &'static str = "tag";

    async fn rebuild(&mut self, _log: &L) -> Result<(), LogError> {
        Ok(())
    }

    fn judge(&mut self, received: &Received) -> Outcome {
        let article: Article = match decode(received) {
            Ok(article) => article,
            Err(reason) => return Outcome::Reject(reason),
        };
        let extractor = Arc::clone(&self.extractor.borrow());
        let tagging = extractor.tag(&input(&article));
        self.count(&tagging);
        if tagging.companies.is_empty() && tagging.keywords.is_empty() {
            return Outcome::Drop("nothing_found");
        }
        outputs(&article, tagging)
    }
}

impl Tag {
    fn count(&self, tagging: &Tagging) {
        let lang = tagging.lang.as_deref().filter(|lang| LANGS.contains(lang)).unwrap_or("other");
        self.metrics.tagged_articles_total.with_label_values(&[lang]).inc();
        for claim in &tagging.claims {
            let outcome = claim.suppressed.map_or("alert", Suppressed::label);
            self.metrics.claims_total.with_label_values(&[lang, outcome]).inc();
        }
    }
}

/// Languages that have a label of their own in metrics.
pub const LANGS: &[&str] = &["en", "ko", "ja", "zh"];

/// What the engine reads of an article. Where the outlet gives no date, the time of first sight
/// stands for it.
pub fn input(article: &Article) -> Input<'_> {
    Input {
        id: Some(&article.id),
        title: &article.title,
        summary: &article.summary,
        content: article.content.as_deref(),
        url: article.url.as_deref(),
        published: published(article),
        lang: article.lang.as_deref(),
    }
}

fn published(article: &Article) -> DateTime<Utc> {
    article.published.unwrap_or(article.first_seen)
}

/// Reads a record of our own making.
///
/// # Errors
/// What is wrong with it, for the dead letter: no value, no JSON of this type, a newer version.
pub fn decode<T: serde::de::DeserializeOwned>(received: &Received) -> Result<T, String> {
    #[derive(serde::Deserialize)]
    struct Versioned {
        #[serde(default)]
        schema: u16,
    }
    let Some(value) = received.value.as_deref() else {
        return Err("the record has no value".to_owned());
    };
    match serde_json::from_slice::<Versioned>(value) {
        Ok(Versioned { schema }) if schema > SCHEMA => Err(format!(
            "schema version {schema} is newer than {SCHEMA}, the newest this program reads"
        )),
        Err(cause) => Err(format!("no JSON of ours: {cause}")),
        Ok(_) => serde_json::from_slice(value).map_err(|cause| format!("no JSON of ours: {cause}")),
    }
}

/// Makes a record of one of our types.
pub fn encode<T: serde::Serialize>(key: &str, value: &T) -> Result<Record, String> {
    let value = serde_json::to_vec(value).map_err(|cause| format!("has no JSON form: {cause}"))?;
    Ok(Record { key: key.to_owned(), value: Some(value), headers: Vec::new(), partition_by: None })
}

fn outputs(article: &Article, tagging: Tagging) -> Outcome {
    match records(article, tagging) {
        Ok((label, records)) => Outcome::Emit(label, records),
        Err(reason) => Outcome::Reject(reason),
    }
}

/// The label that an article counts under, and what is published of it.
type Published = (&'static str, Vec<(Topic, Record)>);

fn records(article: &Article, tagging: Tagging) -> Result<Published, String> {
    let claims = claims(article, &tagging);
    let label = if claims.is_empty() { "tagged" } else { "claimed" };
    let tagged = Tagged {
        schema: SCHEMA,
        article: article.reference(tagging.lang.clone()),
        summary: article.summary.chars().take(SUMMARY_KEPT).collect(),
        tagging,
    };
    let mut records = vec![(Topic::Tagged, encode(&article.id, &tagged)?)];
    for record in claims {
        records.push((Topic::Claims, encode(&claim_key(&record.claim), &record)?));
    }
    Ok((label, records))
}

/// The claims of an article that go on to track.
pub fn claims(article: &Article, tagging: &Tagging) -> Vec<ClaimRecord> {
    let claims = tagging.claims.iter().filter(|claim| concerns_track(claim));
    claims
        .enumerate()
        .map(|(index, claim)| ClaimRecord {
            schema: SCHEMA,
            id: claim_id(&article.id, index, claim),
            article: article.reference(tagging.lang.clone()),
            claim: claim.clone(),
        })
        .collect()
}

/// Claims that say something about a real move: those that alert, denials about one person, and
/// recaps. Background, generic talk and the like end here, counted by reason.
pub fn concerns_track(claim: &Claim) -> bool {
    let denial = claim.status == Status::Denied && claim.count == 1;
    claim.alert || denial || claim.suppressed == Some(Suppressed::Recap)
}

fn claim_id(article: &str, index: usize, claim: &Claim) -> String {
    let part = |value: &Option<String>| value.clone().unwrap_or_default();
    content_id(&[
        article,
        &index.to_string(),
        &part(&claim.person),
        &part(&claim.from),
        &part(&claim.to),
        claim.kind.label(),
    ])
}

/// Person, or the pair of companies where the person is unnamed.
fn claim_key(claim: &Claim) -> String {
    match &claim.person {
        Some(person) => person.to_lowercase(),
        None => format!(
            "{}>{}",
            claim.from.as_deref().unwrap_or("?"),
            claim.to.as_deref().unwrap_or("?")
        ),
    }
}
