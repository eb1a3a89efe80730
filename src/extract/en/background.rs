//! Clauses that only tell what came before the news.

use super::chunk::Item;
use super::class::Class;
use super::judge::Facts;
use super::left::is_lately;
use super::phrase::Reader;
use crate::model::Field;

/// "After Ada Gray left", "who left Gana", "previously joined".
pub(super) fn subordinate(reader: &Reader<'_>, facts: &Facts<'_>, start: usize) -> bool {
    let progressive = facts.trigger.contains("ing")
        || facts.between.to
        || reader.lower(facts.index.wrapping_sub(1)) == "will";
    let lately = facts.named && (facts.index + 1..facts.index + 4).any(|at| is_lately(reader, at));
    if facts.between.relative && !progressive && !facts.between.have && !lately {
        return true;
    }
    // "Ada Gray on leaving Gana": an interview; "on joining Gana: ..." is told by a newcomer.
    if reader.lower(facts.index.wrapping_sub(1)) == "on"
        && facts.trigger.contains("ing")
        && !(facts.class == Class::Join && facts.to && facts.trigger.starts_with("joining"))
    {
        return true;
    }
    // "The weekend their chief left".
    let when = ["weekend", "day", "night", "moment", "week", "time", "year", "hours"];
    let before = facts.phrase_first.saturating_sub(1);
    let owner = matches!(reader.lower(before), "their" | "its" | "his" | "her");
    let at = if owner { before.saturating_sub(1) } else { before };
    if at > start
        && when.contains(&reader.lower(at))
        && matches!(reader.lower(at - 1), "the" | "same")
    {
        return true;
    }
    // "Ada Gray on why she left".
    let told = |at: usize| matches!(reader.lower(at), "why" | "how" | "when");
    if facts.between.pronoun
        && !progressive
        && (facts.index.saturating_sub(4)..facts.index).any(told)
    {
        return true;
    }
    // "Sued by a former engineer who says she was fired".
    let told = |at: usize| {
        matches!(reader.lower(at), "who" | "that") && reader.words.is("say", reader.lower(at + 1))
    };
    let simple = !progressive && !facts.between.have && !facts.between.modal && !lately;
    if facts.between.pronoun && simple && (start..facts.index).any(told) {
        return true;
    }
    let from = facts.phrase_first.max(start);
    let before = from.saturating_sub(3).max(start)..from;
    let spoken = |at: usize| {
        reader.lower(at) == "that"
            && (at.saturating_sub(7)..at).any(|at| {
                reader.words.is("say", reader.lower(at))
                    || reader.words.is("confirm", reader.lower(at))
            })
    };
    // "A day after Bo Field said he was leaving": still news.
    let fresh = |at: usize| {
        reader.lower(at) == "after"
            && matches!(reader.lower(at.wrapping_sub(1)), "day" | "days" | "hours" | "hour")
            && (facts.between.pronoun || facts.between.have)
    };
    // "Following suit, ...", "about 20 engineers ...": no clause of its own.
    let suit = |at: usize| {
        reader.lower(at) == "following" && reader.lower(at + 1) == "suit"
            || reader.lower(at) == "about"
                && (matches!(reader.item(at + 1), Some(Item::Count(_)))
                    || reader.lower(at + 1) == "to")
    };
    // "Gana reshuffles after Ada Gray exits for Dara": in a headline the present tense is news.
    let present = facts.field == Field::Title
        && facts.class.is_going()
        && facts.trigger.split(' ').next().is_some_and(|verb| verb.ends_with('s'))
        && facts.both_ends;
    let news = |at: usize| present && matches!(reader.lower(at), "after" | "following");
    let mut lead = before
        .filter(|at| !spoken(*at) && !fresh(*at) && !suit(*at) && !news(*at))
        .map(|at| reader.lower(at));
    // "Two days after resigning, Ada Gray joins Dara": the comma has closed that clause.
    let closed = reader.item(from.wrapping_sub(1)) == Some(Item::Comma) && !facts.between.pronoun;
    if !closed && lead.any(|word| reader.words.is("subordinator", word)) {
        return true;
    }
    let comma = (from..facts.index).rev().find(|at| reader.item(*at) == Some(Item::Comma));
    let mut inside =
        (comma.unwrap_or(from).min(facts.index)..facts.index).map(|at| reader.lower(at));
    inside.any(|word| {
        matches!(
            word,
            "previously"
                | "formerly"
                | "originally"
                | "once"
                | "initially"
                | "after"
                | "since"
                | "before"
                | "when"
        )
    })
}
