//! Who is hired, and whether from outside: a company names its own people, too.

use super::chunk::Item;
use super::ends::Ends;
use super::phrase::{Phrase, Reader};
use crate::extract::candidate::End;
use crate::extract::text::Span;
use crate::model::Kind;

/// Completes the ends of somebody hired; `None` where she is there already.
pub(super) fn hired(
    reader: &Reader<'_>,
    verb: &str,
    phrase: &Phrase,
    employer: End,
    ends: &mut Ends,
) -> Option<Kind> {
    let brand = || if phrase.org.is_none() { reader.brand_of(phrase) } else { None };
    // "Adds a Gana Chat engineer": whoever makes the product.
    let maker = || {
        let founder = phrase.role.is_some_and(|role| reader.text_of(role).contains("founder"));
        (phrase.first..phrase.end).find_map(|at| match reader.item(at)? {
            Item::Org { company, product: true } if !founder => Some(End::Listed(company)),
            _ => None,
        })
    };
    let product = || if phrase.org.is_none() && !phrase.former { maker() } else { None };
    let origin = phrase.org.clone().or_else(brand).or_else(product);
    let origin = origin.filter(|org| *org != employer);
    if !matches!(ends.from, Some(End::Listed(_))) && origin.is_some() {
        ends.from = origin;
    }
    let own = phrase.org.as_ref() == Some(&employer) && ends.from.is_none();
    ends.to = Some(employer);
    let names = ["name", "appoint", "tap", "pick", "select", "choose", "turn", "install", "elect"];
    let names = names.iter().any(|stem| verb.starts_with(stem));
    if is_insider(reader, phrase, ends) || names && is_one_of_its_own(reader, phrase, ends) {
        return Some(Kind::Promoted);
    }
    // "Turns to its finance chief": who is meant is told only by the house of another.
    if verb.starts_with("turn")
        && !phrase.former
        && (ends.from.is_none() || phrase.persons.is_empty())
    {
        return None;
    }
    (!own || phrase.former && !names).then_some(Kind::Joined)
}

/// "Appoints chief operating officer Ada Gray as interim chief executive": she is there already.
pub(super) fn is_insider(reader: &Reader<'_>, phrase: &Phrase, ends: &Ends) -> bool {
    let chief = |role: Span| {
        let role = reader.text_of(role).to_lowercase();
        role.starts_with("chief ") && role.ends_with(" officer")
            || matches!(
                role.as_str(),
                "coo" | "cto" | "cfo" | "cpo" | "cro" | "co-founder" | "cofounder" | "president"
            )
    };
    let before =
        phrase.persons.first().zip(phrase.role).filter(|(one, role)| role.end <= one.span.start);
    let veteran = (phrase.first..phrase.end)
        .any(|at| reader.lower(at) == "company" && reader.lower(at + 1) == "veteran");
    if veteran && ends.from.is_none() {
        return true;
    }
    before.is_some_and(|(_, role)| chief(role))
        && phrase.org.is_none()
        && !phrase.former
        && ends.from.is_none()
        && reader.lower(phrase.end) == "as"
}

/// "Taps software chief Ada Gray", "names its COO", "picks longtime insider Bo Field": without a
/// company of her own, whoever heads something heads it there.
pub(super) fn is_one_of_its_own(reader: &Reader<'_>, phrase: &Phrase, ends: &Ends) -> bool {
    const OWN: &[&str] =
        &["its", "own", "insider", "in-house", "internal", "current", "existing", "homegrown"];
    const HEADS: &[&str] = &[
        "chief",
        "head",
        "boss",
        "vp",
        "svp",
        "evp",
        "president",
        "director",
        "lead",
        "leader",
        "officer",
        "coo",
        "cto",
        "cfo",
        "cpo",
        "cro",
        "manager",
        "counsel",
    ];
    if ends.from.is_some() {
        return false;
    }
    let named = phrase.persons.first().map(|one| one.span.start);
    let last = phrase.end.checked_sub(1).and_then(|last| reader.at(last));
    let Some(name) = named.or(last.map(|chunk| chunk.span.end)) else { return false };
    let before = |at: usize| reader.at(at).is_some_and(|chunk| chunk.span.end <= name);
    let mut words = (phrase.first..phrase.end).filter(|at| before(*at));
    if words.any(|at| OWN.contains(&reader.lower(at)) || reader.lower(at).ends_with("insider")) {
        return true;
    }
    if phrase.former || named.is_none() {
        return false;
    }
    let head = phrase.role.filter(|role| role.end <= name).is_some_and(|role| {
        let role = reader.text_of(role).to_lowercase();
        role == "board member" || role.rsplit(' ').next().is_some_and(|last| HEADS.contains(&last))
    });
    let article = matches!(reader.lower(phrase.first), "a" | "an" | "another");
    head && !article && phrase.org.is_none()
}

