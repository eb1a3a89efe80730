//! People who only look on: an analyst of a company, its investor, whoever sued it.

use super::chunk::Item;
use super::class::Class;
use super::quiet::Turn;
use super::theme::is_matter;

/// Posts that one holds outside the company they are about.
const ONLOOKERS: &[&str] = &[
    "analyst",
    "analysts",
    "dealmaker",
    "investor",
    "investors",
    "backer",
    "backers",
    "shareholder",
    "critic",
    "critics",
    "skeptic",
    "sceptic",
    "bull",
    "bear",
    "watcher",
    "watchdog",
    "biographer",
    "historian",
    "regulator",
    "reporter",
    "journalist",
    "columnist",
    "foe",
    "nemesis",
    "fan",
];

/// What somebody does in a company, or to enter it.
const INSIDE: &[&str] = &[
    "led",
    "leads",
    "lead",
    "leading",
    "ran",
    "runs",
    "run",
    "headed",
    "heads",
    "built",
    "builds",
    "founded",
    "co-founded",
    "cofounded",
    "created",
    "joined",
    "quit",
    "left",
    "worked",
    "works",
    "helped",
    "helps",
    "oversaw",
    "oversees",
    "managed",
    "manages",
    "spent",
    "steered",
    "guided",
    "brought",
    "made",
    "turned",
    "took",
    "launched",
    "shaped",
    "started",
    "served",
    "serves",
    "directed",
    "directs",
    "invented",
    "designed",
    "developed",
    "co-created",
    "piloted",
    "grew",
    "scaled",
    "set",
    "rebuilt",
    "has",
    "had",
    "was",
    "is",
    "kept",
    "put",
    "trained",
];

impl Turn<'_, '_> {
    /// True where whoever goes is not of the company that stands around the name.
    pub(super) fn is_outsider(&self) -> bool {
        match self.facts.class {
            Class::Leave | Class::Departure => {
                let outside = || self.looks_on() || self.is_related() || self.leaves_other_house();
                !self.has_object() && outside() || self.is_left_so()
            }
            Class::Join => !self.has_object() && self.is_related(),
            Class::Lose | Class::Hire => self.is_house_related() || self.is_over_matter(),
            _ => false,
        }
    }

    fn is_org(&self, at: usize) -> bool {
        matches!(self.reader.item(at), Some(Item::Org { product: false, .. }))
    }

    /// "Retires from investment firm", "leaves law firm": a house of another kind.
    fn leaves_other_house(&self) -> bool {
        const KINDS: &[&str] = &[
            "investment",
            "venture",
            "law",
            "buyout",
            "equity",
            "consulting",
            "consultancy",
            "lobbying",
            "advisory",
            "accounting",
            "pr",
            "ad",
            "family",
            "hedge",
        ];
        let next = self.facts.index + 1;
        let skip =
            |at: &usize| matches!(self.lower(*at), "a" | "an" | "from" | "private" | "his" | "her");
        let Some(kind) = (next..next + 4).find(|at| !skip(at)) else { return false };
        KINDS.contains(&self.lower(kind))
            && matches!(
                self.lower(kind + 1),
                "firm" | "fund" | "office" | "group" | "agency" | "capital"
            )
    }

    /// "Left Gana's model running overnight", "leaves Gana reeling": the state in which it is left.
    fn is_left_so(&self) -> bool {
        const STATES: &[&str] = &[
            "running",
            "reeling",
            "scrambling",
            "wondering",
            "hanging",
            "guessing",
            "exposed",
            "open",
            "unattended",
            "stranded",
            "poorer",
            "bruised",
            "vulnerable",
            "short",
            "behind",
            "unlocked",
            "bleeding",
            "smarting",
            "fuming",
            "trailing",
            "struggling",
            "searching",
        ];
        let facts = self.facts;
        let left = matches!(facts.trigger, "left" | "leaves" | "leave" | "leaving");
        let name = |at: &usize| {
            matches!(self.reader.item(*at), Some(Item::Org { .. } | Item::Poss))
                || self.reader.at(*at).is_some_and(|chunk| chunk.cap && chunk.item == Item::Word)
        };
        let end = (facts.index + 1..facts.index + 5).take_while(name).last();
        left && end.is_some_and(|end| STATES.contains(&self.lower(end + 1)))
    }

