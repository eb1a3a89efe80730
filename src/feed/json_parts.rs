//! Parts of a JSON text, found without building the rest of it.
//!
//! A tree of what a hostile document holds takes seventy times its length; here unknown keys are
//! passed over, and lists end where enough of them is read.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The wanted fields of an object; of a key that is given twice the last one counts.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a>(Vec<(&'static str, &'a str)>);

impl<'a> Fields<'a> {
    /// Reads an object that is the whole of `text`; none where it is no object.
    pub(crate) fn of(text: &'a str, wanted: &'static [&'static str]) -> Option<Self> {
        whole(text, Wanted(wanted))
    }

    /// The JSON of a field.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    /// A string, or a number written where a string belongs.
    pub(crate) fn string(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        match value.as_bytes().first()? {
            b'"' => {
                let text: String = serde_json::from_str(value).ok()?;
                Some(text.trim().to_owned()).filter(|text| !text.is_empty())
            }
            b'-' | b'0'..=b'9' => Some(value.to_owned()),
            _ => None,
        }
    }

    /// The elements of a list, at most so many; none where it is no list.
    pub(crate) fn list(&self, key: &str, most: usize) -> Option<List<'a>> {
        whole(self.get(key)?, Most(most))
    }
}

/// The first elements of a list.
#[derive(Debug, Default)]
pub(crate) struct List<'a> {
    /// The JSON of each.
    pub(crate) elements: Vec<&'a str>,
    /// True where there were more.
    pub(crate) has_more: bool,
}

fn whole<'a, S: DeserializeSeed<'a>>(text: &'a str, seed: S) -> Option<S::Value> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let found = seed.deserialize(&mut reader).ok()?;
    reader.end().ok().map(|()| found)
}

struct Wanted(&'static [&'static str]);

impl<'a> DeserializeSeed<'a> for Wanted {
    type Value = Fields<'a>;

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<Fields<'a>, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Wanted {
    type Value = Fields<'a>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Fields<'a>, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<String>()? {
            match self.0.iter().find(|name| **name == key) {
                Some(name) => {
                    let value: &RawValue = map.next_value()?;
                    fields.0.retain(|(known, _)| known != name);
                    fields.0.push((name, value.get()));
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(fields)
    }
}

struct Most(usize);

impl<'a> DeserializeSeed<'a> for Most {
    type Value = List<'a>;

    fn deserialize<D: Deserializer<'a>>(self, reader: D) -> Result<List<'a>, D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for Most {
    type Value = List<'a>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut sequence: A) -> Result<List<'a>, A::Error> {
        let mut list = List::default();
        while list.elements.len() < self.0 {
            match sequence.next_element::<&RawValue>()? {
                Some(value) => list.elements.push(value.get()),
                None => return Ok(list),
            }
        }
        while sequence.next_element::<IgnoredAny>()?.is_some() {
            list.has_more = true;
        }
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_wanted_is_passed_over_and_the_last_of_two_counts() {
        let text = r#" {"a": 1, "x": [[{"a": 3}]], "b": " two ", "a": [5, {"c": "]"}, null, 7]} "#;
        let fields = Fields::of(text, &["a", "b"]).unwrap();
        assert_eq!(fields.string("b").as_deref(), Some("two"));
        let list = fields.list("a", 3).unwrap();
        assert_eq!((list.elements, list.has_more), (vec!["5", r#"{"c": "]"}"#, "null"], true));
        assert_eq!(fields.string("a"), None);
        assert!(fields.list("b", 3).is_none());
        for no_object in ["", "[]", "{", "{} x", "{\"a\":}", "null"] {
            assert!(Fields::of(no_object, &["a"]).is_none(), "{no_object}");
        }
    }
}
