//! Whether a trigger may come to anything, by the words of its sentence alone: most articles that
//! hold one launch a product, or add a feature.
//!
//! Each answer of no repeats what the reading of its class cannot do without; whoever changes
//! `founds`, `becomes` or `transitive` changes it here. `explain` asks for no hope and must find the
//! same.

use super::arrives::succeeds;
use super::chunk::{body_of, starting_at};
use super::class::Class;
use super::seat::{SHOWS, is_choice, is_swap};
use super::token::{Token, TokenKind};
use super::turn;
use super::verbs::is_participle;
use super::words::Words;
use crate::extract::company::CompanyMention;
use crate::extract::text::Span;

/// What may come of the triggers of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hope {
    /// There is none.
    Untold,
    /// Nothing.
    None,
    Some,
}

/// A sentence before it is cut into chunks.
pub(super) struct Sentence<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) tokens: &'a [Token<'a>],
    pub(super) companies: &'a [CompanyMention],
    pub(super) words: &'a Words,
}

impl Sentence<'_> {
    /// False where the trigger that stands at `hit` surely tells nothing; `last` where no other
    /// stands behind it.
    pub(super) fn may_tell(&self, hit: Span, class: Class, last: bool) -> bool {
        let judged =
            matches!(class, Class::Found | Class::Become | Class::Hire | Class::Fire | Class::Lose);
        if !judged || !self.stands_alone(hit) {
            return true;
        }
        let form = self.text.get(hit.start..hit.end).unwrap_or("").to_ascii_lowercase();
        let known = [succeeds, is_swap, is_choice].iter().any(|is| is(&form));
        if known || turn::of(&form, std::iter::empty).is_some() {
            return true;
        }
        let from = self.tokens.partition_point(|token| token.span.start < hit.end);
        let behind = self.tokens.get(from..).unwrap_or(&[]);
        match class {
            Class::Found => self.may_found(&form, behind),
            Class::Become => self.may_become(&form, hit, behind) || !last,
            _ => self.may_take(&form, class, behind),
        }
    }

    /// True where nothing clings to the trigger: what its chunk will be called is known.
    fn stands_alone(&self, hit: Span) -> bool {
        let bytes = self.text.as_bytes();
        let before = hit.start == self.span.start || bytes.get(hit.start - 1) == Some(&b' ');
        let behind = hit.end == self.span.end
            || matches!(bytes.get(hit.end), Some(b' ' | b',' | b':' | b';'));
        before && behind
    }

    /// "Starts a lab": what is founded has to be called a company; or she starts as, or at, or is
    /// unveiled as.
    fn may_found(&self, form: &str, behind: &[Token]) -> bool {
        let starts = form.starts_with("start");
        let shows = SHOWS.iter().any(|stem| form.starts_with(stem));
        form.starts_with("off to")
            || form.starts_with("follow")
            || shows && behind.iter().any(|token| self.may_be_somebody(token))
            || behind.iter().any(|token| {
                starts && matches!(token.lower.as_str(), "as" | "at")
                    || shows && token.lower == "as"
                    || self.words.is("startup", &token.lower)
            })
    }

    /// "Will be chief of Gana": a company stands behind, listed or not, or something that stands for
    /// the title's.
    fn may_become(&self, form: &str, hit: Span, behind: &[Token]) -> bool {
        let house = ["to ", "start", "beg", "joins as", "takes over as"];
        let named = self.companies.partition_point(|mention| mention.span.end <= hit.end);
        // "Becomes a partner at Zeta", "takes over as Zeta CTO".
        let mut ties = behind.iter().zip(behind.iter().skip(1));
        let elsewhere = behind.first().is_some_and(|token| token.cap)
            || ties.any(|(tie, name)| matches!(tie.lower.as_str(), "at" | "of" | "as") && name.cap);
        elsewhere
            || house.iter().any(|stem| form.starts_with(stem))
            || self.companies.get(named).is_some_and(|one| one.span.start < self.span.end)
            || behind
                .iter()
                .any(|token| token.cap || token.kind == TokenKind::Poss || token.lower == "its")
    }

    /// "Hires Gana's Ada Gray": somebody stands behind, or before a participle.
    fn may_take(&self, form: &str, class: Class, behind: &[Token]) -> bool {
        // "Chooses Gana": a house to work for.
        let chooses = ["pick", "choos", "chose", "plump", "opt"];
        let chosen = || {
            chooses.iter().any(|stem| form.starts_with(stem))
                && behind.first().is_some_and(|token| token.cap)
        };
        is_participle(form) && class != Class::Lose
            || chosen()
            || form.ends_with(" by")
            || form.ends_with("ties with")
            || behind
                .first()
                .is_some_and(|token| matches!(token.lower.as_str(), "him" | "her" | "them"))
            || behind.iter().any(|token| self.may_be_somebody(token))
    }

    /// A name, a role or a number may begin with the word.
    fn may_be_somebody(&self, token: &Token) -> bool {
        let company = || {
            starting_at(self.companies, |one| one.span, token.span)
                .is_some_and(|one| one.span == token.span)
        };
        token.cap && !company()
            || token.listed(self.words).opens_role()
            || token.lower == "chief"
            || token.lower.ends_with("-year-old")
            || self.words.count(&token.lower).is_some()
            || body_of(&token.lower).is_some()
    }
}
