//! For whom a move is a blow or a coup: where the headline tells the missing end.

use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::text::Span;
use crate::model::{Field, Kind};

/// Before the company that is left.
const BLOWS: &[&str] = &["blow to ", "blow for ", "setback for ", "setback to ", "loss for "];
/// Before the company that is joined.
const COUPS: &[&str] = &["coup for ", "boost for ", "win for ", "victory for ", "boon for "];

/// Gives those who move the end that "in a blow to Gana", "in a coup for Dara" tells.
pub(super) fn complete(passages: &[Passage<'_>], found: &mut [Candidate]) {
    let open = |one: &Candidate| {
        one.suppressed.is_none()
            && one.field != Field::Content
            && matches!(one.kind, Kind::Joined | Kind::Left)
    };
    for one in found.iter_mut().filter(|one| open(one)) {
        let Some(passage) = passages.iter().find(|passage| passage.field == one.field) else {
            continue;
        };
        let related = |end: &Option<End>, company: u16| match end {
            Some(End::Listed(end)) => passage.gazetteer.related(*end, company),
            _ => false,
        };
        if one.from.is_none()
            && let Some(company) = behind(passage, one.sentence, BLOWS)
            && !related(&one.to, company)
        {
            one.from = Some(End::Listed(company));
            one.kind = Kind::Moved;
        } else if one.to.is_none()
            && let Some(company) = behind(passage, one.sentence, COUPS)
            && !related(&one.from, company)
        {
            one.to = Some(End::Listed(company));
            one.kind = Kind::Moved;
        }
    }
}

/// The company that one of the phrases stands before.
fn behind(passage: &Passage<'_>, sentence: Span, phrases: &[&str]) -> Option<u16> {
    let inside = |span: Span| sentence.contains(span);
    let mut mentions = passage.companies.iter().filter(|one| inside(one.span) && !one.by_product);
    let told = mentions.find(|mention| {
        let before = passage.text.get(Span::new(sentence.start, mention.span.start));
        let before = before.to_lowercase();
        phrases.iter().any(|phrase| before.ends_with(phrase))
    })?;
    Some(told.company)
}
