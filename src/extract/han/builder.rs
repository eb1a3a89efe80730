//! Reads a noun phrase token by token into a [`View`].

use super::mover::{Head, Mover};
use super::person::Person;
use super::token::{Kind, Token};
use super::view::View;
use super::words::Word;
use crate::extract::candidate::Passage;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// What is known of the mover in the making.
#[derive(Default)]
struct Part {
    owner: Option<u16>,
    owner_at: Option<usize>,
    /// Bytes of the phrase read since the owner.
    reach: usize,
    by_product: bool,
    former: bool,
    role: Option<(Head, Span)>,
    role_start: Option<usize>,
    bystander: bool,
    count: Option<u32>,
    described: bool,
    pending: bool,
}

pub(super) struct Builder<'a> {
    view: View,
    passage: &'a Passage<'a>,
    people: &'a [Person],
    part: Part,
    last: Option<Kind>,
    /// An "and" stood before this part.
    joined: bool,
    /// The last one named, with 的 or の behind: what follows may be about somebody else.
    possessor: bool,
    /// "A's rival": a company named right behind is not A.
    rival: bool,
}

/// Words for a company by what it is to the one named before.
const RIVALS: [&str; 9] =
    ["竞争对手", "競爭對手", "对手公司", "劲敌", "勁敵", "母公司", "競合", "ライバル", "对手"];

/// Bytes between a company and a post beyond which they have nothing to do with each other.
const FAR: usize = 72;

impl<'a> Builder<'a> {
    /// A phrase of which nothing is read yet.
    pub(super) fn new(passage: &'a Passage<'a>, people: &'a [Person]) -> Self {
        Self {
            view: View::default(),
            passage,
            people,
            part: Part::default(),
            last: None,
            joined: false,
            possessor: false,
            rival: false,
        }
    }

    /// Takes in the next token.
    pub(super) fn take(&mut self, token: Token) {
        self.own(token.kind);
        match token.kind {
            Kind::Company(index) => self.company(index),
            Kind::Person(index) => self.person(index),
            Kind::Count(count) => {
                self.part.count = Some(count);
                self.part.pending = true;
            }
            Kind::Text(script) => self.text(token.span, script),
            Kind::Duration => self.text(token.span, Script::Han),
            Kind::Comma => self.and(),
            Kind::Word(word) => self.word(word, token.span),
            _ => {}
        }
        self.part.reach += token.span.end - token.span.start;
        self.last = Some(token.kind);
    }

    /// "Gray's right hand", "Gray's firm A": about the one behind, not about Gray.
    fn own(&mut self, kind: Kind) {
        match kind {
            Kind::Word(Word::Of) => {
                let named = self.view.movers.last().is_some_and(|mover| mover.name.is_some());
                let whole = matches!(self.last, Some(Kind::Person(_) | Kind::Word(Word::Role)));
                self.possessor = named && whole && self.part.role.is_none();
            }
            Kind::Company(_)
            | Kind::Text(Script::Katakana)
            | Kind::Word(Word::Role | Word::Staff)
            | Kind::Person(_)
                if std::mem::take(&mut self.possessor) =>
            {
                self.view.movers.pop();
            }
            Kind::Count(_) | Kind::Word(Word::And | Word::Many) => self.possessor = false,
            _ => {}
        }
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
                self.part.reach = 0;
            }
            return;
        }
        // "Gray's company": about the company, not about Gray.
        if self.last == Some(Kind::Word(Word::Of)) && self.part.role.is_none() {
            self.view.movers.clear();
        }
        if std::mem::take(&mut self.rival) {
            self.view.companies.clear();
        }
        self.view.companies.push((mention.company, false));
        self.part.owner = Some(mention.company);
        self.part.by_product = false;
        self.part.owner_at = Some(mention.span.end);
        self.part.reach = 0;
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
            // "元 Stripe の X": where X comes from.
            if self.last == Some(Kind::Word(Word::Former)) && !is_office(name) {
                self.view.house = Some(name.to_owned());
            }
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
            // "微软研究院": a part of the company.
            Word::Institution if self.is_part(span) => {}
            Word::Institution => {
                self.view.institution = true;
                self.part.owner = None;
            }
            Word::Firm => {
                self.rival = RIVALS.contains(&self.passage.text.get(span));
                self.view.firm = true;
                self.view.same =
                    matches!(self.passage.text.get(span), "公司" | "该公司" | "該公司" | "同社");
            }
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

    /// True for the research institute of the company named right before.
    fn is_part(&self, span: Span) -> bool {
        let near = self.part.owner_at.is_some_and(|at| span.start <= at + "亚洲".len());
        near && matches!(self.passage.text.get(span), "研究院" | "研究所")
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
        // "技術責任者", "产品负责人": a post, nothing that one joins.
        if self.last == Some(Kind::Word(Word::Alliance)) {
            self.view.alliance = false;
        }
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
        if self.part.reach > FAR {
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
        if self.part.reach > FAR {
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
        let Part { owner, owner_at, reach, .. } = self.part;
        self.part = Part { owner, owner_at, reach, ..Part::default() };
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

    /// What the phrase says.
    pub(super) fn finish(mut self) -> View {
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

/// True for the letters that an authority goes by, such as NSA: no company that one moves from.
fn is_office(name: &str) -> bool {
    name.len() <= 4 && name.chars().all(|ch| ch.is_ascii_uppercase())
}
