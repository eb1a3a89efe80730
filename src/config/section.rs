//! Reads one table of a TOML file against its keys and reports every problem with its line.

use std::cell::RefCell;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::closest::closest;
use super::duration;
use super::keys::{Key, Kind};
use crate::model::problem::{Problems, line_of};

/// A file under check: name, text, and the problems found so far.
pub struct Document<'a> {
    /// The name as the person knows it.
    pub file: &'a str,
    /// The text.
    pub text: &'a str,
    /// What is wrong with it.
    pub problems: &'a RefCell<Problems>,
}

impl Document<'_> {
    /// Adds a problem at byte `offset` of the text.
    pub fn problem(&self, offset: Option<usize>, key: &str, what: impl Into<String>) {
        let line = offset.map(|offset| line_of(self.text, offset));
        self.problems.borrow_mut().add(self.file, line, key, what);
    }
}

/// One table of the file, read key by key.
pub struct Section<'a> {
    doc: &'a Document<'a>,
    path: String,
    table: Option<&'a DeTable<'a>>,
    offset: Option<usize>,
    keys: Vec<&'static Key>,
}

impl<'a> Section<'a> {
    /// A section that may be absent; `path` such as `poll` names it in problems. Keys that the
    /// section does not know are reported at once.
    pub fn new(
        doc: &'a Document<'a>,
        path: impl Into<String>,
        table: Option<&'a Spanned<DeValue<'a>>>,
        keys: &[&'static [Key]],
    ) -> Self {
        let path = path.into();
        let keys: Vec<&'static Key> = keys.iter().copied().flatten().collect();
        let offset = table.map(|value| value.span().start);
        let table = table.and_then(|value| {
            let found = value.get_ref().as_table();
            if found.is_none() {
                let what = format!("must be a table, not {}", value.get_ref().type_str());
                doc.problem(offset, &path, what);
            }
            found
        });
        let section = Self { doc, path, table, offset, keys };
        section.report_unknown();
        section
    }

    /// The whole file.
    pub fn root(doc: &'a Document<'a>, table: &'a DeTable<'a>, keys: &'static [Key]) -> Self {
        let keys = keys.iter().collect();
        let section = Self { doc, path: String::new(), table: Some(table), offset: None, keys };
        section.report_unknown();
        section
    }

    fn report_unknown(&self) {
        for (name, value) in self.table.into_iter().flatten() {
            if self.keys.iter().any(|key| key.name == name.get_ref().as_ref()) {
                continue;
            }
            let known: Vec<&str> = self.keys.iter().map(|key| key.name).collect();
            let hint = match closest(name.get_ref(), &known) {
                Some(near) => format!("unknown key; did you mean `{near}`?"),
                None => format!("unknown key; known here: {}", known.join(", ")),
            };
            let _ = value;
            self.doc.problem(Some(name.span().start), &self.path_of(name.get_ref()), hint);
        }
    }

    /// The full name of a key, for problems.
    pub fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// Byte offset of a key's value, or of the section.
    pub fn offset_of(&self, name: &str) -> Option<usize> {
        self.value(name).map(|value| value.span().start).or(self.offset)
    }

    /// Adds a problem at a key.
    pub fn problem(&self, name: &str, what: impl Into<String>) {
        self.doc.problem(self.offset_of(name), &self.path_of(name), what);
    }

    /// True where the file sets the key.
    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// The raw value of a key.
    pub fn value(&self, name: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.and_then(|table| table.get(name))
    }

    /// The tables of a key that holds a list of tables.
    pub fn tables(&self, name: &str) -> Vec<&'a Spanned<DeValue<'a>>> {
        match self.value(name).map(|value| (value, value.get_ref())) {
            None => Vec::new(),
            Some((_, DeValue::Array(items))) => items.iter().collect(),
            Some((value, DeValue::Table(_))) => vec![value],
            Some((_, other)) => {
                let what = format!("must be written [[{name}]], not {}", other.type_str());
                self.problem(name, what);
                Vec::new()
            }
        }
    }

    fn spec(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().copied().find(|key| key.name == name)
    }

    /// A text, or its default.
    pub fn text(&self, name: &str) -> Option<String> {
        let spec = self.spec(name);
        match self.value(name).map(Spanned::get_ref) {
            None => spec.and_then(|key| key.default).map(str::to_owned),
            Some(DeValue::String(text)) => self.checked_word(name, text, spec),
            Some(other) => {
                self.problem(name, format!("must be a text in quotes, not {}", other.type_str()));
                None
            }
        }
    }

    fn checked_word(&self, name: &str, text: &str, spec: Option<&Key>) -> Option<String> {
        if let Some(Kind::OneOf(words) | Kind::SomeOf(words)) = spec.map(|key| key.kind)
            && !words.contains(&text)
        {
            let hint =
                closest(text, words).map_or(String::new(), |w| format!("; did you mean \"{w}\"?"));
            self.problem(name, format!("\"{text}\" is none of {}{hint}", words.join(", ")));
            return None;
        }
        Some(text.to_owned())
    }

    /// A list of texts; empty where the key is absent.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let spec = self.spec(name);
        match self.value(name).map(Spanned::get_ref) {
            None => Vec::new(),
            Some(DeValue::String(text)) => {
                self.checked_word(name, text, spec).into_iter().collect()
            }
            Some(DeValue::Array(items)) => items
                .iter()
                .filter_map(|item| match item.get_ref().as_str() {
                    Some(text) => self.checked_word(name, text, spec),
                    None => {
                        let what = format!("must hold texts, not {}", item.get_ref().type_str());
                        self.problem(name, what);
                        None
                    }
                })
                .collect(),
            Some(other) => {
                self.problem(name, format!("must be a list of texts, not {}", other.type_str()));
                Vec::new()
            }
        }
    }

