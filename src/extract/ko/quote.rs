//! What a quotation, or a clause that somebody says, asserts.

use super::node::Kind;
use super::particle::Part;
use super::verdict::{Around, RUMOUR, SURE, Verdict, starts};
use crate::model::Suppressed;

impl Around<'_, '_> {
    /// `"... 합류했다"고 밝혔다`: the quote is the mover's own announcement.
    pub(super) fn own_words(&self) -> bool {
        let mut behind =
            self.nodes.get(self.at + 1..).unwrap_or(&[]).iter().skip_while(|node| node.quoted);
        let says = behind.next().is_some_and(|node| {
            !node.spaced && starts(node, &["고", "라고", "라며", "며", "면서"])
        });
        let told = ["밝", "말했", "말한", "썼", "적었", "전했", "올렸", "발표", "알렸"];
        says && behind.take(3).any(|node| starts(node, &told))
    }

    /// `안드레이 카파시 "오픈AI 떠난다…`: a headline quotes whoever stands before the quote, and
    /// nobody else is spoken of in it.
    pub(super) fn speaks(&self) -> bool {
        let before = self.nodes.get(..self.at).unwrap_or(&[]);
        let open = before.iter().rposition(|node| !node.quoted).map_or(0, |at| at + 1);
        let inside = before.get(open..).unwrap_or(&[]);
        let light = inside.iter().all(|node| match node.kind {
            Kind::Company { .. } => matches!(node.part, Part::None | Part::Object | Part::From),
            // "때문에 A 떠났다": someone tells why, long since.
            Kind::Word => {
                !matches!(node.part, Part::Subject | Part::Topic)
                    && !starts(node, &["때문", "이유", "탓"])
            }
            _ => false,
        });
        let speaker = open.checked_sub(1).and_then(|at| before.get(at));
        let named = speaker.is_some_and(|node| {
            node.part == Part::None
                && matches!(node.kind, Kind::Known | Kind::Word | Kind::Role { plural: false })
        });
        let asked = before.iter().any(|node| starts(node, &["인터뷰", "강연", "대담"]));
        // A word before the quote may also be a company or what it is about: only a name or a role.
        light && named && !asked && inside.len() <= 4
    }

    /// "A로 옮겨 성공을 이끈 점이 뼈아팠다고": the clause is a noun that is spoken of.
    pub(super) fn is_matter(&self) -> bool {
        let matters = ["점", "일", "순간", "시절", "기억", "경험", "장면", "선택"];
        let particles = ["이", "은", "을", "도", "가", "를"];
        let behind: Vec<_> = self.behind(7).take_while(|node| !node.is_comma()).collect();
        behind.windows(2).any(|pair| {
            let [verb, noun] = pair else { return false };
            let describes = verb.kind == Kind::Adnominal
                || verb.word.ends_with(['한', '끈', '간', '된', '던', '난', '긴', '든']);
            let particle = matters.iter().find_map(|matter| noun.word.strip_prefix(matter));
            describes && particle.is_some_and(|particle| particles.contains(&particle))
        })
    }

    /// `소식통 "X, A 떠났다"`: a headline quotes a source.
    pub(super) fn is_sourced(&self) -> bool {
        let before = self.nodes.get(..self.at).unwrap_or(&[]);
        let open = before.iter().rposition(|node| !node.quoted);
        let source = open.and_then(|at| before.get(at));
        source.is_some_and(|node| node.part == Part::None && self.words.is("source", node.word))
    }

    /// "떠난다고 밝혔다", "떠난다는 보도를 부인했다".
    pub(super) fn quoted(&self) -> Verdict {
        let clause = self.behind(5).take_while(|node| !node.is_comma());
        if clause.into_iter().any(|node| self.words.begins("denied", node.word)) {
            return Verdict::Not(Suppressed::Negated);
        }
        let hoped = [
            "위협",
            "경고",
            "으름장",
            "요구",
            "촉구",
            "제안",
            "바라",
            "희망",
            "가정",
            "조건",
            "생각",
            "상상",
            "걱정",
            "우려",
        ];
        if self.behind(4).any(|node| starts(node, &hoped)) {
            return Verdict::Not(Suppressed::Hypothetical);
        }
        let said = self
            .behind(4)
            .any(|node| starts(node, &["소문", "설", "관측", "전망", "얘기", "이야기", "추측"]));
        let reported = said || self.behind(2).any(|node| starts(node, &["보도", "주장"]));
        let refuses = reported
            && self.behind(9).any(|node| {
                matches!(node.word, "안" | "못")
                    || starts(node, &["아니", "아냐", "사실무근"])
                    || self.words.begins("denied", node.word)
            });
        if refuses {
            return Verdict::Not(Suppressed::Negated);
        }
        if said { RUMOUR } else { SURE }
    }
}
