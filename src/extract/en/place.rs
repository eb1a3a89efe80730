//! Where whoever goes comes from or goes to when the verb leaves it open.

use super::chunk::Item;
use super::class::Class;
use super::ends::Ends;
use super::going::Going;
use super::left::{
    is_campaign, is_lately, is_succeeded, is_trade, leaves_project, parted_from, returns_to_post,
    says_so, takes_object,
};
use super::object::Object;
use super::phrase::Phrase;
use super::reading::Reading;
use crate::extract::candidate::End;
use crate::model::Field;

impl Reading<'_> {
    /// The end that what stands behind the verb leaves open; `None` where it is no company at all.
    pub(super) fn place(&self, going: &mut Going<'_, '_>, ends: &mut Ends) -> Option<()> {
        let phrase = going.phrase;
        match (going.class, &ends.object) {
            // "Leaves Gana's self-driving project".
            (Class::Leave, Some(Object::Org { loose: true, .. }))
                if leaves_project(going) && ends.to.is_none() =>
            {
                going.score = 0.7;
            }
            // "Takes a job at Gana's London office".
            (Class::Join, Some(Object::Org { loose: true, .. })) if takes_post(going) => {}
            (_, Some(Object::Org { loose: true, .. })) => going.score = 0.3,
            // "Ada Gray joins Gana in backing the bill".
            (Class::Join, Some(Object::Org { .. }))
                if (going.index + 2..going.index + 6).any(|at| {
                    going.reader.lower(at) == "in" && is_campaign(going.reader.lower(at + 1))
                }) && ends.role.is_none() =>
            {
                return None;
            }
            // "Trades the corner office for Dara".
            (Class::Leave, Some(Object::Other))
                if is_trade(going)
                    && matches!(ends.to, Some(End::Listed(_)))
                    && phrase.org.is_some() =>
            {
                ends.from = phrase.org.clone();
            }
            // "Has swapped the start-up for Dara".
            (Class::Leave, Some(Object::House)) if is_trade(going) && self.house_is_left(ends) => {
                ends.from = self.house.clone();
            }
            (Class::Leave, Some(Object::House | Object::None)) if is_trade(going) => return None,
            (Class::Leave | Class::Join, Some(Object::Other)) => return None,
            // "Gives up", "fled": says nothing without what is given up.
            (Class::Leave, Some(Object::None)) if takes_object(going.reader.lower(going.index)) => {
                return None;
            }
            // "Moves to a new role": within the house.
            (Class::Join, Some(Object::House))
                if (going.index + 1..going.index + 4).any(|at| {
                    matches!(going.reader.lower(at), "role" | "roles" | "post" | "position" | "job")
                }) && ends.to.is_none() =>
            {
                return None;
            }
            (Class::Join, Some(Object::House)) if returns_to_post(going) => return None,
            // "Moves to its labs incubator": the house's own.
            (Class::Join, Some(Object::House))
                if going.reader.lower(going.index + 1) == "its"
                    && going.reader.lower(going.index).ends_with(" to")
                    && !going.reader.lower(going.index).contains("return") =>
            {
                return None;
            }
            // "Succeeding Ada Gray, who is retiring".
            (Class::Leave, Some(Object::House | Object::None))
                if ends.from.is_none()
                    && phrase.org.is_none()
                    && is_succeeded(going.reader.lower(phrase.first.wrapping_sub(1))) =>
            {
                ends.from = self.house.clone();
                going.score -= 0.1;
            }
            (Class::Leave, Some(Object::House | Object::None)) if ends.from.is_none() => {
                self.left_house(going, ends);
            }
            (Class::Join, Some(Object::House)) if ends.to.is_none() => {
                let back = ["return", "rejoin", "back"];
                let verb = going.reader.lower(going.index);
                let own = phrase.org.is_some() && phrase.org == self.moved.to;
                if own && !(phrase.role.is_some() && back.iter().any(|word| verb.contains(word))) {
                    return None;
                }
                ends.to = self.moved.to.clone().or_else(|| says_so(going));
                going.score -= 0.15;
            }
            // "Returns as CEO": to the company that the title is about.
            (Class::Join, Some(Object::None))
                if ends.to.is_none()
                    && ends.role.is_some()
                    && going.reader.lower(going.index).ends_with(" as")
                    && !phrase.persons.is_empty() =>
            {
                // "Gana founder Ada Gray returns as chair".
                // "Ada Gray, until now at Dara, joins as CEO".
                let verb = going.reader.lower(going.index);
                let joins = !["return", "back", "reinstat", "reappoint"]
                    .iter()
                    .any(|again| verb.contains(again));
                let own = phrase.org.clone().filter(|_| !phrase.former && !joins);
                if joins && phrase.org.is_some() && phrase.org == self.moved.to {
                    return None;
                }
                let title = self.passage.field == Field::Title
                    || !going.reader.lower(going.index).starts_with("returned");
                ends.to = Some(own.or_else(|| self.moved.to.clone().filter(|_| title))?);
                going.score -= 0.2;
            }
            // "Gana said that Ada Gray of Dara will join as head of policy".
            (Class::Join, Some(Object::None)) if joins_who_says(going, ends) => {
                ends.to = says_so(going);
                going.score -= 0.1;
            }
            (Class::Join, Some(Object::None)) if ends.to.is_none() => {
                let doubt = self.joins_the_house(going, ends.from.as_ref())?;
                ends.to = self.moved.to.clone();
                going.score -= doubt;
            }
            _ => {}
        }
        Some(())
    }

    /// True where whoever goes to another company leaves the one that the title is about.
    fn house_is_left(&self, ends: &Ends) -> bool {
        matches!(ends.to, Some(End::Listed(_))) && self.house.is_some() && self.house != ends.to
    }

    /// "Ada Gray of Dara has joined", "comes aboard": the company that the title is about; how
    /// much less sure that makes it.
    fn joins_the_house(&self, going: &Going<'_, '_>, from: Option<&End>) -> Option<f64> {
        let (reader, index, phrase) = (going.reader, going.index, going.phrase);
        // "She joins from Dara".
        let told = matches!(from, Some(End::Listed(_))) && reader.lower(index + 1) == "from";
        if told && self.moved.to.as_ref() != from && self.moved.to.is_some() && !phrase.former {
            return Some(0.1);
        }
        self.moved.to.as_ref().filter(|to| phrase.org.as_ref() != Some(*to))?;
        if reader.lower(index).ends_with("board") {
            return (phrase.org.is_some() || phrase.former).then_some(0.1);
        }
        let lately = is_lately(reader, index + 1);
        let before = reader.lower(index.checked_sub(1)?);
        let told = lately || matches!(before, "has" | "have" | "will" | "already" | "also");
        let joined = matches!(reader.lower(index), "joined" | "join");
        let sure = told && joined && !phrase.persons.is_empty();
        sure.then_some(if lately { 0.1 } else { 0.2 })
    }

    /// "Shake-up at Gana: co-founder Ada Gray joins Dara": the title's company is where she was.
    pub(super) fn leaves_the_house(&self, going: &Going<'_, '_>, ends: &mut Ends) {
        let phrase = going.phrase;
        let insider = phrase.role.is_some_and(|role| {
            let role = going.reader.text_of(role).to_lowercase();
            [
                "founder",
                "chief",
                "cto",
                "cfo",
                "coo",
                "head",
                "vp",
                "vice president",
                "executive",
                "researcher",
                "scientist",
                "engineer",
                "lead",
            ]
            .iter()
            .any(|inside| {
                role.split(|ch: char| !ch.is_alphanumeric()).any(|word| word == *inside)
                    || role == *inside
            })
        });
        let start = going.reader.at(phrase.first).map_or(0, |chunk| chunk.span.start);
        if ends.from.is_none()
            && insider
            && !phrase.former
            && phrase.org.is_none()
            && self.passage.field == Field::Title
            && matches!(ends.to, Some(End::Listed(_)))
            && self.house != ends.to
            && self.house_stands_before(start)
        {
            ends.from = self.house.clone();
        }
    }

    /// "Gana names a chief; Dara CEO steps down": the piece of a digest has its own company.
    fn is_another_story(&self, going: &Going<'_, '_>) -> bool {
        let reader = going.reader;
        let part = |at: &usize| matches!(reader.lower(*at), ";" | "|");
        let Some(border) = (0..going.phrase.first).rev().find(part) else { return false };
        let own = (border + 1..going.index).any(|at| {
            reader.at(at).is_some_and(|chunk| {
                chunk.item == Item::Word && chunk.cap && !reader.words.is_function(&chunk.lower)
            }) && matches!(reader.item(at + 1), Some(Item::Role { .. } | Item::Poss))
        });
        self.passage.field == Field::Title && own
    }

    /// "The executive is leaving": the company of the person's own post, or the one of the story.
    fn left_house(&self, going: &mut Going<'_, '_>, ends: &mut Ends) {
        let phrase = going.phrase;
        let house = matches!(ends.object, Some(Object::House));
        let moved = self.moved.from.as_ref();
        // "Ada Gray, who previously worked at Dara, has stepped down": the story's own company.
        let past = phrase.worked && moved.is_some() && ends.to.is_none();
        let later = moved.filter(|_| phrase.earlier);
        let own = |org: &End| {
            (!(phrase.former && house || past) || moved == Some(org))
                && later.is_none_or(|end| end == org)
        };
        ends.from = parted_from(going).or_else(|| phrase.org.clone().filter(own));
        if ends.from.is_some() {
            return;
        }
        let near = !self.is_another_story(going);
        ends.from = moved.filter(|house| near && Some(*house) != ends.to.as_ref()).cloned();
        let told = ends.to.is_some()
            || phrase.role.is_some() && !phrase.former && !phrase.persons.is_empty();
        going.score -= match (house, told) {
            (true, _) => 0.1,
            (false, true) => 0.15,
            (false, false) => 0.25,
        };
    }

    /// One without a name who leaves another company than the one that the title is about.
    pub(super) fn is_stranger(&self, phrase: &Phrase, ends: &Ends) -> bool {
        phrase.persons.is_empty()
            && phrase.org.is_none()
            && phrase.role.is_some()
            && self.house.is_some()
            && ends.from.is_some()
            && self.house != ends.from
    }
}

/// "Takes a job at".
fn takes_post(going: &Going<'_, '_>) -> bool {
    let verb = going.reader.lower(going.index);
    ["job ", "role ", "post ", "position "].iter().any(|noun| verb.contains(noun))
}

/// "Gana said that Ada Gray of Dara will join as head of policy".
fn joins_who_says(going: &Going<'_, '_>, ends: &Ends) -> bool {
    ends.to.is_none()
        && ends.role.is_some()
        && going.reader.lower(going.index).starts_with("join")
        && !going.phrase.persons.is_empty()
        && says_so(going).is_some_and(|to| Some(&to) != going.phrase.org.as_ref())
}
