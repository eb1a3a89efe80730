//! Where sentences end, for Latin and East Asian texts alike.

use super::block;
use super::text::Span;

/// Words with a full stop that does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "sr", "jr", "st", "inc", "corp", "co", "ltd", "vs", "no",
    "gen", "gov", "sen", "rep", "lt", "col", "sgt", "rev", "hon", "dept", "est", "approx", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "e.g", "i.e",
    "u.s", "u.k", "u.n", "a.i", "ph.d",
];

/// Splits `text` into sentences without the white space around them.
pub(crate) fn split(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let (mut start, mut next) = (0, 0);
    block::any_place(text.as_bytes(), may_end, |at| {
        if let Some((at, ch)) = mark(text, at).filter(|(at, _)| *at >= next) {
            next = at + ch.len_utf8();
            if ends(text, start, at, ch) {
                next = closed(text, next);
                push(text, start, next, &mut sentences);
                start = next;
            }
        }
        false
    });
    push(text, start, text.len(), &mut sentences);
    sentences
}

/// True for a byte of a character that may end a sentence, and of few others.
fn may_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'.' | b'!' | b'?' | 0x80)
}

/// The character that may end a sentence and has its byte at `at`, and where it begins.
fn mark(text: &str, at: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let byte = *bytes.get(at)?;
    if byte.is_ascii() {
        return Some((at, char::from(byte)));
    }
    let first = at.checked_sub(1)?;
    match (bytes.get(first)?, bytes.get(at + 1)?) {
        (0xe2, 0xa6) => Some((first, '…')),
        (0xe3, 0x82) => Some((first, '。')),
        _ => None,
    }
}

/// True where the sentence that begins at `start` ends with the mark at `at`.
fn ends(text: &str, start: usize, at: usize, mark: char) -> bool {
    let end = at + mark.len_utf8();
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    match mark {
        '\n' | '。' => true,
        '.' => {
            matches!(next, None | Some(' ' | '\n' | '"' | '\'' | ')'))
                && !abbreviation(text, start, at)
                && !goes_on(text, end)
        }
        _ => match next {
            None => true,
            Some(' ') => !goes_on(text, end),
            Some(next) => !next.is_ascii() && mark != '…',
        },
    }
}

/// Where the quotes and brackets end that the sentence closes with.
fn closed(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or("");
    let open = rest.trim_start_matches(['"', '\'', ')', '」', '』', '”']);
    end + rest.len() - open.len()
}

/// True when the word before the full stop at `dot` is an abbreviation or an initial.
fn abbreviation(text: &str, start: usize, dot: usize) -> bool {
    let before = text.get(start..dot).unwrap_or("");
    let tail = before.len().saturating_sub(12);
    let tail = (tail..=before.len()).find_map(|at| before.get(at..)).unwrap_or("");
    let word = tail.rsplit([' ', '(', '"', '\'']).next().unwrap_or("");
    // "M.", "J.D."
    let initials = word.split('.').all(|letter| {
        letter.chars().next().is_some_and(char::is_uppercase) && letter.chars().nth(1).is_none()
    });
    initials || ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// True when what follows begins in lower case: the sentence is not over.
fn goes_on(text: &str, end: usize) -> bool {
    let next = text.get(end..).and_then(|rest| rest.chars().find(|ch| *ch != ' '));
    next.is_some_and(char::is_lowercase)
}

fn push(text: &str, start: usize, end: usize, sentences: &mut Vec<Span>) {
    let Some(part) = text.get(start..end) else { return };
    let trimmed = part.trim_start();
    let start = end - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if start < end {
        sentences.push(Span { start, end });
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let got: Vec<&str> =
            split(text).iter().map(|s| text.get(s.start..s.end).unwrap()).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn sentences_end_where_a_reader_would_stop() {
        check(
            "Dr. Ada B. Gray left. She joined Gana Inc. today.",
            &["Dr. Ada B. Gray left.", "She joined Gana Inc. today."],
        );
        check("그가 떠났다. 후임은 없다.", &["그가 떠났다.", "후임은 없다."]);
        check("彼は退社した。後任は未定だ。", &["彼は退社した。", "後任は未定だ。"]);
        check("\"We part.\" He said so", &["\"We part.\"", "He said so"]);
        check("GPT 4.5 is out", &["GPT 4.5 is out"]);
        check("", &[]);
    }
}
