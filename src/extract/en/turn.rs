//! Turns of several words, of which the trigger is the end: "takes a technical job at Gana", "ends
//! a nine-year run at Gana", "gives Ada Gray the boot", "bolsters its team with Ada Gray".

use super::chunk::covered;
use super::class::Class;
use super::reading::Parts;
use super::token::Token;
use super::turns::TURNS;
use crate::extract::text::Span;

/// Words between the verb and the end of the turn.
const REACH: usize = 9;

/// A turn and the verbs that begin it.
pub(super) struct Turn {
    /// The trigger's form without its last word, or with it where `ties` is empty.
    pub(super) nouns: &'static [&'static str],
    pub(super) ties: &'static [&'static str],
    pub(super) verbs: &'static [&'static str],
    /// Who is hired or fired stands between the verb and the trigger.
    pub(super) between: bool,
    /// A hiring only of somebody who is said to come from elsewhere.
    pub(super) outsiders: bool,
    /// The company stands between the verb and the trigger: "takes Gana board seat".
    pub(super) held: bool,
}

impl Turn {
    /// How many words before its end the turn begins; `before` has them backwards.
    pub(super) fn verb_before<'a>(&self, before: impl Iterator<Item = &'a str>) -> Option<usize> {
        let near = before.take(REACH).take_while(|word| !matches!(*word, "," | ";" | ":" | "."));
        let verb = |words: &str| self.verbs.contains(&words.split(' ').next().unwrap_or(words));
        near.enumerate().find(|(_, words)| verb(words)).map(|(at, _)| at + 1)
    }

    /// True where what is read fits the turn.
    pub(super) fn allows(&self, parts: &Parts) -> bool {
        let hired = matches!(parts.class, Class::Hire | Class::Passive);
        !(self.outsiders && hired) || parts.ends.from.is_some() || parts.phrase.former
    }
}

/// The turn that ends with this form of a trigger; by the verb where two share an end.
pub(super) fn of<'a, W: Iterator<Item = &'a str>>(
    form: &str,
    before: impl Fn() -> W,
) -> Option<(&'static Turn, Option<usize>)> {
    let (head, tie) = form.rsplit_once(' ')?;
    let fits = |turn: &&Turn| match turn.ties.is_empty() {
        true => turn.nouns.contains(&form),
        false => turn.ties.contains(&tie) && turn.nouns.contains(&head),
    };
    let mut known = TURNS.iter().filter(fits).peekable();
    let first = *known.peek()?;
    let told = known.find_map(|turn| Some((turn, Some(turn.verb_before(before())?))));
    Some(told.unwrap_or((first, None)))
}

/// How far back the verb of a turn stands that has its company between: "takes Gana board seat".
pub(super) fn held<'a, W: Iterator<Item = &'a str>>(
    form: &str,
    before: impl Fn() -> W,
) -> Option<usize> {
    let (turn, verb) = of(form, before)?;
    verb.filter(|_| turn.held)
}

/// "Left his job at Gana": the end of a turn that no verb begins is no trigger.
pub(super) fn is_idle(tokens: &[Token], at: usize, span: Span) -> bool {
    let len = covered(tokens, at, span);
    let words: Vec<&str> = tokens.iter().skip(at).take(len).map(|t| t.lower.as_str()).collect();
    let before = || tokens.iter().take(at).rev().map(|token| token.lower.as_str());
    len > 1 && matches!(of(&words.join(" "), before), Some((_, None)))
}
