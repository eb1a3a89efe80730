//! Endings after verb stems.

use super::particle::Part;
use super::token::is_hangul;

/// What the ending of a verb says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 했다, 한다, 합니다, 함.
    Finite,
    /// 했었다: long ago.
    Pluperfect,
    /// 해, 하고, 하며: the sentence goes on.
    Connective,
    /// 한다고, 했다는: someone says so.
    Quote,
    /// 하기로, 하게: is going to.
    Plan,
    /// 한, 하는, 했던: describes the noun that follows.
    Adnominal,
    /// 할: describes what is to come.
    Future,
    /// 하지: likely not.
    Negative,
    /// 하면, 하려, 할까: not asserted.
    Open,
    /// The bare noun of a verb, with its particle.
    Noun(Part),
}

/// What follows a stem in a word: the consonant that closes its last syllable, as Unicode numbers
/// them (0 for none), and the syllables behind; `None` where the word does not begin with the stem.
pub(super) fn after<'a>(word: &'a str, stem: &str) -> Option<(u32, &'a str)> {
    let last = stem.chars().next_back()?;
    let head = stem.len() - last.len_utf8();
    if word.as_bytes().get(..head) != stem.as_bytes().get(..head) {
        return None;
    }
    let rest = word.get(head..)?;
    let own = rest.chars().next()?;
    let tail = rest.get(own.len_utf8()..)?;
    match own == last {
        // 왔 and 갔 are written out as stems of their own.
        true if closing(last) == PAST => Some((PAST, tail)),
        true => Some((0, tail)),
        false => (open(own) == last).then(|| (closing(own), tail)),
    }
}

/// The consonant that closes a syllable; 0 where it is open, or none of Hangul.
pub(super) fn closing(ch: char) -> u32 {
    if is_hangul(ch) { (u32::from(ch) - 0xac00) % 28 } else { 0 }
}

/// A syllable without the consonant that closes it; any other character as it is.
pub(super) fn open(ch: char) -> char {
    char::from_u32(u32::from(ch) - closing(ch)).unwrap_or(ch)
}

/// ㄴ.
const PRESENT: u32 = 4;
/// ㄹ.
const FUTURE: u32 = 8;
/// ㅁ.
const NOUN: u32 = 16;
/// ㅂ.
const POLITE: u32 = 17;
/// ㅆ.
const PAST: u32 = 20;

/// What may close a stem that is open.
pub(super) const CLOSINGS: [u32; 5] = [PRESENT, FUTURE, NOUN, POLITE, PAST];

/// Reads what follows a verb stem, as [`after`] gives it; `None` where it is no ending.
pub(super) fn form((closing, tail): (u32, &str)) -> Option<Form> {
    match closing {
        0 => unclosed(tail),
        PAST => past(tail),
        PRESENT => present(tail),
        // "떠날듯"
        FUTURE if tail == "듯" => Some(Form::Finite),
        FUTURE => Some(if tail.is_empty() { Form::Future } else { Form::Open }),
        POLITE => tail.starts_with("니").then_some(Form::Finite),
        NOUN => tail.is_empty().then_some(Form::Finite),
        _ => None,
    }
}

fn past(tail: &str) -> Option<Form> {
    let starts = |heads: &[&str]| heads.iter().any(|head| tail.starts_with(head));
    if starts(&["다고", "다는", "다며", "다면서", "다던"]) && !starts(&["다면 "]) {
        Some(Form::Quote)
    } else if starts(&["다면", "을", "는지", "더라면"]) {
        Some(Form::Open)
    } else if starts(&["었", "다가"]) {
        // "옮겼다가": and then something else happened.
        Some(Form::Pluperfect)
    } else if starts(&["던"]) {
        Some(Form::Adnominal)
    } else if starts(&["고", "으며", "지만", "는데", "으나", "기에", "으면서"]) {
        Some(Form::Connective)
    } else {
        starts(&["다", "습", "어", "음", "죠", "네", "군"]).then_some(Form::Finite)
    }
}

fn present(tail: &str) -> Option<Form> {
    let starts = |heads: &[&str]| heads.iter().any(|head| tail.starts_with(head));
    if tail.is_empty() {
        Some(Form::Adnominal)
    } else if starts(&["다고", "다는", "다며", "다면서"]) {
        Some(Form::Quote)
    } else if starts(&["다면", "지", "가"]) {
        Some(Form::Open)
    } else if starts(&["다"]) {
        Some(Form::Finite)
    } else {
        starts(&["데"]).then_some(Form::Connective)
    }
}

fn unclosed(tail: &str) -> Option<Form> {
    let starts = |heads: &[&str]| heads.iter().any(|head| tail.starts_with(head));
    if tail.is_empty() {
        Some(Form::Connective)
    } else if starts(&["었", "았", "였"]) {
        past(tail.get(3..).unwrap_or(""))
    } else if starts(&["지만", "고", "며", "여", "아", "어", "서", "는데", "면서"]) {
        Some(if starts(&["고 싶", "고싶"]) { Form::Open } else { Form::Connective })
    } else if starts(&["지"]) {
        Some(Form::Negative)
    } else if starts(&["기로", "게"]) {
        Some(Form::Plan)
    } else if starts(&["겠다고", "겠다는", "겠다며", "는다고", "는다는", "다고", "다는", "다며"])
    {
        Some(Form::Quote)
    } else if starts(&["겠", "는다", "다", "요", "네"]) {
        Some(Form::Finite)
    } else if starts(&["는", "던"]) {
        Some(Form::Adnominal)
    } else if tail == "자" || starts(&["자마자"]) {
        Some(Form::Connective)
    } else {
        starts(&["면", "려", "도록", "라", "야", "나", "느", "니", "을", "자", "기", "길"])
            .then_some(Form::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(stem: &str, word: &str, want: Option<Form>) {
        assert_eq!(form(after(word, stem).unwrap()), want);
    }

    #[test]
    fn endings_fused_with_the_stem_are_read() {
        check("떠나", "떠났다", Some(Form::Finite));
        check("떠나", "떠난다", Some(Form::Finite));
        check("떠나", "떠난", Some(Form::Adnominal));
        check("떠나", "떠날", Some(Form::Future));
        check("떠나", "떠나며", Some(Form::Connective));
        check("떠나", "떠나", Some(Form::Connective));
        check("떠나", "떠난다고", Some(Form::Quote));
        check("떠나", "떠나기로", Some(Form::Plan));
        check("떠나", "떠나면", Some(Form::Open));
        check("떠나", "떠나지", Some(Form::Negative));
        check("떠나", "떠났었다", Some(Form::Pluperfect));
        check("떠나", "떠납니다", Some(Form::Finite));
        check("옮겨", "옮겼다", Some(Form::Finite));
        check("옮기", "옮긴", Some(Form::Adnominal));
        check("갔", "갔다", Some(Form::Finite));
        check("맡", "맡은", None);
        check("오", "옥", None);
    }

    #[test]
    fn a_word_begins_with_a_stem_whatever_closes_it() {
        assert_eq!(after("떠난다", "떠나"), Some((4, "다")));
        assert_eq!(after("왔다", "왔"), Some((20, "다")));
        assert_eq!(after("맡는", "맡"), Some((0, "는")));
        assert_eq!(after("떠", "떠나"), None);
        assert_eq!(after("마는", "맡"), None);
        assert_eq!(after("왔다", "오"), None);
    }
}
