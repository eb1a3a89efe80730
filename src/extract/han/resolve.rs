//! Resolves events into candidates: who moves, from where, to where, and what speaks against it.

use super::event::{Event, Frame};
use super::person::Person;
use super::token::{Kind as TokenKind, Token};
use super::unite::{BESIDE, SERVED};
use super::view::{Head, Mover, View};
use crate::extract::candidate::{Candidate, End, Passage};
use crate::model::{Kind, Status, Suppressed};

/// What one passage of an article tells the next.
pub(crate) struct Article {
    /// The only company of the article, where there is one.
    sole: Option<u16>,
    /// The company that the title names, where it names but one.
    title: Option<u16>,
}

impl Article {
    /// Reads the companies of all passages.
    pub(crate) fn of(passages: &[Passage<'_>]) -> Self {
        let mut sole = None;
        let mut many = false;
        let mentions =
            passages.iter().flat_map(|passage| passage.companies.iter().map(move |m| (passage, m)));
        for (passage, mention) in mentions.filter(|(_, mention)| !mention.by_product) {
            match sole {
                None => sole = Some(mention.company),
                Some(own) => many |= !passage.gazetteer.related(own, mention.company),
            }
        }
        let title = passages.first().and_then(|title| {
            let mut own = title.companies.iter().map(|mention| mention.company);
            let first = own.next()?;
            own.all(|other| title.gazetteer.related(first, other)).then_some(first)
        });
        Self { sole: sole.filter(|_| !many), title }
    }
}

/// The ends of a move and how it was read.
struct Ends {
    from: Option<u16>,
    to: Option<u16>,
    unlisted_from: Option<String>,
    unlisted_to: Option<String>,
    /// An end was taken from farther away.
    guessed: bool,
}

struct Resolver<'a> {
    passage: &'a Passage<'a>,
    tokens: &'a [Token],
    people: &'a [Person],
}

/// Resolves the events of one passage.
pub(crate) fn candidates(
    passage: &Passage<'_>,
    tokens: &[Token],
    people: &[Person],
    events: &[Event],
    article: &Article,
) -> Vec<Candidate> {
    let resolver = Resolver { passage, tokens, people };
    let mut made: Vec<Made> = Vec::new();
    for event in events {
        let result = resolver.event(event, &made, article);
        made.push(result);
    }
    resolver.report(events, made)
}

/// An event resolved.
struct Made {
    frame: Frame,
    statement: usize,
    /// A relative clause about who moves next.
    relative: bool,
    movers: Vec<Mover>,
    ends: Ends,
    suppressed: Option<Suppressed>,
    /// A later event of the sentence tells the same move more fully.
    absorbed: bool,
}

