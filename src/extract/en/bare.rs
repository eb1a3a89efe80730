//! Headlines without a verb: "Gana's Ada Gray to Dara", "Gana CTO out", "From Gana to Dara: ...".

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::chunk::Item;
use super::class::Class;
use super::colon::who_behind;
use super::ends::Ends;
use super::phrase::{Phrase, Reader};
use super::piece::{Piece, parts};
use super::reading::{Parts, Reading};
use crate::extract::candidate::{Candidate, End};
use crate::extract::company::CompanyMention;

/// What may tell a move in a headline that names a company.
static TURNS: LazyLock<[Finder<'static>; 4]> =
    LazyLock::new(|| ["s latest ", "s newest ", " among ", "s gain"].map(Finder::new));

/// The same, where little or nothing stands behind it.
static GONE: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| [" out", " gone"].map(Finder::new));

/// A cheap test: may a headline without a trigger tell a move?
pub(super) fn is_terse(title: &str, companies: &[CompanyMention]) -> bool {
    let named = companies.iter().filter(|mention| !mention.by_product).any(|mention| {
        let before = title.get(..mention.span.start).unwrap_or("").trim_end();
        let tail = title.get(mention.span.end..).unwrap_or("");
        ends_with(before, " to")
            || ends_with(before, " \u{2192}")
            || ends_with(before, " now")
            || before.eq_ignore_ascii_case("now")
            || tail.starts_with("-bound")
    });
    let bytes = title.as_bytes();
    named
        || !companies.is_empty()
            && (TURNS.iter().any(|turn| turn.find(bytes).is_some())
                || GONE.iter().any(|gone| {
                    let mut ends = gone.find_iter(bytes).map(|at| at + gone.needle().len());
                    ends.any(|end| is_over(title.get(end..).unwrap_or("")))
                }))
}

/// True where "is out" is all: "out after a row", not "out of".
fn is_over(behind: &str) -> bool {
    let Some(next) = behind.strip_prefix(' ') else {
        return !behind.starts_with(|ch: char| ch.is_alphanumeric());
    };
    let word = next.split(|ch: char| !ch.is_alphanumeric()).next().unwrap_or("");
    word.is_empty() || ["after", "amid", "in"].iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// True where `text` ends so, whatever the case of its letters.
fn ends_with(text: &str, end: &str) -> bool {
    let at = text.len().checked_sub(end.len());
    at.and_then(|at| text.get(at..)).is_some_and(|last| last.eq_ignore_ascii_case(end))
}

impl Reading<'_> {
    /// Reads a title in which no verb told anything.
    pub(super) fn bare(&self, reader: &Reader<'_>, found: &mut Vec<Candidate>) {
        let stop =
            |at: &usize| reader.item(*at) == Some(Item::Stop) && reader.lower(*at) != "\u{2192}";
        let mut start = 0;
        while start < reader.chunks.len() {
            let end = (start..reader.chunks.len()).find(stop).unwrap_or(reader.chunks.len());
            let piece = Piece { reader, start, end };
            let told = (start..end).find_map(|at| Some((at, self.turn(&piece, at)?)));
            if let Some((at, mut parts)) = told {
                self.leave_the_house_before(reader, &mut parts);
                self.emit(reader, at, &parts, found);
                return;
            }
            start = end + 1;
        }
    }

    /// "Gana duo split: Ada Gray to Dara, Bo Field to Zeta": from the company told before.
    fn leave_the_house_before(&self, reader: &Reader<'_>, parts: &mut Parts) {
        let start = reader.at(parts.phrase.first).map_or(0, |chunk| chunk.span.start);
        let house = self.house.clone().filter(|house| Some(house) != parts.ends.to.as_ref());
        if parts.ends.from.is_none() && self.house_stands_before(start) {
            parts.ends.from = house;
        }
    }

    fn turn(&self, piece: &Piece<'_, '_>, at: usize) -> Option<Parts> {
        let reader = piece.reader;
        match reader.lower(at) {
            "to" | "\u{2192}" => piece
                .between_two(at)
                .or_else(|| piece.goes_to(at))
                .or_else(|| piece.goes_off_to(at)),
            "out" | "gone" => self.is_out(piece, at),
            "latest" | "newest" => piece.is_latest(at),
            "among" => piece.is_among(at),
            "gain" => piece.is_gain(at),
            "now" => piece.is_now(at),
            lower if lower.ends_with("-bound") => piece.bound(at),
            _ => None,
        }
    }

    /// "Gana CTO out", "Gana: CTO out".
    fn is_out(&self, piece: &Piece<'_, '_>, at: usize) -> Option<Parts> {
        let reader = piece.reader;
        let over = match reader.item(at + 1) {
            None | Some(Item::Stop | Item::Comma) => true,
            _ => {
                matches!(reader.lower(at + 1), "after" | "amid")
                    || reader.lower(at + 1) == "in"
                        && !matches!(reader.lower(at + 2), "front" | "force" | "the" | "public")
            }
        };
        // "Ada Gray on dropping out".
        let before = reader.lower(at.wrapping_sub(2));
        let about = matches!(before, "on" | "about" | "after" | "before" | "over" | "despite");
        if about && reader.lower(at.wrapping_sub(1)).ends_with("ing") {
            return None;
        }
        let mut phrase = piece.who_before(at)?;
        let single =
            (!phrase.plural || phrase.count.is_some()) && phrase.role.is_some() && !phrase.former;
        if !over || !single || reader.item(at) != Some(Item::Word) {
            return None;
        }
        // "Gana: CTO out": the company of the piece before.
        let head = || match piece.start.checked_sub(2).and_then(|before| reader.item(before))? {
            Item::Org { company, product: false } if reader.lower(piece.start - 1) == ":" => {
                Some(End::Listed(company))
            }
            _ => None,
        };
        let start = reader.at(phrase.first).map_or(0, |chunk| chunk.span.start);
        let house = || {
            let before = piece.start > 0 && self.house_stands_before(start);
            self.house.clone().filter(|_| before && phrase.count.is_some())
        };
        let from = phrase.org.clone().or_else(head).or_else(house)?;
        phrase.former = false;
        let ends = Ends { from: Some(from), end: at + 1, ..Ends::default() };
        Some(parts(phrase, ends, Class::Leave))
    }
}

