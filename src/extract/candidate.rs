//! What a language's grammar gets to see and what it answers.

use std::fmt::Debug;

use super::company::{CompanyMention, Gazetteer};
use super::gates::MIN_SCORE;
use super::people::People;
use super::text::{Span, Text};
use crate::model::{Field, Kind, Status, Suppressed};

/// One field of an article with its company mentions.
#[derive(Debug)]
pub struct Passage<'a> {
    /// Which field.
    pub field: Field,
    /// The text, normalised.
    pub text: &'a Text,
    /// Mentions in order of position, not overlapping.
    pub companies: &'a [CompanyMention],
    /// The cues of its language in order, of several at one place the longest first, but for those
    /// within a word of Hangul; `None` where nobody has looked for them.
    pub cues: Option<&'a [Cue]>,
    /// The companies.
    pub gazetteer: &'a Gazetteer,
    /// The known people.
    pub people: &'a People,
    /// Year of publication, to judge "in 2024".
    pub year: i32,
    /// Month of publication, from 1.
    pub month: u32,
}

/// One end of a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// A listed company, by index into the gazetteer.
    Listed(u16),
    /// A company that is not listed, as written.
    Unlisted(String),
}

/// A claim in the making.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The field that the spans count in.
    pub field: Field,
    /// The person's name as written, without titles and particles; `None` for someone unnamed.
    pub person: Option<String>,
    /// Where the name stands (spans are of the normalised text).
    pub person_span: Option<Span>,
    /// How many people.
    pub count: u32,
    /// Where from.
    pub from: Option<End>,
    /// Where to.
    pub to: Option<End>,
    /// Role as written.
    pub role: Option<String>,
    /// What sort of move.
    pub kind: Kind,
    /// By the hedges around it.
    pub status: Status,
    /// The words that say "moved".
    pub trigger: Span,
    /// The sentence.
    pub sentence: Span,
    /// Why it must not alert, where the grammar knows.
    pub suppressed: Option<Suppressed>,
    /// How well the parts fit, from 0 to 1.
    pub score: f64,
    /// Name of the pattern that assembled it, for `explain`.
    pub pattern: &'static str,
}

impl Candidate {
    /// A move between listed companies that a learned model found, but for who moves and where it is
    /// told; `None` where it has no end.
    pub(crate) fn learned(
        pattern: &'static str,
        (from, to): (Option<u16>, Option<u16>),
        hedged: bool,
    ) -> Option<Self> {
        let kind = match (from, to) {
            (Some(_), Some(_)) => Kind::Moved,
            (Some(_), None) => Kind::Left,
            (None, Some(_)) => Kind::Joined,
            (None, None) => return None,
        };
        Some(Self {
            field: Field::Title,
            person: None,
            person_span: None,
            count: 1,
            from: from.map(End::Listed),
            to: to.map(End::Listed),
            role: None,
            kind,
            status: if hedged { Status::Rumoured } else { Status::Reported },
            trigger: Span::new(0, 0),
            sentence: Span::new(0, 0),
            suppressed: None,
            score: MIN_SCORE,
            pattern,
        })
    }

    /// The same of whoever stands at `span`, by name or by post, told by the word at `trigger`.
    pub(crate) fn of_mover(
        &self,
        passage: &Passage<'_>,
        (name, span): (Option<&str>, Span),
        trigger: Span,
        sure: f32,
    ) -> Self {
        Self {
            field: passage.field,
            person: name.map(str::to_owned),
            person_span: name.map(|_| span),
            role: name.is_none().then(|| passage.text.get(span).to_owned()),
            trigger,
            sentence: passage.text.sentence_at(trigger.start),
            score: MIN_SCORE + f64::from(sure / 10.0).min(0.4),
            ..self.clone()
        }
    }
}

/// What a learned model judges an article by, for training.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signs {
    /// True where the grammar itself finds a move that alerts.
    pub alerts: bool,
    /// True where the title makes it no news, whatever the words.
    pub silent: bool,
    /// Whether it may be news of a move at all.
    pub words: Vec<String>,
    /// Whether it is news of a move.
    pub news: Vec<String>,
    /// Whether a company is left or joined, by index into the gazetteer.
    pub houses: Vec<(u16, Vec<String>)>,
    /// Whether a person moves, by surname.
    pub people: Vec<(String, Vec<String>)>,
    /// Whether a candidate of the grammar is a move.
    pub claims: Vec<ClaimSigns>,
}

/// A candidate of the grammar, and what a learned model judges it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimSigns {
    /// Who moves, as written.
    pub person: Option<String>,
    /// Why it does not alert.
    pub reason: Option<Suppressed>,
    /// Whether it is a move.
    pub signs: Vec<String>,
}

/// A cue, by its place in [`Grammar::cues`], and where it stands.
pub type Cue = (usize, Span);

/// The grammar of one language: persons, triggers, candidates.
pub trait Grammar: Send + Sync + Debug {
    /// Finds the candidates in the passages of one article, title first. A grammar may use what it
    /// learned in the title (a surname, a company) to read the summary. Of the full text a passage
    /// holds only the beginning. Two candidates for one person may both be returned: the engine
    /// merges them.
    fn candidates(&self, passages: &[Passage<'_>]) -> Vec<Candidate>;

    /// False where an article surely has no candidate, given its normalised title and summary, the
    /// companies of the title and the cues of both. Asked before anything is built, of articles that
    /// are read as a whole and have no full text; [`Grammar::candidates`] must find the same.
    fn may_tell(
        &self,
        _texts: [&str; 2],
        _companies: &[CompanyMention],
        _cues: [&[Cue]; 2],
    ) -> bool {
        true
    }

    /// The signs by which a learned model judges the article; none where the language has no model.
    fn signs(&self, _passages: &[Passage<'_>]) -> Signs {
        Signs::default()
    }

    /// Move keywords that occur in the text, as the lexicon spells them.
    fn keywords(&self, text: &Text) -> Vec<String>;

    /// The keywords that the cues of a text tell of, given by their place in [`Grammar::cues`] and
    /// by where they stand: in order, of several at one place the longest first. `None` where only
    /// [`Grammar::keywords`] can tell, which must agree.
    fn told_by(&self, _text: &str, _cues: &[Cue]) -> Option<Vec<&str>> {
        None
    }

    /// The spellings without one of which a text has no keyword; they are looked for without
    /// regard to ASCII case, those in Latin script as whole words. For a keyword a spelling in
    /// Hangul must begin its word.
    fn cues(&self) -> Vec<String>;

    /// The spellings without one of which in the title, or a cue anywhere, an article has no
    /// candidate: what headlines without a verb are told with.
    fn hints(&self) -> Vec<String> {
        Vec::new()
    }

    /// True where a cue that makes no keyword tells nothing.
    fn needs_keyword(&self) -> bool {
        false
    }

    /// True where a title without any cue may tell a move all the same, by what stands around the
    /// names of its companies.
    fn is_terse(&self, _title: &str, _companies: &[CompanyMention]) -> bool {
        false
    }

    /// True where an article without any of these may tell a move by its words all together, given
    /// its normalised texts, title and summary first.
    fn sounds_like_news(&self, _texts: &[&str; 3]) -> bool {
        false
    }

    /// Where the text holds trigger words, for `explain`.
    fn triggers(&self, text: &Text) -> Vec<Span>;
}
