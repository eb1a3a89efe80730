//! Makes candidates of a trigger with its parts: one for each person.

use super::asked::Asked;
use super::chunk::Item;
use super::class::Class;
use super::judge::{self, Facts};
use super::phrase::{Named, Phrase, Reader};
use super::reading::{Parts, Reading};
use crate::extract::candidate::{Candidate, End};
use crate::extract::text::Span;
use crate::model::{Kind, Suppressed};

impl Reading<'_> {
    /// Adds what the trigger at chunk `index` says, for each person it says it of.
    pub(super) fn emit(
        &self,
        reader: &Reader<'_>,
        index: usize,
        parts: &Parts,
        found: &mut Vec<Candidate>,
    ) {
        let Parts { phrase, ends, .. } = parts;
        let listed = match (phrase.persons.is_empty(), phrase.plural) {
            (true, true) => reader.names_listed(index),
            (true, false) => reader.named_behind(index).into_iter().collect(),
            (false, _) => Vec::new(),
        };
        let Some(base) = self.base(reader, index, parts, !listed.is_empty()) else { return };
        if phrase.persons.is_empty() && listed.is_empty() {
            let second = reader.second_role(phrase);
            let second = second.map(|role| Candidate {
                role: Some(role_text(&reader.text_of(role))),
                ..base.clone()
            });
            found.push(base.clone());
            found.extend(second);
            self.emit_gapped(reader, parts, &base, found);
            return;
        }
        if let Some(count) = phrase.others {
            // "And several others": who they are may stand in the summary.
            let many = (count == 0).then_some(Suppressed::Generic);
            let suppressed = base.suppressed.or(many);
            found.push(Candidate { count: count.max(1), suppressed, ..base.clone() });
        }
        let companions = reader.companions(ends, index);
        let places = reader.respectively(index, phrase.persons.len());
        for (at, named) in phrase.persons.iter().chain(&listed).chain(&companions).enumerate() {
            let mut one = self.named(reader, named, phrase, &base);
            if one.to.is_some() && places.len() > 1 {
                one.to = places.get(at).cloned().or(one.to);
            }
            found.push(one);
        }
        self.emit_gapped(reader, parts, &base, found);
    }

    /// "... and Bo Field to Zeta", "... and Bo Field from Zeta": those told behind with an end of
    /// their own.
    fn emit_gapped(
        &self,
        reader: &Reader<'_>,
        parts: &Parts,
        base: &Candidate,
        found: &mut Vec<Candidate>,
    ) {
        let Parts { ends, class, .. } = parts;
        let comes = *class == Class::Hire && ends.from.is_some();
        let ties: &[&str] = if comes { &["from"] } else { &["to", "for"] };
        if ends.to.is_none() {
            return;
        }
        for (head, end) in reader.gapped(ends.end, ties) {
            let Some(span) = reader.at(head).map(|chunk| chunk.span) else { continue };
            let base = match comes {
                true => Candidate { from: Some(end), role: None, ..base.clone() },
                false => Candidate { to: Some(end), role: None, ..base.clone() },
            };
            found.push(match reader.item(head) {
                Some(Item::Person { sure }) => {
                    self.named(reader, &Named::here(span, sure), &Phrase::default(), &base)
                }
                _ => Candidate { role: Some(reader.text_of(span)), person: None, count: 1, ..base },
            });
        }
    }

    /// What is said of whoever goes, before anybody is named.
    fn base(
        &self,
        reader: &Reader<'_>,
        index: usize,
        parts: &Parts,
        listed: bool,
    ) -> Option<Candidate> {
        let Parts { phrase, ends, kind, .. } = parts;
        let bound = || {
            phrase.bound.clone().filter(|to| ends.from.is_some() && Some(to) != ends.from.as_ref())
        };
        let to = ends.to.clone().or_else(bound);
        let kind = match (kind, &ends.from, &to) {
            (Kind::Joined | Kind::Left, Some(_), Some(_)) => Kind::Moved,
            (kind, ..) => *kind,
        };
        let role = phrase.role.or(ends.role).map(|span| role_text(&reader.text_of(span)));
        let facts = self.facts(reader, index, parts, listed);
        Some(Candidate {
            field: self.passage.field,
            person: None,
            person_span: None,
            count: phrase.count.unwrap_or(1),
            from: ends.from.clone(),
            to,
            role,
            kind,
            status: judge::status(reader, &facts),
            trigger: reader.at(index)?.span,
            sentence: self.sentence,
            suppressed: judge::reason(reader, &facts),
            score: judge::score(reader, parts.score, &facts),
            pattern: parts.pattern,
        })
    }

    /// What the decision rests on.
    fn facts<'a>(
        &self,
        reader: &Reader<'a>,
        index: usize,
        parts: &Parts,
        listed: bool,
    ) -> Facts<'a> {
        let Parts { phrase, ends, .. } = parts;
        let unnamed = phrase.persons.is_empty();
        let vague = ["many", "most", "countless", "talent", "dozens", "scores"];
        let generic = unnamed
            && phrase.plural
            && phrase.count.is_none()
            && !listed
            && !is_one_of(reader, phrase.first);
        let many = unnamed && phrase.count.is_some_and(|count| count >= 10);
        Facts {
            between: parts.between,
            class: parts.class,
            index,
            phrase_first: phrase.first,
            field: self.passage.field,
            opens: self.index == 0
                && self.sentence.end + 1 < self.passage.text.norm.trim_end().len(),
            sentence_index: self.index,
            year: self.passage.year,
            month: self.passage.month,
            trigger: reader.lower(index),
            generic,
            vague: (phrase.first.saturating_sub(1)..phrase.end)
                .any(|at| vague.contains(&reader.lower(at))),
            many,
            mass: unnamed
                && matches!(parts.class, Class::Fire | Class::PassiveFire)
                && phrase.count.is_some_and(|count| count >= 10),
            both_ends: ends.from.is_some() && ends.to.is_some(),
            from: ends.from.is_some(),
            to: ends.to.is_some(),
            figures: (generic || many) && self.article.is_some_and(Asked::figures),
            organisation: phrase.organisation,
            product: phrase.product,
            named: !unnamed,
        }
    }

    /// The same of one person, who may come from a company of her own.
    fn named(
        &self,
        reader: &Reader<'_>,
        named: &Named,
        phrase: &Phrase,
        base: &Candidate,
    ) -> Candidate {
        let here = || reader.text_of(named.span);
        let written = named.elsewhere.clone().unwrap_or_else(here);
        let name = self.full_name(written);
        let tied = phrase.role.is_some() || matches!(phrase.org, Some(End::Listed(_)));
        let listed = |end: &Option<End>| matches!(end, Some(End::Listed(_)));
        let both = listed(&base.from) && listed(&base.to);
        let doubt = match (name.contains(' '), named.sure, tied) {
            (false, _, true) => 0.25,
            (false, ..) if both || base.pattern == "en.leave" => 0.3,
            (false, _, false) => 0.45,
            (true, true, _) => 0.0,
            (true, false, true) => 0.05,
            (true, false, false) => 0.1,
        };
        let bracket = if base.from.is_none() && named.elsewhere.is_none() {
            self.in_brackets(named, base.to.as_ref())
        } else {
            None
        };
        let own = named
            .own
            .as_ref()
            .filter(|own| base.from == phrase.org && base.to.as_ref() != Some(own));
        Candidate {
            person: Some(name),
            from: own.or(base.from.as_ref()).cloned().or_else(|| bracket.clone()),
            kind: if bracket.is_some() && base.to.is_some() { Kind::Moved } else { base.kind },
            person_span: named.elsewhere.is_none().then_some(named.span),
            count: 1,
            score: base.score - doubt,
            ..base.clone()
        }
    }
}

