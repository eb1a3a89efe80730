//! Moves told in several places, united: the same one told twice, those who go together.

use super::reading::FOLLOWS;
use super::words::Words;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::text::Span;
use crate::model::{Field, Kind, Suppressed};

/// "Ada Gray leaves Gana for Dara; Bo Field follows": from where and to where she went.
pub(super) fn follow(found: &mut Vec<Candidate>) {
    let mut before: Option<Candidate> = None;
    found.retain_mut(|one| {
        if one.pattern == FOLLOWS {
            let Some(before) = &before else { return false };
            let own = one.from.take().filter(|_| before.to.is_some());
            one.from = own.or_else(|| before.from.clone());
            one.to = before.to.clone();
            one.kind = before.kind;
            return true;
        }
        if one.suppressed.is_none() && one.kind != Kind::Promoted {
            before = Some(one.clone());
        }
        true
    });
}

/// True where both ends may be the same; an end that is not told fits any.
pub(super) fn open(passages: &[Passage<'_>], a: &Option<End>, b: &Option<End>) -> bool {
    match (a, b) {
        (Some(End::Listed(a)), Some(End::Listed(b))) => {
            passages.first().is_some_and(|passage| passage.gazetteer.related(*a, *b))
        }
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// "Gana poaches a Dara executive. Gana has hired a senior executive from Dara": one move, told
/// twice without a name.
pub(super) fn fold(words: &Words, passages: &[Passage<'_>], found: &mut Vec<Candidate>) {
    let uncounted = |one: &Candidate| {
        let role = one.role.as_deref().and_then(|role| role.rsplit(' ').next());
        let role = role.map(str::to_lowercase);
        one.count <= 1 && role.is_some_and(|role| words.role(&role) == Some(true))
    };
    let unnamed = |one: &Candidate| {
        one.person.is_none() && one.suppressed.is_none() && one.kind != Kind::Promoted
    };
    let mut at = 0;
    while at < found.len() {
        let again = found.get(at).filter(|one| unnamed(one)).and_then(|one| {
            let twin = |other: &Candidate| {
                unnamed(other)
                    && (other.field, other.sentence) != (one.field, one.sentence)
                    && (other.count == one.count
                        || (other.count > 1) == (one.count > 1)
                        || uncounted(one)
                        || uncounted(other))
                    && open(passages, &one.from, &other.from)
                    && open(passages, &one.to, &other.to)
                    && (one.from.is_some() && other.from.is_some()
                        || one.to.is_some() && other.to.is_some())
            };
            found.iter().skip(at + 1).position(twin).map(|offset| at + 1 + offset)
        });
        let Some(again) = again else {
            at += 1;
            continue;
        };
        let later = found.remove(again);
        if let Some(one) = found.get_mut(at) {
            one.from = one.from.take().or(later.from);
            one.to = one.to.take().or(later.to);
            one.count = one.count.max(later.count);
            one.score = one.score.max(later.score);
            one.status = one.status.max(later.status);
            one.kind = match (one.kind, &one.from, &one.to) {
                (Kind::Joined | Kind::Left, Some(_), Some(_)) => Kind::Moved,
                (kind, ..) => kind,
            };
        }
    }
}

/// "Gana poaches three Dara researchers. Ada Gray, Bo Field and Cy Hill will join ...": the names
/// take the ends of the group that they are.
pub(super) fn complete(found: &mut Vec<Candidate>) {
    let group = |one: &Candidate| one.person.is_none() && one.count > 1 && one.suppressed.is_none();
    let Some(at) = found.iter().position(group) else { return };
    let Some(whole) = found.get(at).cloned() else { return };
    let fits = |one: &Candidate| {
        let end = |a: &Option<End>, b: &Option<End>| a.is_none() || b.is_none() || a == b;
        one.person.is_some()
            && one.suppressed.is_none()
            && end(&one.from, &whole.from)
            && end(&one.to, &whole.to)
            && one.field != Field::Content
    };
    // "Ada Gray and two others": she is none of the two.
    let beside = |one: &&Candidate| one.trigger == whole.trigger && one.field == whole.field;
    let told: Vec<&String> =
        found.iter().filter(beside).filter_map(|one| one.person.as_ref()).collect();
    let mut names: Vec<&String> =
        found.iter().filter(|one| fits(one)).filter_map(|one| one.person.as_ref()).collect();
    names.retain(|name| !told.contains(name));
    names.sort();
    names.dedup();
    if names.len() != whole.count as usize {
        return;
    }
    for one in found.iter_mut().filter(|one| fits(one)) {
        one.from = one.from.take().or_else(|| whole.from.clone());
        one.to = one.to.take().or_else(|| whole.to.clone());
        one.score = one.score.max(whole.score - 0.1);
        if one.from.is_some() && one.to.is_some() && one.kind != Kind::Founded {
            one.kind = Kind::Moved;
        }
    }
    found.remove(at);
}

/// "Gana's chief goes to Dara. Dara is hiring Ada Gray, co-founder Bo Field and ...": those hired
/// with her come from where she comes from.
pub(super) fn siblings(passages: &[Passage<'_>], found: &mut Vec<Candidate>) {
    let same = |a: &Option<End>, b: &Option<End>| match (a, b) {
        (Some(End::Listed(a)), Some(End::Listed(b))) => {
            passages.first().is_some_and(|passage| passage.gazetteer.related(*a, *b))
        }
        (a, b) => a == b,
    };
    let told: Vec<Candidate> = found.to_vec();
    let open = |one: &Candidate| {
        one.person.is_some() && one.from.is_none() && one.to.is_some() && one.suppressed.is_none()
    };
    for one in found.iter_mut().filter(|one| open(one)) {
        let together = |other: &&Candidate| {
            other.sentence == one.sentence
                && other.trigger == one.trigger
                && other.field == one.field
        };
        let names: Vec<&String> =
            told.iter().filter(together).filter_map(|other| other.person.as_ref()).collect();
        let origin = told.iter().find(|other| {
            other.field == Field::Title
                && other.suppressed.is_none()
                && other.from.is_some()
                && same(&other.to, &one.to)
                && one.field != Field::Title
                && other.person.as_ref().is_none_or(|name| names.contains(&name))
        });
        if let Some(origin) = origin {
            one.from = origin.from.clone();
            one.kind = if one.kind == Kind::Joined { Kind::Moved } else { one.kind };
        }
    }
    // Whoever the title left without a name is one of them.
    let open = |end: &Option<End>, of: &Option<End>| end.is_none() || same(end, of);
    let named = |one: &Candidate| {
        let fits = |other: &&Candidate| {
            other.person.is_some()
                && other.suppressed.is_none()
                && other.field != Field::Title
                && open(&one.from, &other.from)
                && open(&one.to, &other.to)
        };
        found.iter().filter(fits).count() > 1
    };
    let unnamed = |one: &Candidate| {
        one.field == Field::Title
            && one.person.is_none()
            && one.count <= 1
            && one.suppressed.is_none()
            && one.kind != Kind::Promoted
    };
    if let Some(at) = found.iter().position(|one| unnamed(one) && named(one)) {
        found.remove(at);
    }
}

/// "Ada Gray left Dara, then joined Gana": no later sentence has her leave Gana.
pub(super) fn agree(passages: &[Passage<'_>], found: &mut [Candidate]) {
    let told = found.to_vec();
    for one in found.iter_mut().filter(|one| one.kind == Kind::Left && one.from.is_some()) {
        let whole = told.iter().find(|other| {
            other.person.is_some()
                && other.person == one.person
                && other.suppressed.is_none()
                && other.kind == Kind::Moved
                && other.field == Field::Title
                && open(passages, &other.to, &one.from)
                && !open(passages, &other.from, &one.from)
        });
        if let Some(whole) = whole.filter(|_| one.field != Field::Title) {
            (one.from, one.to, one.kind) = (whole.from.clone(), whole.to.clone(), whole.kind);
        }
    }
}

/// "Gana loses four researchers. Ada Gray departed in May, Bo Field has gone to Dara": those named
/// are of the group that the title tells.
pub(super) fn members(passages: &[Passage<'_>], found: &mut [Candidate]) {
    let group = |one: &&Candidate| {
        one.field == Field::Title
            && one.person.is_none()
            && one.kind == Kind::Left
            && one.from.is_some()
            && (one.count > 1 && one.suppressed.is_none()
                || one.suppressed == Some(Suppressed::Generic))
    };
    let Some(from) = found.iter().find(group).and_then(|one| one.from.clone()) else { return };
    let from = Some(from);
    let fits = |one: &&mut Candidate| {
        one.field == Field::Summary
            && one.person.is_some()
            && one.suppressed.is_none()
            && (one.to.is_none() || !open(passages, &one.to, &from))
    };
    for one in found.iter_mut().filter(fits) {
        match one.kind {
            Kind::Left | Kind::Moved if one.from == from => one.score = one.score.max(0.6),
            Kind::Joined if one.from.is_none() && one.to.is_some() => {
                one.from = from.clone();
                one.kind = Kind::Moved;
            }
            _ => {}
        }
    }
}

/// "Gana's robotics chief departs: Ada Gray joins Dara": the name behind the colon is hers.
pub(super) fn behind_colon(passages: &[Passage<'_>], found: &mut Vec<Candidate>) {
    let Some(title) = passages.iter().find(|passage| passage.field == Field::Title) else { return };
    let parted = |one: &Candidate, other: &Candidate| {
        let between = Span::new(one.trigger.end, other.trigger.start.max(one.trigger.end));
        title.text.get(between).contains(':')
    };
    let fits = |one: &Candidate, other: &Candidate| {
        one.person.is_none()
            && one.count <= 1
            && one.kind == Kind::Left
            && one.suppressed.is_none()
            && other.person.is_some()
            && other.kind == Kind::Joined
            && other.from.is_none()
            && one.field == Field::Title
            && other.field == Field::Title
            && parted(one, other)
    };
    let pairs =
        (1..found.len()).filter_map(|at| Some((at - 1, found.get(at - 1)?, found.get(at)?)));
    let hit = pairs.filter(|(_, one, other)| fits(one, other)).map(|(at, ..)| at).next();
    let Some(at) = hit else { return };
    let whole = found.remove(at);
    if let Some(named) = found.get_mut(at) {
        named.from = whole.from;
        named.role = named.role.take().or(whole.role);
        named.kind = Kind::Moved;
    }
}
