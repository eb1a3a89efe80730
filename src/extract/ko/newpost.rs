//! A post at a house other than the one somebody comes from, whatever the verb: "A를 이끌던 X의 직함이 B
//! 부사장으로 바뀌었다", "X, 이번엔 B 법인장".

use super::claim::{Event, Sentence};
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::serving::SERVES;
use super::trigger::{Act, Trigger};
use super::verdict::{SURE, Verdict, starts};
use crate::extract::candidate::{Candidate, End};
use crate::model::{Field, Kind, Suppressed};

/// What follows a post that somebody has long had, is only named for, or does not get.
const NO_NEWS: &[&str] = &[
    "재직",
    "근무했",
    "근무한",
    "일했",
    "일하던",
    "일하며",
    "일하면서",
    "활동",
    "지냈",
    "지낸",
    "있었",
    "있던",
    "알려진",
    "알려졌",
    "유명",
    "불리",
    "불렸",
    "꼽히",
    "꼽혔",
    "꼽힌",
    "거론",
    "언급",
    "소개",
    "참석",
    "나와",
    "나서",
    "나섰",
    "나선",
    "추천",
    "지목",
    "평가",
    "인정",
    "기록",
    "선정",
    "등장",
    "출연",
    "연설",
    "인터뷰",
    "발표",
    "않",
    "못",
    "아니",
    "없",
    "제안",
    "검토",
    "고려",
    "예상",
    "전망",
    "역임",
    "거쳐",
    "거친",
    "시작해",
    "출발",
    "재임",
    "봉직",
    "몸담",
    "복무",
    "겸",
    "남",
    "유지",
    "잔류",
];

impl Sentence<'_, '_> {
    /// "다음 달 B 사무소로 출근한다", of somebody from another house; "X는 B로 출근" in a headline.
    pub(super) fn starts_elsewhere(&self, at: usize) -> bool {
        let Some(to) = self.company_with(at, &[Part::To, Part::At]) else { return false };
        let Some(movers) = self.subject(at) else { return false };
        let told = self.told.from.as_ref();
        movers.iter().all(|mover| {
            let own = mover.employer.as_ref().or(told);
            let apart = own.is_some_and(|own| *own != to && !self.same_house(Some(own), Some(&to)));
            // "A 공동창업자, B로 출근"
            let one = mover.role.is_some() && !mover.common && !mover.plural && apart;
            one || mover.name.is_some() && (apart || self.passage.field == Field::Title)
        })
    }

    /// "홍콩과기대로 돌아간다", "캠퍼스로 귀환"
    pub(super) fn goes_to_campus(&self, at: usize) -> bool {
        let tails = ["대", "대학", "대학교", "과기대", "공대"];
        self.near(at, 3, |node| {
            matches!(node.part, Part::To | Part::At | Part::None)
                && node.kind == Is::Word
                && node.stem.chars().count() >= 3
                && tails.iter().any(|tail| node.stem.ends_with(tail))
        })
    }

    /// "포브스 명단에 이름을 올렸다": only a seat or a post is one at a house.
    pub(super) fn is_on_a_list(&self, at: usize) -> bool {
        let text = self.nodes.get(at).map_or("", |node| self.passage.text.get(node.span));
        let before = at.checked_sub(1).and_then(|before| self.nodes.get(before));
        let seat = before.is_some_and(|node| {
            matches!(node.stem, "이사회" | "이사진" | "경영진" | "임원진" | "자문단" | "자문위원회")
                || matches!(node.kind, Is::Role { .. }) && node.part == Part::To
        });
        // "의장에 X가, 이사에 Y가 이름을 올렸다"
        let posted = self.people.iter().any(|post| {
            post.name.is_none()
                && post.part == Part::At
                && post.last < at
                && post.employer.is_some()
        });
        // "조사에 들어갔다", "협상에 들어갔다"
        let house = before.is_some_and(|node| {
            matches!(node.kind, Is::Company { .. }) || self.words.ends("unit", node.stem)
        });
        text.starts_with("이름") && !seat && !posted || text.starts_with("들어") && !house
    }

    /// "A 출신 X가 B 제품 총괄로 명함을 새로 팠다": a post with 로 behind who comes from elsewhere.
    pub(super) fn posted_elsewhere(&self, events: &[Event]) -> Vec<Candidate> {
        let mut out = Vec::new();
        for post in self.people.iter().filter(|post| self.is_post(post, Part::To)) {
            let Some(mover) = self.comes_to(post) else { continue };
            let told = |event: &Event| {
                event.movers.iter().any(|one| one.span == mover.span) && event.to.is_some()
            };
            if events.iter().any(told) || !self.closes_plainly(post.last + 1) {
                continue;
            }
            out.extend(self.report(&self.at_post(post, mover, 0.75)));
        }
        out
    }

