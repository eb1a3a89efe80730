//! The right side of a trigger: what is joined or left, and where the move goes on to.

use super::chunk::Item;
use super::class::Class;
use super::phrase::Reader;
use crate::extract::candidate::End;
use crate::extract::text::Span;

/// How far an object is looked for, in chunks.
const OBJECT_REACH: usize = 6;
/// How far the tail is read.
const TAIL_REACH: usize = 22;

/// What stands where the object should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Object {
    /// A company; `loose` where what follows makes the company's name part of something else.
    Org { end: End, loose: bool },
    /// "The company", "his role".
    House,
    /// Nothing: the verb stands alone.
    None,
    /// Something else is left or joined.
    Other,
}

/// The ends that a trigger's right side gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Ends {
    pub(super) object: Option<Object>,
    pub(super) from: Option<End>,
    pub(super) to: Option<End>,
    pub(super) role: Option<Span>,
    /// "To launch a startup".
    pub(super) founds: bool,
    /// The chunk after the last one read.
    pub(super) end: usize,
}

impl Reader<'_> {
    /// Reads the object that begins at `start`; returns it with the chunk after it.
    pub(super) fn object(&self, start: usize) -> (Object, usize) {
        let mut house = None;
        let mut index = start;
        while index < start + OBJECT_REACH {
            let Some(chunk) = self.at(index) else { break };
            match chunk.item {
                Item::Org { company, product: false } => {
                    let loose = !self.follows_well(index + 1);
                    let next = if matches!(self.item(index + 1), Some(Item::Poss)) {
                        index + 2
                    } else {
                        index + 1
                    };
                    return (Object::Org { end: End::Listed(company), loose }, next);
                }
                Item::Org { product: true, .. } => return (Object::Other, index + 1),
                Item::Stop | Item::Comma | Item::And | Item::Trigger(_) => break,
                Item::Role { .. } if house.is_none() => {}
                Item::Person { .. }
                    if house.is_none() && matches!(self.item(index + 1), Some(Item::Poss)) => {}
                Item::Person { .. } => return self.unlisted(index),
                Item::Word | Item::Role { .. } if self.words.is("house", &chunk.lower) => {
                    house = Some(index + 1)
                }
                Item::Word
                    if self.words.is_function(&chunk.lower) && !is_determiner(&chunk.lower) =>
                {
                    break;
                }
                Item::Word if is_determiner(&chunk.lower) => {}
                Item::Word if chunk.cap && !self.title_case && house.is_none() => {
                    return self.unlisted(index);
                }
                Item::Word | Item::Poss | Item::Quote | Item::Count(_) | Item::Role { .. } => {}
            }
            index += 1;
        }
        if let Some(end) = house {
            return (Object::House, end);
        }
        let stands_alone = match self.item(start) {
            None | Some(Item::Stop | Item::Comma | Item::And | Item::Quote | Item::Trigger(_)) => {
                true
            }
            Some(Item::Word) => {
                let lower = self.lower(start);
                self.words.is_function(lower) && !is_determiner(lower)
                    || self.words.is("follow", lower)
            }
            _ => false,
        };
        if stands_alone {
            return (Object::None, start);
        }
        if self.title_case && self.at(start).is_some_and(|chunk| chunk.cap) {
            return self.unlisted(start);
        }
        (Object::Other, start)
    }

    /// A capitalised name that is no listed company.
    pub(super) fn unlisted(&self, start: usize) -> (Object, usize) {
        let mut end = start;
        while let Some(chunk) = self.at(end) {
            let part = match chunk.item {
                Item::Word => chunk.cap && !self.words.is_function(&chunk.lower),
                Item::Person { .. } => true,
                _ => false,
            };
            if !part || end - start >= 4 {
                break;
            }
            end += 1;
        }
        let (Some(first), Some(last)) = (self.at(start), self.at(end.wrapping_sub(1))) else {
            return (Object::Other, start);
        };
        if end == start {
            return (Object::Other, start);
        }
        let name = self.text_of(Span::new(first.span.start, last.span.end));
        (Object::Org { end: End::Unlisted(name), loose: false }, end)
    }

    /// True when what follows a company's name lets it stand for the company itself.
    fn follows_well(&self, index: usize) -> bool {
        match self.item(index) {
            None
            | Some(
                Item::Stop
                | Item::Comma
                | Item::And
                | Item::Quote
                | Item::Role { .. }
                | Item::Trigger(_),
            ) => true,
            Some(Item::Poss) => {
                let within = (index + 1..index + 5).take_while(|at| {
                    matches!(
                        self.item(*at),
                        Some(Item::Word | Item::Role { .. } | Item::Org { .. } | Item::Count(_))
                    )
                });
                let mut words = within.map(|at| self.lower(at));
                !words.any(|word| self.words.is("product_noun", word))
            }
            Some(Item::Word) => {
                let lower = self.lower(index);
                self.words.is_function(lower)
                    || self.words.is("follow", lower)
                    || self.words.is("house", lower)
            }
            Some(Item::Count(_)) => true,
            Some(Item::Person { .. } | Item::Org { .. }) => false,
        }
    }

    /// Reads everything to the right of a trigger that ends before chunk `start`.
    pub(super) fn ends(&self, start: usize, class: Class, classes: &dyn Fn(u16) -> Class) -> Ends {
        let mut ends = Ends { end: start, ..Ends::default() };
        let mut index = start;
        if matches!(class, Class::Join | Class::Leave) {
            let (object, next) = self.object(start);
            if let Object::Org { end, .. } = &object {
                match class {
                    Class::Join => ends.to = Some(end.clone()),
                    _ => ends.from = Some(end.clone()),
                }
            }
            ends.object = Some(object);
            index = next;
        }
        self.tail(index, class, classes, &mut ends);
        ends
    }

    /// Reads the prepositions behind the object.
    pub(super) fn tail(
        &self,
        start: usize,
        class: Class,
        classes: &dyn Fn(u16) -> Class,
        ends: &mut Ends,
    ) {
        let mut index = start;
        while index < start + TAIL_REACH {
            let Some(chunk) = self.at(index) else { break };
            match chunk.item {
                Item::Stop => break,
                Item::Comma if !self.goes_on(index + 1, classes) => break,
                Item::Trigger(trigger) => match classes(trigger) {
                    Class::Join | Class::Become => {
                        let (object, next) = self.object(index + 1);
                        if ends.to.is_none()
                            && class != Class::Join
                            && let Object::Org { end, loose: false } = object
                        {
                            ends.to = Some(end);
                        }
                        index = next.max(index + 1);
                        ends.end = index;
                        continue;
                    }
                    Class::Found => {
                        ends.founds |= self.mentions_startup(index + 1);
                        break;
                    }
                    _ => break,
                },
                Item::Word => match self.preposition(index, class, ends) {
                    Some(next) => {
                        index = next;
                        ends.end = index;
                        continue;
                    }
                    None if self.words.is("background", &chunk.lower) => break,
                    None => {}
                },
                Item::Role { .. } => ends.role = ends.role.or(Some(chunk.span)),
                Item::Org { company, product: false }
                    if class == Class::Passive
                        && matches!(self.item(index + 1), Some(Item::Role { .. } | Item::Poss)) =>
                {
                    ends.to = ends.to.take().or(Some(End::Listed(company)));
                }
                _ => {}
            }
            index += 1;
            ends.end = index;
        }
    }

    /// After a comma the tail goes on with "joining B", "to lead ...", "as ...".
    fn goes_on(&self, index: usize, classes: &dyn Fn(u16) -> Class) -> bool {
        match self.item(index) {
            Some(Item::Trigger(trigger)) => {
                matches!(classes(trigger), Class::Join) && self.lower(index).contains("ing")
            }
            Some(Item::Word) => matches!(self.lower(index), "to" | "heading" | "as"),
            _ => false,
        }
    }

    /// Reads one prepositional phrase; returns the chunk after it, `None` where it says nothing.
    fn preposition(&self, index: usize, class: Class, ends: &mut Ends) -> Option<usize> {
        let lower = self.lower(index);
        let (object, next) = match lower {
            "for" | "to" | "from" | "at" | "of" | "by" | "with" | "into" | "in" | "on" => {
                self.object(index + 1)
            }
            "as" => return Some(index + 1),
            "join" | "lead" | "head" | "run" | "rejoin"
                if matches!(self.lower(index.wrapping_sub(1)), "to") =>
            {
                self.object(index + 1)
            }
            "launch" | "start" | "found" | "build" | "create" | "form"
                if self.lower(index.wrapping_sub(1)) == "to" =>
            {
                ends.founds |= self.mentions_startup(index + 1);
                return Some(index + 1);
            }
            _ => return None,
        };
        let Object::Org { end, loose } = object else { return None };
        let slot = match (lower, class) {
            ("from", Class::Found) => return None,
            ("from", _) => &mut ends.from,
            ("at" | "of" | "in" | "on" | "with", Class::Leave | Class::Fire | Class::Departure) => {
                &mut ends.from
            }
            ("by", Class::PassiveFire) => &mut ends.from,
            ("at" | "of" | "in" | "on" | "as", Class::PassiveFire) => &mut ends.from,
            (
                "by" | "at" | "of" | "to" | "on" | "lead" | "head" | "run" | "into",
                Class::Passive,
            ) => &mut ends.to,
            ("at" | "of" | "in" | "on" | "into" | "to" | "with", Class::Join | Class::Arrival) => {
                &mut ends.to
            }
            (
                "for" | "to" | "into" | "join" | "rejoin" | "lead" | "head" | "run",
                Class::Leave | Class::Departure | Class::Lose | Class::PassiveFire,
            ) => &mut ends.to,
            ("of" | "at", Class::Become) => &mut ends.to,
            _ => return None,
        };
        if loose && matches!(lower, "for" | "in" | "on" | "with" | "to") {
            return None;
        }
        if matches!(&end, End::Unlisted(_))
            && matches!(lower, "in" | "on" | "with" | "of" | "by" | "for" | "at")
            && class != Class::Leave
        {
            return None;
        }
        if slot.is_none() {
            *slot = Some(end);
        }
        Some(next)
    }

    /// True when a new company stands near: "a startup", "his own AI lab".
    pub(super) fn mentions_startup(&self, start: usize) -> bool {
        (start..start + 9)
            .take_while(|at| !matches!(self.item(*at), None | Some(Item::Stop)))
            .any(|at| self.words.is("startup", self.lower(at)))
    }
}

fn is_determiner(lower: &str) -> bool {
    matches!(
        lower,
        "the"
            | "a"
            | "an"
            | "its"
            | "his"
            | "her"
            | "their"
            | "my"
            | "own"
            | "this"
            | "rival"
            | "new"
    )
}
