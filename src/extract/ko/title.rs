//! What stands behind a name: 전, a company, a post.

use super::node::{Kind, Node};
use super::particle::Part;
use super::person::{Person, Reading};
use super::phrase::{REACH, sets_apart};
use crate::extract::candidate::End;

/// True between a role that only describes and the role it describes: "수석 AI 과학자".
fn leads_on(nodes: &[Node<'_>], at: usize) -> bool {
    let role =
        |at: usize| nodes.get(at).filter(|node| matches!(node.kind, Kind::Role { plural: false }));
    let describes = at.checked_sub(1).and_then(role).is_some_and(|node| {
        matches!(node.stem, "수석" | "선임" | "책임" | "담당" | "총괄") && node.part == Part::None
    });
    describes && role(at + 1).is_some()
}

impl Reading<'_> {
    /// Reads the post behind a name: "X 전 구글 상무", "X CEO가".
    pub(super) fn look_right(&self, nodes: &[Node<'_>], person: &mut Person) {
        let mut former = false;
        let mut employer = None;
        let mut end = None;
        for (at, node) in nodes.iter().enumerate().skip(person.last + 1).take(REACH) {
            match node.kind {
                Kind::Word | Kind::Role { .. } if sets_apart(node) => break,
                Kind::Former if end.is_none() => former = true,
                Kind::Company { company, .. }
                    if matches!(node.part, Part::None | Part::Of)
                        && employer.is_none()
                        && end.is_none() =>
                {
                    employer = Some(End::Listed(company));
                }
                // "X 전 구글 제미나이 부사장": the product that X works on.
                Kind::Company { product: true, .. }
                    if employer.is_some() && end.is_none() && node.part == Part::None => {}
                // "X CPO로 영입": the new post is no part of the name.
                Kind::Role { .. }
                    if matches!(node.part, Part::To | Part::At) && !node.word.ends_with("에게") =>
                {
                    break;
                }
                Kind::Role { .. } => {
                    if person.role.is_none() || end.is_none() {
                        person.role = Some(node.stem.to_owned());
                        person.common = self.words.is_common(node.stem);
                    }
                    end = Some(at);
                    if node.part != Part::None {
                        break;
                    }
                }
                // "X 트위치 공동창업자"
                Kind::Word
                    if end.is_none()
                        && employer.is_none()
                        && node.part == Part::None
                        && self.words.is("firm", node.stem) =>
                {
                    employer = Some(End::Unlisted(node.stem.to_owned()));
                }
                // "X 전 토스뱅크 대표"
                Kind::Word
                    if former
                        && end.is_none()
                        && employer.is_none()
                        && node.part == Part::None
                        && !node.is_latin
                        && self.is_company_like(node) =>
                {
                    employer = Some(End::Unlisted(node.stem.to_owned()));
                }
                Kind::Word if node.word == "겸" => {}
                // Words after the role are no longer part of the phrase, but for "수석 AI 과학자".
                Kind::Word if node.part == Part::None && (end.is_none() || leads_on(nodes, at)) => {
                }
                // "X 카카오 안전&품질 리더"
                Kind::Dot if end.is_none() && at > person.last + 1 => {}
                _ => break,
            }
        }
        // "X 전 재무, ...": what X was, said short.
        let behind = nodes.get(person.last + 1..person.last + 4);
        if let (None, Some([before, word, mark])) = (end, behind)
            && self.title
            && before.kind == Kind::Former
            && word.kind == Kind::Word
            && word.part == Part::None
            && mark.is_comma()
        {
            person.last += 2;
            person.former = true;
            person.role.get_or_insert_with(|| word.stem.to_owned());
        }
        if let Some(end) = end {
            person.last = end;
            person.part = nodes.get(end).map_or(Part::None, |node| node.part);
            person.former |= former;
            if employer.is_some() {
                person.employer = employer;
                person.former = former;
            }
        }
    }
}
