//! Where the people of a noun phrase work: the company before a post, "former", a rival's name.

use super::builder::Builder;
use super::token::Kind;
use super::words::Word;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// Words for a company by what it is to the one named before.
pub(super) const RIVALS: [&str; 9] =
    ["竞争对手", "競爭對手", "对手公司", "劲敌", "勁敵", "母公司", "競合", "ライバル", "对手"];

impl Builder<'_> {
    /// "Gray's right hand", "Gray's firm A": about the one behind, not about Gray.
    pub(super) fn own(&mut self, kind: Kind) {
        match kind {
            Kind::Word(Word::Of) => {
                // "A の X 氏、ヘリオンの Y 氏": Y is none of A's.
                let other = matches!(self.last, Some(Kind::Text(Script::Latin | Script::Katakana)));
                if other && self.part.carried {
                    self.part.owner = None;
                }
                let named = self.view.movers.last().is_some_and(|mover| mover.name.is_some());
                let whole = matches!(self.last, Some(Kind::Person(_) | Kind::Word(Word::Role)));
                self.possessor = named && whole && self.part.role.is_none();
            }
            Kind::Company(_)
            | Kind::Text(Script::Katakana | Script::Han)
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

    pub(super) fn company(&mut self, index: usize) {
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

    /// True for the research institute of the company named right before.
    pub(super) fn is_part(&self, span: Span) -> bool {
        let near = self.part.owner_at.is_some_and(|at| span.start <= at + "亚洲".len());
        near && matches!(self.passage.text.get(span), "研究院" | "研究所")
    }

    /// The last company is where someone works, not where someone goes.
    pub(super) fn owns(&mut self) {
        if let Some(last) = self.view.companies.last_mut() {
            last.1 = true;
        }
    }

    /// "Windsurf CEO": a post that only a company has, right behind a name.
    pub(super) fn founded_unlisted(&mut self, span: Span) {
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
}

/// True for the letters that an authority goes by, such as NSA: no company that one moves from.
pub(super) fn is_office(name: &str) -> bool {
    name.len() <= 4 && name.chars().all(|ch| ch.is_ascii_uppercase())
}
