//! Trigger words: what they do, and how their endings are read.

use std::cmp::Reverse;

use super::ending::{CLOSINGS, Form, after, closing, form};
use super::particle::{Part, particle};
use super::token::is_hangul;
use super::words::Words;

/// What a trigger does to its mover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Goes from one company to another.
    Move,
    /// Goes to a company.
    Join,
    /// Goes away.
    Leave,
    /// Is sent away.
    Fire,
    /// Is taken on by a company.
    Hire,
    /// Is given a post.
    Appoint,
    /// Starts a company.
    Found,
    /// Goes back to a company.
    Return,
    /// Is given a higher post.
    Promote,
    /// Takes over a post: a move where it is at another company.
    Head,
    /// Somebody is taken away from the subject.
    Lose,
    /// Has a post now: news of one who comes from another company.
    Serve,
}

/// Class names of the lexicon, in the order of [`Act`].
pub(super) const ACTS: &[(&str, Act)] = &[
    ("move", Act::Move),
    ("join", Act::Join),
    ("leave", Act::Leave),
    ("fire", Act::Fire),
    ("hire", Act::Hire),
    ("appoint", Act::Appoint),
    ("found", Act::Found),
    ("return", Act::Return),
    ("promote", Act::Promote),
    ("head", Act::Head),
    ("lose", Act::Lose),
    ("serve", Act::Serve),
];

/// Endings that turn a noun of doing into a verb.
const VERBS: &[(&str, Voice)] = &[
    ("하", Voice::Active),
    ("해", Voice::Active),
    ("되", Voice::Passive),
    ("돼", Voice::Passive),
    ("당하", Voice::Passive),
    ("당해", Voice::Passive),
    ("시키", Voice::Causative),
    ("시켜", Voice::Causative),
];

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// The subject.
    Active,
    /// It is done to the subject.
    Passive,
    /// The subject has the object do it.
    Causative,
}

/// A trigger as a word shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trigger {
    /// Index into the lexicon's triggers.
    pub(super) entry: u16,
    pub(super) act: Act,
    pub(super) form: Form,
    pub(super) voice: Voice,
    /// "이직설": said to.
    pub(super) rumour: bool,
    /// Made of this word and the one before: "사표를 냈다".
    pub(super) pair: bool,
}

impl Trigger {
    /// False for what somebody did or was: only who has a post now, or gets one, may have moved.
    pub(super) fn is_told(&self, word: &str) -> bool {
        // 이끈다, 맡는다고, 총괄합니다, but neither 이끌었다 nor 총괄하다.
        let present = || {
            let said = word.find('다').and_then(|at| word.get(..at));
            let last = said.and_then(|said| said.chars().next_back());
            last.is_some_and(|ch| ch == '니' || (u32::from(ch).wrapping_sub(0xac00)) % 28 == 4)
        };
        match self.form {
            _ if self.act != Act::Serve => true,
            Form::Finite | Form::Quote => present(),
            form => form == Form::Plan,
        }
    }

    /// What a headline says without a word for it.
    pub(super) fn silent(act: Act) -> Self {
        let form = Form::Noun(Part::None);
        Self { entry: 0, act, form, voice: Voice::Active, rumour: false, pair: false }
    }
}

/// One form of a trigger.
#[derive(Debug)]
pub(super) struct Shape {
    entry: u16,
    act: Act,
    /// The word before, of a form of two words.
    pub(super) before: Option<String>,
    pub(super) stem: String,
    verb: bool,
}

/// Reads a form as the lexicon spells it.
pub(super) fn shape(entry: u16, act: Act, form: &str) -> Shape {
    let (before, last) = match form.rsplit_once(' ') {
        Some((before, last)) => (Some(before.to_owned()), last),
        None => (None, form),
    };
    match last.strip_suffix('-') {
        Some(stem) => Shape { entry, act, before, stem: stem.to_owned(), verb: true },
        None => Shape { entry, act, before, stem: last.to_owned(), verb: false },
    }
}

impl Shape {
    pub(super) fn is_verb(&self) -> bool {
        self.verb
    }

    /// False where `word` cannot be a form of this shape, given how it begins.
    pub(super) fn may_open(&self, word: &str) -> bool {
        match self.verb {
            false => word.starts_with(self.stem.as_str()),
            true => after(word, &self.stem).is_some(),
        }
    }

    /// Of two shapes that a word may be a form of, the one with less of this comes first: two words
    /// before one, then the longer one, its letters counted where it is a verb.
    pub(super) fn rank(&self) -> (bool, Reverse<(bool, usize)>) {
        let letters = |ch: char| match self.verb {
            false => 1,
            true => 2 + usize::from(closing(ch) > 0),
        };
        (self.verb, Reverse((self.before.is_some(), self.stem.chars().map(letters).sum())))
    }

    /// Reads `word` as a form of this shape.
    pub(super) fn read(&self, word: &str) -> Option<Trigger> {
        let (form, voice, rumour) = match self.verb {
            true => (form(after(word, &self.stem)?)?, Voice::Active, false),
            false => noun_form(word.strip_prefix(self.stem.as_str())?)?,
        };
        let pair = self.before.is_some();
        Some(Trigger { entry: self.entry, act: self.act, form, voice, rumour, pair })
    }

    /// The spellings one of which a form of this shape begins with.
    pub(super) fn openings(&self) -> impl Iterator<Item = String> {
        let last = self
            .stem
            .chars()
            .next_back()
            .filter(|last| self.verb && is_hangul(*last) && closing(*last) == 0);
        let fused = last.into_iter().flat_map(|last| {
            let head = self.stem.strip_suffix(last).unwrap_or("");
            let close = move |closing| char::from_u32(u32::from(last) + closing);
            CLOSINGS.into_iter().filter_map(close).map(move |last| format!("{head}{last}"))
        });
        std::iter::once(self.stem.clone()).chain(fused)
    }
}

/// Reads what follows a noun of doing.
fn noun_form(rest: &str) -> Option<(Form, Voice, bool)> {
    if rest.is_empty() {
        return Some((Form::Noun(Part::None), Voice::Active, false));
    }
    if rest == "하고" {
        return Some((Form::Connective, Voice::Active, false));
    }
    if let Some(part) = particle(rest) {
        return (part != Part::Bound && part != Part::Origin).then_some((
            Form::Noun(part),
            Voice::Active,
            false,
        ));
    }
    if rest == "키로" {
        // 합류하기로, cut short for a headline.
        return Some((Form::Plan, Voice::Active, false));
    }
    if let Some(after) = rest.strip_prefix('설') {
        let part = if after.is_empty() { Part::None } else { particle(after)? };
        return Some((Form::Noun(part), Voice::Active, true));
    }
    VERBS.iter().find_map(|(verb, voice)| Some((form(after(rest, verb)?)?, *voice, false)))
}

/// "@role에": a post with this particle, or with that of a subject or an object where none is given.
pub(super) fn is_post(words: &Words, word: &str, tail: &str) -> bool {
    let own = |tail: &str| word.strip_suffix(tail).is_some_and(|post| words.is_role(post));
    match tail {
        "" => words.is_role(word) || own("이") || own("가"),
        "을" => own("을") || own("를"),
        "로" => own("으로") || own("로"),
        tail => own(tail),
    }
}
