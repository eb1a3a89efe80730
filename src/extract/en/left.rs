//! What is left, told without an object: turns behind and before the verb.

use super::chunk::Item;
use super::dated::month;
use super::going::Going;
use super::phrase::Reader;
use crate::extract::candidate::End;

/// "Ousted as Gana's research chief, Ada Gray joins Dara": the company of the part before.
pub(super) fn left_before(going: &Going<'_, '_>, to: Option<&End>) -> Option<End> {
    const LEFT: &[&str] = &[
        "quit",
        "out",
        "left",
        "leaving",
        "quitting",
        "ousted",
        "fired",
        "sacked",
        "dismissed",
        "formerly",
        "once",
        "fresh",
        "straight",
        "previously",
        "until",
        "departing",
    ];
    let reader = going.reader;
    let article = matches!(reader.lower(going.phrase.first.wrapping_sub(1)), "the" | "a" | "an");
    let comma = going.phrase.first.checked_sub(1 + usize::from(article))?;
    if reader.item(comma) != Some(Item::Comma) {
        return None;
    }
    let border = |at: &usize| matches!(reader.item(*at), Some(Item::Stop | Item::Comma));
    let start = (0..comma).rev().find(border).map_or(0, |at| at + 1);
    // "After six years with Gana, Ada Gray is now ...".
    let time = |at: usize| {
        matches!(
            reader.lower(at),
            "years" | "year" | "decade" | "decades" | "months" | "stint" | "career"
        )
    };
    let after = reader.lower(start) == "after" && (start..comma).any(time);
    let left = after
        || (start..comma).any(|at| {
            LEFT.iter().any(|word| reader.lower(at).split(' ').any(|part| part == *word))
        });
    let mut named = (start..comma).filter_map(|at| match reader.item(at)? {
        Item::Org { company, product: false } => Some(End::Listed(company)),
        _ => None,
    });
    match (named.next(), named.next()) {
        (Some(one), None) if left && Some(&one) != to => Some(one),
        _ => None,
    }
}

/// "Gana and its chief part ways": the company before the one who goes.
pub(super) fn parted_from(going: &Going<'_, '_>) -> Option<End> {
    let (reader, first) = (going.reader, going.phrase.first);
    let its = usize::from(matches!(reader.lower(first.wrapping_sub(1)), "its" | "their"));
    let glue = first.checked_sub(1 + its)?;
    let joined = matches!(reader.item(glue), Some(Item::And | Item::Comma));
    match reader.item(glue.checked_sub(1)?)? {
        Item::Org { company, product: false }
            if joined && reader.lower(going.index).starts_with("part") =>
        {
            Some(End::Listed(company))
        }
        _ => None,
    }
}

/// "Leader departs Gana's self-driving project": whoever heads what a company does.
pub(super) fn leaves_project(going: &Going<'_, '_>) -> bool {
    let (reader, phrase) = (going.reader, going.phrase);
    let single = !phrase.plural && (phrase.role.is_some() || !phrase.persons.is_empty());
    let words = going.index + 3..going.index + 9;
    let inside = |at: &usize| {
        matches!(reader.item(*at), Some(Item::Word | Item::Role { .. } | Item::Org { .. }))
    };
    let mut words = words.take_while(inside);
    let effort = words.any(|at| {
        matches!(
            reader.lower(at),
            "project" | "projects" | "program" | "programme" | "effort" | "efforts" | "initiative"
        )
    });
    let owned = matches!(reader.item(going.index + 1), Some(Item::Org { .. }))
        && reader.item(going.index + 2) == Some(Item::Poss);
    let aims = (going.index + 3..going.index + 12).any(|at| reader.lower(at) == "to");
    single && owned && effort && !aims
}

/// "This week", "on Monday", "earlier this month" from chunk `at` on.
pub(super) fn is_lately(reader: &Reader<'_>, at: usize) -> bool {
    let skip = usize::from(matches!(reader.lower(at), "on" | "earlier"));
    let day = reader.lower(at + skip);
    matches!(day, "today" | "yesterday")
        || day.ends_with("day") && day.len() > 5
        || day == "this" && matches!(reader.lower(at + skip + 1), "week" | "month")
        || matches!(day, "last" | "next") && reader.lower(at + skip + 1) == "week"
        || day == "over" && reader.lower(at + 2) == "weekend"
        || matches!(reader.lower(at), "on" | "of" | "from" | "effective")
            && month(reader.lower(at + 1)).is_some()
            && reader.lower(at + 2).parse::<u8>().is_ok()
}

