//! Unites what title and summary say: one person's ends, and a group with its names.

use super::{roster, settle};
use crate::extract::candidate::{Candidate, End};
use crate::extract::company::Gazetteer;
use crate::model::{Kind, Suppressed};

/// Marks an unnamed group that stands beside named people ("X and several others").
pub(crate) const BESIDE: &str = "beside";

/// Marks where someone worked before: no move, but the origin of one.
pub(crate) const SERVED: &str = "served";

/// Marks the names of those whom the article counts elsewhere: no move, but who makes it.
pub(crate) const ROSTER: &str = "roster";

/// The same of a list without a number.
pub(crate) const LISTED: &str = "list of names";

/// Marks a post that is given, perhaps to one of the house.
pub(crate) const APPOINT: &str = "appoint";

/// Marks a departure from the company that stood nearest.
pub(crate) const GUESSED: &str = "leave, from the company spoken of";

/// Merges the candidates of one article.
pub(crate) fn unite(
    mut found: Vec<Candidate>,
    gazetteer: Option<&Gazetteer>,
    known: &Known<'_>,
) -> Vec<Candidate> {
    let Some(gazetteer) = gazetteer else { return found };
    one_spelling(&mut found, known);
    let roster = roster::take(&mut found);
    let mut named: Vec<Candidate> = Vec::new();
    let mut unnamed: Vec<Candidate> = Vec::new();
    let mut rest: Vec<Candidate> = Vec::new();
    // "Its CEO and its team": two movers of one trigger, told apart by their roles.
    let several = |one: &Candidate| {
        let same = |other: &&Candidate| {
            other.person.is_none() && other.field == one.field && other.trigger == one.trigger
        };
        found.iter().filter(same).count() > 1
    };
    let several: Vec<bool> = found.iter().map(several).collect();
    for (candidate, several) in found.into_iter().zip(several) {
        if candidate.suppressed.is_some() || candidate.kind == Kind::Promoted {
            rest.push(candidate);
        } else if candidate.person.is_some() {
            put(&mut named, candidate, gazetteer, false);
        } else {
            put(&mut unnamed, candidate, gazetteer, several);
        }
    }
    roster::spell_out(roster, &mut named, &mut unnamed);
    let crowds: Vec<(Option<End>, Option<End>, u32)> =
        unnamed.iter().map(|own| (own.from.clone(), own.to.clone(), own.count)).collect();
    for group in unnamed {
        // "A、トップに B 共同創業者", whom the text names: B is history.
        let named_below = named.iter().any(|own| own.person.is_some() && own.to == group.to);
        if group.to.is_some() && group.count <= 1 && is_founder(&group) && named_below {
            continue;
        }
        let fits: Vec<usize> = (0..named.len())
            .filter(|index| {
                named
                    .get(*index)
                    .is_some_and(|own| agree(own, &group, gazetteer) && !told_beside(own, &group))
            })
            .collect();
        let many = u32::try_from(fits.len()).unwrap_or(u32::MAX);
        // "X ら 3 名", and the text names all three; "X 和另外两名" are others.
        let role = group.role.as_deref().unwrap_or("");
        let further = role.starts_with(['另', '其', '他']);
        if group.pattern == BESIDE && group.count > 1 && many >= group.count && !further {
            continue;
        }
        if fits.is_empty() || group.pattern == BESIDE {
            named.push(group);
        } else {
            let ends = group.from.is_some() && group.to.is_some();
            let same = named.iter().filter(|own| own.person.is_some() && own.to == group.to);
            let named_too = u32::try_from(same.count()).unwrap_or(u32::MAX).max(many);
            let others = ends && group.count >= named_too.saturating_add(2);
            // "Its CEO and its co-founder", whom the text names both.
            let both = group.from.is_some() && group.to.is_some();
            let alike = crowds.iter().filter(|own| own.0 == group.from && own.1 == group.to);
            let all = both && alike.map(|own| own.2).sum::<u32>() >= many;
            let complete = all || group.count >= many || group.count <= 1 && many == 1;
            for own in fits.into_iter().filter(|_| complete) {
                if let Some(own) = named.get_mut(own) {
                    fill(own, &group, gazetteer);
                }
            }
            // "Twenty researchers, X among them".
            if others {
                named.push(group);
            }
        }
    }
    settle::named_by_past(&mut named, &rest, gazetteer);
    settle::drop_wrong_guesses(&mut named);
    settle::two_scripts(&mut named, gazetteer);
    let alone = named.iter().filter(|own| own.person.is_some()).count() == 1;
    for own in named
        .iter_mut()
        .filter(|own| own.person.is_some() && own.from.is_none() && own.kind == Kind::Joined)
    {
        // "He was with A before": of the only one whom the article names.
        let own_past = |other: &&Candidate| {
            other.pattern == SERVED
                && (other.person == own.person || other.person.is_none() && alone)
        };
        let served = rest.iter().find(own_past);
        // "X joins B", and further down "X left A in March".
        let left = |other: &&Candidate| {
            let told = matches!(other.suppressed, Some(Suppressed::Recap | Suppressed::Historical));
            told && other.kind == Kind::Left && other.person == own.person
        };
        let past = served.or_else(|| rest.iter().find(left));
        if let Some(past) = past.filter(|past| agree(own, past, gazetteer)) {
            fill(own, past, gazetteer);
        }
    }
    settle::stay_at_home(&mut named, &rest);
    named.extend(rest.into_iter().filter(|candidate| candidate.pattern != SERVED));
    named
}

