//! The phrase around a name or a role: employer, post, number, particle.

use super::name::Name;
use super::node::{Kind, Node};
use super::particle::Part;
use super::person::{Person, Reading, WEAK};
use super::stranger::is_news_word;
use super::trigger::Act;
use crate::extract::candidate::End;

/// Words between a company and a role, at most: "오픈AI 하드웨어 제품 담당 부사장".
pub(super) const REACH: usize = 9;

/// "X, Y 투자받아 창업": the name before it gives money.
pub(super) fn backs(node: &Node<'_>) -> bool {
    ["투자받", "후원", "지원받"].iter().any(|head| node.word.starts_with(head))
}

/// "X 이어 Y", "X 직속 Y": the name before it is not the one spoken of.
pub(super) fn sets_apart(node: &Node<'_>) -> bool {
    backs(node)
        || matches!(
            node.word,
            "등" | "등의" | "따라" | "이어" | "대신" | "만나" | "제치고" | "꺾고"
        )
        || matches!(
            node.stem,
            "직속"
                | "휘하"
                | "밑"
                | "후임"
                | "측근"
                | "최측근"
                | "오른팔"
                | "왼팔"
                | "제자"
                | "후계자"
        )
}

/// "A 출신", "출신".
pub(super) fn comes_from(node: &Node<'_>) -> bool {
    node.part == Part::Origin || node.kind == Kind::Word && node.stem.starts_with("출신")
}

/// "95년생", "30대"
fn is_age(node: &Node<'_>) -> bool {
    node.stem.starts_with(|ch: char| ch.is_ascii_digit())
        && node.part == Part::None
        && ["년생", "세", "살", "대"].contains(&node.word)
}

