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
const HIDING: &[&str] =
    &["\u{200b}", "\u{200c}", "\u{200d}", "\u{2060}", "\u{feff}", "\u{ad}", "&#", "&amp;"];

/// Finds companies and moves. Pure and synchronous; built once, shared between threads.
#[derive(Debug)]
pub struct Extractor {
    gazetteer: Arc<Gazetteer>,
    people: Arc<People>,
    grammars: BTreeMap<String, Arc<dyn Grammar>>,
    /// The first tier: company names and cues of all languages in one automaton.
    first: AhoCorasick,
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
        let mut patterns: Vec<String> = rules.gazetteer.spellings().map(str::to_owned).collect();
        for grammar in rules.grammars.values() {
            patterns.extend(grammar.cues());
        }
        patterns.extend(HIDING.iter().map(|hiding| (*hiding).to_owned()));
        patterns.sort_unstable();
        patterns.dedup();
        let first = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(&patterns)?;
        Ok(Self {
            gazetteer: Arc::clone(&rules.gazetteer),
            people: Arc::clone(&rules.people),
            grammars: rules.grammars.clone(),
            first,
        })
    }

    /// The companies that the engine knows.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Finds the companies, keywords and claims of one article.
    pub fn tag(&self, input: &Input<'_>) -> Tagging {
        let id = id_of(input);
        if !self.worth_reading(input) {
            let lang = language::detect(input.title, input.summary, input.lang);
            return Tagging { id, lang, ..Tagging::default() };
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

    /// The first tier: false where no text holds a company's name or a cue.
    fn worth_reading(&self, input: &Input<'_>) -> bool {
        self.first.is_match(input.title)
            || self.first.is_match(input.summary)
            || input.content.is_some_and(|content| self.first.is_match(content))
            || [input.title, input.summary].iter().any(|text| has_wide(text))
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
        if read.mentions.iter().all(Vec::is_empty) {
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

/// True where the text holds full-width or half-width forms or combining marks.
fn has_wide(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|ch| matches!(ch, '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}' | '\u{ff10}'..='\u{ffdc}'))
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