    /// "The Gana analyst", "an early backer of Gana".
    fn looks_on(&self) -> bool {
        let onlooker = |at: usize| {
            self.lower(at).rsplit(' ').next().is_some_and(|word| ONLOOKERS.contains(&word))
        };
        let from = self.facts.phrase_first.saturating_sub(1).max(self.start);
        (from..self.facts.index).filter(|at| onlooker(*at)).any(|at| {
            let before = at > from && self.is_org(at - 1);
            let behind = matches!(self.lower(at + 1), "of" | "in" | "on") && self.is_org(at + 2);
            before || behind
        })
    }

    /// "The chair who sued Gana", "a manager who bet on Gana": what is done to the company from
    /// without.
    fn is_related(&self) -> bool {
        let facts = self.facts;
        let from = facts.phrase_first.max(self.start);
        let Some(who) = (from..facts.index).find(|at| self.lower(*at) == "who") else {
            return false;
        };
        let orgs =
            |range: std::ops::Range<usize>| range.filter(|at| self.is_org(*at)).collect::<Vec<_>>();
        let outside = orgs(from..who).is_empty();
        let inside = INSIDE.contains(&self.lower(who + 1)) && !self.deals(who);
        let named = orgs(who + 1..facts.index);
        let tied = |at: &usize| {
            matches!(
                self.lower(at - 1),
                "at" | "for" | "of" | "from" | "with" | "inside" | "joined" | "within" | "to"
            )
        };
        outside && !inside && !named.is_empty() && !named.iter().any(tied)
    }

    /// "Who led Gana deal".
    fn deals(&self, who: usize) -> bool {
        (who + 1..self.facts.index).any(|at| {
            matches!(
                self.lower(at),
                "deal" | "investment" | "round" | "case" | "probe" | "lawsuit" | "coverage" | "bet"
            ) && self.is_org(at - 1)
        })
    }

    /// "The agency that works for Gana loses its head".
    fn is_house_related(&self) -> bool {
        let facts = self.facts;
        let that = |at: &usize| matches!(self.lower(*at), "that" | "which");
        let Some(that) = (self.start + 1..facts.index).rev().find(that) else { return false };
        let house = |at: usize| {
            matches!(
                self.lower(at),
                "agency"
                    | "firm"
                    | "fund"
                    | "startup"
                    | "start-up"
                    | "company"
                    | "consultancy"
                    | "lab"
                    | "supplier"
                    | "maker"
                    | "studio"
                    | "bank"
            )
        };
        let border = |at: usize| matches!(self.reader.item(at), Some(Item::Comma | Item::Stop));
        house(that - 1)
            && (facts.class == Class::Lose || !facts.from)
            && !(self.start..that).any(|at| self.is_org(at))
            && (that..facts.index).any(|at| self.is_org(at))
            && !(that..facts.index).any(border)
    }

    /// "Loses lawyer in Gana case": the only company is what the case is about.
    fn is_over_matter(&self) -> bool {
        let mut orgs = (self.start..self.end).filter(|at| self.is_org(*at)).peekable();
        orgs.peek().is_some()
            && orgs.all(|at| {
                let before = self.lower(at.wrapping_sub(1));
                is_matter(self.lower(at + 1))
                    && matches!(before, "in" | "on" | "from" | "over" | "the" | "of")
            })
    }

    /// "Names Gana partner of the year".
    pub(super) fn is_award(&self) -> bool {
        let facts = self.facts;
        matches!(facts.class, Class::Hire | Class::Passive)
            && (facts.index + 1..self.end).any(|at| {
                self.lower(at) == "of"
                    && self.lower(at + 1) == "the"
                    && matches!(self.lower(at + 2), "year" | "month" | "decade" | "century")
            })
    }

    /// "The president nominates a former Gana lobbyist": to an office of the state.
    pub(super) fn is_nominee(&self) -> bool {
        let facts = self.facts;
        facts.trigger.starts_with("nominat")
            && !(self.start..facts.index).any(|at| self.is_org(at))
            && (facts.index + 1..self.end.min(facts.index + 4))
                .any(|at| self.reader.words.is("former", self.lower(at)))
            && facts.from
    }
}
