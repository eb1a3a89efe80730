//! What the grammars of Chinese and Japanese share: their lexicon, and the way from passages to
//! candidates.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::bond::Bond;
use super::event::{self, CLASSES, Event, Frame};
use super::person::Person;
use super::token::{self, Kind, Token};
use super::words::{Word, Words};
use super::{affiliation, anaphor, article, learned, naming, resolve, unite};
use crate::extract::candidate::{Candidate, Passage, Signs};
use crate::extract::heads;
use crate::extract::lexicon::Lexicon;
use crate::extract::people::People;
use crate::extract::regression::Model;
use crate::extract::text::Span;
use crate::model::Problems;

/// The word lists that both grammars read.
const LISTS: &[(&str, Word)] = &[
    ("role", Word::Role),
    ("staff", Word::Staff),
    ("team", Word::Team),
    ("bystander", Word::Bystander),
    ("former", Word::Former),
    ("aspect", Word::Aspect),
    ("announce", Word::Announce),
    ("verb", Word::Verb),
    ("negation", Word::Negation),
    ("denial", Word::Denial),
    ("hedge", Word::Hedge),
    ("condition", Word::Condition),
    ("report", Word::Report),
    ("recap", Word::Recap),
    ("story", Word::Story),
    ("recent", Word::Recent),
    ("supposition", Word::Supposition),
    ("and", Word::And),
    ("after", Word::After),
    ("alliance", Word::Alliance),
    ("board", Word::Board),
    ("institution", Word::Institution),
    ("pronoun", Word::Pronoun),
    ("self", Word::Self_),
    ("firm", Word::Firm),
    ("statistics", Word::Statistics),
    ("sabbatical", Word::Sabbatical),
    ("honorific", Word::Honorific),
    ("many", Word::Many),
    ("nothing", Word::Nothing),
];

/// Heads of several companies: their name stands for none of them, and they hardly leave one.
const HEADS_OF_MANY: [&str; 1] = ["Elon Musk"];

/// A lexicon ready to be looked for, and the known people.
#[derive(Debug)]
pub(crate) struct Tongue {
    pub(crate) lexicon: Lexicon,
    pub(crate) words: Words,
    pub(crate) people: Arc<People>,
    pub(crate) model: Model,
    frames: Vec<Frame>,
    /// What each word is called in the lexicon.
    lists: Vec<(&'static str, Word)>,
    /// Heads of companies, by whom headlines call them: the Latin name and the company's id.
    heads: HashMap<String, String>,
}

impl Tongue {
    /// Reads a lexicon with the common lists, the language's `own` ones, and `plain` ones that
    /// the grammar looks up by itself; every form goes through `fold`.
    pub(crate) fn parse(
        (file, text): (&str, &str),
        (model, weights): (&str, &str),
        own: &[(&'static str, Word)],
        plain: &[&str],
        fold: impl Fn(&str) -> String,
        people: &Arc<People>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let lists = [LISTS, own].concat();
        let names: Vec<&str> =
            lists.iter().map(|(name, _)| *name).chain(plain.iter().copied()).collect();
        let lexicon = Lexicon::parse(file, text, CLASSES, &names, problems)?;
        let words = Words::build(file, &lexicon, &lists, fold, problems)?;
        let frames = lexicon.triggers.iter().map(|trigger| event::frame(&trigger.class)).collect();
        let heads = heads::parse(problems)?;
        let model = Model::parse(model, weights, problems)?;
        let people = Arc::clone(people);
        Some(Self { lexicon, words, people, model, frames, lists, heads })
    }

    /// The class of a trigger.
    pub(super) fn class(&self, trigger: u16) -> &str {
        self.lexicon.triggers.get(usize::from(trigger)).map_or("", |trigger| &trigger.class)
    }

    /// The list that a word is of.
    pub(super) fn list(&self, word: Word) -> &'static str {
        self.lists.iter().find(|(_, own)| *own == word).map_or("", |(name, _)| name)
    }

    /// What a trigger says.
    pub(crate) fn frame(&self, trigger: u16) -> Frame {
        self.frames.get(usize::from(trigger)).copied().unwrap_or(Frame::Promote)
    }

    /// The id of the company that `name`, in full or a surname, stands for.
    pub(crate) fn house(&self, name: &str) -> Option<&str> {
        let known = self.people.latin(name).or_else(|| self.people.by_surname(name))?;
        self.heads.get(known).map(String::as_str)
    }

    /// True for the head of one company, or of several.
    pub(crate) fn leads(&self, name: &str) -> bool {
        let known = self.people.latin(name).or_else(|| self.people.by_surname(name));
        self.house(name).is_some() || known.is_some_and(|known| HEADS_OF_MANY.contains(&known))
    }

    /// True for a trigger of `class`.
    pub(crate) fn is_of(&self, trigger: u16, class: &str) -> bool {
        let trigger = self.lexicon.triggers.get(usize::from(trigger));
        trigger.is_some_and(|trigger| trigger.class == class)
    }

    /// The keywords of the triggers in `text`, each once.
    pub(crate) fn keywords(&self, text: &str) -> Vec<String> {
        let mut keywords: Vec<String> = Vec::new();
        for (_, index) in self.words.triggers(text) {
            if let Some(trigger) = self.lexicon.triggers.get(usize::from(index))
                && !keywords.contains(&trigger.keyword)
            {
                keywords.push(trigger.keyword.clone());
            }
        }
        keywords
    }

    /// Where the triggers stand in `text`.
    pub(crate) fn triggers(&self, text: &str) -> Vec<Span> {
        self.words.triggers(text).into_iter().map(|(span, _)| span).collect()
    }
}

/// What tells one language from the other.
pub(crate) trait Language {
    /// The pattern of what the learned model finds.
    const LEARNED: &'static str;

