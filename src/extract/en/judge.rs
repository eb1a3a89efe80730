//! What makes a claim no news in English: negation, doubt, background, retelling.

use super::background::subordinate;
use super::chunk::Item;
use super::class::Class;
use super::dated::{dated, goes_on_lately};
use super::left::is_lately;
use super::phrase::Reader;
use super::quiet;
use super::subject::Between;
use crate::model::{Field, Status, Suppressed};

/// What the decision rests on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) between: Between,
    pub(super) class: Class,
    /// The trigger's chunk.
    pub(super) index: usize,
    /// First chunk of the subject.
    pub(super) phrase_first: usize,
    pub(super) field: Field,
    /// Another sentence follows the first.
    pub(super) opens: bool,
    pub(super) sentence_index: usize,
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) trigger: &'a str,
    /// People in the plural without a number.
    pub(super) generic: bool,
    /// "Many", "most": however many ends are told.
    pub(super) vague: bool,
    pub(super) both_ends: bool,
    pub(super) from: bool,
    pub(super) to: bool,
    /// The article reports figures about many.
    pub(super) figures: bool,
    /// Many are fired at once, nobody named.
    pub(super) mass: bool,
    /// Ten or more, nobody named.
    pub(super) many: bool,
    pub(super) organisation: bool,
    pub(super) product: bool,
    pub(super) named: bool,
}

/// Returns why the claim must not alert, where the sentence says so.
pub(super) fn reason(reader: &Reader<'_>, facts: &Facts<'_>) -> Option<Suppressed> {
    let (start, end) = clause(reader, facts.index);
    let first = facts.phrase_first.clamp(start, facts.index);
    let left = match facts.between.pronoun {
        true => words(reader, start, facts.index),
        false => {
            let from = first.saturating_sub(6).max(start);
            let border = |at: &usize| {
                matches!(reader.item(*at), Some(Item::Comma | Item::Quote))
                    || *at + 1 == first && reader.lower(*at) == "as"
            };
            words(reader, (from..first).rev().find(border).unwrap_or(from), first)
        }
    };
    // "Told colleagues that she is leaving": what is asked of others stands elsewhere.
    let told = (start..facts.index).rev().find(|at| matches!(reader.lower(*at), "told" | "tells"));
    let mut asked = match told.filter(|_| facts.between.pronoun) {
        Some(told) => words(reader, told + 1, facts.index),
        None => left.clone(),
    };
    // "Says he would quit if" is no plan.
    let past =
        |at: usize| reader.words.is("say", reader.lower(at)) && !reader.lower(at).ends_with('s');
    if facts.between.pronoun && (start..facts.index).any(past) {
        // "Said that Friday would be his last day": the future, told in the past.
        asked = format!("{asked} ").replace(" would ", " ");
    }
    // "Told regulators that its controller had resigned".
    let reported = ["told ", "tells "].iter().any(|verb| left.contains(verb))
        && left.split(' ').any(|word| word == "that");
    if reported {
        asked = asked.replace("told ", "").replace("tells ", "");
    }
    let left = left.replace("declined to comment", "").replace("declines to comment", "");
    let whole = words(reader, start, end);
    let all = words(reader, 0, reader.chunks.len());
    if facts.product {
        return Some(Suppressed::Product);
    }
    if facts.organisation {
        return Some(Suppressed::Organisation);
    }
    let comma = |at: &usize| reader.item(*at) == Some(Item::Comma);
    let told = (start..first.min(facts.index)).rev().find(comma).map_or(start, |at| at + 1);
    if is_away(reader, facts.index, told, end) {
        return Some(Suppressed::Sabbatical);
    }
    if !facts.named && reader.words.any_phrase("layoff", &all) {
        return Some(Suppressed::Generic);
    }
    if reader.words.any_phrase("denial", &all) {
        return Some(Suppressed::Negated);
    }
    if facts.between.negated || reader.words.any_phrase("negation", &left) {
        return Some(Suppressed::Negated);
    }
    let rumour = facts.between.may && reader.words.any_phrase("people_who_know", &all);
    let last_day = facts.trigger.ends_with(" day");
    let foretold = is_foretold(reader, facts, end);
    if facts.between.modal && !rumour && !foretold
        || !last_day && reader.words.any_phrase("hypothetical", &asked)
        || is_question(reader, end)
    {
        return Some(Suppressed::Hypothetical);
    }
    if matches!(facts.class, Class::Hire | Class::Join | Class::Passive)
        && reader.words.any_phrase("occasion", &whole)
    {
        return Some(Suppressed::Organisation);
    }
    if whole.contains('%') || reader.words.any_phrase("statistics", &whole) {
        return Some(Suppressed::Statistics);
    }
    if let Some(reason) = quiet::reason(reader, facts, (start, end)) {
        return Some(reason);
    }
    if retells(reader, facts, start) {
        return Some(Suppressed::Recap);
    }
    // "Quietly moved to Gana months ago": it comes out now.
    let secret = matches!(reader.lower(facts.index.wrapping_sub(1)), "quietly" | "secretly")
        && facts.field == Field::Title;
    if dated(reader, facts, start, end) && !secret && !goes_on_lately(reader, facts.index, end)
        || facts.between.had && (facts.class.is_noun() || !facts.between.pronoun && !reported)
    {
        return Some(Suppressed::Recap);
    }
    if subordinate(reader, facts, start) {
        return Some(Suppressed::Historical);
    }
    let passive = facts.class == Class::PassiveFire || is_put_out(facts);
    if passive && !facts.named && !facts.between.be {
        // "Gana engineer fired over leaks sues": the firing only tells who sues.
        let acts =
            ["sues", "sued", "wins", "loses", "alleges", "accuses", "seeks", "files", "settles"];
        let main = |at: usize| {
            acts.contains(&reader.lower(at)) || reader.words.is("say", reader.lower(at))
        };
        if (facts.index + 1..end).any(main) {
            return Some(Suppressed::Historical);
        }
    }
    if facts.mass {
        return Some(Suppressed::Generic);
    }
    (facts.generic && (facts.vague || !facts.both_ends)).then_some(Suppressed::Generic)
}

