//! The company that an article is about.

use super::chunk::{Chunk, Item};
use crate::extract::candidate::{End, Passage};
use crate::extract::text::Span;
use crate::model::Field;

/// "Ada Gray's AI lab loses ...": the company by whose head the title opens.
pub(super) fn headed(passage: &Passage<'_>, chunks: &[Chunk<'_>]) -> Option<End> {
    let first =
        chunks.iter().find(|chunk| matches!(chunk.item, Item::Org { product: false, .. }))?;
    let named = passage.companies.iter().any(|mention| mention.span.overlaps(first.span));
    match first.item {
        Item::Org { company, .. } if !named => Some(End::Listed(company)),
        _ => None,
    }
}

/// The company that "the company" of the summary means: the first one of the title.
pub(super) fn title_house(passages: &[Passage<'_>]) -> Option<End> {
    let title = passages.iter().find(|passage| passage.field == Field::Title)?;
    let whole = |end: usize| {
        let behind = title.text.norm.get(end..).unwrap_or("");
        !behind.starts_with('-') && !is_matter(behind)
    };
    let mut named =
        title.companies.iter().filter(|mention| !mention.by_product && whole(mention.span.end));
    let by_product = !title.companies.is_empty();
    match (named.next(), named.next()) {
        // "Her lab loses two founders to Gana": where they go; the summary tells whom they leave.
        (Some(one), None) if is_destination(title, one.span.start) => {
            opening_house(passages).or(Some(End::Listed(one.company)))
        }
        (Some(one), _) => Some(End::Listed(one.company)),
        (None, _) if by_product => None,
        (None, _) => summary_house(passages),
    }
}

/// "Gana case", "Gana deal": what follows a company's name is the matter, not the company.
pub(super) fn is_matter(behind: &str) -> bool {
    const MATTERS: &[&str] = &[
        "case",
        "trial",
        "lawsuit",
        "suit",
        "probe",
        "appeal",
        "antitrust",
        "hearing",
        "deal",
        "account",
        "stake",
        "lawsuits",
        "ruling",
        "verdict",
        "settlement",
    ];
    let word = behind.trim_start().split(|ch: char| !ch.is_alphanumeric()).next().unwrap_or("");
    MATTERS.contains(&word.to_lowercase().as_str())
}

/// "Loses two founders to ...": the company at `at` is where somebody is lost to.
fn is_destination(title: &Passage<'_>, at: usize) -> bool {
    let before = title.text.get(Span::new(0, at)).to_lowercase();
    before.ends_with(" to ")
        && ["loses ", "lose ", "lost "].iter().any(|verb| before.contains(verb))
}

/// The company that the summary opens with.
fn opening_house(passages: &[Passage<'_>]) -> Option<End> {
    let summary = passages.iter().find(|passage| passage.field == Field::Summary)?;
    let first = summary.companies.first().filter(|one| !one.by_product && one.span.start < 5)?;
    Some(End::Listed(first.company))
}

/// The one company of the article, where the title names none.
fn summary_house(passages: &[Passage<'_>]) -> Option<End> {
    let summary = passages.iter().find(|passage| passage.field == Field::Summary)?;
    let first = summary.companies.iter().find(|mention| !mention.by_product)?.company;
    let gazetteer = summary.gazetteer;
    let one = summary.companies.iter().all(|other| gazetteer.related(first, other.company));
    // "The former Gana executives who run it": another company is spoken of.
    let past = summary.companies.iter().any(|mention| {
        let before = summary.text.get(Span::new(0, mention.span.start));
        let before = before.trim_end_matches([' ', '-']).rsplit(' ').next().unwrap_or("");
        matches!(
            before.to_lowercase().as_str(),
            "former" | "ex" | "previously" | "formerly" | "onetime"
        )
    });
    (one && !past).then_some(End::Listed(first))
}
