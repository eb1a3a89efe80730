//! Phrases that many messages share: a number and what it counts, the names that would be right.

use std::fmt::Display;

/// `1 feed`, `2 feeds`, `2 entries`; `one` is a word with a regular plural.
pub fn counted<N: Display + PartialEq + From<u8>>(count: N, one: &str) -> String {
    if count == N::from(1) {
        return format!("{count} {one}");
    }
    let stem = one.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    stem.map_or_else(|| format!("{count} {one}s"), |stem| format!("{count} {stem}ies"))
}

/// `there is: slack, ops`, `there is none`: what a wrong name could have been.
pub fn there_is(names: &[&str]) -> String {
    if names.is_empty() {
        return "there is none".to_owned();
    }
    format!("there is: {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stands_alone_and_all_else_are_many() {
        assert_eq!(counted(0_usize, "move"), "0 moves");
        assert_eq!(counted(1_u64, "move"), "1 move");
        assert_eq!(counted(12_u32, "entry"), "12 entries");
        assert_eq!(counted(2_usize, "day"), "2 days");
    }

    #[test]
    fn nothing_is_listed_as_none() {
        assert_eq!(there_is(&[]), "there is none");
        assert_eq!(there_is(&["slack", "ops"]), "there is: slack, ops");
    }
}
