//! People named in one breath: "X, Y와 Z", "X 등 연구원 3명".

use super::name::Name;
use super::node::{Kind, Node};
use super::particle::{Part, particle};
use super::person::Person;
use super::phrase::{backs, sets_apart};
use crate::extract::candidate::End;

/// Words between 등 and the head of its phrase, at most: "X 등 오픈AI 취리히 연구소 핵심 연구원 3명을".
const HEAD: usize = 9;

/// True where the word at `at` goes on a list of names: "X, Y", "X·Y", "X와 Y".
pub(super) fn follows_in_list(nodes: &[Node<'_>], last: &Name, at: usize) -> bool {
    match at.checked_sub(last.last + 1) {
        Some(0) => last.part == Part::With,
        Some(1) => {
            let mark = nodes.get(last.last + 1);
            last.part == Part::None
                && mark.is_some_and(|mark| mark.is_comma() || mark.kind == Kind::Dot)
        }
        _ => false,
    }
}

/// Gives people who are named in one breath one number, and the particle of the last.
pub(super) fn group(nodes: &[Node<'_>], found: &mut [Person]) {
    for index in 0..found.len() {
        let Some((before, rest)) = found.split_at_mut_checked(index) else { continue };
        let (Some(last), Some(own)) = (before.last(), rest.first_mut()) else { continue };
        let between = nodes.get(last.last + 1..own.first).unwrap_or(&[]);
        let joined = match last.part {
            Part::None => {
                !between.is_empty()
                    && between.iter().all(|node| {
                        node.is_comma()
                            || node.kind == Kind::Dot
                            || matches!(node.word, "및" | "그리고" | "등")
                    })
                    && last.name.is_some()
                    && !nodes.get(own.last + 1).is_some_and(backs)
                    // "X 등 핵심 인력을"
                    && (own.name.is_some() || between.iter().all(|node| node.word == "등"))
                    // "X·소라 총괄 Y"
                    || last.name.is_some()
                        && own.name.is_some()
                        && between.first().is_some_and(|node| node.kind == Kind::Dot)
                        && describe(between.get(1..).unwrap_or(&[]))
            }
            Part::With => {
                // "책임자 X와 코드 책임자 Y가"
                let told = |person: &Person| person.role.is_some() || person.held;
                let both = told(last) && own.role.is_some();
                let plain = between.iter().all(|node| {
                    node.kind == Kind::Word && node.part == Part::None && !sets_apart(node)
                });
                // "X와 다른 두 명의 동료도"
                let others = own.name.is_none()
                    && own.count.is_some()
                    && between.len() <= 2
                    && between.iter().all(|node| node.is_plain() && node.part == Part::None);
                // "A의 CEO와 일부 연구원을"
                let officers = last.name.is_none()
                    && own.name.is_none()
                    && last.employer.is_some()
                    && between.len() <= 2
                    && between.iter().all(|node| node.is_plain() && node.part == Part::None);
                between.iter().all(Node::is_comma)
                    || others
                    || officers
                    || both && own.name.is_some() && plain && between.len() <= 3
                    || own.name.is_some()
                        && describe(between)
                        && (act_together(nodes, own.last)
                            || last.role.is_some()
                                && last.employer.is_some()
                                && own.part == Part::Object)
            }
            // "X를 포함한 연구원 4명이"
            Part::Object => {
                let first = between.first().map_or("", |node| node.word);
                let includes = first.starts_with("포함한") || first.starts_with("비롯한");
                // "X를 비롯해 Y 등이"
                let named = own.name.is_some() && matches!(first, "비롯해" | "포함해");
                (includes || named)
                    && between.iter().skip(1).all(|node| {
                        node.is_plain() || named && matches!(node.kind, Kind::Company { .. })
                    })
            }
            _ => false,
        };
        own.group = if joined { last.group } else { index };
    }
    // "X를 포함한 30명 전원이": the head of the phrase has the particle.
    for own in found.iter_mut().filter(|own| own.part == Part::Object && own.name.is_some()) {
        let mut rest = nodes.get(own.last + 1..).unwrap_or(&[]).iter();
        let includes = rest
            .next()
            .is_some_and(|node| node.word.starts_with("포함한") || node.word.starts_with("비롯한"));
        let head = rest.take(5).take_while(|node| !node.is_break());
        let part = head.map(|node| node.part).find(|part| *part != Part::None);
        if let (true, Some(part @ (Part::Subject | Part::Topic))) = (includes, part) {
            own.part = part;
        }
    }
    // "X까지 3명이"
    for own in found.iter_mut().filter(|own| own.part == Part::Other && own.name.is_some()) {
        let count = nodes.get(own.last + 1).filter(|node| matches!(node.kind, Kind::Count(_)));
        if let Some(count) = count.filter(|count| count.part != Part::None) {
            own.part = count.part;
        }
    }
    for own in found.iter_mut().filter(|own| own.part == Part::None && own.name.is_some()) {
        head_of_others(nodes, own);
    }
    // "xAI 출신 X와 Y, 메타 연구원 Z": what stands before the first of them is said of both.
    inherit(found, |last| {
        nodes.get(last.first).is_some_and(|node| node.span.start < last.span.start)
    });
    for index in (0..found.len().saturating_sub(1)).rev() {
        let Some(next) = found.get(index + 1) else { continue };
        let (group, part, employer) = (next.group, next.part, next.employer.clone());
        let Some(own) = found.get_mut(index) else { continue };
        if own.group == group {
            own.part = part;
            // "X 전 가나재단 대표": where X was has been told, though nobody listed it.
            if own.employer.is_none() && !(own.former && own.role.is_some()) {
                own.employer = employer;
            }
        }
    }
    inherit(found, |_| true);
}

/// Words that describe the name behind them: "소라 (총괄 Y)", "소라 개발을 이끈 (Y)".
fn describe(words: &[Node<'_>]) -> bool {
    let plain = |node: &Node<'_>| {
        node.kind == Kind::Word && matches!(node.part, Part::None | Part::Of | Part::Object)
            || matches!(node.kind, Kind::Role { .. })
                && matches!(node.part, Part::None | Part::Object)
            || matches!(node.kind, Kind::Company { .. }) && node.part == Part::None
    };
    let (clause, head) = match words.split_last() {
        Some((last, head)) if last.kind == Kind::Adnominal => (true, head),
        _ => (false, words),
    };
    let object = head.iter().any(|node| node.part == Part::Object);
    words.len() <= 6 && head.iter().all(plain) && (clause || !object)
}

/// "X와 ... Y가 나란히": both do it.
fn act_together(nodes: &[Node<'_>], from: usize) -> bool {
    let words = ["나란히", "동시에", "함께", "모두", "각각", "잇따라", "잇달아", "줄줄이", "동반"];
    let behind = nodes.iter().skip(from + 1).take(6).take_while(|node| !node.is_break());
    behind.into_iter().any(|node| words.contains(&node.word))
}

/// Gives who has no employer that of the one named before in the same breath.
fn inherit(found: &mut [Person], lends: impl Fn(&Person) -> bool) {
    let mut lent = None;
    for index in 1..found.len() {
        let Some((before, rest)) = found.split_at_mut_checked(index) else { continue };
        if let (Some(last), Some(own)) = (before.last(), rest.first_mut())
            && own.group == last.group
            && own.employer.is_none()
            && (lends(last) || lent == Some(index - 1))
        {
            lent = Some(index);
            own.employer.clone_from(&last.employer);
            own.former = last.former;
            own.origin = last.origin;
        }
    }
}

/// "X 등 A 출신 연구원들이": the head of the phrase has the particle, and the company.
fn head_of_others(nodes: &[Node<'_>], own: &mut Person) {
    let Some(others) = nodes.get(own.last + 1).filter(|node| node.word.starts_with('등')) else {
        return;
    };
    let glued = others.word.strip_prefix('등').and_then(particle);
    if let Some(part) = glued {
        own.part = part;
        return;
    }
    let mut house = None;
    for (at, node) in nodes.iter().enumerate().skip(own.last + 2).take(HEAD) {
        // "X 등 4명, B 이직"
        let ends = nodes
            .get(at + 1)
            .is_some_and(|next| next.is_comma() || matches!(next.kind, Kind::Company { .. }));
        if matches!(node.kind, Kind::Count(_)) && node.part == Part::None && ends {
            own.last = at;
            return;
        }
        match node.kind {
            Kind::Company { company, product: false }
                if matches!(node.part, Part::None | Part::Of | Part::Origin) =>
            {
                house = Some((company, node.part == Part::Origin));
            }
            Kind::Word if node.stem.starts_with("출신") => {
                house = house.map(|(own, _)| (own, true))
            }
            Kind::Word | Kind::Role { .. } | Kind::Count(_) | Kind::Former | Kind::Dot => {}
            _ => return,
        }
        if !matches!(node.part, Part::None | Part::Of | Part::Origin) {
            own.part = node.part;
            if let (None, Some((company, origin))) = (&own.employer, house) {
                own.employer = Some(End::Listed(company));
                own.origin = origin;
                own.former = origin;
            }
            return;
        }
    }
}