    /// `true` or `false`, or the default.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.value(name).map(Spanned::get_ref) {
            None => self.spec(name).and_then(|key| key.default).map(|text| text == "true"),
            Some(DeValue::Boolean(value)) => Some(*value),
            Some(other) => {
                self.problem(name, format!("must be true or false, not {}", other.type_str()));
                None
            }
        }
    }

    /// A whole number within the key's limits, or its default.
    pub fn integer(&self, name: &str) -> Option<i64> {
        let spec = self.spec(name);
        let found = match self.value(name).map(Spanned::get_ref) {
            None => return spec.and_then(|key| key.default).and_then(|text| text.parse().ok()),
            Some(DeValue::Integer(value)) => {
                i64::from_str_radix(value.as_str(), value.radix()).ok()
            }
            Some(_) => None,
        };
        let (min, max) = match spec.map(|key| key.kind) {
            Some(Kind::Integer(min, max)) => (min, max),
            _ => (i64::MIN, i64::MAX),
        };
        if found.is_none_or(|value| value < min || max < value) {
            self.problem(name, format!("must be a whole number from {min} to {max}"));
            return None;
        }
        found
    }

    /// A number within the key's limits, or its default.
    pub fn number(&self, name: &str) -> Option<f64> {
        let spec = self.spec(name);
        let found = match self.value(name).map(Spanned::get_ref) {
            None => return spec.and_then(|key| key.default).and_then(|text| text.parse().ok()),
            Some(DeValue::Float(value)) => value.as_str().parse::<f64>().ok(),
            Some(DeValue::Integer(value)) => value.as_str().parse::<f64>().ok(),
            Some(_) => None,
        };
        let (min, max) = match spec.map(|key| key.kind) {
            Some(Kind::Number(min, max)) => (min, max),
            _ => (f64::MIN, f64::MAX),
        };
        if found.is_none_or(|value| value < min || max < value) {
            self.problem(name, format!("must be a number from {min} to {max}"));
            return None;
        }
        found
    }

    /// A duration within the key's limits, or its default.
    pub fn duration(&self, name: &str) -> Option<Duration> {
        let spec = self.spec(name);
        let Some(value) = self.value(name) else {
            return spec.and_then(|key| key.default).and_then(duration::parse);
        };
        let found = value.get_ref().as_str().and_then(duration::parse);
        let (min, max) = match spec.map(|key| key.kind) {
            Some(Kind::Duration(min, max)) => {
                (Duration::from_millis(min), Duration::from_millis(max))
            }
            _ => (Duration::ZERO, Duration::MAX),
        };
        match found {
            None => {
                self.problem(name, "must be a duration such as \"30s\", \"5m\" or \"48h\"");
                None
            }
            Some(found) if found < min || max < found => {
                let (min, max) = (duration::format(min), duration::format(max));
                self.problem(name, format!("must be between {min} and {max}"));
                None
            }
            found => found,
        }
    }
}
