//! The engine: one article in, its companies, keywords and claims out.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Datelike;

use super::assemble::{self, Judged};
use super::candidate::{Cue, Grammar, Passage};
use super::company::{CompanyMention, Gazetteer};
use super::first::{First, Seen};
use super::language::{ENGLISH, Letters};
use super::people::People;
use super::rules::Rules;
use super::sieve::Sieve;
use super::text::{Span, Text};
use super::trace::{Trace, TracedCandidate, TracedMention, TracedTrigger};
use super::{Input, language, normalise};
use crate::model::{Field, Tagging, content_id};

/// Bytes of each field that grammars read; a move told later is no news. The bound also keeps the
/// time of hostile text linear.
const READ: usize = 6_000;

/// Finds companies and moves. Pure and synchronous; built once, shared between threads.
///
/// Most articles name no company, and of those that do most tell of no move: the first tier finds
/// names and the language's cues in one pass, and only where both are there is a sentence read.
#[derive(Debug)]
pub struct Extractor {
    gazetteer: Arc<Gazetteer>,
    people: Arc<People>,
    languages: BTreeMap<String, Language>,
}

/// One language's grammar and what it cannot do without.
#[derive(Debug)]
struct Language {
    grammar: Arc<dyn Grammar>,
    /// Without one of its cues a text has no keyword.
    first: First,
    /// Without one of these in its title or a cue an article has no candidate.
    hints: Sieve,
}

impl Language {
    fn new(grammar: &Arc<dyn Grammar>, gazetteer: &Arc<Gazetteer>) -> Self {
        Self {
            first: First::new(gazetteer, &grammar.cues()),
            hints: Sieve::new(grammar.hints().iter().map(String::as_str)),
            grammar: Arc::clone(grammar),
        }
    }

    fn has_hint(&self, title: &str) -> bool {
        self.hints.any(title, &|_, _| true)
    }

    /// The keywords of texts in which the first tier saw cues.
    fn keywords(&self, texts: &[&str; 3], seen: &Seen) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        let mut add = |keyword: &str| {
            if !keywords.iter().any(|known| known == keyword) {
                keywords.push(keyword.to_owned());
            }
        };
        for (text, cues) in texts.iter().zip(&seen.cues).filter(|(_, cues)| !cues.is_empty()) {
            match self.grammar.told_by(text, cues) {
                Some(told) => told.into_iter().for_each(&mut add),
                None => {
                    let text = Text::normal((*text).to_owned());
                    self.grammar.keywords(&text).iter().for_each(|keyword| add(keyword));
                }
            }
        }
        keywords
    }
}

/// The parts of an article after normalisation.
struct Read {
    lang: Option<String>,
    fields: Vec<Field>,
    texts: Vec<Text>,
    mentions: Vec<Vec<CompanyMention>>,
    /// Those of each text, where they were looked for.
    cues: Option<[Vec<Cue>; 3]>,
}

impl Extractor {
    /// Builds the tables of each language.
    pub fn new(rules: &Rules) -> Self {
        let language = |(name, grammar): (&String, _)| {
            (name.clone(), Language::new(grammar, &rules.gazetteer))
        };
        Self {
            gazetteer: Arc::clone(&rules.gazetteer),
            people: Arc::clone(&rules.people),
            languages: rules.grammars.iter().map(language).collect(),
        }
    }

    /// The companies that the engine knows.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Finds the companies, keywords and claims of one article.
    pub fn tag(&self, input: &Input<'_>) -> Tagging {
        let content = input.content.filter(|content| *content != input.summary).unwrap_or("");
        let norms = [input.title, input.summary, content].map(normalise::normal);
        let texts = norms.each_ref().map(|norm| norm.as_ref());
        let (lang, seen) = self.first_tier(&texts, input.lang);
        let mut tagging = Tagging { id: id_of(input), lang, ..Tagging::default() };
        let Some((language, seen)) = seen else {
            tagging.companies = self.companies(&self.gazetteer.find_in(&texts));
            return tagging;
        };
        tagging.keywords = language.keywords(&texts, &seen);
        if seen.names.is_empty() {
            return tagging;
        }
        let mut names = vec![Vec::new(); texts.len()];
        for (number, name) in seen.names {
            names.get_mut(number).into_iter().for_each(|names| names.push(name));
        }
        let mentions = self.gazetteer.believed(names, &texts);
        tagging.companies = self.companies(&mentions);
        let named = mentions.iter().any(|mentions| !mentions.is_empty());
        let title = texts.first().copied().unwrap_or("");
        let terse =
            || mentions.first().is_some_and(|named| language.grammar.is_terse(title, named));
        let told = || seen.cue || language.has_hint(title) || terse();
        if named && told() {
            let (fields, raw) = fields_of(input);
            let texts = raw.iter().map(|raw| Text::new(raw)).collect();
            let read =
                Read { lang: tagging.lang.clone(), fields, texts, mentions, cues: Some(seen.cues) };
            let judged = self.judged(&read, input).into_iter();
            tagging.claims = judged.map(|judged| judged.claim).collect();
        }
        tagging
    }

