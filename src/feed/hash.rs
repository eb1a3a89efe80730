//! A fast 64-bit hash whose values may be stored.
//!
//! Multiply and fold over 64-byte blocks, as wyhash and rapidhash do. Not cryptographic: a feed that
//! made two of its own entries collide would only hide its own entry. The values are part of the
//! stored state of every feed: changing them makes every known entry be parsed once more.

const SECRET: [u64; 5] = [
    0x2d35_8dcc_aa6c_78a5,
    0x8bb8_4b93_962e_acc9,
    0x4b33_a62e_d433_d4a3,
    0x4d5a_2da5_1de1_aa47,
    0xa076_1d64_78bd_642f,
];

fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are folded")]
    {
        (product as u64) ^ ((product >> 64) as u64)
    }
}

fn word(bytes: &[u8], at: usize) -> u64 {
    let eight = bytes.get(at..at + 8).and_then(|eight| <[u8; 8]>::try_from(eight).ok());
    eight.map_or(0, u64::from_le_bytes)
}

fn tail(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

/// Returns the hash of `bytes`.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let [s0, s1, s2, s3, s4] = SECRET;
    let (blocks, rest) = bytes.as_chunks::<64>();
    let (mut a, mut b, mut c, mut d) = (s0, s1, s2, s3);
    for block in blocks {
        a = fold(word(block, 0) ^ s1, word(block, 8) ^ a);
        b = fold(word(block, 16) ^ s2, word(block, 24) ^ b);
        c = fold(word(block, 32) ^ s3, word(block, 40) ^ c);
        d = fold(word(block, 48) ^ s4, word(block, 56) ^ d);
    }
    let mut state = a ^ b.rotate_left(17) ^ c.rotate_left(31) ^ d.rotate_left(47);
    let (pairs, rest) = rest.as_chunks::<16>();
    for pair in pairs {
        state = fold(word(pair, 0) ^ s1, word(pair, 8) ^ state);
    }
    let (low, high) = rest.split_at(rest.len().min(8));
    state = fold(tail(low) ^ s2, tail(high) ^ state ^ s4);
    fold(state ^ s0, bytes.len() as u64 ^ s3)
}

/// Returns the hash of several texts, each kept apart from the next.
pub(crate) fn hash_parts(parts: &[&str]) -> u64 {
    let hashes = parts.iter().flat_map(|part| hash(part.as_bytes()).to_le_bytes());
    hash(&hashes.collect::<Vec<u8>>())
}
