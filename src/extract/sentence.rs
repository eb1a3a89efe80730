//! Where sentences end, for Latin and East Asian texts alike.

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
    let mut start = 0;
    let mut next = 0;
    while let Some((at, ch)) = next_mark(text, next) {
        next = at + ch.len_utf8();
        let mut chars = text.get(next..).unwrap_or("").chars().peekable();
        let end = at + ch.len_utf8();
        let ends = match ch {
            '\n' | '。' => true,
            '.' => {
                matches!(chars.peek(), None | Some(' ' | '\n' | '"' | '\'' | ')'))
                    && !abbreviation(text, start, at)
                    && !goes_on(text, end)
            }
            '!' | '?' | '…' => match chars.peek() {
                None => true,
                Some(next) => *next == ' ' && !goes_on(text, end) || !next.is_ascii() && ch != '…',
            },
            _ => false,
        };
        if !ends {
            continue;
        }
        let mut close = end;
        while let Some(mark) =
            chars.next_if(|next| matches!(next, '"' | '\'' | ')' | '」' | '』' | '”'))
        {
            close += mark.len_utf8();
        }
        next = close;
        push(text, start, close, &mut sentences);
        start = close;
    }
    push(text, start, text.len(), &mut sentences);
    sentences
}

/// The next character from `from` on that may end a sentence.
fn next_mark(text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let mark = |byte: &u8| matches!(byte, b'\n' | b'.' | b'!' | b'?' | 0xe2 | 0xe3);
        at += bytes.get(at..)?.iter().position(mark)?;
        match (bytes.get(at)?, bytes.get(at + 1), bytes.get(at + 2)) {
            (0xe2, Some(0x80), Some(0xa6)) => return Some((at, '…')),
            (0xe3, Some(0x80), Some(0x82)) => return Some((at, '。')),
            (0xe2 | 0xe3, ..) => at += 3,
            (byte, ..) => return Some((at, char::from(*byte))),
        }
    }
}

/// True when the word before the full stop at `dot` is an abbreviation or an initial.
fn abbreviation(text: &str, start: usize, dot: usize) -> bool {
    let before = text.get(start..dot).unwrap_or("");
    let tail = before.len().saturating_sub(12);
    let tail = (tail..=before.len()).find_map(|at| before.get(at..)).unwrap_or("");
    let word = tail.rsplit([' ', '(', '"', '\'']).next().unwrap_or("");
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    // "J.J. Gray".
    let mut parts = word.split('.');
    let initials = word.len() > 2
        && parts
            .all(|part| part.len() == 1 && part.starts_with(|ch: char| ch.is_ascii_uppercase()));
    initial || initials || ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
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
