//! Which partition a key belongs to.

use std::collections::BTreeMap;

use crate::log::{Record, Topic};

/// How many partitions each topic has on the brokers.
#[derive(Debug, Clone, Default)]
pub(super) struct Partitions(pub(super) BTreeMap<Topic, i32>);

impl Partitions {
    /// How many partitions `topic` has.
    pub(super) fn count(&self, topic: Topic) -> i32 {
        self.0.get(&topic).copied().unwrap_or(1).max(1)
    }

    /// The partition of `key`, as Kafka's own clients choose it, so that records which another
    /// program writes with the same key are found in the same partition.
    pub(super) fn of_key(&self, topic: Topic, key: &str) -> i32 {
        let hash = murmur2(key.as_bytes()) & 0x7fff_ffff;
        i32::try_from(hash).unwrap_or(0) % self.count(topic)
    }

    /// The partition that `record` is published to.
    pub(super) fn of(&self, topic: Topic, record: &Record) -> i32 {
        self.of_key(topic, record.partition_by.as_deref().unwrap_or(&record.key))
    }
}

/// MurmurHash2 as Kafka's default partitioner has it (`Utils.murmur2`).
fn murmur2(data: &[u8]) -> u32 {
    const M: u32 = 0x5bd1_e995;
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX);
    let (words, tail) = data.as_chunks::<4>();
    let mut hash = 0x9747_b28c ^ length;
    for word in words {
        let mut k = u32::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> 24;
        hash = hash.wrapping_mul(M) ^ k.wrapping_mul(M);
    }
    if !tail.is_empty() {
        for (byte, shift) in tail.iter().zip([0, 8, 16]) {
            hash ^= u32::from(*byte) << shift;
        }
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::murmur2;

    #[test]
    fn hashes_are_those_of_kafkas_own_client() {
        // From UtilsTest.testMurmur2 of Apache Kafka.
        for (text, hash) in [
            ("21", -973_932_308),
            ("foobar", -790_332_482),
            ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971),
        ] {
            assert_eq!(murmur2(text.as_bytes()), i32::cast_unsigned(hash), "{text}");
        }
        assert_eq!(murmur2(b"abc"), i32::cast_unsigned(479_470_107));
    }
}
