//! Somebody whom a headline does not name but tells apart: by a post, by where they come from.

use super::claim::{Event, Sentence};
use super::ending::Form;
use super::node::{Kind as Is, Node};
use super::particle::Part;
use super::person::Person;
use super::stranger::is_news_word;
use super::trigger::{Act, Trigger};
use super::verdict::{SURE, Verdict};
use crate::extract::candidate::{Candidate, End};
use crate::extract::text::Span;
use crate::model::{Field, Kind};

/// The pattern of who is known by a new post and a former house.
pub(super) const INCOMING: &str = "incoming";

/// Posts that several hold, each of them somebody: one who moves is news.
const SENIOR: &[&str] = &["임원", "간부", "리더", "팀장", "수석", "파트너", "이사", "석학"];

/// What one of many is, where a house takes on one from another.
const TAKEN: &[&str] =
    &["연구원", "연구자", "엔지니어", "개발자", "과학자", "디자이너", "변호사", "박사"];

/// What tells a wave rather than one move.
const WAVE: &[&str] = &["잇따라", "잇달아", "잇단", "속속", "줄줄이", "대거", "연이어", "앞다퉈"];

/// What makes the move itself the matter of a case.
const LEAK: &[&str] = &["유출", "빼돌", "수사", "혐의", "구속", "기소", "소송", "고소", "금지"];

impl Sentence<'_, '_> {
    /// "B 한국 대표에 전 A 임원": a post, then what its new holder was, and no trigger word.
    pub(super) fn posted_somebody(&self) -> Vec<Candidate> {
        if self.passage.field != Field::Title {
            return Vec::new();
        }
        let pairs = self.people.windows(2).filter_map(|pair| match pair {
            [post, who] => self.incoming(post, who),
            _ => None,
        });
        pairs.flat_map(|event| self.report(&event)).collect()
    }

    fn incoming(&self, post: &Person, who: &Person) -> Option<Event> {
        let single = |one: &Person| one.name.is_none() && one.count.is_none() && !one.plural;
        let gap = self.nodes.get(post.last + 1..who.first)?;
        let given = single(post) && post.part == Part::At && !post.former && post.role.is_some();
        let ends = match self.nodes.get(who.last + 1).map(|next| next.kind) {
            None => true,
            Some(Is::Break('…')) => !self.nodes.get(who.last + 2).is_some_and(|node| node.quoted),
            _ => false,
        };
        let plain = gap.iter().all(|node| node.is_plain() && node.part == Part::None);
        // "전 주미 대사": whom only a former post tells apart.
        let posted = who.former && who.role.is_some() && !who.common;
        let came = who.employer.is_some() || posted;
        let told = single(who) && who.part == Part::None && came;
        let quoted = self.nodes.get(who.last).is_some_and(|node| node.quoted);
        if !(given && ends && plain && told) || quoted || !self.holds_post(post) {
            return None;
        }
        let to = post.employer.clone().or_else(|| self.company_subject(post.first + 1));
        let stranger = || self.unlisted_topic().filter(|house| self.may_take(house));
        let body = || self.public_house(post);
        let to = to.or_else(|| stranger().or_else(body).filter(|_| who.former))?;
        let from = who.employer.clone();
        let listed = |end: &End| matches!(end, End::Listed(_));
        let known = listed(&to) || from.as_ref().is_some_and(listed);
        let apart = from.as_ref() != Some(&to) && !self.same_house(from.as_ref(), Some(&to));
        (known && apart).then(|| Event {
            movers: vec![who.clone()],
            kind: if from.is_some() { Kind::Moved } else { Kind::Joined },
            from,
            to: Some(to),
            pattern: INCOMING,
            score: 0.75,
            ..Event::new(who.last, Trigger::silent(Act::Appoint), SURE)
        })
    }

