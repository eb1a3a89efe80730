//! Who takes whom on, and who moves, where a particle alone does not tell.

use super::particle::Case;
use super::read::Reader;
use crate::extract::han::event::{Frame, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;

impl Reader<'_> {
    /// The part of the phrase before the particle `run` at `index`.
    pub(super) fn case_of(&self, index: usize, run: &str, case: Case) -> Case {
        // "X 氏に代わって": one who does not move.
        if run == "に" && self.text(index + 1).starts_with('代') {
            return Case::None;
        }
        if run != "も" {
            return case;
        }
        // "B は A の X 氏も採用した".
        if self.is_human(&self.np) && self.is_hired(index) {
            return Case::Object;
        }
        // "B、A を買収　創業者の X 氏も入社": B is still the topic.
        let house = self.has_company(&self.topic) && !self.is_human(&self.topic);
        let person = token::any(self.tokens, &self.np, Kind::is_person);
        if house && person { Case::Subject } else { case }
    }

    /// "A の X 氏の B への移籍": X moves.
    pub(super) fn part_mover(&mut self, next: usize) {
        let of = |at: &usize| self.kind(*at) == Some(Kind::Word(Word::Of));
        let Some(at) = self.np.iter().rposition(of) else { return };
        let (who, place) = self.np.split_at(at);
        let goal = place.get(1..).unwrap_or(&[]);
        let moves = matches!(self.kind(next), Some(Kind::Trigger(_)));
        let house = goal.iter().all(|at| self.kind(*at).is_some_and(Kind::is_company));
        if moves && self.is_human(who) && house && !goal.is_empty() && self.subject.is_empty() {
            let goal = goal.to_vec();
            self.np.truncate(at);
            self.assign(Case::Subject);
            self.np = goal;
        }
    }

    /// True where a company is the topic and the next trigger says that it hires.
    fn is_hired(&self, index: usize) -> bool {
        let house = |np: &Phrase| self.has_company(np) && !self.is_human(np);
        let mut later = (index + 1..self.tokens.len())
            .take_while(|at| self.kind(*at) != Some(Kind::Stop))
            .filter_map(|at| match self.kind(at) {
                Some(Kind::Trigger(trigger)) => Some((at, trigger)),
                _ => None,
            });
        let passive = |at: usize| self.text(at + 1).starts_with(['さ', 'ら', 'か', 'れ']);
        (house(&self.topic) || house(&self.subject))
            && later.next().is_some_and(|(at, trigger)| {
                self.grammar.tongue.frame(trigger) == Frame::Hire && !passive(at)
            })
    }

    /// "A の CEO、B の X 氏を": who hires, before whom.
    pub(super) fn is_hirer(&self, elements: &[Phrase]) -> bool {
        let [chief, others @ ..] = elements else { return false };
        let post = chief.last().is_some_and(|last| self.text(*last).ends_with("CEO"));
        let own = |part: &Phrase| self.has_company(part);
        post && own(chief) && others.iter().any(own) && self.topic.is_empty()
    }
}
