//! What the words of a sentence stand for: companies, roles, triggers, counts, marks.

use super::ending::Form;
use super::particle::Part;
use super::trigger::Trigger;
use crate::extract::text::Span;

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A listed company.
    Company {
        /// Index into the gazetteer.
        company: u16,
        /// Only a product was named.
        product: bool,
    },
    /// What somebody is.
    Role {
        /// 들.
        plural: bool,
    },
    /// A person of the known list; the name as written is the stem.
    Known,
    /// "3명".
    Count(u32),
    /// 전, 前, 전직.
    Former,
    /// Says "moved".
    Trigger(Trigger),
    /// Ends a clause that describes the noun after it.
    Adnominal,
    /// Ends a clause; the sentence goes on or ends.
    Predicate,
    /// Makes what it describes old.
    Past,
    /// Any other word.
    Word,
    /// A mark that parts clauses.
    Break(char),
    /// A middle dot or slash: joins equals.
    Dot,
}

/// One word with its particle, or a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) kind: Kind,
    /// The word without its particle.
    pub(super) stem: &'a str,
    /// The word as it stands; Hangul only.
    pub(super) word: &'a str,
    /// The stem.
    pub(super) span: Span,
    pub(super) part: Part,
    /// Latin letters in the brackets behind it: "안드레아 발로네(Andrea Vallone)".
    pub(super) latin: Option<Span>,
    /// Company in the brackets behind it, where a post stands beside: "X(오픈AI 리드)".
    pub(super) house: Option<u16>,
    /// Role in the brackets behind it: "최고운영책임자(COO)".
    pub(super) bracket_role: bool,
    /// Between double quotes.
    pub(super) quoted: bool,
    /// Between single quotes, as what somebody is called: "'천재 소녀' X".
    pub(super) epithet: bool,
    /// White space stands before it.
    pub(super) spaced: bool,
    /// Written in Latin letters.
    pub(super) is_latin: bool,
}

impl Node<'_> {
    /// True for a mark that parts clauses.
    pub(super) fn is_break(&self) -> bool {
        matches!(self.kind, Kind::Break(_))
    }

    /// True for a comma.
    pub(super) fn is_comma(&self) -> bool {
        self.kind == Kind::Break(',')
    }

    /// True for a word that may be part of a noun phrase.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Role { .. } | Kind::Former)
    }

    /// The trigger, where it is one.
    pub(super) fn trigger(&self) -> Option<Trigger> {
        match self.kind {
            Kind::Trigger(trigger) => Some(trigger),
            _ => None,
        }
    }
}

/// True where the trigger's form describes the noun after it.
pub(super) fn describes(node: &Node<'_>) -> bool {
    match node.kind {
        Kind::Adnominal => true,
        Kind::Trigger(trigger) => matches!(trigger.form, Form::Adnominal | Form::Future),
        _ => false,
    }
}
