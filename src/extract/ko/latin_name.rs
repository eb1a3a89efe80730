//! Names in Latin letters within Korean text.

use super::name::{Name, same_quotes};
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::Reading;
use crate::extract::text::Span;

impl Reading<'_> {
    /// Two to four capitalised Latin words.
    pub(super) fn latin(&self, nodes: &[Node<'_>], at: usize) -> Option<Name> {
        let mut last = at;
        for (index, node) in nodes.iter().enumerate().skip(at).take(4) {
            let small = index > at
                && matches!(node.stem, "de" | "van" | "von" | "der" | "le" | "la" | "bin" | "al");
            let fits = node.is_latin
                && nodes.get(at).is_some_and(|first| same_quotes(first, node))
                && node.kind == Kind::Word
                && (index == at || node.spaced)
                && (small || self.is_name_word(node.stem));
            if !fits {
                break;
            }
            last = index;
            if node.part != Part::None || node.latin.is_some() {
                break;
            }
        }
        let (start, end) = (nodes.get(at)?, nodes.get(last)?);
        if last == at || end.stem.starts_with(char::is_lowercase) {
            return None;
        }
        let span = Span::new(start.span.start, end.span.end);
        let text = self.text.get(span).to_owned();
        Some(Name { first: at, last, text, span, part: end.part, strength: 0.8, needs_role: false })
    }

    fn is_name_word(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let initial = word.len() == 2 && word.ends_with('.');
        chars.next().is_some_and(char::is_uppercase)
            && (initial || chars.clone().any(char::is_lowercase) || is_short_surname(word))
            && !word.chars().any(|ch| ch.is_ascii_digit())
            && !self.words.is("latin_ordinary", word)
            && !self.words.is_role(word)
    }

    /// True where the Latin letters in brackets hold two name words.
    pub(super) fn reads_like_a_person(&self, span: Span) -> bool {
        let inside = self.text.get(span);
        if inside.chars().all(super::token::is_han) {
            return true;
        }
        inside.split(' ').count() >= 2 && inside.split(' ').all(|word| self.is_name_word(word))
    }
}

/// "Arvind KC": two capitals that are no common abbreviation.
fn is_short_surname(word: &str) -> bool {
    const COMMON: &str = "AI ML UI UX HN AR VR XR PC TV IT HR PR US UK EU UN QA BI OS DB CI CD PM VP GM MD LG SK KT MS HP GE EV IR PE VC CS OK ID IP IC SW HW";
    word.len() == 2
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && !COMMON.split(' ').any(|common| common == word)
}
