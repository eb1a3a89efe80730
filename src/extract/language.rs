//! Which language a text is in, cheaply: by script, then by its commonest words.

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
    let texts = [beginning(title), beginning(summary)];
    let mut counts = Counts::default();
    texts.iter().for_each(|text| counts.add_others(text));
    if counts.needs_latin() {
        texts.iter().for_each(|text| counts.add_latin(text));
        if let Some(language) = counts.by_script(hint.as_deref()) {
            return Some(language.to_owned());
        }
    }
    let has_letter = |text: &&str| text.bytes().any(|byte| byte.is_ascii_alphabetic());
    if counts.latin == 0 && !texts.iter().any(has_letter) {
        return hint;
    }
    Some(latin(texts, hint.as_deref()))
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
    /// Counts the ASCII letters of `text`.
    fn add_latin(&mut self, text: &str) {
        let eights = octet::eights(text.as_bytes());
        self.latin +=
            eights.map(|(_, word)| octet::letters(word).count_ones() as usize).sum::<usize>();
    }

    /// Counts what is not ASCII.
    fn add_others(&mut self, text: &str) {
        for (at, word) in octet::eights(text.as_bytes()) {
            for at in octet::marked(at, octet::leads(word)) {
                self.add_other(text, at);
            }
        }
    }

    /// False where no script but Latin can win: ASCII letters need not be counted.
    fn needs_latin(&self) -> bool {
        let east = self.hangul + self.kana + self.han;
        [east, self.cyrillic, self.arabic, self.other].into_iter().any(|count| count > 1)
    }

    /// Counts the character beyond ASCII that begins at `at`.
    fn add_other(&mut self, text: &str, at: usize) {
        let bytes = text.as_bytes();
        // By their first bytes: U+AC40 to U+D3FF and U+5000 to U+8FFF.
        match bytes.get(at) {
            Some(0xeb | 0xec) => return self.hangul += 1,
            Some(0xe5..=0xe8) => return self.han += 1,
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

/// Words looked at in a text in Latin script.
const WORDS: usize = 60;

/// Bits of one language's votes; there are fewer words than they can count.
const BITS: usize = 8;

/// Common words and how they vote: for English in the lowest [`BITS`], then as in [`FOREIGN`].
struct Common {
    /// Words of ASCII letters, at most eight of them, as numbers; zero where the slot is free.
    words: [u64; SLOTS],
    votes: [u128; SLOTS],
    /// The others.
    accented: Vec<(&'static str, u128)>,
}

/// Slots of the table of common words: a few for each.
const SLOTS: usize = 1024;

static COMMON: LazyLock<Common> = LazyLock::new(|| {
    let mut table = Common { words: [0; SLOTS], votes: [0; SLOTS], accented: Vec::new() };
    ENGLISH.iter().for_each(|word| table.add(word, 0));
    for (index, (_, words)) in FOREIGN.iter().enumerate() {
        words.iter().for_each(|word| table.add(word, index + 1));
    }
    table
});

/// The slot where a word is looked for first; then the next.
#[inline]
fn slot(word: u64) -> usize {
    (word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

impl Common {
    fn add(&mut self, word: &'static str, language: usize) {
        let vote = 1 << (BITS * language);
        if !word.is_ascii() || word.len() > 8 {
            return self.accented.push((word, vote));
        }
        let word = octet::eight(word.as_bytes(), 0) & first(word.len());
        let mut at = slot(word);
        while let (Some(taken), Some(votes)) = (self.words.get_mut(at), self.votes.get_mut(at)) {
            if *taken == 0 || *taken == word {
                *taken = word;
                *votes |= vote;
                return;
            }
            at = (at + 1) % SLOTS;
        }
    }

    /// The votes of a word of ASCII letters in lower case.
    #[inline]
    fn plain(&self, word: u64) -> u128 {
        let mut at = slot(word);
        while let Some(taken) = self.words.get(at).filter(|taken| **taken != 0) {
            if *taken == word {
                return self.votes.get(at).copied().unwrap_or(0);
            }
            at = (at + 1) % SLOTS;
        }
        0
    }

    /// The votes of any other word.
    fn accented(&self, word: &str) -> u128 {
        let lower = word.to_lowercase();
        let same = self.accented.iter().filter(|(known, _)| *known == lower);
        same.fold(0, |votes, (_, vote)| votes | vote)
    }
}

/// The bits of the first `len` bytes of eight.
#[inline]
fn first(len: usize) -> u64 {
    u64::MAX >> (64 - 8 * len.clamp(1, 8))
}

/// The first [`LIMIT`] bytes, on a character border.
fn beginning(text: &str) -> &str {
    (0..=LIMIT.min(text.len())).rev().find_map(|at| text.get(..at)).unwrap_or("")
}

/// What the words of a text say about its language.
struct Votes {
    /// Words still to be looked at.
    left: usize,
    /// As those of [`Common`].
    all: u128,
}

impl Votes {
    fn add(&mut self, text: &str) {
        let (common, bytes) = (&*COMMON, text.as_bytes());
        let (mut start, mut carry, mut at) = (0, 0, 0);
        let mut inside = false;
        // One step past the end, where the last word is over.
        while at <= bytes.len() && self.left > 0 {
            let word = octet::eight(bytes, at);
            let within = octet::letters(word) | word & octet::HIGH;
            let mut borders = within ^ (within << 8 | carry);
            carry = within >> 56;
            while borders != 0 {
                let place = at + borders.trailing_zeros() as usize / 8;
                borders &= borders - 1;
                inside = !inside;
                if inside {
                    start = place;
                    continue;
                }
                self.word(common, text, start, place);
                if self.left == 0 {
                    return;
                }
            }
            at += 8;
        }
    }

    /// Counts the letters and characters beyond ASCII from `start` to `end`.
    fn word(&mut self, common: &Common, text: &str, start: usize, end: usize) {
        let len = end - start;
        let word = octet::eight(text.as_bytes(), start) & first(len);
        if len <= 8 && word & octet::HIGH == 0 {
            self.left -= 1;
            self.all += common.plain((word | octet::LOWER) & first(len));
            return;
        }
        let words = text.get(start..end).unwrap_or("").split(|ch: char| !ch.is_alphabetic());
        for word in words.filter(|word| !word.is_empty()).take(self.left) {
            self.left -= 1;
            self.all += match word.is_ascii() {
                false => common.accented(word),
                true if word.len() > 8 => 0,
                true => common.plain((octet::eight(word.as_bytes(), 0) | octet::LOWER) & first(word.len())),
            };
        }
    }

    /// The votes for one language, as [`Common`] numbers them.
    fn of(&self, language: usize) -> u32 {
        (self.all >> (BITS * language)) as u32 & ((1 << BITS) - 1)
    }
}

/// Tells English from the other languages in Latin script.
fn latin(texts: [&str; 2], hint: Option<&str>) -> String {
    let mut votes = Votes { left: WORDS, all: 0 };
    for text in texts {
        votes.add(text);
    }
    let english = votes.of(0);
    let foreign = FOREIGN.iter().enumerate().map(|(index, (name, _))| (votes.of(index + 1), *name));
    let (vote, foreign) = foreign.max_by_key(|(vote, _)| *vote).unwrap_or((0, "en"));
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
