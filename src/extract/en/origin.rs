//! Where a newcomer comes from, told in a sentence of its own: "She was previously at Gana".

use super::related;
use crate::extract::candidate::{Candidate, End, Passage};
use crate::extract::company::CompanyMention;
use crate::extract::text::Span;
use crate::model::{Field, Kind};

/// How far behind the cue the company stands, in bytes.
const REACH: usize = 70;

/// Sentences of a passage that are read.
const SENTENCES: usize = 5;

/// Words that tell of an earlier post.
const CUES: &[&str] = &[
    "previously",
    "formerly",
    "most recently",
    "prior to joining",
    "before joining",
    "joins from",
    "comes from",
    "come from",
    "coming from",
    "came from",
    "joined from",
    "years at",
    "years on",
    "years with",
    "used to work at",
    "worked at",
    "was at",
    "decade at",
];

/// Right before "Gana's", whose people they led or were.
const POSTS: &[&str] = &["was ", "led ", "ran ", "headed ", "oversaw ", "co-led "];

/// Gives the newcomers of the article the origin that its title or summary tells.
pub(super) fn complete(passages: &[Passage<'_>], found: &mut [Candidate]) {
    let mut people: Vec<String> =
        found.iter().filter(|one| is_newcomer(one)).filter_map(|one| one.person.clone()).collect();
    people.sort();
    people.dedup();
    let unnamed = |one: &Candidate| one.person.is_none() && one.field == Field::Title;
    let group = |one: &Candidate| one.person.is_none() && one.count > 1;
    if people.is_empty() && !found.iter().any(|one| (unnamed(one) || group(one)) && arrives(one)) {
        return;
    }
    for passage in passages.iter().filter(|passage| passage.field != Field::Content) {
        for sentence in passage.text.sentences.iter().take(SENTENCES) {
            if let (Some(company), [_]) = (described(passage, *sentence), people.as_slice()) {
                for one in found.iter_mut().filter(|one| is_newcomer(one)) {
                    let other = !matches!(one.to, Some(End::Listed(to))
                        if passage.gazetteer.related(to, company));
                    if other {
                        one.from = Some(End::Listed(company));
                        one.kind = Kind::Moved;
                    }
                }
            }
            let Some((cue, company)) = earlier_post(passage, *sentence) else { continue };
            let before = passage.text.get(Span::new(sentence.start, cue));
            let pronoun = before.starts_with("He ")
                || before.starts_with("She ")
                || before.ends_with("; he ")
                || before.ends_with("; she ");
            let told = passage.text.get(*sentence);
            // "After six years at Gana, Ada Gray is joining ...": the name may follow.
            let before = if told.starts_with("After ") { told } else { before };
            let after = told.starts_with("After ");
            let all = before.ends_with("Both ")
                || before.ends_with("All ")
                || before.ends_with("They ")
                || before.ends_with("The two ")
                || before.ends_with("both ");
            for one in found.iter_mut().filter(|one| arrives(one)) {
                // "After a decade at Gana, the architect of ... moves to Dara".
                let same = (after && unnamed(one) || one.person.is_none() && one.count > 1)
                    && one.sentence == *sentence;
                let named = one
                    .person
                    .as_deref()
                    .is_some_and(|name| before.contains(name.rsplit(' ').next().unwrap_or(name)));
                let other = !matches!(one.to, Some(End::Listed(to))
                    if passage.gazetteer.related(to, company));
                if other
                    && (same
                        || named
                        || all && one.person.is_some()
                        || pronoun && people.len() == 1)
                {
                    one.from = Some(End::Listed(company));
                    one.kind = Kind::Moved;
                }
            }
        }
    }
}

/// "Ada Gray, who led Gana's search group, works for Dara now".
pub(super) fn relate(passages: &[Passage<'_>], found: &mut [Candidate]) {
    related::complete(passages, found, arrives);
    related::lose(found, arrives);
}

fn is_newcomer(one: &Candidate) -> bool {
    arrives(one) && one.person.is_some()
}

/// Joins a listed company, from where is not told.
fn arrives(one: &Candidate) -> bool {
    one.kind == Kind::Joined
        && one.suppressed.is_none()
        && one.from.is_none()
        && matches!(one.to, Some(End::Listed(_)))
}

/// "The longtime Gana researcher said ...": the company of the one described.
fn described(passage: &Passage<'_>, sentence: Span) -> Option<u16> {
    const LEADS: &[&str] = &[
        "The longtime ",
        "The long-time ",
        "The former ",
        "The ex-",
        "The veteran ",
        "The departing ",
        "The outgoing ",
        "The one-time ",
        "The onetime ",
        "Formerly ",
        "A longtime ",
        "A former ",
        "The senior ",
        "The star ",
    ];
    const ROLES: &[&str] = &[
        "researcher",
        "executive",
        "engineer",
        "scientist",
        "chief",
        "vice",
        "head",
        "lead",
        "director",
        "veteran",
        "exec",
        "boss",
        "manager",
        "co-founder",
        "cto",
        "ceo",
        "vp",
        "designer",
        "senior",
        "staffer",
        "employee",
        "leader",
        "research",
        "ai",
    ];
    let body = passage.text.get(sentence);
    let lead = LEADS.iter().find(|lead| body.starts_with(**lead))?;
    let start = sentence.start + lead.len();
    let mention = passage.companies.iter().find(|one| one.span.start >= start)?;
    let near =
        mention.span.start == start && !mention.by_product && sentence.contains(mention.span);
    let after = passage.text.get(Span::new(mention.span.end, sentence.end));
    let next =
        after.split(|ch: char| !ch.is_alphanumeric() && ch != '-').find(|word| !word.is_empty())?;
    (near && after.starts_with(' ') && ROLES.contains(&next.to_lowercase().as_str()))
        .then_some(mention.company)
}

/// Where the sentence begins to tell of an earlier post, and the one company of that post.
fn earlier_post(passage: &Passage<'_>, sentence: Span) -> Option<(usize, u16)> {
    let body = passage.text.get(sentence);
    if let Some(post) = led(passage, sentence) {
        return Some(post);
    }
    if let Some(post) = after_years(passage, sentence) {
        return Some(post);
    }
    let (at, cue) = CUES.iter().find_map(|cue| Some((body.find(cue)?, *cue)))?;
    let start = sentence.start + at + cue.len();
    let reach = Span::new(start, (start + REACH).min(sentence.end));
    let mut near = passage
        .companies
        .iter()
        .filter(|mention| !mention.by_product && reach.contains(mention.span));
    let (mention, second) = (near.next()?, near.next());
    // "After six years at Gana, Ada Gray is joining Dara": the comma ends what came before.
    let apart = second.is_none_or(|second| {
        let between = passage.text.get(Span::new(mention.span.end, second.span.start));
        (between.starts_with(", ") || between.starts_with(" and ")) && cue.ends_with(" at")
            || passage.gazetteer.related(mention.company, second.company)
    });
    apart.then_some((sentence.start + at, mention.company))
}

/// "After a decade of looking for targets for Gana, ...".
fn after_years(passage: &Passage<'_>, sentence: Span) -> Option<(usize, u16)> {
    let body = passage.text.get(sentence);
    let clause = body.strip_prefix("After ")?.split(", ").next()?;
    let end = sentence.start + "After ".len() + clause.len();
    let time = ["year", "decade", "month"].iter().any(|time| clause.contains(time));
    let tied = |one: &&CompanyMention| {
        let before = passage.text.get(Span::new(sentence.start, one.span.start));
        [" for ", " at ", " with ", " inside "].iter().any(|tie| before.ends_with(tie))
    };
    let mut inside = passage
        .companies
        .iter()
        .filter(|one| one.span.start >= sentence.start && one.span.end <= end);
    let mention = inside.find(tied).filter(|one| time && !one.by_product)?;
    Some((sentence.start, mention.company))
}

/// "Ada Gray led Gana's models team": where that is told, and the company.
fn led(passage: &Passage<'_>, sentence: Span) -> Option<(usize, u16)> {
    let told = |mention: &&CompanyMention| {
        let before = passage.text.get(Span::new(sentence.start, mention.span.start));
        let after = passage.text.get(Span::new(mention.span.end, sentence.end));
        let owned = after.starts_with("'s ") || after.starts_with("\u{2019}s ");
        owned && !before.contains(" who ") && POSTS.iter().any(|post| before.ends_with(post))
    };
    let inside = passage.companies.iter().filter(|one| sentence.contains(one.span));
    let mention = inside.filter(|one| !one.by_product).find(told)?;
    Some((mention.span.start, mention.company))
}