    /// The language of the normalised texts and, where it has a grammar, what they hold.
    fn first_tier(
        &self,
        texts: &[&str; 3],
        hint: Option<&str>,
    ) -> (Option<String>, Option<(&Language, Seen)>) {
        let [title, summary, _] = *texts;
        let plain = match Letters::of(title, summary, hint) {
            Letters::Tell(lang) => {
                let language = lang.as_ref().and_then(|lang| self.languages.get(lang));
                let seen = language.map(|language| (language, language.first.look(texts)));
                return (lang, seen);
            }
            Letters::Latin { plain } => plain,
        };
        let english = self.languages.get(ENGLISH);
        let seen = english.map(|english| (english, english.first.look(texts)));
        let lang = match seen.as_ref().filter(|_| plain) {
            Some((_, seen)) => language::at_most(seen.foreign, title, summary, hint),
            None => language::by_words(title, summary, hint),
        };
        let seen = seen.filter(|_| lang == ENGLISH);
        (Some(lang), seen)
    }

    /// Tags one article and keeps everything that was seen on the way.
    pub fn explain(&self, input: &Input<'_>) -> Trace {
        let read = self.read(input);
        let judged = self.judged(&read, input);
        let grammar = self.language(&read).map(|language| language.grammar.as_ref());
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

    fn read(&self, input: &Input<'_>) -> Read {
        let (fields, raw) = fields_of(input);
        let texts: Vec<Text> = raw.iter().map(|raw| Text::new(raw)).collect();
        let norms: Vec<&str> = texts.iter().map(|text| text.norm.as_str()).collect();
        let (lang, mentions) = (detect(&norms, input), self.gazetteer.find_in(&norms));
        Read { lang, fields, texts, mentions, cues: None }
    }

    fn language(&self, read: &Read) -> Option<&Language> {
        self.languages.get(read.lang.as_deref()?)
    }

    fn judged(&self, read: &Read, input: &Input<'_>) -> Vec<Judged> {
        let Some(language) = self.language(read) else { return Vec::new() };
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
            .enumerate()
            .map(|(number, (((field, text), lead), mentions))| {
                let cues = read.cues.as_ref().and_then(|cues| cues.get(number));
                let cues = cues.filter(|_| lead.is_none()).map(Vec::as_slice);
                let text = lead.as_ref().unwrap_or(text);
                let within =
                    mentions.partition_point(|mention| mention.span.end <= text.norm.len());
                Passage {
                    field: *field,
                    text,
                    companies: mentions.get(..within).unwrap_or(mentions),
                    cues,
                    gazetteer: &self.gazetteer,
                    people: &self.people,
                    year: input.published.year(),
                    month: input.published.month(),
                }
            })
            .collect();
        let candidates = language.grammar.candidates(&passages);
        assemble::claims(candidates, &passages, &self.gazetteer, &self.people)
    }

    /// Ids of the companies named, in order of first mention.
    fn companies(&self, mentions: &[Vec<CompanyMention>]) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for mention in mentions.iter().flatten().filter(|mention| !mention.by_product) {
            if let Some(company) = self.gazetteer.company(mention.company)
                && !ids.contains(&company.id)
            {
                ids.push(company.id.clone());
            }
        }
        ids
    }
}

/// The fields of an article and their texts; the content only where it is no repetition.
fn fields_of<'a>(input: &Input<'a>) -> (Vec<Field>, Vec<&'a str>) {
    let mut fields = vec![Field::Title, Field::Summary];
    let mut texts = vec![input.title, input.summary];
    if let Some(content) = input.content.filter(|content| *content != input.summary) {
        fields.push(Field::Content);
        texts.push(content);
    }
    (fields, texts)
}

/// The language of the normalised texts, title and summary first.
fn detect(texts: &[&str], input: &Input<'_>) -> Option<String> {
    match texts {
        [title, summary, ..] => language::detect(title, summary, input.lang),
        _ => None,
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
        ..Text::default()
    })
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
