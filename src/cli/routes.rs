//! `talentwire routes test`: where a move would go, and why.

use chrono::{DateTime, Utc};

use crate::model::Move;
use crate::notify::card::headline;
use crate::notify::route::{Route, Silence, Subject, decide};

/// Explains what every route says to a move.
pub fn test(routes: &[Route], silences: &[Silence], mv: &Move, now: DateTime<Utc>) -> String {
    let decision = decide(routes, silences, Subject::Move(mv), now);
    let mut out = format!("{} ({}, {})\n", headline(mv), mv.kind, mv.status);
    for step in &decision.steps {
        let verdict = match (&step.refused, step.after) {
            (Some(why), _) => format!("no, {why}"),
            (None, Some(winner)) => format!("would match, but route {} came first", winner + 1),
            (None, None) => "yes".to_owned(),
        };
        let mut line = format!("  route {} -> {}: {verdict}", step.route + 1, step.receiver);
        if let Some(hit) = decision.hits.iter().find(|hit| hit.route == step.route) {
            if let Some(silence) = &hit.silenced {
                line.push_str(&format!(", but silence `{silence}` drops it"));
            }
            if let Some(until) = hit.quiet_until {
                line.push_str(&format!(", held back by quiet hours until {until}"));
            }
        }
        out.push_str(&line);
        out.push('\n');
    }
    let told: Vec<&str> = decision
        .hits
        .iter()
        .filter(|hit| hit.silenced.is_none())
        .map(|hit| hit.receiver.as_str())
        .collect();
    match told.is_empty() {
        true => out.push_str("goes nowhere\n"),
        false => out.push_str(&format!("goes to {}\n", told.join(", "))),
    }
    if mv.attention != crate::model::moves::Attention::Alert {
        let why =
            "this move is recorded only (seeded, known, suppressed or stale) and wakes nobody";
        out.push_str(&format!("note: {why}\n"));
    }
    out
}
