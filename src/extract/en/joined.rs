//! Where whoever joins comes from, what a new office is at, what is founded.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::going::Going;
use super::left::own;
use super::object::Object;
use super::phrase::{Phrase, Reader};
use crate::extract::candidate::End;
use crate::extract::latin;
use crate::model::Kind;

/// "Is bound for", "heads to": said of people who travel.
fn moves_on(verb: &str) -> bool {
    ["bound for", "head", "off to", "on ", "en route", "lands at", "landed at"]
        .iter()
        .any(|stem| verb.contains(stem))
}

/// "A partner at Zeta", "chief of Zeta": the company, listed nowhere, that an office is at.
pub(super) fn office_at(reader: &Reader<'_>, start: usize) -> Option<End> {
    let role = |at: &usize| matches!(reader.item(*at), Some(Item::Role { plural: false }));
    let tie = (start..start + 4).find(role)? + 1;
    let named = matches!(reader.lower(tie), "at" | "of")
        && reader.names_company(tie + 1)
        && !reader.words.is("abroad", reader.lower(tie + 1));
    // "Chair of a Davos panel": the name has to close the clause.
    match reader.unlisted(tie + 1) {
        (Object::Org { end, .. }, behind) if named && closes(reader, behind) => Some(end),
        _ => None,
    }
}

fn closes(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.item(at), None | Some(Item::Stop | Item::Comma | Item::And))
        || reader.words.is_function(reader.lower(at))
}

/// "Hired to lead", "confirmed as": by somebody who chose.
pub(super) fn is_chosen(verb: &str) -> bool {
    const VERBS: &[&str] = &[
        "hired to",
        "recruited to",
        "tapped to",
        "named to",
        "picked to",
        "chosen to",
        "selected to",
        "appointed to",
        "drafted in to",
        "brought in to",
        "lured to",
        "confirmed as",
        "unveiled as",
        "announced as",
        "introduced as",
        "presented as",
        "will be",
        "start",
        "taken up",
        "takes up",
        "took up",
    ];
    VERBS.iter().any(|start| verb.starts_with(start))
}

/// "Gana's Ada Gray joins Dara": the company around the name is where she comes from.
pub(super) fn joins(going: &mut Going<'_, '_>, ends: &mut Ends) -> Kind {
    let (reader, index, phrase) = (going.reader, going.index, going.phrase);
    let board = (index + 1..index + 9).any(|at| reader.words.is("current_board", reader.lower(at)));
    let stays = board && !phrase.former;
    let listed = matches!(ends.to, Some(End::Listed(_)));
    let brand = || if listed && phrase.org.is_none() { reader.brand_of(phrase) } else { None };
    let origin = phrase.org.clone().or_else(brand);
    let origin = origin.filter(|org| Some(org) != ends.to.as_ref() && !stays);
    // Boards are joined; whoever moves leaves.
    let verb = reader.lower(index);
    let moves = [
        "mov", "head", "go", "defect", "decamp", "jump", "bolt", "switch", "off to", "tak",
        "tipped", "lined up", "on ", "cross",
    ]
    .iter()
    .any(|stem| verb.starts_with(stem))
        && matches!(phrase.org, Some(End::Listed(_)))
        && phrase.role.is_some();
    let guess = matches!(ends.to, Some(End::Unlisted(_))) && ends.from.is_none() && !moves;
    if guess && !phrase.former && (ends.role.is_none() && !ends.called || board) {
        going.score -= if board || !is_plain(going, ends) { 0.5 } else { 0.2 };
    }
    // "Denmark's Novo Nordisk": hardly a person.
    let travels = moves_on(verb)
        && !matches!(&phrase.org, Some(End::Unlisted(owner)) if reader.words.is("abroad", &owner.to_lowercase()));
    let doubtful = phrase.role.is_none()
        && !travels
        && matches!(phrase.org, Some(End::Unlisted(_)))
        && phrase.persons.iter().all(|named| !named.sure);
    going.score -= if doubtful { 0.4 } else { 0.0 };
    ends.from = ends.from.take().or(origin);
    Kind::Joined
}

