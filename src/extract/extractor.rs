//! The engine: one article in, its companies, keywords and claims out.

use std::collections::BTreeMap;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};
use chrono::Datelike;

use super::assemble::{self, Judged};
use super::candidate::{Grammar, Passage};
use super::company::{CompanyMention, Gazetteer};
use super::people::People;
use super::rules::Rules;
use super::text::{Span, Text};
use super::trace::{Trace, TracedCandidate, TracedMention, TracedTrigger};
use super::{Input, language};
use crate::model::{Field, Tagging, content_id};

/// Bytes of each field that grammars read; a move told later is no news. The bound also keeps the
/// time of hostile text linear.
const READ: usize = 6_000;

/// Spellings that hide others: where the raw text holds one, the first tier cannot judge.
const HIDING: &[&str] = &["\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{ad}"];

/// Finds companies and moves. Pure and synchronous; built once, shared between threads.
#[derive(Debug)]
pub struct Extractor {
    gazetteer: Arc<Gazetteer>,
    people: Arc<People>,
    grammars: BTreeMap<String, Arc<dyn Grammar>>,
    /// The first tier: is any company named at all?
    first: AhoCorasick,
    /// The second: is there any word that a move could be told with?
    cues: AhoCorasick,
}

/// The parts of an article after normalisation.
struct Read {
    lang: Option<String>,
    fields: Vec<Field>,
    texts: Vec<Text>,
    mentions: Vec<Vec<CompanyMention>>,
}

impl Extractor {
    /// Builds the automata.
    ///
    /// # Errors
    /// When the rules hold too many names for one automaton (millions).
    pub fn new(rules: &Rules) -> Result<Self, BuildError> {
        let mut names: Vec<&str> = rules.gazetteer.spellings().collect();
        names.extend(HIDING);
        let first = presence(names)?;
        let cues: Vec<String> =
            rules.grammars.values().flat_map(|grammar| grammar.cues()).collect();
        let cues = presence(cues.iter().map(String::as_str).collect())?;
        Ok(Self {
            gazetteer: Arc::clone(&rules.gazetteer),
            people: Arc::clone(&rules.people),
            grammars: rules.grammars.clone(),
            first,
            cues,
        })
    }

    /// The companies that the engine knows.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Finds the companies, keywords and claims of one article.
    pub fn tag(&self, input: &Input<'_>) -> Tagging {
        let id = id_of(input);
        if !self.may_name_company(input) {
            return self.without_company(id, input);
        }
        let read = self.read(input);
        let claims = self.judged(&read, input).into_iter().map(|judged| judged.claim).collect();
        let (companies, keywords) = (self.companies(&read), self.keywords(&read));
        Tagging { id, lang: read.lang, companies, keywords, claims }
    }

    /// Tags one article and keeps everything that was seen on the way.
    pub fn explain(&self, input: &Input<'_>) -> Trace {
        let read = self.read(input);
        let judged = self.judged(&read, input);
        let grammar = self.grammar(&read);
        let mut trace = Trace { supported: grammar.is_some(), ..Trace::default() };
        for ((field, text), mentions) in read.fields.iter().zip(&read.texts).zip(&read.mentions) {
            for mention in mentions {
                let Some(company) = self.gazetteer.company(mention.company) else { continue };
                let Span { start, end } = text.original(mention.span);
                let (company, watched) = (company.id.clone(), company.watched);
                let by_product = mention.by_product;
                trace.mentions.push(TracedMention {
                    field: *field,
                    start,
                    end,
                    company,
                    by_product,
                    watched,
                });
            }
            for span in grammar.map(|grammar| grammar.triggers(text)).unwrap_or_default() {
                let Span { start, end } = text.original(span);
                let text = text.get(span).to_owned();
                trace.triggers.push(TracedTrigger { field: *field, start, end, text });
            }
        }
        trace.candidates = judged.into_iter().map(|judged| traced(judged, &read)).collect();
        trace.lang = read.lang;
        trace
    }

    /// The first tier: false where no text can hold a company's name.
    fn may_name_company(&self, input: &Input<'_>) -> bool {
        let texts = [input.title, input.summary, input.content.unwrap_or("")];
        texts.iter().any(|text| self.first.is_match(*text) || has_wide(text))
    }

    /// An article that names no company has keywords at most.
    fn without_company(&self, id: String, input: &Input<'_>) -> Tagging {
        let lang = language::detect(input.title, input.summary, input.lang);
        let mut tagging = Tagging { id, lang, ..Tagging::default() };
        let Some(grammar) = tagging.lang.as_ref().and_then(|lang| self.grammars.get(lang)) else {
            return tagging;
        };
        let texts = [input.title, input.summary, input.content.unwrap_or("")];
        for raw in texts.into_iter().filter(|raw| self.cues.is_match(*raw)) {
            for keyword in grammar.keywords(&Text::unsplit(raw)) {
                if !tagging.keywords.contains(&keyword) {
                    tagging.keywords.push(keyword);
                }
            }
        }
        tagging
    }

