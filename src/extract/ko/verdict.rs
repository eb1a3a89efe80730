//! Whether the sentence asserts what a trigger names: its ending and the words around it.

use super::ending::Form;
use super::node::{Kind, Node};
use super::particle::Part;
use super::trigger::Trigger;
use super::words::Words;
use crate::model::{Status, Suppressed};

/// What the words around a trigger make of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Verdict {
    /// It happened, is happening, or will.
    Asserted {
        /// Said to.
        rumour: bool,
        /// Taken off the score.
        doubt: f64,
    },
    /// Told on the way to something else: "오픈AI를 떠난 뒤 ...".
    Aside,
    /// Not asserted, for this reason.
    Not(Suppressed),
}

pub(super) const SURE: Verdict = Verdict::Asserted { rumour: false, doubt: 0.0 };
pub(super) const RUMOUR: Verdict = Verdict::Asserted { rumour: true, doubt: 0.0 };

/// Judges the trigger at node `at`.
pub(super) fn judge(words: &Words, nodes: &[Node<'_>], at: usize, trigger: Trigger) -> Verdict {
    let around = Around { words, nodes, at };
    let quoted = nodes.get(at).is_some_and(|node| node.quoted);
    let own = || {
        around.own_words() || around.is_sourced() || trigger.form == Form::Finite && around.speaks()
    };
    if quoted && !matches!(trigger.form, Form::Noun(_)) && !own() {
        return Verdict::Not(Suppressed::Hypothetical);
    }
    if around.negated() {
        return Verdict::Not(Suppressed::Negated);
    }
    if around.conditional() {
        return Verdict::Not(Suppressed::Hypothetical);
    }
    let verdict = match trigger.form {
        Form::Finite | Form::Connective | Form::Plan => {
            around.finite(trigger.form == Form::Connective)
        }
        Form::Quote => around.quoted(),
        Form::Pluperfect => Verdict::Not(Suppressed::Recap),
        Form::Negative => match around.next() {
            Some(next) if starts(next, &["않", "못", "말", "마"]) => {
                Verdict::Not(Suppressed::Negated)
            }
            _ => Verdict::Not(Suppressed::Hypothetical),
        },
        Form::Open => Verdict::Not(Suppressed::Hypothetical),
        Form::Adnominal => around.describing(Suppressed::Historical),
        Form::Future => around.describing(Suppressed::Hypothetical),
        Form::Noun(Part::None) => around.bare(),
        Form::Noun(part) => around.noun(part, trigger.act),
    };
    match verdict {
        Verdict::Asserted { doubt, .. } if trigger.rumour => {
            Verdict::Asserted { rumour: true, doubt }
        }
        Verdict::Asserted { .. } | Verdict::Aside if around.is_past() => {
            if trigger.form == Form::Plan { verdict } else { Verdict::Not(Suppressed::Recap) }
        }
        other => other,
    }
}

/// The status that the words behind the trigger give.
pub(super) fn status(words: &Words, nodes: &[Node<'_>], at: usize, rumour: bool) -> Status {
    let behind = || nodes.get(at + 1..).unwrap_or(&[]).iter();
    if rumour || behind().any(|node| words.begins("hedge", node.word)) {
        Status::Rumoured
    } else if behind().any(|node| words.begins("confirmed", node.word)) {
        Status::Confirmed
    } else {
        Status::Reported
    }
}

/// True where the sentence ends in a denial of what the trigger says.
pub(super) fn denied(words: &Words, nodes: &[Node<'_>], at: usize) -> bool {
    let behind = nodes.get(at + 1..).unwrap_or(&[]).iter().take(8);
    let mut parted = false;
    for node in behind.take_while(|node| !node.is_comma()) {
        parted |= node.is_break();
        if words.begins("denied", node.word) {
            return true;
        }
        // "…연봉설은 거짓": something else is denied.
        if parted && node.part == Part::Topic && !words.begins("report", node.word) {
            return false;
        }
    }
    false
}

/// True where the word begins with one of the heads.
pub(super) fn starts(node: &Node<'_>, heads: &[&str]) -> bool {
    heads.iter().any(|head| node.word.starts_with(head))
}

/// A trigger and the words around it.
pub(super) struct Around<'a, 'b> {
    pub(super) words: &'b Words,
    pub(super) nodes: &'b [Node<'a>],
    pub(super) at: usize,
}

impl<'a, 'b> Around<'a, 'b> {
    /// The node behind, where no mark parts the two.
    pub(super) fn next(&self) -> Option<&'b Node<'a>> {
        self.nodes.get(self.at + 1).filter(|node| !node.is_break())
    }

    /// The nodes behind, up to the next mark.
    pub(super) fn behind(&self, most: usize) -> impl Iterator<Item = &'b Node<'a>> {
        let rest = self.nodes.get(self.at + 1..).unwrap_or(&[]);
        rest.iter().take_while(|node| !node.is_break() || node.is_comma()).take(most)
    }

    pub(super) fn any_behind(&self, list: &str, most: usize) -> bool {
        self.behind(most).any(|node| self.words.begins(list, node.word))
    }

    pub(super) fn asks(&self) -> bool {
        let mark = self.nodes.get(self.at + 1).filter(|node| node.is_break());
        mark.is_some_and(|node| node.kind == Kind::Break('?'))
    }

    /// "안 떠난다", "못 떠나".
    fn negated(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|before| self.nodes.get(before));
        before.is_some_and(|node| matches!(node.word, "안" | "못"))
    }

    /// "광고를 중단하지 않으면 떠나겠다고": it hangs on something else.
    fn conditional(&self) -> bool {
        let before = self.nodes.get(..self.at).unwrap_or(&[]).iter().rev().take(8);
        let mut clause = before.take_while(|node| !node.is_break() || node.is_comma());
        clause.any(|node| {
            ["으면", "다면", "하면", "되면"].iter().any(|tail| node.word.ends_with(tail))
        })
    }

    /// "회사 떠나 창업?": the question governs the whole.
    fn asked(&self) -> bool {
        let rest = self.nodes.get(self.at + 1..).unwrap_or(&[]);
        let mark = rest.iter().find(|node| node.is_break() && !node.is_comma());
        rest.len() < 8 && mark.is_some_and(|node| node.kind == Kind::Break('?'))
    }

    fn finite(&self, goes_on: bool) -> Verdict {
        if self.asks()
            || goes_on && self.asked()
            || self
                .next()
                .is_some_and(|next| starts(next, &["싶", "달라", "주길", "주기", "보고", "볼"]))
        {
            return Verdict::Not(Suppressed::Hypothetical);
        }
        if self.next().is_some_and(|next| starts(next, &["않", "못", "말"])) {
            return Verdict::Not(Suppressed::Negated);
        }
        if goes_on && self.is_matter() {
            return Verdict::Not(Suppressed::Historical);
        }
        SURE
    }

    /// "떠난 것으로", "떠날 예정", "떠난 뒤", "떠난 X는".
    fn describing(&self, otherwise: Suppressed) -> Verdict {
        let Some(next) = self.next() else { return Verdict::Not(otherwise) };
        if starts(next, &["수", "경우", "때", "가능성", "만한", "뻔", "바"]) {
            let past = starts(next, &["바"]);
            return Verdict::Not(if past { Suppressed::Recap } else { Suppressed::Hypothetical });
        }
        if starts(next, &["방안"]) {
            let weighed = ["논의", "협의", "추진", "타진"];
            let told = self.behind(7).any(|node| starts(node, &["알려", "전해", "보도"]));
            let talks = told && self.behind(6).any(|node| starts(node, &weighed));
            return if talks { RUMOUR } else { Verdict::Not(Suppressed::Hypothetical) };
        }
        // "X가 B로 옮긴 데 이어"
        if next.word == "데" && self.behind(2).any(|node| node.word == "이어") {
            return SURE;
        }
        // "영입하는 데 성공했다"
        if next.word == "데" {
            if self.behind(3).any(|node| starts(node, &["성공", "합의", "따른", "따라"])) {
                return SURE;
            }
            if self.any_behind("refused", 3) {
                return Verdict::Not(Suppressed::Negated);
            }
        }
        if self.words.begins("clause", next.word) && !starts(next, &["계획서"]) {
            // "이직한 것이 아니냐는 추측이"
            let wondered = self.behind(3).any(|node| starts(node, &["아니냐", "아닌가"]));
            let told = ["추측", "관측", "소문", "전망", "얘기", "이야기", "해석", "분석", "말이"];
            if wondered && self.behind(6).any(|node| starts(node, &told)) {
                return RUMOUR;
            }
            if self.any_behind("denied", 6)
                || self.behind(4).any(|node| starts(node, &["아니", "않", "없"]))
            {
                return Verdict::Not(Suppressed::Negated);
            }
            let likely = starts(next, &["전망", "소문", "듯"])
                || self.behind(4).any(|node| {
                    starts(node, &["보인", "보여", "전망", "예상", "관측", "추정", "알려", "전해"])
                });
            return if likely { RUMOUR } else { SURE };
        }
        // "7명을 영입하는 라이선스 계약을 체결했다"
        let deal = starts(next, &["라이선스", "라이센스", "계약", "거래"])
            && self.behind(6).any(|node| starts(node, &["체결", "맺", "합의"]));
        if deal {
            return SURE;
        }
        if self.words.begins("afterwards", next.word) && next.word.chars().count() <= 4 {
            return Verdict::Aside;
        }
        Verdict::Not(otherwise)
    }

    /// "합류한다", "합류한다고": told in the present.
    fn is_present(&self) -> bool {
        let own = self.nodes.get(self.at);
        own.is_some_and(|node| {
            ["한다", "난다", "긴다", "온다", "간다", "된다", "는다"]
                .iter()
                .any(|present| node.word.contains(present))
        })
    }

    /// True where a time word far back describes this very verb.
    fn is_past(&self) -> bool {
        for node in self.nodes.get(..self.at).unwrap_or(&[]).iter().rev() {
            match node.kind {
                // "3월 합류한다고": of what is still to come a month lies ahead.
                Kind::Past if node.word.starts_with('월') && self.is_present() => return false,
                Kind::Past => return true,
                // "그사이 X가 떠났고 Y도 퇴사했다": the time word governs the whole enumeration.
                Kind::Trigger(trigger)
                    if trigger.form == Form::Connective && node.word.ends_with(['고', '며']) => {}
                Kind::Word if matches!(node.word, "이번에" | "최근" | "이달" | "오는") => {
                    return false;
                }
                Kind::Trigger(_) | Kind::Predicate | Kind::Adnominal => return false,
                Kind::Break(mark) if mark != ',' => return false,
                _ => {}
            }
        }
        false
    }
}
