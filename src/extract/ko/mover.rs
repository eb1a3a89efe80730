//! Who does it, and to whom it is done.

use super::claim::Sentence;
use super::ending::Form;
use super::node::{Kind as Is, Node, describes};
use super::particle::Part;
use super::person::{Person, WEAK};
use super::phrase::sets_apart;
use super::trigger::Act;
use super::verdict::{self, Verdict};
use crate::model::Field;

impl Sentence<'_, '_> {
    /// Who does what the trigger at `at` says.
    pub(super) fn subject(&self, at: usize) -> Option<Vec<Person>> {
        // A name that only its place makes one must leave or change a company to be a person.
        let act = self.nodes.get(at).and_then(Node::trigger).map(|trigger| trigger.act);
        let telling = matches!(act, Some(Act::Leave | Act::Move));
        // "조니 아이브 따라 오픈AI행": somebody else goes.
        let beside = |person: &Person| {
            let next = self.nodes.get(person.last + 1);
            person.part == Part::None && next.is_some_and(sets_apart)
        };
        // `A 대변인 "X 사임설 ..."`: who speaks is not who goes.
        let quoted = |at: usize| self.nodes.get(at).is_some_and(|node| node.quoted);
        let speaks = |person: &Person| person.name.is_none() && quoted(at) && !quoted(person.last);
        // "가나는 소식통을 인용해": a source.
        let cites = |person: &Person| {
            let behind = self.nodes.iter().skip(person.last + 1).take(4);
            let mut own = behind.take_while(|node| !node.is_break() && node.trigger().is_none());
            person.part == Part::Topic && own.any(|node| node.word.starts_with("인용"))
        };
        let sure = |person: &&Person| {
            !speaks(person)
                && !cites(person)
                && (person.strength > WEAK || telling)
                && person.last < at
                && !beside(person)
        };
        let before = || self.people.iter().rev().filter(sure);
        let open = |person: &&Person| !self.is_taken_by_clause(person, at);
        let near = |person: &Person| self.only_light_between(person.last + 1, at);
        let comma = |person: &Person| self.nodes.get(person.last + 1).is_some_and(Node::is_comma);
        let found = before()
            .filter(open)
            .find(|person| match person.part {
                Part::Subject | Part::Topic => true,
                // "X까지 떠나"
                Part::Other => near(person) && self.is_added(person),
                Part::None => {
                    near(person)
                        || comma(person) && self.is_topic(person)
                        || self.is_heard(person, at)
                }
                // "X의 퇴사를 확인"
                // "X의 오픈AI 이탈"
                Part::Of => {
                    let between = self.nodes.get(person.last + 1..at).unwrap_or(&[]);
                    let bare = |node: &Node<'_>| {
                        matches!(node.kind, Is::Company { .. }) && node.part == Part::None
                    };
                    between.iter().all(bare) && person.name.is_some()
                }
                _ => false,
            })
            .or_else(|| {
                before().find(|person| person.part == Part::Subject && at - person.last < 8)
            });
        if let Some(found) = found.filter(|found| !self.has_other_subject(found, at)) {
            return Some(match self.namesake(found, act == Some(Act::Join)) {
                Some(named) => vec![named],
                None => self.with_companions(found, at),
            });
        }
        let before = self.nodes.get(..at)?;
        let says = |words: &[&str]| before.iter().any(|node| words.contains(&node.word));
        // "이들은 모두 B에 합류했다"
        if says(&["이들은", "이들이", "둘은", "둘이", "셋은", "두사람은"])
            || before.windows(2).any(|pair| {
                let people = pair.last().is_some_and(|node| node.word.starts_with("사람"));
                people && pair.first().is_some_and(|node| matches!(node.word, "두" | "세" | "네"))
            })
        {
            return (!self.several.is_empty()).then(|| self.several.to_vec());
        }
        let pronoun = says(&["그는", "그가", "그녀는", "그녀가", "본인은"]);
        pronoun.then(|| self.spoken_of.cloned().map(|person| vec![person])).flatten()
    }

    /// "X는 B로 옮겼고, 누구는 C에 합류했다": the last clause has a subject of its own.
    fn has_other_subject(&self, found: &Person, at: usize) -> bool {
        let start = self.clause_start(at);
        let joined = start.checked_sub(1).and_then(|verb| self.nodes.get(verb));
        let goes_on = joined.and_then(Node::trigger).is_some_and(|it| it.form == Form::Connective);
        let own = self.nodes.get(start..at).unwrap_or(&[]);
        found.last < start
            && goes_on
            && own.first().is_some_and(Node::is_comma)
            && own.iter().any(|node| {
                node.kind == Is::Word
                    && matches!(node.part, Part::Subject | Part::Topic)
                    && node.stem.chars().count() >= 2
                    && node.stem != node.word
                    && !self.is_time(node)
                    && !self.words.is("ordinary", node.stem)
            })
    }

    /// "밥 맥그루, 오픈AI 최고연구책임자 사임": the post belongs to the person before the comma.
    pub(super) fn namesake(&self, post: &Person, joins: bool) -> Option<Person> {
        if post.name.is_some() || post.count.is_some() || post.part != Part::None {
            return None;
        }
        let named = self.people.iter().rev().find(|person| person.last < post.first)?;
        let between = self.nodes.get(named.last + 1..post.first)?;
        // "A 출신 X, B 수석과학자 취임": the post is the new one.
        let free = joins
            || named.employer.is_none()
            || self.same_house(named.employer.as_ref(), post.employer.as_ref());
        let alone = named.name.is_some() && named.part == Part::None && free;
        let (comma, rest) = between.split_first()?;
        // "샘 올트먼, 닷새 만에 오픈AI CEO 복귀"
        let light = rest.iter().all(|node| self.is_time(node) || self.is_adverb(node));
        (alone && comma.is_comma() && light).then(|| {
            let mut named = named.clone();
            if named.employer.is_none() && !joins {
                named.employer.clone_from(&post.employer);
            }
            named.role.clone_from(&post.role);
            named
        })
    }

    /// Everybody named in one breath with `found`, and those "together with".
    pub(super) fn with_companions(&self, found: &Person, at: usize) -> Vec<Person> {
        let mut movers: Vec<Person> =
            self.people.iter().filter(|person| person.group == found.group).cloned().collect();
        let together = self.people.iter().filter(|person| {
            person.first > found.last
                && person.last < at
                && person.part == Part::With
                && person.name.is_some()
                && person.group != found.group
                && self.nodes.get(person.last + 1).is_some_and(|node| node.word == "함께")
        });
        let groups: Vec<usize> = together.map(|person| person.group).collect();
        for person in self.people.iter().filter(|person| groups.contains(&person.group)) {
            let mut person = person.clone();
            if person.employer.is_none() {
                person.employer.clone_from(&found.employer);
            }
            movers.push(person);
        }
        movers
    }

    /// Whom it is done to.
    pub(super) fn object(&self, at: usize) -> Option<Vec<Person>> {
        let found =
            self.people.iter().rev().filter(|person| person.last < at).find(
                |person| match person.part {
                    Part::Object => at - person.last < 14 && !self.is_object_of_clause(person, at),
                    Part::None => self.only_light_between(person.last + 1, at),
                    // "X도 영입", "X까지 영입"
                    Part::Topic | Part::Other => {
                        self.is_added(person) && self.only_light_between(person.last + 1, at)
                    }
                    Part::Of => person.last + 1 == at && person.name.is_some(),
                    // "제품 총괄을 X에게 맡긴다"
                    Part::At => self.is_entrusted(person, at),
                    _ => false,
                },
            )?;
        Some(self.people.iter().filter(|person| person.group == found.group).cloned().collect())
    }

    /// `A 책임자 X "…"…사직서 제출`: who speaks in a headline does what its second half says.
    fn is_heard(&self, person: &Person, at: usize) -> bool {
        let Some(between) = self.nodes.get(person.last + 1..at) else { return false };
        let words = between.iter().position(|node| !node.quoted).unwrap_or(between.len());
        let rest = between.get(words..).unwrap_or(&[]);
        // "…의미심장한 글 남기고 퇴사"
        let light = |node: &Node<'_>| {
            let plain = matches!(node.kind, Is::Word | Is::Adnominal | Is::Predicate);
            node.is_break()
                || plain && !matches!(node.part, Part::Subject | Part::Topic | Part::With)
        };
        let known = person.name.is_some() && (person.employer.is_some() || person.role.is_some());
        let title = self.passage.field == Field::Title;
        title && known && words > 0 && rest.len() <= 6 && rest.iter().all(light)
    }

    /// "X에게 총괄을 맡긴다", in a headline "X에"
    fn is_entrusted(&self, person: &Person, at: usize) -> bool {
        let Some(last) = self.nodes.get(person.last) else { return false };
        let rest = self.passage.text.norm.get(last.span.end..).unwrap_or("");
        let verb = self.nodes.get(at).map_or("", |node| self.passage.text.get(node.span));
        let gives = ["맡", "건네", "건넸", "넘기", "넘겨", "넘겼", "쥐여"]
            .iter()
            .any(|head| verb.contains(head));
        // "A 출신 X에게 조직을 맡긴다": X may have come long ago.
        let came = person.employer.is_some() && !person.origin;
        gives && came && person.name.is_some() && rest.starts_with('에') && at - person.last < 8
    }

    /// "X도", "X까지": beside others.
    pub(super) fn is_added(&self, person: &Person) -> bool {
        let Some(last) = self.nodes.get(person.last) else { return false };
        let rest = self.passage.text.norm.get(last.span.end..).unwrap_or("");
        let rest = match rest.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
            Some((_, behind)) => behind,
            None => rest,
        };
        ["도", "까지", "마저"].iter().any(|also| rest.starts_with(also))
    }

    /// True where another verb stands between the object and the trigger.
    pub(super) fn is_object_of_clause(&self, person: &Person, at: usize) -> bool {
        let between = self.nodes.get(person.last + 1..at).unwrap_or(&[]);
        // "X를 포함한 연구팀을"
        let included = between
            .first()
            .is_some_and(|node| node.word.starts_with("포함한") || node.word.starts_with("비롯한"));
        between
            .iter()
            .skip(usize::from(included))
            .any(|node| describes(node) || node.kind == Is::Predicate || node.trigger().is_some())
    }

    /// A headline's first phrase: nothing but its own words before the comma.
    pub(super) fn is_topic(&self, person: &Person) -> bool {
        let before = self.nodes.get(..person.first).unwrap_or(&[]);
        // "A가 데려온 X,": what the clause before the phrase says is said of X.
        let clause = before.iter().rposition(describes).map_or(0, |verb| verb + 1);
        let own = before.get(clause..).unwrap_or(&[]);
        before.iter().rev().take(1).all(|node| node.is_break() || node.kind == Is::Past)
            || self.passage.field == Field::Title
                && own.iter().filter(|node| !node.epithet && !node.quoted).enumerate().all(
                    |(index, node)| {
                        // "사임 A X, ...": what is said right before the phrase is said of X.
                        let last = index + 1 == own.len() && node.span.end <= person.span.start;
                        if last && node.trigger().is_some_and(|it| it.act == Act::Leave) {
                            return true;
                        }
                        (node.trigger().is_none() || describes(node))
                            && !matches!(node.part, Part::Subject | Part::Topic | Part::Object)
                    },
                )
    }

    /// True where a clause that describes something has this person as its own subject.
    pub(super) fn is_taken_by_clause(&self, person: &Person, at: usize) -> bool {
        if person.part != Part::Subject {
            return false;
        }
        let between = self.nodes.get(person.last + 1..at).unwrap_or(&[]);
        let Some(verb) = between.iter().position(|node| describes(node)) else { return false };
        let own = person.last + 1 + verb;
        if let Some(node) = self.nodes.get(own)
            && let Some(trigger) = node.trigger()
            && verdict::judge(self.words, self.nodes, own, trigger) == Verdict::Aside
        {
            return false;
        }
        // It is only a clause of its own where somebody else is the subject of the whole.
        self.people.iter().any(|other| {
            other.last < person.first && matches!(other.part, Part::Subject | Part::Topic)
        })
    }

    /// True where nothing that could be another argument stands in between.
    pub(super) fn only_light_between(&self, from: usize, to: usize) -> bool {
        let Some(between) = self.nodes.get(from..to) else { return false };
        between.len() <= 7
            && between.iter().enumerate().all(|(index, node)| match node.kind {
                Is::Company { .. } => true,
                // "X도 사업을 총괄하는 전무로 영입"
                Is::Adnominal => between.get(index + 1).is_some_and(|next| {
                    matches!(next.kind, Is::Role { .. }) && next.part == Part::To
                }),
                // "X 등 7명 영입"
                Is::Count(_) => node.part == Part::None,
                Is::Word | Is::Dot | Is::Role { .. } | Is::Past => {
                    !matches!(node.part, Part::Subject | Part::Topic)
                }
                // "입사 4개월 만에", "사임 후"
                Is::Trigger(trigger) => {
                    trigger.form == Form::Noun(Part::None)
                        && matches!(trigger.act, Act::Join | Act::Return | Act::Leave)
                }
                _ => false,
            })
            && !self
                .people
                .iter()
                .any(|person| person.first >= from && person.last < to && person.name.is_some())
    }
}
