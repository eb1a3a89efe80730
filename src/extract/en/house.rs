//! Whose people they are: two companies around one name, companies that are listed nowhere.

use super::chunk::{Chunk, Item};
use super::phrase::{Phrase, Reader};
use crate::extract::candidate::End;
use crate::extract::latin;
use crate::extract::text::Span;

/// Words that describe a young company before its name.
const KINDS: &[&str] = &[
    "startup",
    "start-up",
    "app",
    "maker",
    "firm",
    "company",
    "lab",
    "tool",
    "assistant",
    "platform",
    "developer",
    "agent",
    "editor",
    "service",
    "notebook",
    "game",
    "outfit",
    "project",
    "framework",
    "editor",
    "browser",
    "unicorn",
    "studio",
];

/// One description of a person: "former Gana scientist".
#[derive(Debug)]
struct Description {
    org: End,
    former: bool,
    founder: bool,
}

impl Reader<'_> {
    /// "Former Gana executive and Dara CEO Ada Gray": of two posts the present one counts.
    pub(super) fn choose_house(&self, phrase: &mut Phrase, name: usize) {
        let and = |at: &usize| matches!(self.item(*at), Some(Item::And));
        let Some(split) = (phrase.first..name).find(and) else { return };
        let first = self.description(phrase.first, split);
        let second = self.description(split + 1, name);
        let (Some(first), Some(second)) = (first, second) else { return };
        let second_counts = match (first.former, second.former) {
            (true, false) => true,
            (false, true) => false,
            (false, false) => first.founder && !second.founder,
            (true, true) => return,
        };
        let one = if second_counts { second } else { first };
        phrase.org = Some(one.org);
        phrase.former = one.former;
    }

    /// The company of a post told in chunks `start..end`, which must hold a role.
    fn description(&self, start: usize, end: usize) -> Option<Description> {
        let role =
            (start..end).rev().find(|at| matches!(self.item(*at), Some(Item::Role { .. })))?;
        let listed = (start..end).find_map(|at| match self.item(at)? {
            Item::Org { company, product: false } => Some(End::Listed(company)),
            _ => None,
        });
        let org = listed.or_else(|| self.brand_between(start, role))?;
        let former = (start..end).any(|at| self.words.is("former", self.lower(at)));
        Some(Description { org, former, founder: self.lower(role).contains("founder") })
    }

    /// "Goldman partner", "Ayr Labs CEO", "Stripe's design chief": the capitals before the role.
    pub(super) fn brand_between(&self, start: usize, role: usize) -> Option<End> {
        let part = |at: &usize| {
            self.at(*at).is_some_and(|chunk| {
                // "Bramble CEO": a word elsewhere, but for its capital.
                let one = self.item(role) == Some(Item::Role { plural: false });
                let body = matches!(self.lower(role), "team" | "crew" | "board" | "staff");
                let capital = !self.title_case && *at + 1 == role && *at > 0 && one && !body;
                self.is_brand(chunk) || capital && self.may_be_brand(chunk)
            }) || *at > start && self.ends_brand(*at)
        };
        let plain = |at: &usize| {
            matches!(self.item(*at), Some(Item::Word | Item::Poss | Item::Role { .. }))
                && !self.words.is_function(self.lower(*at))
        };
        let last = (start..role).rev().take_while(plain).find(part)?;
        let also = |at: &usize| {
            part(at)
                || self.at(*at).is_some_and(|chunk| {
                    chunk.item == Item::Word
                        && chunk.cap
                        && (self.words.org_suffix(&chunk.lower)
                            || !self.title_case
                                && !self.words.is_function(&chunk.lower)
                                && !self.words.is("former", &chunk.lower)
                                && !self.words.is("no_brand", &chunk.lower)
                                && !self.words.is("no_company", &chunk.lower))
                })
        };
        let suffix = last + 1 < role && also(&(last + 1));
        let first = (start..=last).rev().take_while(also).last()?;
        let end = if suffix { last + 1 } else { last };
        let span = Span::new(self.at(first)?.span.start, self.at(end)?.span.end);
        Some(End::Unlisted(self.text_of(span)))
    }

    /// "Crossing Minds team": two capitals in a row, where a capital says something.
    fn capitals_before(&self, role: usize) -> Option<End> {
        let cap = |at: usize| {
            self.at(at).is_some_and(|chunk| {
                let lower = chunk.lower.as_str();
                chunk.item == Item::Word
                    && chunk.cap
                    && !self.words.is_function(lower)
                    && !self.words.is("no_company", lower)
                    && !self.words.is("no_brand", lower)
                    && !self.words.is("former", lower)
            })
        };
        let first = role.checked_sub(2)?;
        let body = matches!(self.lower(role), "team" | "founders" | "co-founders" | "cofounders");
        let named = body && !self.title_case && cap(first) && cap(first + 1);
        let span = Span::new(self.at(first)?.span.start, self.at(first + 1)?.span.end);
        named.then(|| End::Unlisted(self.text_of(span)))
    }

    /// "Boston Dynamics": the last word of a company's name, with another capital before it.
    fn ends_brand(&self, at: usize) -> bool {
        const LAST: &[&str] = &[
            "dynamics",
            "systems",
            "labs",
            "motors",
            "capital",
            "ventures",
            "partners",
            "bank",
            "holdings",
            "therapeutics",
            "airlines",
            "electronics",
            "studios",
            "industries",
        ];
        let cap = |at: usize| {
            self.at(at).is_some_and(|chunk| {
                chunk.item == Item::Word
                    && chunk.cap
                    && !self.words.is_function(&chunk.lower)
                    && !self.words.is("former", &chunk.lower)
            })
        };
        LAST.contains(&self.lower(at)) && cap(at) && cap(at - 1)
    }

    /// A capitalised word that is hardly anything but the name of a company.
    fn is_brand(&self, chunk: &Chunk) -> bool {
        self.words.is("brand", &chunk.lower) && chunk.item == Item::Word && chunk.cap
            || self.may_be_brand(chunk) && !latin::look_up(&chunk.lower).word
    }

    /// The same, where the capital says so.
    fn may_be_brand(&self, chunk: &Chunk) -> bool {
        const PEOPLES: &[&str] = &["ish", "ese", "ian", "can", "based", "born", "year-old"];
        let lower = chunk.lower.as_str();
        if chunk.item != Item::Word || !chunk.cap || lower.len() < 3 {
            return false;
        }
        let other = self.words.is_function(lower)
            || self.words.is("no_company", lower)
            || self.words.is("no_brand", lower)
            || self.words.is("former", lower)
            || self.words.is("house", lower)
            || self.words.org_suffix(lower)
            || self.words.no_person(lower)
            || PEOPLES.iter().any(|tail| lower.ends_with(tail))
            || lower.contains('-');
        !other
    }

    /// "The team behind code assistant Bramble", "founders of voice startup Lumora": the company,
    /// listed nowhere, behind the role at `role`.
    pub(super) fn home_behind(&self, role: usize) -> Option<End> {
        let tied = self.lower(role).ends_with(" behind");
        let tie = matches!(self.lower(role + 1), "of" | "behind" | "from" | "at");
        if !tied && !tie {
            return None;
        }
        let from = role + 1 + usize::from(tie && !tied);
        let part = |at: &usize| match self.at(*at) {
            Some(chunk) => {
                matches!(chunk.item, Item::Word | Item::Role { .. } | Item::Person { .. })
                    && (!self.words.is_function(&chunk.lower)
                        || matches!(chunk.lower.as_str(), "the" | "a" | "an"))
            }
            None => false,
        };
        let end = (from..from + 8).take_while(part).last()? + 1;
        let name = |at: &usize| {
            self.at(*at).is_some_and(|chunk| {
                chunk.cap
                    && !KINDS.contains(&chunk.lower.as_str())
                    && !matches!(chunk.lower.as_str(), "the" | "a" | "an")
            })
        };
        let kind = (from..end).rev().find(|at| KINDS.contains(&self.lower(*at)));
        let first = match kind {
            Some(kind) => kind + 1,
            None if self.title_case => end - 1,
            None => (from..end).rev().take_while(name).last()?,
        };
        let named = first < end && (first..end).all(|at| name(&at)) && self.names_company(first);
        let followed = matches!(self.item(end), Some(Item::Org { .. } | Item::Poss));
        if !named || followed {
            return None;
        }
        let span = Span::new(self.at(first)?.span.start, self.at(end - 1)?.span.end);
        Some(End::Unlisted(self.text_of(span)))
    }

    /// True where the brand is a house of the company itself: "Gana taps its Hub's boss".
    pub(super) fn is_house_of(&self, brand: &str, company: &str) -> bool {
        const HOUSES: &[(&str, &str)] = &[
            ("github", "microsoft"),
            ("linkedin", "microsoft"),
            ("xbox", "microsoft"),
            ("activision", "microsoft"),
            ("instagram", "meta"),
            ("whatsapp", "meta"),
            ("oculus", "meta"),
            ("youtube", "google"),
            ("fitbit", "google"),
            ("android", "google"),
            ("twitch", "amazon"),
            ("audible", "amazon"),
            ("zoox", "amazon"),
            ("aws", "amazon"),
            ("mulesoft", "salesforce"),
            ("tableau", "salesforce"),
            ("beats", "apple"),
        ];
        HOUSES.contains(&(brand.to_lowercase().as_str(), company))
    }

    /// The home of a body of people without names: founders, a team, researchers.
    pub(super) fn find_home(&self, phrase: &mut Phrase) {
        if !phrase.persons.is_empty() || phrase.org.is_some() {
            return;
        }
        let role = |at: &usize| matches!(self.item(*at), Some(Item::Role { .. }));
        let Some(at) = (phrase.first..phrase.end).find(role) else { return };
        let behind = || self.home_behind(at).filter(|_| phrase.plural);
        let brand = || self.brand_between(phrase.first, at);
        phrase.org = behind().or_else(brand).or_else(|| self.capitals_before(at));
    }

    /// "Goldman partner Ada Gray", "Airbnb design chief": the company before the role, which only
    /// tells where somebody comes from.
    pub(super) fn brand_of(&self, phrase: &Phrase) -> Option<End> {
        if phrase.brand.is_some() {
            return phrase.brand.clone();
        }
        let role = |at: &usize| matches!(self.item(*at), Some(Item::Role { .. }));
        let reach = phrase.first..phrase.end;
        let at = reach.clone().find(role)?;
        // "Keras creator": what they made is no company.
        const MADE: &[&str] = &[
            "creator",
            "inventor",
            "author",
            "developer",
            "architect",
            "co-creator",
            "co-inventor",
            "pioneer",
        ];
        if self.lower(at).split(' ').any(|word| MADE.contains(&word)) {
            return None;
        }
        let person = |at: &usize| matches!(self.item(*at), Some(Item::Person { .. }));
        let name = reach.clone().find(person).unwrap_or(phrase.end);
        if at > name {
            return None;
        }
        self.brand_between(phrase.first, at)
    }
}
