//! `talentwire routes test`: where a move would go, and why.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::model::Move;
use crate::model::moves::Attention;
use crate::notify::card::headline;
use crate::notify::route::{Decision, Route, Silence, Step, Subject, decide};

/// Explains what every route says to a move: a paragraph, or with `json` one object on a line.
pub fn test(
    routes: &[Route],
    silences: &[Silence],
    mv: &Move,
    now: DateTime<Utc>,
    json: bool,
) -> String {
    let decision = decide(routes, silences, Subject::Move(mv), now);
    if json { format!("{}\n", object(&decision, mv)) } else { page(&decision, mv) }
}

/// The receivers that it goes to.
fn told(decision: &Decision) -> Vec<&str> {
    let loud = decision.hits.iter().filter(|hit| hit.silenced.is_none());
    loud.map(|hit| hit.receiver.as_str()).collect()
}

/// What a move is that is not told at once.
fn note(mv: &Move) -> Option<&'static str> {
    match mv.attention {
        Attention::Alert => None,
        Attention::Digest => {
            Some("this move became known late: it is told in one message with others")
        }
        Attention::Silent => {
            Some("this move is recorded only (seeded, known, suppressed or stale) and wakes nobody")
        }
    }
}

fn object(decision: &Decision, mv: &Move) -> Value {
    let steps = decision.steps.iter().map(|step| {
        let hit = decision.hits.iter().find(|hit| hit.route == step.route);
        json!({
            "route": step.route + 1,
            "receiver": step.receiver,
            "takes": hit.is_some(),
            "refused": step.refused,
            "after": step.after.map(|winner| winner + 1),
            "silenced": hit.and_then(|hit| hit.silenced.as_ref()),
            "quiet_until": hit.and_then(|hit| hit.quiet_until),
        })
    });
    json!({
        "move": mv.id,
        "headline": headline(mv),
        "attention": mv.attention,
        "goes_to": told(decision),
        "routes": steps.collect::<Vec<_>>(),
    })
}

fn page(decision: &Decision, mv: &Move) -> String {
    let mut out = format!("{} ({}, {})\n", headline(mv), mv.kind, mv.status);
    for step in &decision.steps {
        out.push_str(&line(decision, step));
    }
    match told(decision) {
        none if none.is_empty() => out.push_str("goes nowhere\n"),
        told => out.push_str(&format!("goes to {}\n", told.join(", "))),
    }
    if let Some(note) = note(mv) {
        out.push_str(&format!("note: {note}\n"));
    }
    out
}

fn line(decision: &Decision, step: &Step) -> String {
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
    line.push('\n');
    line
}