/// "Gana designer Ada Gray joins Zeta": one person with a post, not the head, and a name that ends
/// the clause; heads join panels and presidents.
fn is_plain(going: &Going<'_, '_>, ends: &Ends) -> bool {
    const HEADS: &[&str] = &[
        "ceo",
        "chief executive",
        "founder",
        "boss",
        "president",
        "chairman",
        "chair",
        "star",
        "fan",
        "critic",
        "mentor",
        "adviser",
        "advisor",
        "investor",
        "backer",
        "analyst",
        "head",
    ];
    let (reader, phrase) = (going.reader, going.phrase);
    let Some(role) = phrase.role.map(|role| reader.text_of(role).to_lowercase()) else {
        return false;
    };
    let head = HEADS.iter().any(|head| role.contains(head)) && !role.contains("vice");
    let end = reader.object(going.index + 1).1;
    let next = reader.lower(end);
    let over = matches!(reader.item(end), None | Some(Item::Stop))
        || matches!(next, "to" | "after" | "from")
        || next == "as" && reader.lower(end + 1) != "an";
    let name = match &ends.to {
        Some(End::Unlisted(name)) => name.to_lowercase(),
        _ => return false,
    };
    let place = name.split(' ').any(|word| {
        let other = reader.words.no_person(word) || latin::look_up(word).surname;
        let firm = reader.words.is("brand", word) || reader.words.org_suffix(word);
        reader.words.is("abroad", word) || other && !firm
    });
    let alone =
        reader.lower(going.index).starts_with("join") && !reader.lower(going.index).contains("ing");
    phrase.persons.len() == 1
        && !phrase.plural
        && !head
        && over
        && !place
        && alone
        && phrase.org.is_some()
}

/// "Gana researcher Ada Gray launches a startup": those who head a house may have another one.
fn is_employed(reader: &Reader<'_>, phrase: &Phrase) -> bool {
    phrase.role.is_some()
        && matches!(phrase.org, Some(End::Listed(_)))
        && !reader.heads_a_house(phrase)
}

/// "Ada Gray starts a lab"; `None` where nothing says that it is a company, or nobody is named.
pub(super) fn founds(
    going: &Going<'_, '_>,
    classes: &dyn Fn(u16) -> Class,
    ends: &mut Ends,
) -> Option<Kind> {
    let (reader, index, phrase) = (going.reader, going.index, going.phrase);
    let own_thing = reader.lower(index).starts_with("off to") && own(reader, index);
    let employed = is_employed(reader, phrase) && !phrase.former && !phrase.plural;
    let somebody = !phrase.persons.is_empty() || employed;
    if !(reader.mentions_startup(index + 1) || own_thing) || !somebody {
        return None;
    }
    let (object, _) = reader.object(index + 1);
    let past = |at: &usize| reader.lower(*at) == "after";
    let after = (index + 1..index + 9).find(past);
    let near = (index + 1..after.unwrap_or(index + 9)).find_map(|at| match reader.item(at)? {
        Item::Org { company, product: false } => Some(End::Listed(company)),
        _ => None,
    });
    ends.to = match object {
        Object::Org { end: End::Listed(_), loose: true } => return None,
        Object::Org { end: end @ End::Listed(_), .. } => Some(end),
        _ => near,
    };
    let leaves = phrase.former
        || phrase.worked
        || reader.lower(index).starts_with("off to")
        || reader.lower(index + 1) == "her"
        || own(reader, index)
        || is_employed(reader, phrase);
    // "Launches a firm after leaving Gana".
    let left = after.and_then(|after| reader.left_before(after + 1, classes));
    ends.from = phrase.org.clone().filter(|_| leaves).or(left);
    Some(Kind::Founded)
}
