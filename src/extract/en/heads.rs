//! Heads by whom headlines call their company: "Ada Gray's superintelligence team".

use super::chunk::{Chunk, Item};
use super::class::Class;
use super::reading::Reading;

/// Words from the head's name to the team that is meant.
const REACH: usize = 5;

/// What a head's possessive may be followed by, so that the company is meant.
const TEAMS: &[&str] = &[
    "team",
    "lab",
    "labs",
    "startup",
    "start-up",
    "company",
    "firm",
    "superintelligence",
    "group",
    "outfit",
    "venture",
    "ranks",
];

impl Reading<'_> {
    /// Puts the company where its head stands for it: who hires, and whose team is joined.
    pub(super) fn call_by_heads(&self, chunks: &mut [Chunk]) {
        let headed = |at: usize| {
            let chunk = chunks.get(at).filter(|one| matches!(one.item, Item::Person { .. }))?;
            let company = self.headed(self.passage.text.get(chunk.span))?;
            self.stands_for_company(chunks, at).then_some((at, company))
        };
        let found: Vec<(usize, u16)> = (0..chunks.len()).filter_map(headed).collect();
        for (at, company) in found {
            if let Some(chunk) = chunks.get_mut(at) {
                chunk.item = Item::Org { company, product: false };
            }
        }
    }

    fn headed(&self, name: &str) -> Option<u16> {
        let people = self.passage.people;
        let known = people.latin(name).or_else(|| people.by_surname(name))?;
        self.passage.gazetteer.index_of(self.grammar.heads.get(known)?)
    }

    fn stands_for_company(&self, chunks: &[Chunk], at: usize) -> bool {
        let item = |at: usize| chunks.get(at).map(|chunk| chunk.item);
        let lower = |at: usize| chunks.get(at).map_or("", |chunk| chunk.lower.as_str());
        let opens = at == 0 || matches!(item(at - 1), Some(Item::Stop));
        let in_person = lower(at + 1) == "personally";
        let at = at + usize::from(in_person);
        match item(at + 1) {
            Some(Item::Trigger(trigger)) => {
                let verb = lower(at + 1);
                let hires = ["hire", "poach", "recruit", "lure", "snag", "nab", "snatch"];
                opens
                    && self.grammar.class(trigger) == Class::Hire
                    && hires.iter().any(|stem| verb.starts_with(stem))
            }
            Some(Item::Poss) => {
                let plain = |at: &usize| matches!(item(*at), Some(Item::Word | Item::Role { .. }));
                (at + 2..at + REACH).take_while(plain).any(|at| TEAMS.contains(&lower(at)))
            }
            _ => false,
        }
    }
}
