//! What the words around a run of Han say of a name in it.

use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;

/// True behind "来自 A".
pub(super) fn is_from(tokens: &[Token], at: usize) -> bool {
    let mut before = tokens.iter().take(at).rev().filter(|token| token.kind != Kind::Space);
    let mut next = || before.next().map(|token| token.kind);
    next().is_some_and(Kind::is_company) && next() == Some(Kind::Word(Word::From))
}

/// True behind "曾任职于 A", "曾参与 A 研发".
pub(super) fn is_once(text: &str, tokens: &[Token], at: usize) -> bool {
    let clause = || {
        let border = |token: &&Token| matches!(token.kind, Kind::Comma | Kind::Stop);
        tokens.iter().take(at).rev().take_while(move |token| !border(token)).take(8)
    };
    let once = |token: &Token| {
        text.get(token.span.start..token.span.end).is_some_and(|word| {
            word.starts_with('曾') || matches!(word, "此前" | "之前" | "先前" | "原")
        })
    };
    clause().any(once) && clause().any(|token| token.kind.is_company())
}

/// A run of Han that no rule knows, or a word of one character, which may be part of a name.
pub(super) fn is_soft(token: &Token) -> bool {
    let short = token.span.end - token.span.start == 3;
    match token.kind {
        Kind::Text(Script::Han) => true,
        Kind::Word(word) => short && !matches!(word, Word::Role | Word::Staff),
        _ => false,
    }
}

/// How strongly what stands before says that a name begins.
pub(super) fn left_cue(kind: Kind) -> i32 {
    match kind {
        Kind::Word(Word::Role | Word::Bystander) => 3,
        Kind::Trigger(_)
        | Kind::Word(Word::Take | Word::Staff | Word::Announce)
        | Kind::Company(_)
        | Kind::Person(_) => 1,
        _ => 0,
    }
}

/// How strongly what follows says that a name ended.
pub(super) fn right_cue(kind: Kind) -> i32 {
    match kind {
        Kind::Word(Word::Honorific) => 2,
        Kind::Trigger(_)
        | Kind::Word(Word::Aspect | Word::Announce | Word::Passive | Word::Role | Word::Serve) => 1,
        Kind::Word(Word::Verb | Word::From | Word::Recent | Word::Speech | Word::Many) => 1,
        Kind::Word(Word::Recap | Word::Earlier) => 1,
        Kind::Count(_) => 1,
        _ => 0,
    }
}