    /// "X, 이번엔 B 법인장": a headline that ends with the post.
    pub(super) fn titled_elsewhere(&self, events: &[Event]) -> Vec<Candidate> {
        let (Field::Title, Some(post)) = (self.passage.field, self.people.last()) else {
            return Vec::new();
        };
        let ends = self.nodes.get(post.last + 1).is_none_or(|next| next.kind == Is::Break('…'));
        let Some(mover) = self.comes_to(post).filter(|_| ends && self.is_post(post, Part::None))
        else {
            return Vec::new();
        };
        let head = self.nodes.get(mover.last + 1..post.first).unwrap_or(&[]);
        let light = |node: &Node<'_>| {
            matches!(node.word, "이번엔" | "이번에는" | "이제" | "이제는" | "새" | "새로운")
        };
        let fits = head.first().is_some_and(Node::is_comma) && head.iter().skip(1).all(light);
        let told = events.iter().any(|event| event.movers.iter().any(|one| one.span == mover.span));
        match fits && !told {
            true => self.report(&self.at_post(post, mover, 0.75)),
            false => Vec::new(),
        }
    }

    /// An unnamed post at a listed house.
    fn is_post(&self, post: &Person, part: Part) -> bool {
        let listed = matches!(post.employer, Some(End::Listed(_)));
        let plain = post.name.is_none() && post.count.is_none() && !post.plural && !post.former;
        let quoted = self.nodes.get(post.last).is_some_and(|node| node.quoted);
        listed && plain && post.part == part && !quoted
    }

    /// The one named person before the post, who comes from another house or from where another
    /// sentence has to say.
    fn comes_to(&self, post: &Person) -> Option<&Person> {
        let before = |person: &&Person| person.last < post.first && person.name.is_some();
        let mut named = self.people.iter().rev().filter(before);
        let mover = named.next().filter(|_| named.next().is_none())?;
        let spoken_of = matches!(mover.part, Part::Subject | Part::Topic | Part::None | Part::Of);
        let came = mover.employer.is_none() || mover.former || mover.held;
        let apart = mover.employer != post.employer
            && !self.same_house(mover.employer.as_ref(), post.employer.as_ref());
        let between = self.nodes.get(mover.last + 1..post.first).unwrap_or(&[]);
        let alone = between.iter().all(|node| {
            node.trigger().is_none()
                && !matches!(node.kind, Is::Break(mark) if mark != ',')
                && !matches!(node.kind, Is::Company { .. } | Is::Predicate | Is::Past)
        });
        (spoken_of && came && apart && alone).then_some(mover)
    }

    /// True where the clause behind the post ends the sentence and says nothing against it.
    fn closes_plainly(&self, from: usize) -> bool {
        let rest = self.nodes.get(from..).unwrap_or(&[]);
        let end = rest.iter().position(Node::is_break).unwrap_or(rest.len());
        let clause = rest.get(..end).unwrap_or(&[]);
        let stop = rest.get(end).is_none_or(|mark| matches!(mark.kind, Is::Break('.' | '…' | '!')));
        let told =
            clause.iter().any(|node| node.word.ends_with('다') || node.word.ends_with("다고"));
        stop && told
            && clause.len() <= 9
            && !clause.iter().any(|node| starts(node, NO_NEWS) || node.trigger().is_some())
    }

    fn at_post(&self, post: &Person, mover: &Person, score: f64) -> Event {
        let waits = mover.employer.is_none();
        let verdict = if waits { Verdict::Not(Suppressed::Historical) } else { SURE };
        Event {
            movers: vec![mover.clone()],
            from: mover.employer.clone(),
            to: post.employer.clone(),
            kind: if waits { Kind::Joined } else { Kind::Moved },
            verdict,
            pattern: SERVES,
            score,
            ..Event::new(post.last, Trigger::silent(Act::Move), SURE)
        }
    }
}

impl Sentence<'_, '_> {
    /// "X A 공동창업자, B서 코딩에 전념한다": a headline that says what somebody of A does at B.
    pub(super) fn works_there(&self, events: &[Event]) -> Vec<Candidate> {
        let mut named = self.people.iter().filter(|person| person.name.is_some());
        let (Field::Title, Some(mover), None) = (self.passage.field, named.next(), named.next())
        else {
            return Vec::new();
        };
        let comma = self.nodes.get(mover.last + 1).is_some_and(Node::is_comma);
        let Some(Is::Company { company, product: false }) =
            self.nodes.get(mover.last + 2).map(|node| node.kind)
        else {
            return Vec::new();
        };
        let from = self.nodes.get(mover.last + 2).is_some_and(|node| node.part == Part::From);
        let rest = self.nodes.get(mover.last + 3..).unwrap_or(&[]);
        let last = rest.last().filter(|last| !last.is_break() && !last.quoted);
        let present = last.is_some_and(|last| {
            let said = last.word.strip_suffix('다').and_then(|said| said.chars().next_back());
            said.is_some_and(|ch| u32::from(ch).wrapping_sub(0xac00) % 28 == 4)
                && !starts(last, NO_NEWS)
        });
        let plain = rest.len() <= 8
            && rest.iter().all(|node| {
                node.trigger().is_none()
                    && !node.is_break()
                    && !matches!(node.kind, Is::Company { .. })
            });
        let to = Some(End::Listed(company));
        let own = mover.employer.as_ref();
        let apart = own.is_some() && own != to.as_ref() && !self.same_house(own, to.as_ref());
        let told = events.iter().any(|event| event.movers.iter().any(|one| one.span == mover.span));
        if !(comma && from && present && plain && apart && mover.part == Part::None) || told {
            return Vec::new();
        }
        self.report(&Event {
            movers: vec![mover.clone()],
            from: mover.employer.clone(),
            to,
            kind: Kind::Moved,
            pattern: SERVES,
            score: 0.75,
            ..Event::new(mover.last + 2, Trigger::silent(Act::Move), SURE)
        })
    }
}
