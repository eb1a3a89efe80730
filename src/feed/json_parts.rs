//! Parts of a JSON text, found without building the rest of it.
//!
//! A tree of what a hostile document holds takes seventy times its length; here unknown keys are
//! passed over at the speed of a scan, lists end where enough of them is read, and what is not
//! wanted is not even checked. A text that ends early gives what is whole, a list what came before.

use std::borrow::Cow;

use memchr::memchr2;

use super::json_text::unescape;

/// Most bytes of a string that are read: enough for the longest text that is kept.
const STRING: usize = 1 << 20;

/// Most fields of an object that are looked at.
const FIELDS: usize = 4096;
/// How far the end of a string is looked for byte by byte.
const NEAR: usize = 16;

/// The wanted fields of an object; of a key that is given twice the last one counts.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a> {
    found: Vec<(&'static str, &'a str)>,
    /// True where the text ends before the object does.
    pub(crate) truncated: bool,
    /// What follows the object.
    pub(crate) after: &'a str,
}

impl<'a> Fields<'a> {
    /// Reads the object that `text` begins with; none where it does not, or where something other
    /// than fields stands in it.
    pub(crate) fn of(text: &'a str, wanted: &'static [&'static str]) -> Option<Self> {
        let mut fields = Self::default();
        let mut rest = text.trim_start().strip_prefix('{')?.trim_start();
        for _ in 0..FIELDS {
            if let Some(after) = rest.strip_prefix('}') {
                fields.after = after;
                return Some(fields);
            }
            let (key, after) = match field(rest) {
                Field::Key(key, after) => (key, after),
                Field::Cut => {
                    fields.truncated = true;
                    return Some(fields);
                }
                Field::None => return None,
            };
            let end = value_end(after);
            let (value, after) = after.split_at(end.unwrap_or(after.len()));
            if value.is_empty() && !after.is_empty() {
                return None;
            }
            if let Some(name) = wanted.iter().find(|name| **name == key) {
                fields.found.retain(|(known, _)| known != name);
                fields.found.push((name, value.trim_end()));
            }
            rest = after.trim_start();
            fields.truncated = end.is_none() || rest.is_empty();
            match rest.strip_prefix(',') {
                Some(next) => rest = next.trim_start(),
                None if fields.truncated => return Some(fields),
                None if rest.starts_with('}') => {}
                None => return None,
            }
        }
        fields.truncated = true;
        Some(fields)
    }

    /// The JSON of a field.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.found.iter().rev().find(|(name, _)| *name == key).map(|(_, value)| *value)
    }

    /// A string, or a number written where a string belongs.
    pub(crate) fn string(&self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        match value.as_bytes().first()? {
            b'"' => {
                let text = value.strip_prefix('"')?.strip_suffix('"')?;
                Some(unescape(text, STRING).trim().to_owned()).filter(|text| !text.is_empty())
            }
            b'-' | b'0'..=b'9' => Some(value.to_owned()).filter(|value| is_number(value)),
            _ => None,
        }
    }

    /// The objects of a list, of which at most so many elements are looked at; none where it is no
    /// list.
    pub(crate) fn objects(
        &self,
        key: &str,
        wanted: &'static [&'static str],
        most: usize,
    ) -> Option<List<'a>> {
        let mut rest = self.get(key)?.strip_prefix('[')?.trim_start();
        let mut list = List::default();
        for _ in 0..most {
            if rest.is_empty() || rest.starts_with(']') {
                return Some(list);
            }
            let object = Self::of(rest, wanted);
            if object.as_ref().is_some_and(|object| object.truncated) {
                return Some(list);
            }
            let after = match &object {
                Some(object) => object.after,
                None => match value_end(rest).filter(|end| *end > 0) {
                    Some(end) => rest.get(end..).unwrap_or_default(),
                    None => return Some(list),
                },
            };
            let raw = rest.get(..rest.len() - after.len()).unwrap_or_default();
            list.objects.extend(object.map(|object| (raw, object)));
            rest = after.trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        }
        list.has_more = !rest.is_empty() && !rest.starts_with(']');
        Some(list)
    }
}

