//! The tie between a house and those whom its clause names: by the nearest word before the house,
//! else by the nearest behind it.

use super::bond::{Reading, Told};
use super::mark::{Mark, Marked};
use crate::extract::han::bond::Tie;
use crate::extract::han::token::Kind;
use crate::extract::han::words::Word;
use crate::extract::text::Span;

impl Reading<'_> {
    /// The tie of the house that mark `at` is.
    pub(super) fn tie(&self, at: usize) -> Option<Told> {
        let (span, _) = *self.marks.get(at)?;
        if self.is_former(at, span) {
            return plain(Tie::Was);
        }
        // "加入 B 的 X", "离开 A 的 X": who that is, not what happens.
        match self.ahead(at) {
            Some(Told { tie: Tie::New, .. }) if self.is_relative(at) => plain(Tie::Is),
            Some(Told { tie: Tie::Left, .. }) if self.is_relative(at) => plain(Tie::Was),
            Some(told) => Some(told),
            None => self.behind(at),
        }
    }

    /// By the nearest word before the house.
    fn ahead(&self, at: usize) -> Option<Told> {
        let house = |(_, mark): &&Marked| matches!(mark, Mark::House(_));
        let open = self.marks.get(..at)?.iter().rev().take_while(|own| !house(own));
        let before = open.map(|(_, mark)| *mark).find(|mark| {
            use Mark::{Become, Begin, Finish, For, From, Join, Once, Serve, Stay, Take};
            matches!(mark, Begin | Join | Finish | Once | From | For | Serve | Take | Stay | Become)
        });
        let onward = self.has(Mark::Onward);
        let begins = |weak| Some(Told { tie: Tie::New, weak, direct: true });
        let takes = Told { tie: Tie::New, weak: !onward, direct: onward };
        match before {
            Some(Mark::Begin | Mark::Join) => begins(false),
            Some(Mark::Become) => begins(false).filter(|_| self.has_post()),
            Some(Mark::Serve) => Some(takes),
            Some(Mark::For) => begins(true).filter(|_| onward),
            Some(Mark::Finish) => plain(Tie::Left),
            Some(Mark::Once | Mark::From | Mark::Take) => plain(Tie::Was),
            Some(Mark::Stay) => plain(Tie::Was).filter(|_| self.lasts()),
            _ if self.is_at(at) => self.at_work(at),
            _ => None,
        }
    }

    /// "第 31 号员工".
    fn has_post(&self) -> bool {
        let post = |kind| matches!(kind, Kind::Word(Word::Role | Word::Staff | Word::Team));
        self.clause.any(post)
            && !["投资", "股东", "客户", "伙伴", "用户"]
                .iter()
                .any(|word| self.passage.text.get(self.clause.span()).contains(word))
    }

    /// "前 A", "A 前 CEO".
    fn is_former(&self, at: usize, span: Span) -> bool {
        let former = |mark: Option<&Marked>| mark.filter(|own| own.1 == Mark::Former).map(|m| m.0);
        let before = at.checked_sub(1).and_then(|before| self.marks.get(before));
        let ahead = former(before).is_some_and(|own| own.end + 1 >= span.start);
        let behind = former(self.marks.get(at + 1)).is_some_and(|own| own.start <= span.end + 1);
        ahead || behind
    }

    /// True where "的 X" follows before any other word that tells.
    fn is_relative(&self, at: usize) -> bool {
        let mut rest = self.marks.get(at + 1..).unwrap_or(&[]).iter().map(|(_, mark)| *mark);
        rest.find(|mark| *mark != Mark::Former) == Some(Mark::Of)
            && rest
                .find(|mark| *mark != Mark::Former)
                .is_some_and(|mark| matches!(mark, Mark::Person(_)))
    }

    /// True where "at" stands right before.
    fn is_at(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.marks.get(before)).is_some_and(|m| m.1 == Mark::At)
    }

    /// True for a clause that says how long.
    fn lasts(&self) -> bool {
        self.clause.any(|kind| kind == Kind::Duration)
    }

    /// "在 A": worked there, or works there from now on.
    fn at_work(&self, at: usize) -> Option<Told> {
        let stays = self.follows(at, |mark| mark == Mark::Stay);
        match (self.is_past() || stays, self.has(Mark::Onward)) {
            (true, _) => plain(Tie::Was),
            (_, true) => Some(Told { tie: Tie::New, weak: true, direct: true }),
            _ => None,
        }
    }

    /// By what stands behind the house.
    fn behind(&self, at: usize) -> Option<Told> {
        let house = |(_, mark): &&Marked| matches!(mark, Mark::House(_));
        let rest: Vec<Mark> = self
            .marks
            .get(at + 1..)?
            .iter()
            .take_while(|own| !house(own))
            .map(|(_, mark)| *mark)
            .collect();
        let first = rest.iter().copied().find(|mark| {
            use Mark::{BeginBehind, Finish, FinishBehind, Hire, Stay};
            matches!(mark, BeginBehind | Hire | FinishBehind | Stay | Finish)
        });
        let person = rest.iter().position(|mark| matches!(mark, Mark::Person(_)));
        match first {
            Some(Mark::BeginBehind) => plain(Tie::New),
            Some(Mark::Hire) => {
                let hire = rest.iter().position(|mark| *mark == Mark::Hire);
                // "A 的 X 挖来", "A 的工程师被挖走": A's.
                let passive = rest.iter().position(|mark| *mark == Mark::Passive);
                let before =
                    |at: Option<usize>| at.is_some_and(|at| hire.is_some_and(|hire| at < hire));
                let own = before(person) || before(passive);
                plain(if own { Tie::Is } else { Tie::New })
            }
            Some(Mark::FinishBehind) => plain(Tie::Left),
            Some(Mark::Finish) if person.is_some() => plain(Tie::Is),
            Some(Mark::Stay) => plain(Tie::Was).filter(|_| self.is_past()),
            _ => plain(Tie::Is).filter(|_| person.is_some()),
        }
    }

    fn follows(&self, at: usize, test: impl Fn(Mark) -> bool) -> bool {
        let rest = self.marks.get(at + 1..).unwrap_or(&[]);
        let near = rest.iter().map(|(_, mark)| *mark);
        near.take_while(|mark| !matches!(mark, Mark::House(_))).any(test)
    }

    /// Whom the house at `at` is tied to.
    pub(super) fn who(&self, tie: Tie, at: usize) -> Vec<(String, Span)> {
        let person = |own: &Marked| match own.1 {
            Mark::Person(index) => Some(index),
            _ => None,
        };
        // "X 旗下的 B": about B, not about X.
        let owns = |at: usize| matches!(self.marks.get(at + 1), Some((_, Mark::Of)));
        let before = (0..at)
            .rev()
            .find(|at| self.marks.get(*at).is_some_and(|own| person(own).is_some()) && !owns(*at));
        let after = self
            .marks
            .iter()
            .enumerate()
            .skip(at + 1)
            .take_while(|(_, own)| !matches!(own.1, Mark::House(_)))
            .find(|(_, own)| person(own).is_some())
            .map(|(index, _)| index);
        let of = self.marks.get(at + 1).is_some_and(|own| own.1 == Mark::Of);
        let direct = matches!(self.marks.get(at + 1), Some(own) if person(own).is_some());
        let ahead = matches!(tie, Tie::Is) || of || direct || self.follows(at, |m| m == Mark::Hire);
        let chosen = if ahead { after.or(before) } else { before.or(after) };
        match chosen {
            Some(index) => self.listed(index),
            None => self.last.iter().filter_map(|at| self.named(*at)).collect(),
        }
    }

    /// The one that mark `at` names, with those that stand in one list with them.
    fn listed(&self, at: usize) -> Vec<(String, Span)> {
        let person = |at: usize| match self.marks.get(at) {
            Some((span, Mark::Person(index))) => Some((*span, *index)),
            _ => None,
        };
        // Mark `at` continues the list that mark `at - 1` is in.
        let goes_on = |at: usize| {
            let before = at.checked_sub(1).and_then(person);
            let pair = before.zip(person(at));
            pair.is_some_and(|((before, _), (own, _))| self.joined(before.end, own.start))
        };
        let first = (0..=at).rev().find(|at| !goes_on(*at)).unwrap_or(at);
        let list = (first..).take_while(|at| *at == first || goes_on(*at));
        list.filter_map(person).filter_map(|(_, index)| self.named(index)).collect()
    }

    /// True where nothing but "and" stands between the two places.
    fn joined(&self, from: usize, to: usize) -> bool {
        let between = self.passage.text.get(Span::new(from, to)).trim();
        ["和", "与", "與", "及", "以及", "、", "跟"].contains(&between)
    }

    fn named(&self, index: usize) -> Option<(String, Span)> {
        self.people.get(index).map(|person| (person.name.clone(), person.span))
    }
}

/// A tie that the words tell by themselves.
fn plain(tie: Tie) -> Option<Told> {
    Some(Told { tie, weak: false, direct: false })
}
