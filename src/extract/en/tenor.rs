//! What an article is as a whole: figures about many, a list of those gone, a denial.

use super::asked::Asked;
use super::whole::read_sentences;
use super::words::Words;
use crate::extract::candidate::{Candidate, Passage};
use crate::extract::text::Span;
use crate::model::{Field, Kind, Suppressed};

/// True where the article reports figures: what it says of many is no move.
pub(super) fn counts(article: &Asked<'_>) -> bool {
    let lists = ["statistics", "figures"];
    let counts = |text: &str| lists.iter().any(|list| article.words().any_phrase(list, text));
    article.told().any(counts)
}

/// Quiets a title about those who, as the summary says, joined the company long before.
pub(super) fn promote(passages: &[Passage<'_>], found: &mut [Candidate]) {
    let long_ago = |one: &&Candidate| {
        let passage = passages.iter().find(|passage| passage.field == one.field);
        let behind = passage
            .map_or("", |passage| passage.text.get(Span::new(one.trigger.end, one.sentence.end)));
        let words = plain(behind);
        let mut first = words.split(' ').take(9);
        let dated = |word: &str| {
            matches!(word, "earlier" | "ago" | "last")
                || word.parse().is_ok_and(|year: u32| (1990..2100).contains(&year))
        };
        one.field == Field::Summary && one.person.is_some() && first.any(dated)
    };
    let quiet = |one: &&Candidate| {
        matches!(one.suppressed, Some(Suppressed::Historical | Suppressed::Recap))
            && matches!(one.kind, Kind::Joined | Kind::Moved)
    };
    let told: Vec<_> = found.iter().filter(quiet).filter(long_ago).cloned().collect();
    for one in found.iter_mut().filter(|one| one.suppressed.is_none()) {
        let same = |old: &Candidate| {
            one.to.is_some() && one.to == old.to && one.person.is_some() && one.person == old.person
        };
        if one.field == Field::Title && one.kind == Kind::Joined && told.iter().any(same) {
            one.suppressed = Some(Suppressed::Promotion);
        }
    }
}

/// Quiets the candidates of an article that looks back or denies.
pub(super) fn quieten(article: &Asked<'_>, found: &mut [Candidate]) {
    if found.iter().all(|one| one.suppressed.is_some()) {
        return;
    }
    let Some(reason) = quiet(article) else { return };
    for one in found.iter_mut().filter(|one| one.suppressed.is_none()) {
        one.suppressed = Some(reason);
    }
}

/// Why nothing in the article is news of a move.
pub(super) fn quiet(article: &Asked<'_>) -> Option<Suppressed> {
    let (words, passages) = (article.words(), article.passages());
    let listed = passages.first().is_some_and(|title| {
        let head = title.text.norm.split_once([':', '|']).map_or("", |(head, _)| head.trim());
        words.any_phrase("roll_call", article.plain(0)) || words.is("opinion", &head.to_lowercase())
    });
    let denied = || {
        told(passages).any(|passage| {
            read_sentences(passage)
                .iter()
                .any(|sentence| denies(words, &plain(passage.text.get(*sentence))))
        })
    };
    if listed || article.told().any(|text| words.any_phrase("fiction", text)) {
        return Some(Suppressed::Recap);
    }
    denied().then_some(Suppressed::Negated)
}

/// Quiets a title by which somebody leaves who, as the summary says, only changes posts.
pub(super) fn keep(found: &mut [Candidate]) {
    let kept: Vec<Candidate> = found
        .iter()
        .filter(|one| {
            one.field == Field::Summary
                && one.kind == Kind::Left
                && one.suppressed == Some(Suppressed::Promotion)
        })
        .cloned()
        .collect();
    for one in found.iter_mut().filter(|one| one.suppressed.is_none()) {
        let same =
            |kept: &Candidate| one.person.is_none() && one.count <= 1 || one.person == kept.person;
        if one.field == Field::Title
            && one.kind == Kind::Left
            && one.to.is_none()
            && kept.iter().any(same)
        {
            one.suppressed = Some(Suppressed::Promotion);
        }
    }
}

/// Quiets a title about an exit that the summary dates long before.
pub(super) fn date(found: &mut [Candidate]) {
    let old: Vec<Candidate> = found
        .iter()
        .filter(|one| {
            one.field == Field::Summary
                && one.pattern == "en.departure"
                && one.suppressed == Some(Suppressed::Recap)
        })
        .cloned()
        .collect();
    for one in found.iter_mut().filter(|one| one.suppressed.is_none()) {
        let same = |old: &Candidate| {
            old.from == one.from && (old.person.is_none() || old.person == one.person)
        };
        if one.field == Field::Title
            && one.pattern == "en.departure"
            && one.to.is_none()
            && old.iter().any(same)
        {
            one.suppressed = Some(Suppressed::Recap);
        }
    }
}

/// Quiets the famous who lend a company their face.
pub(super) fn advertise(article: &Asked<'_>, found: &mut [Candidate]) {
    const DEALS: &[&str] = &[
        " marketing partnership",
        " brand ambassador",
        " global ambassador",
        " sponsorship deal",
        " sponsorship agreement",
        " endorsement deal",
        " endorsement agreement",
        " ad campaign",
        " advertising campaign",
        " face of the campaign",
        " commercials",
    ];
    let joins = |one: &Candidate| {
        one.suppressed.is_none() && one.kind == Kind::Joined && one.from.is_none()
    };
    let dealt = || article.told().any(|text| DEALS.iter().any(|deal| text.contains(deal)));
    if found.iter().any(joins) && dealt() {
        for one in found.iter_mut().filter(|one| joins(one)) {
            one.suppressed = Some(Suppressed::Organisation);
        }
    }
}

/// Quiets who joins a house, as it seems, and is there already: a new post is a promotion.
pub(super) fn stay(article: &Asked<'_>, found: &mut [Candidate]) {
    let joins = |one: &Candidate| {
        one.suppressed.is_none() && one.from.is_none() && one.kind == Kind::Joined
    };
    if !found.iter().any(joins) || !is_inside(article) {
        return;
    }
    for one in found.iter_mut().filter(|one| joins(one)) {
        one.suppressed = Some(Suppressed::Promotion);
    }
}

/// "Already at the company": somebody gets a new post there.
pub(super) fn is_inside(article: &Asked<'_>) -> bool {
    article.told().any(|text| article.words().any_phrase("already", text))
}

/// "I'm not leaving", "interview:": the title says what does not happen, or that somebody talks.
pub(super) fn negates(article: &Asked<'_>) -> bool {
    let text = article.plain(0).replace("no longer", "").replace("not only", "");
    ["negation", "denial", "opinion"].iter().any(|list| article.words().any_phrase(list, &text))
}

/// "Brushed off reports that she is preparing to hand over".
fn denies(words: &Words, sentence: &str) -> bool {
    let any = |words: &[&str]| sentence.split(' ').any(|word| words.contains(&word));
    words.any_phrase("shrug", sentence)
        && any(&[
            "report",
            "reports",
            "rumour",
            "rumours",
            "rumor",
            "rumors",
            "talk",
            "speculation",
            "suggestions",
            "claims",
        ])
        && any(&[
            "leave",
            "leaving",
            "departure",
            "exit",
            "exiting",
            "retire",
            "retiring",
            "retirement",
            "hand",
            "step",
            "stepping",
            "quit",
            "quitting",
            "resign",
            "resigning",
            "resignation",
            "go",
            "going",
            "successor",
            "succession",
        ])
        && !any(&["had", "after", "despite", "previously", "earlier", "once", "months"])
}

fn told<'a, 'p>(passages: &'a [Passage<'p>]) -> impl Iterator<Item = &'a Passage<'p>> {
    passages.iter().filter(|passage| passage.field != Field::Content)
}

/// Lower case, words apart by one space.
pub(super) fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut plain = String::with_capacity(lower.len());
    let mut apart = false;
    for ch in lower.chars() {
        if !(ch.is_alphanumeric() || matches!(ch, '\'' | '\u{2019}' | '-')) {
            apart = !plain.is_empty();
            continue;
        }
        if apart {
            plain.push(' ');
            apart = false;
        }
        plain.push(if ch == '\u{2019}' { '\'' } else { ch });
    }
    plain
}