    /// "A 출신 X, 스타트업 '가나' CTO로": a post at a house that nobody listed.
    pub(super) fn posted_away(&self, events: &[Event]) -> Vec<Candidate> {
        let end = self.nodes.iter().position(|node| node.kind == Is::Break('…'));
        let end = end.unwrap_or(self.nodes.len());
        let last = end.checked_sub(1).filter(|last| {
            let post = self.nodes.get(*last).is_some_and(|node| {
                matches!(node.kind, Is::Role { plural: false }) && node.part == Part::To
            });
            post && self.passage.field == Field::Title
        });
        let Some(last) = last else { return Vec::new() };
        let named = self.people.iter().rev().find(|one| one.last < last && one.name.is_some());
        let Some(mover) = named else { return Vec::new() };
        let phrase = self.nodes.get(mover.last + 1..last).unwrap_or(&[]);
        let light = |node: &Node<'_>| node.is_plain() && node.part == Part::None;
        let own = phrase.first().is_some_and(Node::is_comma) && phrase.iter().skip(1).all(light);
        let listed = matches!(mover.employer, Some(End::Listed(_)));
        let house = |node: &Node<'_>| matches!(node.kind, Is::Company { .. });
        let told = events.iter().any(|event| event.movers.iter().any(|one| one.span == mover.span));
        // "국제학회 의장으로" is an honour; a post at a firm is none.
        let firms = ["스타트업", "기업", "업체", "회사", "벤처"];
        let firm = phrase.iter().any(|node| {
            firms.iter().any(|tail| node.stem.ends_with(tail)) || self.words.is("firm", node.stem)
        });
        let to = self.post_elsewhere(last + 1).filter(|_| firm || mover.former);
        let honour = |end: &End| {
            let tails = ["학회", "협회", "위원회", "연맹", "포럼", "총회", "대회", "의회"];
            matches!(end, End::Unlisted(name) if tails.iter().any(|tail| name.ends_with(tail)))
        };
        let to = to.filter(|to| !honour(to));
        if !(own && listed && to.is_some()) || told || phrase.iter().any(house) {
            return Vec::new();
        }
        self.report(&Event {
            movers: vec![mover.clone()],
            from: mover.employer.clone(),
            to,
            kind: Kind::Moved,
            pattern: "posted away",
            score: 0.75,
            ..Event::new(last, Trigger::silent(Act::Move), SURE)
        })
    }

    /// One of the house, and not "임원에": a post that one alone holds.
    fn holds_post(&self, post: &Person) -> bool {
        let last = self.nodes.get(post.last);
        // "대표에게"
        let to_whom = last.is_some_and(|node| node.word.ends_with("에게"));
        !post.common && !to_whom
    }

    /// "국가AI전략위 부위원장에": the public body before the post.
    fn public_house(&self, post: &Person) -> Option<End> {
        let phrase = self.nodes.get(..post.last)?.iter().rev().take(4);
        let mut own = phrase.take_while(|node| node.is_plain() && node.part == Part::None);
        let body = own.find(|node| {
            let tail = node.stem.ends_with(['위', '부', '처']) || node.stem.ends_with("위원회");
            self.words.is("body", node.stem) || tail && node.stem.chars().count() >= 3
        })?;
        Some(End::Unlisted(self.glued(body).to_owned()))
    }

    /// The whole of a name in which Hangul and letters are written together: "국가AI전략위".
    pub(super) fn glued(&self, last: &Node<'_>) -> &str {
        let at = self.nodes.iter().position(|node| node.span == last.span).unwrap_or(0);
        let mut first = last;
        for before in self.nodes.get(..at).unwrap_or(&[]).iter().rev() {
            let plain = before.kind == Is::Word && before.span.end == first.span.start;
            if first.spaced || !plain {
                break;
            }
            first = before;
        }
        self.passage.text.get(Span::new(first.span.start, last.span.end))
    }

    /// "가나, A 출신 CFO 영입": the house that nobody listed takes on an officer of one that is.
    pub(super) fn stranger_takes(&self, event: &Event) -> Option<End> {
        let came = event.movers.iter().all(|mover| {
            let listed = matches!(mover.employer, Some(End::Listed(_)));
            let one = mover.name.is_none() && mover.count.is_none() && !mover.plural;
            let told = !mover.common || self.is_senior(mover, event);
            // "가나, A 임원 영입", "가나, 부문장에 前 A 전무 선임"; but "X, A 이사 선임"
            let hired = mover.common && event.trigger.act == Act::Hire;
            let came = mover.origin || mover.former || hired;
            one && listed && told && came && mover.role.is_some()
        });
        let title = self.passage.field == Field::Title && is_plain(event);
        let house = self.unlisted_topic().filter(|_| came && title)?;
        self.may_take(&house).then_some(house)
    }