/// Behind "joins Gana in": a cause, no post.
pub(super) fn is_campaign(word: &str) -> bool {
    const CAUSES: &[&str] = &[
        "backing",
        "opposing",
        "calling",
        "supporting",
        "suing",
        "asking",
        "urging",
        "offering",
        "warning",
        "signing",
        "pledging",
        "criticising",
        "criticizing",
        "condemning",
        "fighting",
        "demanding",
        "pushing",
        "funding",
        "investing",
        "banning",
        "blocking",
        "slamming",
    ];
    CAUSES.contains(&word)
}

/// "Trades", "swaps": one thing for another.
pub(super) fn is_trade(going: &Going<'_, '_>) -> bool {
    matches!(
        going.reader.lower(going.index),
        "trades" | "swap" | "swaps" | "traded" | "swapped" | "exchanges" | "exchanged"
    )
}

/// Before whoever made room.
pub(super) fn is_succeeded(before: &str) -> bool {
    const VERBS: &[&str] =
        &["succeeding", "succeeds", "succeed", "succeeded", "replacing", "replaces", "replace"];
    VERBS.contains(&before)
}

/// Verbs of leaving that need what is left.
pub(super) fn takes_object(verb: &str) -> bool {
    const STEMS: &[&str] =
        &["giv", "gave", "relinquish", "vacat", "flee", "fled", "desert", "ditch"];
    STEMS.iter().any(|stem| verb.starts_with(stem)) && !verb.contains("notice")
}

/// "Gana said that Ada Gray will join its board": the company that says so.
pub(super) fn says_so(going: &Going<'_, '_>) -> Option<End> {
    let reader = going.reader;
    (0..going.phrase.first).rev().find_map(|at| match reader.item(at)? {
        Item::Org { company, product: false } if reader.words.is("say", reader.lower(at + 1)) => {
            Some(End::Listed(company))
        }
        _ => None,
    })
}

/// "Defects to rival", "jumps to a competitor", "joins AI startup": a company without a name.
pub(super) fn is_rival(reader: &Reader<'_>, index: usize) -> bool {
    let mut at = index + 1;
    let adjective = |at: usize| {
        matches!(reader.lower(at), "a" | "an" | "another" | "new")
            || reader.lower(at).ends_with("-backed")
            || reader.words.is("object_adjective", reader.lower(at)) && reader.lower(at) != "the"
    };
    while adjective(at) && at < index + 5 {
        at += 1;
    }
    if reader.lower(at) == "presidential" && matches!(reader.lower(at + 1), "office" | "palace") {
        return true;
    }
    let rival = matches!(reader.lower(at), "rival" | "competitor" | "rivals")
        || reader.lower(at) == "the" && matches!(reader.lower(at + 1), "rival" | "competitor");
    let at = if reader.lower(at) == "the" { at + 1 } else { at };
    let ends =
        reader.item(at + 1).is_none_or(|item| !matches!(item, Item::Word | Item::Role { .. }));
    let house = matches!(
        reader.lower(at + 1),
        "lab" | "firm" | "company" | "startup" | "start-up" | "outfit" | "developer"
    );
    let ends = ends
        || rival && house && reader.item(at + 2).is_none_or(|item| !matches!(item, Item::Word));
    let startup = matches!(reader.lower(at), "startup" | "start-up" | "upstart");
    (rival || startup) && ends
}

/// "To start her own lab".
pub(super) fn own(reader: &Reader<'_>, index: usize) -> bool {
    (index + 1..index + 4).any(|at| reader.lower(at) == "own")
}

/// "Returns to her previous role at Gana": within the house.
pub(super) fn returns_to_post(going: &Going<'_, '_>) -> bool {
    let reader = going.reader;
    let near = |reach: usize, words: &[&str]| {
        (going.index + 1..going.index + reach).any(|at| words.contains(&reader.lower(at)))
    };
    reader.lower(going.index).contains("return")
        && going.phrase.org.is_none()
        && near(5, &["previous", "old", "former", "original", "prior", "earlier"])
        && near(6, &["role", "post", "position", "job", "duties"])
}
