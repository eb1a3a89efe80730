//! Particles after nouns.

use std::sync::LazyLock;

use super::token::is_hangul;
use crate::extract::fast::FastMap;

/// What a particle says about its noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Part {
    /// No particle.
    #[default]
    None,
    /// 이, 가, 께서: does it.
    Subject,
    /// 은, 는, 도: is spoken of.
    Topic,
    /// 을, 를: it is done to.
    Object,
    /// 의: owns what follows.
    Of,
    /// 에, 에게.
    At,
    /// 에서, 서, 로부터.
    From,
    /// 로, 으로.
    To,
    /// 행: bound for.
    Bound,
    /// 와, 과, 및.
    With,
    /// 인, 이자, 였던: is what follows.
    Is,
    /// 출신: comes from.
    Origin,
    /// 측: speaks for.
    Side,
    /// Any other particle.
    Other,
}

/// A particle, what it says, and whether the noun must end in a consonant.
type Particle = (&'static str, Part, Option<bool>);

/// Longest first within one ending.
const PARTICLES: &[Particle] = &[
    ("으로부터", Part::From, Some(true)),
    ("으로서의", Part::Other, Some(true)),
    ("이었던", Part::Is, Some(true)),
    ("에서는", Part::From, None),
    ("에서도", Part::From, None),
    ("에서의", Part::Other, None),
    ("으로는", Part::To, Some(true)),
    ("으로도", Part::To, Some(true)),
    ("으로의", Part::Other, Some(true)),
    ("으로서", Part::Other, Some(true)),
    ("에게서", Part::From, None),
    ("로부터", Part::From, Some(false)),
    ("출신의", Part::Origin, None),
    ("출신인", Part::Origin, None),
    ("이라는", Part::Is, Some(true)),
    ("까지", Part::Other, None),
    ("부터", Part::Other, None),
    ("보다", Part::Other, None),
    ("처럼", Part::Other, None),
    ("조차", Part::Other, None),
    ("마저", Part::Other, None),
    ("에서", Part::From, None),
    ("에게", Part::At, None),
    ("에는", Part::At, None),
    ("에도", Part::At, None),
    ("에만", Part::Other, None),
    ("으로", Part::To, Some(true)),
    ("로는", Part::To, Some(false)),
    ("로도", Part::To, Some(false)),
    ("로의", Part::Other, Some(false)),
    ("로서", Part::Other, Some(false)),
    ("이자", Part::Is, None),
    ("이던", Part::Is, None),
    ("였던", Part::Is, Some(false)),
    ("라는", Part::Is, Some(false)),
    ("출신", Part::Origin, None),
    ("께서", Part::Subject, None),
    ("와의", Part::Other, Some(false)),
    ("과의", Part::Other, Some(true)),
    ("측은", Part::Side, None),
    ("측이", Part::Side, None),
    ("측에", Part::Other, None),
    ("하고", Part::With, None),
    ("이다", Part::Other, None),
    ("이며", Part::Other, None),
    ("이고", Part::Other, None),
    ("은", Part::Topic, Some(true)),
    ("는", Part::Topic, Some(false)),
    ("도", Part::Topic, None),
    ("이", Part::Subject, Some(true)),
    ("가", Part::Subject, Some(false)),
    ("을", Part::Object, Some(true)),
    ("를", Part::Object, Some(false)),
    ("의", Part::Of, None),
    ("에", Part::At, None),
    ("서", Part::From, None),
    ("로", Part::To, Some(false)),
    ("와", Part::With, Some(false)),
    ("과", Part::With, Some(true)),
    ("행", Part::Bound, None),
    ("측", Part::Side, None),
    ("인", Part::Is, None),
    ("만", Part::Other, None),
    ("랑", Part::With, Some(false)),
];

/// The particles by their last syllable, in the order of [`PARTICLES`].
static BY_LAST: LazyLock<FastMap<char, Vec<Particle>>> = LazyLock::new(|| {
    let mut table: FastMap<char, Vec<Particle>> = FastMap::default();
    for particle in PARTICLES {
        if let Some(last) = particle.0.chars().next_back() {
            table.entry(last).or_default().push(*particle);
        }
    }
    table
});

/// The particles that end like the word.
fn ending_like(word: &str) -> &'static [Particle] {
    let last = word.chars().next_back();
    last.and_then(|last| BY_LAST.get(&last)).map_or(&[], Vec::as_slice)
}

