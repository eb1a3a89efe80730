//! What a Japanese trigger says, where its phrases and its ending tell more than its class.

use super::ending::Ending;
use super::read::Reader;
use super::told::Parts;
use crate::extract::han::event::Frame;
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::model::Field;

impl Reader<'_> {
    /// The frame of a trigger of class `frame` with these phrases.
    pub(super) fn frame_by(
        &self,
        trigger: u16,
        frame: Frame,
        ending: Ending,
        parts: &mut Parts,
    ) -> Frame {
        // "起用されたのは X 氏": where to, was said before.
        let placed = frame == Frame::Hire && ending.passive && self.is_placed(parts);
        let frame = match frame {
            Frame::Hire if placed => {
                parts.object = std::mem::take(&mut parts.agent);
                Frame::Join
            }
            Frame::Hire if ending.passive && ending.cleft && parts.agent.is_empty() => Frame::Join,
            other => other,
        };
        let frame = if self.leaves_other(frame, parts) { Frame::Quit } else { frame };
        // "A から独立し": leaves A, whatever comes next.
        let apart =
            self.grammar.tongue.is_of(trigger, "breakaway") && self.has_company(&parts.from);
        // "A の開発者が独立": nobody is named as a founder.
        let unnamed = self.grammar.tongue.is_of(trigger, "breakaway")
            && self.passage.field == Field::Title
            && self.is_human(&parts.subject)
            && self.has_company(&[self.topic.as_slice(), &parts.subject].concat())
            && !token::any(self.tokens, &parts.subject, |kind| {
                kind.is_person() || kind == Kind::Word(Word::Former)
            });
        let frame = if apart || unnamed { Frame::Leave } else { frame };
        // "後任に X 氏が就く": from the same house, unless it says from where.
        let heir = frame == Frame::Join && self.succeeds(parts);
        let frame = if heir { Frame::Promote } else { frame };
        // "新たに加わるのは、X 氏だ": where to, was said before.
        let bare = frame == Frame::Join && ending.cleft && parts.object.is_empty();
        if bare { Frame::Enlist } else { frame }
    }
}
