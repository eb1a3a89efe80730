//! The fields of an article as the grammars read them.

use chrono::Datelike;

use super::Input;
use super::candidate::{Cue, Passage};
use super::company::{CompanyMention, Gazetteer};
use super::people::People;
use super::text::{Span, Text};
use crate::model::Field;

/// Bytes of each field that grammars read; a move told later is no news. The bound also keeps the
/// time of hostile text linear.
const READ: usize = 6_000;

/// The parts of an article after normalisation.
pub(super) struct Read {
    pub(super) lang: Option<String>,
    pub(super) fields: Vec<Field>,
    pub(super) texts: Vec<Text>,
    pub(super) mentions: Vec<Vec<CompanyMention>>,
    /// Those of each text, where they were looked for.
    pub(super) cues: Option<[Vec<Cue>; 3]>,
}

impl Read {
    /// The same, with texts that know where each of their bytes comes from.
    pub(super) fn mapped(self, input: &Input<'_>) -> Self {
        let (fields, raw) = fields_of(input);
        let texts = raw.iter().map(|raw| Text::new(raw)).collect();
        Self { fields, texts, ..self }
    }

    /// The beginnings of long texts.
    pub(super) fn leads(&self) -> Vec<Option<Text>> {
        self.texts.iter().map(lead).collect()
    }

    /// The passages of the article, given the beginnings of its long texts.
    pub(super) fn passages<'a>(
        &'a self,
        leads: &'a [Option<Text>],
        input: &Input<'_>,
        (gazetteer, people): (&'a Gazetteer, &'a People),
    ) -> Vec<Passage<'a>> {
        let passage = |(number, field): (usize, &Field)| {
            let (text, lead) = (self.texts.get(number)?, leads.get(number)?);
            let mentions = self.mentions.get(number).map_or(&[][..], Vec::as_slice);
            let cues = self.cues.as_ref().and_then(|cues| cues.get(number));
            let cues = cues.filter(|_| lead.is_none()).map(Vec::as_slice);
            let text = lead.as_ref().unwrap_or(text);
            let within = mentions.partition_point(|mention| mention.span.end <= text.norm.len());
            Some(Passage {
                field: *field,
                text,
                companies: mentions.get(..within).unwrap_or(mentions),
                cues,
                gazetteer,
                people,
                year: input.published.year(),
                month: input.published.month(),
            })
        };
        self.fields.iter().enumerate().filter_map(passage).collect()
    }
}

/// The fields of an article and their texts; the content only where it is no repetition.
pub(super) fn fields_of<'a>(input: &Input<'a>) -> (Vec<Field>, Vec<&'a str>) {
    let mut fields = vec![Field::Title, Field::Summary];
    let mut texts = vec![input.title, input.summary];
    if let Some(content) = input.content.filter(|content| *content != input.summary) {
        fields.push(Field::Content);
        texts.push(content);
    }
    (fields, texts)
}

/// True for a text that is read as a whole.
pub(super) fn is_short(text: &str) -> bool {
    text.len() <= READ
}

/// The beginning of a long text, cut after a sentence; `None` where all of it is read.
fn lead(text: &Text) -> Option<Text> {
    if is_short(&text.norm) {
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
