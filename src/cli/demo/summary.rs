//! The demo's end: what became of every article, and why some woke nobody.

use std::collections::BTreeMap;

use crate::cli::table::{clip, render};
use crate::log::{Log, LogError, Received, Scan, Topic};
use crate::model::{Arrival, Article, Attention, ChangeKind, Move, Tagged, counted};
use crate::stage::track::CANARY;

/// Reads the log and writes the summary.
pub(super) async fn read<L: Log>(log: &L) -> Result<String, LogError> {
    let articles: Vec<Article> = all(log, Topic::Articles).await?;
    let tagged: Vec<Tagged> = all(log, Topic::Tagged).await?;
    let revisions: Vec<Move> = all(log, Topic::Moves).await?;
    let moves: BTreeMap<String, Move> =
        revisions.into_iter().filter(|mv| mv.id != CANARY).map(|mv| (mv.id.clone(), mv)).collect();
    let rows: Vec<Vec<String>> = articles
        .iter()
        .filter(|article| article.arrival != Arrival::Canary)
        .map(|article| {
            let tagged = tagged.iter().find(|it| it.article.id == article.id);
            vec![clip(&article.title, 64), fate(article, tagged, &moves)]
        })
        .collect();
    let alerts = moves.values().filter(|mv| mv.attention == Attention::Alert).count();
    let table = render(&["article", "what became of it"], &rows);
    Ok(format!(
        "\n{}, {} alerted, each once. What became of every article:\n\n{table}\n\
         Next: `talentwire` runs the daemon on {} public feeds; README.md says how to connect Slack.\n",
        counted(rows.len(), "article"),
        counted(alerts, "move"),
        crate::config::files::built_in("feeds.opml")
            .map_or(0, |opml| opml.text.matches("xmlUrl=").count()),
    ))
}

async fn all<L: Log, T>(log: &L, topic: Topic) -> Result<Vec<T>, LogError>
where
    T: serde::de::DeserializeOwned + Send + 'static,
{
    let scan = Scan { topic, partitions: None, since: None };
    log.fold(scan, Vec::new(), |items, received: Received| {
        let value = received.value.as_deref().unwrap_or_default();
        items.extend(serde_json::from_slice::<T>(value).ok());
    })
    .await
}

fn fate(article: &Article, tagged: Option<&Tagged>, moves: &BTreeMap<String, Move>) -> String {
    let reports = |mv: &&Move| mv.reports.iter().any(|report| report.url == article.url);
    if let Some(mv) = moves.values().find(reports) {
        let first = mv.reports.first().is_some_and(|report| report.url == article.url);
        return of_move(mv, first);
    }
    let Some(tagged) = tagged else { return "no company, no move".to_owned() };
    let reasons: Vec<&str> = tagged
        .tagging
        .claims
        .iter()
        .filter_map(|it| it.suppressed)
        .map(|why| why.label())
        .collect();
    match reasons.as_slice() {
        [] => "a company, no move".to_owned(),
        reasons => format!("suppressed: {}", reasons.join(", ")),
    }
}

fn of_move(mv: &Move, first: bool) -> String {
    let who = mv.person.as_deref().unwrap_or("somebody");
    if mv.attention != Attention::Alert {
        return format!("{who}: recorded, nobody woken");
    }
    let confirmed = mv.changes.iter().any(|change| change.kind == ChangeKind::Confirmed);
    match (first, confirmed) {
        (true, _) => format!("{who}: ALERT"),
        (false, true) => format!("{who}: the rumour confirmed, the alert updated"),
        (false, false) => format!("{who}: another report of the same move, silent"),
    }
}