    /// The words and the people.
    fn tongue(&self) -> &Tongue;

    /// The text as the words are looked for in it, of the same length.
    fn fold<'t>(&self, text: &'t str) -> Cow<'t, str>;

    /// True for a passage, folded, that may tell a move.
    fn tells(&self, passage: &Passage<'_>, text: &str) -> bool;

    /// Cuts a folded passage into tokens.
    fn tokens(&self, passage: &Passage<'_>, text: &str) -> Vec<Token>;

    /// Finds the people of a passage; `known` are those whom the article names elsewhere.
    fn people(
        &self,
        passage: &Passage<'_>,
        text: &str,
        tokens: Vec<Token>,
        known: &[Person],
    ) -> (Vec<Token>, Vec<Person>);

    /// Finds further people, where what stands around them is judged anew.
    fn guess(
        &self,
        _passage: &Passage<'_>,
        _text: &str,
        tokens: Vec<Token>,
        _people: &mut Vec<Person>,
    ) -> Vec<Token> {
        tokens
    }

    /// True for a title that denies what the article goes on to tell.
    fn denies(&self, _tokens: &[Token]) -> bool {
        false
    }

    /// True for a title about a quarrel before a court: what the article tells is known.
    fn is_suit(&self, _title: &str) -> bool {
        false
    }

    /// Reads the clauses of a passage.
    fn events(&self, passage: &Passage<'_>, tokens: &[Token]) -> Vec<Event>;

    /// What the clauses of a passage, folded, say of people and houses.
    fn bonds(
        &self,
        _passage: &Passage<'_>,
        _text: &str,
        _tokens: &[Token],
        _people: &[Person],
    ) -> Vec<Bond> {
        Vec::new()
    }
}

/// The candidates of one article.
pub(crate) fn candidates(language: &impl Language, passages: &[Passage<'_>]) -> Vec<Candidate> {
    resolved(passages, |passages| {
        let mut found = read(language, passages);
        learned::complete(language, passages, &mut found);
        found
    })
}

/// The signs by which the learned model judges an article.
pub(crate) fn signs(language: &impl Language, passages: &[Passage<'_>]) -> Signs {
    resolved(passages, |passages| learned::signs(language, passages, &read(language, passages)))
}

/// True for texts, title first, of which the learned model may make news of a move.
pub(crate) fn may_tell(language: &impl Language, texts: &[&str]) -> bool {
    learned::may_tell(language, texts)
}

/// What `read` makes of the passages, each with the companies that its words stand for.
fn resolved<T>(passages: &[Passage<'_>], read: impl FnOnce(&[Passage<'_>]) -> T) -> T {
    let same: Vec<_> = (0..passages.len()).map(|at| anaphor::resolved(passages, at)).collect();
    let passages: Vec<Passage<'_>> = passages
        .iter()
        .zip(&same)
        .map(|(own, same)| Passage { companies: same.as_deref().unwrap_or(own.companies), ..*own })
        .collect();
    read(&passages)
}

/// The passages as tokens, with the people whom they name.
pub(super) struct Cast<'a> {
    pub(super) texts: Vec<Cow<'a, str>>,
    pub(super) read: Vec<(Vec<Token>, Vec<Person>)>,
}

/// Finds the people of the passages, twice: a surname in the title is read with the full name of
/// the summary.
pub(super) fn cast<'a>(language: &impl Language, passages: &[Passage<'a>]) -> Cast<'a> {
    let texts: Vec<Cow<'a, str>> =
        passages.iter().map(|passage| language.fold(token::head(&passage.text.norm))).collect();
    let parts = || passages.iter().zip(texts.iter().map(AsRef::as_ref));
    let scanned: Vec<Vec<Token>> =
        parts().map(|(passage, text)| language.tokens(passage, text)).collect();
    let people = |known: &[Person]| -> Vec<_> {
        let read = parts().zip(&scanned);
        read.map(|((passage, text), tokens)| language.people(passage, text, tokens.clone(), known))
            .collect()
    };
    let alone = people(&[]);
    let known: Vec<Person> = alone.iter().flat_map(|(_, people)| people).cloned().collect();
    let read = if known.is_empty() { alone } else { people(&known) };
    Cast { texts, read }
}

/// What the grammar reads.
fn read(language: &impl Language, passages: &[Passage<'_>]) -> Vec<Candidate> {
    let texts: Vec<Cow<'_, str>> =
        passages.iter().map(|passage| language.fold(token::head(&passage.text.norm))).collect();
    let parts = || passages.iter().zip(texts.iter().map(AsRef::as_ref));
    if !parts().any(|(passage, text)| language.tells(passage, text)) {
        return Vec::new();
    }
    let scanned: Vec<Vec<Token>> =
        parts().map(|(passage, text)| language.tokens(passage, text)).collect();
    // Twice: a surname in the title is read with the full name of the summary.
    let alone: Vec<(Vec<Token>, Vec<Person>)> = parts()
        .zip(&scanned)
        .map(|((passage, text), tokens)| language.people(passage, text, tokens.clone(), &[]))
        .collect();
    let known: Vec<Person> = alone.iter().flat_map(|(_, people)| people).cloned().collect();
    let (mut found, mut bonds, mut cast) = (Vec::new(), Vec::new(), Vec::new());
    let article = article::Article::of(passages);
    let denied = scanned.first().is_some_and(|title| language.denies(title));
    let sued = texts.first().is_some_and(|title| language.is_suit(title));
    let story = scanned
        .first()
        .is_some_and(|title| title.iter().any(|token| token.kind == Kind::Word(Word::Story)));
    for (((passage, text), tokens), alone) in parts().zip(scanned).zip(alone) {
        let (tokens, people) = match known.is_empty() {
            true => alone,
            false => language.people(passage, text, tokens, &known),
        };
        cast.extend(naming::cast(passage.field, &tokens, &people));
        bonds.extend(language.bonds(passage, text, &tokens, &people));
        let mut events = language.events(passage, &tokens);
        events.iter_mut().for_each(|event| {
            event.mood.negated |= denied;
            event.mood.story |= sued;
        });
        found.extend(resolve::candidates(
            language.tongue(),
            passage,
            &tokens,
            &people,
            &events,
            &article,
        ));
    }
    if !denied && !story {
        let is_head = |name: &str| {
            let last = name.rsplit(['·', '・', ' ']).next().unwrap_or(name);
            [name, last].iter().any(|name| language.tongue().leads(name))
        };
        let told = affiliation::candidates(passages, (&bonds, &known), &is_head, &found);
        found.extend(told);
        naming::name(&mut found, (&cast, &bonds), &is_head);
    }
    let gazetteer = passages.first().map(|passage| passage.gazetteer);
    unite::unite(found, gazetteer, &|name| {
        let tongue = language.tongue();
        let folded = language.fold(name);
        let full = tongue.people.latin(name).or_else(|| tongue.people.latin(&folded));
        let latin = full.or_else(|| tongue.people.by_surname(name));
        latin.map(|latin| (latin.to_owned(), full.is_some()))
    })
}