impl Reading<'_> {
    /// "Ada Gray (ex-Gana) joins Dara": the company in brackets behind the name.
    fn in_brackets(&self, named: &Named, to: Option<&End>) -> Option<End> {
        let rest = self.passage.text.get(Span::new(named.span.end, self.sentence.end));
        let inside = rest.strip_prefix(" (").or_else(|| rest.strip_prefix(" ["))?;
        let length = inside.find([')', ']'])?;
        let start = named.span.end + 2;
        let within = Span::new(start, start + length);
        let mention = self.passage.companies.iter().find(|one| within.contains(one.span))?;
        let before = self.passage.text.get(Span::new(start, mention.span.start)).trim();
        let before = before.trim_end_matches('-').to_lowercase();
        let last = before.rsplit(' ').next().unwrap_or("");
        let tie = matches!(last, "" | "ex" | "former" | "formerly" | "of" | "at" | "previously");
        let org = End::Listed(mention.company);
        (tie && !mention.by_product && Some(&org) != to).then_some(org)
    }
}

/// "The last of Gray's co-founders": one of those whose phrase begins at chunk `first`.
fn is_one_of(reader: &Reader<'_>, first: usize) -> bool {
    let near = (first.saturating_sub(4)..first).rev();
    let mut of = near.filter(|at| reader.lower(*at) == "of");
    let of = of.next().and_then(|of| of.checked_sub(1));
    of.is_some_and(|at| matches!(reader.lower(at), "last" | "one" | "another"))
}

/// The role without what clings to its left.
fn role_text(role: &str) -> String {
    role.trim_matches(|ch: char| !ch.is_alphanumeric()).to_owned()
}
