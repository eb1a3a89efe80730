//! Trigger words: what they do, and how their endings are read.

use super::ending::{Form, form, letters};
use super::particle::{Part, particle};
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

/// Endings that turn a noun of doing into a verb, in letters.
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
    /// In letters where it is a verb.
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
        Some(stem) => Shape { entry, act, before, stem: letters(stem), verb: true },
        None => Shape { entry, act, before, stem: last.to_owned(), verb: false },
    }
}

impl Shape {
    pub(super) fn is_verb(&self) -> bool {
        self.verb
    }

    /// False where `word` cannot be a form of this shape, given how it begins: a cheap test before
    /// [`Shape::read`].
    pub(super) fn may_open(&self, word: &str, opening: &Opening) -> bool {
        match self.verb {
            false => word.starts_with(self.stem.as_str()),
            true => opening.may_be(&self.stem),
        }
    }

    /// Reads `word`, which is `spelled` in letters, as a form of this shape.
    pub(super) fn read(&self, word: &str, spelled: &str) -> Option<Trigger> {
        let (form, voice, rumour) = if self.verb {
            let rest = spelled.strip_prefix(self.stem.as_str())?;
            // 왔 and 갔 are written out as stems of their own.
            let closed = self.stem.ends_with('\u{11bb}');
            let rest = if closed { format!("\u{11bb}{rest}") } else { rest.to_owned() };
            (form(&rest)?, Voice::Active, false)
        } else {
            noun_form(word.strip_prefix(self.stem.as_str())?)?
        };
        let pair = self.before.is_some();
        Some(Trigger { entry: self.entry, act: self.act, form, voice, rumour, pair })
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
    let opens = |(verb, _): &&(&str, Voice)| {
        let last = verb.chars().next_back();
        let head = last.and_then(|last| verb.strip_suffix(last)).unwrap_or("");
        let own = rest.strip_prefix(head).and_then(|rest| rest.chars().next());
        own.map(open) == last
    };
    let mut verbs = VERBS.iter().filter(opens).peekable();
    verbs.peek()?;
    let spelled = letters(rest);
    verbs.find_map(|(verb, voice)| {
        let after = spelled.strip_prefix(letters(verb).as_str())?;
        Some((form(after)?, *voice, false))
    })
}

/// The letters that a word of Hangul begins with; none are known of any other word before it is
/// decomposed.
pub(super) struct Opening {
    letters: [char; OPENING],
    len: usize,
    known: bool,
    whole: bool,
}

/// Letters of a word that are spelled out before it is looked up.
const OPENING: usize = 12;

impl Opening {
    pub(super) fn of(word: &str) -> Self {
        let mut opening = Self { letters: ['\0'; OPENING], len: 0, known: true, whole: true };
        for ch in word.chars() {
            let code = u32::from(ch).checked_sub(0xac00).filter(|_| super::token::is_hangul(ch));
            let Some(code) = code else { return Self { known: false, ..opening } };
            let spelled = [0x1100 + code / 588, 0x1161 + code % 588 / 28, 0x11a7 + code % 28];
            let count = if code % 28 == 0 { 2 } else { 3 };
            for letter in spelled.into_iter().take(count).filter_map(char::from_u32) {
                match opening.letters.get_mut(opening.len) {
                    Some(place) => *place = letter,
                    None => return Self { whole: false, ..opening },
                }
                opening.len += 1;
            }
        }
        opening
    }

    /// False where the word surely does not begin with these letters.
    fn may_be(&self, stem: &str) -> bool {
        let mut own = self.letters.iter().take(self.len);
        !self.known
            || stem.chars().all(|letter| match own.next() {
                Some(own) => *own == letter,
                None => !self.whole,
            })
    }
}

/// A syllable without the consonant that closes it; any other character as it is.
pub(super) fn open(ch: char) -> char {
    let code = u32::from(ch).wrapping_sub(0xac00);
    let hangul = super::token::is_hangul(ch);
    if hangul { char::from_u32(0xac00 + code / 28 * 28).unwrap_or(ch) } else { ch }
}

/// A stem and its fusions with ㄴ, ㄹ, ㅁ, ㅂ and ㅆ.
pub(super) fn fused(stem: &str) -> Vec<String> {
    let mut out = vec![stem.to_owned()];
    let Some(last) = stem.chars().next_back() else { return out };
    let code = u32::from(last);
    if (0xac00..=0xd7a3).contains(&code) && (code - 0xac00) % 28 == 0 {
        let head = stem.strip_suffix(last).unwrap_or("");
        for tail in [4, 8, 16, 17, 20] {
            out.extend(char::from_u32(code + tail).map(|fused| format!("{head}{fused}")));
        }
    }
    out
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
