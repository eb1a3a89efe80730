//! Scripts, and where a word of each begins and ends.

use super::text::Span;

/// The script of a character or a name, as far as word borders go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Letters with spaces between words, and digits.
    Latin,
    /// Hangul: particles may follow a name directly.
    Hangul,
    /// Katakana: a run of it is a word.
    Katakana,
    /// Hiragana.
    Hiragana,
    /// Han: no borders at all.
    Han,
    /// Another script.
    Other,
    /// Spaces, punctuation, symbols.
    None,
}

impl Script {
    /// The script of one character.
    pub fn of(ch: char) -> Script {
        match ch {
            'a'..='z' | 'A'..='Z' | '0'..='9' => Script::Latin,
            '\0'..='\u{7f}' => Script::None,
            '\u{aa}' | '\u{b5}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                if matches!(ch, '×' | '÷') { Script::None } else { Script::Latin }
            }
            '\u{ac00}'..='\u{d7a3}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => {
                Script::Hangul
            }
            '\u{30a1}'..='\u{30fa}' | 'ー' => Script::Katakana,
            '\u{3041}'..='\u{309f}' => Script::Hiragana,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々' => {
                Script::Han
            }
            '\u{20000}'..='\u{3ffff}' => Script::Han,
            other if other.is_alphabetic() => Script::Other,
            _ => Script::None,
        }
    }

    /// The script that decides the borders of `name`: that of its last letter.
    pub fn of_name(name: &str) -> Script {
        name.chars()
            .rev()
            .map(Script::of)
            .find(|script| *script != Script::None)
            .unwrap_or(Script::None)
    }
}

/// Particles and suffixes that may follow a Korean name without a space.
const PARTICLES: &[&str] = &[
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "으로",
    "와",
    "과",
    "와의",
    "과의",
    "로의",
    "에선",
    "이자",
    "이던",
    "도",
    "측",
    "만",
    "보다",
    "까지",
    "부터",
    "출신",
    "행",
    "행을",
    "행이",
    "서",
    "에서",
    "에게",
    "발",
    "인",
    "이나",
    "나",
    "랑",
    "이랑",
    "처럼",
    "코리아",
    "한국",
    "본사",
    "닷컴",
    "재팬",
    "팀",
    "직원",
    "임원",
    "대표",
    "창업자",
    "공동창업자",
    "계열",
    "그룹",
    "사",
    "라는",
    "이라는",
    "란",
    "였",
    "이었",
    "입니다",
    "다",
    "이다",
    "에는",
    "에도",
    "로부터",
    "식",
    "표",
    "산",
    "용",
];

/// True when nothing of the same word stands before or after `span`.
///
/// A Latin name that Hangul, Kana or Han follows directly is whole ("OpenAI가"). A Korean name
/// may be followed by a particle. Katakana has borders only where `strict`; Han never.
pub(crate) fn is_whole(text: &str, span: Span, script: Script, strict: bool) -> bool {
    let before = text.get(..span.start).and_then(|head| head.chars().next_back());
    let rest = text.get(span.end..).unwrap_or("");
    let after = rest.chars().next();
    let of = |ch: Option<char>| ch.map_or(Script::None, Script::of);
    let first = text.get(span.start..span.end).and_then(|name| name.chars().next());
    let starts = match of(first) {
        Script::Latin => of(before) != Script::Latin && before != Some('_'),
        Script::Hangul => of(before) != Script::Hangul || before == Some('전'),
        Script::Katakana if strict => of(before) != Script::Katakana,
        _ => true,
    };
    let ends = match script {
        Script::Latin => of(after) != Script::Latin && after != Some('_'),
        Script::Hangul => of(after) != Script::Hangul || has_particle(rest),
        Script::Katakana if strict => of(after) != Script::Katakana,
        _ => true,
    };
    starts && ends
}

/// True when `rest` begins with a particle after which the Korean word ends or goes on freely.
fn has_particle(rest: &str) -> bool {
    PARTICLES.iter().any(|particle| {
        rest.strip_prefix(particle).is_some_and(|tail| {
            let next = tail.chars().next().map_or(Script::None, Script::of);
            next != Script::Hangul || particle.chars().count() > 1
        })
    })
}

/// True where a Hangul syllable stands on both sides of `at`.
pub(crate) fn is_inside(text: &str, at: usize) -> bool {
    let hangul = |ch: Option<char>| ch.is_some_and(|ch| ('가'..='힣').contains(&ch));
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    hangul(after.chars().next()) && hangul(before.chars().next_back())
}

/// True unless the Latin word that `span` ends with goes on.
pub(crate) fn ends_word(text: &str, span: Span) -> bool {
    let of = |ch: Option<char>| ch.map_or(Script::None, Script::of);
    let last = text.get(span.start..span.end).and_then(|part| part.chars().next_back());
    let next = text.get(span.end..).and_then(|rest| rest.chars().next());
    of(last) != Script::Latin || of(next) != Script::Latin
}
