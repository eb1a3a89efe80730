//! The learned model: how much each sign says, read from `config/models/en.txt`.
//!
//! Logistic regressions, trained by `config/models/en.py`: is the article news of a move (`news`,
//! and roughly by its words alone `word`), is a person who moves (`who`), is a company left (`from`)
//! or joined (`to`). A line of the file is a part of the model, a weight in hundredths and a sign;
//! `*` is what counts for all.

use crate::extract::fast::FastMap;

/// How much each sign says, by the hash of its letters.
#[derive(Debug, Default)]
pub(super) struct Part {
    bias: f32,
    weights: FastMap<u64, f32>,
}

impl Part {
    /// The weight of the sign with this hash.
    pub(super) fn weight(&self, hash: u64) -> f32 {
        self.weights.get(&hash).copied().unwrap_or(0.0)
    }

    /// The sum over signs, each counted once.
    pub(super) fn sum(&self, mut hashes: Vec<u64>) -> f32 {
        hashes.sort_unstable();
        hashes.dedup();
        self.bias + hashes.iter().map(|hash| self.weight(*hash)).sum::<f32>()
    }
}

/// The parts.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) word: Part,
    pub(super) news: Part,
    pub(super) who: Part,
    pub(super) from: Part,
    pub(super) to: Part,
}

impl Model {
    pub(super) fn read(text: &str) -> Self {
        let mut model = Self::default();
        for line in text.lines() {
            let mut columns = line.splitn(3, '\t');
            let (Some(part), Some(weight), Some(sign)) =
                (columns.next(), columns.next(), columns.next())
            else {
                continue;
            };
            let part = match part {
                "word" => &mut model.word,
                "news" => &mut model.news,
                "who" => &mut model.who,
                "from" => &mut model.from,
                _ => &mut model.to,
            };
            let weight = weight.parse::<f32>().unwrap_or(0.0) / 100.0;
            match sign {
                "*" => part.bias = weight,
                _ => drop(part.weights.insert(hash(&[sign]), weight)),
            }
        }
        model
    }
}

/// FNV-1a over the parts as one text.
pub(super) fn hash(parts: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}
