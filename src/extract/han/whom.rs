//! Whom the pronouns of an event stand for: he, both.

use super::event::{Event, Frame};
use super::mover::{Head, Mover};
use super::resolve::{Made, Resolver};
use super::token::{Kind as TokenKind, Token};

impl Resolver<'_> {
    /// Gives the pronouns among `movers` the names that they stand for.
    pub(super) fn stand_for(&self, event: &Event, made: &[Made], movers: &mut Vec<Mover>) {
        if !movers.iter().any(|mover| mover.head == Head::Pronoun) {
            return;
        }
        self.both(event.trigger.start, movers);
        // "Y said that X joins. He was at A before": he who joins.
        let mover_of = made.last().and_then(|last| match last.movers.as_slice() {
            [own] if event.frame == Frame::Served => own.name.clone(),
            _ => None,
        });
        let last = mover_of.or_else(|| self.last_named(event.trigger.start));
        let topic = self.view(&event.topic).movers;
        let one = |mover: &&mut Mover| mover.head == Head::Pronoun && mover.count <= 1;
        for mover in movers.iter_mut().filter(one) {
            mover.name.clone_from(&last);
            if let Some(named) = topic.iter().find(|own| own.name == last) {
                (mover.owner, mover.former) = (named.owner, named.former);
            }
        }
        movers.retain(|mover| mover.head != Head::Pronoun || mover.name.is_some());
    }

    /// Whom a pronoun before byte `at` stands for: the last person named in its statement, or the
    /// first one of the nearest statement before that names any.
    fn last_named(&self, at: usize) -> Option<String> {
        let before = self.tokens.iter().take_while(|token| token.span.end <= at);
        let (mut last, mut first, mut earlier) = (None, None, None);
        for token in before {
            match token.kind {
                TokenKind::Person(index) => {
                    last = Some(index);
                    first = first.or(last);
                }
                TokenKind::Stop => {
                    earlier = first.or(earlier);
                    (last, first) = (None, None);
                }
                _ => {}
            }
        }
        let index = last.or(earlier)?;
        self.people.get(index).map(|person| person.name.clone())
    }

    /// "両氏", "两人": those whom the nearest statement before names, if they are as many.
    fn both(&self, at: usize, movers: &mut Vec<Mover>) {
        let Some(index) = movers.iter().position(|own| own.head == Head::Pronoun && own.count > 1)
        else {
            return;
        };
        let mut pronoun = movers.remove(index);
        let before: Vec<Token> =
            self.tokens.iter().take_while(|token| token.span.end <= at).copied().collect();
        let named = before.rsplit(|token| token.kind == TokenKind::Stop).find_map(|statement| {
            let mut names: Vec<&str> = Vec::new();
            for token in statement {
                if let TokenKind::Person(index) = token.kind
                    && let Some(person) = self.people.get(index)
                    && !names.contains(&person.name.as_str())
                {
                    names.push(&person.name);
                }
            }
            (!names.is_empty()).then_some(names)
        });
        let names = named.filter(|names| u32::try_from(names.len()) == Ok(pronoun.count));
        let Some(names) = names else {
            pronoun.count = 1;
            movers.insert(index, pronoun);
            return;
        };
        for name in names {
            let name = Some(name.to_owned());
            movers.push(Mover { head: Head::Name, name, count: 1, ..pronoun.clone() });
        }
    }
}
