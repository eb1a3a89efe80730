//! The Latin form of a name that the article itself gives: "约翰·舒尔曼（John Schulman）",
//! "존 슐먼(John Schulman) 공동창업자".

use super::candidate::Passage;
use super::script::Script;
use super::text::Span;

/// Bytes that titles and spaces may take up between a name and its bracket.
const TITLE: usize = 12;

/// The Latin form of `name` that stands in brackets behind it, in the first passage that has one.
pub(super) fn latin_form(name: &str, passages: &[Passage<'_>]) -> Option<String> {
    let foreign = name.chars().any(|ch| !matches!(Script::of(ch), Script::Latin | Script::None));
    passages.iter().filter(|_| foreign).find_map(|passage| {
        let text = passage.text.norm.as_str();
        text.match_indices(name).find_map(|(at, _)| bracketed(passage, at + name.len()))
    })
}

/// The Latin name in the bracket that opens shortly behind `at`.
fn bracketed(passage: &Passage<'_>, at: usize) -> Option<String> {
    let rest = passage.text.norm.get(at..)?;
    let open = rest.find('(').filter(|open| *open <= TITLE)?;
    let between = rest.get(..open)?;
    // Only a title stands between a name and its bracket.
    if between.chars().any(|ch| ch.is_ascii_punctuation() || matches!(ch, '、' | '。' | '·')) {
        return None;
    }
    let start = at + open + 1;
    let inner = passage.text.norm.get(start..)?;
    let inner = inner.get(..inner.find([')', ',', ';'])?)?;
    let span = Span::new(start, start + inner.len());
    let company = passage
        .companies
        .iter()
        .any(|mention| mention.span.start < span.end && span.start < mention.span.end);
    let inner = inner.trim();
    (!company && is_name(inner)).then(|| inner.to_owned())
}

/// True for two to five capitalised words, such as "Hyung Won Chung" or "Mira K. Murati".
fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let inner = ["de", "da", "del", "van", "von", "der", "den", "la", "le", "bin", "al"];
    let part = |word: &&str| {
        let mut chars = word.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        let rest = chars.as_str();
        let letters = rest.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '\'' | '-' | '.'));
        let small = rest.chars().any(char::is_lowercase) || rest.is_empty() || rest == ".";
        let latin = word.chars().all(|ch| matches!(Script::of(ch), Script::Latin | Script::None));
        latin && letters && (capital && small || inner.contains(word))
    };
    (2..=5).contains(&words.len()) && words.iter().all(part)
}
