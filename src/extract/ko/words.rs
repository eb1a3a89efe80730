//! The words of `lexicon/ko.toml`, ready for look-ups.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::ending::{Part, letters, splits};
use super::trigger::{ACTS, Shape, Trigger, fused, onset, shape};
use crate::extract::fast::FastMap;
use crate::extract::lexicon::Lexicon;
use crate::extract::people::{People, key};
use crate::model::Problems;

/// The lists that the grammar reads.
const LISTS: &[&str] = &[
    "role",
    "common",
    "unit",
    "workplace",
    "elsewhere",
    "leave_of_absence",
    "alliance",
    "institution",
    "past",
    "asserted",
    "rumoured",
    "open",
    "refused",
    "looked_back",
    "afterwards",
    "clause",
    "hedge",
    "confirmed",
    "denied",
    "adnominal",
    "predicate",
    "career",
    "former",
    "ordinary",
    "firm",
    "branch",
    "home",
    "outside_post",
    "report",
    "body",
    "latin_ordinary",
    "given_name",
    "surname",
    "chinese_surname",
    "given_syllable",
    "foreign_syllable",
];

/// The lexicon, ready for look-ups.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) lexicon: Lexicon,
    shapes: FastMap<char, Vec<Shape>>,
    sets: HashMap<&'static str, HashSet<String>>,
    given_names: HashSet<String>,
    /// First words of the names of known people, normalised.
    name_heads: HashSet<String>,
    given_syllables: HashSet<char>,
    foreign_syllables: HashSet<char>,
}

impl Words {
    /// Reads `lexicon/ko.toml`; first names of known people are learned beside it.
    pub(super) fn parse(
        file: &str,
        text: &str,
        people: &People,
        problems: &mut Problems,
    ) -> Option<Self> {
        let classes: Vec<&str> = ACTS.iter().map(|(name, _)| *name).collect();
        let lexicon = Lexicon::parse(file, text, &classes, LISTS, problems)?;
        let mut shapes: FastMap<char, Vec<Shape>> = FastMap::default();
        for (index, trigger) in lexicon.triggers.iter().enumerate() {
            let act = ACTS.iter().find(|(name, _)| *name == trigger.class)?.1;
            for form in &trigger.forms {
                let shape = shape(u16::try_from(index).ok()?, act, form);
                if let Some(first) = shape.stem.chars().next() {
                    shapes.entry(first).or_default().push(shape);
                }
            }
        }
        for list in shapes.values_mut() {
            list.sort_by_key(|shape| {
                std::cmp::Reverse((shape.before.is_some(), shape.stem.chars().count()))
            });
        }
        let sets = LISTS
            .iter()
            .map(|name| (*name, lexicon.list(name).iter().cloned().collect::<HashSet<_>>()))
            .collect();
        let given_names = given_names(&lexicon, people);
        let syllables =
            |name: &str| lexicon.list(name).iter().flat_map(|all| all.chars()).collect();
        Some(Self {
            given_syllables: syllables("given_syllable"),
            foreign_syllables: syllables("foreign_syllable"),
            shapes,
            sets,
            given_names,
            name_heads: name_heads(people),
            lexicon,
        })
    }

    /// True where the list holds the word.
    pub(super) fn is(&self, list: &str, word: &str) -> bool {
        self.sets.get(list).is_some_and(|set| set.contains(word))
    }

    /// True where the word begins with one of the list.
    pub(super) fn begins(&self, list: &str, word: &str) -> bool {
        self.lexicon.list(list).iter().any(|head| word.starts_with(head.as_str()))
    }

    /// True where the word ends with one of the list and is longer than it, or is it.
    pub(super) fn ends(&self, list: &str, word: &str) -> bool {
        self.lexicon.list(list).iter().any(|tail| {
            word.ends_with(tail.as_str())
                && (tail.chars().count() > 1 || word.chars().count() > 1 || word == tail)
        })
    }

    /// True for a role: listed, or a word that ends in a listed one of two syllables or more.
    pub(super) fn is_role(&self, word: &str) -> bool {
        if self.is("role", word) {
            return true;
        }
        // A lone short role at the end of a longer word is chance: 반도체 is no 체.
        let long = word.chars().count() > 3;
        long && self
            .lexicon
            .list("role")
            .iter()
            .any(|role| role.chars().count() >= 2 && word.ends_with(role.as_str()))
    }

    /// True for a role that many hold.
    pub(super) fn is_common(&self, word: &str) -> bool {
        self.is("common", word)
    }

    /// True for a first name written in Hangul.
    pub(super) fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    /// True where a known person's name may begin with this word: a cheap test before look-ups.
    pub(super) fn may_open_name(&self, word: &str) -> bool {
        if word.is_ascii() {
            return self.name_heads.contains(&key(word));
        }
        let ends = word.char_indices().map(|(at, ch)| at + ch.len_utf8()).take(5);
        ends.into_iter()
            .any(|end| word.get(..end).is_some_and(|head| self.name_heads.contains(head)))
            || !word.starts_with(super::token::is_hangul) && self.name_heads.contains(&key(word))
    }

