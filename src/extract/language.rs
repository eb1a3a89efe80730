//! Which language a text is in, cheaply: by script, then by its commonest words.

use std::borrow::Cow;

use super::letters::{self, Counts};
use super::octet;
use super::votes::{Votes, is_foreign};

/// What a text in Latin script is in unless its words say otherwise.
pub(crate) const ENGLISH: &str = "en";

/// Bytes looked at; a headline and the first lines settle it.
const LIMIT: usize = 400;

/// Returns the language of `title` and `summary`; `hint` is what the feed says and settles only
/// what the text leaves open. `None` where there is not one letter.
pub fn detect(title: &str, summary: &str, hint: Option<&str>) -> Option<String> {
    match Letters::of(title, summary, hint) {
        Letters::Tell(language) => language,
        Letters::Latin { .. } => Some(by_words(title, summary, hint)),
    }
}

/// What the letters of a text say about its language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// All that there is to say.
    Tell(Option<String>),
    /// Latin script: its words decide.
    Latin {
        /// True where all letters are ASCII.
        plain: bool,
    },
}

impl Letters {
    /// Looks at the letters of `title` and `summary`.
    pub(crate) fn of(title: &str, summary: &str, hint: Option<&str>) -> Self {
        let hint = hint.map(base).filter(|hint| hint.len() >= 2);
        let hint = hint.as_deref();
        let texts = [beginning(title), beginning(summary)];
        let ascii = texts.map(|text| octet::is_ascii(text.as_bytes()));
        if ascii.contains(&false) && letters::is_plainly_korean(&texts) {
            return Letters::Tell(Some("ko".to_owned()));
        }
        let mut counts = Counts::default();
        for (text, _) in texts.iter().zip(ascii).filter(|(_, ascii)| !ascii) {
            counts.add_others(text);
        }
        let plain = counts.none();
        if counts.needs_latin() {
            texts.iter().for_each(|text| counts.add_latin(text));
            if let Some(language) = counts.by_script(hint) {
                return Letters::Tell(Some(language.to_owned()));
            }
        }
        let has_letter = |text: &&str| text.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !counts.has_latin() && !texts.iter().any(has_letter) {
            return Letters::Tell(hint.map(str::to_owned));
        }
        Letters::Latin { plain }
    }
}

/// The language of a text in Latin script.
pub(crate) fn by_words(title: &str, summary: &str, hint: Option<&str>) -> String {
    at_most(usize::MAX, title, summary, hint)
}

/// The language of a text of ASCII letters, of which no more than `foreign` words are common in
/// another language than English.
pub(crate) fn at_most(foreign: usize, title: &str, summary: &str, hint: Option<&str>) -> String {
    let hint = hint.map(base).filter(|hint| hint.len() >= 2);
    let hint = hint.as_deref().filter(|hint| is_foreign(hint));
    // No language can have two votes more than English then.
    let enough = foreign.saturating_sub(1);
    if hint.is_none() && enough == 0 {
        return ENGLISH.to_owned();
    }
    latin(
        [beginning(title), beginning(summary)],
        hint,
        if hint.is_none() { enough } else { usize::MAX },
    )
}

/// `en-US` -> `en`.
fn base(tag: &str) -> Cow<'_, str> {
    // What most feeds say.
    if let [b'a'..=b'z', b'a'..=b'z'] = tag.as_bytes() {
        return Cow::Borrowed(tag);
    }
    let base = tag.split(['-', '_']).next().unwrap_or("").trim();
    match base.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(base.to_ascii_lowercase()),
        false => Cow::Borrowed(base),
    }
}

/// The first [`LIMIT`] bytes, on a character border.
fn beginning(text: &str) -> &str {
    (0..=LIMIT.min(text.len())).rev().find_map(|at| text.get(..at)).unwrap_or("")
}

/// Tells English from the other languages in Latin script; `enough` votes for it settle it.
fn latin(texts: [&str; 2], hint: Option<&str>, enough: usize) -> String {
    let mut votes = Votes::until(enough);
    for text in texts {
        votes.add(text);
    }
    let english = votes.english();
    let (vote, foreign) = votes.foreign().max_by_key(|(vote, _)| *vote).unwrap_or((0, ENGLISH));
    let needed = if hint.is_some() { english.max(1) } else { english + 2 };
    let settled = english as usize >= enough;
    let other = vote >= needed && !settled;
    if other { hint.unwrap_or(foreign).to_owned() } else { ENGLISH.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[track_caller]
    fn check(text: &str, hint: Option<&str>, want: Option<&str>) {
        assert_eq!(detect(text, "", hint).as_deref(), want, "text: {text}");
    }

    #[test]
    fn the_text_decides_and_the_hint_settles_the_rest() {
        check("Ada Gray leaves OpenAI for Anthropic", None, Some("en"));
        check("오픈AI 공동창업자, Anthropic 합류", Some("en"), Some("ko"));
        check("OpenAIの共同創業者が退社", None, Some("ja"));
        check("OpenAI联合创始人离职", None, Some("zh"));
        check("OpenAI 幹部退社", Some("ja"), Some("ja"));
        check("Der Chef von OpenAI verlässt die Firma und geht zu Meta", None, Some("de"));
        check("Le directeur de Meta quitte la société pour Mistral", None, Some("fr"));
        check("Глава OpenAI уходит", None, Some("ru"));
        check("123", None, None);
        check("", Some("en-US"), Some("en"));
    }
}
