//! Tables for people: columns aligned by what a terminal shows, wide characters included.

use std::fmt::Write as _;

/// Columns that a character takes on a terminal (East Asian Width: wide and full-width are two).
fn width_of(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// Columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// Cuts a text to so many columns; what is cut off shows as an ellipsis. Control characters and
/// line breaks become spaces, because the text may come from the web.
pub fn clip(text: &str, columns: usize) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if width(&clean) <= columns {
        return clean;
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in clean.chars() {
        used += width_of(c);
        if used >= columns {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

/// Lays out rows under a header; the last column is not padded.
pub fn render(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = header.iter().map(|name| width(name)).collect();
    for row in rows {
        for (column, cell) in widths.iter_mut().zip(row) {
            *column = (*column).max(width(cell));
        }
    }
    let mut page = String::new();
    line(&mut page, &widths, header.iter().copied());
    for row in rows {
        line(&mut page, &widths, row.iter().map(String::as_str));
    }
    page
}

fn line<'c>(page: &mut String, widths: &[usize], cells: impl Iterator<Item = &'c str>) {
    let mut text = String::new();
    for (cell, column) in cells.zip(widths) {
        let pad = column.saturating_sub(width(cell));
        // Writing to a String cannot fail.
        let _ignored = write!(text, "{cell}{:pad$}  ", "");
    }
    page.push_str(text.trim_end());
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_under_wide_characters() {
        let rows = vec![
            vec!["존 슐먼".to_owned(), "openai".to_owned()],
            vec!["Ada".to_owned(), "meta".to_owned()],
        ];
        let page = render(&["person", "from"], &rows);
        let columns: Vec<usize> = page
            .lines()
            .zip(["from", "openai", "meta"])
            .map(|(line, word)| width(line.split(word).next().unwrap()))
            .collect();
        assert_eq!(columns, [9, 9, 9]);
    }

    #[test]
    fn long_and_hostile_text_is_cut_to_its_column() {
        assert_eq!(clip("오픈AI 공동창업자", 8), "오픈AI…");
        assert_eq!(clip("a\u{1b}[31m\nb", 20), "a [31m b");
    }
}
