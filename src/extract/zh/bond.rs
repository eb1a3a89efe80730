//! What a Chinese clause says of somebody and a house, by the words around the house's name.

use super::Chinese;
use crate::extract::candidate::Passage;
use crate::extract::han::bond::{Bond, Clause, Tie, clauses};
use crate::extract::han::event::Frame;
use crate::extract::han::person::Person;
use crate::extract::han::token::{Kind, Token};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// A word that tells how the house beside it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    House(u16),
    Person(usize),
    Pronoun,
    /// "加入": the house behind is where one begins, or what a house joins.
    Join,
    /// "入职", "投身": only people do.
    Begin,
    /// "报到", "的offer": the house before is.
    BeginBehind,
    /// "聘请", "迎来": the house before takes somebody.
    Hire,
    /// "告别", "放下": the house behind is left.
    Finish,
    /// "任期届满": the house before is.
    FinishBehind,
    /// "曾在".
    Once,
    /// "前", "原".
    Former,
    /// "来自", "从".
    From,
    /// "任".
    Serve,
    /// "替", "为": one works for the house behind.
    For,
    /// "在".
    At,
    /// "把": what stands behind is taken.
    Take,
    /// "被".
    Passive,
    /// "曾", "此前".
    Past,
    /// "后": what was told is the background.
    After,
    /// "成为", where a post follows.
    Become,
    /// "公司": the one spoken of.
    Firm,
    /// "供职七年".
    Stay,
    /// "本周起", "如今".
    Onward,
    Of,
}

/// A mark and where it stands.
pub(super) type Marked = (Span, Mark);

/// Cues beside the words of those lists.
pub(super) const CUES: [&str; 8] =
    ["供职", "任职", "效力", "起任", "起出任", "起替", "将任", "此人曾"];

/// Words for a quarrel before a court.
const TRIALS: [&str; 8] = ["诉讼", "出庭", "作证", "起诉", "仲裁", "竞业", "庭审", "被告"];

/// Words for speaking of what was.
const TALK: [&str; 14] = [
    "忆及", "憶及", "回忆", "回憶", "追忆", "追憶", "忆起", "憶起", "谈及", "談及", "谈离", "談離",
    "聊", "讲述",
];

/// Words for taking up a post.
const BEGINS: [&str; 8] = ["任", "担任", "擔任", "接棒", "接手", "接管", "掌管", "领导"];

/// The lists of the lexicon that mark a house, and what their words say.
const LISTS: [(&str, Mark); 9] = [
    ("begin_short", Mark::Begin),
    ("begin", Mark::Begin),
    ("begin_behind", Mark::BeginBehind),
    ("finish", Mark::Finish),
    ("finish_behind", Mark::FinishBehind),
    ("once", Mark::Once),
    ("work_for", Mark::For),
    ("stay", Mark::Stay),
    ("onward", Mark::Onward),
];

/// Those that the grammar looks up by itself.
pub(super) const PLAIN: [&str; 7] =
    ["begin_short", "begin_behind", "finish_behind", "once", "work_for", "stay", "onward"];

/// Those without whose words, or a trigger, an article tells no move.
pub(super) const TELLING: [&str; 5] = ["begin", "begin_behind", "finish", "finish_behind", "once"];

/// True for a text about a quarrel before a court.
pub(super) fn is_trial(text: &str) -> bool {
    TRIALS.iter().any(|word| text.contains(word))
}

/// The bonds of one passage, whose text is folded.
pub(super) fn bonds(
    grammar: &Chinese,
    passage: &Passage<'_>,
    text: &str,
    (tokens, people): (&[Token], &[Person]),
) -> Vec<Bond> {
    let mut bonds = Vec::new();
    // A trial tells of what was.
    if is_trial(text) {
        return bonds;
    }
    let all = clauses(passage, tokens);
    let mut last: Vec<usize> = Vec::new();
    let mut statement = 0;
    for clause in &all {
        if clause.statement != statement {
            statement = clause.statement;
            let pronoun = clause.any(|kind| kind == Kind::Word(Word::Pronoun));
            if !pronoun {
                last.clear();
            }
        }
        let whole = all.iter().filter(|own| own.statement == clause.statement);
        let reading = Reading {
            grammar,
            passage,
            people,
            clause,
            marks: marks(grammar, passage, text, clause),
            last: &last,
        };
        if !reading.is_quiet(whole) {
            reading.read(&mut bonds);
        }
        let named = reading.persons();
        if !named.is_empty() {
            last = named;
        }
    }
    bonds
}

