//! What the numbers of [`Sounds::readings`] leave out: where a name has an l or an r.
//!
//! Many names share a number. A print is four bytes that tell most of them apart without a look at
//! the names themselves.

use super::{EITHER, L, OPTIONAL, Sounds, W, is_written};

/// Which places between the other consonants hold an l or an r, for both parts of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Print {
    /// Places where every script writes one.
    must: [u8; 2],
    /// Places where one may be.
    may: [u8; 2],
}

impl Default for Print {
    fn default() -> Self {
        Print::ANY
    }
}

impl Print {
    /// A print that says nothing.
    pub(crate) const ANY: Print = Print { must: [0; 2], may: [u8::MAX; 2] };

    /// The print of two parts, in this order.
    pub(crate) fn of(first: &Sounds, second: &Sounds) -> Print {
        let [(must_first, may_first), (must_second, may_second)] =
            [first, second].map(Sounds::liquids);
        Print { must: [must_first, must_second], may: [may_first, may_second] }
    }

    /// False where the one has an l or r that the other cannot have.
    pub(crate) fn fits(self, other: Print) -> bool {
        let [must, may] = [self.must, self.may].map(u16::from_ne_bytes);
        let [others_must, others_may] = [other.must, other.may].map(u16::from_ne_bytes);
        must & !others_may == 0 && others_must & !may == 0
    }
}

impl Sounds {
    /// Where an l or r must be and where it may be: a bit for each place between the consonants that
    /// have a number, the eighth and later ones left open. After a w or a Japanese fu nobody can count them.
    fn liquids(&self) -> (u8, u8) {
        const OPEN: u8 = 1 << 7;
        let (mut must, mut may, mut place) = (0, OPEN, 1_u8);
        for sound in self.as_slice() {
            if *sound == W || sound & EITHER != 0 {
                return (0, u8::MAX);
            }
            if sound & L != 0 && place != OPEN {
                may |= place;
                must |= if sound & OPTIONAL == 0 { place } else { 0 };
            } else if is_written(*sound) && sound & L == 0 && place != OPEN {
                place <<= 1;
            }
        }
        (must, may)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{hangul, kana, latin};
    use super::*;

    #[test]
    fn names_that_agree_have_prints_that_fit() {
        for (a, b) in [
            (latin("schulman"), hangul("슐먼")),
            (latin("karpathy"), hangul("카르파티")),
            (latin("karpathy"), kana("カルパシー")),
            (latin("kowalski"), hangul("코왈스키")),
            (hangul("코왈스키"), hangul("코발스키")),
            (latin("alexander"), kana("アレクサンダー")),
        ] {
            assert!(a.agree(&b) && Print::of(&a, &a).fits(Print::of(&b, &b)), "{a:x?} {b:x?}");
        }
    }

    #[test]
    fn an_l_that_the_other_cannot_have_tells_names_apart() {
        let [a, b] = [latin("solmi"), hangul("소미")].map(|part| Print::of(&part, &part));
        assert!(!a.fits(b) && !b.fits(a) && a.fits(Print::ANY) && Print::ANY.fits(b));
    }
}
