//! The company that an article is about.

use crate::extract::candidate::Passage;
use crate::extract::company::CompanyMention;
use crate::model::Field;

/// The company that the article is about: the first one that the title names.
pub(super) fn topic(passages: &[Passage<'_>]) -> Option<u16> {
    let named =
        |field: Field| passages.iter().find(|one| one.field == field && !one.companies.is_empty());
    let title = named(Field::Title).or_else(|| named(Field::Summary))?;
    let origin = |mention: &&CompanyMention| {
        let behind = title.text.norm.get(mention.span.end..).unwrap_or("").trim_start();
        let before = title.text.norm.get(..mention.span.start).unwrap_or("").trim_end();
        behind.starts_with("출신")
            || before.ends_with('前')
            || before == "전"
            || before.ends_with(" 전")
    };
    let named = || title.companies.iter().filter(|mention| !mention.by_product && !origin(mention));
    // "C에 합병된 A, CFO X도 물러나": the company before a comma, or the subject.
    let heads = |mention: &&CompanyMention| {
        let behind = title.text.norm.get(mention.span.end..).unwrap_or("");
        [",", "가 ", "이 ", "는 ", "은 "].iter().any(|mark| behind.starts_with(mark))
    };
    named().find(heads).or_else(|| named().next()).map(|mention| mention.company)
}
