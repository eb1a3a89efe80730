//! The ending of a trigger: passive, negated, relative, nominal.

use super::read::Reader;
use crate::extract::han::token::{self, Kind};
use crate::extract::han::words::Word;
use crate::extract::script::Script;
use crate::model::Field;

/// What stands behind a trigger.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ending {
    pub(super) passive: bool,
    pub(super) negated: bool,
    pub(super) supposed: bool,
    pub(super) relative: bool,
    pub(super) cleft: bool,
    pub(super) nominal: bool,
    pub(super) background: bool,
}

impl Reader<'_> {
    /// Reads the ending of the trigger at `index`.
    pub(super) fn ending(&mut self, index: usize) -> Ending {
        let mut ending = Ending::default();
        let mut next = index + 1;
        let mut run = "";
        if let Some(token) = self.tokens.get(next)
            && token.kind == Kind::Text(Script::Hiragana)
        {
            run = self.passage.text.get(token.span);
            self.skip_to = token.span.end;
            next += 1;
        }
        ending.passive = ["され", "られ", "かれ", "れ"].iter().any(|start| run.starts_with(start));
        ending.negated =
            ["ない", "なかっ", "せず", "ません", "なく"].iter().any(|word| run.contains(word));
        // "If X resigns": 辞任なら, 退社すれば, 辞めたら.
        ending.supposed = ["なら", "れば", "すれば", "したら", "たら", "せば"]
            .iter()
            .any(|start| run.starts_with(start));
        // "戻ると申し出た": offered, not done.
        let behind = self.tokens.get(next).map_or(0, |token| token.span.start);
        let rest = self.passage.text.norm.get(behind..).unwrap_or("");
        let quoted = run.ends_with('と') || rest.starts_with('と');
        let offered = quoted && rest.trim_start_matches('と').starts_with("申し出");
        ending.supposed |= offered;
        self.statement.supposed |= offered;
        ending.cleft = run.ends_with("たのは") || run.ends_with("るのは");
        let verb = run.ends_with('た') || run.ends_with('る') || run.ends_with('だ');
        let follows = matches!(
            self.kind(next),
            Some(
                Kind::Company(_)
                    | Kind::Person(_)
                    | Kind::Count(_)
                    | Kind::Text(Script::Han | Script::Katakana | Script::Latin)
            ) | Some(Kind::Word(
                Word::Role
                    | Word::Staff
                    | Word::Team
                    | Word::Many
                    | Word::Former
                    | Word::Firm
                    | Word::Institution
                    | Word::Alliance
            ))
        );
        ending.relative = verb && follows;
        let after = matches!(self.kind(next), Some(Kind::Word(Word::After)));
        // "退社受け": upon the departure.
        let upon = run.is_empty()
            && self
                .tokens
                .get(next)
                .is_some_and(|token| self.passage.text.get(token.span).starts_with("受け"));
        // "すでに退任していた": told as known.
        let before = (run.ends_with("ていた") || run.ends_with("ている") && !self.counts())
            && self.passage.field != Field::Title
            && matches!(self.kind(next), Some(Kind::Stop) | None);
        // "退社するなど": an example of what the sentence is about.
        let example = run.ends_with("など") && self.passage.field != Field::Title;
        // "去って半年": so long ago.
        let ago = ["半年", "数年", "数カ月", "数か月", "数日", "久し"];
        let since = run.contains("てから")
            || run.starts_with("から")
            || run.ends_with("ており") && self.passage.field != Field::Title
            || run.ends_with("てわずか")
            || run.ends_with(['て', 'で'])
                && ago.iter().any(|word| self.text(next).starts_with(word));
        ending.background = since || after && (run.is_empty() || verb) || upon || before || example;
        // "X の退任が", "移籍の": spoken of, not told; "退任を発表" is told.
        let noun = matches!(
            run,
            "の" | "が"
                | "は"
                | "も"
                | "に"
                | "で"
                | "を"
                | "と"
                | "による"
                | "について"
                | "をめぐり"
                | "を巡り"
        );
        // "解任騒動", "移籍説": about it.
        let affair = self.grammar.tongue.lexicon.list("affair");
        let stem = matches!(run, "" | "き" | "え" | "い");
        let affair = stem
            && affair.iter().any(|word| {
                self.passage
                    .text
                    .norm
                    .get(self.tokens.get(next).map_or(0, |own| own.span.start)..)
                    .is_some_and(|rest| rest.starts_with(word.as_str()))
            });
        let noun =
            noun || affair || run.is_empty() && self.kind(next) == Some(Kind::Word(Word::Of));
        // "X が B に移籍で打撃": told.
        let told = run == "で" && !self.subject.is_empty() && self.passage.field == Field::Title;
        ending.nominal = noun && !told && !self.announced(next);
        ending
    }

    /// "今年2月に A を退職した X 氏は": what dates a clause about someone, and is months ago.
    pub(super) fn is_this_year(&self, index: usize) -> bool {
        let own = |at: &usize| self.kind(*at) != Some(Kind::Stop);
        let word = |at: &usize| self.kind(*at) == Some(Kind::Word(Word::Recent));
        let dated = (0..index).rev().take_while(own).find(word);
        dated.filter(|at| self.text(*at) == "今年").is_some_and(|at| match self.kind(at + 1) {
            Some(Kind::Month(month)) => month + 1 < self.passage.month,
            _ => true,
        })
    }

    /// True for what a title tells, or a statement that dates it to this month or the last.
    pub(super) fn is_told_now(&self, index: usize) -> bool {
        let now = self.passage.month;
        let near = |month: u32| month == now || month % 12 + 1 == now;
        let own = |at: &usize| self.kind(*at) != Some(Kind::Stop);
        let mut before = (0..index).rev().take_while(own).map(|at| self.kind(at));
        self.passage.field == Field::Title
            || before.any(|kind| matches!(kind, Some(Kind::Month(month)) if near(month)))
    }

    /// "退社説を否定していた X 氏が": what X said before.
    pub(super) fn is_overtaken(&self, index: usize) -> bool {
        let next = self.kind(index + 2);
        self.text(index + 1) == "していた"
            && next.is_some_and(|kind| kind.is_human() || kind.is_company())
    }

    /// "対立説は否定": a quarrel is denied, not the move.
    pub(super) fn is_of_a_rift(&self, index: usize) -> bool {
        let rifts = self.grammar.tongue.lexicon.list("rift");
        let denied = index.checked_sub(2).map_or("", |at| self.text(at));
        let particle = index.checked_sub(1).map_or("", |at| self.text(at));
        let own = |word: &String| {
            denied.strip_suffix("説").unwrap_or(denied).ends_with(word.as_str())
                || denied.ends_with(word.as_str())
        };
        matches!(particle, "は" | "を" | "も") && rifts.iter().any(own)
    }

    /// True for an unnamed group with a number as the subject.
    fn counts(&self) -> bool {
        token::any(self.tokens, &self.subject, |kind| matches!(kind, Kind::Count(_)))
    }

    /// True where the next few words announce.
    fn announced(&self, next: usize) -> bool {
        let near = self.tokens.iter().skip(next).take(5);
        near.take_while(|token| token.kind != Kind::Stop).any(|token| {
            matches!(
                token.kind,
                Kind::Word(Word::Announce | Word::Aspect | Word::Hedge | Word::Report)
            )
        })
    }
}
