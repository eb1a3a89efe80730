//! Looks into a noun phrase: whose people it names, in what role, and which companies.

use super::builder::Builder;
use super::mover::{Head, Mover};
use super::person::Person;
use super::token::Token;
use crate::extract::candidate::Passage;

/// A noun phrase as its parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct View {
    pub(crate) movers: Vec<Mover>,
    /// Companies in order; the flag says that someone's post follows, so that it is an owner.
    pub(crate) companies: Vec<(u16, bool)>,
    pub(crate) alliance: bool,
    pub(crate) institution: bool,
    pub(crate) firm: bool,
    /// The company that was spoken of.
    pub(crate) same: bool,
    pub(crate) self_: bool,
    /// A seat on a board beside one's post.
    pub(crate) board: bool,
    /// The unlisted company that someone named here works for.
    pub(crate) house: Option<String>,
    /// A name in Latin letters that is no listed company.
    pub(crate) unlisted: Option<String>,
    /// Something that no rule knows stands there.
    pub(crate) other: bool,
}

impl View {
    /// The first company.
    pub(crate) fn first(&self) -> Option<u16> {
        self.companies.first().map(|(company, _)| *company)
    }

    /// The company that the phrase stands for, where it stands for one.
    pub(crate) fn destination(&self) -> Option<u16> {
        if self.alliance || self.institution {
            return None;
        }
        self.companies.first().filter(|(_, owner)| !*owner).map(|(company, _)| *company)
    }

    /// The company whose post someone takes: "B の CEO に就任".
    pub(crate) fn post(&self) -> Option<u16> {
        let [mover] = self.movers.as_slice() else { return None };
        let plain = mover.name.is_none() && mover.head == Head::Role && !mover.former;
        self.first().filter(|_| plain && !self.alliance && !self.institution)
    }

    /// The company that hires: the phrase must not be about a person of it.
    pub(crate) fn employer(&self) -> Option<u16> {
        if self.movers.iter().any(|mover| mover.head != Head::Team) {
            return None;
        }
        self.companies.last().map(|(company, _)| *company)
    }

    /// True for one person in office, who hires for the company.
    pub(crate) fn is_chief(&self) -> bool {
        let [mover] = self.movers.as_slice() else { return false };
        !mover.former && (mover.is_top() || mover.is_owner())
    }

    /// True where the phrase names, or speaks of, some company or its board.
    pub(crate) fn is_firm(&self) -> bool {
        self.firm || self.unlisted.is_some()
    }

    /// True for a bare post: "the post of CFO".
    pub(crate) fn is_post(&self) -> bool {
        let [mover] = self.movers.as_slice() else { return false };
        let bare = mover.name.is_none() && mover.head == Head::Role && !self.other;
        bare && self.companies.is_empty() && !self.is_other() && self.unlisted.is_none()
    }

    /// True where the phrase names something that is not a listed company.
    pub(crate) fn is_other(&self) -> bool {
        self.companies.is_empty() && !self.firm && (self.other || self.institution || self.alliance)
    }

    /// Reads a phrase.
    pub(crate) fn of(
        phrase: &[usize],
        passage: &Passage<'_>,
        tokens: &[Token],
        people: &[Person],
    ) -> Self {
        let mut builder = Builder::new(passage, people);
        for index in phrase {
            if let Some(token) = tokens.get(*index) {
                builder.take(*token);
            }
        }
        builder.finish()
    }
}
