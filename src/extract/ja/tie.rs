//! The tie between a house and those whom its statement names: by the particle behind the house
//! and the verb after it.

use super::bond::Reading;
use super::mark::{Mark, Marked};
use crate::extract::han::bond::Tie;
use crate::extract::text::Span;
use crate::model::Field;

/// How a house is tied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) tie: Tie,
    pub(super) weak: bool,
    pub(super) past: bool,
    /// The verb that says so.
    pub(super) verb: Option<Span>,
}

impl Told {
    fn new(tie: Tie, verb: Option<Span>) -> Option<Self> {
        Some(Self { tie, weak: false, past: false, verb })
    }
}

impl Reading<'_> {
    /// The tie of the house that mark `at` is.
    pub(super) fn tie(&self, at: usize) -> Option<Told> {
        let before = at.checked_sub(1).and_then(|before| self.marks.get(before));
        let next = self.marks.get(at + 1);
        let (span, _) = *self.marks.get(at)?;
        let former = |mark: Option<&Marked>| mark.filter(|own| own.1 == Mark::Former).map(|m| m.0);
        let ahead = former(before).is_some_and(|own| own.end == span.start);
        let behind = former(next).is_some_and(|own| own.start == span.end);
        if ahead || behind || self.rest(span.end).starts_with("を経") {
            return Told::new(Tie::Was, None);
        }
        if before.is_some_and(|own| own.1 == Mark::Next) {
            return Told::new(Tie::New, before.map(|own| own.0));
        }
        let (case, verb) = (self.case(at), self.verb(at));
        let span = verb.map(|(span, _)| span);
        match (case?, verb.map(|(_, mark)| mark)) {
            (Mark::Object, Some(Mark::Leave)) => self.left(span),
            (Mark::From, Some(Mark::Join)) if !span.is_some_and(|span| self.is_relative(span)) => {
                Told::new(Tie::Left, span).map(|told| Told { past: self.is_past(), ..told })
            }
            (Mark::From, Some(Mark::Leave | Mark::Join | Mark::Hire | Mark::Hired)) => {
                Told::new(Tie::Was, span)
            }
            (Mark::To, Some(Mark::Join | Mark::Hired)) => self.begins(span),
            (Mark::At, Some(Mark::Join)) if span.is_some_and(|span| self.starts(span)) => {
                self.begins(span)
            }
            (Mark::To, None) if self.ends_title(at) => Told::new(Tie::New, span),
            (Mark::At | Mark::To, Some(Mark::Work)) => self.worked(span),
            (Mark::Subject | Mark::Comma, _) if self.takes(at) => {
                Told::new(Tie::New, self.hire(at))
            }
            (Mark::Of, _) => Told::new(Tie::Is, None),
            _ => None,
        }
    }

    /// What the passage has from byte `at`.
    fn rest(&self, at: usize) -> &str {
        self.passage.text.norm.get(at..).unwrap_or("")
    }

    /// "A を離れる", or "A を離れた X".
    fn left(&self, verb: Option<Span>) -> Option<Told> {
        let relative = verb.is_some_and(|verb| self.is_relative(verb));
        let told = Told::new(if relative { Tie::Was } else { Tie::Left }, verb);
        told.map(|told| Told { past: self.is_past(), weak: true, ..told })
    }

    /// "B に移る"; "B に移った X" is of B already.
    fn begins(&self, verb: Option<Span>) -> Option<Told> {
        let relative = verb.is_some_and(|verb| self.is_relative(verb));
        let told = Told::new(if relative { Tie::Is } else { Tie::New }, verb);
        told.map(|told| Told { past: self.is_past(), ..told })
    }

    /// "B で働き始めた".
    fn starts(&self, verb: Span) -> bool {
        ["働き始め", "預か", "受け持", "再始動", "名を連ね"].contains(&self.passage.text.get(verb))
    }

    /// "A で開発を率いた", "A に 10 年勤めた".
    fn worked(&self, verb: Option<Span>) -> Option<Told> {
        let rest = verb.map_or("", |verb| self.rest(verb.end));
        let past = ["た", "てきた", "ていた", "てき", "し", "、", ","].iter();
        let was = verb.is_some_and(|verb| self.passage.text.get(verb).contains('た'));
        let past = was || past.clone().any(|end| rest.starts_with(end)) || rest.starts_with("した");
        Told::new(Tie::Was, verb).filter(|_| past)
    }

    fn is_past(&self) -> bool {
        self.marks.iter().any(|(_, mark)| *mark == Mark::After)
    }

    /// The particle of the phrase that the house is in: "B の研究所に" is "to".
    fn case(&self, at: usize) -> Option<Mark> {
        let mut rest = self.marks.get(at + 1..)?.iter().map(|(_, mark)| *mark);
        let first = rest.next()?;
        if first != Mark::Of {
            return Some(first);
        }
        // "A の X", "B の CTO に".
        for mark in rest {
            match mark {
                Mark::Role | Mark::Of => {}
                Mark::To => return Some(Mark::To),
                Mark::From => return Some(Mark::From),
                _ => return Some(Mark::Of),
            }
        }
        Some(Mark::Of)
    }

    /// The next verb behind the house, before another house.
    fn verb(&self, at: usize) -> Option<Marked> {
        let rest = self.marks.get(at + 1..)?.iter();
        let mut near = rest.take_while(|(_, mark)| !matches!(mark, Mark::House(_)));
        near.find(|(_, mark)| {
            matches!(mark, Mark::Join | Mark::Leave | Mark::Hire | Mark::Hired | Mark::Work)
        })
        .copied()
    }

    /// True for "A へ" at the end of a title.
    fn ends_title(&self, at: usize) -> bool {
        let to = self.marks.get(at + 1);
        self.passage.field == Field::Title
            && to.is_some_and(|(span, _)| {
                self.rest(span.start).starts_with('へ') && span.end + 3 >= self.clause.span().end
            })
    }

    /// The verb of taking somebody on that ends the statement of the house at `at`.
    fn hire(&self, at: usize) -> Option<Span> {
        let rest = self.marks.get(at + 1..)?.iter().rev();
        let last = rest
            .clone()
            .find(|(_, mark)| matches!(mark, Mark::Join | Mark::Leave | Mark::Hire | Mark::Hired));
        last.filter(|(span, mark)| *mark == Mark::Hire && !self.is_relative(*span)).map(|own| own.0)
    }

    /// "B は A の X を招いた".
    fn takes(&self, at: usize) -> bool {
        let human = |(_, mark): &Marked| matches!(mark, Mark::Person(_) | Mark::Role);
        let first = !self
            .marks
            .get(..at)
            .unwrap_or(&[])
            .iter()
            .any(|own| matches!(own.1, Mark::House(_) | Mark::Person(_)));
        first
            && self.hire(at).is_some()
            && self.marks.get(at + 1..).is_some_and(|rest| rest.iter().any(human))
    }

    /// Whom the house at `at` is tied to: the one whom its clause describes, else the one who acts,
    /// else the only one behind.
    pub(super) fn who(&self, at: usize, told: &Told) -> Vec<(String, Span)> {
        let named = |own: &Marked| self.named(own);
        let after = self.marks.get(at + 1..).unwrap_or(&[]);
        let ahead = self.marks.get(..at).unwrap_or(&[]);
        let describes = told.verb.is_some_and(|verb| self.is_relative(verb))
            || matches!(told.tie, Tie::Is | Tie::Was) && told.verb.is_none();
        let taken = told.tie == Tie::New
            && self.marks.iter().any(|own| Some(own.0) == told.verb && own.1 == Mark::Hire);
        let behind = |from: usize| after.iter().filter(|own| own.0.start >= from).find_map(named);
        let one = match (describes, taken) {
            (true, _) => behind(told.verb.map_or(0, |verb| verb.end))
                .or_else(|| ahead.iter().rev().find_map(named)),
            (_, true) => after.iter().rev().find_map(named),
            _ => ahead.iter().rev().find_map(named).or_else(|| behind(0)),
        };
        match one {
            Some(one) => self.with_list(one),
            None => self.last.to_vec(),
        }
    }

    /// The same with those that stand in one list with it.
    fn with_list(&self, one: (String, Span)) -> Vec<(String, Span)> {
        let all: Vec<(String, Span)> =
            self.marks.iter().filter_map(|own| self.named(own)).collect();
        let joined = |a: Span, b: Span| {
            let between = self.passage.text.get(Span::new(a.end, b.start));
            ["と", "、", "氏と", "氏、", "氏,", "さんと", "氏や", "・"].contains(&between.trim())
        };
        let Some(at) = all.iter().position(|own| own.1 == one.1) else { return vec![one] };
        let goes_on = |at: usize| {
            let pair = at.checked_sub(1).and_then(|before| all.get(before)).zip(all.get(at));
            pair.is_some_and(|(a, b)| joined(a.1, b.1))
        };
        let first = (0..=at).rev().find(|at| !goes_on(*at)).unwrap_or(at);
        let len = (first + 1..all.len()).take_while(|at| goes_on(*at)).count();
        all.get(first..=first + len).map(<[_]>::to_vec).unwrap_or_default()
    }
}