/// Reads a whole string as one particle; the noun before it is not Hangul or is not looked at.
pub(super) fn particle(text: &str) -> Option<Part> {
    // Names end in 엔 too: it is none where a word is split.
    if text == "엔" {
        return Some(Part::At);
    }
    let known =
        |text: &str| ending_like(text).iter().find(|(form, ..)| *form == text).map(|found| found.1);
    known(text).or_else(|| known(text.strip_prefix("등")?).filter(|part| *part != Part::Bound))
}

/// The ways to split a Hangul word into noun and particle, the whole word first, then by the
/// length of the particle, the longest first. The noun's final consonant must fit.
pub(super) fn splits(word: &str) -> impl Iterator<Item = (&str, Part)> {
    let tails = ending_like(word).iter().filter_map(move |(form, part, closed)| {
        let stem = word.strip_suffix(form)?;
        let last = stem.chars().next_back()?;
        let fits = match closed {
            None => true,
            // ㄹ takes 로, not 으로.
            Some(false) if form.starts_with('로') => !is_closed(last) || is_rieul(last),
            Some(closed) => !is_hangul(last) || is_closed(last) == *closed,
        };
        fits.then_some((stem, *part))
    });
    std::iter::once((word, Part::None)).chain(tails)
}

/// The likeliest split of a word that no list knows.
pub(super) fn split(word: &str) -> (&str, Part) {
    let likely = splits(word).skip(1).find(|(stem, part)| {
        let long = stem.chars().count() >= 2;
        long && !matches!(part, Part::Bound | Part::Is | Part::Side)
    });
    likely.unwrap_or((word, Part::None))
}

/// The likeliest split of the last word of a name, which may be a single syllable: "리를", "호가".
/// Names take few particles, and some end in what looks like one: 드레서, 페드로.
pub(super) fn split_name(word: &str) -> (&str, Part) {
    // 페헤이라는 is 페헤이라 and 는; 하사비스라는 is rare.
    if let Some(own) = word.strip_suffix('는')
        && own.ends_with('라')
        && !own.ends_with("이라")
        && own.chars().count() >= 2
    {
        return (own, Part::Topic);
    }
    let fits = |stem: &str, part: Part| {
        let tail = word.get(stem.len()..).unwrap_or("");
        let long = stem.chars().count() >= 2;
        match part {
            Part::Subject | Part::Object => !stem.is_empty(),
            // "덩도", "우와": a surname of one syllable.
            Part::Topic => !stem.is_empty() && (long || tail != "도" || word.chars().count() == 2),
            Part::With => long || word.chars().count() == 2,
            Part::Of | Part::Side => long,
            Part::At => tail.starts_with("에게"),
            Part::Is => long && tail != "인",
            Part::Other => long && matches!(tail, "까지" | "마저"),
            _ => false,
        }
    };
    splits(word).skip(1).find(|(stem, part)| fits(stem, *part)).unwrap_or((word, Part::None))
}

/// True where the syllable ends in a consonant.
fn is_closed(ch: char) -> bool {
    is_hangul(ch) && (u32::from(ch) - 0xac00) % 28 != 0
}

fn is_rieul(ch: char) -> bool {
    is_hangul(ch) && (u32::from(ch) - 0xac00) % 28 == 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_agree_with_the_last_consonant() {
        assert_eq!(split("회사를"), ("회사", Part::Object));
        assert_eq!(split("슐먼은"), ("슐먼", Part::Topic));
        assert_eq!(split("앤트로픽으로"), ("앤트로픽", Part::To));
        assert_eq!(split("무라티가"), ("무라티", Part::Subject));
        assert!(splits("하사비스는").any(|split| split == ("하사비스", Part::Topic)));
        assert!(!splits("슐먼는").any(|split| split == ("슐먼", Part::Topic)));
    }
}
