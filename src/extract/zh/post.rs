//! Posts of a Chinese clause: what someone takes up beside a move, held before, or takes over.

use super::read::{Reader, Slot};
use crate::extract::han::event::{Event, Frame};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::text::Span;

/// "Was", "served as", behind a word for the past.
const WAS: [&str; 14] = [
    "是",
    "为",
    "為",
    "任",
    "担任",
    "擔任",
    "任职",
    "任職",
    "任职于",
    "任職於",
    "就职于",
    "就職於",
    "供职于",
    "供職於",
];

/// "Takes over from".
const TAKES_OVER: [&str; 12] = [
    "接棒", "接任", "接替", "继任", "繼任", "接手", "接掌", "接管", "接班", "填补", "填補", "补位",
];

impl Reader<'_> {
    pub(super) fn serve(&mut self) {
        self.close();
        if !self.place.is_empty() {
            self.career();
        }
        let event = (self.events.len() > self.clause).then(|| self.events.len() - 1);
        self.slot = Slot::Post(event);
    }

    /// "X served as ... at A": where X comes from, should X join another.
    fn career(&mut self) {
        let place = std::mem::take(&mut self.place);
        if self.names_person(&self.subject) || self.names_pronoun(&self.subject) {
            self.served(place);
        }
    }

    /// Notes that the subject worked at `place`.
    pub(super) fn served(&mut self, place: Vec<usize>) {
        if !self.is_one_house(&place) {
            return;
        }
        let own = self.names_person(&self.subject) || self.names_pronoun(&self.subject);
        let subject = if own { self.subject.clone() } else { self.topic.clone() };
        let first = place.first().and_then(|first| self.tokens.get(*first));
        let span = first.map_or(Span::new(0, 0), |token| token.span);
        self.events.push(Event {
            subject,
            from: place,
            background: true,
            ..Event::new(Frame::Served, span, self.number)
        });
        self.clause = self.events.len();
    }

    /// True where `np` names one company, or it and its products.
    fn is_one_house(&self, np: &[usize]) -> bool {
        let of = |at: usize| match self.kind(at)? {
            Kind::Company(at) => self.passage.companies.get(at).map(|own| own.company),
            _ => None,
        };
        let mut houses = np.iter().filter_map(|at| of(*at));
        let first = houses.next();
        first.is_some_and(|first| houses.all(|other| self.passage.gazetteer.related(first, other)))
    }

    fn names_pronoun(&self, np: &[usize]) -> bool {
        token::any(self.tokens, np, |kind| kind == Kind::Word(Word::Pronoun))
    }

    /// True for the verb of "X 此前是 A 的研究员", "此前任职于 A".
    pub(super) fn is_past_post(&self, index: usize) -> bool {
        let past = self.mood.recap && WAS.contains(&self.text(index))
            || self.text(index).starts_with('曾');
        let whose = |np: &[usize]| self.names_person(np) || self.names_pronoun(np);
        let bare = self.np.is_empty() && self.subject.is_empty() && whose(&self.topic);
        let open = self.slot == Slot::Subject && self.place.is_empty();
        past && open
            && self.events.len() == self.clause
            && (whose(&self.np) || whose(&self.subject) || bare)
    }

    /// "(聘用) 曾在 A 任职的专家 X": where the clause before the name ends that says where X worked.
    pub(super) fn once_at(&self, index: usize) -> Option<usize> {
        let works = |at: usize| {
            let text = self.text(at);
            self.kind(at) == Some(Kind::Word(Word::Serve))
                || text.contains("工作")
                || text.contains("效力")
        };
        let past = self.text(index).starts_with('曾');
        let slot = matches!(self.slot, Slot::Object(_) | Slot::Agent | Slot::Taken);
        let house = |at: usize| self.kind(at).is_some_and(Kind::is_company);
        let plain = !self.is_telling(&self.np);
        let open = match past && slot {
            true => plain && (index + 1..index + 4).any(house),
            false => self.np.is_empty() && house(index + 1),
        };
        let of = (index + 2..index + 10).find(|at| self.kind(*at) == Some(Kind::Word(Word::Of)))?;
        let named = (of + 1..of + 8)
            .take_while(|at| {
                !matches!(self.kind(*at), Some(Kind::Trigger(_) | Kind::Comma | Kind::Stop) | None)
            })
            .any(|at| self.kind(at).is_some_and(Kind::is_person));
        let works = past && slot || self.text(index) == "在" && (index + 2..of).any(works);
        (open && named && works).then_some(of)
    }

    /// "X 曾任 A 的副总裁" at the end of a clause that tells nothing else.
    pub(super) fn once_held(&mut self) {
        let former = |index: &usize| {
            self.kind(*index) == Some(Kind::Word(Word::Former))
                && self.text(*index).starts_with('曾')
        };
        let Some(at) = self.subject.iter().position(former) else { return };
        if self.events.len() != self.clause {
            return;
        }
        let (who, post) = self.subject.split_at(at);
        let (who, post) = (who.to_vec(), post.to_vec());
        let whose = |np: &[usize]| self.names_person(np) || self.names_pronoun(np);
        if whose(&who) || who.is_empty() && whose(&self.topic) {
            let before = std::mem::replace(&mut self.subject, who);
            self.served(post);
            self.subject = before;
        }
    }

    /// "由 A 前高管 X 接任": one from elsewhere joins the company that was spoken of.
    pub(super) fn takes_over(&mut self, index: usize) -> bool {
        if !TAKES_OVER.contains(&self.text(index)) {
            return false;
        }
        self.close();
        // "接替者是": whoever is named next.
        if self.text(index + 1).starts_with(['者', '人']) {
            self.slot = Slot::Heir;
            self.skip_to = index + 3;
            return true;
        }
        let heir = self.subject.clone();
        if !self.heir(heir) {
            return false;
        }
        self.slot = Slot::Discard;
        true
    }

    /// True where the house that `np` names is none of those spoken of.
    fn is_elsewhere(&self, np: &[usize]) -> bool {
        let house = |at: &usize| match self.kind(*at)? {
            Kind::Company(at) => self.passage.companies.get(at).map(|own| own.company),
            _ => None,
        };
        let around: Vec<u16> = self.around.iter().filter_map(house).collect();
        let related = |own| around.iter().any(|other| self.passage.gazetteer.related(own, *other));
        let left = self.events.last().is_some_and(|last| last.frame == Frame::Leave);
        left && np.iter().filter_map(house).all(|own| !related(own))
    }

    /// "聘请 X 为独立董事": marks the events of the clause that give a seat beside one's work.
    pub(super) fn note_seats(&mut self) {
        let seats = self.grammar.tongue.lexicon.list("seat");
        let ends = |np: &[usize]| {
            let span = np.first().zip(np.last()).and_then(|(first, last)| {
                let (first, last) = (self.tokens.get(*first)?, self.tokens.get(*last)?);
                Some(Span::new(first.span.start, last.span.end))
            });
            let written = span.map_or("", |span| self.passage.text.get(span));
            let folded = self.grammar.fold.fold(written);
            seats.iter().any(|seat| folded.ends_with(seat.as_str()))
        };
        let given = |event: &Event| ends(&event.object) || ends(&event.post) || ends(&self.place);
        let own = self.events.get(self.clause..).unwrap_or(&[]);
        let seated: Vec<bool> = own.iter().map(given).collect();
        for (event, seat) in self.events.iter_mut().skip(self.clause).zip(seated) {
            event.seat |= seat;
        }
    }

    /// The one of `np` joins the company spoken of, if `np` says that they come from another.
    pub(super) fn heir(&mut self, np: Vec<usize>) -> bool {
        let former = |kind| matches!(kind, Kind::Word(Word::Former | Word::From));
        let other = self.is_one_house(&np)
            && (token::any(self.tokens, &np, former) || self.is_elsewhere(&np));
        // "A 表示, B 的 X 接棒": at A.
        let mut around = self.around.clone();
        if around.is_empty() {
            around = token::companies(self.tokens, &self.topic);
        }
        if !other || !self.names_person(&np) || around.is_empty() {
            return false;
        }
        let span = np
            .last()
            .and_then(|last| self.tokens.get(*last))
            .map_or(Span::new(0, 0), |token| token.span);
        let mut mood = self.mood;
        // The news is that somebody left; who follows arrives as announced.
        mood.announced = true;
        self.events.push(Event {
            subject: np,
            mood,
            around,
            ..Event::new(Frame::Join, span, self.number)
        });
        true
    }
}
