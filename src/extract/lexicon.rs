//! Lexicon files: the words of one language that say "moved", and the word lists beside them.
//!
//! All languages share this format; what a `class` means is the business of the language's
//! grammar. Every trigger carries an example sentence, and a test runs each of them.
//!
//! ```toml
//! language = "en"
//! [lists]
//! hedge = ["reportedly", "in talks"]
//! [[trigger]]
//! keyword = "join"                 # as it appears in `keywords` and in routes
//! class = "join"                   # one of the classes of the grammar
//! forms = ["join", "joins", "{has|have} joined"]   # the last one spells two
//! example = "Ada Gray joins OpenAI"
//! ```

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Deserialize;
use toml::Spanned;

use super::script::{self, Script};
use super::sieve::Sieve;
use super::text::{Span, Text};
use crate::model::Problems;
use crate::model::problem::line_of;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLexicon {
    language: Spanned<String>,
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    trigger: Vec<Spanned<RawTrigger>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTrigger {
    keyword: String,
    class: Spanned<String>,
    forms: Vec<Spanned<String>>,
    example: String,
}

/// The list of the forms that tell of something else more often than not; a language need not have it.
pub const EVERYDAY: &str = "everyday";

/// One trigger word with its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// As routes and `keywords` spell it.
    pub keyword: String,
    /// What it does, in the words of the language's grammar.
    pub class: String,
    /// Every form, normalised.
    pub forms: Vec<String>,
    /// A sentence that must give a claim with this trigger, or none where the class says so.
    pub example: String,
}

/// Where a text holds a form of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriggerMention {
    /// The form, in the normalised text.
    pub span: Span,
    /// Index into [`Lexicon::triggers`].
    pub trigger: u16,
    /// True for a form of the list [`EVERYDAY`].
    pub everyday: bool,
}

/// One language's words.
#[derive(Debug, Clone)]
pub struct Lexicon {
    /// `en`, `ko`, ...
    pub language: String,
    /// In file order.
    pub triggers: Vec<Trigger>,
    /// Word lists by name, normalised.
    pub lists: BTreeMap<String, Vec<String>>,
    forms: Sieve,
    /// For each pattern of `forms` its trigger, and whether it is an everyday one.
    owner: Vec<(u16, bool)>,
}

impl Lexicon {
    /// Reads a lexicon; `classes` are those that the grammar knows, `lists` those it reads.
    /// `None` where a problem was found.
    pub fn parse(
        file: &str,
        text: &str,
        classes: &[&str],
        lists: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let before = problems.0.len();
        let raw: RawLexicon = match toml::from_str(text) {
            Ok(raw) => raw,
            Err(error) => {
                let line = error.span().map(|span| line_of(text, span.start));
                problems.add(file, line, "", error.message());
                return None;
            }
        };
        let line = |at: usize| Some(line_of(text, at));
        for name in raw.lists.keys().filter(|name| !lists.contains(&name.as_str())) {
            let what = format!("unknown list; known are {}", lists.join(", "));
            problems.add(file, None, format!("lists.{name}"), what);
        }
        let mut triggers = Vec::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        let mut owner = Vec::new();
        let mut everyday: BTreeSet<&str> = match raw.lists.get(EVERYDAY) {
            Some(forms) => forms.iter().map(String::as_str).collect(),
            None => BTreeSet::new(),
        };
        for entry in raw.trigger {
            let at = entry.span().start;
            let entry = entry.into_inner();
            let key = format!("trigger \"{}\"", entry.keyword);
            if !classes.contains(&entry.class.get_ref().as_str()) {
                let what = format!("class must be one of {}", classes.join(", "));
                problems.add(file, line(entry.class.span().start), format!("{key}.class"), what);
            }
            if entry.example.trim().is_empty() || entry.forms.is_empty() {
                problems.add(
                    file,
                    line(at),
                    &key,
                    "needs an example sentence and at least one form",
                );
            }
            let mut forms = Vec::new();
            let spelt = |form: &Spanned<String>| {
                let at = form.span().start;
                alternatives(form.get_ref()).into_iter().map(move |form| (at, form))
            };
            for (at, form) in entry.forms.iter().flat_map(spelt) {
                // "{quietly|} leaves": no word begins with a space, and what begins like no word is
                // looked for at every byte.
                let form = Text::new(form.trim_start()).norm;
                if form.trim().is_empty() || !known.insert(form.clone()) {
                    let what = "is empty or stands in the file twice; give each form once";
                    problems.add(file, line(at), format!("{key}.forms \"{form}\""), what);
                    continue;
                }
                patterns.push(form.clone());
                let trigger = u16::try_from(triggers.len()).unwrap_or(u16::MAX);
                owner.push((trigger, everyday.remove(form.as_str())));
                forms.push(form);
            }
            let class = entry.class.into_inner();
            triggers.push(Trigger { keyword: entry.keyword, class, forms, example: entry.example });
        }
        for form in everyday {
            let what = format!("\"{form}\" is no form of a trigger; spell it as one of them");
            problems.add(file, None, format!("lists.{EVERYDAY}"), what);
        }
        let forms = Sieve::new(patterns.iter().map(String::as_str));
        let normal = |words: Vec<String>| words.iter().map(|word| Text::new(word).norm).collect();
        let lists = raw.lists.into_iter().map(|(name, words)| (name, normal(words))).collect();
        let language = raw.language.into_inner();
        (problems.0.len() == before).then_some(Self { language, triggers, lists, forms, owner })
    }

