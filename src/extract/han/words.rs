//! The words of a lexicon as classes, in one automaton.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::extract::lexicon::Lexicon;
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Problems;

/// What a word of a list does in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// A post or a kind of person that tells one person apart (chief scientist, executive).
    Role,
    /// A kind of person that many are (engineer, employee).
    Staff,
    /// Several people at once (team, members).
    Team,
    /// Someone who reports and does not move (reporter).
    Bystander,
    /// Marks what was so before: former, ex-.
    Former,
    /// "From".
    From,
    /// "To".
    To,
    /// Marks the agent of a passive.
    Passive,
    /// Marks an object before its verb.
    Take,
    /// Another preposition: what follows is neither subject nor object.
    Prep,
    /// Adverbs and auxiliaries without weight: already, will, formally.
    Aspect,
    /// "Announced", "confirmed": the words of the person or the company.
    Announce,
    /// A verb that has nothing to do with moves.
    Verb,
    /// "Not", "refuses".
    Negation,
    /// "Denies", "rumour", "untrue": what the sentence reports did not happen.
    Denial,
    /// "Reportedly", "in talks".
    Hedge,
    /// "If": nothing in the statement is asserted.
    Condition,
    /// "Says": what follows has its own subject.
    Speech,
    /// "According to": an outlet quotes another.
    Report,
    /// "Last year", "once".
    Recap,
    /// "Before that": background, unless the title says it.
    Earlier,
    /// "The inside story", "why": the statement looks back.
    Story,
    /// "Just", "recently", "today".
    Recent,
    /// "How", "whether", "threatens to".
    Supposition,
    /// "And".
    And,
    /// "Of".
    Of,
    /// "After", "during": the clause is the background of another.
    After,
    /// A body that companies join: alliance, programme, market.
    Alliance,
    /// A board, on which one may sit beside one's post.
    Board,
    /// An organisation that is not a company: university, foundation.
    Institution,
    /// Takes up a post ("as", "to serve as").
    Serve,
    /// Stands for a person: he, she.
    Pronoun,
    /// Stands for the writer: I, we.
    Self_,
    /// Stands for a company: "the company".
    Firm,
    /// Counts and shares of moves: "wave of departures", "one after another in recent years".
    Statistics,
    /// A leave of absence.
    Sabbatical,
    /// Follows a name: Mr, Dr.
    Honorific,
    /// Many, without a number.
    Many,
    /// Looks like something else and is nothing.
    Nothing,
}

impl Word {
    /// True for a word that is part of a phrase; the others tell what becomes of phrases.
    pub(crate) fn is_nominal(self) -> bool {
        matches!(
            self,
            Self::Role
                | Self::Staff
                | Self::Team
                | Self::Bystander
                | Self::Former
                | Self::And
                | Self::Of
                | Self::Alliance
                | Self::Board
                | Self::Institution
                | Self::Pronoun
                | Self::Self_
                | Self::Firm
                | Self::Many
                | Self::Honorific
                | Self::Nothing
        )
    }

    /// True for a word that stands for people.
    pub(crate) fn is_human(self) -> bool {
        matches!(self, Self::Role | Self::Team | Self::Staff | Self::Pronoun | Self::Self_)
    }
}

/// What the automaton found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hit {
    /// A trigger, by index into the lexicon.
    Trigger(u16),
    /// A word of a list.
    Word(Word),
}

/// Every word of a lexicon with what it is.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    automaton: AhoCorasick,
    hits: Vec<Hit>,
}

impl Words {
    /// Builds the automaton over the triggers and the lists of `lexicon`, each passed through
    /// `fold`. A form that stands in two places is a problem.
    pub(crate) fn build(
        file: &str,
        lexicon: &Lexicon,
        lists: &[(&str, Word)],
        fold: impl Fn(&str) -> String,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut forms: BTreeMap<String, Hit> = BTreeMap::new();
        let mut add = |form: &str, hit: Hit, key: String| {
            if let Some(other) = forms.insert(fold(form), hit)
                && other != hit
            {
                let what = "stands in the file twice with different meanings; keep one";
                problems.add(file, None, key, what);
            }
        };
        for (index, trigger) in lexicon.triggers.iter().enumerate() {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            for form in &trigger.forms {
                add(
                    form,
                    Hit::Trigger(index),
                    format!("trigger \"{}\".forms \"{form}\"", trigger.keyword),
                );
            }
        }
        for (name, word) in lists {
            for form in lexicon.list(name) {
                add(form, Hit::Word(*word), format!("lists.{name} \"{form}\""));
            }
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(forms.keys());
        match automaton {
            Ok(automaton) => Some(Self { automaton, hits: forms.into_values().collect() }),
            Err(error) => {
                problems.add(file, None, "lists", format!("too many words: {error}"));
                None
            }
        }
    }

    /// Finds the words between `start` and `end` of `text`: the longest at each place, Latin
    /// ones only as whole words.
    pub(crate) fn find(&self, text: &str, start: usize, end: usize) -> Vec<(Span, Hit)> {
        let mut found = Vec::new();
        let mut at = start;
        while at < end {
            let input = aho_corasick::Input::new(text).range(at..end);
            let Some(hit) = self.automaton.find(input) else { break };
            let span = Span::new(hit.start(), hit.end());
            if whole(text, span) {
                found.extend(self.hits.get(hit.pattern().as_usize()).map(|hit| (span, *hit)));
                at = span.end;
            } else {
                at = (span.start + 1..=end).find(|at| text.is_char_boundary(*at)).unwrap_or(end);
            }
        }
        found
    }

    /// The triggers in `text`, with their index into the lexicon.
    pub(crate) fn triggers(&self, text: &str) -> Vec<(Span, u16)> {
        let hits = self.find(text, 0, text.len()).into_iter();
        hits.filter_map(|(span, hit)| match hit {
            Hit::Trigger(index) => Some((span, index)),
            Hit::Word(_) => None,
        })
        .collect()
    }
}

/// True unless a Latin or katakana word goes on before or after.
fn whole(text: &str, span: Span) -> bool {
    let of = |ch: Option<char>| ch.map_or(Script::None, Script::of);
    let inner = text.get(span.start..span.end).unwrap_or("");
    let before = of(text.get(..span.start).and_then(|head| head.chars().next_back()));
    let after = of(text.get(span.end..).and_then(|rest| rest.chars().next()));
    let joins = |a: Script, b: Script| a == b && matches!(a, Script::Latin | Script::Katakana);
    !joins(of(inner.chars().next()), before) && !joins(of(inner.chars().next_back()), after)
}
