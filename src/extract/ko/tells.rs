//! Whether an article may tell a move at all: cheap tests before it is read.

use super::Korean;
use super::token::{self, Class, Token};
use crate::extract::candidate::{Grammar, Passage};
use crate::extract::company::CompanyMention;
use crate::extract::lexicon::Lexicon;
use crate::extract::text::{Span, Text};
use crate::model::Field;

impl Korean {
    /// True where a passage holds a trigger.
    pub(super) fn tells(&self, passage: &Passage<'_>) -> bool {
        match passage.cues {
            Some(cues) => {
                self.told_by(&passage.text.norm, cues).is_some_and(|told| !told.is_empty())
            }
            None => !self.find(passage.text).is_empty(),
        }
    }

    /// False for a passage that can tell nothing where no passage holds a trigger: a headline needs
    /// a word to tell it with, or a trigger that a company's name hides.
    pub(super) fn may_tell(&self, passage: &Passage<'_>) -> bool {
        passage.field == Field::Title
            && (self.words.has_hint(&passage.text.norm)
                || self.hides_trigger(passage.text, passage.companies))
    }

    /// True where a word may be a trigger once the companies are cut off.
    pub(super) fn hides_trigger(&self, text: &Text, companies: &[CompanyMention]) -> bool {
        let opens = |token: &Token<'_>| {
            token.class == Class::Hangul && self.words.may_be_trigger(token.text)
        };
        let whole = Span::new(0, text.norm.len());
        token::tokens(text, whole, companies).iter().any(opens)
    }
}

/// Headlines without a verb: "X, 오픈AI행", "X, B로", "신임 CTO에 X", "후임 X", "X, 새 직장은 B".
pub(super) fn hints(lexicon: &Lexicon) -> Vec<String> {
    let bare = [
        "행",
        "行",
        "로",
        "후임",
        "직장",
        "종착지",
        "이사회에",
        "이사진에",
        "사외이사",
        "후보에",
        "번째 직원",
        "출신도",
        "충원",
        "에게",
        "→",
    ]
    .map(str::to_owned);
    let posts = lexicon.list("role").iter().map(|role| format!("{role}에"));
    // "새 CTO는 X"
    let new =
        "CEO는 CTO는 CFO는 COO는 CPO는 책임자는 과학자는 대표는 총괄은 수장은 사장은 지사장은";
    let posts = posts.chain(new.split(' ').map(str::to_owned));
    let posts = posts.chain(
        ["CEO", "CTO", "CFO", "COO", "대표", "총괄", "수장"].map(|post| format!("새 {post}")),
    );
    bare.into_iter().chain(posts).collect()
}