impl Resolver<'_> {
    fn view(&self, phrase: &[usize]) -> View {
        View::of(phrase, self.passage, self.tokens, self.people)
    }

    fn event(&self, event: &Event, made: &[Made], article: &Article) -> Made {
        let subject = self.view(&event.subject);
        let object = self.view(&event.object);
        let serial = event.serial.and_then(|index| made.get(index));
        let (mut movers, source) = match event.frame {
            Frame::Hire | Frame::Fire if event.mood.passive => (subject.movers.clone(), &subject),
            Frame::Hire | Frame::Fire => {
                let taken = self.view(&event.taken);
                let movers =
                    if taken.movers.is_empty() { object.movers.clone() } else { taken.movers };
                (movers, &object)
            }
            _ => (subject.movers.clone(), &subject),
        };
        if movers.iter().any(|mover| mover.head == Head::Pronoun) {
            let last = self.last_named(event.trigger.start);
            for mover in movers.iter_mut().filter(|mover| mover.head == Head::Pronoun) {
                mover.name.clone_from(&last);
            }
            movers.retain(|mover| mover.head != Head::Pronoun || mover.name.is_some());
        }
        let direct = matches!(event.frame, Frame::Hire | Frame::Fire);
        if movers.is_empty()
            && !direct
            && let Some(serial) = serial
        {
            if subject.companies.is_empty() || event.inherited {
                movers.clone_from(&serial.movers);
            }
        }
        let ends = self.ends(event, &subject, &object, &movers, serial, made, article);
        let mut ends = ends;
        if ends.from.is_none()
            && ends.unlisted_from.is_none()
            && !matches!(event.frame, Frame::Leave | Frame::Quit)
        {
            ends.unlisted_from.clone_from(&source.house);
        }
        let suppressed = reason(event, source, &object, &movers, &ends);
        Made { frame: event.frame, statement: event.statement, relative: event.relative, movers, ends, suppressed, absorbed: false }
    }

    fn ends(
        &self,
        event: &Event,
        subject: &View,
        object: &View,
        movers: &[Mover],
        serial: Option<&Made>,
        made: &[Made],
        article: &Article,
    ) -> Ends {
        let from_view = self.view(&event.from);
        let possessor = self.view(&event.possessor).first();
        let direct = matches!(event.frame, Frame::Hire)
            || matches!(event.frame, Frame::Fire) && !event.mood.passive;
        let owner = movers.iter().find_map(|mover| mover.owner).or(possessor.filter(|_| !direct));
        let said = from_view.first();
        let near = self.nearest(event);
        let mut ends = Ends {
            from: None,
            to: None,
            unlisted_from: from_view.unlisted.clone(),
            unlisted_to: None,
            guessed: false,
        };
        match event.frame {
            Frame::Leave | Frame::Quit | Frame::Fire => {
                let employer = match event.frame {
                    Frame::Fire if event.mood.passive => self.view(&event.agent).first().or(owner),
                    Frame::Fire => subject.employer(),
                    _ => object.destination().or(said).or(owner),
                };
                ends.from = employer;
                let named = object.is_other() && event.frame == Frame::Quit;
                if ends.from.is_none() && !named && ends.unlisted_from.is_none() {
                    let back =
                        serial.filter(|made| made.ends.to.is_some()).and_then(|made| made.ends.to);
                    ends.from = back.or(near).or(article.sole).or(article.title);
                    ends.guessed = back.is_none();
                    if event.frame == Frame::Quit && !object.firm && back.is_none() {
                        ends.from = None;
                    }
                }
            }
            Frame::Join | Frame::Enlist => {
                ends.to = object.destination().or(object.post());
                ends.unlisted_to.clone_from(&object.unlisted);
                if ends.to.is_none() && event.frame == Frame::Enlist && !object.is_other() {
                    ends.to = near;
                    ends.guessed = true;
                }
                // "Two who had just joined A join B": from A.
                let left = serial.filter(|made| made.relative).and_then(|made| made.ends.to);
                let before = left.or(serial.and_then(|made| made.ends.from));
                // "B poaches from A: four researchers join the lab".
                if let (None, None, Some(last)) = (ends.to, object.first(), made.last())
                    && last.frame == Frame::Hire
                    && last.movers.is_empty()
                    && last.statement == event.statement
                {
                    ends.to = last.ends.to;
                    ends.from = last.ends.from;
                }
                // "B poaches three from A. Those who moved are X, Y and Z".
                if ends.to.is_none()
                    && object.companies.is_empty()
                    && said.is_none()
                    && !object.is_other()
                    && let Some(last) =
                        made.last().filter(|last| last.statement + 1 >= event.statement)
                    && last.suppressed.is_none()
                {
                    ends.to = last.ends.to;
                    ends.from = last.ends.from;
                }
                // A seat on another's board is no departure.
                let owner =
                    owner.filter(|_| !object.board || movers.iter().any(|mover| mover.former));
                ends.from =
                    said.or(before).or(owner).or(ends.from).filter(|from| Some(*from) != ends.to);
                // "A loses people: two researchers join B".
                let unnamed = !movers.is_empty() && movers.iter().all(|mover| mover.name.is_none());
                if ends.from.is_none() && unnamed && ends.to.is_some() {
                    ends.from = near.filter(|near| Some(*near) != ends.to);
                    ends.unlisted_from = self.view(&event.topic).unlisted;
                }
            }
            Frame::Hire => {
                let agent = self.view(&event.agent).first();
                let poached = object.first().filter(|_| movers.is_empty());
                ends.from = said.or(owner).or(poached);
                ends.to = if event.mood.passive {
                    agent.or(self.view(&event.post).first())
                } else {
                    subject.employer()
                };
                if event.mood.passive {
                } else if subject.companies.is_empty() && subject.unlisted.is_some() {
                    ends.unlisted_to.clone_from(&subject.unlisted);
                } else if ends.to.is_none() && subject.movers.is_empty() {
                    ends.to = near.or(article.title).filter(|to| Some(*to) != ends.from);
                    ends.guessed = true;
                }
                ends.from = ends.from.filter(|from| Some(*from) != ends.to);
            }
            Frame::Found => ends.from = said.or(owner).or(serial.and_then(|made| made.ends.from)),
            Frame::Served => ends.from = said,
            Frame::Promote => ends.to = owner.or(object.first()).or(near),
        }
        ends
    }

    /// The last person named before byte `at`.
    fn last_named(&self, at: usize) -> Option<String> {
        let before = self.tokens.iter().rev().filter(|token| token.span.end <= at);
        before
            .filter_map(|token| match token.kind {
                TokenKind::Person(index) => {
                    self.people.get(index).map(|person| person.name.clone())
                }
                _ => None,
            })
            .next()
    }

    /// The nearest company of the clauses before, unless two compete.
    fn nearest(&self, event: &Event) -> Option<u16> {
        let mentions =
            event.around.iter().rev().filter_map(|index| match self.tokens.get(*index)?.kind {
                TokenKind::Company(at) => {
                    self.passage.companies.get(at).filter(|mention| !mention.by_product)
                }
                _ => None,
            });
        mentions.map(|mention| mention.company).next()
    }

    fn report(&self, events: &[Event], mut made: Vec<Made>) -> Vec<Candidate> {
        for (index, event) in events.iter().enumerate() {
            let Some(serial) = event.serial else { continue };
            let same = made.get(index).zip(made.get(serial)).is_some_and(|(own, before)| {
                own.suppressed.is_none()
                    && !own.movers.is_empty()
                    && own.movers.iter().map(|m| &m.name).eq(before.movers.iter().map(|m| &m.name))
                    && own.ends.from.is_some()
                    && own.ends.from == before.ends.from
            });
            let told = made.get(index).zip(made.get(serial)).is_some_and(|(own, before)| {
                before.relative && before.statement == own.statement && !own.movers.is_empty() && own.suppressed.is_none()
            });
            if (same || told) && let Some(before) = made.get_mut(serial) {
                before.absorbed = true;
            }
        }
        let pairs = events.iter().zip(made).filter(|(_, made)| !made.absorbed);
        pairs.flat_map(|(event, made)| self.claims(event, made)).collect()
    }

    fn claims(&self, event: &Event, made: Made) -> Vec<Candidate> {
        let Made { movers, ends, suppressed, .. } = made;
        if ends.from.is_none() && ends.to.is_none() {
            return Vec::new();
        }
        let end = |listed: Option<u16>, other: &Option<String>| {
            listed.map(End::Listed).or_else(|| other.clone().map(End::Unlisted))
        };
        let (from, to) = (end(ends.from, &ends.unlisted_from), end(ends.to, &ends.unlisted_to));
        let kind = match (event.frame, &from, &to) {
            (Frame::Promote, ..) => Kind::Promoted,
            (Frame::Found, ..) => Kind::Founded,
            (_, Some(_), Some(_)) => Kind::Moved,
            (_, Some(_), None) => Kind::Left,
            _ => Kind::Joined,
        };
        let status = match event.mood {
            mood if mood.negated => Status::Denied,
            mood if mood.hedged => Status::Rumoured,
            mood if mood.announced => Status::Confirmed,
            _ => Status::Reported,
        };
        let nobody = [Mover::nobody()];
        let movers: &[Mover] = if movers.is_empty() { &nobody } else { &movers };
        let make = |mover: &Mover| Candidate {
            field: self.passage.field,
            person: mover.name.clone(),
            person_span: mover.span,
            count: mover.count,
            from: mover.own_from(&from, movers.len()),
            to: to.clone(),
            role: mover.role.clone(),
            kind,
            status,
            trigger: event.trigger,
            sentence: self.passage.text.sentence_at(event.trigger.start),
            suppressed: suppressed.or_else(|| mover.reason(event, ends_known(&from, &to))),
            score: score(event, mover, ends.guessed),
            pattern: if mover.beside { BESIDE } else { pattern(event.frame) },
        };
        movers.iter().map(make).collect()
    }
}

