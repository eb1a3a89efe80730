//! Makes candidates of a trigger with its parts: one for each person.

use super::class::Class;
use super::judge::{self, Facts};
use super::phrase::Reader;
use super::reading::{Parts, Reading};
use crate::extract::candidate::{Candidate, End};
use crate::model::Kind;

impl Reading<'_> {
    pub(super) fn emit(
        &self,
        reader: &Reader<'_>,
        index: usize,
        parts: &Parts,
        found: &mut Vec<Candidate>,
    ) {
        let Parts { phrase, ends, kind, .. } = parts;
        let Some(trigger) = reader.at(index).map(|chunk| chunk.span) else { return };
        let kind = match (kind, &ends.from, &ends.to) {
            (Kind::Joined | Kind::Left, Some(_), Some(_)) => Kind::Moved,
            (kind, ..) => *kind,
        };
        let role = phrase.role.or(ends.role).map(|span| role_text(&reader.text_of(span)));
        let facts = Facts {
            between: parts.between,
            class: parts.class,
            index,
            phrase_first: phrase.first,
            field: self.passage.field,
            sentence_index: self.index,
            year: self.passage.year,
            month: self.passage.month,
            trigger: reader.lower(index),
            generic: phrase.persons.is_empty()
                && phrase.plural
                && phrase.count.is_none()
                && reader.names_listed(index).is_empty(),
            vague: (phrase.first.saturating_sub(1)..phrase.end)
                .any(|at| matches!(reader.lower(at), "many" | "most" | "countless" | "talent")),
            mass: phrase.persons.is_empty()
                && matches!(parts.class, Class::Fire | Class::PassiveFire)
                && phrase.count.is_some_and(|count| count >= 10),
            both_ends: ends.from.is_some() && ends.to.is_some(),
            organisation: phrase.organisation,
            product: phrase.product,
            named: !phrase.persons.is_empty(),
        };
        let suppressed = judge::reason(reader, &facts);
        let status = judge::status(reader, &facts);
        let base = Candidate {
            field: self.passage.field,
            person: None,
            person_span: None,
            count: phrase.count.unwrap_or(1),
            from: ends.from.clone(),
            to: ends.to.clone(),
            role,
            kind,
            status,
            trigger,
            sentence: self.sentence,
            suppressed,
            score: judge::score(parts.score, &facts),
            pattern: parts.pattern,
        };
        let listed = match (phrase.persons.is_empty(), phrase.plural) {
            (true, true) => reader.names_listed(index),
            (true, false) => reader.named_behind(index).into_iter().collect(),
            (false, _) => Vec::new(),
        };
        if phrase.persons.is_empty() && listed.is_empty() {
            let second = reader.second_role(phrase);
            let second = second.map(|role| Candidate {
                role: Some(role_text(&reader.text_of(role))),
                ..base.clone()
            });
            found.push(base);
            found.extend(second);
            return;
        }
        if let Some(count) = phrase.others {
            let role = None;
            found.push(Candidate { count, role, ..base.clone() });
        }
        let companions = reader.companions(ends, index);
        for named in phrase.persons.iter().chain(&listed).chain(&companions) {
            let here = || reader.text_of(named.span);
            let written = named.elsewhere.clone().unwrap_or_else(here);
            let name = self.article.full_name(&written, self.passage.people);
            let single = !name.contains(' ');
            let tied = phrase.role.is_some() || matches!(phrase.org, Some(End::Listed(_)));
            let doubt = if single && tied {
                0.25
            } else if single {
                0.45
            } else if named.sure {
                0.0
            } else if tied {
                0.05
            } else {
                0.1
            };
            let from = match &named.own {
                Some(own) if base.from == phrase.org && base.to.as_ref() != Some(own) => {
                    Some(own.clone())
                }
                _ => base.from.clone(),
            };
            found.push(Candidate {
                person: Some(name),
                from,
                person_span: named.elsewhere.is_none().then_some(named.span),
                count: 1,
                score: base.score - doubt,
                ..base.clone()
            });
        }
    }
}

/// The role without what clings to its left.
fn role_text(role: &str) -> String {
    role.trim_matches(|ch: char| !ch.is_alphanumeric()).to_owned()
}