    /// The words of a list; empty where the file has none of that name.
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// Every form, for the first tier.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.triggers.iter().flat_map(|trigger| trigger.forms.iter().map(String::as_str))
    }

    /// Those forms that [`Lexicon::find`] finds, of all that stand in the text: places in order, of
    /// several at one place the longest first.
    pub(crate) fn found(
        &self,
        text: &str,
        forms: &[(usize, Span)],
    ) -> impl Iterator<Item = TriggerMention> {
        let mut end = 0;
        let whole = move |(_, span): &&(usize, Span)| {
            let first = span.start >= end && is_whole(text, *span);
            end = if first { span.end } else { end };
            first
        };
        let owner = |form: usize| self.owner.get(form).copied();
        forms.iter().filter(whole).filter_map(move |(form, span)| {
            let (trigger, everyday) = owner(*form)?;
            Some(TriggerMention { span: *span, trigger, everyday })
        })
    }

    /// The keywords of the same.
    pub(crate) fn told_by(&self, text: &str, forms: &[(usize, Span)]) -> Vec<&str> {
        let trigger = |hit: TriggerMention| self.triggers.get(usize::from(hit.trigger));
        let told = self.found(text, forms).filter_map(trigger);
        told.map(|trigger| trigger.keyword.as_str()).collect()
    }

    /// Finds the forms in a text: the longest at each place, whole words where the script has
    /// such. Korean, Chinese and Japanese forms match anywhere.
    pub fn find(&self, text: &Text) -> Vec<TriggerMention> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some((index, span)) =
            self.forms.find(&text.norm, at, &|_, span| is_whole(&text.norm, span))
        {
            hits.extend(self.owner.get(index).map(|(trigger, everyday)| TriggerMention {
                span,
                trigger: *trigger,
                everyday: *everyday,
            }));
            at = span.end;
        }
        hits
    }

    /// The keywords in a text, each once, in order of first mention.
    pub fn keywords(&self, text: &Text) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        for hit in self.find(text) {
            if let Some(trigger) = self.triggers.get(usize::from(hit.trigger))
                && !keywords.contains(&trigger.keyword)
            {
                keywords.push(trigger.keyword.clone());
            }
        }
        keywords
    }
}

/// The forms that one entry spells: "{hands|handed} in {his|her} notice" is four.
fn alternatives(entry: &str) -> Vec<String> {
    let one_space = |form: &String| form.split_whitespace().collect::<Vec<_>>().join(" ");
    spelled_out(entry).iter().map(one_space).collect()
}

/// The same, with two spaces where an alternative is empty.
fn spelled_out(entry: &str) -> Vec<String> {
    let Some((before, rest)) = entry.split_once('{') else { return vec![entry.to_owned()] };
    let Some((inside, after)) = rest.split_once('}') else { return vec![entry.to_owned()] };
    let tails = spelled_out(after);
    let join = |one: &str| -> Vec<String> {
        tails.iter().map(|tail| format!("{before}{one}{tail}")).collect()
    };
    inside.split('|').flat_map(join).collect()
}

/// True where the form ends in another script than Latin, or nothing of the same word stands
/// around it.
fn is_whole(text: &str, span: Span) -> bool {
    let form = text.get(span.start..span.end).unwrap_or("");
    let last = form.chars().next_back().map(Script::of);
    last != Some(Script::Latin) || script::is_whole(text, span, Script::Latin, false)
}
