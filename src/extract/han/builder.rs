//! Reads a noun phrase token by token into a [`View`].

use super::house;
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
pub(super) struct Part {
    pub(super) owner: Option<u16>,
    pub(super) owner_at: Option<usize>,
    /// Bytes of the phrase read since the owner.
    pub(super) reach: usize,
    pub(super) by_product: bool,
    pub(super) former: bool,
    pub(super) role: Option<(Head, Span)>,
    pub(super) role_start: Option<usize>,
    pub(super) bystander: bool,
    pub(super) count: Option<u32>,
    pub(super) described: bool,
    pub(super) pending: bool,
    /// The owner is that of the one before in a list.
    pub(super) carried: bool,
}

pub(super) struct Builder<'a> {
    pub(super) view: View,
    pub(super) passage: &'a Passage<'a>,
    pub(super) people: &'a [Person],
    pub(super) part: Part,
    pub(super) last: Option<Kind>,
    /// An "and" stood before this part.
    pub(super) joined: bool,
    /// "X and others", with what they are still to come.
    pub(super) plural: bool,
    /// The last one named, with 的 or の behind: what follows may be about somebody else.
    pub(super) possessor: bool,
    /// "A's rival": a company named right behind is not A.
    pub(super) rival: bool,
}

/// "Position", behind the name of one.
const POSTS: [&str; 8] = ["职务", "職務", "职位", "職位", "一职", "一職", "之职", "之職"];

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
            plural: false,
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

    fn text(&mut self, span: Span, script: Script) {
        let plural = script == Script::Hiragana && self.passage.text.get(span).starts_with('ら');
        if plural
            && matches!(self.last, Some(Kind::Person(_) | Kind::Word(Word::Role | Word::Staff)))
        {
            if self.part.role.is_some() {
                self.part.count.get_or_insert(2);
            }
            self.joined = true;
            self.plural = true;
            return;
        }
        // "辞去董事职务": the post, nothing else.
        if POSTS.contains(&self.passage.text.get(span)) && self.part.role.is_some() {
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
            if self.last == Some(Kind::Word(Word::Former)) && !house::is_office(name) {
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
                    mover.post |= mover.role.is_none() && mover.owner.is_none() && !mover.former;
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
                self.rival = house::RIVALS.contains(&self.passage.text.get(span));
                self.view.firm = true;
                self.view.same = matches!(
                    self.passage.text.get(span),
                    "公司" | "该公司" | "該公司" | "同社" | "本社" | "自社"
                );
            }
            Word::Board => {
                self.view.board = true;
                if let Some(last) = self.view.companies.last_mut() {
                    last.1 = false;
                }
            }
            Word::Pronoun => {
                let count = match self.passage.text.get(span) {
                    "両氏" | "2氏" => 2,
                    "3氏" => 3,
                    _ => 1,
                };
                self.view.movers.push(Mover { count, ..Mover::nobody() });
            }
            Word::Self_ => self.view.self_ = true,
            Word::Many => {
                self.part.count = Some(2);
                self.part.pending = true;
            }
            _ => {}
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

    pub(super) fn is_team(&self) -> bool {
        self.part.role.is_some_and(|(head, _)| head == Head::Team)
    }

    /// A post that no word says to be of another house.
    fn is_own_post(&self) -> bool {
        let Part { role, described, former, owner, .. } = &self.part;
        let post = role.is_some_and(|(head, _)| head == Head::Role);
        let named = owner.is_some() || self.view.house.is_some() || self.view.institution;
        post && !described && !former && !named
    }

    pub(super) fn role_text(&self) -> Option<String> {
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
                post: self.is_own_post(),
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
        self.part = Part { owner, owner_at, reach, carried: true, ..Part::default() };
        self.joined = true;
        self.plural = false;
    }
}
