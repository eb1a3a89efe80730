//! Makes one spelling out of many: NFC, width, quotes, entities, invisible characters.
//!
//! Every byte of the result knows the byte of the original that it comes from, because evidence
//! is reported in the article as it came in. What a character becomes stands in `forms`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::block;
use super::entity::entity;
use super::forms::{continues, fold, is_composed, plain_mark, stays};

/// Returns the normalised text and, for each of its bytes and one past the end, the byte of
/// `raw` it comes from. The map is empty where nothing had to change.
pub(crate) fn normalise(raw: &str) -> (String, Vec<u32>) {
    let Some(from) = changed_from(raw) else { return (raw.to_owned(), Vec::new()) };
    let out = build(raw, from, true);
    (out.norm, out.map)
}

/// Returns the normalised text alone; the text itself where nothing had to change.
pub(crate) fn normal(raw: &str) -> Cow<'_, str> {
    match changed_from(raw) {
        None => Cow::Borrowed(raw),
        Some(from) => Cow::Owned(build(raw, from, false).norm),
    }
}

/// Normalises `raw`, of which nothing has to change before byte `from`.
fn build(raw: &str, from: usize, mapped: bool) -> Builder {
    let mut out = Builder {
        norm: String::with_capacity(raw.len()),
        map: Vec::with_capacity(if mapped { raw.len() + 1 } else { 0 }),
        mapped,
        run: Vec::new(),
        run_at: 0,
        copied: None,
    };
    let mut done = 0;
    block::any_triple(
        raw.as_bytes(),
        from,
        |a, b, c| !stays(a, b, c),
        |at| {
            // A semicolon or the like within an entity that was read.
            if at >= done {
                out.copy(raw.get(done..at).unwrap_or(""), done);
                done = at + out.take(raw.get(at..).unwrap_or(""), at);
            }
            false
        },
    );
    out.copy(raw.get(done..).unwrap_or(""), done);
    out.flush();
    if mapped {
        out.map.push(offset(raw.len()));
    }
    out
}

/// The first place where normalising may change `raw`; `None` where it surely leaves it as it is.
fn changed_from(raw: &str) -> Option<usize> {
    let bytes = raw.as_bytes();
    let plain = plain_len(bytes);
    let mut first = None;
    block::any_triple(
        bytes,
        plain,
        |a, b, c| !stays(a, b, c),
        |at| {
            first = (!is_normal_at(raw, at)).then_some(at);
            first.is_some()
        },
    );
    first
}

fn is_normal_at(raw: &str, at: usize) -> bool {
    let rest = raw.get(at..).unwrap_or("");
    rest.chars().next().is_none_or(|ch| match ch {
        '&' => entity(rest).is_none(),
        ch => is_composed(ch) && fold(ch) == Some(ch),
    })
}

/// How many bytes from the first on are printing ASCII or line breaks, and none is `&`; fewer where it
/// is no multiple of [`PART`]. Without a branch among the bytes of a part, so that they are compared
/// side by side.
fn plain_len(bytes: &[u8]) -> usize {
    let odd = |byte: u8| {
        let control = u8::from(byte < b' ') & u8::from(byte != b'\n');
        control | u8::from(byte > b'~') | u8::from(byte == b'&')
    };
    let plain = |part: &[u8; PART]| part.iter().fold(0, |odds, byte| odds | odd(*byte)) == 0;
    let (parts, rest) = bytes.as_chunks::<PART>();
    let whole = parts.iter().take_while(|part| plain(part)).count();
    let mut last = [b' '; PART];
    last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    let end = if whole == parts.len() && plain(&last) { rest.len() } else { 0 };
    whole * PART + end
}

/// Bytes that are compared side by side.
const PART: usize = 32;

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Builder {
    norm: String,
    map: Vec<u32>,
    /// False where nobody asks for the map.
    mapped: bool,
    /// A character and the marks that follow it, to be composed together.
    run: Vec<char>,
    run_at: usize,
    /// Where what was copied last ended: a mark may compose with its last character.
    copied: Option<usize>,
}

impl Builder {
    /// Copies what stays as it is and stands at `at`.
    fn copy(&mut self, part: &str, at: usize) {
        if part.is_empty() {
            return;
        }
        self.flush();
        self.norm.push_str(part);
        self.copied = Some(at + part.len());
        if self.mapped {
            let starts = part
                .char_indices()
                .flat_map(|(index, ch)| std::iter::repeat_n(at + index, ch.len_utf8()));
            self.map.extend(starts.map(offset));
        }
    }

