//! Those whom a noun phrase counts or describes without a name, and what of it all is kept.

use super::builder::Builder;
use super::mover::{Head, Mover};
use super::view::View;

impl Builder<'_> {
    /// Someone in a role without a name.
    pub(super) fn unnamed(&mut self) {
        if !self.part.pending || self.part.bystander {
            return;
        }
        let named = self.view.movers.iter().any(|mover| mover.name.is_some());
        // "A, B and C, three executives": the number is theirs.
        if named && !self.joined {
            return;
        }
        // "X ら研究者", "X、Y ら幹部 3 人": hardly anybody but those named.
        let names = self.view.movers.iter().filter(|mover| mover.name.is_some()).count();
        let others = self.part.count.is_some_and(|count| count as usize >= names + 2);
        if self.plural && named && !others && !self.is_team() {
            return;
        }
        let head = self.part.role.map_or(Head::Number, |(head, _)| head);
        let count = match head {
            Head::Role => self.part.count.unwrap_or(1),
            _ => self.part.count.unwrap_or(0),
        };
        self.view.movers.push(Mover {
            head,
            name: None,
            span: None,
            role: self.role_text(),
            count,
            owner: self.part.owner,
            former: self.part.former,
            described: self.part.described || self.part.count.is_some(),
            post: false,
            beside: named,
        });
    }

    /// What the phrase says.
    pub(super) fn finish(mut self) -> View {
        self.unnamed();
        // "CEO and co-founder Ada Gray" is one person.
        if self.view.movers.iter().any(|mover| mover.name.is_some()) {
            let first = self.view.movers.iter().position(|mover| mover.name.is_some()).unwrap_or(0);
            let count = self.view.movers.len();
            let named = self.view.movers.iter().filter(|mover| mover.name.is_some()).count();
            let mut index = 0;
            self.view.movers.retain(|mover| {
                let last = index + 1 == count;
                let crowd = mover.count as usize >= named + 2;
                let keep = mover.name.is_some()
                    || crowd
                    || index > first && mover.beside && (last || mover.count != 1);
                index += 1;
                keep
            });
        }
        self.view
    }
}
