//! The house that the phrase of a person names: listed, or as written.

use super::node::{Kind, Node};
use super::particle::Part;
use super::person::{Person, Reading};
use crate::extract::candidate::End;
use crate::extract::text::Span;

impl Reading<'_> {
    /// "화이자 CEO"; but of "A 깃허브 CEO" the firm is A's.
    pub(super) fn is_own_firm(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let owner = at.checked_sub(1).and_then(|at| nodes.get(at));
        let owned = owner.is_some_and(|owner| {
            matches!(owner.kind, Kind::Company { .. }) && owner.part == Part::None
        });
        nodes.get(at).is_some_and(|node| {
            node.part == Part::None && self.words.is("firm", node.stem) && !owned
        })
    }

    /// "Hume AI의", "가나사의": the house that nobody listed, and where its name begins.
    pub(super) fn owning_house(&self, nodes: &[Node<'_>], at: usize) -> Option<(String, usize)> {
        if let Some(house) = self.lettered_house(nodes, at) {
            return Some((house, at - 1));
        }
        let node = nodes.get(at).filter(|node| self.is_company_like(node))?;
        Some((node.stem.to_owned(), at))
    }

    /// "카네기재단 前 회장": the house that stands before 前.
    pub(super) fn former_owner(
        &self,
        nodes: &[Node<'_>],
        at: usize,
        floor: usize,
    ) -> Option<String> {
        let owner = nodes.get(at.checked_sub(1)?)?;
        let fits = owner.kind == Kind::Word
            && owner.part == Part::None
            && owner.stem.chars().count() > 2
            && !self.words.is("ordinary", owner.stem)
            && at > floor;
        fits.then(|| owner.stem.to_owned())
    }

    /// "Hume AI의 CEO", "흄AI의 대표": the letters at `at` belong to the name before them.
    pub(super) fn lettered_house(&self, nodes: &[Node<'_>], at: usize) -> Option<String> {
        let (letters, name) = (nodes.get(at)?, nodes.get(at.checked_sub(1)?)?);
        let latin = name.is_latin && name.stem.starts_with(char::is_uppercase);
        let fits = letters.stem == "AI"
            && name.kind == Kind::Word
            && name.part == Part::None
            && (latin || !letters.spaced);
        let span = Span::new(name.span.start, letters.span.end);
        fits.then(|| self.text.get(span).to_owned())
    }

    pub(super) fn employ(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, company: u16) {
        let Some(node) = nodes.get(at) else { return };
        if person.employer.is_some() {
            // The name's right side has told.
            return;
        }
        person.employer = Some(End::Listed(company));
        person.origin |= node.part == Part::Origin;
        person.former |= person.origin;
        person.first = at;
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        if before.is_some_and(|node| node.kind == Kind::Former) {
            person.former = true;
            person.first = at - 1;
        }
    }

    /// A word that may name a company nobody listed: a Latin name, or a word that is neither
    /// ordinary nor a department.
    pub(super) fn is_company_like(&self, node: &Node<'_>) -> bool {
        if node.is_latin {
            let plain = self.words.is("latin_ordinary", node.stem);
            return node.stem.starts_with(char::is_uppercase) && !plain;
        }
        !self.words.is("ordinary", node.stem)
            && !self.words.ends("unit", node.stem)
            && self.words.foreignness(node.stem) >= 0.3
    }
}
