//! Companies at the ends of moves: which two names mean one house?
//!
//! Listed companies are equal by id, and a subsidiary agrees with its parent (DeepMind < Google).
//! Names that are not listed are compared without case, punctuation and words such as Inc or Labs.

use std::collections::HashMap;

use super::index::Quick;

/// What the tracker knows of a listed company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Stable id, such as `google-deepmind`.
    pub id: String,
    /// Display name, such as `Google DeepMind`.
    pub name: String,
    /// Id of the parent.
    pub parent: Option<String>,
}

/// A company's place in [`Companies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Company(u32);

#[derive(Debug)]
struct Entry {
    /// As the claims write it: the id of a listed company, else the name.
    written: Box<str>,
    /// Display name of a listed company.
    name: Option<Box<str>>,
    /// The first entry that means the same company.
    same: Company,
    parent: Option<Company>,
}

/// The listed companies, and every other name seen.
#[derive(Debug, Default)]
pub(crate) struct Companies {
    entries: Vec<Entry>,
    by_written: HashMap<Box<str>, Company, Quick>,
    by_loose: HashMap<Box<str>, Company, Quick>,
}

impl Companies {
    /// Takes the listed companies. A parent that is not listed counts as none.
    pub(crate) fn new(relations: &[Relation]) -> Self {
        let mut companies = Companies::default();
        for relation in relations {
            let company = companies.add(&relation.id, Some(&relation.name));
            companies.by_loose.entry(loose(&relation.name).into()).or_insert(company);
        }
        for relation in relations {
            let parent = relation.parent.as_deref().and_then(|id| companies.by_written.get(id));
            let (parent, own) = (parent.copied(), companies.by_written.get(relation.id.as_str()));
            if let Some(entry) = own.copied().and_then(|own| companies.entries.get_mut(own.index()))
            {
                entry.parent = parent;
            }
        }
        companies
    }

    fn add(&mut self, written: &str, name: Option<&str>) -> Company {
        let index = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let own = Company(index);
        let same = *self.by_loose.entry(loose(written).into()).or_insert(own);
        self.entries.push(Entry {
            written: written.into(),
            name: name.map(Into::into),
            same,
            parent: None,
        });
        self.by_written.insert(written.into(), own);
        own
    }

    /// Returns the company that a claim, a move or the history names.
    pub(crate) fn find(&mut self, written: &str) -> Company {
        match self.by_written.get(written) {
            Some(company) => *company,
            None => self.add(written, None),
        }
    }

    fn entry(&self, company: Company) -> Option<&Entry> {
        self.entries.get(company.index())
    }

    fn listed(&self, company: Company) -> Company {
        self.entry(company).map_or(company, |entry| entry.same)
    }

    fn parent(&self, company: Company) -> Option<Company> {
        self.entry(self.listed(company)).and_then(|entry| entry.parent)
    }

    /// True for one company under two spellings.
    pub(crate) fn same(&self, a: Company, b: Company) -> bool {
        self.listed(a) == self.listed(b)
    }

    /// True for one house: the same company, or one is the parent of the other.
    pub(crate) fn agree(&self, a: Company, b: Company) -> bool {
        let is_parent = |child, parent| self.parent(child).is_some_and(|p| self.same(p, parent));
        self.same(a, b) || is_parent(a, b) || is_parent(b, a)
    }

    /// The head of the house, for indexes: all companies that agree have the same one.
    pub(crate) fn house(&self, company: Company) -> Company {
        let mut head = self.listed(company);
        for _ in 0..4 {
            match self.parent(head) {
                Some(parent) => head = self.listed(parent),
                None => break,
            }
        }
        head
    }

    /// True where `a` says more than `b`: the subsidiary more than the parent, a listed id more
    /// than a spelling of it.
    pub(crate) fn says_more(&self, a: Company, b: Company) -> bool {
        if self.same(a, b) {
            let listed = |company| self.entry(company).is_some_and(|entry| entry.name.is_some());
            return match (listed(a), listed(b)) {
                (true, true) => false,
                (false, false) => self.written(a) < self.written(b),
                (a_is, _) => a_is,
            };
        }
        self.parent(a).is_some_and(|parent| self.same(parent, b))
    }

    /// The name as claims write it.
    pub(crate) fn written(&self, company: Company) -> &str {
        self.entry(company).map_or("", |entry| &entry.written)
    }

    /// The name as people read it.
    pub(crate) fn name(&self, company: Company) -> &str {
        let same = self.entry(self.listed(company));
        match same.and_then(|entry| entry.name.as_deref()) {
            Some(name) => name,
            None => self.written(company),
        }
    }
}

impl Company {
    fn index(self) -> usize {
        self.0 as usize
    }

    /// A number for indexes.
    pub(crate) fn number(self) -> u64 {
        u64::from(self.0)
    }
}

/// A name without case, spaces, punctuation and legal form. Short names stay whole: xAI is not X.
fn loose(written: &str) -> String {
    const ENDINGS: &[&str] = &["inc", "corp", "ltd", "llc", "technologies", "labs", "lab", "ai"];
    let mut key: String =
        written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    for ending in ENDINGS {
        let rest = key.strip_suffix(ending).filter(|rest| rest.chars().count() >= 3);
        if let Some(rest) = rest {
            key = rest.to_owned();
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed() -> Companies {
        let relation = |id: &str, name: &str, parent: Option<&str>| Relation {
            id: id.into(),
            name: name.into(),
            parent: parent.map(Into::into),
        };
        Companies::new(&[
            relation("google", "Google", None),
            relation("google-deepmind", "Google DeepMind", Some("google")),
            relation("waymo", "Waymo", Some("google")),
            relation("xai", "xAI", None),
            relation("x-corp", "X", None),
            relation("thinking-machines-lab", "Thinking Machines Lab", None),
        ])
    }

    #[test]
    fn parent_and_subsidiary_agree_but_sisters_do_not() {
        let mut companies = listed();
        let [google, deepmind, waymo] =
            ["google", "google-deepmind", "waymo"].map(|id| companies.find(id));
        assert!(companies.agree(google, deepmind) && companies.agree(deepmind, google));
        assert!(!companies.agree(deepmind, waymo));
        assert_eq!(companies.house(deepmind), companies.house(waymo));
        assert!(companies.says_more(deepmind, google) && !companies.says_more(google, deepmind));
    }

    #[test]
    fn x_and_xai_are_two() {
        let mut companies = listed();
        let [x, xai, written] = ["x-corp", "xai", "X"].map(|id| companies.find(id));
        assert!(!companies.agree(x, xai));
        assert!(companies.agree(x, written) && !companies.agree(xai, written));
    }

    #[test]
    fn unlisted_names_are_compared_loosely() {
        let mut companies = listed();
        for (a, b) in [
            ("Pragmatik Labs", "pragmatik"),
            ("River AI", "River A.I."),
            ("Wiz, Inc.", "WIZ"),
            ("Thinking Machines", "thinking-machines-lab"),
            ("DeepMind", "Deep Mind"),
        ] {
            let (first, second) = (companies.find(a), companies.find(b));
            assert!(companies.agree(first, second), "{a} and {b}");
        }
        let (a, b) = (companies.find("Stoke Space"), companies.find("Blue Origin"));
        assert!(!companies.agree(a, b));
        assert_eq!(companies.name(a), "Stoke Space");
    }
}
