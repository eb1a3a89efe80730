//! Words between single spaces, byte by byte: setting up a search for each space, as `str::split` does,
//! takes longer than most words are long.

/// What stands between the spaces of `text`; two in a row have nothing between them.
pub(crate) fn spaced(text: &str) -> Spaced<'_> {
    Spaced { rest: Some(text) }
}

/// See [`spaced`].
#[derive(Debug, Clone)]
pub(crate) struct Spaced<'t> {
    rest: Option<&'t str>,
}

impl<'t> Spaced<'t> {
    /// What has not been handed out yet.
    pub(crate) fn rest(&self) -> Option<&'t str> {
        self.rest
    }
}

impl<'t> Iterator for Spaced<'t> {
    type Item = &'t str;

    #[inline]
    fn next(&mut self) -> Option<&'t str> {
        let rest = self.rest?;
        let end = rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
        self.rest = rest.get(end + 1..);
        rest.get(..end)
    }
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn words_are_those_that_splitting_gives() {
        for text in ["", " ", "ada", "ada gray", " ada  gr\u{e4}y ", "\u{4e9c} \u{4e9c}"] {
            assert!(spaced(text).eq(text.split(' ')), "{text:?}");
        }
    }
}
