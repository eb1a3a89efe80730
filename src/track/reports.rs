//! The articles that report a move.

use super::known::Known;
use super::rest::Source;
use crate::model::{ArticleRef, ClaimRecord, Move, Report};

/// Reports kept of a move: the first ones and the latest ones.
const FIRST_REPORTS: usize = 3;
const LATEST_REPORTS: usize = 2;
/// Characters of a quote that are kept.
const QUOTE: usize = 400;

/// Adds a report, unless the article (by link, or by outlet and headline) is there already.
pub(super) fn add_report(of: &mut Move, record: &ClaimRecord) {
    let article = &record.article;
    let known = of.reports.iter().any(|report| {
        is_of(
            article,
            &Source {
                url: report.url.as_deref().map(str::as_bytes),
                title: report.title.as_bytes(),
                outlet: report.outlet.as_bytes(),
            },
        )
    });
    if known {
        return;
    }
    of.report_count += 1;
    if of.reports.len() >= FIRST_REPORTS + LATEST_REPORTS {
        of.reports.remove(FIRST_REPORTS);
    }
    of.reports.push(Report {
        url: article.url.clone(),
        title: article.title.clone(),
        outlet: article.outlet.clone(),
        lang: article.lang.clone(),
        published: article.published,
        quote: beginning_of(&record.claim.evidence.text, QUOTE).to_owned(),
        trigger: record.claim.evidence.trigger.clone(),
    });
}

/// The first so many characters.
fn beginning_of(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).filter(|_| text.len() > characters);
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn is_of(article: &ArticleRef, report: &Source<'_>) -> bool {
    is_at(article, report)
        || (report.outlet == article.outlet.as_bytes() && report.title == article.title.as_bytes())
}

/// True where both have the same link.
fn is_at(article: &ArticleRef, report: &Source<'_>) -> bool {
    report.url.is_some() && report.url == article.url.as_deref().map(str::as_bytes)
}

/// True where the claim's article is among the reports: by its link, or by outlet and headline.
pub(crate) fn same_article(known: &Known, record: &ClaimRecord) -> bool {
    known.has_report(|report| is_of(&record.article, report))
}

/// True where the move has a report of the same outlet: then a claim that says otherwise is the
/// outlet's own correction.
pub(crate) fn same_outlet(known: &Known, record: &ClaimRecord) -> bool {
    let article = &record.article;
    known.has_report(|report| report.outlet == article.outlet.as_bytes() || is_at(article, report))
}
