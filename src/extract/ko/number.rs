//! Numbers: people, years, months.

use super::node::Kind;
use super::particle::{Part, particle, splits};
use super::reader::Reader;
use super::token::{Class, Token};

impl<'a> Reader<'a, '_> {
    /// A number with what is glued to it: "3명", "2024년", "1월".
    pub(super) fn number(&mut self, token: Token<'a>) {
        let glued = self.tokens.get(self.at).filter(|next| next.class == Class::Hangul);
        let unit = glued.map_or("", |next| next.text);
        let value: u32 = token.text.replace(',', "").parse().unwrap_or(u32::MAX);
        if let Some(rest) = person_unit(unit) {
            self.at += 1;
            self.push(Kind::Count(value), token);
            if let Some(last) = self.out.last_mut() {
                last.part = particle(rest).unwrap_or_default();
            }
            return;
        }
        // "10여 명"
        let more = self.tokens.get(self.at + 1).filter(|_| unit == "여");
        if let Some(rest) = more.and_then(|next| person_unit(next.text)) {
            self.at += 2;
            self.push(Kind::Count(value), token);
            if let Some(last) = self.out.last_mut() {
                last.part = particle(rest).unwrap_or_default();
            }
            return;
        }
        if unit.is_empty() {
            self.push(Kind::Word, token);
            return;
        }
        self.at += 1;
        let kind = if self.is_past(value, unit) { Kind::Past } else { Kind::Word };
        self.push(kind, token);
        if let Some(last) = self.out.last_mut() {
            last.word = unit;
            last.part = splits(unit).last().map_or(Part::None, |(_, part)| part);
        }
    }

    /// True for a year or a month that lies well behind, and for "3년 전".
    pub(super) fn is_past(&self, value: u32, unit: &str) -> bool {
        let next = self.tokens.get(self.at);
        let ago = next.is_some_and(|next| next.text == "전" || next.text == "전에");
        let month_now = i64::from(self.date.month);
        if unit.starts_with("년") {
            if ago {
                return true;
            }
            let year = i64::from(value);
            let named = (1950..2100).contains(&year);
            let back = i64::from(self.date.year) - year;
            let month = next
                .filter(|next| next.class == Class::Number)
                .map_or(month_now, |next| next.text.parse::<i64>().unwrap_or(month_now));
            return named && (back > 1 || back == 1 && (month_now >= 3 || month < 11));
        }
        if unit.starts_with("개월") {
            return ago && value >= 3;
        }
        // "내년 2월": still to come.
        let ahead = self.out.last().is_some_and(|last| {
            matches!(last.word, "내년" | "오는" | "다음" | "이르면" | "내년도")
        });
        if ahead {
            return false;
        }
        // A day beside the month is the date line of news, not a memory.
        let dated = next.is_some_and(|next| next.class == Class::Number);
        if unit.starts_with("월") && !dated && (1..=12).contains(&value) {
            let behind = (month_now - i64::from(value)).rem_euclid(12);
            // A month that lies well ahead is a plan, not a memory.
            return (3..=9).contains(&behind);
        }
        false
    }
}

/// What follows 명, 인 or 인방 in a count of people.
pub(super) fn person_unit(unit: &str) -> Option<&str> {
    let unit = unit.strip_prefix('여').unwrap_or(unit);
    let heads = ["인방", "인조", "명", "인"];
    let rest = heads.iter().find_map(|head| unit.strip_prefix(head))?;
    (rest.is_empty() || particle(rest).is_some()).then_some(rest)
}

pub(super) fn native_count(word: &str) -> Option<u32> {
    let all = ["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"];
    let at = all.iter().position(|native| *native == word)?;
    u32::try_from(at + 1).ok()
}
