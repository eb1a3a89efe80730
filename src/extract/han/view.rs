//! Looks into a noun phrase: whose people it names, in what role, and which companies.

use super::event::{Event, Frame};
use super::person::Person;
use super::token::{Kind, Token};
use super::words::Word;
use crate::extract::candidate::{End, Passage};
use crate::extract::script::Script;
use crate::extract::text::Span;
use crate::model::Suppressed;

/// What names a mover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// A name.
    Name,
    /// A post that tells one person apart.
    Role,
    /// A kind of person that many are.
    Staff,
    /// A team.
    Team,
    /// He, she.
    Pronoun,
    /// Only a number.
    Number,
}

/// Someone who moves.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mover {
    pub(crate) head: Head,
    pub(crate) name: Option<String>,
    pub(crate) span: Option<Span>,
    pub(crate) role: Option<String>,
    pub(crate) count: u32,
    /// Where the phrase says that the mover works or worked.
    pub(crate) owner: Option<u16>,
    /// Marked as former.
    pub(crate) former: bool,
    /// The role is described, as in "core member of the reasoning team".
    pub(crate) described: bool,
    /// An unnamed group beside named people.
    pub(crate) beside: bool,
}

impl Mover {
    /// Nobody in particular.
    pub(crate) fn nobody() -> Self {
        Self {
            head: Head::Pronoun,
            name: None,
            span: None,
            role: None,
            count: 0,
            owner: None,
            former: false,
            described: false,
            beside: false,
        }
    }

    /// The origin of this one of several movers.
    pub(crate) fn own_from(&self, from: &Option<End>, movers: usize) -> Option<End> {
        match (self.owner, from) {
            (Some(own), Some(End::Listed(_))) if movers > 1 => Some(End::Listed(own)),
            _ => from.clone(),
        }
    }

    /// Why a move of this mover must not alert, where the words name nobody in particular; `ends`
    /// is how many ends are known.
    pub(crate) fn reason(&self, event: &Event, ends: usize, to_listed: bool) -> Option<Suppressed> {
        let hire = matches!(event.frame, Frame::Hire | Frame::Fire);
        let told = self.former || self.count > 1 || event.poach && self.described || self.is_top();
        // "A former manager of A at some other company": no move of A's that anybody could tell.
        let stale = self.former
            && self.name.is_none()
            && !to_listed
            && !matches!(event.frame, Frame::Leave | Frame::Quit);
        let vague = stale
            || match self.head {
                Head::Name | Head::Pronoun => false,
                Head::Role => hire && ends < 2 && !told,
                Head::Staff => self.count == 0 && (ends < 2 || event.poach),
                Head::Team => ends < 2 && !self.described && self.count == 0,
                Head::Number => ends < 2,
            };
        vague.then_some(Suppressed::Generic)
    }

    /// True for a post that a company has but one of.
    fn is_top(&self) -> bool {
        const TOPS: [&str; 8] = ["首席", "CEO", "CTO", "COO", "CFO", "最高", "执行长", "執行長"];
        self.role.as_deref().is_some_and(|role| TOPS.iter().any(|top| role.contains(top)))
    }
}

/// A noun phrase as its parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct View {
    pub(crate) movers: Vec<Mover>,
    /// Companies in order; the flag says that someone's post follows, so that it is an owner.
    pub(crate) companies: Vec<(u16, bool)>,
    pub(crate) alliance: bool,
    pub(crate) institution: bool,
    pub(crate) firm: bool,
    pub(crate) self_: bool,
    /// A seat on a board beside one's post.
    pub(crate) board: bool,
    /// The unlisted company that someone named here works for.
    pub(crate) house: Option<String>,
    /// A name in Latin letters that is no listed company.
    pub(crate) unlisted: Option<String>,
    /// Something that no rule knows stands there.
    pub(crate) other: bool,
}

impl View {
    /// The first company.
    pub(crate) fn first(&self) -> Option<u16> {
        self.companies.first().map(|(company, _)| *company)
    }

    /// The company that the phrase stands for, where it stands for one.
    pub(crate) fn destination(&self) -> Option<u16> {
        if self.alliance || self.institution {
            return None;
        }
        self.companies.first().filter(|(_, owner)| !*owner).map(|(company, _)| *company)
    }

    /// The company whose post someone takes: "B の CEO に就任".
    pub(crate) fn post(&self) -> Option<u16> {
        let [mover] = self.movers.as_slice() else { return None };
        let plain = mover.name.is_none() && mover.head == Head::Role && !mover.former;
        self.first().filter(|_| plain && !self.alliance && !self.institution)
    }

    /// The company that hires: the phrase must not be about a person of it.
    pub(crate) fn employer(&self) -> Option<u16> {
        if self.movers.iter().any(|mover| mover.head != Head::Team) {
            return None;
        }
        self.companies.last().map(|(company, _)| *company)
    }

