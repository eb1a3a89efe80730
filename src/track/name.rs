//! Names of people: when do two spellings mean the same person?

use unicode_normalization::UnicodeNormalization;

use super::sound::{self, Sounds};

/// The script that a name is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Latin,
    Hangul,
    Kana,
    /// Han and every script without rules of its own: equal or different, nothing between.
    Other,
}

/// How much two spellings have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Two people.
    Different,
    /// The same person if the companies agree: a surname alone, an initial, a short name in
    /// another script.
    Partial,
    /// The same person.
    Same,
}

/// A name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) script: Script,
    /// First given name, normalised, nicknames written out; empty for a single name.
    given: String,
    /// Last part, normalised.
    surname: String,
    /// First letter of a second given name.
    middle: Option<char>,
    /// A Korean name, written without a space: surname first.
    native: bool,
    /// How many parts the name has; the fuller of two spellings is shown.
    pub(crate) parts: usize,
}

/// Parts that are no names: titles before, degrees and generations after.
const TITLES: &[&str] = &["dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame"];
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "phd", "md"];
/// Small words inside a name that outlets write or leave out.
const PARTICLES: &[&str] =
    &["van", "von", "de", "der", "den", "da", "di", "del", "la", "bin", "al", "el", "ter", "dos"];
/// Korean surnames: 이상호 is surname and given name, 발로네 a foreign surname.
const KOREAN_SURNAMES: &[char] = &[
    '김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '오', '서', '신', '권', '황',
    '안', '송', '전', '홍', '유', '류', '고', '문', '양', '손', '배', '백', '허', '남', '심', '노',
    '하', '곽', '성', '차', '주', '우', '구', '민', '나', '진', '지', '엄', '채', '원', '천', '방',
    '공', '현', '함', '변', '염', '여', '추', '도', '소', '석', '선', '설', '마', '길', '연', '위',
    '표', '명', '기', '반', '왕', '금', '옥', '육', '인', '맹', '제', '모', '탁', '은', '편', '용',
];
const LONG_KOREAN_SURNAMES: &[&str] = &["남궁", "황보", "제갈", "선우", "독고", "사공"];
/// Short forms that stand for one given name.
const NICKNAMES: &[(&str, &str)] = &[
    ("alex", "alexander"),
    ("andy", "andrew"),
    ("ben", "benjamin"),
    ("bill", "william"),
    ("bob", "robert"),
    ("chris", "christopher"),
    ("dan", "daniel"),
    ("dave", "david"),
    ("ed", "edward"),
    ("geoff", "geoffrey"),
    ("greg", "gregory"),
    ("jeff", "jeffrey"),
    ("jim", "james"),
    ("joe", "joseph"),
    ("jon", "jonathan"),
    ("josh", "joshua"),
    ("ken", "kenneth"),
    ("larry", "lawrence"),
    ("matt", "matthew"),
    ("mike", "michael"),
    ("nat", "nathaniel"),
    ("nick", "nicholas"),
    ("pete", "peter"),
    ("rob", "robert"),
    ("sam", "samuel"),
    ("steve", "steven"),
    ("stephen", "steven"),
    ("tim", "timothy"),
    ("tom", "thomas"),
    ("tony", "anthony"),
    ("vint", "vinton"),
    ("will", "william"),
];

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
        if script == Script::Other {
            return Name::single(script, parts.concat());
        }
        let surname = parts.pop()?;
        if parts.is_empty() {
            return Name::unspaced(script, surname);
        }
        let count = parts.len() + 1;
        let given = parts.remove(0);
        let middle = parts
            .iter()
            .filter(|part| !PARTICLES.contains(&part.as_str()))
            .find_map(|part| part.chars().next());
        Some(Name { given: long_form(given), surname, middle, script, native: false, parts: count })
    }

    fn single(script: Script, surname: String) -> Option<Name> {
        (!surname.is_empty()).then_some(Name {
            given: String::new(),
            surname,
            middle: None,
            script,
            native: false,
            parts: 1,
        })
    }

    /// A name of one part: a Korean name in full, or a surname.
    fn unspaced(script: Script, whole: String) -> Option<Name> {
        let cut = match whole.chars().count() {
            3 if whole.starts_with(KOREAN_SURNAMES) => 1,
            4 if LONG_KOREAN_SURNAMES.iter().any(|surname| whole.starts_with(surname)) => 2,
            _ => return Name::single(script, whole),
        };
        let surname = whole.chars().take(cut).collect();
        let given = whole.chars().skip(cut).collect();
        Some(Name { given, surname, middle: None, script, native: true, parts: 2 })
    }

    /// The family name, or all there is.
    pub(crate) fn surname(&self) -> &str {
        &self.surname
    }

    /// True for a surname or a first name alone.
    pub(crate) fn is_single(&self) -> bool {
        self.given.is_empty() && self.script != Script::Other
    }

    /// True where the given name is one letter.
    pub(crate) fn is_initial(&self) -> bool {
        self.given.chars().count() == 1 && self.script == Script::Latin
    }

    /// True where this spelling alone does not tell one person from another.
    pub(crate) fn is_partial(&self) -> bool {
        self.is_single() || self.is_initial()
    }

    fn sounds(&self, part: &str) -> Sounds {
        match self.script {
            Script::Latin => sound::latin(part),
            Script::Hangul => sound::hangul(part),
            Script::Kana => sound::kana(part),
            Script::Other => Sounds::default(),
        }
    }

    /// The two parts in an order that does not depend on the custom of the country.
    pub(crate) fn exact_key(&self) -> (&str, &str) {
        if self.given < self.surname {
            (&self.given, &self.surname)
        } else {
            (&self.surname, &self.given)
        }
    }

    /// Keys that all scripts share; two where a letter is read in two ways. None for Han.
    pub(crate) fn sound_keys(&self) -> Vec<u64> {
        if self.script == Script::Other {
            return Vec::new();
        }
        let (given, surname) = (self.sounds(&self.given), self.sounds(&self.surname));
        let key = |hard: bool| {
            let (a, b) = (given.bucket(hard), surname.bucket(hard));
            (u64::from(a.min(b)) << 32) | u64::from(a.max(b))
        };
        let mut keys = vec![key(true)];
        if key(false) != key(true) {
            keys.push(key(false));
        }
        keys
    }

    /// The key of the surname alone, in one reading, or the hash of a Han name.
    pub(crate) fn surname_keys(&self) -> [u32; 2] {
        if self.script == Script::Other {
            let key = self
                .surname
                .chars()
                .fold(7_u32, |key, letter| key.wrapping_mul(31).wrapping_add(u32::from(letter)));
            return [key, key];
        }
        let surname = self.sounds(&self.surname);
        [surname.bucket(true), surname.bucket(false)]
    }

    /// How much two spellings have in common; symmetric.
    pub(crate) fn likeness(&self, other: &Name) -> Likeness {
        if self.script == Script::Other || other.script == Script::Other {
            let same = self.script == other.script && self.surname == other.surname;
            return if same { Likeness::Same } else { Likeness::Different };
        }
        if self.script == other.script {
            self.likeness_in_script(other)
        } else {
            self.likeness_across(other)
        }
    }

    fn likeness_in_script(&self, other: &Name) -> Likeness {
        if self.is_single() || other.is_single() {
            return partial_if(
                self.surname == other.surname || self.alike(other, &self.surname, &other.surname),
            );
        }
        if self.middle.is_some() && other.middle.is_some() && self.middle != other.middle {
            return Likeness::Different;
        }
        if self.exact_key() == other.exact_key() {
            return Likeness::Same;
        }
        if self.native || other.native {
            return Likeness::Different; // 김민수 and 김만수 sound alike and are two people
        }
        let surname = self.surname == other.surname;
        if self.script == Script::Latin {
            let given =
                begins(&self.given, &other.given) || self.alike(other, &self.given, &other.given);
            return partial_if(
                given && (surname || self.alike(other, &self.surname, &other.surname)),
            );
        }
        let both = self.heard_alike(&self.surname, other, &other.surname)
            && self.heard_alike(&self.given, other, &other.given);
        if both && self.heard() >= 4 { Likeness::Same } else { partial_if(both) }
    }

    fn likeness_across(&self, other: &Name) -> Likeness {
        if self.is_single() || other.is_single() {
            let surname = self.sounds(&self.surname);
            return partial_if(
                surname.weight() >= 2 && surname.agree(&other.sounds(&other.surname)),
            );
        }
        let straight = self.heard_alike(&self.given, other, &other.given)
            && self.heard_alike(&self.surname, other, &other.surname);
        let both = straight || self.korean_alike(other) || other.korean_alike(self);
        if both && self.heard() >= 4 { Likeness::Same } else { partial_if(both) }
    }

    /// A Korean name against its romanised form, in either order.
    fn korean_alike(&self, latin: &Name) -> bool {
        if !self.native || latin.script != Script::Latin {
            return false;
        }
        let fits = |given: &str, surname: &str| {
            self.heard_alike(&self.given, latin, given) && self.surname_alike(latin, surname)
        };
        fits(&latin.given, &latin.surname) || fits(&latin.surname, &latin.given)
    }

    /// Korean surnames that begin with ㅇ or ㄴ are romanised with the letter they once had.
    fn surname_alike(&self, latin: &Name, surname: &str) -> bool {
        match self.surname.as_str() {
            "이" => matches!(surname, "lee" | "yi" | "rhee" | "li" | "ri"),
            "임" => matches!(surname, "lim" | "im" | "rim" | "yim"),
            "노" => matches!(surname, "roh" | "noh" | "no" | "ro"),
            "유" | "류" => matches!(surname, "yoo" | "yu" | "you" | "ryu" | "ryoo"),
            "박" => matches!(surname, "park" | "pak" | "bak"),
            _ => self.heard_alike(&self.surname, latin, surname),
        }
    }

    fn heard_alike(&self, part: &str, other: &Name, other_part: &str) -> bool {
        self.sounds(part).agree(&other.sounds(other_part))
    }

    /// Spellings of one script that sound alike and begin alike.
    fn alike(&self, other: &Name, a: &str, b: &str) -> bool {
        let (mine, others) = (self.sounds(a), other.sounds(b));
        mine.weight() >= 2
            && mine.agree(&others)
            && (self.script != Script::Latin || a.chars().next() == b.chars().next())
    }

    /// How many consonants carry the comparison.
    fn heard(&self) -> usize {
        self.sounds(&self.given).weight() + self.sounds(&self.surname).weight()
    }

    /// Orders spellings by how well they show: Latin first, then the fuller one.
    pub(crate) fn rank(&self) -> (bool, bool, usize) {
        (self.script == Script::Latin, !self.is_initial(), self.parts)
    }
}

