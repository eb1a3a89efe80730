//! Who is hired, named or dismissed, told in the passive.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::hired::{goes_into_office, named_elsewhere};
use super::object::Object;
use super::phrase::Reader;
use super::reading::{Parts, Reading, pattern};
use super::subject::Subject;
use crate::extract::candidate::End;
use crate::model::{Field, Kind};

impl Reading<'_> {
    /// "Ada Gray named chief scientist of Gana".
    pub(super) fn passive(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        subject: Subject,
    ) -> Option<Parts> {
        let phrase = subject.phrase?;
        let suit = |at: usize| {
            matches!(
                reader.lower(at),
                "lawsuit" | "suit" | "case" | "complaint" | "claims" | "charges"
            )
        };
        let thrown_out = reader.lower(index).starts_with("dismiss") && (0..index).any(suit);
        if !phrase.is_people() || thrown_out {
            return None;
        }
        let class = if class == Class::Hire { Class::Passive } else { Class::PassiveFire };
        let mut ends = Ends { end: index + 1, ..Ends::default() };
        reader.tail(index + 1, class, &self.classes(), &mut ends);
        let kind = if class == Class::Passive {
            let brand = || if phrase.org.is_none() { reader.brand_of(&phrase) } else { None };
            let origin = phrase.org.clone().or_else(brand);
            let origin = origin.filter(|org| Some(org) != ends.to.as_ref());
            // "Gana's chief retires; Ada Gray named successor".
            let heir = |at: usize| {
                matches!(reader.lower(at), "successor" | "replacement")
                    || matches!(reader.lower(at), "replace" | "succeed")
                        && matches!(reader.lower(at + 1), "him" | "her" | "them")
            };
            // "Has been recruited by the British firm": the one that the article is about.
            if ends.to.is_none()
                && reader.lower(index + 1) == "by"
                && matches!(reader.object(index + 2).0, Object::House)
            {
                ends.to = self.house.clone().filter(|house| Some(house) != phrase.org.as_ref());
            }
            let elsewhere = phrase.former || phrase.org.is_some() || ends.from.is_some();
            if ends.to.is_none() && (index + 1..index + 7).any(heir) && elsewhere {
                let own = |house: &End| {
                    Some(house) != phrase.org.as_ref() && Some(house) != ends.from.as_ref()
                };
                ends.to = self.house.clone().filter(own);
            }
            // "Ada Gray, formerly of Dara, has been named chief": of the title's company.
            let office = (index + 1..index + 5)
                .any(|at| matches!(reader.item(at), Some(Item::Role { plural: false })));
            if ends.to.is_none()
                && office
                && self.passage.field == Field::Summary
                && !phrase.persons.is_empty()
                && (phrase.former || matches!(phrase.org, Some(End::Listed(_))))
            {
                ends.to = self.moved.to.clone().filter(|to| Some(to) != phrase.org.as_ref());
            }
            // "Gana's chief Ada Gray hired from Dara".
            let taken = ["hired", "poached", "recruited", "lured", "snatched"]
                .contains(&reader.lower(index));
            if ends.to.is_none() && taken && ends.from.is_some() && ends.from != phrase.org {
                ends.to = phrase.org.clone();
            }
            if ends.to.is_none() && matches!(phrase.org, Some(End::Listed(_))) && !reader.title_case
            {
                ends.to = named_elsewhere(reader, index + 1);
            }
            if ends.to.is_none() && !phrase.former && goes_into_office(reader, index + 1) {
                ends.from = Some(origin?);
                return Some(Parts {
                    phrase,
                    between: subject.between,
                    ends,
                    class,
                    kind: Kind::Left,
                    score: 0.75,
                    pattern: pattern(class),
                });
            }
            ends.to.as_ref()?;
            ends.from = ends.from.or(origin);
            Kind::Joined
        } else {
            let joins = |at: usize| {
                matches!(reader.item(at), Some(Item::Trigger(trigger))
                    if self.classes()(trigger) == Class::Join)
            };
            // "Lab's CTO fired, returns to Gana": the company of the title is another one.
            let other = (index + 1..reader.chunks.len()).any(joins);
            let house = self.moved.from.clone().filter(|_| !other);
            ends.from = ends.from.or_else(|| phrase.org.clone()).or(house);
            Kind::Left
        };
        Some(Parts {
            phrase,
            between: subject.between,
            ends,
            class,
            kind,
            score: 0.85,
            pattern: pattern(class),
        })
    }
}
