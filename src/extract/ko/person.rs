//! Finds who a sentence speaks of: named people, and people who are only a role or a number.
//!
//! A name alone is weak evidence in Korean, where nothing marks it. It counts when it is known,
//! when its first word is a first name, or when a role stands beside it.

use super::ending::{Form, Part, split_name};
use super::node::{Kind, Node};
use super::words::{Act, Words};
use crate::extract::candidate::End;
use crate::extract::people::People;
use crate::extract::text::{Span, Text};

/// Words between a company and a role, at most: "오픈AI 하드웨어 제품 담당 부사장".
const REACH: usize = 9;

/// Strength of a name that only its place in the sentence makes one.
pub(super) const WEAK: f64 = 0.45;

/// Someone, with what stands around the name.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// As written, without titles; `None` for someone unnamed.
    pub(super) name: Option<String>,
    /// Where the name stands; the role where there is none.
    pub(super) span: Span,
    /// First and last node of the whole phrase.
    pub(super) first: usize,
    pub(super) last: usize,
    /// The particle of the phrase.
    pub(super) part: Part,
    /// Where the person works or worked.
    pub(super) employer: Option<End>,
    /// No longer there: 전, 前, 출신.
    pub(super) former: bool,
    /// 출신, or a clause that tells what the person did there.
    pub(super) origin: bool,
    /// A clause tells what the person did there until now: "구글 TPU를 이끌던 X".
    pub(super) held: bool,
    /// The role as written.
    pub(super) role: Option<String>,
    /// A role that many hold.
    pub(super) common: bool,
    /// 들.
    pub(super) plural: bool,
    /// "3명".
    pub(super) count: Option<u32>,
    /// How much the name is one, from 0 to 1.
    pub(super) strength: f64,
    /// People named in one breath share a number.
    pub(super) group: usize,
}

/// A name, before the phrase around it is read.
struct Name {
    first: usize,
    last: usize,
    text: String,
    span: Span,
    part: Part,
    strength: f64,
    /// Counts only with a role beside it.
    needs_role: bool,
}

/// Full names of the article, so that a surname alone is understood.
#[derive(Debug, Default)]
pub(super) struct Seen(Vec<(String, String)>);

impl Seen {
    /// Notes a full name.
    pub(super) fn note(&mut self, name: &str) {
        let surname = name.rsplit([' ', '·']).next().unwrap_or("");
        let long = surname.chars().count() >= 2 && surname.len() < name.len();
        if long && !self.0.iter().any(|(full, _)| full == name) {
            self.0.push((name.to_owned(), surname.to_owned()));
        }
    }

    fn full(&self, surname: &str) -> Option<&str> {
        let mut owners = self.0.iter().filter(|(_, own)| own == surname).map(|(full, _)| full);
        let first = owners.next()?;
        // 존 슐먼 and John Schulman have different surnames as written; two owners are two people.
        owners.next().is_none().then_some(first.as_str())
    }
}

/// What names are read with.
pub(super) struct Reading<'a> {
    pub(super) words: &'a Words,
    pub(super) people: &'a People,
    pub(super) text: &'a Text,
    pub(super) title: bool,
}

/// Finds the people of a sentence, in order.
pub(super) fn people(reading: &Reading<'_>, nodes: &[Node<'_>], seen: &Seen) -> Vec<Person> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        match reading.name(nodes, at, seen) {
            Some(name) => {
                at = name.last + 1;
                names.push(name);
            }
            None => at += 1,
        }
    }
    let mut found: Vec<Person> = Vec::new();
    for name in names {
        let floor = found.last().map_or(0, |last| last.last + 1);
        found.extend(reading.phrase(nodes, name, floor));
    }
    for at in 0..nodes.len() {
        let within = |person: &Person| person.first <= at && at <= person.last;
        if found.iter().any(within) {
            continue;
        }
        let before = found.iter().filter(|person| person.last < at).map(|person| person.last + 1);
        let floor = before.max().unwrap_or(0);
        found.extend(reading.unnamed(nodes, at, floor));
    }
    found.sort_by_key(|person| person.first);
    group(nodes, &mut found);
    found
}