    /// True where the phrase names, or speaks of, some company or its board.
    pub(crate) fn is_firm(&self) -> bool {
        self.firm || self.unlisted.is_some()
    }

    /// True where the phrase names something that is not a listed company.
    pub(crate) fn is_other(&self) -> bool {
        self.companies.is_empty() && !self.firm && (self.other || self.institution || self.alliance)
    }

    /// Reads a phrase.
    pub(crate) fn of(
        phrase: &[usize],
        passage: &Passage<'_>,
        tokens: &[Token],
        people: &[Person],
    ) -> Self {
        let mut builder = Builder {
            view: View::default(),
            passage,
            people,
            part: Part::default(),
            last: None,
            joined: false,
        };
        for index in phrase {
            if let Some(token) = tokens.get(*index) {
                builder.take(*token);
            }
        }
        builder.finish()
    }
}

/// What is known of the mover in the making.
#[derive(Default)]
struct Part {
    owner: Option<u16>,
    owner_at: Option<usize>,
    by_product: bool,
    former: bool,
    role: Option<(Head, Span)>,
    role_start: Option<usize>,
    bystander: bool,
    count: Option<u32>,
    described: bool,
    pending: bool,
}

struct Builder<'a> {
    view: View,
    passage: &'a Passage<'a>,
    people: &'a [Person],
    part: Part,
    last: Option<Kind>,
    /// An "and" stood before this part.
    joined: bool,
}

/// Bytes between a company and a post beyond which they have nothing to do with each other.
const FAR: usize = 60;

