//! Where a newcomer comes from, told in a relative clause: "Ada Gray, who led Gana's search group,
//! works for Dara now".

use super::theme::is_matter;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::company::CompanyMention;
use crate::extract::text::Span;
use crate::model::Kind;

/// How far behind the name the company stands, in bytes.
const REACH: usize = 110;

/// What opens a clause about the post before.
const OPENS: &[&str] = &[
    ", who ",
    ", until ",
    ", till ",
    ", most recently ",
    ", lately ",
    ", previously ",
    ", formerly ",
    ", currently ",
    ", a ",
    ", an ",
    ", the ",
    " (",
];

/// Between the name and the company: another story than that of her last post.
const OTHER: &[&str] = &[
    " once ",
    " joined ",
    " acquired ",
    " sold ",
    " sued ",
    " against ",
    " advised ",
    " advises ",
    " invested ",
    " rival",
    " bought ",
    " before ",
    " founded ",
    " co-founded ",
    " competes ",
    " covered ",
    " criticised ",
    " criticized ",
    " turned down ",
    " declined ",
    " early ",
    " ago ",
    " since left ",
    " fought ",
    " studied ",
    " told ",
    " hired ",
    " will ",
    " acquire",
    " backed ",
    " briefly ",
    " years earlier ",
    " left ",
    " taken over ",
    " to join ",
];

/// Right before the company of which somebody was.
const TIES: &[&str] = &[
    " at ", " for ", " with ", " of ", " inside ", " from ", " ran ", " led ", " headed ",
    " within ",
];

/// Gives a newcomer the company that a clause behind the name tells.
pub(super) fn complete(
    passages: &[Passage<'_>],
    found: &mut [Candidate],
    arrives: fn(&Candidate) -> bool,
) {
    for one in found.iter_mut().filter(|one| arrives(one)) {
        let Some(name) = one.person.as_deref() else { continue };
        let surname = name.rsplit(' ').next().unwrap_or(name);
        let told = passages.iter().take(2).find_map(|passage| clause(passage, surname));
        let Some((passage, company)) = told else { continue };
        let same =
            matches!(one.to, Some(End::Listed(to)) if passage.gazetteer.related(to, company));
        if !same {
            one.from = Some(End::Listed(company));
            one.kind = Kind::Moved;
        }
    }
}

/// "Gana has lost Ada Gray to Dara while Bo Field has gone to Zeta": both leave Gana.
pub(super) fn lose(found: &mut [Candidate], arrives: fn(&Candidate) -> bool) {
    let lost: Vec<Candidate> = found
        .iter()
        .filter(|one| {
            one.pattern == "en.lose"
                && one.suppressed.is_none()
                && one.person.is_some()
                && one.from.is_some()
        })
        .cloned()
        .collect();
    for one in found.iter_mut().filter(|one| arrives(one)) {
        let beside = |lost: &&Candidate| {
            lost.field == one.field
                && lost.sentence == one.sentence
                && lost.trigger.start < one.trigger.start
                && lost.from != one.to
        };
        if let Some(lost) = lost.iter().find(beside) {
            one.from = lost.from.clone();
            one.kind = Kind::Moved;
        }
    }
}

/// The company in the clause behind the name.
fn clause<'a, 'p>(passage: &'a Passage<'p>, surname: &str) -> Option<(&'a Passage<'p>, u16)> {
    let text = passage.text.norm.as_str();
    text.match_indices(surname).find_map(|(at, _)| {
        let from = at + surname.len();
        let behind = text.get(from..)?;
        let open = OPENS.iter().find(|open| behind.starts_with(**open))?;
        let start = from + open.len() - 1;
        let sentence = passage.text.sentences.iter().find(|one| one.start <= at && at < one.end)?;
        let end = (start + REACH).min(sentence.end);
        let mut inside = passage
            .companies
            .iter()
            .filter(|one| !one.by_product && one.span.start >= start && one.span.end <= end);
        let (mention, second) = (inside.next()?, inside.next());
        let alone = second.is_none_or(|second| {
            passage.gazetteer.related(mention.company, second.company)
                || over(text, mention, second.span)
        });
        (alone && is_last_post(text, start, mention)).then_some((passage, mention.company))
    })
}

/// The clause ends between the two: "who led search at Gana, has joined Dara".
fn over(text: &str, mention: &CompanyMention, second: Span) -> bool {
    let between = text.get(mention.span.end..second.start).unwrap_or("");
    let verbs = [
        " has ",
        " is ",
        " will ",
        " joins ",
        " works ",
        " becomes ",
        " starts ",
        " goes ",
        " was ",
        " said ",
        " have ",
    ];
    between.contains(", ") && verbs.iter().any(|verb| between.contains(verb))
}

fn is_last_post(text: &str, start: usize, mention: &CompanyMention) -> bool {
    let before = text.get(start..mention.span.start).unwrap_or("").to_lowercase();
    let after = text.get(mention.span.end..).unwrap_or("");
    let owned = after.starts_with("'s ") || after.starts_with("\u{2019}s ");
    let tied = TIES.iter().any(|tie| before.ends_with(tie))
        || owned
            && [" led ", " ran ", " headed ", " oversaw ", " built ", " managed ", " of "]
                .iter()
                .any(|verb| before.ends_with(verb));
    let year = |word: &str| {
        word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut near =
        text.get(start..).unwrap_or("").split([',', ';', '.']).next().unwrap_or("").split(' ');
    tied && !OTHER.iter().any(|word| before.contains(word)) && !near.any(year) && !is_matter(after)
}
