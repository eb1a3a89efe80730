//! The engine: one article in, its companies, keywords and claims out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use chrono::Datelike;

use super::assemble::{self, Judged};
use super::candidate::{Grammar, Passage};
use super::company::{CompanyMention, Gazetteer};
use super::people::People;
use super::rules::Rules;
use super::sieve::Sieve;
use super::text::{Span, Text};
use super::trace::{Trace, TracedCandidate, TracedMention, TracedTrigger};
use super::{Input, language, normalise, script};
use crate::model::{Field, Tagging, content_id};

/// Bytes of each field that grammars read; a move told later is no news. The bound also keeps the
/// time of hostile text linear.
const READ: usize = 6_000;

/// Finds companies and moves. Pure and synchronous; built once, shared between threads.
///
/// Most articles name no company: the first tier tells them on the text as it came in. Of those
/// that do, most tell of no move: the second tier looks for a word of the language's cues before
/// any sentence is read.
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
    /// Without one of these a text has no keyword.
    cues: Sieve,
    /// Without one of these or a cue an article has no candidate.
    hints: Sieve,
}

impl Language {
    fn new(grammar: &Arc<dyn Grammar>) -> Self {
        let sieve = |cues: Vec<String>| Sieve::new(cues.iter().map(String::as_str));
        Self {
            cues: sieve(grammar.cues()),
            hints: sieve(grammar.hints()),
            grammar: Arc::clone(grammar),
        }
    }

    fn has_cue(&self, text: &str) -> bool {
        self.cues.any(text, &|_, span| script::ends_word(text, span))
    }

    fn may_tell(&self, texts: &[Text]) -> bool {
        texts.iter().any(|text| self.has_cue(&text.norm))
            || texts.iter().any(|text| self.hints.any(&text.norm, &|_, _| true))
    }
}

/// The parts of an article after normalisation.
struct Read {
    lang: Option<String>,
    fields: Vec<Field>,
    texts: Vec<Text>,
    mentions: Vec<Vec<CompanyMention>>,
}

impl Extractor {
    /// Builds the tables of each language.
    pub fn new(rules: &Rules) -> Result<Self, Infallible> {
        let language = |(name, grammar): (&String, _)| (name.clone(), Language::new(grammar));
        Ok(Self {
            gazetteer: Arc::clone(&rules.gazetteer),
            people: Arc::clone(&rules.people),
            languages: rules.grammars.iter().map(language).collect(),
        })
    }

    /// The companies that the engine knows.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Finds the companies, keywords and claims of one article.
    pub fn tag(&self, input: &Input<'_>) -> Tagging {
        let id = id_of(input);
        let views = [input.title, input.summary, input.content.unwrap_or("")].map(view);
        if !views.iter().any(|view| self.gazetteer.may_name(view)) {
            return self.without_company(id, input, &views);
        }
        let mut read = self.read(input);
        let claims = match self.language(&read) {
            Some(language) if read.names_any() && language.may_tell(&read.texts) => {
                read.split();
                self.judged(&read, input).into_iter().map(|judged| judged.claim).collect()
            }
            _ => Vec::new(),
        };
        let (companies, keywords) = (self.companies(&read), self.keywords(&read));
        Tagging { id, lang: read.lang, companies, keywords, claims }
    }

    /// Tags one article and keeps everything that was seen on the way.
    pub fn explain(&self, input: &Input<'_>) -> Trace {
        let mut read = self.read(input);
        read.split();
        let judged = self.judged(&read, input);
        let grammar = self.language(&read).map(|language| &language.grammar);
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

    /// An article that names no company has keywords at most.
    fn without_company(
        &self,
        id: String,
        input: &Input<'_>,
        views: &[Cow<'_, str>],
    ) -> Tagging {
        let lang = language::detect(input.title, input.summary, input.lang);
        let mut tagging = Tagging { id, lang, ..Tagging::default() };
        let Some(language) = tagging.lang.as_ref().and_then(|lang| self.languages.get(lang)) else {
            return tagging;
        };
        for view in views.iter().filter(|view| language.has_cue(view)) {
            add_keywords(&mut tagging.keywords, language, &Text::unsplit(view));
        }
        tagging
    }

    fn read(&self, input: &Input<'_>) -> Read {
        let mut fields = vec![Field::Title, Field::Summary];
        let mut texts = vec![Text::unsplit(input.title), Text::unsplit(input.summary)];
        if let Some(content) = input.content.filter(|content| *content != input.summary) {
            fields.push(Field::Content);
            texts.push(Text::unsplit(content));
        }
        let lang = match texts.as_slice() {
            [title, summary, ..] => language::detect(&title.norm, &summary.norm, input.lang),
            _ => None,
        };
        let mentions = self.gazetteer.find_all(&texts);
        Read { lang, fields, texts, mentions }
    }

    fn language(&self, read: &Read) -> Option<&Language> {
        self.languages.get(read.lang.as_deref()?)
    }

    fn judged(&self, read: &Read, input: &Input<'_>) -> Vec<Judged> {
        let Some(language) = self.language(read).filter(|_| read.names_any()) else {
            return Vec::new();
        };
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
        let candidates = language.grammar.candidates(&passages);
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
        let Some(language) = self.language(read) else { return keywords };
        for text in read.texts.iter().filter(|text| language.has_cue(&text.norm)) {
            add_keywords(&mut keywords, language, text);
        }
        keywords
    }
}

impl Read {
    /// True where any company is named, if only by a product.
    fn names_any(&self) -> bool {
        self.mentions.iter().any(|mentions| !mentions.is_empty())
    }

    fn split(&mut self) {
        self.texts.iter_mut().for_each(Text::split);
    }
}

fn add_keywords(keywords: &mut Vec<String>, language: &Language, text: &Text) {
    for keyword in language.grammar.keywords(text) {
        if !keywords.contains(&keyword) {
            keywords.push(keyword);
        }
    }
}

/// The text for the first tier: as it came in where normalising would show no more words.
fn view(raw: &str) -> Cow<'_, str> {
    match normalise::hides(raw) {
        true => Cow::Owned(normalise::normalise(raw).0),
        false => Cow::Borrowed(raw),
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