/// True for two whom one verb moves: "its CEO and its research team".
fn told_beside(a: &Candidate, b: &Candidate) -> bool {
    let unnamed = a.person.is_none() && b.person.is_none();
    let ends = b.from.is_some() && b.to.is_some() && matches!(a.pattern, "hire" | APPOINT);
    let posts = is_post(a) && is_post(b) && a.role != b.role;
    unnamed && (ends || posts) && a.trigger == b.trigger && a.field == b.field
}

/// True for a post that one person holds.
fn is_post(own: &Candidate) -> bool {
    const POSTS: [&str; 15] = [
        "デザイナー",
        "设计师",
        "責任者",
        "社長",
        "CEO",
        "CTO",
        "COO",
        "CFO",
        "负责人",
        "負責人",
        "总裁",
        "總裁",
        "主管",
        "总监",
        "總監",
    ];
    own.role.as_deref().is_some_and(|role| POSTS.iter().any(|post| role.ends_with(post)))
}

/// The known person that a name stands for, and whether it is the full name.
pub(crate) type Known<'a> = dyn Fn(&str) -> Option<(String, bool)> + 'a;

/// Writes one person's name one way: a surname, or another script, gives way to the first full
/// spelling of the article that stands for the same known person.
fn one_spelling(found: &mut [Candidate], known: &Known<'_>) {
    let mut firsts: Vec<(String, String)> = Vec::new();
    for pass in [true, false] {
        for name in found.iter_mut().filter_map(|own| own.person.as_mut()) {
            let Some((latin, full)) = known(name) else { continue };
            match firsts.iter().find(|(_, own)| *own == latin) {
                Some((first, _)) => name.clone_from(first),
                None if pass == full => firsts.push((name.clone(), latin)),
                None => {}
            }
        }
    }
}

fn put(list: &mut Vec<Candidate>, candidate: Candidate, gazetteer: &Gazetteer, by_role: bool) {
    let twin = list.iter_mut().find(|own| {
        own.person == candidate.person
            && (own.pattern == BESIDE) == (candidate.pattern == BESIDE)
            && !two_groups(own, &candidate)
            && !two_posts(own, &candidate)
            && (agree(own, &candidate, gazetteer) || once_founded(own, &candidate))
            && (!by_role || same_role(own, &candidate))
    });
    match twin {
        Some(own) => {
            own.count = own.count.max(candidate.count);
            own.score = own.score.max(candidate.score);
            if is_founder(own) && own.from != candidate.from && candidate.from.is_some() {
                own.from = None;
                own.role.clone_from(&candidate.role);
            }
            fill(own, &candidate, gazetteer);
        }
        None => list.push(candidate),
    }
}