/// Gives people who are named in one breath one number, and the particle of the last.
fn group(nodes: &[Node<'_>], found: &mut [Person]) {
    for index in 0..found.len() {
        let Some((before, rest)) = found.split_at_mut_checked(index) else { continue };
        let (Some(last), Some(own)) = (before.last(), rest.first_mut()) else { continue };
        let between = nodes.get(last.last + 1..own.first).unwrap_or(&[]);
        let joined = match last.part {
            Part::None => {
                !between.is_empty()
                    && between.iter().all(|node| {
                        node.is_comma()
                            || node.kind == Kind::Dot
                            || matches!(node.word, "및" | "그리고" | "등")
                    })
                    && last.name.is_some()
                    && own.name.is_some()
            }
            Part::With => between.iter().all(Node::is_comma),
            // "X를 포함한 연구원 4명이"
            Part::Object => {
                let includes = between.first().is_some_and(|node| {
                    node.word.starts_with("포함한") || node.word.starts_with("비롯한")
                });
                includes && between.iter().skip(1).all(Node::is_plain)
            }
            _ => false,
        };
        own.group = if joined { last.group } else { index };
    }
    for index in (0..found.len().saturating_sub(1)).rev() {
        let Some(next) = found.get(index + 1) else { continue };
        let (group, part, employer) = (next.group, next.part, next.employer.clone());
        let Some(own) = found.get_mut(index) else { continue };
        if own.group == group {
            own.part = part;
            if own.employer.is_none() {
                own.employer = employer;
            }
        }
    }
    for index in 1..found.len() {
        let Some((before, rest)) = found.split_at_mut_checked(index) else { continue };
        if let (Some(last), Some(own)) = (before.last(), rest.first_mut())
            && own.group == last.group
            && own.employer.is_none()
        {
            own.employer.clone_from(&last.employer);
            own.former = last.former;
            own.origin = last.origin;
        }
    }
}

/// True where plain words lead to another role: the later one heads the phrase.
fn leads_to_role(nodes: &[Node<'_>], from: usize) -> bool {
    for node in nodes.iter().skip(from).take(4) {
        match node.kind {
            Kind::Role { .. } => return true,
            Kind::Word if node.part == Part::None => {}
            _ => return false,
        }
    }
    false
}

impl Reading<'_> {
    fn name(&self, nodes: &[Node<'_>], at: usize, seen: &Seen) -> Option<Name> {
        let node = nodes.get(at)?;
        if node.kind == Kind::Known {
            return Some(Name {
                first: at,
                last: at,
                text: node.stem.to_owned(),
                span: node.span,
                part: node.part,
                strength: 1.0,
                needs_role: false,
            });
        }
        let readable = matches!(node.kind, Kind::Word | Kind::Adnominal | Kind::Predicate);
        if !readable || node.stem.is_empty() {
            return None;
        }
        let full = if node.is_latin { self.latin(nodes, at) } else { self.hangul(nodes, at) };
        full.or_else(|| self.surname(nodes, at, seen))
    }

    /// Two to four capitalised Latin words.
    fn latin(&self, nodes: &[Node<'_>], at: usize) -> Option<Name> {
        let mut last = at;
        for (index, node) in nodes.iter().enumerate().skip(at).take(4) {
            let small = index > at
                && matches!(node.stem, "de" | "van" | "von" | "der" | "le" | "la" | "bin" | "al");
            let fits = node.is_latin
                && node.kind == Kind::Word
                && (index == at || node.spaced)
                && (small || self.is_name_word(node.stem));
            if !fits {
                break;
            }
            last = index;
            if node.part != Part::None || node.latin.is_some() {
                break;
            }
        }
        let (start, end) = (nodes.get(at)?, nodes.get(last)?);
        if last == at || end.stem.starts_with(char::is_lowercase) {
            return None;
        }
        let span = Span::new(start.span.start, end.span.end);
        let text = self.text.get(span).to_owned();
        Some(Name { first: at, last, text, span, part: end.part, strength: 0.8, needs_role: false })
    }

    fn is_name_word(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let initial = word.len() == 2 && word.ends_with('.');
        chars.next().is_some_and(char::is_uppercase)
            && (initial || chars.clone().any(char::is_lowercase))
            && !word.chars().any(|ch| ch.is_ascii_digit())
            && !self.words.is("latin_ordinary", word)
            && !self.words.is_role(word)
    }

    /// A name in Hangul: 존 슐먼, 김경수, 린쥔양.
    fn hangul(&self, nodes: &[Node<'_>], at: usize) -> Option<Name> {
        let first = nodes.get(at)?;
        if !first.word.chars().all(super::token::is_hangul) {
            return None;
        }
        self.transliterated(nodes, at, first).or_else(|| self.single(nodes, at, first))
    }

    fn transliterated(&self, nodes: &[Node<'_>], at: usize, first: &Node<'_>) -> Option<Name> {
        let given = self.words.is_given_name(first.word);
        let ordinary = |word: &str| self.words.is("ordinary", word) || self.words.is("unit", word);
        let foreign = self.words.foreignness(first.word);
        // Right behind a role even a first name that looks Korean may open a foreign name.
        let titled = at.checked_sub(1).and_then(|before| nodes.get(before)).is_some_and(|node| {
            matches!(node.kind, Kind::Role { .. }) && matches!(node.part, Part::None | Part::Is)
        });
        let long = (2..=4).contains(&first.word.chars().count());
        let opens_later = nodes.get(at + 1).is_some_and(|next| self.words.is_given_name(next.word));
        if !given && (opens_later || first.word.starts_with("출신")) {
            return None;
        }
        if !given
            && (ordinary(first.word)
                || first.part != Part::None
                || foreign < 0.5 && !(titled && long && first.kind == Kind::Word))
        {
            return None;
        }
        let mut last = at;
        let mut share = foreign;
        for (index, node) in nodes.iter().enumerate().skip(at + 1).take(3) {
            let (stem, part) = split_name(node.word);
            let fits = matches!(node.kind, Kind::Word | Kind::Adnominal | Kind::Predicate)
                && !node.is_latin
                && node.spaced
                && !ordinary(stem)
                && !ordinary(node.stem)
                && !ordinary(node.word)
                && stem.chars().all(super::token::is_hangul);
            let own = self.words.foreignness(stem);
            let particle_like = stem.chars().count() == 1;
            // The word after a first name is a surname unless it is an ordinary word; a third
            // word must look foreign itself.
            let enough =
                if index == at + 1 { given && own > 0.0 || own >= 0.5 } else { own >= 0.5 };
            if !fits || !(enough || particle_like && index == at + 1 && given) {
                break;
            }
            last = index;
            share += own;
            if part != Part::None || node.latin.is_some() {
                break;
            }
        }
        if last == at {
            return None;
        }
        let end = nodes.get(last)?;
        let (stem, mut part) = split_name(end.word);
        if part == Part::None && end.stem == end.word {
            // A particle behind the brackets.
            part = end.part;
        }
        let span = Span::new(first.span.start, end.span.start + stem.len());
        #[expect(clippy::cast_precision_loss, reason = "at most four words")]
        let share = share / (last - at + 1) as f64;
        let bracketed = end.latin.is_some_and(|latin| self.reads_like_a_person(latin));
        let strength = match (given, bracketed) {
            (_, true) => 0.95,
            (true, _) => 0.85,
            _ => 0.6,
        };
        let text = self.text.get(span).to_owned();
        let known = self.people.by_surname(stem).is_some() && stem.chars().count() >= 3;
        let needs_role = !given && !bracketed && !known;
        (given || bracketed || known || share >= 0.5 || titled && share >= 0.3).then_some(Name {
            first: at,
            last,
            text,
            span,
            part,
            strength,
            needs_role,
        })
    }

    /// True where the Latin letters in brackets hold two name words.
    fn reads_like_a_person(&self, span: Span) -> bool {
        let inside = self.text.get(span);
        inside.split(' ').count() >= 2 && inside.split(' ').all(|word| self.is_name_word(word))
    }

    /// A name of one word: Korean, or Chinese in its own sound.
    fn single(&self, nodes: &[Node<'_>], at: usize, node: &Node<'_>) -> Option<Name> {
        let long = (2..=4).contains(&node.stem.chars().count());
        let korean = self.words.is_korean_name(node.stem);
        let chinese = (3..=4).contains(&node.stem.chars().count())
            && self.words.foreignness(node.stem) > 0.0
            && self.words.is("chinese_surname", node.stem.get(..3).unwrap_or(""))
            || node.stem.chars().count() >= 3
                && node.latin.is_some_and(|latin| self.reads_like_a_person(latin));
        if !long || !(korean || chinese) || self.words.is("ordinary", node.stem) {
            return None;
        }
        let next_acts = nodes.get(at + 1).is_some_and(|next| next.trigger().is_some());
        let stands = self.title && korean && node.part == Part::None && next_acts;
        Some(Name {
            first: at,
            last: at,
            text: node.stem.to_owned(),
            span: node.span,
            part: node.part,
            strength: if stands { 0.6 } else { 0.7 },
            needs_role: !stands,
        })
    }

    /// A surname whose full name the article holds, or that only one known person bears.
    fn surname(&self, nodes: &[Node<'_>], at: usize, seen: &Seen) -> Option<Name> {
        let node = nodes.get(at)?;
        if node.kind != Kind::Word || self.words.is("ordinary", node.stem) {
            return None;
        }
        let (full, strength) = match seen.full(node.stem) {
            Some(full) => (full.to_owned(), 0.8),
            None => {
                let long = node.stem.chars().count() >= if node.is_latin { 5 } else { 3 };
                self.people.by_surname(node.stem).filter(|_| long)?;
                (node.stem.to_owned(), 0.7)
            }
        };
        Some(Name {
            first: at,
            last: at,
            text: full,
            span: node.span,
            part: node.part,
            strength,
            needs_role: false,
        })
    }

    /// Reads the phrase around a name: employer, role, particle.
    fn phrase(&self, nodes: &[Node<'_>], name: Name, floor: usize) -> Option<Person> {
        let mut person = Person {
            name: Some(name.text),
            span: name.span,
            first: name.first,
            last: name.last,
            part: name.part,
            employer: None,
            former: false,
            origin: false,
            held: false,
            role: None,
            common: false,
            plural: false,
            count: None,
            strength: name.strength,
            group: 0,
        };
        self.look_left(nodes, &mut person, floor);
        if person.part == Part::None {
            self.look_right(nodes, &mut person);
        }
        if name.needs_role && person.role.is_none() && !person.origin && !person.held {
            // Two foreign-looking words that somebody is hiring are a name; elsewhere they are not.
            let argument = matches!(person.part, Part::Object | Part::Subject | Part::Topic);
            if !argument || name.first == name.last {
                return None;
            }
            person.strength = WEAK;
        }
        Some(person)
    }

    /// A role, or a number of people, that belongs to no name.
    fn unnamed(&self, nodes: &[Node<'_>], at: usize, floor: usize) -> Option<Person> {
        let node = nodes.get(at)?;
        let Kind::Role { plural } = node.kind else { return None };
        if node.part == Part::None && leads_to_role(nodes, at + 1) {
            return None;
        }
        // "공동창업자 자리에서": the post, not a person.
        let post = nodes.get(at + 1).is_some_and(|next| {
            matches!(next.stem, "자리" | "직" | "역할" | "직책" | "직위" | "직무" | "타이틀")
        });
        if node.part == Part::None && post {
            return None;
        }
        let mut person = Person {
            name: None,
            span: node.span,
            first: at,
            last: at,
            part: node.part,
            employer: None,
            former: false,
            origin: false,
            held: false,
            role: Some(node.stem.to_owned()),
            common: self.words.is_common(node.stem),
            plural,
            count: None,
            strength: 0.7,
            group: 0,
        };
        let mut next = at + 1;
        while person.part == Part::None
            && let Some(node) = nodes.get(next)
        {
            match node.kind {
                Kind::Role { plural } => {
                    person.role = Some(node.stem.to_owned());
                    person.span = node.span;
                    person.common = self.words.is_common(node.stem);
                    person.plural |= plural;
                }
                Kind::Count(count) => person.count = Some(count),
                _ => break,
            }
            person.part = node.part;
            person.last = next;
            next += 1;
        }
        self.look_left(nodes, &mut person, floor);
        Some(person)
    }

    fn look_left(&self, nodes: &[Node<'_>], person: &mut Person, floor: usize) {
        let mut at = person.first;
        let mut seen_role = person.name.is_none();
        let mut plain = person.first;
        for _ in 0..REACH {
            let Some(before) = at.checked_sub(1).filter(|before| *before >= floor) else { break };
            let Some(node) = nodes.get(before) else { break };
            match node.kind {
                Kind::Role { plural } if matches!(node.part, Part::None | Part::Is) => {
                    if person.role.is_none() {
                        person.role = Some(node.stem.to_owned());
                        person.common = self.words.is_common(node.stem);
                        person.plural |= plural && person.name.is_none();
                    }
                    seen_role = true;
                    plain = before;
                }
                Kind::Word
                    if node.stem.starts_with("출신")
                        && matches!(node.part, Part::None | Part::Of | Part::Is | Part::Origin) =>
                {
                    person.origin = true;
                    person.former = true;
                }
                Kind::Former => {
                    person.former = true;
                    plain = before;
                    // "카네기재단 前 회장"
                    let owner = before.checked_sub(1).and_then(|at| nodes.get(at));
                    if let Some(owner) = owner.filter(|owner| {
                        owner.kind == Kind::Word
                            && owner.part == Part::None
                            && owner.stem.chars().count() > 2
                            && !self.words.is("ordinary", owner.stem)
                            && before > floor
                    }) {
                        person.employer = Some(End::Unlisted(owner.stem.to_owned()));
                        plain = before - 1;
                        break;
                    }
                }
                Kind::Count(count) if person.name.is_none() => {
                    person.count = Some(count);
                    plain = before;
                }
                Kind::Company { company, .. } => {
                    if matches!(node.part, Part::None | Part::Of | Part::Origin | Part::Is) {
                        self.employ(nodes, person, before, company);
                        plain = person.first;
                    }
                    break;
                }
                Kind::Word if node.part == Part::Of && seen_role && person.employer.is_none() => {
                    if self.is_company_like(node) {
                        person.employer = Some(End::Unlisted(node.stem.to_owned()));
                        plain = before;
                        break;
                    }
                }
                Kind::Word if node.part == Part::Origin => {
                    person.origin = true;
                    person.former = true;
                    if self.is_company_like(node) {
                        person.employer = Some(End::Unlisted(node.stem.to_owned()));
                    }
                    plain = before;
                    break;
                }
                Kind::Word if node.part == Part::None && (seen_role || person.origin) => {}
                Kind::Dot if seen_role => {}
                // "오픈AI를 떠난 X": where the person came from, whatever the sentence goes on to say.
                Kind::Trigger(trigger)
                    if trigger.form == Form::Adnominal && trigger.act == Act::Leave =>
                {
                    self.left_behind(nodes, person, before, floor);
                    break;
                }
                Kind::Adnominal
                    if self.words.begins("career", node.word)
                        || self.tells_career(nodes, before) =>
                {
                    self.career(nodes, person, before, floor);
                    plain = person.first;
                    break;
                }
                _ => break,
            }
            at = before;
        }
        person.first = plain.min(person.first);
    }

    /// "AI 조직을 책임지고 있던", "TPU 사업을 주도했던": the verb may stand a word before.
    fn tells_career(&self, nodes: &[Node<'_>], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        before.is_some_and(|node| self.words.begins("career", node.word))
    }

    fn employ(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, company: u16) {
        let Some(node) = nodes.get(at) else { return };
        person.employer = Some(End::Listed(company));
        person.origin |= node.part == Part::Origin;
        person.former |= person.origin;
        person.first = at;
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        if before.is_some_and(|node| node.kind == Kind::Former) {
            person.former = true;
            person.first = at - 1;
        }
    }

    /// "오픈AI를 떠난 X".
    fn left_behind(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, floor: usize) {
        let before = floor.max(at.saturating_sub(4))..at;
        let company = before.rev().find_map(|before| {
            let node = nodes.get(before)?;
            match node.kind {
                Kind::Company { company, .. }
                    if matches!(node.part, Part::None | Part::Object | Part::From) =>
                {
                    Some(company)
                }
                _ => None,
            }
        });
        if let (None, Some(company)) = (&person.employer, company) {
            person.employer = Some(End::Listed(company));
            person.former = true;
        }
    }

    /// "구글의 TPU 사업을 주도했던 X": the company of the clause is where X worked.
    fn career(&self, nodes: &[Node<'_>], person: &mut Person, at: usize, floor: usize) {
        for before in (floor.max(at.saturating_sub(12))..at).rev() {
            let Some(node) = nodes.get(before) else { return };
            match node.kind {
                Kind::Company { company, .. }
                    if matches!(node.part, Part::None | Part::Of | Part::From | Part::Origin) =>
                {
                    let past = nodes.get(at).is_some_and(|verb| {
                        ["지낸", "지냈", "역임", "거친"]
                            .iter()
                            .any(|head| verb.word.starts_with(head))
                    });
                    person.employer = Some(End::Listed(company));
                    person.former = true;
                    person.origin = past;
                    person.held = !past;
                    person.first = before;
                    return;
                }
                Kind::Company { .. } | Kind::Trigger(_) | Kind::Known => return,
                Kind::Break(mark) if mark != ',' => return,
                _ => {}
            }
        }
    }

    fn look_right(&self, nodes: &[Node<'_>], person: &mut Person) {
        let mut at = person.last + 1;
        let mut former = false;
        let mut employer = None;
        let mut end = None;
        for _ in 0..REACH {
            let Some(node) = nodes.get(at) else { break };
            match node.kind {
                Kind::Former if end.is_none() => former = true,
                Kind::Company { company, .. }
                    if matches!(node.part, Part::None | Part::Of)
                        && employer.is_none()
                        && end.is_none() =>
                {
                    employer = Some(End::Listed(company));
                }
                // "X CPO로 영입": the new post is no part of the name.
                Kind::Role { .. } if matches!(node.part, Part::To | Part::At) => break,
                Kind::Role { .. } => {
                    if person.role.is_none() || end.is_none() {
                        person.role = Some(node.stem.to_owned());
                        person.common = self.words.is_common(node.stem);
                    }
                    end = Some(at);
                    if node.part != Part::None {
                        break;
                    }
                }
                Kind::Word
                    if node.part == Part::None
                        && (former || employer.is_some() || end.is_none()) =>
                {
                    // Words after the role are no longer part of the phrase.
                    if end.is_some() && node.word != "겸" {
                        break;
                    }
                }
                _ => break,
            }
            at += 1;
        }
        if let Some(end) = end {
            person.last = end;
            person.part = nodes.get(end).map_or(Part::None, |node| node.part);
            person.former |= former;
            if employer.is_some() {
                person.employer = employer;
                person.former = former;
            }
        }
    }

    /// A word that may name a company nobody listed: a Latin name, or a word that is neither
    /// ordinary nor a department.
    fn is_company_like(&self, node: &Node<'_>) -> bool {
        if node.is_latin {
            return node.stem.starts_with(char::is_uppercase);
        }
        !self.words.is("ordinary", node.stem)
            && !self.words.ends("unit", node.stem)
            && self.words.foreignness(node.stem) >= 0.3
    }
}
