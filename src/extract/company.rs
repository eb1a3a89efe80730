//! Company mentions: one automaton over the names in all languages.

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

use super::script::{self, Script};
use super::text::{Span, Text};

/// Where a text names a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompanyMention {
    /// The name, in the normalised text, without particles.
    pub span: Span,
    /// Index into [`Gazetteer::companies`].
    pub company: u16,
    /// True where only a product was named (ChatGPT for OpenAI).
    pub by_product: bool,
}

/// One company or lab of `companies.toml`.
#[derive(Debug, Clone, Default)]
pub struct Company {
    /// Stable id, such as `openai`.
    pub id: String,
    /// Display name, such as `OpenAI`.
    pub name: String,
    /// True where a move from or to it alerts.
    pub watched: bool,
    /// Id of the parent (`google` for `google-deepmind`).
    pub parent: Option<String>,
    /// Words that, anywhere in the article, vouch for the company's weak names.
    pub cues: Vec<String>,
}

/// How much a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The name alone, in any case.
    Sure,
    /// The name in exactly this case (or all capitals).
    Exact,
    /// Exactly this case, and something in the article that speaks for the company.
    Weak,
    /// A product; speaks for its company but does not name it.
    Product,
    /// Looks like a name and is none.
    LookAlike,
}

/// One pattern of the automaton.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// As written in the file, normalised.
    pub(crate) text: String,
    /// The company it stands for.
    pub(crate) company: u16,
    /// How much it says.
    pub(crate) weight: Weight,
}

/// The companies and the automaton that finds them.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// In file order.
    pub companies: Vec<Company>,
    names: Vec<Name>,
    automaton: Option<AhoCorasick>,
    /// Words that vouch for any weak name.
    cues: Vec<String>,
    /// For each company the ones it belongs to or contains.
    family: Vec<u16>,
}

impl Gazetteer {
    /// Builds the automaton over `names`.
    pub(crate) fn build(
        companies: Vec<Company>,
        names: Vec<Name>,
        cues: Vec<String>,
    ) -> Result<Self, BuildError> {
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(names.iter().map(|name| name.text.as_str()))?;
        let index = |id: &str| companies.iter().position(|company| company.id == id);
        let family = (0..companies.len())
            .map(|own| {
                let mut top = own;
                for _ in 0..4 {
                    let parent = companies.get(top).and_then(|company| company.parent.as_deref());
                    match parent.and_then(index) {
                        Some(parent) => top = parent,
                        None => break,
                    }
                }
                u16::try_from(top).unwrap_or(u16::MAX)
            })
            .collect();
        Ok(Self { companies, names, automaton: Some(automaton), cues, family })
    }

    /// The company with this index.
    pub fn company(&self, index: u16) -> Option<&Company> {
        self.companies.get(usize::from(index))
    }

    /// The index of the company with this id.
    pub fn index_of(&self, id: &str) -> Option<u16> {
        let at = self.companies.iter().position(|company| company.id == id)?;
        u16::try_from(at).ok()
    }

    /// True when both are one company or belong to the same parent.
    pub fn related(&self, a: u16, b: u16) -> bool {
        let top = |index: u16| self.family.get(usize::from(index));
        a == b || top(a).is_some() && top(a) == top(b)
    }

    /// The spellings that the first tier looks for.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let telling = self.names.iter().filter(|name| name.weight != Weight::LookAlike);
        telling.map(|name| name.text.as_str())
    }

    /// Finds the mentions in one text, judged by that text alone.
    pub fn find(&self, text: &Text) -> Vec<CompanyMention> {
        self.find_all(std::slice::from_ref(text)).pop().unwrap_or_default()
    }

    /// Finds the mentions in the texts of one article; a cue in one text speaks for all.
    pub fn find_all(&self, texts: &[Text]) -> Vec<Vec<CompanyMention>> {
        let mut found: Vec<Vec<(CompanyMention, Weight)>> =
            texts.iter().map(|text| self.scan(&text.norm)).collect();
        let weak = found.iter().flatten().any(|(_, weight)| *weight == Weight::Weak);
        if weak {
            let sure: Vec<u16> = found
                .iter()
                .flatten()
                .filter(|(_, weight)| *weight != Weight::Weak)
                .map(|(mention, _)| mention.company)
                .collect();
            let vouched = self.vouched(texts, &sure);
            for mentions in &mut found {
                mentions.retain(|(mention, weight)| {
                    *weight != Weight::Weak || vouched.contains(&mention.company)
                });
            }
        }
        let plain =
            |list: Vec<(CompanyMention, Weight)>| list.into_iter().map(|(m, _)| m).collect();
        found.into_iter().map(plain).collect()
    }

    /// The companies whose weak names this article makes believable.
    fn vouched(&self, texts: &[Text], sure: &[u16]) -> Vec<u16> {
        let has = |cue: &String| texts.iter().any(|text| script::has_word(&text.norm, cue));
        let general = !sure.is_empty() || self.cues.iter().any(has);
        let all = self.companies.iter().enumerate();
        let believable = all.filter(|(index, company)| {
            let own = u16::try_from(*index).unwrap_or(u16::MAX);
            sure.contains(&own)
                || if company.cues.is_empty() { general } else { company.cues.iter().any(has) }
        });
        believable.filter_map(|(index, _)| u16::try_from(index).ok()).collect()
    }

    fn scan(&self, text: &str) -> Vec<(CompanyMention, Weight)> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(hit) = automaton.find(aho_corasick::Input::new(text).range(at..)) {
            let span = Span { start: hit.start(), end: hit.end() };
            let name = self.names.get(hit.pattern().as_usize());
            let matched = name.filter(|name| stands_alone(text, span, name));
            at = if matched.is_some() { span.end } else { next_start(text, span.start) };
            let Some(name) = matched else { continue };
            if name.weight == Weight::LookAlike {
                continue;
            }
            let mention = CompanyMention {
                span,
                company: name.company,
                by_product: name.weight == Weight::Product,
            };
            found.push((mention, name.weight));
        }
        found
    }
}

/// Where to search on after a match that was none.
fn next_start(text: &str, start: usize) -> usize {
    (start + 1..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// True when the match is a whole name: the borders of its script hold, and its case.
fn stands_alone(text: &str, span: Span, name: &Name) -> bool {
    let matched = text.get(span.start..span.end).unwrap_or("");
    let exact = matched == name.text || matched.len() > 3 && is_shouted(matched);
    let case = match name.weight {
        Weight::Sure | Weight::Product | Weight::LookAlike => true,
        Weight::Exact | Weight::Weak => exact,
    };
    case && script::is_whole(text, span, Script::of_name(&name.text), name.weight != Weight::Sure)
}

fn is_shouted(matched: &str) -> bool {
    matched.chars().any(char::is_uppercase) && !matched.chars().any(char::is_lowercase)
}