    /// Share of the syllables that look foreign.
    pub(super) fn foreignness(&self, word: &str) -> f64 {
        let (mut foreign, mut all) = (0_u32, 0_u32);
        for ch in word.chars() {
            all += 1;
            foreign += u32::from(self.foreign_syllables.contains(&ch) || sounds_foreign(ch));
        }
        if all == 0 { 0.0 } else { f64::from(foreign) / f64::from(all) }
    }

    /// True for three syllables (two surnames have four) that read like a Korean name.
    pub(super) fn is_korean_name(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return false };
        let count = word.chars().count();
        let surname = match count {
            3 => self.is("surname", first.encode_utf8(&mut [0; 4])),
            4 => word
                .char_indices()
                .nth(2)
                .is_some_and(|(at, _)| word.get(..at).is_some_and(|head| self.is("surname", head))),
            _ => false,
        };
        surname
            && word.chars().rev().take(2).all(|ch| self.given_syllables.contains(&ch))
            && !self.is("ordinary", word)
            && !self.is_role(word)
    }

    /// True for a Korean surname and a syllable of given names.
    pub(super) fn opens_korean_name(&self, first: Option<char>, second: Option<char>) -> bool {
        let surname = first.is_some_and(|first| self.is("surname", first.encode_utf8(&mut [0; 4])));
        surname && second.is_some_and(|second| self.given_syllables.contains(&second))
    }

    /// Finds the trigger that a Hangul word is a form of; `before` is the word before it.
    pub(super) fn trigger(&self, word: &str, before: Option<&str>) -> Option<Trigger> {
        let first = word.chars().next()?;
        if word == "가" {
            // A particle that stands alone.
            return None;
        }
        let plain = self.shapes.get(&first).map_or(&[][..], Vec::as_slice);
        let by_letter = onset(first).and_then(|onset| self.shapes.get(&onset));
        let spelled = OnceCell::new();
        let all = plain.iter().chain(by_letter.map_or(&[][..], Vec::as_slice));
        all.filter(|shape| shape.before.as_deref().is_none_or(|want| before == Some(want)))
            .filter(|shape| shape.may_open(word))
            .find_map(|shape| shape.read(word, spelled.get_or_init(|| letters(word))))
    }

    /// The spellings that the first tier looks for.
    pub(super) fn cues(&self) -> Vec<String> {
        let mut cues = Vec::new();
        for form in self.lexicon.forms() {
            match form.rsplit(' ').next().and_then(|last| last.strip_suffix('-')) {
                Some(stem) => cues.extend(fused(stem)),
                None => cues.push(form.rsplit(' ').next().unwrap_or(form).to_owned()),
            }
        }
        cues
    }

    /// Headlines without a verb: "X, 오픈AI행", "X, B로", "신임 CTO에 X", "후임 X".
    pub(super) fn hints(&self) -> Vec<String> {
        let bare = ["행", "行", "로", "후임"].map(str::to_owned);
        let posts = self.lexicon.list("role").iter().map(|role| format!("{role}에"));
        bare.into_iter().chain(posts).collect()
    }
}

fn name_heads(people: &People) -> HashSet<String> {
    let heads = people.aliases().filter_map(|(alias, _)| alias.split([' ', '-', '·', '・']).next());
    heads.map(key).collect()
}

/// The first names in Hangul: those listed, and those of known people.
fn given_names(lexicon: &Lexicon, people: &People) -> HashSet<String> {
    let known = people.aliases().filter_map(|(alias, _)| {
        let (first, _) = alias.split_once([' ', '-'])?;
        let hangul = first.chars().all(super::token::is_hangul);
        (hangul && first.chars().count() > 1).then(|| first.to_owned())
    });
    let listed = lexicon.list("given_name").iter().cloned();
    let taken = |name: &String| {
        lexicon.list("ordinary").contains(name) || lexicon.list("role").contains(name)
    };
    listed.chain(known).filter(|name| !taken(name)).collect()
}

/// Syllables with ㅋ, ㅌ, ㅍ in front are rare in Korean words but for these readings of Han.
const ASPIRATED: &str =
    "쾌타탁탄탈탐탑탕태택탱토통퇴투특틈파판팔패편평폐포폭표품풍피필핍큰커켜키터티";

fn sounds_foreign(ch: char) -> bool {
    if !super::token::is_hangul(ch) {
        return false;
    }
    let code = u32::from(ch) - 0xac00;
    let (onset, vowel, coda) = (code / 588, code % 588 / 28, code % 28);
    let aspirated = (15..=17).contains(&onset) && !ASPIRATED.contains(ch);
    // 앨, 엘, 웰, 윌: an open front vowel with ㄹ behind; 리, 라 and their like begin few words.
    let liquid = coda == 8 && matches!(vowel, 1 | 5 | 15 | 16);
    aspirated || liquid
}

/// True where a Hangul word, however it is split, ends in a role; gives the role and its particle.
pub(super) fn role_in<'a>(words: &Words, word: &'a str) -> Option<(&'a str, Part, bool)> {
    splits(word).find_map(|(stem, part)| {
        if words.is_role(stem) {
            return Some((stem, part, false));
        }
        let single = stem.strip_suffix("들")?;
        words.is_role(single).then_some((single, part, true))
    })
}
