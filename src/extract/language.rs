//! Which language a text is in, cheaply: by script, then by its commonest words.

use std::borrow::Cow;
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
    let hint = hint.as_deref();
    let texts = [beginning(title), beginning(summary)];
    let mut counts = Counts::default();
    for text in texts.iter().filter(|text| !text.is_ascii()) {
        counts.add_others(text);
    }
    if counts.needs_latin() {
        texts.iter().for_each(|text| counts.add_latin(text));
        if let Some(language) = counts.by_script(hint) {
            return Some(language.to_owned());
        }
    }
    let has_letter = |text: &&str| text.bytes().any(|byte| byte.is_ascii_alphabetic());
    if counts.latin == 0 && !texts.iter().any(has_letter) {
        return hint.map(str::to_owned);
    }
    Some(latin(texts, hint))
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
        let word = octet::eight(word.as_bytes(), 0) & u64::MAX >> (64 - 8 * word.len().max(1));
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

/// The first [`LIMIT`] bytes, on a character border.
fn beginning(text: &str) -> &str {
    (0..=LIMIT.min(text.len())).rev().find_map(|at| text.get(..at)).unwrap_or("")
}

/// What stands at the beginning of a word.
enum Word {
    /// At most eight ASCII letters, in lower case.
    Plain(u64),
    /// More of them: in no list.
    Long,
    /// Characters beyond ASCII among them, as far as can be seen.
    Mixed,
}

impl Word {
    /// Reads the eight bytes at the start of a word and the one behind them.
    #[inline]
    fn of(eight: u64, next: Option<&u8>) -> Self {
        let past = !in_word(eight) & octet::HIGH;
        let bits = ((past & past.wrapping_neg()) >> 7).wrapping_sub(1);
        if eight & bits & octet::HIGH != 0 {
            return Word::Mixed;
        }
        match next {
            Some(next) if past == 0 && !next.is_ascii() => Word::Mixed,
            Some(next) if past == 0 && next.is_ascii_alphabetic() => Word::Long,
            _ => Word::Plain((eight | octet::LOWER) & bits),
        }
    }
}

/// ASCII letters, and characters beyond ASCII, which may be letters.
#[inline]
fn in_word(eight: u64) -> u64 {
    octet::letters(eight) | eight & octet::HIGH
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
        octet::any_start(bytes, 0, in_word, |_| 0, |place, eight| {
            if self.left == 0 {
                return true;
            }
            match Word::of(eight, bytes.get(place + 8)) {
                Word::Plain(word) => self.all += common.plain(word),
                Word::Long => {}
                Word::Mixed => {
                    self.mixed(common, text, place);
                    return false;
                }
            }
            self.left -= 1;
            false
        });
    }

    /// Counts the words of a run of letters and characters beyond ASCII.
    #[inline(never)]
    fn mixed(&mut self, common: &Common, text: &str, start: usize) {
        let rest = text.get(start..).unwrap_or("");
        let end = rest.bytes().position(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic());
        let words = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
        let words = words.split(|ch: char| !ch.is_alphabetic()).filter(|word| !word.is_empty());
        for word in words.take(self.left) {
            self.left -= 1;
            if !word.is_ascii() {
                self.all += common.accented(word);
            } else if word.len() <= 8 {
                let bits = u64::MAX >> (64 - 8 * word.len().max(1));
                self.all += common.plain((octet::eight(word.as_bytes(), 0) | octet::LOWER) & bits);
            }
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
