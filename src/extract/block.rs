//! Sixty-four bytes of text at a time, judged side by side into a number with a bit for each: where
//! words and characters begin.

use super::octet::eight;

/// Bytes that are judged side by side.
const BLOCK: usize = 64;

/// A bit for each byte that `is` marks.
#[inline(always)]
fn bits(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let mut marks = [0_u8; BLOCK];
    for (mark, byte) in marks.iter_mut().zip(block) {
        *mark = u8::from(is(*byte));
    }
    bits_of(&marks)
}

/// A bit for each byte that `is` marks by the one behind it; `next` is the one behind the block.
#[inline(always)]
fn pairs(block: &[u8; BLOCK], next: Option<&u8>, is: impl Fn(u8, u8) -> bool) -> u64 {
    let mut behind = [b' '; BLOCK];
    if let (Some(to), Some(from)) =
        (behind.first_chunk_mut::<{ BLOCK - 1 }>(), block.last_chunk::<{ BLOCK - 1 }>())
    {
        *to = *from;
    }
    behind.last_mut().zip(next).into_iter().for_each(|(to, byte)| *to = *byte);
    let mut marks = [0_u8; BLOCK];
    for ((mark, first), second) in marks.iter_mut().zip(block).zip(&behind) {
        *mark = u8::from(is(*first, *second));
    }
    bits_of(&marks)
}

/// A bit for each byte that is one; the others are zero.
#[inline(always)]
fn bits_of(marks: &[u8; BLOCK]) -> u64 {
    let (eights, _) = marks.as_chunks::<8>();
    let squeeze = |eight: u64| eight.wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | squeeze(u64::from_le_bytes(*eight)))
}

/// The block that begins at `at`. Where the text ends before it does, the bits of a block are to
/// be shifted right by the second number; or spaces fill it up.
#[inline(always)]
fn block(bytes: &[u8], at: usize) -> ([u8; BLOCK], u32) {
    let rest = bytes.get(at..).unwrap_or(&[]);
    match (rest.first_chunk::<BLOCK>(), bytes.last_chunk::<BLOCK>()) {
        (Some(block), _) => (*block, 0),
        (None, Some(block)) if !rest.is_empty() => (*block, (BLOCK - rest.len()) as u32),
        _ => {
            let mut block = [b' '; BLOCK];
            block.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
            (block, 0)
        }
    }
}

/// Calls `see` with the place of each byte that `is` marks, until it answers true. `is` must not
/// mark a space.
#[inline(always)]
pub(crate) fn any_place(
    bytes: &[u8],
    is: impl Fn(u8) -> bool,
    mut see: impl FnMut(usize) -> bool,
) -> bool {
    for at in (0..bytes.len()).step_by(BLOCK) {
        let (block, shift) = block(bytes, at);
        if any_bit(bits(&block, &is) >> shift, at, &mut see) {
            return true;
        }
    }
    false
}

/// Calls `see` with `at` and the place of each bit that is set, until it answers true.
#[inline(always)]
fn any_bit(mut marked: u64, at: usize, see: &mut impl FnMut(usize) -> bool) -> bool {
    while marked != 0 {
        if see(at + marked.trailing_zeros() as usize) {
            return true;
        }
        marked &= marked - 1;
    }
    false
}

/// Calls `see` with the place from `from` on of each byte that `is` marks, given the two bytes behind
/// it (zero past the end), until it answers true.
#[inline(always)]
pub(crate) fn any_triple(
    bytes: &[u8],
    from: usize,
    is: impl Fn(u8, u8, u8) -> bool,
    mut see: impl FnMut(usize) -> bool,
) -> bool {
    for at in (from..bytes.len()).step_by(BLOCK) {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let mut end = [0; BLOCK + 2];
        let block = rest.first_chunk::<{ BLOCK + 2 }>().unwrap_or_else(|| {
            end.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
            &end
        });
        let mut marks = [0_u8; BLOCK];
        for (mark, three) in marks.iter_mut().zip(block.windows(3)) {
            *mark = match three {
                [first, second, third] => u8::from(is(*first, *second, *third)),
                _ => 0,
            };
        }
        let within = u64::MAX >> (BLOCK - rest.len().min(BLOCK));
        if any_bit(bits_of(&marks) & within, at, &mut see) {
            return true;
        }
    }
    false
}

/// How many bytes `is` marks; it must not mark a space.
#[inline(always)]
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let blocks = (0..bytes.len()).step_by(BLOCK).map(|at| block(bytes, at));
    blocks.map(|(block, shift)| (bits(&block, &is) >> shift).count_ones() as usize).sum()
}

/// Characters of three bytes that begin no word behind one of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inner<F, P> {
    /// Marks their first bytes, given the second.
    pub(crate) first: F,
    /// Marks the last byte of one behind which a word may begin nevertheless, and of some others.
    pub(crate) parting: P,
}

/// Where a word may begin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    /// The bytes there.
    pub(crate) eight: u64,
    /// How many of them belong to the run that begins here; eight where it is longer.
    pub(crate) len: usize,
}

