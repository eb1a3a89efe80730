//! The company that an article is about.

use crate::extract::candidate::Passage;
use crate::extract::company::CompanyMention;
use crate::model::Field;

/// The company that the article is about: the first one that the title names; where it names none,
/// the only one of the summary.
pub(super) fn topic(passages: &[Passage<'_>]) -> Option<u16> {
    let named =
        |field: Field| passages.iter().find(|one| one.field == field && !one.companies.is_empty());
    let title =
        named(Field::Title).or_else(|| named(Field::Summary).filter(|one| is_alone(one)))?;
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

/// True where a passage names one company, and not as somebody's partner: "X는 xAI와 협력한다".
fn is_alone(passage: &Passage<'_>) -> bool {
    let first = passage.companies.first().map(|mention| mention.company);
    passage.companies.iter().all(|mention| {
        let behind = passage.text.norm.get(mention.span.end..).unwrap_or("");
        let related = first.is_some_and(|first| passage.gazetteer.related(first, mention.company));
        related && !["와 ", "과 "].iter().any(|with| behind.starts_with(with))
    })
}