/// "Gana names a chief": nobody is named, and nothing tells where from.
pub(super) fn is_bare(reader: &Reader<'_>, verb: &str, phrase: &Phrase) -> bool {
    const WEAK: &[&str] = &[
        "named",
        "names",
        "appoints",
        "appointed",
        "elects",
        "adds",
        "lands",
        "welcomes",
        "picks",
        "picked",
        "signs up",
        "grabs",
        "brings in",
    ];
    let described = phrase.count.is_some()
        || phrase.org.is_some()
        || reader.brand_of(phrase).is_some()
        || phrase.former
        || (phrase.end..phrase.end + 3).any(|at| reader.lower(at) == "from");
    phrase.persons.is_empty() && WEAK.contains(&verb) && !described
}

/// "Gets Ada Gray": says that she comes only where another company is told with her.
pub(super) fn is_got(reader: &Reader<'_>, verb: &str, phrase: &Phrase) -> bool {
    let signed = verb == "signs" && (phrase.org.is_some() || !phrase.persons.is_empty());
    // "Gana gets Ada Gray and Bo Field": names, and nothing more.
    let ends = matches!(reader.item(phrase.end), None | Some(Item::Stop));
    let sure = !phrase.persons.is_empty() && phrase.persons.iter().all(|named| named.sure);
    if sure && ends && verb == "gets" {
        return false;
    }
    let known = phrase.org.is_some() && (phrase.former || !phrase.persons.is_empty()) || signed;
    let over = match reader.item(phrase.end) {
        None | Some(Item::Stop | Item::Comma) => true,
        _ => matches!(reader.lower(phrase.end), "as" | "to" | "for"),
    };
    matches!(verb, "gets" | "gains" | "signs" | "lines up") && !(known && over)
}

/// "Gana's Ada Gray named Dara CTO": the company, listed nowhere, that a role is tied to.
pub(super) fn named_elsewhere(reader: &Reader<'_>, start: usize) -> Option<End> {
    let start = if reader.lower(start) == "as" { start + 1 } else { start };
    let name = |at: &usize| {
        reader.at(*at).is_some_and(|chunk| {
            chunk.item == Item::Word
                && chunk.cap
                && !reader.words.is_function(&chunk.lower)
                && !reader.words.is("no_company", &chunk.lower)
        })
    };
    let end = (start..start + 3).take_while(name).last()? + 1;
    let role = if reader.item(end) == Some(Item::Poss) { end + 1 } else { end };
    let span = Span::new(reader.at(start)?.span.start, reader.at(end - 1)?.span.end);
    matches!(reader.item(role), Some(Item::Role { .. }))
        .then(|| End::Unlisted(reader.text_of(span)))
}

/// "Tapped as science minister": whoever goes into public office leaves the company.
pub(super) fn goes_into_office(reader: &Reader<'_>, start: usize) -> bool {
    let office = ["minister", "secretary", "ambassador", "czar", "commissioner", "presidential"];
    (start..start + 6)
        .take_while(|at| !matches!(reader.item(*at), None | Some(Item::Stop | Item::Comma)))
        .any(|at| office.iter().any(|word| reader.lower(at).split(' ').any(|part| part == *word)))
}