/// Calls `see` with each place where a run of the bytes that `within` marks begins, or a byte
/// beyond ASCII that `also` marks, until it answers true; only places of which `may` answers true.
/// [`Inner`] tells which of the others are passed over.
/// A block is judged before the first place of it is tried, and all its places are tried before
/// the first is seen: hardly a branch is left that depends on the text. Neither must mark a space.
#[inline(always)]
pub(crate) fn any_start(
    bytes: &[u8],
    from: usize,
    within: impl Fn(u8) -> bool,
    also: impl Fn(u8) -> bool,
    inner: Inner<impl Fn(u8, u8) -> bool, impl Fn(u8) -> bool>,
    mut may: impl FnMut(Start) -> bool,
    mut see: impl FnMut(usize, u64) -> bool,
) -> bool {
    // What stands before `from` belongs to the first run or does not.
    let before = from.checked_sub(1).and_then(|at| bytes.get(at));
    let mut carry = u64::from(before.is_some_and(|byte| within(*byte)));
    let (mut first_carry, mut parting_carry) = (0, 0);
    for base in (from..bytes.len()).step_by(BLOCK) {
        let (block, shift) = block(bytes, base);
        let run = bits(&block, &within) >> shift;
        let mut lone = 0;
        if !block.is_ascii() {
            let first = pairs(&block, bytes.get(base + BLOCK), &inner.first) >> shift;
            let parting = bits(&block, &inner.parting) >> shift;
            let passed = first & (first << 3 | first_carry) & !(parting << 1 | parting_carry);
            lone = bits(&block, &also) >> shift & !passed;
            (first_carry, parting_carry) = (first >> (BLOCK - 3), parting >> (BLOCK - 1));
        }
        let mut starts = run & !(run << 1 | carry) | lone;
        carry = run >> (BLOCK - 1);
        let mut seen = 0;
        while starts != 0 {
            let bit = starts.trailing_zeros();
            starts &= starts - 1;
            let at = base + bit as usize;
            let mut len = (!(run >> bit)).trailing_zeros() as usize;
            if bit as usize + len == BLOCK {
                let run = bytes.get(at..).unwrap_or(&[]).iter().take(8);
                len = run.take_while(|byte| within(**byte)).count();
            }
            let start = Start { eight: eight(bytes, at), len: len.min(8) };
            seen |= u64::from(may(start)) << bit;
        }
        while seen != 0 {
            let place = base + seen.trailing_zeros() as usize;
            seen &= seen - 1;
            if see(place, eight(bytes, place)) {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::octet::{eight, is_lead};
    use super::{Inner, Start, any_place, any_start, any_triple, count};

    #[test]
    fn characters_are_found_where_they_begin() {
        for length in [0, 1, 3, 9] {
            let text = "Gana가 떠났다. ".repeat(length);
            let mut begin = Vec::new();
            any_place(text.as_bytes(), is_lead, |at| {
                begin.push(at);
                false
            });
            let want = text.char_indices().filter(|(_, ch)| !ch.is_ascii()).map(|(at, _)| at);
            assert_eq!(begin, want.collect::<Vec<_>>());
            assert_eq!(count(text.as_bytes(), is_lead), begin.len());
        }
    }

    #[test]
    fn bytes_are_judged_by_those_behind_them() {
        for length in [0, 1, 2, 61, 62, 63, 64, 65, 66, 67, 140] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 7) as u8).collect();
            let is = |a: u8, b: u8, c: u8| a < 4 && b == a + 1 && c != 3;
            let at = |at: usize| bytes.get(at).copied().unwrap_or(0);
            for from in [0, 3, 64] {
                let mut seen = Vec::new();
                any_triple(&bytes, from, is, |at| {
                    seen.push(at);
                    false
                });
                let want = (from..bytes.len()).filter(|i| is(at(*i), at(i + 1), at(i + 2)));
                assert_eq!(seen, want.collect::<Vec<_>>(), "{length} {from}");
            }
        }
    }

    #[test]
    fn words_are_found_where_they_begin_in_texts_of_any_length() {
        let text =
            "Ada Gray, 42, joined Gana가 X. 가나다전가나漢ꊚ가가 superintelligently ".repeat(9);
        let bytes = text.as_bytes();
        let word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        for from in [0, 1, 5, 70] {
            let passed = |at: usize| {
                let own = |at: usize| bytes[at] == 0xea && bytes[at + 1] >= 0xb0;
                let near = at >= from + 3 && own(at) && own(at - 3);
                near && bytes[at - 1] != 0x84
            };
            let lead = |at: usize| bytes[at] >= 0xc0 && !passed(at);
            let begins = |at: &usize| word(*at) && !(*at > 0 && word(at - 1)) || lead(*at);
            let want: Vec<usize> = (from..bytes.len()).filter(begins).collect();
            let even = |start: &Start| start.len.is_multiple_of(2);
            let mut seen = Vec::new();
            any_start(
                bytes,
                from,
                |byte| byte.is_ascii_alphanumeric(),
                is_lead,
                Inner {
                    first: |byte, next| byte == 0xea && next >= 0xb0,
                    parting: |byte| byte == 0x84,
                },
                |start| even(&start),
                |at, _| {
                    seen.push(at);
                    false
                },
            );
            let start = |at: usize| Start {
                eight: eight(bytes, at),
                len: (at..at + 8).take_while(|at| word(*at)).count(),
            };
            let want: Vec<usize> = want.into_iter().filter(|at| even(&start(*at))).collect();
            assert_eq!(seen, want, "from {from}");
        }
    }
}
