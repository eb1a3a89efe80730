//! What one passage of an article tells the next.

use super::anaphor;
use crate::extract::candidate::Passage;
use crate::extract::text::Span;

/// The companies that an article is about.
pub(crate) struct Article {
    /// The only company of the article, where there is one.
    pub(super) sole: Option<u16>,
    /// The company that the title names, where it names but one.
    pub(super) title: Option<u16>,
    /// The company that the title begins with.
    pub(super) opening: Option<u16>,
}

impl Article {
    /// Reads the companies of all passages.
    pub(crate) fn of(passages: &[Passage<'_>]) -> Self {
        let mut sole = None;
        let mut many = false;
        let mentions =
            passages.iter().flat_map(|passage| passage.companies.iter().map(move |m| (passage, m)));
        for (passage, mention) in mentions.filter(|(_, mention)| !mention.by_product) {
            many |= is_past(passage, mention.span);
            match sole {
                None => sole = Some(mention.company),
                Some(own) => many |= !passage.gazetteer.related(own, mention.company),
            }
        }
        let title = passages.first().and_then(|title| {
            let mut own = title.companies.iter().map(|mention| mention.company);
            if title.companies.iter().any(|mention| is_past(title, mention.span)) {
                return None;
            }
            let first = own.next()?;
            own.all(|other| title.gazetteer.related(first, other)).then_some(first)
        });
        let opening = passages.first().and_then(anaphor::opening).map(|own| own.company);
        Self { sole: sole.filter(|_| !many), title, opening }
    }
}

/// "元 A", "A 出身": the company is where somebody was, and nobody leaves it now.
fn is_past(passage: &Passage<'_>, span: Span) -> bool {
    let text = passage.text.norm.as_str();
    let (before, after) = (text.get(..span.start), text.get(span.end..));
    before.is_some_and(|before| before.ends_with(['元', '旧']))
        || after.is_some_and(|after| after.starts_with("出身"))
}