/// True for one person on the way to one place, called the founder of one company and of another
/// what they are today: the founder's company is history.
fn once_founded(a: &Candidate, b: &Candidate) -> bool {
    a.person.is_some() && a.to.is_some() && a.to == b.to && is_founder(a) != is_founder(b)
}

fn is_founder(own: &Candidate) -> bool {
    const FOUNDERS: [&str; 8] = ["創業", "創設", "設立者", "创始", "創始", "创办", "創辦", "联创"];
    own.role.as_deref().is_some_and(|role| FOUNDERS.iter().any(|word| role.contains(word)))
}

/// True for groups that one sentence counts apart: "four researchers and one vice president".
fn two_groups(a: &Candidate, b: &Candidate) -> bool {
    let unnamed = a.person.is_none() && b.person.is_none();
    unnamed
        && a.sentence == b.sentence
        && a.field == b.field
        && a.count != b.count
        && a.count > 0
        && b.count > 0
}

/// True for the holders of two posts of which one text tells: "its lawyer leaves, its designer
/// joins B".
fn two_posts(a: &Candidate, b: &Candidate) -> bool {
    let unnamed = a.person.is_none() && b.person.is_none();
    unnamed && a.field == b.field && is_post(a) && is_post(b) && !same_role(a, b)
}

/// True when one role contains the other.
fn same_role(a: &Candidate, b: &Candidate) -> bool {
    match (&a.role, &b.role) {
        (Some(a), Some(b)) => a.contains(b.as_str()) || b.contains(a.as_str()),
        _ => false,
    }
}

/// True when nothing in the ends speaks against one move.
pub(super) fn agree(a: &Candidate, b: &Candidate, gazetteer: &Gazetteer) -> bool {
    let (from, to) = (end(&a.from, &b.from, gazetteer), end(&a.to, &b.to, gazetteer));
    // Two moves that share no end, as leaving A and joining B, may still be one.
    from && to && !crossed(a, b, gazetteer) && !crossed(b, a, gazetteer)
}

pub(super) fn end(a: &Option<End>, b: &Option<End>, gazetteer: &Gazetteer) -> bool {
    match (a, b) {
        (Some(End::Listed(a)), Some(End::Listed(b))) => gazetteer.related(*a, *b),
        _ => true,
    }
}

/// True when one comes from where the other goes.
fn crossed(a: &Candidate, b: &Candidate, gazetteer: &Gazetteer) -> bool {
    match (&a.from, &b.to) {
        (Some(End::Listed(a)), Some(End::Listed(b))) => gazetteer.related(*a, *b),
        _ => false,
    }
}

pub(super) fn fill(own: &mut Candidate, other: &Candidate, gazetteer: &Gazetteer) {
    let better = |own: &Option<End>, other: &Option<End>| match (own, other) {
        (None, _) | (Some(End::Unlisted(_)), Some(End::Listed(_))) => other.clone(),
        // DeepMind says more than Google.
        (Some(End::Listed(a)), Some(End::Listed(b))) => {
            let child = gazetteer.company(*b).is_some_and(|company| company.parent.is_some());
            if child && gazetteer.related(*a, *b) { other.clone() } else { own.clone() }
        }
        _ => own.clone(),
    };
    own.from = better(&own.from, &other.from);
    own.to = better(&own.to, &other.to);
    own.role = own.role.take().or_else(|| other.role.clone());
    own.status = own.status.min(other.status);
    if own.from.is_some() && own.to.is_some() && own.kind != Kind::Founded {
        own.kind = Kind::Moved;
    }
}
