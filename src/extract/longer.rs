//! Names that only begin with the name of a company: "Kakao Bank", "Meta Materials".

use super::script::Script;
use super::text::Span;

/// The words that make a name another one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Longer {
    /// Always.
    pub(crate) houses: Vec<String>,
    /// Unless a post follows, which makes them a field: "Apple Health chief".
    pub(crate) fields: Vec<String>,
}

/// What one holds behind "Apple Health", and thereby works in a field of Apple.
const POSTS: &[&str] = &[
    "chief",
    "head",
    "lead",
    "leader",
    "boss",
    "vp",
    "svp",
    "evp",
    "vice",
    "senior",
    "president",
    "director",
    "executive",
    "exec",
    "executives",
    "manager",
    "veteran",
    "veterans",
    "team",
    "unit",
    "division",
    "arm",
    "business",
    "group",
    "researcher",
    "researchers",
    "engineer",
    "engineers",
    "scientist",
    "scientists",
    "product",
    "products",
];

impl Longer {
    /// True where the name at `span` goes on to that of another house.
    pub(crate) fn goes_on(&self, text: &str, span: Span) -> bool {
        let Some(rest) = text.get(span.end..).and_then(|rest| rest.strip_prefix(' ')) else {
            return false;
        };
        if !rest.starts_with(|ch: char| ch.is_ascii_uppercase()) {
            return false;
        }
        let name = text.get(span.start..span.end).unwrap_or("");
        if Script::of_name(name) != Script::Latin {
            return false;
        }
        let letters = |word: &str| word.len() - word.trim_start_matches(is_letter).len();
        let word = rest.get(..letters(rest)).unwrap_or("");
        let holds = |list: &[String]| list.iter().any(|one| one.eq_ignore_ascii_case(word));
        let post = || {
            let behind = rest.get(word.len()..).and_then(|behind| behind.strip_prefix(' '));
            let next = behind.and_then(|behind| behind.get(..letters(behind))).unwrap_or("");
            POSTS.iter().any(|post| post.eq_ignore_ascii_case(next))
        };
        holds(&self.houses) || holds(&self.fields) && !post()
    }
}

fn is_letter(ch: char) -> bool {
    ch.is_ascii_alphabetic()
}
