//! What the learned model is given of an article: its sentences, and what the grammar made of them.

use super::Korean;
use super::article;
use super::node::Node;
use super::person::{self, Person, Seen};
use crate::extract::candidate::Passage;
use crate::extract::text::Span;
use crate::model::{Field, Suppressed};

/// Sentences of a summary that are read.
const SENTENCES: usize = 6;

/// A sentence of title or summary with the number of its passage.
pub(super) struct Read<'a> {
    pub(super) passage: usize,
    pub(super) span: Span,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) people: Vec<Person>,
}

/// Reads title and summary as the grammar does.
pub(super) fn read<'a>(grammar: &Korean, passages: &[Passage<'a>]) -> Vec<Read<'a>> {
    let mut read = Vec::new();
    let mut seen = Seen::default();
    for (number, passage) in passages.iter().enumerate() {
        if passage.field == Field::Content {
            continue;
        }
        for span in passage.text.sentences.iter().take(SENTENCES) {
            let nodes = grammar.nodes(passage, *span);
            let people = person::people(&grammar.reading(passage), &nodes, &Seen::default());
            people.iter().filter_map(|one| one.name.as_ref()).for_each(|name| seen.note(name));
            read.push(Read { passage: number, span: *span, nodes, people });
        }
    }
    for one in &mut read {
        if let Some(passage) = passages.get(one.passage) {
            one.people = person::people(&grammar.reading(passage), &one.nodes, &seen);
        }
    }
    read
}

/// A story, an anniversary, a denial, what the grammar knows to be no move: whatever the words look
/// like.
pub(super) fn is_silent(
    grammar: &Korean,
    read: &[Read<'_>],
    reasons: &[Option<Suppressed>],
) -> bool {
    let never = |reason: &Option<Suppressed>| {
        matches!(
            reason,
            Some(
                Suppressed::Negated
                    | Suppressed::Promotion
                    | Suppressed::Statistics
                    | Suppressed::Organisation
                    | Suppressed::Product
                    | Suppressed::Sabbatical
                    | Suppressed::Contradiction
                    | Suppressed::Unwatched
                    | Suppressed::Recap
            )
        )
    };
    let title = || read.iter().filter(|one| one.passage == 0).flat_map(|one| &one.nodes);
    let quiet = |node: &Node<'_>, lists: &[&str]| {
        lists.iter().any(|list| grammar.words.is(list, node.stem))
    };
    let any = || read.iter().flat_map(|one| &one.nodes);
    reasons.iter().any(never)
        || title().any(|node| quiet(node, &["talk", "leave_of_absence"]))
        || any().any(|node| quiet(node, &["no_move"]))
        || article::is_anniversary(title())
        || article::is_story(title())
        || title().any(|node| grammar.words.begins("court", node.word))
        || read.iter().any(|one| article::denies(&grammar.words, &one.nodes))
}
