//! What one passage of an article tells the next.

use super::anaphor;
use crate::extract::candidate::Passage;

/// The companies that an article is about.
pub(crate) struct Article {
    /// The only company of the article, where there is one.
    pub(super) sole: Option<u16>,
    /// The company that the title names, where it names but one.
    pub(super) title: Option<u16>,
    /// The company that the title begins with.
    pub(super) opening: Option<u16>,
}

impl Article {
    /// Reads the companies of all passages.
    pub(crate) fn of(passages: &[Passage<'_>]) -> Self {
        let mut sole = None;
        let mut many = false;
        let mentions =
            passages.iter().flat_map(|passage| passage.companies.iter().map(move |m| (passage, m)));
        for (passage, mention) in mentions.filter(|(_, mention)| !mention.by_product) {
            match sole {
                None => sole = Some(mention.company),
                Some(own) => many |= !passage.gazetteer.related(own, mention.company),
            }
        }
        let title = passages.first().and_then(|title| {
            let mut own = title.companies.iter().map(|mention| mention.company);
            let first = own.next()?;
            own.all(|other| title.gazetteer.related(first, other)).then_some(first)
        });
        let opening = passages.first().and_then(anaphor::opening).map(|own| own.company);
        Self { sole: sole.filter(|_| !many), title, opening }
    }
}