impl Piece<'_, '_> {
    /// "Gana design chief to Dara".
    fn goes_to(&self, at: usize) -> Option<Parts> {
        let to = self.company(at + 1)?;
        // "Ada Gray to Dara from Gana".
        let left = if self.reader.lower(at + 2) == "from" { self.company(at + 3) } else { None };
        if !self.closes(at + if left.is_some() { 4 } else { 2 }) {
            return None;
        }
        let phrase = self.who_before(at)?;
        // "Gana cedes lead to Dara": what is ahead.
        let ahead = self.reader.lower(at - 1) == "lead"
            && at > 1
            && self.reader.item(at - 2) == Some(Item::Word)
            && self.reader.lower(at - 2).ends_with('s');
        if ahead {
            return None;
        }
        // "Gana CEO to Dara in bid for peace": a visit.
        let role = phrase.role.map(|role| self.reader.text_of(role).to_lowercase());
        let heads = role.is_some_and(|role| role.contains("ceo") || role.contains("founder"));
        if heads && !phrase.former && self.reader.lower(at + 2) == "in" {
            return None;
        }
        let from = left.or_else(|| phrase.org.clone()).or_else(|| self.reader.brand_of(&phrase));
        if from.as_ref() == Some(&to) || from.is_none() && !self.alone(&phrase) {
            return None;
        }
        let ends = Ends { from, to: Some(to), end: at + 2, ..Ends::default() };
        Some(parts(phrase, ends, Class::Join))
    }

    /// "Gana finance chief drives off to Dara", "skips across to Dara": any verb with its particle.
    fn goes_off_to(&self, at: usize) -> Option<Parts> {
        const GIVES: &[&str] = &[
            "hands", "turns", "looks", "signs", "sells", "gives", "opens", "reaches", "pushes",
            "fires", "hits", "gets", "reports", "pays", "passes", "throws", "shoots", "writes",
            "talks", "harks", "points", "caves", "brings", "takes", "sends", "ships", "calls",
        ];
        let reader = self.reader;
        let particle = at.checked_sub(1)?;
        let verb = at.checked_sub(2)?;
        let moves = matches!(reader.lower(particle), "off" | "over" | "across" | "back")
            && reader.item(verb) == Some(Item::Word)
            && reader.lower(verb).ends_with('s')
            && !GIVES.contains(&reader.lower(verb));
        let to = self.company(at + 1).filter(|_| moves && self.closes(at + 2))?;
        let phrase = self.who_before(verb).filter(|phrase| !phrase.plural)?;
        let from = phrase.org.clone().filter(|from| *from != to)?;
        let ends = Ends { from: Some(from), to: Some(to), end: at + 2, ..Ends::default() };
        Some(parts(phrase, ends, Class::Join))
    }