impl Builder<'_> {
    fn take(&mut self, token: Token) {
        match token.kind {
            Kind::Company(index) => self.company(index),
            Kind::Person(index) => self.person(index),
            Kind::Count(count) => {
                self.part.count = Some(count);
                self.part.pending = true;
            }
            Kind::Text(script) => self.text(token.span, script),
            Kind::Comma => self.and(),
            Kind::Word(word) => self.word(word, token.span),
            _ => {}
        }
        self.last = Some(token.kind);
    }

    fn company(&mut self, index: usize) {
        let Some(mention) = self.passage.companies.get(index) else { return };
        if mention.by_product {
            self.part.role_start.get_or_insert(mention.span.start);
            self.part.described = true;
            if self.part.owner.is_none() {
                self.part.owner = Some(mention.company);
                self.part.by_product = true;
                self.part.owner_at = Some(mention.span.end);
            }
            return;
        }
        // "Gray's company": about the company, not about Gray.
        if self.last == Some(Kind::Word(Word::Of)) && self.part.role.is_none() {
            self.view.movers.clear();
        }
        self.view.companies.push((mention.company, false));
        self.part.owner = Some(mention.company);
        self.part.by_product = false;
        self.part.owner_at = Some(mention.span.end);
        self.part.former = self.last == Some(Kind::Word(Word::Former));
        self.part.role_start = None;
    }

    fn text(&mut self, span: Span, script: Script) {
        let plural = script == Script::Hiragana && self.passage.text.get(span).starts_with('ら');
        if plural
            && matches!(self.last, Some(Kind::Person(_) | Kind::Word(Word::Role | Word::Staff)))
        {
            if self.part.role.is_some() {
                self.part.count.get_or_insert(2);
            }
            self.joined = true;
            return;
        }
        self.view.other = true;
        self.part.described = true;
        if self.part.role_start.is_none() {
            self.part.role_start = Some(span.start);
        }
        let name = self.passage.text.get(span);
        let capital =
            name.chars().next().is_some_and(char::is_uppercase) && name.chars().count() > 2;
        if script == Script::Latin
            && capital
            && self.view.unlisted.is_none()
            && self.view.companies.is_empty()
        {
            self.view.unlisted = Some(name.to_owned());
        }
    }

    fn word(&mut self, word: Word, span: Span) {
        match word {
            // "Gray CEO": the post of the one just named.
            Word::Role if matches!(self.last, Some(Kind::Person(_))) => {
                let role = self.passage.text.get(span).to_owned();
                if let Some(mover) = self.view.movers.last_mut() {
                    mover.role.get_or_insert(role);
                }
            }
            Word::Role => self.role(Head::Role, span),
            Word::Staff => self.role(Head::Staff, span),
            Word::Team => self.role(Head::Team, span),
            Word::Bystander => self.part.bystander = true,
            Word::Former => {
                self.part.former = true;
                self.owns();
            }
            Word::And => self.and(),
            Word::Of => {
                self.part.role_start = None;
                if self.part.role.is_some()
                    && self.part.role.is_some_and(|(head, _)| head == Head::Team)
                {
                    self.part.role = None;
                }
            }
            Word::Alliance => self.view.alliance = true,
            Word::Institution => {
                self.view.institution = true;
                self.part.owner = None;
            }
            Word::Firm => self.view.firm = true,
            Word::Board => {
                self.view.board = true;
                if let Some(last) = self.view.companies.last_mut() {
                    last.1 = false;
                }
            }
            Word::Pronoun => self.view.movers.push(Mover { count: 1, ..Mover::nobody() }),
            Word::Self_ => self.view.self_ = true,
            Word::Many => {
                self.part.count = Some(2);
                self.part.pending = true;
            }
            _ => {}
        }
    }

    /// The last company is where someone works, not where someone goes.
    fn owns(&mut self) {
        if let Some(last) = self.view.companies.last_mut() {
            last.1 = true;
        }
    }

    fn role(&mut self, head: Head, span: Span) {
        let start = self.part.role_start.unwrap_or(span.start);
        self.part.role_start = Some(start);
        // "The founders and others" are no team in general.
        self.part.described |=
            head == Head::Team && self.part.role.is_some_and(|(own, _)| own == Head::Role);
        self.part.role = Some((head, Span::new(start, span.end)));
        self.part.pending = true;
        if head != Head::Team {
            self.owns();
            self.founded_unlisted(span);
        } else {
            // "Model team": the team is joined, not the model.
            self.view.alliance = false;
            if let Some(last) = self.view.companies.last_mut() {
                last.1 = false;
            }
        }
        if self.part.owner_at.is_some_and(|at| span.start.saturating_sub(at) > FAR) {
            self.part.owner = None;
        }
    }

    /// "Windsurf CEO": a post that only a company has, right behind a name.
    fn founded_unlisted(&mut self, span: Span) {
        let post = self.passage.text.get(span);
        let top = [
            "CEO",
            "CTO",
            "首席",
            "执行长",
            "執行長",
            "创始人",
            "創始人",
            "创办人",
            "創辦人",
            "联合创始",
            "聯合創",
            "共同创",
            "共同創",
            "共同創業",
            "創業者",
            "社長",
            "会長",
            "总裁",
            "總裁",
            "董事长",
            "董事長",
        ];
        if self.part.owner.is_none() && top.iter().any(|start| post.starts_with(start)) {
            self.view.house = self.view.unlisted.clone();
        }
    }

    fn role_text(&self) -> Option<String> {
        let (_, span) = self.part.role?;
        let text = self.passage.text.get(span).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn person(&mut self, index: usize) {
        let Some(person) = self.people.get(index) else { return };
        if self.part.owner_at.is_some_and(|at| person.span.start.saturating_sub(at) > FAR) {
            self.part.owner = None;
        }
        self.owns();
        if !self.part.bystander {
            let mover = Mover {
                head: Head::Name,
                name: Some(person.name.clone()),
                span: Some(person.span),
                role: self.role_text(),
                count: 1,
                owner: self.part.owner,
                former: self.part.former,
                described: true,
                beside: false,
            };
            self.view.movers.push(mover);
        }
        self.part =
            Part { owner: self.part.owner, owner_at: Some(person.span.end), ..Part::default() };
        self.joined = false;
    }

    fn and(&mut self) {
        self.unnamed();
        let (owner, owner_at) = (self.part.owner, self.part.owner_at);
        self.part = Part { owner, owner_at, ..Part::default() };
        self.joined = true;
    }

    /// Someone in a role without a name.
    fn unnamed(&mut self) {
        if !self.part.pending || self.part.bystander {
            return;
        }
        let named = self.view.movers.iter().any(|mover| mover.name.is_some());
        // "A, B and C, three executives": the number is theirs.
        if named && !self.joined {
            return;
        }
        let head = self.part.role.map_or(Head::Number, |(head, _)| head);
        let count = match head {
            Head::Role => self.part.count.unwrap_or(1),
            _ => self.part.count.unwrap_or(0),
        };
        self.view.movers.push(Mover {
            head,
            name: None,
            span: None,
            role: self.role_text(),
            count,
            owner: self.part.owner,
            former: self.part.former,
            described: self.part.described || self.part.count.is_some(),
            beside: named,
        });
    }

    fn finish(mut self) -> View {
        self.unnamed();
        // "CEO and co-founder Ada Gray" is one person.
        if self.view.movers.iter().any(|mover| mover.name.is_some()) {
            let first = self.view.movers.iter().position(|mover| mover.name.is_some()).unwrap_or(0);
            let count = self.view.movers.len();
            let mut index = 0;
            self.view.movers.retain(|mover| {
                let last = index + 1 == count;
                let keep = mover.name.is_some()
                    || index > first && mover.beside && (last || mover.count != 1);
                index += 1;
                keep
            });
        }
        self.view
    }
}
