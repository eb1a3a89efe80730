//! Names in Latin letters inside Chinese and Japanese text.

use super::pinyin;
use super::token::{Kind, Token};
use crate::extract::latin::look_up;
use crate::extract::script::Script;
use crate::extract::text::Span;

/// How a run of Latin words looks as a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// A given name and a surname.
    Full,
    /// One capitalised word: a name only beside a strong cue.
    Single,
    /// Several capitalised words, none of them a known given name: a name only beside a cue.
    Doubtful,
    /// No name.
    None,
}

/// Words that never stand in a person's name.
const NO_NAME: &[&str] = &[
    "AI",
    "Lab",
    "Labs",
    "Cloud",
    "Vision",
    "Pro",
    "Code",
    "Mind",
    "Minds",
    "Model",
    "Models",
    "Chat",
    "Studio",
    "Research",
    "Inc",
    "Inc.",
    "Corp",
    "Corp.",
    "Ltd",
    "Ltd.",
    "LLC",
    "Team",
    "Applications",
    "Science",
    "Group",
    "Capital",
    "Ventures",
    "Partners",
    "Systems",
    "Technologies",
    "Technology",
    "Security",
    "Networks",
    "Network",
    "Data",
    "Digital",
    "Global",
    "Media",
    "News",
    "Times",
    "Journal",
    "Street",
    "University",
    "Institute",
    "Foundation",
    "Bank",
    "Health",
    "Bio",
    "Robotics",
    "Intelligence",
    "Platform",
    "Platforms",
    "Cowork",
    "Ultra",
    "Plus",
    "Mini",
    "Watch",
    "Book",
    "Phone",
    "Open",
    "Source",
    "Agent",
    "Agents",
    "Engine",
    "Connect",
    "Next",
    "The",
    "A",
    "An",
    "Of",
    "For",
    "And",
    "In",
    "On",
    "To",
    "With",
    "New",
    "Show",
    "Ask",
    "How",
    "What",
    "Why",
    "We",
    "I",
    "It",
    "Is",
    "Our",
    "Your",
    "My",
    "CEO",
    "CTO",
    "COO",
    "CFO",
    "CPO",
    "CMO",
    "VP",
    "GPU",
    "LLM",
    "API",
    "GPT",
    "App",
    "Store",
    "Play",
    "One",
    "World",
    "Power",
    "Energy",
    "Motors",
    "Motor",
    "Ranger",
    "Super",
    "Superintelligence",
    "Safe",
    "Thinking",
    "Machines",
    "Machine",
    "Learning",
    "Deep",
    "Neural",
    "Quantum",
    "Space",
    "Reality",
    "Hardware",
    "Software",
    "Web",
    "Services",
    "Service",
    "Edge",
    "Home",
    "Design",
    "Prime",
    "Music",
    "Video",
    "Photos",
    "Maps",
    "Search",
    "Assistant",
    "Computer",
    "Use",
    "Prize",
    "Award",
    "York",
    "Francisco",
    "Valley",
    "Silicon",
    "Angeles",
    "States",
    "Kingdom",
    "Korea",
    "China",
    "Japan",
    "America",
    "Holdings",
    "Solutions",
    "Works",
    "Studios",
    "Games",
    "Entertainment",
    "Project",
    "Operator",
    "Harness",
    "Wall",
    "Financial",
    "Business",
    "Insider",
    "Wired",
    "Verge",
    "Information",
    "Bloomberg",
    "Reuters",
];

/// Small words inside a name.
const INNER: &[&str] =
    &["de", "da", "del", "van", "von", "der", "den", "la", "le", "bin", "al", "di", "du", "dos"];

/// Returns the run of Latin words that begins at token `at`: its span, the index of the token
/// after it, and how it looks. `None` where no capitalised Latin word begins there.
pub(crate) fn run(text: &str, tokens: &[Token], at: usize) -> Option<(Span, usize, Look)> {
    let first = tokens.get(at)?;
    if first.kind != Kind::Text(Script::Latin) || !is_capital(text, first.span) {
        return None;
    }
    let mut words = vec![first.span];
    let mut next = at + 1;
    while let (Some(space), Some(word)) = (tokens.get(next), tokens.get(next + 1)) {
        let part = get(text, word.span);
        let joins = space.kind == Kind::Space
            && space.span.end - space.span.start == 1
            && word.kind == Kind::Text(Script::Latin)
            && (is_capital(text, word.span) || INNER.contains(&part));
        if !joins || words.len() > 4 {
            break;
        }
        words.push(word.span);
        next += 2;
    }
    let span = Span::new(first.span.start, words.last()?.end);
    let parts: Vec<&str> = words.iter().map(|span| get(text, *span)).collect();
    Some((span, next, look(&parts)))
}

fn get(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or("")
}

fn is_capital(text: &str, span: Span) -> bool {
    get(text, span).chars().next().is_some_and(char::is_uppercase)
}

fn look(parts: &[&str]) -> Look {
    if parts.len() > 4 || parts.iter().any(|part| !is_name_part(part)) {
        return Look::None;
    }
    match parts {
        [] => Look::None,
        [one] => match (one.chars().count() >= 3, look_up(one)) {
            (true, word) if !word.word || word.surname => Look::Single,
            _ => Look::None,
        },
        [first, last] if pinyin::is_name(first, last) => Look::Full,
        [first, .., last] => {
            let (first, last) = (look_up(first), look_up(last));
            if first.given && last.may_end() && (first.sure_given() || last.surname) {
                Look::Full
            } else if first.word && !first.given && last.word && !last.surname {
                Look::None
            } else {
                Look::Doubtful
            }
        }
    }
}

/// True for a part of a person's name: a capital followed by small letters, or an initial.
fn is_name_part(part: &str) -> bool {
    if NO_NAME.contains(&part) {
        return false;
    }
    if INNER.contains(&part) {
        return true;
    }
    let mut chars = part.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let rest = chars.as_str();
    let initial = rest.is_empty() || rest == ".";
    let small = rest.chars().filter(|ch| ch.is_lowercase()).count();
    let large = rest.chars().filter(|ch| ch.is_uppercase()).count();
    let letters = rest.chars().all(|ch| ch.is_alphabetic() || matches!(ch, '\'' | '-' | '.'));
    capital && letters && (initial || small > large)
}
