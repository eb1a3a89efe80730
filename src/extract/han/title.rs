//! Where someone goes by the title, where the sentence leaves it out.

use super::ends::{Clues, Ends};
use super::event::Frame;
use super::mover::Head;

impl Clues<'_> {
    /// The house of the title as where the mover goes.
    pub(super) fn by_title(&self, ends: &mut Ends) {
        let name = self.movers.iter().any(|mover| mover.name.is_some());
        if ends.to.is_some() || !name {
            return;
        }
        // "B 官宣: 前 A 的 X 执掌 Gamma 团队": B's team.
        let of_team = self.object.movers.iter().any(|mover| mover.head == Head::Team);
        let known = self.owner.or(self.said);
        let opening = self.article.opening.filter(|own| Some(*own) != known);
        if ends.unlisted_to.is_some() && of_team && opening.is_some() {
            ends.to = opening;
            ends.unlisted_to = None;
        }
        // "X が A から加わる": at the other house, which the title names.
        let known = self.said.or(self.owner);
        let mut titles = [self.article.title, self.article.opening].into_iter().flatten();
        let title = titles.find(|own| known.is_some_and(|from| from != *own));
        let bare = self.object.companies.is_empty() && !self.object.is_other();
        let join = self.event.frame == Frame::Join && ends.unlisted_to.is_none();
        if ends.to.is_none() && bare && join && title.is_some() {
            ends.to = title;
            ends.guessed = true;
        }
    }
}
