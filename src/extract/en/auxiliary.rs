//! What stands between whoever goes and the verb: auxiliaries, adverbs, pronouns.

use super::chunk::Item;
use super::clause::is_adverb;
use super::phrase::Reader;
use super::subject::Between;

impl Reader<'_> {
    /// Walks left over auxiliaries and adverbs.
    pub(super) fn skip_auxiliaries(&self, trigger: usize, between: &mut Between) -> usize {
        let mut end = trigger;
        while let Some(chunk) = self.before(end) {
            let lower = chunk.lower.as_str();
            let skip = match chunk.item {
                Item::Quote => true,
                Item::Poss => {
                    // "She's joining", "who's leaving": no possessive.
                    let pronoun = end >= 2 && is_pronoun(self.lower(end - 2));
                    between.be |= pronoun;
                    pronoun
                }
                Item::Word if lower == "who" => {
                    between.relative = true;
                    return end - 1;
                }
                Item::Word if is_pronoun(lower) => {
                    between.pronoun = true;
                    between.it = lower == "it";
                    between.they = lower.starts_with("they");
                    between.modal &= !between.would;
                    between.first_person = is_first_person(lower);
                    return end - 1;
                }
                Item::Word => {
                    self.words.is("auxiliary", lower)
                        || is_adverb(lower)
                        || lower == "said" && self.lower(end) == "to"
                        || matches!(lower, "latest" | "newest") && self.lower(end) == "to"
                        || lower == "the" && matches!(self.lower(end), "latest" | "newest")
                        || matches!(lower, "becomes" | "became") && self.lower(end) == "the"
                        || lower == "among"
                            && matches!(self.lower(end), "the" | "latest" | "newest")
                        || self.words.is("negation", lower)
                        || self.words.is("hypothetical", lower)
                        || self.words.is("hedge", lower)
                }
                Item::Trigger(_) => {
                    matches!(lower, "becomes" | "became" | "become")
                        && matches!(self.lower(end), "the" | "latest" | "newest")
                }
                _ => false,
            };
            if !skip {
                break;
            }
            between.negated |= self.words.is("negation", lower) || lower.ends_with("n't");
            between.would = lower == "would" || between.would;
            between.may |= matches!(lower, "could" | "may" | "might" | "considering");
            between.modal |= self.words.is("hypothetical", lower);
            between.hedged |= self.words.is("hedge", lower) || lower == "said";
            // "Is said to have lured": the one before "to have" makes no passive.
            between.be |= matches!(
                lower,
                "is" | "are" | "was" | "were" | "be" | "been" | "being" | "gets" | "got"
            ) && !(between.to && between.have);
            between.have |= matches!(lower, "has" | "have" | "having");
            between.had |= lower == "had";
            between.to |= lower == "to";
            end -= 1;
        }
        end
    }
}

pub(super) fn is_pronoun(lower: &str) -> bool {
    matches!(lower, "he" | "she" | "they" | "it" | "he'd" | "she'd" | "they'd" | "he'll" | "she'll")
        || is_first_person(lower)
}

pub(super) fn is_first_person(lower: &str) -> bool {
    matches!(
        lower,
        "i" | "we" | "i'm" | "i've" | "i'll" | "we're" | "we've" | "my" | "our" | "you" | "you'll"
    )
}
