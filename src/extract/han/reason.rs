//! Why what a sentence tells must not alert, for all its movers.

use super::ends::Ends;
use super::event::{Event, Frame};
use super::mover::{Head, Mover};
use super::view::View;
use crate::model::Suppressed;

/// Why the sentence as a whole must not alert.
pub(super) fn reason(
    event: &Event,
    source: &View,
    object: &View,
    movers: &[Mover],
    ends: &Ends,
) -> Option<Suppressed> {
    let mood = event.mood;
    if mood.negated {
        return Some(Suppressed::Negated);
    }
    if source.self_ || mood.supposed {
        return Some(Suppressed::Hypothetical);
    }
    if mood.sabbatical {
        return Some(Suppressed::Sabbatical);
    }
    if movers.is_empty() {
        let organisation = !source.companies.is_empty() || object.alliance;
        return Some(if organisation {
            Suppressed::Organisation
        } else {
            Suppressed::Unidentified
        });
    }
    if mood.recap {
        return Some(Suppressed::Recap);
    }
    if event.background || event.nominal && !mood.announced || event.relative && !mood.recent {
        return Some(Suppressed::Historical);
    }
    let crowd: u32 =
        movers.iter().filter(|mover| mover.name.is_none()).map(|mover| mover.count).sum();
    let goes = ends.to.is_some() || event.goal.is_some();
    let both = ends.from.is_some() && goes;
    if crowd >= 10 && !both || mood.statistics && movers.iter().all(|mover| mover.name.is_none()) {
        return Some(Suppressed::Statistics);
    }
    let named = movers.iter().any(|mover| mover.name.is_some());
    // "Some company's adviser, formerly of A": no departure from A; nor is a guest.
    let leaves = matches!(event.frame, Frame::Leave | Frame::Quit | Frame::Fire);
    // "A の CEO、政府の職を退き": what is left is no house of hers.
    let elsewhere = object.institution && object.companies.is_empty() && !object.is_firm();
    if leaves && elsewhere && !goes {
        return Some(Suppressed::Unwatched);
    }
    let ex = movers.iter().all(|mover| mover.former);
    let alone = event.subject.is_empty() && event.topic.is_empty();
    let guest = ex && event.frame == Frame::Hire && alone;
    if ends.to.is_none() && !leaves && (event.seat || guest) {
        return Some(Suppressed::Historical);
    }
    if event.frame == Frame::Found && !(named && (mood.recent || mood.announced)) {
        return Some(Suppressed::Historical);
    }
    let body = (object.alliance || object.institution) && !object.firm;
    if event.frame == Frame::Found && body {
        return Some(Suppressed::Organisation);
    }
    let team = object.movers.iter().any(|mover| mover.head == Head::Team);
    if event.frame == Frame::Found && team && !object.firm {
        return Some(Suppressed::Organisation);
    }
    if mood.story {
        return Some(Suppressed::Historical);
    }
    // "Joins the pledge": neither a company nor a word for one.
    // One who was with A and is now at a university has left A long since.
    let ex = |mover: &Mover| mover.former && mover.name.is_some() && !object.institution;
    let told = event.personal && ends.from.is_some();
    // "A の X が本社副社長に就任": a post of A's own.
    let role = object.movers.iter().any(|mover| mover.head == Head::Role);
    let home = movers.iter().all(|mover| mover.owner.is_some() && !mover.former);
    if event.frame == Frame::Join && object.same && role && home && !goes {
        return Some(Suppressed::Organisation);
    }
    let nowhere = !goes && !told && !object.is_firm() && !movers.iter().any(ex);
    if nowhere && event.frame == Frame::Join {
        return Some(Suppressed::Organisation);
    }
    if object.alliance && ends.to.is_none() && matches!(event.frame, Frame::Join | Frame::Enlist) {
        return Some(Suppressed::Organisation);
    }
    None
}
