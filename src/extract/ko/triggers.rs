//! Finds the trigger that a word is a form of.

use std::collections::BTreeMap;

use super::ending::open;
use super::token;
use super::trigger::{ACTS, Shape, Trigger, is_post, shape};
use super::words::Words;
use crate::extract::candidate::Cue;
use crate::extract::fast::FastMap;
use crate::extract::lexicon::Lexicon;

/// The forms of all triggers.
#[derive(Debug)]
pub(super) struct Triggers {
    /// What comes first is read first.
    shapes: Vec<Shape>,
    /// Numbers of the nouns by their first character.
    nouns: FastMap<char, Vec<u16>>,
    /// Numbers of the verbs by their first syllable without what closes it: an ending may.
    verbs: FastMap<char, Vec<u16>>,
    /// Words that only look like a trigger, by their first character, each with the word before that
    /// it asks for.
    homographs: FastMap<char, Vec<(Option<String>, String)>>,
    /// The spellings that the first tier looks for.
    cues: Vec<String>,
    /// Numbers of the shapes that may stand where a cue does.
    of_cue: Vec<Vec<u16>>,
}

impl Triggers {
    /// Sorts the forms of the lexicon; `None` where there are too many.
    pub(super) fn new(lexicon: &Lexicon) -> Option<Self> {
        let mut shapes = Vec::new();
        for (index, trigger) in lexicon.triggers.iter().enumerate() {
            let act = ACTS.iter().find(|(name, _)| *name == trigger.class)?.1;
            let entry = u16::try_from(index).ok()?;
            shapes.extend(trigger.forms.iter().map(|form| shape(entry, act, form)));
        }
        shapes.sort_by_key(Shape::rank);
        let mut nouns: FastMap<char, Vec<u16>> = FastMap::default();
        let mut verbs: FastMap<char, Vec<u16>> = FastMap::default();
        let mut cues: BTreeMap<String, Vec<u16>> = BTreeMap::new();
        for (number, shape) in shapes.iter().enumerate() {
            let number = u16::try_from(number).ok()?;
            let Some(first) = shape.stem.chars().next() else { continue };
            match shape.is_verb() {
                true => verbs.entry(open(first)).or_default().push(number),
                false => nouns.entry(first).or_default().push(number),
            }
            for cue in shape.openings() {
                cues.entry(cue).or_default().push(number);
            }
        }
        let mut homographs: FastMap<char, Vec<_>> = FastMap::default();
        for word in lexicon.list("homograph") {
            let (before, word) = match word.split_once(' ') {
                Some((before, word)) => (Some(before.to_owned()), word),
                None => (None, word.as_str()),
            };
            let Some(first) = word.chars().next() else { continue };
            homographs.entry(first).or_default().push((before, word.to_owned()));
        }
        let (cues, of_cue) = cues.into_iter().unzip();
        Some(Self { shapes, nouns, verbs, homographs, cues, of_cue })
    }

    /// The spellings that the first tier looks for.
    pub(super) fn cues(&self) -> Vec<String> {
        self.cues.clone()
    }

    /// The shapes that a word may be a form of by its first character.
    fn opening_like<'a>(&'a self, word: &str) -> impl Iterator<Item = &'a Shape> {
        let first = word.chars().next();
        let of = |table: &'a FastMap<char, Vec<u16>>, first: Option<char>| -> &'a [u16] {
            first.and_then(|first| table.get(&first)).map_or(&[], Vec::as_slice)
        };
        let numbers = of(&self.nouns, first).iter().chain(of(&self.verbs, first.map(open)));
        numbers.filter_map(|number| self.shapes.get(usize::from(*number)))
    }
}

impl Words {
    /// Finds the trigger that a Hangul word is a form of; `before` is the word before it.
    pub(super) fn trigger(&self, word: &str, before: Option<&str>) -> Option<Trigger> {
        let shapes = self.triggers.opening_like(word).filter(|shape| shape.may_open(word));
        let mut fitting = shapes.filter(|shape| self.follows(shape, before));
        let found = fitting.find_map(|shape| told(shape, word));
        found.filter(|_| !self.is_homograph(word, before))
    }

    /// Finds the trigger that begins where these cues stand.
    pub(super) fn trigger_at(&self, text: &str, cues: &[Cue]) -> Option<Trigger> {
        let (before, rest) = text.split_at_checked(cues.first()?.1.start)?;
        let (head, word) = (before.trim_end(), token::hangul(rest));
        let mut best: Option<(u16, Trigger)> = None;
        for number in cues.iter().filter_map(|(cue, _)| self.triggers.of_cue.get(*cue)).flatten() {
            if best.is_some_and(|(best, _)| best <= *number) {
                continue;
            }
            let Some(shape) = self.triggers.shapes.get(usize::from(*number)) else { continue };
            let parted = shape
                .before
                .as_deref()
                .is_some_and(|want| !want.starts_with('@') && !head.ends_with(want));
            if !parted
                && let Some(trigger) = told(shape, word)
                && (shape.before.is_none() || self.follows(shape, token::last(head)))
            {
                best = Some((*number, trigger));
            }
        }
        best.map(|(_, trigger)| trigger).filter(|_| !self.is_homograph(word, token::last(head)))
    }

    /// 갈등, 세월호, 두 가지, 5가지: another word, whatever it looks like.
    fn is_homograph(&self, word: &str, before: Option<&str>) -> bool {
        let digit = |before: &str| before.ends_with(|ch: char| ch.is_ascii_digit());
        let own = word.chars().next().and_then(|first| self.triggers.homographs.get(&first));
        own.is_some_and(|own| {
            own.iter().any(|(first, own)| match first {
                None => word.starts_with(own.as_str()),
                Some(first) => {
                    let counted = || own == "가지" && before.is_some_and(digit);
                    word == own && (before == Some(first) || counted())
                }
            })
        })
    }

    /// True where the word before is the one that the shape asks for.
    fn follows(&self, shape: &Shape, before: Option<&str>) -> bool {
        // 한국법인 is a 법인.
        let ends = |want: &str| before.is_some_and(|word| word.ends_with(want));
        shape.before.as_deref().is_none_or(|want| match want.strip_prefix("@role") {
            Some(tail) => before.is_some_and(|word| is_post(self, word, tail)),
            None => before == Some(want) || ends(want) && want.chars().count() > 1,
        })
    }
}

/// Reads a word as a form of the shape.
fn told(shape: &Shape, word: &str) -> Option<Trigger> {
    // A particle that stands alone.
    if word == "가" {
        return None;
    }
    shape.read(word).filter(|trigger| trigger.is_told(word))
}
