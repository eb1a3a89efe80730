//! What stands before a name or a role and belongs to it.

use super::chunk::{Chunk, Item};
use super::phrase::{Phrase, REACH, Reader};
use crate::extract::candidate::End;
use crate::extract::text::Span;

impl Reader<'_> {
    /// Walks left over what modifies the head: roles, companies, adjectives, numbers.
    pub(super) fn modifiers_before(&self, phrase: &mut Phrase) {
        let limit = phrase.first.saturating_sub(REACH);
        while phrase.first > limit {
            let index = phrase.first - 1;
            let Some(chunk) = self.at(index) else { return };
            match chunk.item {
                Item::Role { plural } => {
                    self.take_role(index, plural && phrase.persons.is_empty(), phrase)
                }
                Item::Org { company, product: false } if chunk.lower.ends_with("-bound") => {
                    phrase.bound = Some(End::Listed(company));
                    phrase.first = index;
                }
                Item::Org { company, product: false } => {
                    phrase.org = phrase.org.take().or(Some(End::Listed(company)));
                    phrase.first = index;
                }
                Item::Org { company, product: true } => {
                    // "Gemini co-lead Ada Gray": who makes the product employs its people, though
                    // not always those who once founded it.
                    let founder =
                        phrase.role.is_some_and(|role| self.text_of(role).contains("founder"));
                    let tie = matches!(self.item(index + 1), Some(Item::Role { .. } | Item::Poss))
                        || matches!(self.lower(index + 1), "maker" | "owner" | "parent");
                    phrase.former |= tie && founder;
                    if phrase.org.is_none() && tie && !founder {
                        phrase.org = Some(End::Listed(company));
                    }
                    phrase.first = index;
                }
                Item::Poss if phrase.org.is_none() && self.division_owner(index).is_some() => {
                    let (first, company) = self.division_owner(index).unwrap_or((index, 0));
                    phrase.org = Some(End::Listed(company));
                    phrase.first = first;
                }
                Item::Poss => {
                    phrase.first = index;
                    if phrase.org.is_none()
                        && let Some((name, first)) = self.unlisted_owner(index)
                    {
                        phrase.org = Some(End::Unlisted(self.text_of(name)));
                        phrase.first = first;
                    }
                }
                Item::Count(count) => {
                    phrase.count = Some(count);
                    phrase.first = index;
                }
                // "Two of its founders", "three of Gana's leaders".
                Item::Word if self.counted_part(index).is_some() => {
                    let (first, count) = self.counted_part(index).unwrap_or((index, 1));
                    phrase.count = Some(count);
                    phrase.first = first;
                    return;
                }
                Item::And
                    if matches!(self.before(index).map(|c| c.item), Some(Item::Role { .. }))
                        && phrase.role.is_some() =>
                {
                    phrase.first = index;
                }
                Item::Person { .. } if matches!(self.item(index + 1), Some(Item::Poss)) => return,
                Item::Word
                    if chunk.lower == "more"
                        && matches!(self.before(index).map(|c| c.item), Some(Item::Count(_))) =>
                {
                    phrase.first = index;
                }
                Item::Word | Item::Trigger(_) if self.words.is("former", &chunk.lower) => {
                    phrase.former = true;
                    phrase.first = index;
                }
                Item::Word
                    if matches!(chunk.lower.as_str(), "of" | "for" | "in" | "at")
                        && !phrase.persons.is_empty()
                        && matches!(
                            self.before(index).map(|c| c.item),
                            Some(Item::Role { .. })
                        ) =>
                {
                    phrase.first = index;
                }
                Item::Word if self.modifies(chunk) => self.widen_role(index, phrase),
                _ => return,
            }
        }
    }

    /// "Two of", "two of its" that ends with chunk `index`: where it begins, and the number.
    fn counted_part(&self, index: usize) -> Option<(usize, u32)> {
        let own = matches!(self.lower(index), "its" | "their" | "the" | "his" | "her");
        let of = if own { index.checked_sub(1)? } else { index };
        let at = of.checked_sub(1).filter(|_| self.lower(of) == "of")?;
        // "Twenty members of".
        let at = if self.lower(at) == "members" { at.checked_sub(1)? } else { at };
        match self.item(at)? {
            Item::Count(count) => Some((at, count)),
            _ => None,
        }
    }

    /// A word before a role belongs to it: "robotics" of "robotics hardware lead".
    fn widen_role(&self, index: usize, phrase: &mut Phrase) {
        if let (Some(chunk), Some(role)) = (self.at(index), &mut phrase.role)
            && phrase.org.is_none()
        {
            role.start = role.start.min(chunk.span.start);
        }
        phrase.first = index;
    }

    /// "Gray Dynamics'": the name of a company that is not listed, and where it begins.
    pub(super) fn unlisted_owner(&self, poss: usize) -> Option<(Span, usize)> {
        let last = poss.checked_sub(1)?;
        let part = |at: &usize| self.at(*at).is_some_and(|chunk| self.is_unlisted_owner(chunk));
        let first = (last.saturating_sub(2)..=last).rev().take_while(part).last()?;
        let apart = first.checked_sub(1).is_none_or(|at| {
            matches!(self.item(at), Some(Item::Trigger(_) | Item::Stop | Item::Comma))
        });
        let first = if self.title_case && !apart { last } else { first };
        Some((Span::new(self.at(first)?.span.start, self.at(last)?.span.end), first))
    }

    /// "Gana Frontier's": the company whose division owns, and where it stands.
    fn division_owner(&self, poss: usize) -> Option<(usize, u16)> {
        let part = |at: &usize| {
            self.at(*at).is_some_and(|chunk| {
                chunk.item == Item::Word && chunk.cap && !self.words.is_function(&chunk.lower)
            })
        };
        let first = (poss.saturating_sub(2)..poss).rev().take_while(part).last()?;
        match self.item(first.checked_sub(1)?)? {
            Item::Org { company, product: false } => Some((first - 1, company)),
            _ => None,
        }
    }

    /// "Stripe's": a company that is not listed.
    pub(super) fn is_unlisted_owner(&self, owner: &Chunk) -> bool {
        owner.item == Item::Word
            && owner.cap
            && !self.words.is_function(&owner.lower)
            && !self.words.is("no_company", &owner.lower)
            && !self.words.is("house", &owner.lower)
    }

    fn modifies(&self, chunk: &Chunk) -> bool {
        let ordinal =
            matches!(chunk.lower.as_str(), "other" | "another" | "top" | "first" | "most" | "own");
        (ordinal || !self.words.is_function(&chunk.lower)) && !self.words.is("say", &chunk.lower)
    }
}

