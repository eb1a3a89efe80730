//! What the rubric of a title says about the article: a column, an obituary, a correction, a list of
//! promotions.

use super::token::is_hangul;
use super::words::Words;
use crate::extract::candidate::{Candidate, Passage};
use crate::model::{Field, Status, Suppressed};

/// What a paper writes where it takes something back.
const CORRECTIONS: &[&str] =
    &["바로잡습니다", "바로잡는다", "바로잡고자", "정정합니다", "정정보도", "정정 보도"];
/// What a company says of a rumour that it neither confirms nor denies.
const UNDECIDED: &[&str] =
    &["확정된 것", "확정된 바", "정해진 것", "정해진 바", "결정된 것", "결정된 바", "사실무근"];
/// Marks of a list of names and posts.
const BULLETS: &[char] = &['◇', '△', '▲', '▷', '▶', '◆', '□', '■'];

/// Why nothing in the article is news of a move; `None` where its rubric does not say so.
pub(super) fn column(words: &Words, passages: &[Passage<'_>]) -> Option<Suppressed> {
    let title = passages.iter().find(|passage| passage.field == Field::Title)?;
    let title = title.text.norm.trim();
    let text = |word: &str| passages.iter().any(|passage| passage.text.norm.contains(word));
    let rubrics = || rubrics(title).flat_map(|rubric| rubric.split(|ch| !is_hangul(ch)));
    if is_unfounded(title) {
        return Some(Suppressed::Negated);
    }
    if rubrics().any(|word| word.contains("정정") || word.contains("바로잡"))
        || CORRECTIONS.iter().any(|word| text(word))
    {
        return Some(Suppressed::Negated);
    }
    if rubrics().any(|word| !word.is_empty() && words.ends("column", word)) {
        return Some(Suppressed::Historical);
    }
    let listed = || passages.iter().any(|passage| passage.text.norm.contains(BULLETS));
    (rubrics().any(|word| word == "인사") && listed()).then_some(Suppressed::Promotion)
}

/// `A CTO 퇴사설…회사 "사실무근"`: nothing behind the denial takes it back.
fn is_unfounded(title: &str) -> bool {
    let behind = title.split_once("설").and_then(|(_, behind)| behind.split_once("사실무근"));
    behind.is_some_and(|(_, behind)| behind.chars().all(|ch| !ch.is_alphanumeric()))
}

/// What stands in brackets at either end of a title.
fn rubrics(title: &str) -> impl Iterator<Item = &str> {
    let brackets = [('[', ']'), ('<', '>'), ('【', '】'), ('〈', '〉'), ('《', '》')];
    brackets.into_iter().flat_map(move |(open, close)| {
        let first = title.strip_prefix(open).and_then(|rest| rest.split_once(close));
        let last = title.strip_suffix(close).and_then(|rest| rest.rsplit_once(open));
        [first.map(|(rubric, _)| rubric), last.map(|(_, rubric)| rubric)].into_iter().flatten()
    })
}

/// Takes back what a column or a correction seems to tell, and rumours of nobody in particular of
/// which the company says that nothing is decided.
pub(super) fn silence(words: &Words, passages: &[Passage<'_>], candidates: &mut [Candidate]) {
    if candidates.iter().all(|one| one.suppressed.is_some()) {
        return;
    }
    let column = column(words, passages);
    let undecided = UNDECIDED
        .iter()
        .any(|word| passages.iter().any(|passage| passage.text.norm.contains(word)));
    for candidate in candidates.iter_mut().filter(|one| one.suppressed.is_none()) {
        let rumour = candidate.person.is_none() && candidate.status == Status::Rumoured;
        let reason = column.or((undecided && rumour).then_some(Suppressed::Hypothetical));
        if reason == Some(Suppressed::Negated) {
            candidate.status = Status::Denied;
        }
        candidate.suppressed = reason;
    }
}
