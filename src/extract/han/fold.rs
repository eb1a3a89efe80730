//! Traditional characters to simplified ones, of the same length in bytes.

/// Spellings of one form that are looked for.
const MOST_SPELLINGS: usize = 24;

/// The table of `config/names/zh-fold.txt`: on each line a traditional and a simplified character.
#[derive(Debug, Clone)]
pub(crate) struct Fold {
    /// For each character from [`FIRST`] to [`LAST`] what it becomes.
    table: Vec<char>,
    /// The characters that become others, with what they become.
    folds: Vec<(char, char)>,
}

/// Where Han begins and ends; characters elsewhere stay as they are.
const FIRST: char = '\u{2e80}';
const LAST: char = '\u{9fff}';

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
        let mut table: Vec<char> = (FIRST..=LAST).collect();
        let folds: Vec<(char, char)> = text.lines().filter_map(pair).collect();
        for (old, new) in &folds {
            table.get_mut(place(*old)).into_iter().for_each(|place| *place = *new);
        }
        Self { table, folds }
    }

    /// Folds `text`; every byte keeps its place.
    pub(crate) fn fold(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        folded.extend(text.chars().map(|ch| self.table.get(place(ch)).copied().unwrap_or(ch)));
        folded
    }

    /// The traditional spellings of a simplified `form`, at most [`MOST_SPELLINGS`].
    pub(crate) fn unfold(&self, form: &str) -> Vec<String> {
        let mut spellings = vec![String::new()];
        for ch in form.chars() {
            let own = self.folds.iter().filter(|(old, _)| self.table.get(place(*old)) == Some(&ch));
            let mut olds: Vec<char> = own.map(|(old, _)| *old).collect();
            olds.sort_unstable();
            olds.dedup();
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

/// The place of a character in the table; beyond its end where it has none.
fn place(ch: char) -> usize {
    (u32::from(ch)).wrapping_sub(u32::from(FIRST)) as usize
}