    /// Takes in the character that `rest` begins with and that stands at `at`; returns the length of
    /// what it takes.
    fn take(&mut self, rest: &str, at: usize) -> usize {
        if let Some(mark) = plain_mark(rest.as_bytes()) {
            self.push_plain(mark, at);
            return 3;
        }
        let Some(ch) = rest.chars().next() else { return 1 };
        let decoded = if ch == '&' { entity(rest) } else { None };
        let (ch, len) = decoded.unwrap_or((ch, ch.len_utf8()));
        self.push(ch, at);
        len
    }

    /// Adds a plain character that stands for the one at `at`; nothing composes with it.
    fn push_plain(&mut self, plain: char, at: usize) {
        self.flush();
        self.norm.push(plain);
        self.copied = None;
        if self.mapped {
            self.map.push(offset(at));
        }
    }

    fn push(&mut self, ch: char, at: usize) {
        let Some(ch) = fold(ch) else { return };
        let joins = !ch.is_ascii() && continues(ch);
        if joins && self.run.is_empty() {
            self.take_back();
        }
        if !joins || self.run.is_empty() {
            self.flush();
            self.run_at = at;
        }
        self.run.push(ch);
        self.copied = None;
    }

    /// Takes back the last character that was copied, to compose it with a mark.
    fn take_back(&mut self) {
        let Some(end) = self.copied else { return };
        let Some(last) = self.norm.pop() else { return };
        self.map.truncate(self.norm.len());
        self.run_at = end - last.len_utf8();
        self.run.push(last);
    }

    fn flush(&mut self) {
        let at = offset(self.run_at);
        match self.run.as_slice() {
            [] => return,
            [one] if is_composed(*one) => self.norm.push(*one),
            run => self.norm.extend(run.iter().copied().nfc()),
        }
        if self.mapped {
            self.map.resize(self.norm.len(), at);
        }
        self.run.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{build, changed_from, normal, normalise};

    #[track_caller]
    fn check(raw: &str, want: &str) {
        let (norm, map) = normalise(raw);
        assert_eq!(norm, want);
        assert_eq!(normal(raw), want);
        if !map.is_empty() {
            assert_eq!(map.len(), norm.len() + 1);
            assert!(map.windows(2).all(|pair| pair[0] <= pair[1]), "the map runs forward");
            assert!(map.iter().all(|at| raw.is_char_boundary(*at as usize)));
        }
    }

    #[test]
    fn one_spelling_is_made_of_many() {
        check("plain text", "plain text");
        check("Open\u{200b}AI\u{2019}s CTO", "OpenAI's CTO");
        check("ＯｐｅｎＡＩ　入社", "OpenAI 入社");
        check("A&amp;B &#39;quoted&#x27; &bogus; & more", "A&B 'quoted' &bogus; & more");
        check("Rene\u{301}e", "Renée");
        check("\u{1112}\u{1161}\u{11ab}", "한");
        check("ｸﾞｰｸﾞﾙ", "グーグル");
        check("“Ada’s ‘lab’”\u{301}e\u{301}", "\"Ada's 'lab'\"\u{301}é");
        check("‚„‟", "‚\"\"");
        check("（Ｇａｎａ，＝\u{338}１！）～\u{3000}é", "(Gana,≠1!)~ é");
        check("", "");
    }

    fn is_normal(raw: &str) -> bool {
        changed_from(raw).is_none()
    }

    #[test]
    fn normal_texts_are_told_without_building_them() {
        let changed =
            ["Open\u{200b}AI", "ＯｐｅｎＡＩ", "Scale\u{a0}AI", "Open&#65;I", "a\tb", "’", "‑"];
        let pieces =
            ["Rene\u{301}e", "ｸﾞｰｸﾞﾙ", "ク\u{3099}", "\u{1112}\u{1161}\u{11ab}", "so\u{ad}ft"];
        for raw in changed.into_iter().chain(pieces) {
            assert!(!is_normal(raw), "{raw}");
        }
        for raw in ["plain", "S&P 500 & more", "two\nlines", "谷歌，René", "떠났다… “", "—", ""]
        {
            assert!(is_normal(raw) == (normal(raw) == raw), "{raw}");
        }
        for ch in ('\0'..=char::MAX).filter(|ch| is_normal(&ch.to_string())) {
            assert_eq!(build(&format!("{ch}가{ch}"), 0, false).norm, format!("{ch}가{ch}"));
        }
    }
}
