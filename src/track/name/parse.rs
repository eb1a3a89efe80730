//! Takes a written name apart.

use unicode_normalization::UnicodeNormalization;

use super::tables::{
    KOREAN_SURNAMES, LONG_KOREAN_SURNAMES, PARTICLES, ROMANISED_SURNAMES, SUFFIXES, TITLES,
    long_form,
};
use super::{Name, Script, foreign, pinyin, sounds};

/// What stands between the parts of a foreign name.
const DOTS: &[char] = &['·', '・', '‧', '•', '･'];

impl Name {
    /// Takes a name apart; `None` where nothing of it is left.
    pub(crate) fn parse(written: &str) -> Option<Name> {
        let script = script_of(written);
        let mut parts = parts_of(written, script);
        while parts.len() > 1 && parts.last().is_some_and(|p| SUFFIXES.contains(&p.as_str())) {
            parts.pop();
        }
        if parts.len() > 1 && parts.first().is_some_and(|p| TITLES.contains(&p.as_str())) {
            parts.remove(0);
        }
        match parts.as_slice() {
            [] => None,
            _ if script == Script::Other => Some(Name::han(&parts, written.contains(DOTS))),
            [whole] => Some(Name::unspaced(script, whole)),
            [given, ..] => {
                let long = long_form(given);
                let short = long.map(|_| given.clone()).unwrap_or_default();
                let middle = parts
                    .iter()
                    .take(parts.len() - 1)
                    .skip(1)
                    .filter(|part| !PARTICLES.contains(&part.as_str()))
                    .find_map(|part| part.chars().next());
                let count = parts.len();
                if let (Some(first), Some(long)) = (parts.first_mut(), long) {
                    long.clone_into(first);
                }
                let last = parts.last().map_or(0, String::len);
                let all = parts.concat();
                let end = all.len();
                let hyphen = hyphen_of(written, script).filter(|_| !is_romanised(&parts));
                let name = Name {
                    first: parts.first().map_or(0, String::len),
                    last: end - last,
                    hyphen: hyphen.and_then(|half| end.checked_sub(half)).unwrap_or(0),
                    all,
                    short,
                    middle,
                    parts: count,
                    ..Name::unheard(script, String::new())
                };
                Some(name.heard())
            }
        }
    }

    /// A name of one part.
    fn whole(script: Script, all: String) -> Name {
        Name::unheard(script, all).heard()
    }

    fn unheard(script: Script, all: String) -> Name {
        Name {
            script,
            all,
            first: 0,
            last: 0,
            short: String::new(),
            pinyin: String::new(),
            hyphen: 0,
            middle: None,
            native: false,
            parts: 1,
            sounds: Default::default(),
        }
    }

    /// A name in Han; the parts of a foreign one are `dotted`.
    fn han(parts: &[String], dotted: bool) -> Name {
        let all: String = parts.concat().chars().map(pinyin::simplified).collect();
        let mut name = Name::whole(Script::Other, all);
        if let ([given, .., surname], true) = (parts, dotted)
            && let Some((given, surname)) = foreign::read(given).zip(foreign::read(surname))
        {
            name.parts = parts.len();
            name.sounds = [given, surname];
            return name;
        }
        if let Some((given, surname)) = pinyin::read(&name.all) {
            name.sounds = [&given, &surname].map(|part| sounds(Script::Latin, part));
            name.pinyin = format!("{given} {surname}");
        }
        name
    }

    /// A name of one part: a Korean name in full, or a surname.
    fn unspaced(script: Script, whole: &str) -> Name {
        let cut = match whole.chars().count() {
            3 if whole.starts_with(KOREAN_SURNAMES) => 1,
            4 if LONG_KOREAN_SURNAMES.iter().any(|surname| whole.starts_with(surname)) => 2,
            _ => return Name::whole(script, whole.to_owned()),
        };
        let surname: String = whole.chars().take(cut).collect();
        let given: String = whole.chars().skip(cut).collect();
        let name = Name {
            first: given.len(),
            last: given.len(),
            native: true,
            parts: 2,
            ..Name::unheard(script, given + &surname)
        };
        name.heard()
    }

    /// Listens to the parts.
    fn heard(mut self) -> Name {
        let view = self.view();
        let heard = [view.given(), view.surname()].map(|part| sounds(self.script, part));
        self.sounds = heard;
        self
    }
}

/// Letters after the hyphen of the last part, where both halves are long enough for surnames.
fn hyphen_of(written: &str, script: Script) -> Option<usize> {
    const LONG: usize = 4;
    let last = written.split_whitespace().last().filter(|_| script == Script::Latin)?;
    let (first, second) = last.split_once(['-', '‐', '‑'])?;
    let plain = first.is_ascii() && second.bytes().all(|letter| letter.is_ascii_alphabetic());
    (plain && first.len() >= LONG && second.len() >= LONG).then_some(second.len())
}

/// True where the first part is a Korean surname, so that the hyphen is in the given name.
fn is_romanised(parts: &[String]) -> bool {
    parts.first().is_some_and(|first| ROMANISED_SURNAMES.contains(&first.as_str()))
}

fn script_of(written: &str) -> Script {
    if written.is_ascii() {
        return Script::Latin;
    }
    let mut script = Script::Latin;
    for letter in written.chars() {
        script = match letter {
            '\u{ac00}'..='\u{d7a3}' => return Script::Hangul,
            '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}' => {
                Script::Kana
            }
            letter if script == Script::Latin && !is_latin(letter) && letter.is_alphabetic() => {
                Script::Other
            }
            _ => script,
        };
    }
    script
}

fn is_latin(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}')
}

/// Splits a name at spaces and middle dots; drops what stands in brackets, hyphens and full stops.
fn parts_of(written: &str, script: Script) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_u32;
    let mut add = |letter: char| match letter {
        // Most letters.
        'a'..='z' | 'A'..='Z' if depth == 0 => {
            if let Some(part) = parts.last_mut() {
                part.push(letter.to_ascii_lowercase());
            }
        }
        '(' | '（' | '[' | '"' if depth == 0 => depth = 1,
        ')' | '）' | ']' | '"' => depth = 0,
        _ if depth > 0 => {}
        letter if letter.is_whitespace() => parts.push(String::new()),
        letter if DOTS.contains(&letter) => parts.push(String::new()),
        '=' | '＝' | '゠' | '_' | '.' | ',' => parts.push(String::new()),
        'ー' => {}
        // Neither has an upper case; asking costs.
        '가'..='힣' | '\u{4e00}'..='\u{9fff}' => {
            if let Some(part) = parts.last_mut() {
                part.push(letter);
            }
        }
        letter if letter.is_alphanumeric() => {
            if let Some(part) = parts.last_mut() {
                part.extend(letter.to_lowercase());
            }
        }
        _ => {}
    };
    match script {
        _ if written.chars().all(is_normal) => written.chars().for_each(&mut add),
        Script::Latin => written.nfkd().flat_map(plain).for_each(&mut add),
        _ => written.nfkc().for_each(&mut add),
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// True for characters that stay as they are in every normal form that is used here, whatever
/// follows of their kind.
fn is_normal(letter: char) -> bool {
    letter.is_ascii() || matches!(letter, '가'..='힣' | '\u{4e00}'..='\u{9fff}')
}

/// Letters that have no decomposition.
fn plain(letter: char) -> impl Iterator<Item = char> {
    let text = match letter {
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' => "d",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ı' => "i",
        'þ' | 'Þ' => "th",
        _ => "",
    };
    let own = (text.is_empty() && !matches!(letter, '\u{300}'..='\u{36f}')).then_some(letter);
    text.chars().chain(own)
}