    /// A name that is sure, or one with a role.
    fn alone(&self, phrase: &Phrase) -> bool {
        let coordinate = !self.reader.gapped(phrase.end + 2, &["to"]).is_empty();
        phrase.persons.iter().any(|named| named.sure) && (phrase.role.is_some() || coordinate)
    }

    /// "Gana to Dara: Ada Gray's move", "Ada Gray, Gana to Dara", "Gana to Dara for Ada Gray".
    fn between_two(&self, at: usize) -> Option<Parts> {
        let reader = self.reader;
        let arrow = || {
            let word = at.checked_sub(1).filter(|word| *word == self.start)?;
            let name = reader.at(word).filter(|one| one.item == Item::Word && one.cap)?;
            (reader.lower(at) == "\u{2192}").then(|| End::Unlisted(reader.text_of(name.span)))
        };
        let from = self.company(at.checked_sub(1)?).or_else(arrow)?;
        let to = self.company(at + 1)?;
        let mut first = at - 1;
        let leads = first > self.start && matches!(reader.lower(first - 1), "from");
        first -= usize::from(leads);
        let before = || {
            let comma = first.checked_sub(1)?;
            let close = matches!(reader.item(comma), Some(Item::Comma)) || leads;
            let last = if leads && reader.item(comma) != Some(Item::Comma) { first } else { comma };
            let phrase = self.who_before(last).filter(|_| close && self.closes(at + 2))?;
            (!phrase.persons.is_empty()).then_some(phrase)
        };
        let behind = || {
            let tie = reader.lower(at + 2);
            let start = matches!(tie, ":" | "for" | ",").then_some(at + 3)?;
            who_behind(reader, start).filter(|_| first == self.start)
        };
        // "Ada Gray: from Gana to Dara".
        let led_in = || {
            let colon = self.start.checked_sub(1).filter(|_| leads && self.closes(at + 2))?;
            let phrase = reader.phrase_before(colon).filter(|_| reader.lower(colon) == ":")?;
            (phrase.first == 0 && !phrase.persons.is_empty()).then_some(phrase)
        };
        let phrase = if first > self.start { before() } else { behind().or_else(led_in) }?;
        let ends = Ends { from: Some(from), to: Some(to), end: at + 2, ..Ends::default() };
        Some(parts(phrase, ends, Class::Join))
    }

    /// "Ex-Gana scientist Ada Gray now Dara's head of reasoning".
    fn is_now(&self, at: usize) -> Option<Parts> {
        let reader = self.reader;
        let to = self.company(at + 1)?;
        let owner = usize::from(reader.item(at + 2) == Some(Item::Poss));
        let role = (at + 2 + owner..at + 6 + owner)
            .take_while(|at| matches!(reader.item(*at), Some(Item::Word | Item::Role { .. })))
            .any(|at| matches!(reader.item(at), Some(Item::Role { plural: false })));
        let phrase = self.who_before(at).filter(|phrase| !phrase.persons.is_empty())?;
        let from = phrase.org.clone().filter(|from| *from != to && phrase.former)?;
        let ends = Ends { from: Some(from), to: Some(to), end: at + 2, ..Ends::default() };
        role.then(|| parts(phrase, ends, Class::Join))
    }

    /// "Dara-bound: Gana's Ada Gray", "Dara-bound Gana designer Ada Gray: ...".
    fn bound(&self, at: usize) -> Option<Parts> {
        let Some(Item::Org { company, product: false }) = self.reader.item(at) else { return None };
        // "Gana's Ada Gray reportedly Dara-bound".
        if at > self.start && self.closes(at + 1) {
            let said =
                self.reader.lower(at - 1).ends_with("ly") || self.reader.lower(at - 1) == "now";
            let phrase = self.who_before(at - usize::from(said))?;
            let from = phrase.org.clone().filter(|from| *from != End::Listed(company))?;
            let to = Some(End::Listed(company));
            let ends = Ends { from: Some(from), to, end: at + 1, ..Ends::default() };
            return Some(parts(phrase, ends, Class::Join));
        }
        let colon = usize::from(self.reader.lower(at + 1) == ":");
        let phrase = who_behind(self.reader, at + 1 + colon).filter(|_| at == self.start)?;
        let from = phrase.org.clone().filter(|from| *from != End::Listed(company))?;
        let (from, to) = (Some(from), Some(End::Listed(company)));
        let ends = Ends { from, to, end: phrase.end, ..Ends::default() };
        Some(parts(phrase, ends, Class::Join))
    }
}
