//! Whether a noun of moving says that it happens: "X, B 합류", "이직을 결정".

use super::node::{Kind, Node};
use super::particle::Part;
use super::trigger::Act;
use super::verdict::{Around, RUMOUR, SURE, Verdict, starts};
use crate::model::Suppressed;

impl Around<'_, '_> {
    /// A noun without a particle: "X, B 합류", "퇴사 발표", "영입 경쟁".
    pub(super) fn bare(&self) -> Verdict {
        let Some(next) = self.next() else {
            return if self.asks() { Verdict::Not(Suppressed::Hypothetical) } else { SURE };
        };
        // "'이별' 암시했나"
        let asked = next.word.ends_with(['나', '까'])
            && next.word.chars().count() > 2
            && self.nodes.get(self.at + 2).is_none_or(Node::is_break);
        if asked {
            return Verdict::Not(Suppressed::Hypothetical);
        }
        if self.words.begins("refused", next.word) || self.any_behind("denied", 3) {
            return Verdict::Not(Suppressed::Negated);
        }
        if self.words.begins("looked_back", next.word) {
            return Verdict::Not(Suppressed::Historical);
        }
        if self.is_not_so() {
            return Verdict::Not(Suppressed::Negated);
        }
        let comes_first =
            self.words.is("afterwards", next.stem) || self.words.is("afterwards", next.word);
        if comes_first {
            return Verdict::Aside;
        }
        // "B-A 인력 이동 거래 조사 착수"
        let deal = starts(next, &["거래", "계약", "과정", "의혹", "논란"])
            && self.behind(6).any(|node| starts(node, &["조사", "심사", "수사", "제소", "고발"]));
        if deal {
            return Verdict::Not(Suppressed::Historical);
        }
        // "퇴사 1년을 돌아보다", "퇴사 3년…"
        let span = starts(next, &["년", "개월", "주년"])
            && !matches!(next.part, Part::At | Part::Topic)
            && !self
                .behind(3)
                .any(|node| matches!(node.word, "만에" | "만" | "후" | "뒤" | "안" | "채" | "전"));
        if span && self.nodes.get(self.at + 1).is_some_and(|node| node.stem != node.word) {
            return Verdict::Not(Suppressed::Historical);
        }
        // "퇴사 하루 만에 번복"
        if self.behind(5).any(|node| starts(node, &["번복", "철회", "무산", "취소"])) {
            return Verdict::Not(Suppressed::Negated);
        }
        // "퇴사 열흘 만에 합류", "영입 1년도 안 돼 결별"
        if self.behind(4).any(|node| matches!(node.word, "만에" | "돼" | "안돼"))
            && self.behind(9).any(|node| node.trigger().is_some())
        {
            return Verdict::Aside;
        }
        // "영입 추진" is said of a person one already knows; "영입 경쟁" of nobody.
        if self.words.begins("rumoured", next.word) {
            return RUMOUR;
        }
        if self.words.begins("open", next.word) {
            return Verdict::Not(Suppressed::Hypothetical);
        }
        if self.words.begins("asserted", next.word) {
            return if self.any_behind("looked_back", 3) {
                Verdict::Not(Suppressed::Historical)
            } else {
                SURE
            };
        }
        match next.kind {
            Kind::Role { .. } | Kind::Count(_) | Kind::Adnominal | Kind::Known => {
                Verdict::Not(Suppressed::Historical)
            }
            _ => Verdict::Asserted { rumour: false, doubt: 0.15 },
        }
    }

    /// "사임설 사실 아니다", "해임 정당화 안 돼", but not "합류 1년도 안 돼".
    fn is_not_so(&self) -> bool {
        let behind: Vec<_> = self.behind(4).collect();
        behind.iter().enumerate().any(|(index, node)| {
            let untrue = starts(node, &["아니", "아냐"])
                && behind.iter().take(index).any(|node| starts(node, &["사실"]));
            let time = index.checked_sub(1).and_then(|before| behind.get(before));
            let soon = time.is_some_and(|node| {
                ["년", "달", "월", "주", "일"]
                    .iter()
                    .any(|unit| node.word.trim_end_matches('도').ends_with(unit))
            });
            untrue || matches!(node.word, "안" | "못") && !soon
        })
    }

    /// A noun with a particle: "이직을 결정", "퇴사가 확인", "영입에 나섰다".
    pub(super) fn noun(&self, part: Part, act: Act) -> Verdict {
        let refused = self.any_behind("refused", 3);
        match part {
            Part::Object | Part::Topic => {
                let talks = ["논의", "협의", "협상", "조율"];
                // "해임을 주도한 X": what X did once.
                let once = self
                    .next()
                    .is_some_and(|next| next.kind == Kind::Adnominal && starts(next, &["주도"]));
                if once {
                    return Verdict::Not(Suppressed::Historical);
                }
                // "이직을 협의 중인 것으로 전해졌다"
                if part == Part::Object
                    && !refused
                    && self.behind(2).any(|node| starts(node, &talks))
                    && matches!(act, Act::Move | Act::Join | Act::Leave | Act::Return)
                {
                    return RUMOUR;
                }
                // "사임을 발표하며 ... 우려를"
                let announced = part == Part::Object
                    && self.next().is_some_and(|next| {
                        starts(
                            next,
                            &["발표", "공식", "선언", "통보", "알리", "알렸", "밝히", "밝혔"],
                        )
                    })
                    && !self.words.begins("refused", self.next().map_or("", |next| next.word));
                if announced {
                    SURE
                } else if refused {
                    Verdict::Not(Suppressed::Negated)
                } else if self.any_behind("open", 4) {
                    Verdict::Not(Suppressed::Hypothetical)
                } else if part == Part::Object && self.any_behind("rumoured", 4) {
                    RUMOUR
                } else if part == Part::Object && self.any_behind("asserted", 4) {
                    SURE
                } else {
                    Verdict::Not(Suppressed::Historical)
                }
            }
            Part::Subject => {
                let done = [
                    "확인", "발표", "결정", "확정", "공식", "이뤄", "성사", "공개", "알려", "전해",
                    "보도",
                ];
                if refused {
                    Verdict::Not(Suppressed::Negated)
                } else if self.behind(4).any(|node| starts(node, &done)) {
                    SURE
                } else if self.any_behind("rumoured", 3) {
                    RUMOUR
                } else {
                    Verdict::Not(Suppressed::Historical)
                }
            }
            Part::At if self.behind(2).any(|node| starts(node, &["성공"])) && act == Act::Hire => {
                SURE
            }
            Part::Is | Part::Other if self.next().is_none() => SURE,
            _ => Verdict::Not(Suppressed::Historical),
        }
    }
}
