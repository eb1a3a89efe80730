//! What a misspelt word was meant to be.

/// The known word nearest to what was written, if near enough to be a slip of the finger.
pub(crate) fn closest<'w>(written: &str, known: &[&'w str]) -> Option<&'w str> {
    let limit = 1 + written.chars().count() / 4;
    known
        .iter()
        .map(|word| (edit_distance(written, word), *word))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, word)| word)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut previous = i;
        let mut next = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(usize::MAX - 1);
            let left = next.last().copied().unwrap_or(usize::MAX - 1);
            next.push((previous + usize::from(ca != *cb)).min(above + 1).min(left + 1));
            previous = above;
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_a_foreign_word_is_not() {
        assert_eq!(closest("intervall", &["interval", "timeout"]), Some("interval"));
        assert_eq!(closest("colour", &["interval", "timeout"]), None);
    }
}
