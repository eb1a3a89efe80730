//! Whether a word may be part of a longer name where it stands, by the bytes beside it: a cheap test
//! before the sentence is read.

use super::chunk::starting_at;
use super::person::PARTICLES;
use super::words::Words;
use crate::extract::candidate::Passage;
use crate::extract::text::Span;

/// False where `word` surely is neither the first nor the last part of a name of several.
pub(super) fn has_name(passage: &Passage<'_>, word: Span, words: &Words) -> bool {
    let text = passage.text.norm.as_str();
    let behind = || text.get(word.end..)?.strip_prefix(' ');
    let before = || text.get(..word.start)?.strip_suffix(' ');
    let known = |start: usize, part: &str| {
        let span = Span::new(start, start + part.len());
        may_be_part(part, words) && starting_at(passage.companies, |m| m.span, span).is_none()
    };
    behind().is_some_and(|rest| opens(rest, |part| known(word.end + 1, part)))
        || before().is_some_and(|head| {
            closes(head, |part| known(head.len().saturating_sub(part.len()), part))
        })
}

/// False for a word that is no part of a name, capital or not.
fn may_be_part(part: &str, words: &Words) -> bool {
    let lower = part.to_ascii_lowercase();
    // An initial may be "A"; "Will" and "May" are names as well.
    part.len() < 3 || matches!(lower.as_str(), "will" | "may") || !words.is_function(&lower)
}

/// True where what follows may go on with a name.
fn opens(rest: &str, known: impl Fn(&str) -> bool) -> bool {
    let bytes = rest.as_bytes();
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = rest.get(..letters).unwrap_or("");
    match bytes {
        [] | [b'&' | b'|' | b',' | b':' | b';', ..] | [b'-', b' ', ..] => false,
        [b'A'..=b'Z', ..] => known(word),
        [b'a'..=b'z', ..] => PARTICLES.contains(&word),
        // A number; a rubric may be glued to a year.
        [b'0'..=b'9', ..] => bytes.get(4).is_some_and(u8::is_ascii_uppercase),
        _ => true,
    }
}

/// True where what stands before may be the beginning of a name.
fn closes(head: &str, known: impl Fn(&str) -> bool) -> bool {
    let word = head.rsplit([' ', '\n']).next().unwrap_or("");
    let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    match head.as_bytes() {
        [] | [.., b'&' | b'|' | b',' | b':' | b';' | b'!' | b'?'] | [.., b' ', b'-'] => false,
        _ if !word.is_ascii() => true,
        [.., last] if last.is_ascii_alphanumeric() || *last == b'.' => {
            let capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
            capital && (!letters || known(word)) || PARTICLES.contains(&word)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{closes, opens};

    #[test]
    fn names_go_on_with_capitals_and_particles() {
        let known = |word: &str| word != "The";
        for rest in ["Gray joins", "van Gray", "\"Bo\" Gray", "(the boss) Gray"] {
            assert!(opens(rest, known), "{rest}");
        }
        for rest in ["", "joins", "- Gray", "| Gray", "5 Gray", "The Gray", "& Gray"] {
            assert!(!opens(rest, known), "{rest}");
        }
        for head in ["for Ada", "Ada B.", "Ada van", "Jean-paul", "Ada (boss)"] {
            assert!(closes(head, known), "{head}");
        }
        for head in ["", "said", "Ada,", "Ada -", "Quit?", "The", "vs."] {
            assert!(!closes(head, known), "{head}");
        }
    }
}
