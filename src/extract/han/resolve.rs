//! Resolves events into candidates: who moves, from where, to where, and what speaks against it.

use super::absorb;
use super::article::Article;
use super::ends::{Clues, Ends};
use super::event::{Event, Frame};
use super::mover::Mover;
use super::person::Person;
use super::reason::reason;
use super::token::{Kind as TokenKind, Token};
use super::tongue::Tongue;
use super::unite::{APPOINT, BESIDE, GUESSED, LISTED, ROSTER, SERVED};
use super::view::View;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::text::Span;
use crate::model::{Field, Kind, Status, Suppressed};

pub(super) struct Resolver<'a> {
    tongue: &'a Tongue,
    passage: &'a Passage<'a>,
    pub(super) tokens: &'a [Token],
    pub(super) people: &'a [Person],
}

/// Resolves the events of one passage.
pub(crate) fn candidates(
    tongue: &Tongue,
    passage: &Passage<'_>,
    tokens: &[Token],
    people: &[Person],
    events: &[Event],
    article: &Article,
) -> Vec<Candidate> {
    let resolver = Resolver { tongue, passage, tokens, people };
    let mut made: Vec<Made> = Vec::new();
    for event in events {
        let result = resolver.event(event, &made, article);
        made.push(result);
    }
    resolver.report(events, made)
}

/// An event resolved.
pub(super) struct Made {
    pub(super) frame: Frame,
    pub(super) statement: usize,
    /// A relative clause about who moves next.
    pub(super) relative: bool,
    /// What the mover had done before this sentence's move: joined A, to leave it now.
    pub(super) passed: bool,
    pub(super) movers: Vec<Mover>,
    pub(super) ends: Ends,
    pub(super) suppressed: Option<Suppressed>,
    /// A later event of the sentence tells the same move more fully.
    pub(super) absorbed: bool,
}

impl Resolver<'_> {
    pub(super) fn view(&self, phrase: &[usize]) -> View {
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
        self.stand_for(event, made, &mut movers);
        let direct = matches!(event.frame, Frame::Hire | Frame::Fire);
        if movers.is_empty()
            && !direct
            && (subject.companies.is_empty() || event.inherited)
            && let Some(serial) = serial
        {
            movers.clone_from(&serial.movers);
        }
        let mut ends = Clues::new(self, event, [&subject, &object], &movers, made, article).ends();
        if ends.from.is_none()
            && ends.unlisted_from.is_none()
            && !matches!(event.frame, Frame::Leave | Frame::Quit)
        {
            ends.unlisted_from.clone_from(&source.house);
        }
        let suppressed = reason(event, source, &object, &movers, &ends)
            .or_else(|| part_of_crowd(event, &movers, made));
        Made {
            frame: event.frame,
            statement: event.statement,
            relative: event.relative,
            passed: event.relative || event.background && event.frame == Frame::Join,
            movers,
            ends,
            suppressed,
            absorbed: false,
        }
    }

    /// What the passage has at `span`.
    pub(super) fn written(&self, span: Span) -> &str {
        self.passage.text.get(span)
    }

    /// The company that the one person of `view` heads.
    pub(super) fn headed(&self, view: &View) -> Option<u16> {
        let [mover] = view.movers.as_slice() else { return None };
        let house = self.tongue.house(mover.name.as_deref()?)?;
        let bare = view.companies.is_empty() && !view.firm && view.unlisted.is_none();
        self.passage.gazetteer.index_of(house).filter(|_| bare)
    }

    /// The nearest company of the clauses before, unless two compete.
    pub(super) fn nearest(&self, event: &Event) -> Option<u16> {
        let mentions =
            event.around.iter().rev().filter_map(|index| match self.tokens.get(*index)?.kind {
                TokenKind::Company(at) => {
                    self.passage.companies.get(at).filter(|mention| !mention.by_product)
                }
                _ => None,
            });
        mentions.map(|mention| mention.company).next()
    }

    /// The companies that a headline names before the event.
    pub(super) fn spoken_of(&self, event: &Event) -> Vec<u16> {
        if self.passage.field != Field::Title {
            return Vec::new();
        }
        let before = self
            .passage
            .companies
            .iter()
            .filter(|own| own.span.end <= event.trigger.start && !own.by_product);
        before.map(|own| own.company).collect()
    }

    fn report(&self, events: &[Event], mut made: Vec<Made>) -> Vec<Candidate> {
        absorb::absorb(events, &mut made);
        let pairs = events.iter().zip(made).filter(|(_, made)| !made.absorbed);
        pairs.flat_map(|(event, made)| self.claims(event, made)).collect()
    }

    fn claims(&self, event: &Event, made: Made) -> Vec<Candidate> {
        let Made { movers, ends, suppressed, .. } = made;
        let named = movers.iter().filter(|mover| mover.name.is_some()).count();
        let roster = ends.from.is_none() && ends.to.is_none();
        if roster && !event.names_whom(named) {
            return Vec::new();
        }
        let suppressed = suppressed.filter(|_| !roster);
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
        let act = self.passage.text.get(event.trigger);
        let rises = |mover: &Mover| from.is_none() && mover.rises(act);
        let make = |mover: &Mover| Candidate {
            field: self.passage.field,
            person: mover.name.clone(),
            person_span: mover.span,
            count: mover.count,
            from: mover.own_from(&from, &to, movers),
            to: to.clone(),
            role: mover.role.clone(),
            kind: if rises(mover) { Kind::Promoted } else { kind },
            status,
            trigger: event.trigger,
            sentence: self.passage.text.sentence_at(event.trigger.start),
            suppressed: suppressed.or_else(|| {
                mover.reason(event, ends_known(&from, &to), matches!(to, Some(End::Listed(_))))
            }),
            score: score(event, mover, ends.guessed),
            pattern: match (mover.beside, ends.guessed, event.frame) {
                _ if roster && event.inherited => LISTED,
                _ if roster => ROSTER,
                (true, ..) => BESIDE,
                (_, true, Frame::Leave | Frame::Quit) => GUESSED,
                _ if event.appoint => APPOINT,
                _ => pattern(event.frame),
            },
        };
        movers.iter().map(make).collect()
    }
}

/// "Eleven left, six of them for B": a part of a statistic is one.
fn part_of_crowd(event: &Event, movers: &[Mover], made: &[Made]) -> Option<Suppressed> {
    let crowd = made.iter().any(|own| {
        own.statement == event.statement && own.suppressed == Some(Suppressed::Statistics)
    });
    let unnamed = movers.iter().all(|mover| mover.name.is_none());
    (crowd && unnamed).then_some(Suppressed::Statistics)
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
        Frame::Roster => ROSTER,
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