fn partial_if(yes: bool) -> Likeness {
    if yes { Likeness::Partial } else { Likeness::Different }
}

/// "J" and "Chris" begin "John" and "Christopher"; two letters are not enough for "Al" and "Alan".
fn begins(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.starts_with(short) && (short.chars().count() == 1 || short.len() >= 3)
}

fn long_form(given: String) -> String {
    match NICKNAMES.iter().find(|(short, _)| *short == given) {
        Some((_, long)) => (*long).to_owned(),
        None => given,
    }
}

fn script_of(written: &str) -> Script {
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
        '(' | '（' | '[' | '"' if depth == 0 => depth = 1,
        ')' | '）' | ']' | '"' => depth = 0,
        _ if depth > 0 => {}
        letter if letter.is_whitespace() => parts.push(String::new()),
        '·' | '・' | '‧' | '•' | '･' | '=' | '＝' | '゠' | '_' | '.' | ',' => {
            parts.push(String::new());
        }
        'ー' => {}
        letter if letter.is_alphanumeric() => {
            if let Some(part) = parts.last_mut() {
                part.extend(letter.to_lowercase());
            }
        }
        _ => {}
    };
    match script {
        Script::Latin if written.is_ascii() => written.chars().for_each(&mut add),
        Script::Latin => written.nfkd().flat_map(plain).for_each(&mut add),
        _ => written.nfkc().for_each(&mut add),
    }
    parts.retain(|part| !part.is_empty());
    parts
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, want: Likeness) {
        let (first, second) = (Name::parse(a).unwrap(), Name::parse(b).unwrap());
        assert_eq!(first.likeness(&second), want, "{a} and {b}: {first:?} {second:?}");
        assert_eq!(second.likeness(&first), want, "{b} and {a}");
        if want == Likeness::Same {
            let shared = first.exact_key() == second.exact_key()
                || first.sound_keys().iter().any(|key| second.sound_keys().contains(key));
            assert!(shared, "{a} and {b} are never compared");
        }
    }

    #[test]
    fn spellings_of_one_person() {
        for (a, b) in [
            ("John Schulman", "존 슐먼"),
            ("John Schulman", "존 슐만"),
            ("존 슐먼", "존 슐만"),
            ("Dylan Scandinaro", "딜런 스칸디나로"),
            ("Andrea Vallone", "안드레아 발로네"),
            ("안드레아 발로네", "안드레아 발론"),
            ("Lucas Beyer", "ルーカス・バイヤー"),
            ("ルーカス・ベイヤー", "ルーカス・バイヤー"),
            ("Alexander Kolesnikov", "アレクサンダー・コレスニコフ"),
            ("Mariano-Florentino Cuéllar", "Mariano-Florentino (Tino) Cuellar"),
            ("JOHN SCHULMAN", "john schulman"),
            ("Paul M. Nakasone", "Paul Nakasone"),
            ("Aäron van den Oord", "Aaron Oord"),
            ("Dr. Alex Smith Jr.", "Alexander Smith"),
            ("Junyang Lin", "Lin Junyang"),
            ("约翰·江珀", "约翰・江珀"),
            ("Sanjay Ghemawat", "산자이 게마와트"),
            ("Brad Lightcap", "브래드 라이트캡"),
            ("Igor Babuschkin", "이고르 바부슈킨"),
            ("Oriol Vinyals", "오리올 비니얼스"),
        ] {
            check(a, b, Likeness::Same);
        }
    }

    #[test]
    fn spellings_that_need_a_shared_company() {
        for (a, b) in [
            ("Schulman", "John Schulman"),
            ("J. Schulman", "John Schulman"),
            ("슐먼", "John Schulman"),
            ("Schulman", "존 슐먼"),
            ("Alexandr Wang", "Alex Wang"),
            ("KiYoung Choi", "최기영"),
            ("Vallone", "발로네"),
        ] {
            check(a, b, Likeness::Partial);
        }
    }

    #[test]
    fn two_people() {
        for (a, b) in [
            ("John Schulman", "Sam Altman"),
            ("John A. Smith", "John B. Smith"),
            ("김민수", "김만수"),
            ("Mia Wang", "Alexander Wang"),
            ("约翰·江珀", "约翰·詹珀"),
            ("존 슐먼", "샘 올트먼"),
        ] {
            check(a, b, Likeness::Different);
        }
    }
}
