//! "Takes a technical staff job at Gana": the noun is the trigger, the verb stands before it.

/// Words between the verb and the noun.
const REACH: usize = 7;

/// Verbs by which a post is taken.
const TAKES: &[&str] = &[
    "takes",
    "took",
    "take",
    "taking",
    "taken",
    "accepts",
    "accepted",
    "accepting",
    "lands",
    "landed",
    "landing",
    "gets",
    "secures",
    "secured",
    "assumes",
    "assumed",
    "starts",
    "started",
    "starting",
    "begins",
    "began",
];

/// "Job at", "role with": says something only where somebody takes it.
pub(super) fn is_post(noun: &str, tie: &str) -> bool {
    matches!(noun, "job" | "role" | "post" | "position" | "gig" | "seat")
        && matches!(tie, "at" | "with" | "on")
}

/// How many words before the noun the verb stands; `before` has them backwards.
pub(super) fn taken<'a>(before: impl Iterator<Item = &'a str>) -> Option<usize> {
    let near = before.take(REACH).take_while(|word| !matches!(*word, "," | ";" | ":" | "."));
    near.enumerate().find(|(_, word)| TAKES.contains(word)).map(|(at, _)| at + 1)
}
