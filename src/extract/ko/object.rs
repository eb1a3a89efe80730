//! What else a trigger is done to: a post, a place, an alliance, a new company.

use super::claim::Sentence;
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::{Part, split_name};
use crate::extract::candidate::End;
use crate::extract::text::Span;

impl<'a> Sentence<'a, '_> {
    /// "6개월", "만에", "1년도".
    pub(super) fn is_time(&self, node: &Node<'a>) -> bool {
        let text = self.passage.text.get(node.span);
        text.starts_with(|ch: char| ch.is_ascii_digit())
            || matches!(
                node.word,
                "만에"
                    | "만"
                    | "안"
                    | "돼"
                    | "새"
                    | "이달"
                    | "내달"
                    | "내년"
                    | "올해"
                    | "연말"
                    | "오늘"
                    | "하루"
                    | "이틀"
                    | "사흘"
                    | "나흘"
                    | "닷새"
                    | "열흘"
                    | "보름"
            )
            || node.word.ends_with(['달', '년', '월', '주', '봄'])
    }

    pub(super) fn is_adverb(&self, node: &Node<'a>) -> bool {
        matches!(
            node.word,
            "전격"
                | "돌연"
                | "결국"
                | "또"
                | "다시"
                | "공식"
                | "동시"
                | "곧"
                | "끝내"
                | "잇달아"
                | "줄줄이"
                | "스스로"
                | "자진"
                | "함께"
                | "직접"
                | "먼저"
                | "또다시"
                | "연이어"
                | "공동"
                | "추가"
                | "추가로"
                | "또한"
                | "동반"
                | "나란히"
                | "한꺼번에"
                | "전원"
                | "대거"
                | "최종"
                | "사실상"
        )
    }

    /// "최고과학자로 합류": a post without a company.
    pub(super) fn joins_as_role(&self, at: usize) -> bool {
        self.people.iter().any(|person| {
            person.last < at
                && person.name.is_none()
                && person.part == Part::To
                && person.employer.is_none()
        })
    }

    /// "이사회 의장 복귀", "CEO로 돌아온다".
    pub(super) fn returns_to_post(&self, at: usize) -> bool {
        let mut before = self.nodes.get(..at).unwrap_or(&[]).iter().rev();
        // "수장으로 깜짝 변신"
        let before = before.find(|node| !(matches!(node.word, "깜짝") || self.is_adverb(node)));
        before.is_some_and(|node| {
            matches!(node.kind, Is::Role { plural: false })
                && matches!(node.part, Part::None | Part::To)
        })
    }

    /// "회장으로 물러나": another post in the same house.
    pub(super) fn steps_aside(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.nodes.get(before));
        before.is_some_and(|node| {
            node.part == Part::To
                && (matches!(node.kind, Is::Role { .. }) || node.stem.ends_with('직'))
        })
    }

    /// The word that the trigger is done to, where it is neither company nor person.
    pub(super) fn object_word(&self, at: usize) -> Option<&'a str> {
        let node = self.nodes.get(at.checked_sub(1)?)?;
        if matches!(node.kind, Is::Company { .. } | Is::Known) || node.is_break() {
            return None;
        }
        if self
            .people
            .iter()
            .any(|person| person.first < at && person.last + 1 == at && person.name.is_some())
        {
            return None;
        }
        // One syllable keeps its particle in the reading of words: "집을".
        let (short, short_part) = split_name(node.word);
        if node.kind == Is::Word && node.part == Part::None && short_part == Part::Object {
            return Some(short);
        }
        if node.part == Part::Object {
            return self.phrase_company(at - 1).is_none().then_some(node.stem);
        }
        // "정부효율부 떠나": a bare word before the verb is what is left.
        let verb = self.nodes.get(at)?.trigger()?;
        let bare = node.kind == Is::Word
            && node.part == Part::None
            && !node.word.ends_with('고')
            && !matches!(node.word, "위해" | "위해서" | "끝에" | "따라" | "함께")
            && matches!(verb.form, Form::Connective | Form::Finite)
            && self.passage.text.get(self.nodes.get(at)?.span).starts_with('떠')
            && !self.is_time(node)
            && !self.is_adverb(node)
            && self.phrase_company(at - 1).is_none();
        (bare || self.words.is("elsewhere", node.stem)).then_some(node.stem)
    }

    /// The company that the phrase ending at `end` opens with.
    pub(super) fn phrase_company(&self, end: usize) -> Option<u16> {
        for index in (end.saturating_sub(6)..=end).rev() {
            let node = self.nodes.get(index)?;
            if let Is::Company { company, .. } = node.kind {
                return Some(company);
            }
            if index != end && !matches!(node.part, Part::None | Part::Of) || node.is_break() {
                return None;
            }
        }
        None
    }

    /// True where something else than a workplace is moved: "본사를 옮겼다".
    pub(super) fn blocking_object(&self, at: usize, allowed: &[&str]) -> bool {
        let floor = self.clause_start(at);
        let own = self.nodes.get(floor..at).unwrap_or(&[]);
        own.iter().rev().take(3).any(|node| {
            node.part == Part::Object
                && matches!(node.kind, Is::Word)
                && !allowed.contains(&node.stem)
        })
    }

    /// "컨소시엄에 합류": an alliance of companies.
    pub(super) fn has_alliance(&self, at: usize) -> bool {
        let before = self.nodes.get(at.saturating_sub(2)..at).unwrap_or(&[]);
        before.iter().enumerate().any(|(index, node)| {
            // "대외협력 부사장으로": what a post is about.
            let post = before.get(index + 1).is_some_and(|next| {
                matches!(next.kind, Is::Role { .. }) && node.part == Part::None
            });
            self.words.ends("alliance", node.stem)
                && !post
                && !matches!(node.kind, Is::Company { .. })
        })
    }

    pub(super) fn near(&self, at: usize, reach: usize, test: impl Fn(&Node<'a>) -> bool) -> bool {
        self.nodes.get(at.saturating_sub(reach)..at).unwrap_or(&[]).iter().any(test)
    }

    /// What was founded: the word before the trigger, and its company.
    pub(super) fn founded(&self, at: usize) -> Option<(&'a str, Option<End>)> {
        // "연구팀을 새로 꾸린다"
        let light = |at: &usize| {
            self.nodes.get(*at).is_some_and(|node| {
                matches!(node.word, "새로" | "직접" | "곧바로" | "다음" | "이번")
                    || self.is_time(node) && node.part == Part::None
                    || self.is_adverb(node) && node.part == Part::None
            })
        };
        let end = (0..at).rev().find(|at| !light(at))?;
        let node = self.nodes.get(end)?;
        if let Is::Company { company, .. } = node.kind {
            return Some((node.stem, Some(End::Listed(company))));
        }
        // "퇴사 후 창업", "회사 나와 창업": nothing is named.
        let nothing = matches!(node.word, "후" | "뒤" | "직후" | "나와");
        if node.kind != Is::Word
            || nothing
            || !matches!(node.part, Part::Object | Part::None)
            || node.word.starts_with('등')
        {
            return Some((node.stem, None));
        }
        // "디스커버리 루프라는 스타트업을"
        for before in (end.saturating_sub(4)..end).rev() {
            if let Some(named) = self.nodes.get(before)
                && let Is::Company { company, .. } = named.kind
                && named.part == Part::Is
            {
                return Some((node.stem, Some(End::Listed(company))));
            }
        }
        let mut first = end;
        while let Some(before) = first.checked_sub(1)
            && let Some(word) = self.nodes.get(before)
            && word.kind == Is::Word
            && word.part == Part::None
            && word.spaced
            && !self.words.is("ordinary", word.stem)
            && !self.people.iter().any(|person| person.first <= before && before <= person.last)
            && end - before < 4
        {
            first = before;
        }
        let start = self.nodes.get(first)?.span.start;
        let name =
            self.passage.text.get(Span::new(start, node.span.end)).trim_matches(['\'', '"', ' ']);
        let named = !self.words.is("ordinary", node.stem) && !name.is_empty();
        Some((node.stem, named.then(|| End::Unlisted(name.to_owned()))))
    }
}
