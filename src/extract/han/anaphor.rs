//! "The company" in a summary, before it names any itself: the one that opens the title.

use crate::extract::candidate::Passage;
use crate::extract::company::CompanyMention;
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Field;

/// Words for the company that was spoken of.
const SAME: [&str; 3] = ["同社", "该公司", "該公司"];

/// What may stand before the company that a title opens with.
const LEADS: [char; 8] = ['米', '「', '『', '[', '【', '“', '"', ' '];

/// The mentions of a summary with the one that "the company" stands for; `None` where the summary
/// has no such word, or names a company before it.
pub(super) fn resolved(passages: &[Passage<'_>], at: usize) -> Option<Vec<CompanyMention>> {
    let passage = passages.get(at).filter(|own| own.field != Field::Title)?;
    let text = passage.text.norm.as_str();
    let limit = passage.companies.first().map_or(text.len(), |first| first.span.start);
    let head = text.get(..limit)?;
    let found = SAME.iter().filter_map(|word| Some((head.find(word)?, word.len())));
    let (start, len) = found.min()?;
    // A name before it may be a company that no list has.
    let name = |ch: char| matches!(Script::of(ch), Script::Latin | Script::Katakana);
    if text.get(..start)?.contains(name) {
        return None;
    }
    let opening = opening(passages.first()?)?;
    let mut mentions = Vec::with_capacity(passage.companies.len() + 1);
    mentions.push(CompanyMention { span: Span::new(start, start + len), ..opening });
    mentions.extend_from_slice(passage.companies);
    Some(mentions)
}

/// The company that the title begins with.
pub(super) fn opening(title: &Passage<'_>) -> Option<CompanyMention> {
    let first = *title.companies.first().filter(|_| title.field == Field::Title)?;
    let before = title.text.norm.get(..first.span.start)?;
    let opens = before.chars().all(|ch| LEADS.contains(&ch));
    (opens && !first.by_product).then_some(first)
}
