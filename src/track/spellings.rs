//! Every spelling of a person's name, taken apart once and kept in little room.

use std::borrow::Cow;

use super::find::Person;
use super::name::{Name, View};
use super::packed::{Reader, Writer};
use crate::model::{ClaimRecord, Move};

/// How many spellings of a name are kept.
const MOST: usize = 12;

/// The person, then every other spelling; empty for someone unnamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spellings(Box<[u8]>);

/// What follows in the list: nothing for a spelling that is the person's, the text alone for one that
/// no name could be read from, or the text and the name.
const SAME: u64 = 0;
const UNREADABLE: u64 = 1;
const READABLE: u64 = 2;

/// Names that were taken apart already: those of a claim, and those of a move as it was.
#[derive(Clone, Copy, Default)]
pub(crate) struct Parsed<'a> {
    pub(crate) person: Option<&'a Person>,
    pub(crate) before: Option<&'a Spellings>,
}

impl Parsed<'_> {
    /// A look at the name that is written so; `None` where it is none.
    fn with<T>(&self, written: &str, look: impl FnOnce(View<'_>) -> T) -> Option<T> {
        let before = self.before.and_then(|before| before.find(written));
        match (before, self.person.and_then(|person| person.find(written))) {
            (Some(packed), _) => packed.map(|packed| look(View::unpack(&mut Reader(packed)))),
            (None, Some(name)) => Some(look(name.view())),
            (None, None) => Name::parse(written).map(|name| look(name.view())),
        }
    }

    fn pack(&self, written: &str, packed: &mut Writer) {
        let own = self.with(written, |name| {
            let mut own = Writer::with_room(96);
            name.pack(&mut own);
            own
        });
        match own {
            Some(own) => {
                packed.number(READABLE);
                packed.text(written);
                packed.bytes(own.as_slice());
            }
            None => {
                packed.number(UNREADABLE);
                packed.text(written);
            }
        }
    }
}

impl Spellings {
    /// Takes the names apart. White space is made plain.
    pub(crate) fn new(person: Option<&str>, spellings: &[String], parsed: Parsed<'_>) -> Self {
        let Some(person) = person else { return Spellings(Box::default()) };
        let mut packed = Writer::with_room(128 + 128 * spellings.len());
        parsed.pack(&plain(person), &mut packed);
        for spelling in spellings {
            if spelling == person {
                packed.number(SAME);
            } else {
                parsed.pack(&plain(spelling), &mut packed);
            }
        }
        Spellings(packed.finish())
    }

    /// The bytes of the name that is written so, if it is among them; `None` inside where it is none.
    fn find(&self, written: &str) -> Option<Option<&[u8]>> {
        self.each().find(|(text, _)| *text == written).map(|(_, packed)| packed)
    }

    /// True for someone unnamed.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn first_byte(&self) -> usize {
        self.0.first().copied().map_or(0, usize::from)
    }

    /// Every spelling as written, the person first.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.each().map(|(text, _)| text)
    }

    /// Every spelling that is a name, taken apart, each once.
    pub(crate) fn names(&self) -> impl Iterator<Item = View<'_>> {
        self.each().filter_map(|(_, packed)| Some(View::unpack(&mut Reader(packed?))))
    }

    /// The names among them whose spelling `old` has not.
    pub(crate) fn names_beyond<'a>(&'a self, old: &'a Spellings) -> impl Iterator<Item = View<'a>> {
        self.each()
            .filter(|(text, _)| !old.texts().any(|other| other == *text))
            .filter_map(|(_, packed)| Some(View::unpack(&mut Reader(packed?))))
    }

    /// Every spelling as written, and the bytes of its name unless that came before.
    fn each(&self) -> impl Iterator<Item = (&str, Option<&[u8]>)> {
        let mut rest = Reader(&self.0);
        let mut person = None;
        std::iter::from_fn(move || {
            let spelling = match rest.more()?.number() {
                SAME => (person.unwrap_or(""), None),
                UNREADABLE => (rest.str(), None),
                _ => (rest.str(), Some(rest.bytes())),
            };
            person = person.or(Some(spelling.0));
            Some(spelling)
        })
    }

    /// True where person and spellings are those of `of`.
    pub(crate) fn are_those_of(&self, of: &Move) -> bool {
        match &of.person {
            Some(person) => self.texts().eq(std::iter::once(person).chain(&of.spellings)),
            None => self.is_empty(),
        }
    }
}

fn plain(name: &str) -> Cow<'_, str> {
    if name.contains(|c: char| c.is_control()) {
        let spaced = name.split_whitespace().collect::<Vec<_>>().join(" ");
        Cow::Owned(spaced.replace(char::is_control, ""))
    } else {
        Cow::Borrowed(name)
    }
}

/// Adds the spellings of a claim and shows the person under the best one.
pub(super) fn add_spelling(of: &mut Move, record: &ClaimRecord, parsed: Parsed<'_>) {
    let claim = &record.claim;
    if of.person.is_none() {
        return;
    }
    for spelling in [&claim.person, &claim.person_as_written].into_iter().flatten() {
        if of.spellings.len() < MOST && !of.spellings.contains(spelling) {
            of.spellings.push(spelling.clone());
        }
    }
    if let Some(better) = claim.person.as_ref().filter(|said| shows_better(said, of, parsed)) {
        of.person = Some(better.clone());
    }
}

/// True where a spelling is Latin or fuller than the one shown; equals go by the alphabet, so that
/// the order of the claims does not matter.
fn shows_better(said: &str, of: &Move, parsed: Parsed<'_>) -> bool {
    let Some(shown) = of.person.as_deref().filter(|shown| *shown != said) else { return false };
    let rank = |written: &str| parsed.with(written, |name| name.rank());
    match (rank(said), rank(shown)) {
        (Some(a), Some(b)) => (a, shown) > (b, said),
        (a, _) => a.is_some(),
    }
}
