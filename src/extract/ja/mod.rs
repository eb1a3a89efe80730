//! The grammar of Japanese.
//!
//! A text is cut into tokens (`han::token`), its people are found (`people`), particles tell who
//! does what (`read`), the events are resolved into candidates (`han::resolve`), and what title
//! and summary say is united (`han::unite`).

mod bond;
mod border;
mod career;
mod ending;
mod firm;
mod frame;
mod headline;
mod link;
mod mark;
mod names;
mod particle;
mod people;
mod post;
mod read;
mod surname;
mod tie;
mod told;
mod who;

use std::borrow::Cow;
use std::sync::Arc;

use self::names::JapaneseNames;
use self::people::Finder;
use super::candidate::{Candidate, Grammar, Passage, Signs};
use super::han::bond::Bond;
use super::han::event::Event;
use super::han::number;
use super::han::person::Person;
use super::han::reading;
use super::han::token::{self, Kind, Token};
use super::han::tongue::{Language, Tongue};
use super::han::words::Word;
use super::people::People;
use super::script::Script;
use super::text::{Span, Text};
use crate::model::{Field, Problems};

/// What katakana words for posts end in.
const KANA_POSTS: [&str; 10] = [
    "デザイナー",
    "リサーチャー",
    "サイエンティスト",
    "アーキテクト",
    "エコノミスト",
    "ディレクター",
    "マネージャー",
    "マネジャー",
    "プレジデント",
    "オフィサー",
];

/// The grammar of Japanese.
#[derive(Debug)]
pub struct Japanese {
    tongue: Tongue,
    names: JapaneseNames,
}

impl Japanese {
    /// Reads `lexicon/ja.toml`; `None` where a problem was found.
    pub fn parse(
        file: &str,
        text: &str,
        people: &Arc<People>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let plain = ["appointment", "work", "affair", "house_part", "rift", "seat", "stage"];
        let model = ("models/ja.txt", include_str!("../../../config/models/ja.txt"));
        let tongue =
            Tongue::parse((file, text), model, &[], &plain, str::to_owned, people, problems)?;
        let names = include_str!("../../../config/names/ja.toml");
        let names = JapaneseNames::parse("names/ja.toml", names, problems)?;
        Some(Self { tongue, names })
    }
}

impl Language for Japanese {
    const LEARNED: &'static str = "ja.learned";

    fn tongue(&self) -> &Tongue {
        &self.tongue
    }

    fn fold<'t>(&self, text: &'t str) -> Cow<'t, str> {
        Cow::Borrowed(text)
    }

    fn tells(&self, passage: &Passage<'_>, text: &str) -> bool {
        let posts = self.tongue.lexicon.list("appointment");
        let bare = || {
            posts.iter().any(|post| text.contains(post.as_str()))
                || text.ends_with('へ')
                || ["へ ", "へ-", "へ="].iter().any(|end| text.contains(end))
        };
        let told = || mark::CUES.iter().any(|word| text.contains(word));
        !self.tongue.words.triggers(text).is_empty()
            || told()
            || passage.field == Field::Title && bare()
    }

    fn tokens(&self, passage: &Passage<'_>, text: &str) -> Vec<Token> {
        let tokens = token::scan(text, passage.companies, &self.tongue.words);
        let mut tokens = number::count(text, tokens, &['名', '人']);
        let kana = |ch: char| Script::of(ch) == Script::Katakana || ch == '・';
        for token in &mut tokens {
            let head = passage.text.norm.get(..token.span.start).unwrap_or("");
            token.kind = match (token.kind, passage.text.get(token.span)) {
                (Kind::Text(Script::Hiragana), "の") => Kind::Word(Word::Of),
                (Kind::Text(Script::Hiragana), "と" | "や" | "とその") => {
                    Kind::Word(Word::And)
                }
                // "オルビット・ラボ": a name, no team.
                (Kind::Word(Word::Team), "ラボ") if head.ends_with(kana) => {
                    Kind::Text(Script::Katakana)
                }
                // "トップデザイナー": one word, and a post.
                (Kind::Text(Script::Katakana), word)
                    if KANA_POSTS.iter().any(|post| word.ends_with(post)) =>
                {
                    Kind::Word(Word::Role)
                }
                (Kind::Sign, "、") => Kind::Comma,
                (kind, _) => kind,
            };
        }
        tokens
    }

    fn people(
        &self,
        _: &Passage<'_>,
        text: &str,
        tokens: Vec<Token>,
        known: &[Person],
    ) -> (Vec<Token>, Vec<Person>) {
        Finder { grammar: self, text, known }.find(tokens)
    }

    fn events(&self, passage: &Passage<'_>, tokens: &[Token]) -> Vec<Event> {
        read::events(self, passage, tokens)
    }

    fn bonds(
        &self,
        passage: &Passage<'_>,
        _: &str,
        tokens: &[Token],
        people: &[Person],
    ) -> Vec<Bond> {
        bond::bonds(self, passage, (tokens, people))
    }
}

impl Grammar for Japanese {
    fn candidates(&self, passages: &[Passage<'_>]) -> Vec<Candidate> {
        reading::candidates(self, passages)
    }

    fn signs(&self, passages: &[Passage<'_>]) -> Signs {
        reading::signs(self, passages)
    }

    fn sounds_like_news(&self, [title, summary, _]: &[&str; 3]) -> bool {
        reading::may_tell(self, &[title, summary])
    }

    fn keywords(&self, text: &Text) -> Vec<String> {
        self.tongue.keywords(&text.norm)
    }

    fn cues(&self) -> Vec<String> {
        let forms = self.tongue.lexicon.forms().chain(mark::CUES);
        forms.map(str::to_owned).collect()
    }

    fn hints(&self) -> Vec<String> {
        // Headlines without a verb: "A、社長に X 氏", "X 氏、B へ".
        let bare = self.tongue.lexicon.list("appointment").iter().map(String::as_str).chain(["へ"]);
        bare.map(str::to_owned).collect()
    }

    fn triggers(&self, text: &Text) -> Vec<Span> {
        self.tongue.triggers(&text.norm)
    }
}
