//! What links a Japanese phrase to the next: a copula, an adjective, a list that a clause
//! interrupts, a verb that several clauses share.

use super::read::Reader;
use crate::extract::han::event::{Event, Frame, Phrase};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::model::Field;

/// "Who is", "who was".
const COPULAS: [&str; 6] = ["である", "だった", "でもある", "であった", "でもあった", "としての"];

/// Endings of adjectives, as in 新しい, 新たな.
const ADJECTIVES: [&str; 5] = ["しい", "な", "たな", "い", "しく"];

/// Tokens to look ahead for the one whom a clause describes.
const NEAR: usize = 8;

/// What waits for the rest of its sentence.
#[derive(Default)]
pub(super) struct Waiting {
    /// "A で": where the one works whom the clause describes.
    pub(super) place: Phrase,
    /// "X 氏と、": the beginning of a list that a clause interrupts.
    list: Phrase,
    /// "A から X 氏、B から Y 氏が": who comes from where, by the verb that follows.
    pairs: Vec<(Phrase, Phrase)>,
    /// "X 氏は A に、": who goes where, by the verb that follows.
    shared: Vec<(Phrase, Phrase)>,
}

impl Reader<'_> {
    /// True where the hiragana at `index` goes on with the phrase.
    pub(super) fn links(&self, index: usize, run: &str) -> bool {
        let last = self.np.last().and_then(|last| self.kind(*last));
        let human = last
            .is_some_and(|kind| kind.is_human() || matches!(kind, Kind::Count(_) | Kind::Duration));
        let copula = COPULAS.contains(&run) || run == "で" && !last.is_some_and(Kind::is_person);
        let charge = self.np.last().is_some_and(|last| self.text(*last) == "担当");
        (human || charge) && copula && self.described(index + 1)
            || ADJECTIVES.contains(&run) && self.goes_on(index + 1)
    }

    /// True where someone is named before the next particle, の and copulas aside.
    pub(super) fn described(&self, from: usize) -> bool {
        for at in from..from + NEAR {
            match self.kind(at) {
                Some(kind) if kind.is_person() => return true,
                Some(Kind::Text(Script::Hiragana)) if !self.is_copula(at) => return false,
                Some(Kind::Trigger(_) | Kind::Stop | Kind::Comma | Kind::Word(Word::Verb))
                | None => {
                    return false;
                }
                _ => {}
            }
        }
        false
    }

    /// Where the one works whom a clause of work describes: "A の開発を率いた", "A で開発を率いた",
    /// "A の開発に携わった".
    pub(super) fn worked_at(&mut self) -> Phrase {
        let mut house = token::companies(self.tokens, &self.object);
        if house.is_empty() {
            house = std::mem::take(&mut self.waiting.place);
        }
        if house.is_empty() {
            house = token::companies(self.tokens, &self.to);
        }
        house
    }

    /// "B を率いていた元 A の X": the last word of "元 A の", for X comes from B.
    pub(super) fn past_employer(&self, at: usize) -> Option<usize> {
        let former = self.kind(at) == Some(Kind::Word(Word::Former));
        let house = self.kind(at + 1).is_some_and(Kind::is_company);
        let of = self.kind(at + 2) == Some(Kind::Word(Word::Of));
        (former && house && of).then_some(at + 2)
    }

    /// "X 氏が、新設する部門の": a clause about the noun behind it, while X is yet to act.
    pub(super) fn is_within(&self, index: usize) -> bool {
        let noun = matches!(
            self.kind(index + 2),
            Some(Kind::Text(Script::Han | Script::Katakana) | Kind::Word(Word::Team | Word::Firm))
        );
        let verb = self.kind(index + 1) == Some(Kind::Text(Script::Hiragana))
            && self.text(index + 1).ends_with(['た', 'る']);
        self.apart && noun && verb && self.is_human(&self.subject)
    }

    /// "X 氏が、A の開設した拠点に移る": the clause tells whose place it is, not who moves.
    pub(super) fn opens_place(&mut self, index: usize) -> bool {
        let past = self.text(index + 1).ends_with('た');
        let place = matches!(
            self.kind(index + 2),
            Some(Kind::Text(Script::Han | Script::Katakana) | Kind::Word(Word::Team | Word::Firm))
        );
        // "32 年勤めた会社を去る": that of the one who acts.
        let own = self.kind(index + 2) == Some(Kind::Word(Word::Firm)) && self.works(index);
        if own && past && self.is_human(&self.subject) {
            self.np.clear();
            self.skip_to = self.tokens.get(index + 1).map_or(0, |ending| ending.span.end);
            return true;
        }
        let house = token::companies(self.tokens, &self.subject);
        if self.outer.is_empty() || !past || !place || house.is_empty() {
            return false;
        }
        self.subject = std::mem::take(&mut self.outer);
        self.np = house;
        self.skip_to = self.tokens.get(index + 1).map_or(0, |ending| ending.span.end);
        true
    }

    /// True where neither a person nor a company speaks.
    pub(super) fn is_outlet(&self) -> bool {
        let own = |np: &Phrase| self.is_human(np) || self.has_company(np);
        !self.subject.is_empty() && !own(&self.subject)
    }

    pub(super) fn is_copula(&self, at: usize) -> bool {
        COPULAS.contains(&self.text(at)) || self.text(at) == "で"
    }

    fn goes_on(&self, at: usize) -> bool {
        matches!(
            self.kind(at),
            Some(
                Kind::Text(Script::Han | Script::Katakana | Script::Latin)
                    | Kind::Company(_)
                    | Kind::Person(_)
                    | Kind::Word(Word::Role | Word::Staff | Word::Team | Word::Firm)
            )
        )
    }

    /// "A で": where someone works, should the clause describe someone.
    pub(super) fn works_at(&mut self) {
        let own = self.np.rsplit(|index| self.kind(*index) == Some(Kind::Comma)).next();
        let place = token::companies(self.tokens, own.unwrap_or(&[]));
        if !place.is_empty() {
            self.waiting.place = place;
        }
    }

    /// "X 氏と、A で働いた Y 氏を": keeps X until Y is named. False where `earlier` is no list.
    pub(super) fn begins_list(&mut self, earlier: &Phrase, next: &Phrase) -> bool {
        let and = earlier.last().and_then(|last| self.kind(*last)) == Some(Kind::Word(Word::And));
        let named = token::any(self.tokens, earlier, Kind::is_person);
        // "CFO に X 氏、CTO に Y 氏を".
        let and = and || self.is_post(&self.to) && self.is_post(next);
        if and && named {
            self.waiting.list.clone_from(earlier);
        }
        and && named
    }

    /// Puts what waited in front of the rest of its list.
    pub(super) fn ends_list(&mut self, own: Phrase) -> Phrase {
        if self.waiting.list.is_empty() || !token::any(self.tokens, &own, Kind::is_person) {
            return own;
        }
        let mut list = std::mem::take(&mut self.waiting.list);
        let comma = (0..self.tokens.len()).find(|at| self.kind(*at) == Some(Kind::Comma));
        list.extend(comma);
        list.extend(own);
        list
    }

    /// "X 氏は A に、Y 氏は B に移る", with は or が: X waits for the verb.
    pub(super) fn share_verb(&mut self, next: &Phrase) {
        let one = |kind: Kind| kind.is_person() || matches!(kind, Kind::Count(_));
        let named = |np: &Phrase| token::any(self.tokens, np, one);
        let open = self.events.len() == self.clause || self.passage.field == Field::Title;
        if !named(next) || !self.has_company(&self.to) || !open {
            return;
        }
        let who = if named(&self.subject) { &mut self.subject } else { &mut self.topic };
        if token::any(self.tokens, who, one) {
            let pair = (std::mem::take(who), std::mem::take(&mut self.to));
            self.waiting.shared.push(pair);
        }
    }

    /// True where someone waits for the verb of another.
    pub(super) fn shares(&self) -> bool {
        !self.waiting.shared.is_empty()
    }

    /// "X 氏は A、Y 氏は B へ": as above, where a headline leaves the particle out.
    pub(super) fn headline_pair(&mut self, earlier: &Phrase, next: &Phrase) -> bool {
        let named = |np: &Phrase| token::any(self.tokens, np, Kind::is_person);
        let house = |kind: Kind| kind.is_company() || kind == Kind::Comma;
        let goal = self.has_company(earlier)
            && earlier.iter().all(|index| self.kind(*index).is_some_and(house));
        let title = self.passage.field == Field::Title;
        let open = self.to.is_empty() && (named(&self.subject) || named(&self.topic));
        if !title || !goal || !open || !named(next) {
            return false;
        }
        self.to.clone_from(earlier);
        true
    }

    /// "A から X 氏、B から": keeps X with A. True where `earlier` is such a one.
    pub(super) fn pair(&mut self, earlier: &Phrase) -> bool {
        let named = token::any(self.tokens, earlier, Kind::is_person);
        let open = named && self.has_company(&self.from);
        if open {
            self.waiting.pairs.push((std::mem::take(&mut self.from), earlier.clone()));
        }
        open
    }

    /// Gives the last event to those of the pairs before.
    pub(super) fn give_pairs(&mut self) {
        let pairs = std::mem::take(&mut self.waiting.pairs);
        let Some(last) = self.events.last().cloned() else { return };
        for (from, who) in pairs {
            let hire = matches!(last.frame, Frame::Hire) && !last.mood.passive;
            let mut own = Event { from, serial: None, ..last.clone() };
            match (hire, last.frame) {
                (true, _) => own.object = who,
                (_, Frame::Join | Frame::Hire) => own.subject = who,
                _ => continue,
            }
            self.events.push(own);
        }
    }

    /// Gives the last event to those who waited for its verb.
    pub(super) fn give_shared(&mut self) {
        let shared = std::mem::take(&mut self.waiting.shared);
        let Some((first, _)) = shared.first() else { return };
        let Some(last) = self.events.last().filter(|last| last.frame == Frame::Join) else {
            return;
        };
        let last = last.clone();
        let house = token::companies(self.tokens, first);
        // "A の X 氏は B に、Y 氏は C に": both are A's.
        if let Some(own) = self.events.last_mut()
            && !token::any(self.tokens, &own.subject, Kind::is_company)
            && own.from.is_empty()
        {
            own.possessor = house;
        }
        for (subject, object) in shared {
            self.events.push(Event { subject, object, serial: None, ..last.clone() });
        }
    }

    /// "X 氏、B 入り　Y 氏も": Y does the same.
    pub(super) fn same_again(&mut self) {
        let topic = self.topic.first().copied().unwrap_or(0);
        let Some(last) = self.events.last() else { return };
        let start = self.tokens.get(topic).map_or(0, |token| token.span.start);
        let later = start > last.trigger.start;
        if self.also && later && token::any(self.tokens, &self.topic, Kind::is_person) {
            let again = Event {
                subject: self.topic.clone(),
                nominal: false,
                inherited: false,
                serial: None,
                statement: self.number,
                ..last.clone()
            };
            self.events.push(again);
        }
    }
}