    fn read(&self, input: &Input<'_>) -> Read {
        let mut fields = vec![Field::Title, Field::Summary];
        let mut texts = vec![Text::new(input.title), Text::new(input.summary)];
        if let Some(content) = input.content.filter(|content| *content != input.summary) {
            fields.push(Field::Content);
            texts.push(Text::new(content));
        }
        let lang = match texts.as_slice() {
            [title, summary, ..] => language::detect(&title.norm, &summary.norm, input.lang),
            _ => None,
        };
        let mentions = self.gazetteer.find_all(&texts);
        Read { lang, fields, texts, mentions }
    }

    fn grammar<'a>(&'a self, read: &Read) -> Option<&'a dyn Grammar> {
        self.grammars.get(read.lang.as_deref()?).map(AsRef::as_ref)
    }

    fn judged(&self, read: &Read, input: &Input<'_>) -> Vec<Judged> {
        let Some(grammar) = self.grammar(read) else { return Vec::new() };
        let silent = read.texts.iter().all(|text| !self.cues.is_match(&text.norm));
        if silent || read.mentions.iter().all(Vec::is_empty) {
            return Vec::new();
        }
        let leads: Vec<Option<Text>> = read.texts.iter().map(lead).collect();
        let passages: Vec<Passage<'_>> = read
            .fields
            .iter()
            .zip(&read.texts)
            .zip(&leads)
            .zip(&read.mentions)
            .map(|(((field, text), lead), mentions)| {
                let text = lead.as_ref().unwrap_or(text);
                let within =
                    mentions.partition_point(|mention| mention.span.end <= text.norm.len());
                Passage {
                    field: *field,
                    text,
                    companies: mentions.get(..within).unwrap_or(mentions),
                    gazetteer: &self.gazetteer,
                    people: &self.people,
                    year: input.published.year(),
                    month: input.published.month(),
                }
            })
            .collect();
        let candidates = grammar.candidates(&passages);
        assemble::claims(candidates, &passages, &self.gazetteer, &self.people)
    }

    /// Ids of the companies named, in order of first mention.
    fn companies(&self, read: &Read) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for mention in read.mentions.iter().flatten().filter(|mention| !mention.by_product) {
            if let Some(company) = self.gazetteer.company(mention.company)
                && !ids.contains(&company.id)
            {
                ids.push(company.id.clone());
            }
        }
        ids
    }

    fn keywords(&self, read: &Read) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        let Some(grammar) = self.grammar(read) else { return keywords };
        for keyword in read.texts.iter().flat_map(|text| grammar.keywords(text)) {
            if !keywords.contains(&keyword) {
                keywords.push(keyword);
            }
        }
        keywords
    }
}

fn id_of(input: &Input<'_>) -> String {
    match input.id {
        Some(id) => id.to_owned(),
        None => content_id(&[input.url.unwrap_or(""), input.title, input.summary]),
    }
}

/// The beginning of a long text, cut after a sentence; `None` where all of it is read.
fn lead(text: &Text) -> Option<Text> {
    if text.norm.len() <= READ {
        return None;
    }
    let within = text.sentences.partition_point(|sentence| sentence.end <= READ);
    let mut sentences = text.sentences.get(..within)?.to_vec();
    if sentences.is_empty() {
        // No sentence ends in time: the beginning of the text is one.
        let end = (0..=READ).rev().find(|at| text.norm.is_char_boundary(*at)).unwrap_or(0);
        sentences.push(Span::new(0, end));
    }
    let end = sentences.last().map_or(0, |sentence| sentence.end);
    Some(Text {
        norm: text.norm.get(..end)?.to_owned(),
        sentences,
        map: text.map.get(..=end).map(<[u32]>::to_vec).unwrap_or_default(),
    })
}

/// Builds an automaton that only answers whether one of the patterns occurs.
fn presence(mut patterns: Vec<&str>) -> Result<AhoCorasick, BuildError> {
    patterns.sort_unstable();
    patterns.dedup();
    AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::Standard)
        .ascii_case_insensitive(true)
        .build(patterns)
}

/// True where the text holds letters in full or half width, or combining marks.
fn has_wide(text: &str) -> bool {
    let odd = |ch: char| matches!(ch, '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' | '\u{ff21}'..='\u{ff5a}' | '\u{ff65}'..='\u{ff9f}');
    !text.is_ascii() && text.chars().any(odd)
}

fn traced(judged: Judged, read: &Read) -> TracedCandidate {
    let Judged { candidate, claim } = judged;
    let index = read.fields.iter().position(|field| *field == candidate.field);
    let original = |span: Span| {
        let text = index.and_then(|index| read.texts.get(index));
        let span = text.map_or(span, |text| text.original(span));
        (span.start, span.end)
    };
    TracedCandidate {
        pattern: candidate.pattern,
        person: candidate.person_span.map(original),
        trigger: original(candidate.trigger),
        claim,
    }
}
