//! What a person does: joins, leaves, founds, becomes, is promoted.

use super::arrives::succeeds;
use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::hired::named_elsewhere;
use super::joined::{founds, is_chosen, joins, office_at};
use super::left::{is_lately, is_rival, left_before};
use super::object::Object;
use super::phrase::{Phrase, Reader};
use super::reading::{Parts, Reading, pattern};
use super::subject::{Between, Subject};
use super::turn;
use crate::extract::candidate::End;
use crate::model::{Field, Kind};

/// A trigger with the one who goes, where it stands, and how sure the reading is so far.
pub(super) struct Going<'a, 'b> {
    pub(super) reader: &'a Reader<'b>,
    pub(super) index: usize,
    pub(super) class: Class,
    pub(super) phrase: &'a Phrase,
    pub(super) score: f64,
}

impl Reading<'_> {
    /// Joins, leaves, founds, becomes, is promoted.
    pub(super) fn intransitive(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        subject: Subject,
        pronoun: bool,
    ) -> Option<Parts> {
        if self.parts_with(reader, index, class, &subject) {
            // "Gana parts ways with Ada Gray".
            return self.transitive(reader, index, Class::Fire, subject);
        }
        if reader.lower(index) == "joined by" {
            return self.joined_by(reader, index, subject);
        }
        let phrase = subject.phrase?;
        // "A startup founded by ex-Gana engineers joins ...": the startup does.
        if phrase.persons.is_empty() && reader.lower(phrase.first.wrapping_sub(1)) == "by" {
            return None;
        }
        if class == Class::Leave && reader.remain(&phrase, index) {
            return None;
        }
        if reader.lower(index).ends_with(" from")
            && class == Class::Join
            && !reader.lower(index).contains("offer")
        {
            return self.arrives_from(reader, index, phrase, subject.between);
        }
        if succeeds(reader.lower(index)) {
            return self.takes_over(reader, index, phrase, subject.between);
        }
        if reader.lower(index).starts_with("follow") {
            return self.follows(reader, index, phrase, subject.between);
        }
        if class == Class::Become
            && let Some(parts) = self.office_goes_to(reader, index, &phrase, subject.between)
        {
            return Some(parts);
        }
        let mut ends = reader.ends(index + 1, class, &self.classes());
        self.held(reader, index, &mut ends)?;
        if class == Class::Leave
            && phrase.org.is_some()
            && ends.from.is_some()
            && reader.is_part(index + 2)
        {
            // "Waymo chief leaves Alphabet unit".
            ends.from = phrase.org.clone();
        }
        let open = matches!(ends.object, Some(Object::Other | Object::None | Object::House));
        if class == Class::Join
            && open
            && !reader.lower(index).ends_with(" as")
            && is_rival(reader, index)
            && phrase.org.is_some()
            && phrase.is_people()
        {
            return Some(self.to_a_rival(reader, index, phrase, subject.between));
        }
        leaves_somebody(reader, index, class, &phrase, &mut ends);
        let score = if pronoun { 0.75 } else { 0.9 };
        let mut going = Going { reader, index, class, phrase: &phrase, score };
        self.place(&mut going, &mut ends)?;
        let lately = (index + 1..index + 6).any(|at| is_lately(reader, at));
        if class == Class::Leave && !lately && self.is_stranger(&phrase, &ends) {
            // "Gana raises $100m; founder left Dara": a past, told beside the news.
            going.score -= 0.4;
        }
        let kind = match class {
            Class::Join => {
                let kind = joins(&mut going, &mut ends);
                if ends.from.is_none() {
                    ends.from = left_before(&going, ends.to.as_ref());
                }
                self.leaves_the_house(&going, &mut ends);
                kind
            }
            Class::Found => founds(&going, &self.classes(), &mut ends)?,
            Class::Become => self.becomes(&going, &mut ends)?,
            Class::Promote => {
                ends.to = ends.to.or_else(|| phrase.org.clone());
                Kind::Promoted
            }
            Class::Leave if ends.founds => Kind::Founded,
            _ => Kind::Left,
        };
        if class == Class::Leave && ends.from.is_none() && matches!(ends.to, Some(End::Listed(_))) {
            ends.from = reader.brand_of(&phrase);
        }
        let (score, between) = (going.score, subject.between);
        Some(Parts { phrase, between, ends, class, kind, score, pattern: pattern(class) })
    }

    /// "Gana parts ways with Ada Gray", "the start-up has parted ways with its finance chief".
    fn parts_with(
        &self,
        reader: &Reader<'_>,
        index: usize,
        class: Class,
        subject: &Subject,
    ) -> bool {
        let verb = reader.lower(index);
        if class != Class::Leave {
            return false;
        }
        if subject.phrase.is_none() {
            let parts = verb.starts_with("part") && verb.ends_with(" with");
            return parts && self.says_house(reader, index);
        }
        let yields = ["surrender", "yield", "cede"].iter().any(|stem| verb.starts_with(stem));
        !yields
            && subject.phrase.as_ref().is_some_and(|phrase| phrase.organisation)
            && reader.phrase_after(index + 1).is_some_and(|phrase| phrase.is_people())
    }

    /// "Takes Gana board seat", "takes a board seat at Gana"; `None` where no company is told.
    fn held(&self, reader: &Reader<'_>, index: usize, ends: &mut Ends) -> Option<()> {
        let before = || (0..index).rev().map(|at| reader.lower(at));
        let Some(verb) = turn::held(reader.lower(index), before) else { return Some(()) };
        // "Takes Gana board role in stride".
        if reader.lower(index + 1) == "in" && reader.lower(index + 2) == "stride" {
            return None;
        }
        let held = reader.held_between(index - verb, index);
        if held.is_some() {
            ends.object = None;
        }
        ends.to = Some(held.or_else(|| ends.to.take())?);
        Some(())
    }

    /// "Gana's Ada Gray becomes head of Dara".
    fn becomes(&self, going: &Going<'_, '_>, ends: &mut Ends) -> Option<Kind> {
        let (reader, index, phrase) = (going.reader, going.index, going.phrase);
        let own = (index + 1..index + 5).any(|at| {
            reader.words.is("house", reader.lower(at)) && reader.item(at + 1) == Some(Item::Poss)
                || reader.lower(at) == "its"
        });
        if own {
            let named = (0..index).find_map(|at| match reader.item(at)? {
                Item::Org { company, product: false } => Some(End::Listed(company)),
                _ => None,
            });
            let other = |end: &End| Some(end) != phrase.org.as_ref();
            ends.to =
                ends.to.take().or(named.filter(other)).or_else(|| self.house.clone().filter(other));
        }
        // "Ex-Dara chief Ada Gray to run Gana's tools", "takes the reins at Gana".
        if [" lead", " head", " run", " helm", " oversee", " steer", " spearhead", " at"]
            .iter()
            .any(|verb| reader.lower(index).ends_with(verb))
            && ends.to.is_none()
            && let Some(Item::Org { company, product: false }) = reader.item(index + 1)
        {
            ends.to = Some(End::Listed(company));
        }
        // "Gana gets its chief: Dara's Ada Gray to run the lab".
        let start = reader.at(phrase.first).map_or(0, |chunk| chunk.span.start);
        if reader.lower(index).starts_with("to ")
            && ends.to.is_none()
            && self.passage.field == Field::Title
            && matches!(phrase.org, Some(End::Listed(_)))
            && self.house_stands_before(start)
        {
            ends.to = self.house.clone().filter(|to| Some(to) != phrase.org.as_ref());
        }
        // "Gana's chief is leaving. He will become chief of Dara": the title tells from where.
        let left = self.moved.from.clone().filter(|from| {
            self.passage.field != Field::Title
                && Some(from) != ends.to.as_ref()
                && phrase.persons.iter().any(|named| named.elsewhere.is_some())
        });
        let brand = || if phrase.persons.is_empty() { None } else { reader.brand_of(phrase) };
        let from = phrase.org.clone().or_else(|| left_before(going, ends.to.as_ref())).or(left);
        let from = from.or_else(|| ends.from.take()).or_else(brand);
        // "Ada Gray, who ran finance at Dara, started as finance chief": at the title's company.
        let starts = ["start", "began", "begins", "joins as", "takes over as"]
            .iter()
            .any(|stem| reader.lower(index).starts_with(stem));
        if starts && ends.to.is_none() && self.passage.field == Field::Summary {
            let outside = from.is_some() || phrase.former || phrase.worked;
            let named = outside && !phrase.persons.is_empty();
            ends.to = self.moved.to.clone().filter(|to| named && Some(to) != from.as_ref());
        }
        // "Gana's Ada Gray becomes a partner at Zeta".
        if ends.to.is_none() && matches!(from, Some(End::Listed(_))) && !phrase.former {
            let named = || named_elsewhere(reader, index + 1);
            ends.to = office_at(reader, index + 1).or_else(named);
        }
        let veteran = phrase.role.is_some_and(|role| {
            let role = reader.text_of(role).to_lowercase();
            role.ends_with("veteran") || role.ends_with("alum")
        });
        let chosen = is_chosen(reader.lower(index)) && !phrase.persons.is_empty();
        let outsider =
            from.is_some() || veteran || chosen || phrase.former && !phrase.persons.is_empty();
        if !outsider || ends.to.is_none() || from == ends.to {
            return None;
        }
        ends.from = from;
        Some(Kind::Joined)
    }

    /// "Defects to a rival": whoever goes leaves the company around the name.
    fn to_a_rival(
        &self,
        reader: &Reader<'_>,
        index: usize,
        phrase: Phrase,
        between: Between,
    ) -> Parts {
        let mut ends = Ends { end: index + 1, ..Ends::default() };
        reader.tail(index + 1, Class::Leave, &self.classes(), &mut ends);
        ends.from = phrase.org.clone();
        let (class, kind) = (Class::Leave, Kind::Left);
        Parts { phrase, between, ends, class, kind, score: 0.85, pattern: pattern(class) }
    }
}

/// "Ada Gray, a co-founder of Gana, parts company with Field": she leaves Gana.
fn leaves_somebody(
    reader: &Reader<'_>,
    index: usize,
    class: Class,
    phrase: &Phrase,
    ends: &mut Ends,
) {
    let somebody = matches!(reader.item(index + 1), Some(Item::Person { .. }))
        && reader.lower(index).ends_with(" with");
    if class == Class::Leave && somebody && matches!(phrase.org, Some(End::Listed(_))) {
        ends.from = phrase.org.clone();
        ends.object = None;
    }
}
