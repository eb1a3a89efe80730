//! Traditional characters to simplified ones, of the same length in bytes.

use crate::extract::fast::FastMap;

/// Spellings of one form that are looked for.
const MOST_SPELLINGS: usize = 24;

/// The table of `config/names/zh-fold.txt`: on each line a traditional and a simplified character.
#[derive(Debug, Clone)]
pub(crate) struct Fold {
    table: FastMap<char, char>,
}

impl Fold {
    /// Reads the table; lines of any other shape are skipped, and pairs of unequal length, so
    /// that spans of the folded text are spans of the text.
    pub(crate) fn parse(text: &str) -> Self {
        let pair = |line: &str| {
            let mut chars = line.trim_end().chars();
            match (chars.next(), chars.next(), chars.next()) {
                (Some(old), Some(new), None) if old.len_utf8() == new.len_utf8() => {
                    Some((old, new))
                }
                _ => None,
            }
        };
        Self { table: text.lines().filter_map(pair).collect() }
    }

    /// Folds `text`; every byte keeps its place.
    pub(crate) fn fold(&self, text: &str) -> String {
        text.chars().map(|ch| self.table.get(&ch).copied().unwrap_or(ch)).collect()
    }

    /// The traditional spellings of a simplified `form`, at most [`MOST_SPELLINGS`].
    pub(crate) fn unfold(&self, form: &str) -> Vec<String> {
        let mut spellings = vec![String::new()];
        for ch in form.chars() {
            let mut olds: Vec<char> =
                self.table.iter().filter(|(_, new)| **new == ch).map(|(old, _)| *old).collect();
            olds.sort_unstable();
            olds.push(ch);
            spellings = spellings
                .iter()
                .flat_map(|head| olds.iter().map(move |old| format!("{head}{old}")))
                .take(MOST_SPELLINGS)
                .collect();
        }
        spellings
    }
}
