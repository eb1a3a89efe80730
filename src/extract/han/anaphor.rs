//! "The company" in a summary, before it names any itself: the one that opens the title.

use crate::extract::candidate::Passage;
use crate::extract::company::CompanyMention;
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Field;

/// Words for the company that was spoken of.
const SAME: [&str; 5] = ["同社", "该公司", "該公司", "这家公司", "這家公司"];

/// What may stand before the company that a title opens with: marks, and its country.
const LEADS: [&str; 26] = [
    "「",
    "『",
    "[",
    "【",
    "“",
    "\"",
    " ",
    "米",
    "英",
    "仏",
    "独",
    "韓国",
    "中国",
    "カナダ",
    "インド",
    "フランス",
    "イスラエル",
    "サウジ",
    "韩国",
    "韓國",
    "美国",
    "美國",
    "法国",
    "法國",
    "加拿大",
    "英国",
];

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
    if names_other(text.get(..start)?) {
        return None;
    }
    let title = passages.first()?;
    let opening = opening(title).or_else(|| sole(title))?;
    let mut mentions = Vec::with_capacity(passage.companies.len() + 1);
    mentions.push(CompanyMention { span: Span::new(start, start + len), ..opening });
    mentions.extend_from_slice(passage.companies);
    Some(mentions)
}

/// True where a name in Latin letters or Katakana stands that is no person's: no title follows it.
fn names_other(text: &str) -> bool {
    const TITLES: [&str; 9] = ["氏", "さん", "博士", "社長", "会長", "CEO", "CTO", "CFO", "COO"];
    let part = |ch: char| {
        matches!(Script::of(ch), Script::Latin | Script::Katakana)
            || matches!(ch, '・' | 'ー' | '=')
    };
    let mut rest = text;
    while let Some(at) = rest.find(part) {
        let name = rest.get(at..).unwrap_or("");
        let end = name.find(|ch: char| !part(ch)).unwrap_or(name.len());
        let behind = name.get(end..).unwrap_or("");
        let titled = TITLES.iter().any(|title| behind.starts_with(title))
            || name.get(..end).is_some_and(|own| TITLES.contains(&own));
        if !titled {
            return true;
        }
        rest = behind;
    }
    false
}

/// The only company of the title.
fn sole(title: &Passage<'_>) -> Option<CompanyMention> {
    let mut own = title.companies.iter().filter(|own| !own.by_product);
    let first = *own.next().filter(|_| title.field == Field::Title)?;
    own.all(|other| other.company == first.company).then_some(first)
}

/// The company that the title begins with.
pub(super) fn opening(title: &Passage<'_>) -> Option<CompanyMention> {
    let first = *title.companies.first().filter(|_| title.field == Field::Title)?;
    let mut before = title.text.norm.get(..first.span.start)?;
    while let Some(rest) = LEADS.iter().find_map(|lead| before.strip_prefix(lead)) {
        before = rest;
    }
    let opens = before.is_empty();
    (opens && !first.by_product).then_some(first)
}