/// The marks of a clause in their order.
fn marks(grammar: &Chinese, passage: &Passage<'_>, text: &str, clause: &Clause<'_>) -> Vec<Marked> {
    let mut marks: Vec<Marked> = Vec::new();
    for token in clause.tokens {
        let mark = match token.kind {
            Kind::Company(at) => {
                passage.companies.get(at).map(|mention| Mark::House(mention.company))
            }
            Kind::Person(at) if !reports(clause, token) => Some(Mark::Person(at)),
            Kind::Trigger(trigger) => match grammar.tongue.frame(trigger) {
                Frame::Join if !grammar.tongue.is_of(trigger, "hop") => Some(Mark::Join),
                Frame::Join | Frame::Enlist => Some(Mark::Begin),
                Frame::Hire => Some(Mark::Hire),
                Frame::Leave | Frame::Quit => Some(Mark::Finish),
                _ => None,
            },
            Kind::Word(Word::Former) => Some(Mark::Former),
            Kind::Word(Word::From) => Some(Mark::From),
            Kind::Word(Word::Of) => Some(Mark::Of),
            Kind::Word(Word::Pronoun) => Some(Mark::Pronoun),
            Kind::Word(Word::Prep) if passage.text.get(token.span) == "在" => Some(Mark::At),
            Kind::Word(Word::After) => Some(Mark::After),
            Kind::Word(Word::Firm) => Some(Mark::Firm),
            Kind::Month(month) if month + 1 < passage.month => Some(Mark::Past),
            Kind::Word(Word::Verb)
                if ["成为", "成為", "成了"].contains(&passage.text.get(token.span)) =>
            {
                Some(Mark::Become)
            }
            Kind::Word(Word::Take) => Some(Mark::Take),
            Kind::Word(Word::Passive) => Some(Mark::Passive),
            Kind::Word(Word::Recap | Word::Earlier) => Some(Mark::Past),
            Kind::Word(Word::Recent) => Some(Mark::Onward),
            Kind::Word(Word::Serve) => match passage.text.get(token.span) {
                word if BEGINS.contains(&word) => Some(Mark::Serve),
                _ => None,
            },
            _ => None,
        };
        marks.extend(mark.map(|mark| (token.span, mark)));
    }
    let span = clause.span();
    let own = text.get(span.start..span.end).unwrap_or("");
    for (list, mark) in LISTS {
        for word in grammar.tongue.lexicon.list(list) {
            for (at, _) in own.match_indices(word.as_str()) {
                let span = Span::new(span.start + at, span.start + at + word.len());
                // One character tells only right before the house.
                let house = |token: &Token| {
                    token.kind.is_company() && (span.end..=span.end + 1).contains(&token.span.start)
                };
                let short = mark == Mark::Begin && word.chars().count() == 1;
                let within = |token: &Token| {
                    let word =
                        matches!(token.kind, Kind::Text(Script::Han) | Kind::Word(Word::Nothing));
                    word && (token.span.end == span.start
                        || token.span.contains(span) && token.span.start < span.start)
                };
                if short && (!clause.tokens.iter().any(house) || clause.tokens.iter().any(within)) {
                    continue;
                }
                // A word within a longer one tells nothing.
                let longer = |other: &Marked| {
                    other.0.contains(span) && other.0 != span && !matches!(other.1, Mark::Former)
                };
                if !marks.iter().any(longer) {
                    marks.retain(|other| {
                        !span.contains(other.0)
                            || matches!(other.1, Mark::House(_) | Mark::Person(_))
                    });
                    marks.push((span, mark));
                }
            }
        }
    }
    marks.sort_by_key(|(span, _)| span.start);
    marks
}

/// True behind "记者".
fn reports(clause: &Clause<'_>, token: &Token) -> bool {
    let by = |own: &Token| own.kind == Kind::Word(Word::Bystander);
    clause.tokens.iter().any(|own| own.span.end == token.span.start && by(own))
}

/// How a house is tied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) tie: Tie,
    pub(super) weak: bool,
    pub(super) direct: bool,
}

/// One clause on the way to its bonds.
pub(super) struct Reading<'a> {
    grammar: &'a Chinese,
    pub(super) passage: &'a Passage<'a>,
    pub(super) people: &'a [Person],
    pub(super) clause: &'a Clause<'a>,
    pub(super) marks: Vec<Marked>,
    /// Whom the clause before names.
    pub(super) last: &'a [usize],
}

