//! Where a Japanese phrase or statement ends: quotes, spaces in headlines, full stops.

use super::link::Waiting;
use super::particle::Case;
use super::read::Reader;
use crate::extract::han::event::{Frame, Mood};
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::model::Field;

impl Reader<'_> {
    /// What somebody said in 「」 is no part of the sentence, unless it tells a move itself.
    pub(super) fn quote(&mut self, index: usize) {
        if self.text(index) != "「" {
            return;
        }
        let Some(len) = (index..self.tokens.len()).take(40).position(|at| self.text(at) == "」")
        else {
            return;
        };
        let inside = index + 1..index + len;
        let verb = |at: usize| {
            self.kind(at) == Some(Kind::Text(Script::Hiragana)) && self.text(at).chars().count() > 1
        };
        let tells = |at: usize| matches!(self.kind(at), Some(Kind::Trigger(_)));
        // "X 氏「引き抜きは下品」": what X says of it.
        let before = index.checked_sub(1).and_then(|before| self.kind(before));
        let speech = matches!(before, Some(Kind::Person(_) | Kind::Word(Word::Honorific)));
        let matter = |at: usize| tells(at) && matches!(self.text(at + 1), "は" | "きは");
        let spoken = speech && inside.clone().any(matter);
        let told = inside.clone().filter(|at| tells(*at)).any(|at| !(spoken && matter(at)));
        if (inside.clone().any(verb) || spoken) && !told {
            self.skip_to = self.tokens.get(index + len).map_or(0, |token| token.span.end);
        }
    }

    /// "A の X 氏、B へ－関係者": behind the mark stands who says so.
    pub(super) fn sourced(&mut self, index: usize) {
        const SOURCES: [&str; 7] =
            ["関係者", "報道", "米報道", "米紙", "英紙", "米メディア", "現地"];
        let own = self.tokens.get(index).map_or(0, |token| token.span.end);
        let rest = self.passage.text.norm.get(own..).unwrap_or("");
        let told = SOURCES.iter().any(|source| rest.starts_with(source))
            || rest.starts_with(|ch: char| ch.is_ascii_uppercase());
        let mark = matches!(self.text(index), "-" | "=") && told;
        if mark && self.last_to == "へ" && self.np.is_empty() && !self.to.is_empty() {
            self.headed();
        }
    }

    /// "B、社長に X 氏　Y 氏は退任": a space in a headline ends what was told without a verb.
    pub(super) fn space(&mut self, index: usize) {
        // "A の X 氏、B へ　提携の一環で".
        if self.last_to == "へ" && self.np.is_empty() && !self.to.is_empty() {
            self.headed();
        }
        // "X 氏が「…」　A に…": what follows is about somebody else.
        if self.passage.field == Field::Title && !self.subject.is_empty() && self.np.is_empty() {
            self.subject.clear();
        }
        let named = self.np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_person);
        let later = self.tokens.iter().skip(index).take_while(|token| token.kind != Kind::Stop);
        let told = later.map(|token| token.kind).any(|kind| matches!(kind, Kind::Trigger(_)));
        // "CFO に X 氏　CTO に Y 氏".
        let post =
            self.kind(index + 1) == Some(Kind::Word(Word::Role)) && self.text(index + 2) == "に";
        let next = matches!(self.kind(index + 1), Some(Kind::Word(_) | Kind::Text(Script::Latin)));
        if self.passage.field == Field::Title
            && named
            && (told && !next || post)
            && !self.to.is_empty()
        {
            self.verbless();
            self.np.clear();
            self.to.clear();
            self.clause = self.events.len();
        }
    }

    /// "A を辞めて 2 年": so long ago, no news.
    pub(super) fn duration(&mut self, index: usize) {
        let ending = index.checked_sub(1).map_or("", |before| self.text(before));
        let since = ["て", "で", "から", "と"].iter().any(|end| ending.ends_with(end));
        match self.events.last_mut().filter(|last| last.statement == self.number) {
            Some(last) if since && self.np.is_empty() && self.from.is_empty() => {
                last.background = true;
            }
            _ => self.np.push(index),
        }
    }

    pub(super) fn comma(&mut self, index: usize) {
        if self.np.is_empty() {
            return;
        }
        self.np.push(index);
    }

    /// "X 氏が退社し、チームが解散するなど": what was told is an example of what the sentence is
    /// about.
    pub(super) fn example(&mut self, run: &str) {
        let verb = ["るなど", "たなど", "いなど"].iter().any(|end| run.ends_with(end));
        if verb && self.passage.field != Field::Title {
            let own = self.events.iter_mut().filter(|event| event.statement == self.number);
            own.for_each(|event| event.background = true);
        }
    }

    /// "昨年末に退社していたことが分かった": news, though it happened before.
    pub(super) fn revealed(&mut self, index: usize) {
        const FOUND: [&str; 4] = ["分かった", "わかった", "判明", "明らかに"];
        let told = FOUND.contains(&self.text(index));
        if let Some(last) = self.events.last_mut().filter(|own| own.statement == self.number)
            && told
        {
            last.mood.recap = false;
        }
    }

    /// "新会社を設立したと発表": the founders say so.
    pub(super) fn founded(&mut self, index: usize) {
        let before = index.checked_sub(1).map_or("", |at| self.text(at));
        let says = before.ends_with(['と', 'を', 'で', 'に']);
        let last = self.events.last_mut().filter(|own| own.statement == self.number);
        if let Some(last) = last.filter(|own| own.frame == Frame::Found && says) {
            last.mood.announced = true;
        }
    }

    /// Keeps the companies of the clause for a later one that names none.
    pub(super) fn remember(&mut self) {
        let phrases = [self.topic.as_slice(), &self.subject, &self.np].concat();
        self.around.extend(token::companies(self.tokens, &phrases));
    }

    pub(super) fn stop(&mut self) {
        if self.head_of.is_some() {
            self.assign(Case::None);
        }
        self.comes_from(self.tokens.len());
        self.added_origin();
        self.heir_last();
        self.named_last();
        self.verbless();
        match self.last_to {
            "へ" => self.headed(),
            "に" if self.has_left() => self.headed(),
            "に" => self.posted(),
            _ => {}
        }
        self.same_again();
        self.last_to = "";
        self.remember();
        self.source();
        let statement = self.statement;
        for event in self.events.iter_mut().filter(|event| event.statement == self.number) {
            event.mood.share(statement);
        }
        self.statement = Mood::default();
        self.mood = Mood::default();
        self.number += 1;
        self.clause = self.events.len();
        self.np.clear();
        self.topic.clear();
        self.subject.clear();
        self.outer.clear();
        self.object.clear();
        self.from.clear();
        self.to.clear();
        self.agent.clear();
        self.with.clear();
        self.head_of = None;
        self.also = false;
        self.waiting = Waiting::default();
        self.reported = false;
    }

    /// "「AI の顔」が A を去った　副社長の X 氏": a headline that names the one at its end.
    fn named_last(&mut self) {
        let named = self.np.last().and_then(|last| self.kind(*last)).is_some_and(Kind::is_person);
        // "A を退社し警鐘を鳴らす X 氏" is about X.
        let before = self.np.first().and_then(|first| first.checked_sub(1));
        let verb = before.and_then(|at| self.kind(at)) == Some(Kind::Text(Script::Hiragana));
        let named = named && !verb;
        let open = self.to.is_empty() && self.from.is_empty() && self.topic.is_empty();
        let np = &self.np;
        let last = self.events.last_mut().filter(|last| {
            let name =
                |index: &usize| token::kind(self.tokens, *index).is_some_and(Kind::is_person);
            last.statement == self.number
                && matches!(last.frame, Frame::Leave | Frame::Quit | Frame::Join)
                && !last.subject.iter().any(name)
        });
        if let Some(last) = last
            && named
            && open
            && self.passage.field == Field::Title
        {
            last.subject.clone_from(np);
        }
    }

    /// "ある通信社が報じた。": a statement of its own that says where the one before comes from.
    pub(super) fn source(&mut self) {
        let alone = self.events.last().is_some_and(|last| last.statement + 1 == self.number);
        if alone && (self.reported || self.statement.hedged) {
            let before = self.events.iter_mut().filter(|own| own.statement + 1 == self.number);
            before.for_each(|event| event.mood.hedged = true);
        }
    }
}
