//! "X A 상무, 가나웍스 CTO 취임": a headline gives somebody from a listed house a post at one that nobody
//! listed.

use super::claim::{Event, Sentence};
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use crate::extract::candidate::End;
use crate::model::{Field, Kind};

/// Posts beside somebody's work: 협회장, 위원.
const BESIDE: &[&str] = &[
    "위원",
    "이사",
    "고문",
    "자문",
    "회장",
    "의장",
    "홍보대사",
    "대사",
    "멘토",
    "심사위원",
    "단장",
];
/// Heads of a house take posts elsewhere and stay.
const HEADS: &[&str] =
    &["CEO", "대표", "대표이사", "최고경영자", "회장", "의장", "창업자", "창업주"];
/// Bodies that people belong to beside their work.
const BODIES: &[&str] = &[
    "협회",
    "학회",
    "포럼",
    "협의회",
    "연합회",
    "위원회",
    "이사회",
    "자문단",
    "얼라이언스",
    "조합",
];

impl Sentence<'_, '_> {
    /// Reads who takes a post at a house that nobody listed.
    pub(super) fn takes_post_elsewhere(&self, event: &mut Event) -> Option<()> {
        let told = matches!(event.trigger.form, Form::Noun(Part::None) | Form::Finite);
        let mover = self.people.iter().find(|person| person.name.is_some())?;
        let opens = self.passage.field == Field::Title && told && self.leaves_for_post(mover);
        let comma = self.nodes.get(mover.last + 1).is_some_and(Node::is_comma);
        let phrase = self.nodes.get(mover.last + 2..event.at).filter(|_| opens && comma)?;
        let (post, head) = phrase.split_last()?;
        let role = matches!(post.kind, Is::Role { plural: false }) && !BESIDE.contains(&post.stem);
        let plain = |node: &Node<'_>| {
            let bare = node.part == Part::None && !node.quoted;
            bare && matches!(node.kind, Is::Word | Is::Role { .. })
                && !BODIES.iter().any(|body| node.stem.ends_with(body))
        };
        let fits = role
            && matches!(post.part, Part::None | Part::To)
            && head.len() <= 5
            && head.iter().all(plain);
        let house = head.iter().rev().find(|node| fits && self.sounds_like_house(node))?;
        event.pattern = "post elsewhere";
        event.movers = vec![mover.clone()];
        event.from.clone_from(&mover.employer);
        event.to = Some(End::Unlisted(house.stem.to_owned()));
        event.kind = Kind::Moved;
        event.score = 0.8;
        Some(())
    }

    /// Somebody from a listed house who does not head it.
    fn leaves_for_post(&self, mover: &Person) -> bool {
        let listed = matches!(mover.employer, Some(End::Listed(_)));
        let head = mover.role.as_deref().is_some_and(|role| HEADS.contains(&role));
        listed && mover.part == Part::None && mover.first <= 3 && (mover.former || !head)
    }

    fn sounds_like_house(&self, node: &Node<'_>) -> bool {
        let latin = node.is_latin && node.stem.len() > 3;
        let sound = node.stem.chars().count() >= 3 && self.words.foreignness(node.stem) >= 0.3;
        let campus = super::headline::is_campus(node.stem);
        let known = self.words.is("firm", node.stem) || self.words.is("body", node.stem);
        known || campus || node.epithet || self.names_house(node) && (latin || sound)
    }
}
