//! The engine: one article in, its companies, keywords and claims out.

use std::borrow::Cow;
use std::sync::Arc;

use super::assemble::{self, Judged};
use super::candidate::{Candidate, Signs};
use super::company::{CompanyMention, Gazetteer};
use super::fields::{Read, fields_of};
use super::first::Seen;
use super::language::{ENGLISH, Letters};
use super::people::People;
use super::prepared::Prepared;
use super::rules::Rules;
use super::text::{Span, Text};
use super::trace::{Trace, TracedCandidate, TracedMention, TracedTrigger};
use super::{Input, language, normalise};
use crate::model::{Tagging, content_id};

/// Finds companies and moves. Pure and synchronous; built once, shared between threads.
///
/// Most articles name no company, and of those that do most tell of no move: the first tier finds
/// names and the language's cues in one pass, and only where both are there is a sentence read.
#[derive(Debug)]
pub struct Extractor {
    gazetteer: Arc<Gazetteer>,
    people: Arc<People>,
    /// By their tags.
    languages: Vec<(String, Prepared)>,
}

impl Extractor {
    /// Builds the tables of each language.
    pub fn new(rules: &Rules) -> Self {
        let language = |(name, grammar): (&String, _)| {
            (name.clone(), Prepared::new(grammar, &rules.gazetteer))
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
        let mut seen = Seen::default();
        let (lang, language) = self.first_tier(&texts, input.lang, &mut seen);
        let mut tagging = Tagging { id: id_of(input), lang, ..Tagging::default() };
        let Some(language) = language else {
            tagging.companies = self.companies(&self.gazetteer.find_in(&texts));
            return tagging;
        };
        tagging.keywords = language.keywords(&texts, &seen);
        if seen.names.is_empty() {
            return tagging;
        }
        let mut names = vec![Vec::new(); texts.len()];
        for (number, name) in std::mem::take(&mut seen.names) {
            names.get_mut(number).into_iter().for_each(|names| names.push(name));
        }
        let mentions = self.gazetteer.believed(names, &texts);
        tagging.companies = self.companies(&mentions);
        let named = mentions.iter().any(|mentions| !mentions.is_empty());
        let keyword = !tagging.keywords.is_empty();
        if named && language.may_tell(&texts, &seen, keyword, &mentions) {
            let (fields, _) = fields_of(input);
            let unmapped = |norm: Cow<'_, str>| Text::unmapped(norm.into_owned());
            let texts = norms.into_iter().take(fields.len()).map(unmapped).collect();
            let (lang, cues) = (tagging.lang.clone(), Some(seen.cues));
            let read = Read { lang, fields, texts, mentions, cues };
            let candidates = self.candidates(&read, input);
            if !candidates.is_empty() {
                let judged = self.judged(&read.mapped(input), candidates, input).into_iter();
                tagging.claims = judged.map(|judged| judged.claim).collect();
            }
        }
        tagging
    }

    /// The language of the normalised texts and, where it has a grammar, what they hold.
    fn first_tier(
        &self,
        texts: &[&str; 3],
        hint: Option<&str>,
        seen: &mut Seen,
    ) -> (Option<String>, Option<&Prepared>) {
        let [title, summary, _] = *texts;
        let plain = match Letters::of(title, summary, hint) {
            Letters::Tell(lang) => {
                let language = lang.as_ref().and_then(|lang| self.prepared(lang));
                language.into_iter().for_each(|language| language.first.look(texts, seen));
                return (lang, language);
            }
            Letters::Latin { plain } => plain,
        };
        let english = self.prepared(ENGLISH);
        english.into_iter().for_each(|english| english.first.look(texts, seen));
        let lang = match plain && english.is_some() {
            true => language::at_most(seen.foreign, title, summary, hint),
            false => language::by_words(title, summary, hint),
        };
        let english = english.filter(|_| lang == ENGLISH);
        (Some(lang), english)
    }

    fn prepared(&self, lang: &str) -> Option<&Prepared> {
        let found = self.languages.iter().find(|(name, _)| name == lang);
        found.map(|(_, language)| language)
    }

    /// Tags one article and keeps everything that was seen on the way.
    pub fn explain(&self, input: &Input<'_>) -> Trace {
        let read = self.read(input);
        let judged = self.judged(&read, self.candidates(&read, input), input);
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

    /// What a learned model judges the article by: with the ids of the companies, for training.
    pub fn signs(&self, input: &Input<'_>) -> Signs {
        let read = self.read(input);
        let Some(language) = self.language(&read) else { return Signs::default() };
        let leads = read.leads();
        language.grammar.signs(&read.passages(&leads, input, (&self.gazetteer, &self.people)))
    }

    fn read(&self, input: &Input<'_>) -> Read {
        let (fields, raw) = fields_of(input);
        let texts: Vec<Text> = raw.iter().map(|raw| Text::new(raw)).collect();
        let norms: Vec<&str> = texts.iter().map(|text| text.norm.as_str()).collect();
        let (lang, mentions) = (detect(&norms, input), self.gazetteer.find_in(&norms));
        Read { lang, fields, texts, mentions, cues: None }
    }

    fn language(&self, read: &Read) -> Option<&Prepared> {
        self.prepared(read.lang.as_deref()?)
    }

    fn candidates(&self, read: &Read, input: &Input<'_>) -> Vec<Candidate> {
        let Some(language) = self.language(read) else { return Vec::new() };
        if read.mentions.iter().all(Vec::is_empty) {
            return Vec::new();
        }
        let leads = read.leads();
        language.grammar.candidates(&read.passages(&leads, input, (&self.gazetteer, &self.people)))
    }

    fn judged(&self, read: &Read, candidates: Vec<Candidate>, input: &Input<'_>) -> Vec<Judged> {
        let leads = read.leads();
        let passages = read.passages(&leads, input, (&self.gazetteer, &self.people));
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
