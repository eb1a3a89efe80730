//! Which language a text is in, cheaply: by script, then by its commonest words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::octet;
use super::script::Script;

/// Bytes looked at; a headline and the first lines settle it.
const LIMIT: usize = 400;

/// Common short words of languages in Latin script that have no grammar here; none of them is
/// common in English.
const FOREIGN: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "der",
            "die",
            "das",
            "und",
            "ist",
            "nicht",
            "mit",
            "von",
            "für",
            "auf",
            "ein",
            "eine",
            "sich",
            "den",
            "im",
            "zu",
            "wird",
            "wechselt",
            "verlässt",
            "zum",
            "über",
            "nach",
            "bei",
            "dem",
            "als",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "des", "du", "est", "une", "dans", "pour", "que", "qui", "sur",
            "avec", "pas", "aux", "et", "au", "rejoint", "quitte", "chez", "son", "ses", "un",
        ],
    ),
    (
        "es",
        &[
            "el", "los", "las", "del", "que", "una", "por", "con", "para", "es", "su", "como",
            "más", "se", "al", "lo", "deja", "ficha", "y", "un", "la",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "que", "uma", "por", "com", "para", "do", "da", "dos", "das", "na", "no",
            "em", "não", "mais", "ao", "e", "deixa", "um",
        ],
    ),
    (
        "it",
        &[
            "il", "lo", "gli", "che", "di", "della", "del", "per", "con", "una", "non", "sono",
            "nel", "alla", "dei", "lascia", "e", "la", "un",
        ],
    ),
    (
        "nl",
        &[
            "het", "een", "van", "en", "niet", "voor", "met", "op", "zijn", "dat", "naar", "bij",
            "wordt", "verlaat", "de",
        ],
    ),
    (
        "sv",
        &[
            "och", "att", "det", "som", "för", "på", "är", "av", "med", "till", "lämnar", "inte",
            "ett",
        ],
    ),
    ("id", &["yang", "dan", "di", "untuk", "dari", "dengan", "ini", "itu", "ke", "pada", "akan"]),
    ("tr", &["ve", "bir", "bu", "için", "ile", "da", "olarak", "çok"]),
    ("vi", &["và", "của", "là", "cho", "các", "một", "người", "được", "không"]),
    ("pl", &["nie", "się", "jest", "na", "że", "do", "w", "z", "i", "dla"]),
];

/// Common words of English.
const ENGLISH: &[&str] = &[
    "the", "of", "to", "and", "is", "in", "for", "on", "with", "as", "at", "by", "from", "its",
    "his", "her", "are", "was", "has", "have", "after", "that", "this", "who", "will", "new", "it",
    "a", "an", "be", "their", "over", "into", "not", "but", "how", "why", "what", "joins", "join",
    "leaves", "leaving", "joining", "hires", "former", "up", "out", "about", "more", "says", "you",
    "i", "we", "your",
];

/// Returns the language of `title` and `summary`; `hint` is what the feed says and settles only
/// what the text leaves open. `None` where there is not one letter.
pub fn detect(title: &str, summary: &str, hint: Option<&str>) -> Option<String> {
    let hint = hint.map(base).filter(|hint| hint.len() >= 2);
    let mut counts = Counts::default();
    counts.add(title);
    counts.add(summary);
    if let Some(language) = counts.by_script(hint.as_deref()) {
        return Some(language.to_owned());
    }
    if counts.latin == 0 {
        return hint;
    }
    Some(latin(title, summary, hint.as_deref()))
}

