//! Which language a text is in, cheaply: by script, then by its commonest words.

use std::borrow::Cow;

use super::octet;
use super::script::Script;
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
        let mut counts = Counts::default();
        for text in texts.iter().filter(|text| !text.is_ascii()) {
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
        if counts.latin == 0 && !texts.iter().any(has_letter) {
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
    let base = tag.split(['-', '_']).next().unwrap_or("").trim();
    match base.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(base.to_ascii_lowercase()),
        false => Cow::Borrowed(base),
    }
}

#[derive(Default)]
struct Counts {
    latin: usize,
    hangul: usize,
    kana: usize,
    han: usize,
    cyrillic: usize,
    arabic: usize,
    other: usize,
}

impl Counts {
    /// Counts the ASCII letters of `text`.
    fn add_latin(&mut self, text: &str) {
        self.latin += octet::count(text.as_bytes(), |byte| byte.is_ascii_alphabetic());
    }

    /// Counts what is not ASCII.
    fn add_others(&mut self, text: &str) {
        octet::any_place(text.as_bytes(), octet::is_lead, |at| {
            self.add_other(text, at);
            false
        });
    }

    /// True where nothing was counted yet.
    fn none(&self) -> bool {
        let east = self.hangul + self.kana + self.han;
        east + self.latin + self.cyrillic + self.arabic + self.other == 0
    }

    /// False where no script but Latin can win: ASCII letters need not be counted.
    fn needs_latin(&self) -> bool {
        let east = self.hangul + self.kana + self.han;
        [east, self.cyrillic, self.arabic, self.other].into_iter().any(|count| count > 1)
    }

    /// Counts the character beyond ASCII that begins at `at`.
    fn add_other(&mut self, text: &str, at: usize) {
        let bytes = text.as_bytes();
        // By their first bytes: Hangul, Han, Kana, punctuation.
        match (bytes.get(at), bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(0xeb | 0xec), ..) | (Some(0xea), Some(0xb0..), _) => return self.hangul += 1,
            (Some(0xed), Some(..=0x9d), _) => return self.hangul += 1,
            (Some(0xe5..=0xe9), ..) | (Some(0xe4), Some(0xb8..), _) => return self.han += 1,
            (Some(0xe3), Some(0x81), Some(0x81..))
            | (Some(0xe3), Some(0x82), Some(..=0x9f | 0xa1..))
            | (Some(0xe3), Some(0x83), Some(..=0xba | 0xbc)) => return self.kana += 1,
            (Some(0xe3), Some(0x80), Some(..=0x84 | 0x88..=0x91)) => return,
            (Some(0xe2), Some(0x80), _) => return,
            _ => {}
        }
        let Some(ch) = text.get(at..).and_then(|rest| rest.chars().next()) else { return };
        match Script::of(ch) {
            Script::Latin => self.latin += 1,
            Script::Hangul => self.hangul += 1,
            Script::Katakana | Script::Hiragana => self.kana += 1,
            Script::Han => self.han += 1,
            Script::Other => match ch {
                '\u{400}'..='\u{52f}' => self.cyrillic += 1,
                '\u{600}'..='\u{6ff}' => self.arabic += 1,
                _ => self.other += 1,
            },
            Script::None => {}
        }
    }

    /// One character of an East Asian script says about as much as three Latin letters.
    fn by_script(&self, hint: Option<&str>) -> Option<&'static str> {
        let east = self.hangul + self.kana + self.han;
        // A headline of names only: "OpenAI 的 John Smith 加入 Google DeepMind".
        let weight = if matches!(hint, Some("ko" | "ja" | "zh")) { 12 } else { 5 };
        if east >= 2 && east * weight >= self.latin {
            if self.hangul >= self.kana && self.hangul * 3 >= self.han {
                return Some("ko");
            }
            if self.kana > 0 && self.kana * 12 >= self.han || hint == Some("ja") {
                return Some("ja");
            }
            return Some("zh");
        }
        let foreign = [(self.cyrillic, "ru"), (self.arabic, "ar"), (self.other, "und")];
        let top = foreign.into_iter().max_by_key(|(count, _)| *count)?;
        (top.0 > self.latin / 3 && top.0 > 1).then_some(top.1)
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