/// The objects among the first elements of a list.
#[derive(Debug, Default)]
pub(crate) struct List<'a> {
    /// The JSON of each, and its fields.
    pub(crate) objects: Vec<(&'a str, Fields<'a>)>,
    /// True where there were more.
    pub(crate) has_more: bool,
}

/// What an object goes on with.
enum Field<'a> {
    /// A key, and the text from its value on.
    Key(Cow<'a, str>, &'a str),
    /// The text ends before the value.
    Cut,
    /// No field.
    None,
}

fn field(text: &str) -> Field<'_> {
    let Some(body) = text.strip_prefix('"') else {
        return if text.is_empty() { Field::Cut } else { Field::None };
    };
    let Some(end) = string_end(body.as_bytes()) else { return Field::Cut };
    let (key, after) = body.split_at(end);
    let after = after.get(1..).unwrap_or_default().trim_start();
    let key = if key.contains('\\') { unescape(key, STRING).into() } else { key.into() };
    match after.strip_prefix(':').map(str::trim_start) {
        Some("") => Field::Cut,
        Some(value) => Field::Key(key, value),
        None if after.is_empty() => Field::Cut,
        None => Field::None,
    }
}

/// Where the `"` is that ends the string that `bytes` begin within.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        // Most strings are short, and some are nothing but escapes.
        let near = rest.iter().take(NEAR).position(|b| matches!(b, b'"' | b'\\'));
        let found = match near {
            Some(near) => near,
            None => NEAR + memchr2(b'"', b'\\', rest.get(NEAR..)?)?,
        };
        if rest.get(found) == Some(&b'"') {
            return Some(at + found);
        }
        at += found + 2;
    }
}

/// Length of the value at the start of `text`; 0 where none is there, none where it has no end.
fn value_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.first()? {
        b'"' => string_end(bytes.get(1..)?).map(|end| end + 2),
        b'{' | b'[' => nested_end(bytes),
        _ => bytes.iter().position(|b| b",]}:\"{[ \t\r\n".contains(b)),
    }
}

/// Length of the object or list at the start of `bytes`, whose brackets are only counted.
fn nested_end(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at += string_end(bytes.get(at + 1..)?)? + 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn is_number(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_wanted_is_passed_over_and_the_last_of_two_counts() {
        let text = r#" {"a": 1, "x": [[{"a": 3}]], "b": " two ", "a": [5, {"c": "]"}, null, 7]} "#;
        let fields = Fields::of(text, &["a", "b"]).unwrap();
        assert_eq!(fields.string("b").as_deref(), Some("two"));
        let list = fields.objects("a", &["c"], 3).unwrap();
        let raw: Vec<&str> = list.objects.iter().map(|(raw, _)| *raw).collect();
        assert_eq!((raw, list.has_more), (vec![r#"{"c": "]"}"#], true));
        assert_eq!(list.objects[0].1.string("c").as_deref(), Some("]"));
        assert!(!fields.objects("a", &["c"], 4).unwrap().has_more);
        assert_eq!(fields.string("a"), None);
        assert!(fields.objects("b", &[], 3).is_none());
        assert_eq!((fields.truncated, fields.after), (false, " "));
        for no_object in ["", "[]", "{\"a\":}", "null", "{a: 1}", "{\"a\" 1}", "{\"a\":1 2}"] {
            assert!(Fields::of(no_object, &["a"]).is_none(), "{no_object}");
        }
    }

    #[test]
    fn a_text_that_is_cut_off_anywhere_gives_what_is_whole() {
        let text = r#"{"b": "x\\\"y", "a": [{"n": 1}, {"n": "]}"}, {"n": 3}], "c": true}"#;
        let mut most = 0;
        for end in 1..text.len() {
            let cut = text.get(..end).unwrap();
            let fields = Fields::of(cut, &["a", "b"]).unwrap();
            assert!(fields.truncated, "{cut}");
            let objects = fields.objects("a", &["n"], 9).unwrap_or_default().objects;
            assert!(objects.iter().all(|(_, fields)| fields.string("n").is_some()));
            assert!(objects.len() >= most);
            most = objects.len();
        }
        assert_eq!(most, 3);
        assert!(!Fields::of(text, &["a"]).unwrap().truncated);
    }
}