/// `en-US` -> `en`.
fn base(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or("").trim().to_ascii_lowercase()
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
    fn add(&mut self, text: &str) {
        let bytes = beginning(text).as_bytes();
        let eights = (0..bytes.len()).step_by(8).map(|at| octet::letters(octet::eight(bytes, at)));
        self.latin += eights.map(|mask| mask.count_ones() as usize).sum::<usize>();
        octet::any_lead(bytes, |at| {
            let ch = text.get(at..).and_then(|rest| rest.chars().next());
            self.add_other(ch.unwrap_or(' '));
            false
        });
    }

    /// Counts a character beyond ASCII.
    fn add_other(&mut self, ch: char) {
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

/// Words looked at in a text in Latin script.
const WORDS: usize = 60;

/// Common words by their bytes in lower case, with the languages each is common in: bit 0 for
/// English, then as in [`FOREIGN`].
static COMMON: LazyLock<Vec<(u128, u16)>> = LazyLock::new(|| {
    let mut found: BTreeMap<u128, u16> = BTreeMap::new();
    for word in ENGLISH {
        *found.entry(bytes_of(word)).or_default() |= 1;
    }
    for (index, (_, words)) in FOREIGN.iter().enumerate() {
        for word in *words {
            *found.entry(bytes_of(word)).or_default() |= 1 << (index + 1);
        }
    }
    let mut table = vec![(0, 0); SLOTS];
    for (key, mask) in found {
        let free = probes(key).find(|slot| table.get(*slot).is_some_and(|(taken, _)| *taken == 0));
        if let Some(slot) = free.and_then(|slot| table.get_mut(slot)) {
            *slot = (key, mask);
        }
    }
    table
});

/// Slots of the table of common words: several for each.
const SLOTS: usize = 1024;
/// Bytes of a word that may be common: one longer is in no list.
const LONGEST: usize = 10;

/// The slots where a word may stand, in the order in which they are looked at.
fn probes(key: u128) -> impl Iterator<Item = usize> {
    let hash = (key ^ key >> 64) as u64;
    let first = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
    (0..SLOTS).map(move |step| (first as usize + step) % SLOTS)
}

/// The bytes of a word of at most sixteen as a number, ASCII letters in lower case.
fn bytes_of(word: &str) -> u128 {
    word.bytes().rev().fold(0, |key, byte| key << 8 | u128::from(byte.to_ascii_lowercase()))
}

/// The languages that `word` is common in.
fn languages_of(word: &str) -> Option<u16> {
    if word.len() > LONGEST {
        return None;
    }
    let key = match word.is_ascii() {
        true => bytes_of(word),
        false => Some(word.to_lowercase()).filter(|word| word.len() <= 16).map(|w| bytes_of(&w))?,
    };
    let found = probes(key).map_while(|slot| COMMON.get(slot).filter(|(taken, _)| *taken != 0));
    found.into_iter().find(|(taken, _)| *taken == key).map(|(_, mask)| *mask)
}

/// The first [`LIMIT`] bytes, on a character border.
fn beginning(text: &str) -> &str {
    (0..=LIMIT.min(text.len())).rev().find_map(|at| text.get(..at)).unwrap_or("")
}

/// The runs of letters of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let bytes = rest.as_bytes();
            let start = bytes.iter().position(|byte| !byte.is_ascii() || byte.is_ascii_alphabetic());
            rest = rest.get(start?..)?;
            let plain = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            let end = match rest.as_bytes().get(plain) {
                Some(next) if !next.is_ascii() => {
                    rest.find(|ch: char| !ch.is_alphabetic()).unwrap_or(rest.len())
                }
                _ => plain,
            };
            let (word, after) = rest.split_at_checked(end)?;
            let skipped = if end == 0 { after.chars().next().map_or(0, char::len_utf8) } else { 0 };
            rest = after.get(skipped..)?;
            if end > 0 {
                return Some(word);
            }
        }
    })
}

/// Tells English from the other languages in Latin script.
fn latin(title: &str, summary: &str, hint: Option<&str>) -> String {
    let mut english = 0_u32;
    let mut votes = [0_u32; FOREIGN.len()];
    let words = [title, summary].into_iter().flat_map(|text| words(beginning(text)));
    for word in words.take(WORDS) {
        let Some(mask) = languages_of(word) else { continue };
        english += u32::from(mask & 1);
        let mut foreign = mask >> 1;
        while foreign != 0 {
            if let Some(vote) = votes.get_mut(foreign.trailing_zeros() as usize) {
                *vote += 1;
            }
            foreign &= foreign - 1;
        }
    }
    let best = votes.iter().zip(FOREIGN).max_by_key(|(vote, _)| **vote);
    let (vote, foreign) = best.map_or((0, "en"), |(vote, (name, _))| (*vote, *name));
    let known = FOREIGN.iter().any(|(name, _)| Some(*name) == hint);
    let needed = if known { english.max(1) } else { english + 2 };
    if vote >= needed {
        let agreed = hint.filter(|hint| FOREIGN.iter().any(|(name, _)| name == hint));
        return agreed.unwrap_or(foreign).to_owned();
    }
    "en".to_owned()
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
