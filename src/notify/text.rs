//! Text from the web on its way to people: what must go, what must be escaped, what is cut.
//!
//! First [`clean`], which no receiver goes without; then the escaping of the receiver's own markup
//! with its own limit, measured after escaping.

use unicode_normalization::char::is_combining_mark;
use url::Url;

/// Combining marks kept on one letter: more than any language writes.
const MAX_MARKS: usize = 4;
/// Longest link that Slack takes in a button, with room to spare.
const MAX_LINK: usize = 2000;

/// True for characters that show nothing and only mislead: control, bidi, zero-width, fillers.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0e}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns `text` on one line without hidden characters, at most `max` UTF-16 units long, which
/// is how the receivers count. A cut ends in an ellipsis and never splits a character.
pub fn clean(text: &str, max: usize) -> String {
    let mut out = String::new();
    let (mut gap, mut marks, mut units) = (false, 0, 0);
    for c in text.chars() {
        // The rest would be cut anyway, and feeds write titles of any length.
        if units > max {
            break;
        }
        if c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}') {
            gap = !out.is_empty();
            continue;
        }
        if is_hidden(c) {
            continue;
        }
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > MAX_MARKS || (marks > 0 && out.is_empty()) {
            continue;
        }
        if gap {
            out.push(' ');
            units += 1;
            gap = false;
        }
        out.push(c);
        units += c.len_utf16();
    }
    cut(&out, max)
}

/// Returns at most `max` UTF-16 units of `text`, with an ellipsis where something was cut.
pub fn cut(text: &str, max: usize) -> String {
    if text.chars().map(char::len_utf16).sum::<usize>() <= max {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut left = max.saturating_sub(1);
    for c in text.chars() {
        if c.len_utf16() > left {
            break;
        }
        left -= c.len_utf16();
        out.push(c);
    }
    let mut out = out.trim_end().to_owned();
    out.push('…');
    out
}

/// Cuts cleaned text so that its escaped form is at most `max` UTF-16 units long.
pub fn escape_within(text: &str, max: usize, escape: fn(char) -> Option<&'static str>) -> String {
    let mut out = String::new();
    let (mut used, mut fits) = (0, (0, 0));
    for c in text.chars() {
        let before = out.len();
        match escape(c) {
            Some(replacement) => out.push_str(replacement),
            None => out.push(c),
        }
        let added: usize = out.get(before..).unwrap_or("").chars().map(char::len_utf16).sum();
        if used + added > max {
            let mut short: String = out.get(..fits.1).unwrap_or("").trim_end().to_owned();
            short.push('…');
            return short;
        }
        used += added;
        if used < max {
            fits = (used, out.len());
        }
    }
    out
}

/// Slack's mrkdwn: the three entities, and look-alikes for the marks that cannot be escaped.
pub fn slack(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '*' => Some("∗"),
        '_' => Some("ˍ"),
        '~' => Some("∼"),
        '`' => Some("ˋ"),
        '|' => Some("¦"),
        _ => None,
    }
}

/// Text that the receiver shows as it is: the brackets of control tokens become look-alikes, so
/// that nothing can be taken for one, whoever reads the message later.
pub fn literal(c: char) -> Option<&'static str> {
    match c {
        '<' => Some("‹"),
        '>' => Some("›"),
        _ => None,
    }
}

/// Discord's and Adaptive Cards' Markdown.
pub fn markdown(c: char) -> Option<&'static str> {
    match c {
        '\\' => Some("\\\\"),
        '*' => Some("\\*"),
        '_' => Some("\\_"),
        '~' => Some("\\~"),
        '`' => Some("\\`"),
        '|' => Some("\\|"),
        '[' => Some("\\["),
        ']' => Some("\\]"),
        '(' => Some("\\("),
        ')' => Some("\\)"),
        '#' => Some("\\#"),
        '<' => Some("‹"),
        '>' => Some("›"),
        '@' => Some("＠"),
        _ => None,
    }
}

/// Returns a link that a person may be sent to: http or https, without a user name that could
/// pose as another host, without characters that end a link early; `None` for all else.
pub fn link(url: &str) -> Option<String> {
    let mut url = Url::parse(url).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return None;
    }
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    let mut out = String::new();
    for c in url.as_str().chars() {
        match c {
            '|' => out.push_str("%7C"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            c if c.is_whitespace() || is_hidden(c) => {}
            c => out.push(c),
        }
    }
    // Discord looks for these words inside of links, too.
    for word in ["everyone", "here"] {
        out = out.replace(&format!("@{word}"), &format!("%40{word}"));
    }
    (out.len() <= MAX_LINK).then_some(out)
}

/// Says how long ago something was, as people do.
pub fn ago(elapsed: chrono::TimeDelta) -> String {
    let minutes = elapsed.num_minutes();
    match minutes {
        ..1 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_go_and_readable_ones_stay() {
        assert_eq!(clean("A\u{202e}B\u{200b}C\u{0000}D\u{feff}", 100), "ABCD");
        assert_eq!(clean("  존\n\t슐먼  joins ", 100), "존 슐먼 joins");
        assert_eq!(clean("Zoë 김 李 🎉", 100), "Zoë 김 李 🎉");
        assert_eq!(clean(&format!("a{}", "\u{0301}".repeat(500)), 100).chars().count(), 5);
    }

    #[test]
    fn a_cut_counts_as_the_receivers_do_and_splits_no_character() {
        assert_eq!(clean("🎉🎉🎉", 5), "🎉🎉…");
        assert_eq!(clean("abcdef", 6), "abcdef");
        assert_eq!(clean("abcdefg", 6), "abcde…");
        assert_eq!(escape_within("&&&", 15, slack), "&amp;&amp;&amp;");
        assert_eq!(escape_within("&&&&", 15, slack), "&amp;&amp;…");
    }

    #[test]
    fn only_web_links_that_show_their_host_survive() {
        assert_eq!(link("javascript:alert(1)"), None);
        assert_eq!(link("not a url"), None);
        assert_eq!(link("https://a.example/x|y").as_deref(), Some("https://a.example/x%7Cy"));
        let posing = link("https://openai.com@evil.example/").unwrap();
        assert_eq!(posing, "https://evil.example/");
    }
}
