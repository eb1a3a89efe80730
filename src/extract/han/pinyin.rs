//! Chinese names in Latin letters: "Haoxuan You".

/// Initials, the longest first; a syllable may have none.
const INITIALS: [&str; 24] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w", "",
];

/// Finals.
const FINALS: [&str; 34] = [
    "iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "ai", "ei",
    "ao", "ou", "an", "en", "in", "un", "ia", "ie", "iu", "ua", "ui", "uo", "ue", "er", "a", "e",
    "i", "o", "u", "v", "ue",
];

/// Surnames that are no English words and no place names behind another word.
const SURNAMES: &str = " li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin guo \
    ma luo liang zheng xie tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lu su \
    jiang cai jia wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou \
    xiong jin hao bai cui mao qiu qin gu hou shao meng wan duan qian yin wen niu ou you zhuang ";

/// True for a given name of one or two syllables before a common surname.
pub(crate) fn is_name(given: &str, surname: &str) -> bool {
    let small = |word: &str| word.to_ascii_lowercase();
    let known = SURNAMES.contains(&format!(" {} ", small(surname)));
    let given = small(&given.replace('-', ""));
    known && given.len() >= 2 && given.is_ascii() && syllables(&given, 2)
}

/// True where `text` is made of at most `most` syllables.
fn syllables(text: &str, most: u32) -> bool {
    if text.is_empty() {
        return true;
    }
    most > 0
        && INITIALS.iter().filter_map(|initial| text.strip_prefix(initial)).any(|rest| {
            let tails = FINALS.iter().filter_map(|end| rest.strip_prefix(end));
            tails.into_iter().any(|tail| syllables(tail, most - 1))
        })
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_given_name_in_pinyin_before_a_surname_is_a_name() {
        for (given, surname) in [("Haoxuan", "You"), ("Bailin", "Wang"), ("Zi-Rui", "Li")] {
            assert!(is_name(given, surname), "{given} {surname}");
        }
        for (given, surname) in [("Vision", "Pro"), ("Claude", "Wang"), ("Hong", "Kong")] {
            assert!(!is_name(given, surname), "{given} {surname}");
        }
    }
}