/// How many ends are known.
fn ends_known(from: &Option<End>, to: &Option<End>) -> usize {
    usize::from(from.is_some()) + usize::from(to.is_some())
}

fn pattern(frame: Frame) -> &'static str {
    match frame {
        Frame::Leave | Frame::Quit => "leave",
        Frame::Join | Frame::Enlist => "join",
        Frame::Hire => "hire",
        Frame::Fire => "fire",
        Frame::Found => "found",
        Frame::Promote => "promote",
        Frame::Served => SERVED,
    }
}

fn score(event: &Event, mover: &Mover, guessed: bool) -> f64 {
    let mut score: f64 = if mover.name.is_some() { 0.95 } else { 0.8 };
    if guessed {
        score -= 0.15;
    }
    if event.inherited {
        score -= 0.05;
    }
    score
}

/// Why the sentence as a whole must not alert.
fn reason(
    event: &Event,
    source: &View,
    object: &View,
    movers: &[Mover],
    ends: &Ends,
) -> Option<Suppressed> {
    let mood = event.mood;
    if mood.negated {
        return Some(Suppressed::Negated);
    }
    if source.self_ || mood.supposed {
        return Some(Suppressed::Hypothetical);
    }
    if mood.sabbatical {
        return Some(Suppressed::Sabbatical);
    }
    if movers.is_empty() {
        let organisation = !source.companies.is_empty() || object.alliance;
        return Some(if organisation {
            Suppressed::Organisation
        } else {
            Suppressed::Unidentified
        });
    }
    if mood.recap {
        return Some(Suppressed::Recap);
    }
    if event.background || event.nominal && !mood.announced || event.relative && !mood.recent {
        return Some(Suppressed::Historical);
    }
    let crowd: u32 =
        movers.iter().filter(|mover| mover.name.is_none()).map(|mover| mover.count).sum();
    let both = ends.from.is_some() && ends.to.is_some();
    if crowd >= 10 && !both || mood.statistics && movers.iter().all(|mover| mover.name.is_none()) {
        return Some(Suppressed::Statistics);
    }
    if event.frame == Frame::Found && !(mood.recent || mood.announced) {
        return Some(Suppressed::Historical);
    }
    // "Joins the pledge": neither a company nor a word for one.
    let nowhere =
        ends.to.is_none() && !object.is_firm() && !movers.iter().any(|mover| mover.former);
    if nowhere && event.frame == Frame::Join {
        return Some(Suppressed::Organisation);
    }
    if object.alliance && ends.to.is_none() && matches!(event.frame, Frame::Join | Frame::Enlist) {
        return Some(Suppressed::Organisation);
    }
    None
}