/// "Forced to quit", "shown the door".
fn is_put_out(facts: &Facts<'_>) -> bool {
    const VERBS: &[&str] = &["sent", "forced", "told", "ordered", "shown", "given"];
    facts.class == Class::Leave && VERBS.iter().any(|verb| facts.trigger.starts_with(verb))
}

/// "Gana said that Ada Gray would join": the future, as it was told.
fn is_foretold(reader: &Reader<'_>, facts: &Facts<'_>, end: usize) -> bool {
    let told = |at: usize| {
        matches!(reader.lower(at), "said" | "announced" | "confirmed" | "told" | "disclosed")
    };
    let comma = |at: usize| reader.item(at) == Some(Item::Comma);
    let before = (facts.phrase_first.saturating_sub(5)..facts.phrase_first).any(told);
    let behind = || (facts.index..end).any(|at| comma(at) && (at + 1..at + 5).any(told));
    facts.between.would && (before || behind())
}

/// "Is on leave"; not "one leaves, another on sabbatical", "leaves after a sabbatical".
fn is_away(reader: &Reader<'_>, index: usize, told: usize, end: usize) -> bool {
    let comma = |at: &usize| reader.item(*at) == Some(Item::Comma);
    let other = |at: &usize| {
        comma(at) && matches!(reader.lower(at + 1), "another" | "others" | "while" | "a second")
    };
    let told_to = (index..end).find(other).unwrap_or(end);
    let mut away = words(reader, told, told_to);
    let back = [
        " after sabbatical",
        " after a sabbatical",
        " from sabbatical",
        " following a sabbatical",
        "takes leave to ",
        "taking leave to ",
    ];
    for turn in back {
        away = away.replace(turn, "");
    }
    reader.words.any_phrase("sabbatical", &away)
}

/// The clause around chunk `index`: between two stops.
fn clause(reader: &Reader<'_>, index: usize) -> (usize, usize) {
    let stop = |at: &usize| reader.item(*at) == Some(Item::Stop);
    let start = (0..index).rev().find(stop).map_or(0, |at| at + 1);
    let end = (index..reader.chunks.len()).find(stop).unwrap_or(reader.chunks.len());
    (start, end)
}

fn words(reader: &Reader<'_>, start: usize, end: usize) -> String {
    let part = reader.chunks.get(start..end).unwrap_or(&[]);
    let words: Vec<&str> = part
        .iter()
        .filter(|chunk| !matches!(chunk.item, Item::Quote))
        // The month, unless all words have capitals.
        .filter(|chunk| !(chunk.lower == "may" && chunk.cap && !reader.title_case))
        .map(|chunk| chunk.lower.as_str())
        .collect();
    words.join(" ")
}

fn is_question(reader: &Reader<'_>, end: usize) -> bool {
    reader.lower(end) == "?"
}

/// "How Ada Gray left Gana", "Why ...", "Inside ...".
fn retells(reader: &Reader<'_>, facts: &Facts<'_>, start: usize) -> bool {
    let first = reader.lower(start);
    // "What's left of Gana gets a new chief".
    if first == "what" && reader.lower(start + 2) == "left" {
        return false;
    }
    facts.field == Field::Title && reader.words.is("retelling", first) && facts.phrase_first > start
}

/// How sure the sentence is.
pub(super) fn status(reader: &Reader<'_>, facts: &Facts<'_>) -> Status {
    let all = words(reader, 0, reader.chunks.len());
    if reader.words.any_phrase("people_who_know", &all)
        || facts.between.hedged
        || facts.between.may
        || reader.words.any_phrase("hedge", &all)
        || reader.words.any_phrase("hedge_source", &all)
    {
        return Status::Rumoured;
    }
    if reader.words.any_phrase("confirm", &all) {
        return Status::Confirmed;
    }
    Status::Reported
}

/// Lowers `score` for what stands deep in the text.
pub(super) fn score(reader: &Reader<'_>, score: f64, facts: &Facts<'_>) -> f64 {
    let depth = match facts.field {
        Field::Title => 0.0,
        Field::Summary if facts.sentence_index == 0 => 0.03,
        Field::Summary => 0.1,
        Field::Content => 0.2,
    };
    let simple_past = facts.field != Field::Title
        && !facts.between.have
        && !facts.between.be
        && !facts.class.is_noun()
        && (facts.trigger.ends_with("ed") || facts.trigger.ends_with("left"));
    let unnamed = if facts.named { 0.0 } else { 0.05 };
    let lately = (facts.index + 1..facts.index + 6).any(|at| is_lately(reader, at));
    let simple_past = simple_past && !lately;
    // "Gana hired Ada Gray from Dara": where both ends are told, it is hardly background.
    let past = if facts.both_ends { 0.12 } else { 0.2 };
    score - depth - if simple_past { past } else { 0.0 } - unnamed
}
