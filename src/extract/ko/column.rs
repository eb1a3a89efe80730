//! What a headline's rubric says of the article: an opinion, a serial, a correction.

use super::words::Words;
use crate::extract::candidate::{Candidate, Passage};
use crate::model::{Field, Status, Suppressed};

/// The marks that enclose a rubric.
const MARKS: &[(char, char)] = &[('[', ']'), ('<', '>'), ('〈', '〉'), ('【', '】'), ('《', '》')];

/// Why an article under this rubric tells no move, where it does not.
///
/// "[사설] …", "… [기자수첩]", "… 바로잡습니다": the rubric opens or closes the title.
pub(super) fn silence(words: &Words, passages: &[Passage<'_>]) -> Option<Suppressed> {
    let title = passages.iter().find(|passage| passage.field == Field::Title)?;
    let text = title.text.norm.trim();
    let ends = [text.split(' ').next(), text.rsplit(' ').next()];
    let own = ends.into_iter().flatten().any(|word| words.begins("correction", word));
    let whole = own.then_some(Suppressed::Negated);
    let rubrics = [opening(text), closing(text)];
    whole.or_else(|| rubrics.into_iter().flatten().find_map(|rubric| reason(words, rubric)))
}

/// What stays unsaid under the rubric.
pub(super) fn apply(candidates: &mut [Candidate], reason: Suppressed) {
    for candidate in candidates.iter_mut().filter(|one| one.suppressed.is_none()) {
        candidate.suppressed = Some(reason);
        if reason == Suppressed::Negated {
            candidate.status = Status::Denied;
        }
    }
}

/// The rubric that a title begins with.
fn opening(text: &str) -> Option<&str> {
    MARKS.iter().find_map(|(open, close)| {
        let (inside, _) = text.strip_prefix(*open)?.split_once(*close)?;
        Some(inside)
    })
}

/// The rubric that a title ends with.
fn closing(text: &str) -> Option<&str> {
    MARKS.iter().find_map(|(open, close)| {
        let (_, inside) = text.strip_suffix(*close)?.rsplit_once(*open)?;
        Some(inside)
    })
}

/// "김도현의 테크칼럼", "데스크 시각": one of its words begins or ends like a listed one.
fn reason(words: &Words, rubric: &str) -> Option<Suppressed> {
    if rubric.split(' ').any(|word| words.begins("correction", word)) {
        return Some(Suppressed::Negated);
    }
    let opinion = |word: &str| words.begins("column", word) || words.ends("column", word);
    rubric.split([' ', '·', ':']).any(opinion).then_some(Suppressed::Historical)
}
