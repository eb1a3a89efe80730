//! What the united candidates of an article tell of each other.

use super::unite::{APPOINT, GUESSED, SERVED, agree, end, fill};
use crate::extract::candidate::Candidate;
use crate::extract::company::Gazetteer;
use crate::extract::script::Script;
use crate::model::Kind;

/// "B hires a manager from A", and further down "X was with A before": X is the manager.
pub(super) fn named_by_past(named: &mut [Candidate], rest: &[Candidate], gazetteer: &Gazetteer) {
    let mut past = rest.iter().filter(|own| own.pattern == SERVED && own.person.is_some());
    let (Some(served), None) = (past.next(), past.next()) else { return };
    let [own] = named else { return };
    let one = own.person.is_none() && own.count == 1 && own.to.is_some() && own.from.is_some();
    if one && end(&own.from, &served.from, gazetteer) && served.from.is_some() {
        own.person.clone_from(&served.person);
        own.person_span = served.person_span;
        own.field = served.field;
        own.sentence = served.sentence;
        own.trigger = served.trigger;
    }
}

/// "基思·斯特里尔" of the title is the "Keith Strier" of the text, where each names nobody else.
pub(super) fn two_scripts(named: &mut Vec<Candidate>, gazetteer: &Gazetteer) {
    let names: Vec<usize> = (0..named.len())
        .filter(|at| named.get(*at).is_some_and(|own| own.person.is_some()))
        .collect();
    let [first, second] = names.as_slice() else { return };
    let (Some(a), Some(b)) = (named.get(*first), named.get(*second)) else { return };
    let same = a.from.is_some() && a.from == b.from || a.to.is_some() && a.to == b.to;
    let name = |own: &Candidate| own.person.clone().unwrap_or_default();
    if a.field == b.field || !same || !agree(a, b, gazetteer) {
        return;
    }
    let (latin, other) = match (is_latin(&name(a)), is_latin(&name(b))) {
        (true, false) if is_foreign(&name(b)) => (*first, *second),
        (false, true) if is_foreign(&name(a)) => (*second, *first),
        _ => return,
    };
    let other = named.remove(other);
    let at = if latin > named.len() || latin == *second { latin - 1 } else { latin };
    if let Some(own) = named.get_mut(at) {
        fill(own, &other, gazetteer);
    }
}

fn is_latin(name: &str) -> bool {
    name.contains(' ')
        && name.chars().all(|ch| ch == ' ' || Script::of(ch) == Script::Latin || ".-'".contains(ch))
}

/// True for a name as Han or Kana transliterate it.
fn is_foreign(name: &str) -> bool {
    let kana = |ch: char| matches!(Script::of(ch), Script::Katakana);
    name.contains(['·', '・', '‧', '•']) || name.chars().all(kana)
}

/// Those who most likely rise in their own house.
pub(super) fn stay_at_home(named: &mut [Candidate], rest: &[Candidate]) {
    // "A 任命 X", and further down "A 的负责人 X": X was there.
    let risen = |own: &Candidate| {
        rest.iter().any(|other| {
            other.kind == Kind::Promoted && other.person == own.person && other.to == own.to
        })
    };
    for own in named.iter_mut().filter(|own| own.person.is_some() && own.from.is_none()) {
        // "A 任命 X 为副总裁", and no word of another house: most likely one of A's own.
        let bare = own.pattern == APPOINT && own.role.is_none();
        if own.kind == Kind::Joined && (bare || risen(own)) {
            own.kind = Kind::Promoted;
        }
    }
}

/// One who goes to B has not left B, where that was only guessed.
pub(super) fn drop_wrong_guesses(named: &mut Vec<Candidate>) {
    let goals: Vec<Candidate> = named.iter().filter(|own| own.to.is_some()).cloned().collect();
    named.retain(|own| {
        let goes = |goal: &&Candidate| {
            own.person.is_some() && goal.person == own.person && goal.to == own.from
        };
        // "Formerly of A, X left and went back to A": no departure from A.
        let back = |goal: &&Candidate| own.kind == Kind::Left && goal.from.is_some();
        let guessed = own.pattern == GUESSED;
        !goals.iter().filter(goes).any(|goal| guessed || back(&goal))
    });
}
