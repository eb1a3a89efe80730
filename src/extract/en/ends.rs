//! The right side of a trigger: what is joined or left, and where the move goes on to.

use super::chunk::Item;
use super::class::Class;
use super::object::Object;
use super::phrase::Reader;
use crate::extract::candidate::End;
use crate::extract::text::Span;

/// How far the tail is read.
const TAIL_REACH: usize = 22;

/// The ends that a trigger's right side gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Ends {
    pub(super) object: Option<Object>,
    pub(super) from: Option<End>,
    pub(super) to: Option<End>,
    pub(super) role: Option<Span>,
    /// A word such as "startup" says that what is joined is a company.
    pub(super) called: bool,
    /// "To launch a startup".
    pub(super) founds: bool,
    /// The chunk after the last one read.
    pub(super) end: usize,
}

impl Reader<'_> {
    /// Reads everything to the right of a trigger that ends before chunk `start`.
    pub(super) fn ends(&self, start: usize, class: Class, classes: &dyn Fn(u16) -> Class) -> Ends {
        let mut ends = Ends { end: start, ..Ends::default() };
        let mut index = start;
        if matches!(class, Class::Join | Class::Leave) {
            let verb = self.lower(start.wrapping_sub(1));
            let bare = verb.ends_with(" as")
                || verb.ends_with(" on") && verb.contains("work")
                || self.starts_as(start.wrapping_sub(1));
            let (object, next) = if bare { (Object::None, start) } else { self.object(start) };
            if let Object::Org { end, .. } = &object {
                match class {
                    Class::Join => ends.to = Some(end.clone()),
                    _ => ends.from = Some(end.clone()),
                }
            }
            ends.called = matches!(object, Object::Org { .. })
                && (start..next).any(|at| {
                    matches!(
                        self.lower(at),
                        "startup" | "start-up" | "company" | "firm" | "unicorn"
                    )
                });
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
        let mut class = class;
        while index < start + TAIL_REACH {
            let Some(chunk) = self.at(index) else { break };
            if matches!(class, Class::Leave | Class::Departure) && self.takes_up(index, start) {
                // "Leaves Gana to lead robotics at Dara": what follows is the new post.
                class = Class::Join;
            }
            match chunk.item {
                // "Defects - to Gana of all places".
                Item::Stop
                    if self.pauses(index)
                        && matches!(class, Class::Leave | Class::Departure)
                        && matches!(self.lower(index + 1), "to" | "for")
                        && matches!(
                            self.item(index + 2),
                            Some(Item::Org { product: false, .. })
                        ) => {}
                Item::Stop => break,
                Item::And if self.new_subject(index + 1) || self.has_own_end(index + 1) => break,
                Item::Word if chunk.lower == "as" && self.opens_clause(index + 1) => break,
                Item::Comma if !self.goes_on(index + 1, classes) => break,
                Item::Trigger(trigger) => match classes(trigger) {
                    Class::Join | Class::Become => {
                        let (object, next) = match self.role_of(index + 1) {
                            Some(of) if classes(trigger) == Class::Become => self.object(of + 1),
                            _ => self.object(index + 1),
                        };
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
                    // "Names a safety chief, poached from Gana": a second participle of the same move.
                    Class::Hire if class == Class::Arrival && self.lower(index + 1) == "from" => {
                        index += 1;
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
                    None if matches!(class, Class::Join | Class::Become | Class::Arrival)
                        && chunk.lower == "after"
                        && ends.from.is_none() =>
                    {
                        ends.from = self
                            .left_before(index + 1, classes)
                            .or_else(|| self.earlier_stint(index + 1));
                        break;
                    }
                    None if self.span_of_time(index).is_some() => {
                        index = self.span_of_time(index).unwrap_or(index) + 1;
                        continue;
                    }
                    None if self.words.is("background", &chunk.lower) => break,
                    None => {}
                },
                Item::Role { .. } => ends.role = ends.role.or(Some(chunk.span)),
                Item::Org { company, product: false }
                    if (matches!(class, Class::Passive | Class::Become)
                        || class == Class::Join
                            && self.lower(index.wrapping_sub(1)).ends_with("as"))
                        && self.leads_to_role(index + 1) =>
                {
                    ends.to = ends.to.take().or(Some(End::Listed(company)));
                }
                _ => {}
            }
            index += 1;
            ends.end = index;
        }
    }

    /// "CEO of Gana": where the tie to the company stands.
    fn role_of(&self, start: usize) -> Option<usize> {
        let role =
            (start..start + 3).find(|at| matches!(self.item(*at), Some(Item::Role { .. })))?;
        matches!(self.lower(role + 1), "of" | "at").then_some(role + 1)
    }

    /// "Joins Gana after leaving Dara": the company left.
    pub(super) fn left_before(&self, start: usize, classes: &dyn Fn(u16) -> Class) -> Option<End> {
        // "After a Gana exit".
        let article = usize::from(matches!(self.lower(start), "a" | "an" | "her" | "his"));
        let noun = matches!(
            self.lower(start + article + 1),
            "exit" | "departure" | "ouster" | "stint" | "spell" | "resignation"
        );
        if let Some(Item::Org { company, product: false }) =
            self.item(start + article).filter(|_| noun)
        {
            return Some(End::Listed(company));
        }
        let trigger = (start..start + 3).find_map(|at| match self.item(at)? {
            Item::Trigger(trigger) => Some((at, classes(trigger))),
            _ => None,
        });
        let (at, class) = trigger?;
        let object = match self.object(at + 1) {
            (Object::None, next) if self.lower(next) == "from" => self.object(next + 1).0,
            (object, _) => object,
        };
        match object {
            Object::Org { end: end @ End::Listed(_), .. } if class == Class::Leave => Some(end),
            _ => None,
        }
    }

    /// Reads one prepositional phrase; returns the chunk after it, `None` where it says nothing.
    fn preposition(&self, index: usize, class: Class, ends: &mut Ends) -> Option<usize> {
        let lower = self.lower(index);
        let (object, next) = match lower {
            "for" | "to" | "from" | "at" | "of" | "by" | "with" | "into" | "in" | "on"
            | "behind" => self.object(index + 1),
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
        // "To former Gana executive Bo Field": no place, but somebody.
        let somebody = matches!(self.item(next), Some(Item::Role { plural: false }))
            && matches!(lower, "to" | "for" | "with" | "by");
        if somebody && class != Class::Passive {
            return None;
        }
        // "Plucks Ada Gray out of Gana".
        let out = lower == "of" && self.lower(index.wrapping_sub(1)) == "out";
        let slot = match (lower, class) {
            ("of", Class::Arrival | Class::Hire | Class::Passive) if out => &mut ends.from,
            ("from", Class::Found) => return None,
            ("from", _) | ("behind", Class::Arrival) => &mut ends.from,
            ("at" | "of" | "in" | "on" | "with", Class::Leave | Class::Fire | Class::Departure) => {
                &mut ends.from
            }
            ("by", Class::PassiveFire) => &mut ends.from,
            ("at" | "of" | "in" | "on" | "as", Class::PassiveFire) => &mut ends.from,
            (
                "by" | "at" | "of" | "to" | "on" | "lead" | "head" | "run" | "into",
                Class::Passive,
            ) => &mut ends.to,
            ("at" | "of" | "in" | "on" | "into" | "to" | "with", Class::Join | Class::Arrival)
            | ("lead" | "head" | "run", Class::Join) => &mut ends.to,
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
            && !(matches!(lower, "from" | "behind" | "join" | "rejoin")
                || matches!(lower, "for" | "to")
                    && matches!(class, Class::Leave | Class::Departure | Class::Lose))
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