impl Reader<'_> {
    /// "Gana's CEO and most of its team": the one who is told apart.
    pub(super) fn leader_of(&self, team: usize) -> Option<Phrase> {
        let body = matches!(
            self.lower(team),
            "team"
                | "staff"
                | "colleagues"
                | "employees"
                | "researchers"
                | "engineers"
                | "co-founders"
                | "founders"
                | "executives"
        );
        let from = team.saturating_sub(6);
        let and =
            (from..team).rev().find(|at| self.item(*at) == Some(Item::And)).filter(|_| body)?;
        let some = ["most", "some", "much", "part", "several", "many"];
        if !some.contains(&self.lower(and + 1)) {
            return None;
        }
        let leader = self.phrase_before(and)?;
        let led = leader.org.is_some() || !leader.plural;
        (leader.is_people() && led).then_some(leader)
    }

    /// "Head of Gana Chat team": the head, not the team.
    pub(super) fn head_of_team(&self, team: usize) -> Option<Phrase> {
        if !matches!(self.lower(team), "team" | "teams") {
            return None;
        }
        let inside = |at: &usize| {
            matches!(self.item(*at), Some(Item::Word | Item::Org { .. } | Item::Poss))
                && !self.words.is_function(self.lower(*at))
        };
        let first = (team.saturating_sub(5)..team).rev().take_while(inside).last()?;
        let of = first.checked_sub(1).filter(|of| self.lower(*of) == "of")?;
        match self.item(of.checked_sub(1)?)? {
            Item::Role { plural: false } => {
                let head = self.phrase_before(of)?;
                let named = (first..team).find_map(|at| match self.item(at)? {
                    Item::Org { company, .. } => Some(End::Listed(company)),
                    _ => None,
                });
                Some(Phrase { org: head.org.clone().or(named), ..head })
            }
            _ => None,
        }
    }

    /// "Ada Gray and two other engineers": the named with the number of the others.
    pub(super) fn named_with(&self, others: &Phrase) -> Option<Phrase> {
        let and = others.first.checked_sub(1).filter(|at| self.item(*at) == Some(Item::And))?;
        let some = ["several", "other", "some", "many", "more"];
        let many = (others.first..others.end).any(|at| some.contains(&self.lower(at)));
        let count = others.count.or(many.then_some(0))?;
        let named = self.phrase_before(and).filter(|named| !named.persons.is_empty())?;
        let org = named.org.clone().or_else(|| others.org.clone());
        Some(Phrase { others: Some(count), org, end: others.end, ..named })
    }
}