    /// "B, A 창업자 X 퇴사": a founder of A who leaves in a headline about B leaves B.
    pub(super) fn later_house(&self, event: &Event) -> Option<End> {
        let house = self.company_subject(event.at)?;
        let founder = event.movers.iter().all(|mover| {
            let role = mover.role.as_deref().is_some_and(|role| role.contains('창'));
            let own = mover.employer.as_ref();
            role && mover.name.is_some() && own.is_some_and(|own| *own != house)
        });
        (founder && self.passage.field == Field::Title).then_some(house)
    }

    /// "B, A CEO·핵심 인력 영입": the one officer whom the others follow.
    pub(super) fn head_with_staff(&self, movers: &[Person]) -> Option<Person> {
        let [staff] = movers else { return None };
        let vague = staff.name.is_none() && staff.count.is_none() && staff.common;
        let head = self.people.iter().rev().find(|one| one.last < staff.first)?;
        let beside = head.last + 2 == staff.first
            && self.nodes.get(head.last + 1).is_some_and(|node| node.kind == Is::Dot);
        let one = head.role.is_some() && !head.common && !head.plural && head.employer.is_some();
        (vague && staff.employer.is_none() && beside && one).then(|| head.clone())
    }

    /// "A 코리아 사장에", "A 한국 지사장으로": the head of a house abroad comes mostly from outside.
    pub(super) fn is_country_post(&self, at: usize) -> bool {
        let lands = ["코리아", "한국", "재팬", "일본"];
        let post = self.nodes.get(at.saturating_sub(8)..at).unwrap_or(&[]);
        let first = |node: &&Node<'_>| !matches!(node.word, "초대" | "신임" | "첫" | "새");
        let post: Vec<&Node<'_>> = post.iter().filter(first).collect();
        post.windows(2).any(|pair| {
            let [land, head] = pair else { return false };
            let named = lands.iter().any(|land_name| land.word.ends_with(land_name));
            let posted = matches!(head.kind, Is::Role { .. });
            posted && (named || head.stem.ends_with("지사장")) && !self.words.is_common(head.stem)
        })
    }

    /// No word that news has for something else.
    fn may_take(&self, house: &End) -> bool {
        let End::Unlisted(name) = house else { return true };
        self.words.is("firm", name) || !is_news_word(name) && !self.words.is("ordinary", name)
    }

    /// "B, A 출신 AI 리더 영입", "A 임원, 가나 이직": one of several who hold such a post.
    pub(super) fn is_senior(&self, mover: &Person, event: &Event) -> bool {
        let role = mover.role.as_deref().unwrap_or("");
        let fits = |roles: &[&str]| roles.iter().any(|one| role == *one || role.ends_with(one));
        let taken = matches!(event.trigger.act, Act::Hire | Act::Appoint);
        let wave = self.nodes.iter().any(|node| {
            WAVE.contains(&node.word) || LEAK.iter().any(|head| node.word.starts_with(head))
        });
        let alone = mover.name.is_none() && mover.count.is_none() && !mover.plural;
        let sure = matches!(event.verdict,
            Verdict::Asserted { doubt, rumour: false } if doubt <= 0.05);
        let title = self.passage.field == Field::Title && is_plain(event);
        alone && title && sure && !wave && (fits(SENIOR) || taken && mover.origin && fits(TAKEN))
    }

    /// True where it is a house that news knows, listed or not.
    pub(super) fn is_house(&self, end: &Option<End>) -> bool {
        match end {
            Some(End::Listed(_)) => true,
            Some(End::Unlisted(name)) => self.may_take(&End::Unlisted(name.clone())),
            None => false,
        }
    }
}

/// A bare noun or a plain verb: "영입", "영입했다".
fn is_plain(event: &Event) -> bool {
    matches!(event.trigger.form, Form::Noun(Part::None) | Form::Finite)
}

/// "한 달 만에", "최근": what may stand between a house and the number of those who leave it.
pub(super) fn tells_when(node: &Node<'_>) -> bool {
    let units = ["달", "년", "주", "일", "개월", "주일", "만에", "새", "사이", "동안"];
    let numbers = ["한", "두", "세", "네", "석", "넉", "단", "최근", "이달", "올해", "또", "벌써"];
    let digits = node.stem.starts_with(|ch: char| ch.is_ascii_digit());
    let plain = matches!(node.kind, Is::Word | Is::Count(_) | Is::Past);
    plain
        && (digits
            || numbers.contains(&node.word)
            || units.iter().any(|it| node.word.ends_with(it)))
}
