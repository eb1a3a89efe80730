//! Endings after verb stems.

use unicode_normalization::UnicodeNormalization;

use super::particle::Part;

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

/// Decomposes Hangul into letters.
pub(super) fn letters(text: &str) -> String {
    if !text.chars().all(super::token::is_hangul) {
        return text.nfd().collect();
    }
    let mut letters = String::with_capacity(text.len() * 3);
    for code in text.chars().map(|ch| u32::from(ch) - 0xac00) {
        let close = code % 28;
        let spelled = [0x1100 + code / 588, 0x1161 + code % 588 / 28, 0x11a7 + close];
        let count = if close == 0 { 2 } else { 3 };
        letters.extend(spelled.into_iter().take(count).filter_map(char::from_u32));
    }
    letters
}

/// Reads what follows a verb stem, in letters; `None` where it is no ending.
pub(super) fn form(rest: &str) -> Option<Form> {
    let mut chars = rest.chars();
    let final_consonant = chars.next().filter(|ch| ('\u{11a8}'..='\u{11c2}').contains(ch));
    let tail: String = match final_consonant {
        Some(_) => chars.as_str().nfc().collect(),
        None => rest.nfc().collect(),
    };
    match final_consonant {
        Some('\u{11bb}') => past(&tail),
        Some('\u{11ab}') => present(&tail),
        // "떠날듯"
        Some('\u{11af}') if tail == "듯" => Some(Form::Finite),
        Some('\u{11af}') => Some(if tail.is_empty() { Form::Future } else { Form::Open }),
        Some('\u{11b8}') => tail.starts_with("니").then_some(Form::Finite),
        Some('\u{11b7}') => tail.is_empty().then_some(Form::Finite),
        Some(_) => None,
        None => open(&tail),
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

fn open(tail: &str) -> Option<Form> {
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
        let word = letters(word);
        let rest = word.strip_prefix(letters(stem).as_str()).unwrap();
        assert_eq!(form(rest), want);
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
    }
}