impl Reading<'_> {
    /// True for a clause that denies, supposes or looks back, or whose statement does.
    fn is_quiet<'c>(&self, mut statement: impl Iterator<Item = &'c Clause<'c>>) -> bool {
        // "没有续约", "放弃 A 的高薪": words for leaving.
        let leaves = |span: Span| {
            let told = |(own, mark): &Marked| {
                matches!(mark, Mark::Finish | Mark::FinishBehind) && own.contains(span)
            };
            self.marks.iter().any(told)
        };
        let own = self.clause.tokens.iter().any(|token| match token.kind {
            Kind::Word(Word::Supposition | Word::Self_) => true,
            Kind::Word(Word::Negation) => !leaves(token.span),
            _ => false,
        });
        let written = self.passage.text.get(self.clause.span());
        let own = own || TALK.iter().any(|word| written.contains(word));
        let whole = statement.any(|clause| {
            clause.any(|kind| match kind {
                Kind::Word(word) => matches!(
                    word,
                    Word::Denial
                        | Word::Condition
                        | Word::Story
                        | Word::Statistics
                        | Word::Sabbatical
                ),
                Kind::Year(year) => year < self.passage.year,
                _ => false,
            })
        });
        let end = self.clause.span().end;
        let asked = self.passage.text.norm.get(end..).is_some_and(|rest| rest.starts_with('?'));
        own || whole || asked
    }

    fn persons(&self) -> Vec<usize> {
        let person = |(_, mark): &Marked| match mark {
            Mark::Person(at) => Some(*at),
            _ => None,
        };
        self.marks.iter().filter_map(person).collect()
    }

    pub(super) fn has(&self, want: Mark) -> bool {
        self.marks.iter().any(|(_, mark)| *mark == want)
    }

    pub(super) fn is_past(&self) -> bool {
        self.has(Mark::Once) || self.has(Mark::Past)
    }

    /// "离开 A 后".
    fn has_after(&self, at: usize) -> bool {
        let rest = self.marks.get(at + 1..).unwrap_or(&[]);
        rest.iter().any(|(_, mark)| *mark == Mark::After)
    }

    /// True where a word for the past stands before mark `at`, and behind the house or the "of"
    /// before.
    fn is_past_at(&self, at: usize) -> bool {
        let border = |(_, mark): &&Marked| !matches!(mark, Mark::House(_) | Mark::Of);
        let before = self.marks.get(..at).unwrap_or(&[]).iter().rev().take_while(border);
        before.map(|(_, mark)| *mark).any(|mark| matches!(mark, Mark::Past | Mark::Once))
    }

    fn read(&self, bonds: &mut Vec<Bond>) {
        let mut any = false;
        for (at, (span, mark)) in self.marks.iter().enumerate() {
            let Mark::House(house) = mark else { continue };
            any = true;
            if let Some(Told { tie, weak, direct }) = self.tie(at) {
                let bond = self.bond(tie, Some(*house), (at, *span));
                bonds.push(Bond { weak, direct, ..bond });
            }
        }
        // "X 将任某某科技首席科学家": somewhere that no list has.
        let begins = self.marks.iter().rposition(|(_, mark)| self.begins(*mark));
        if let Some(at) = begins.filter(|_| !any || self.is_elsewhere()) {
            let span = self.marks.get(at).map_or(Span::new(0, 0), |(span, _)| *span);
            let object = self.clause.span().end >= span.end + "某某".len() && !self.is_seat();
            let bond = self.bond(Tie::New, None, (at, span));
            if object && !bond.who.is_empty() {
                let direct = matches!(self.marks.get(at), Some((_, Mark::Begin)));
                bonds.push(Bond { direct, ..bond });
            }
        }
    }

    /// True for a clause about a body that one sits on beside one's work.
    fn is_seat(&self) -> bool {
        let written = self.passage.text.get(self.clause.span());
        let seats = self.grammar.tongue.lexicon.list("seat");
        seats.iter().any(|seat| written.contains(seat.as_str()))
            || self.clause.any(|kind| matches!(kind, Kind::Word(Word::Board | Word::Alliance)))
    }

    fn begins(&self, mark: Mark) -> bool {
        matches!(mark, Mark::Begin | Mark::Join) || mark == Mark::Serve && self.has(Mark::Onward)
    }

    /// True where no house stands behind the word for beginning.
    fn is_elsewhere(&self) -> bool {
        let begins = self.marks.iter().rposition(|(_, mark)| self.begins(*mark));
        let tail = begins.and_then(|at| self.marks.get(at + 1..)).unwrap_or(&[]);
        begins.is_some()
            && !tail.iter().any(|(_, mark)| {
                use Mark::{After, Firm, House, Of, Person, Pronoun};
                matches!(mark, House(_) | Person(_) | Of | Pronoun | Firm | After)
            })
    }

    fn bond(&self, tie: Tie, house: Option<u16>, (at, span): (usize, Span)) -> Bond {
        let hedged = self.clause.any(|kind| kind == Kind::Word(Word::Hedge));
        let who = self.who(tie, at);
        Bond {
            tie,
            house,
            role: self.role(&who),
            who,
            field: self.passage.field,
            trigger: self.word_beside(at).unwrap_or(span),
            weak: false,
            direct: false,
            hedged,
            past: self.is_past_at(at) || self.has_after(at),
        }
    }

    /// The word that tells, nearest to the house at `at`.
    fn word_beside(&self, at: usize) -> Option<Span> {
        let tells =
            |(_, mark): &&Marked| !matches!(mark, Mark::House(_) | Mark::Person(_) | Mark::Of);
        let before = self.marks.get(..at)?.iter().rev().find(tells);
        let after = self.marks.get(at + 1..)?.iter().find(tells);
        before.or(after).map(|(span, _)| *span)
    }

    /// The post right before the first one named.
    fn role(&self, who: &[(String, Span)]) -> Option<String> {
        let (_, first) = who.first()?;
        let before = |token: &&Token| token.span.end == first.start;
        let token = self.clause.tokens.iter().find(before)?;
        (token.kind == Kind::Word(Word::Role)).then(|| self.passage.text.get(token.span).to_owned())
    }
}