/// "'알파고의 아버지' X", "A의 챗GPT식 검색팀장": not where somebody works.
fn is_likeness(nodes: &[Node<'_>], at: usize) -> bool {
    let (Some(node), Some(next)) = (nodes.get(at), nodes.get(at + 1)) else { return false };
    node.epithet && node.part == Part::Of && next.epithet
        || !next.spaced && matches!(next.word, "식" | "급" | "류" | "용" | "형")
}

/// True for what ends a clause that describes the name behind it: "A를 떠난", "A에 온".
fn ends_clause(node: &Node<'_>) -> bool {
    matches!(node.kind, Kind::Trigger(_) | Kind::Adnominal)
        || node.kind == Kind::Word && matches!(node.word, "온" | "간")
}

fn is_role(node: Option<&Node<'_>>) -> bool {
    node.is_some_and(|node| matches!(node.kind, Kind::Role { .. }))
}

impl Reading<'_> {
    /// Reads the phrase around a name: employer, role, particle.
    pub(super) fn phrase(&self, nodes: &[Node<'_>], name: Name, floor: usize) -> Option<Person> {
        let mut person = Person {
            name: Some(name.text),
            span: name.span,
            first: name.first,
            last: name.last,
            part: name.part,
            employer: None,
            former: false,
            origin: false,
            held: false,
            role: None,
            common: false,
            plural: false,
            count: None,
            strength: name.strength,
            group: 0,
        };
        if person.part == Part::None {
            self.look_right(nodes, &mut person);
        }
        self.look_left(nodes, &mut person, floor);
        let told = nodes.get(name.last).and_then(|last| last.house);
        if let (None, Some(company)) = (&person.employer, told) {
            person.employer = Some(End::Listed(company));
        }
        if name.needs_role && person.role.is_none() && !person.origin && !person.held {
            // Two foreign-looking words that somebody is hiring are a name; elsewhere they are not.
            // "레오폴트 아셴브레너와 데이비드 모리스를"
            let joined = person.part == Part::With
                && nodes.get(name.last + 1).is_some_and(|next| {
                    next.kind == Kind::Known
                        || self.words.is_given_name(next.word)
                        || next.kind == Kind::Word && self.words.foreignness(next.word) >= 0.5
                });
            let argument =
                joined || matches!(person.part, Part::Object | Part::Subject | Part::Topic);
            // "알고리즘을 책임졌던 쉬신란이"
            let before = name.first.checked_sub(1).and_then(|before| nodes.get(before));
            let described = before.is_some_and(|node| {
                node.kind == Kind::Adnominal && self.words.begins("career", node.word)
                    || person.former && person.employer.is_some() && ends_clause(node)
                    || node.trigger().is_some_and(|it| matches!(it.act, Act::Head | Act::Serve))
            });
            // "조직을 이끌던 팡쯔천의"
            let owner = person.part == Part::Of;
            let argument = argument || described && (owner || name.first < name.last);
            if !argument || name.first == name.last && !described {
                return None;
            }
            // Two words that news never uses are hardly anything else.
            let strange = nodes
                .get(name.first..=name.last)
                .is_some_and(|words| words.iter().all(|word| !is_news_word(word.stem)));
            let strong = described || strange && name.first < name.last;
            person.strength = if strong { 0.6 } else { WEAK };
        }
        Some(person)
    }

    pub(super) fn look_left(&self, nodes: &[Node<'_>], person: &mut Person, floor: usize) {
        let mut at = person.first;
        let mut seen_role = person.name.is_none() || person.role.is_some();
        let mut plain = person.first;
        for _ in 0..REACH {
            let Some(before) = at.checked_sub(1).filter(|before| *before >= floor) else { break };
            let Some(node) = nodes.get(before) else { break };
            // A quote does not go on outside.
            if nodes.get(at).is_some_and(|own| own.quoted && !node.quoted) {
                break;
            }
            match node.kind {
                // "A 출신 95년생 X", "A 출신 '천재 소녀' X"
                Kind::Word if person.name.is_some() && (is_age(node) || node.epithet) => {}
                Kind::Company { .. } if is_likeness(nodes, before) => {}
                Kind::Role { plural } if matches!(node.part, Part::None | Part::Is) => {
                    self.hold(person, node, plural);
                    seen_role = true;
                    plain = before;
                }
                // "A 출신 X B 사장": the present post has been told.
                Kind::Word | Kind::Company { .. }
                    if comes_from(node) && person.employer.is_some() =>
                {
                    break;
                }
                Kind::Word
                    if node.stem.starts_with("출신")
                        && matches!(node.part, Part::None | Part::Of | Part::Is | Part::Origin) =>
                {
                    person.origin = true;
                    person.former = true;
                }
                Kind::Former => {
                    person.former = true;
                    plain = before;
                    if let Some(owner) = self.former_owner(nodes, before, floor) {
                        person.employer = Some(End::Unlisted(owner));
                        plain = before - 1;
                        break;
                    }
                }
                // "A 초지능연구소 소속이던 X"
                Kind::Word if node.stem == "소속" && person.name.is_some() => {
                    person.held |= node.part == Part::Is;
                    person.former |= node.part == Part::Is;
                    seen_role = true;
                }
                Kind::Count(count) if person.name.is_none() => {
                    person.count = Some(count);
                    plain = before;
                }
                Kind::Company { company, .. } => {
                    if matches!(node.part, Part::None | Part::Of | Part::Origin | Part::Is) {
                        self.employ(nodes, person, before, company);
                        self.founder_since(nodes, person, before, floor);
                        plain = person.first;
                    }
                    break;
                }
                // "A 취리히 사무소의 X", "A 디자인팀의 X"
                Kind::Word | Kind::Role { .. }
                    if node.part == Part::Of
                        && person.employer.is_none()
                        && person.name.is_some()
                        && self.words.ends("unit", node.stem) =>
                {
                    seen_role = true;
                }
                Kind::Word if node.part == Part::Of && seen_role && person.employer.is_none() => {
                    if let Some((house, first)) = self.owning_house(nodes, before) {
                        person.employer = Some(End::Unlisted(house));
                        plain = first;
                        break;
                    }
                }
                Kind::Word if node.part == Part::Origin => {
                    person.origin = true;
                    person.former = true;
                    if self.is_company_like(node) {
                        person.employer = Some(End::Unlisted(node.stem.to_owned()));
                    }
                    plain = before;
                    break;
                }
                // "화이자 CEO X"
                Kind::Word
                    if seen_role
                        && person.employer.is_none()
                        && self.is_own_firm(nodes, before) =>
                {
                    person.employer = Some(End::Unlisted(node.stem.to_owned()));
                    plain = before;
                    break;
                }
                Kind::Word if node.part == Part::None && (seen_role || person.origin) => {}
                // 아폴로 only looks as if it had a particle.
                Kind::Word if node.part == Part::To && is_role(nodes.get(at)) => {}
                Kind::Dot if seen_role => {}
                _ if ends_clause(node) => {
                    self.clause(nodes, person, before, floor);
                    break;
                }
                _ => break,
            }
            at = before;
        }
        person.first = plain.min(person.first);
    }

    /// Gives a person the role that stands before, where none has been told.
    fn hold(&self, person: &mut Person, node: &Node<'_>, plural: bool) {
        if person.role.is_none() {
            person.role = Some(node.stem.to_owned());
            person.common = self.words.is_common(node.stem);
            person.plural |= plural && person.name.is_none();
        }
    }
}
