//! Learned models: how much each sign says, read from `config/models/<lang>.txt`.
//!
//! Logistic regressions, trained by `config/models/train.py`: is the article news of a move (`news`,
//! and roughly by its words alone `word`), is a person who moves (`who`), is a company left (`from`)
//! or joined (`to`), is what the grammar found a move (`claim`). A line of the file is a part of the model, a weight in hundredths and a sign;
//! `*` is what counts for all.

use crate::extract::fast::FastMap;
use crate::extract::vocabulary::Vocabulary;
use crate::model::Problems;

/// How much each sign says, by the hash of its letters.
#[derive(Debug, Default)]
pub(crate) struct Part {
    bias: f32,
    weights: FastMap<u64, f32>,
}

impl Part {
    /// The weight of the sign with this hash.
    pub(crate) fn weight(&self, hash: u64) -> f32 {
        self.weights.get(&hash).copied().unwrap_or(0.0)
    }

    /// The sum over signs, each counted once.
    pub(crate) fn sum(&self, mut hashes: Vec<u64>) -> f32 {
        hashes.sort_unstable();
        hashes.dedup();
        self.bias + hashes.iter().map(|hash| self.weight(*hash)).sum::<f32>()
    }
}

/// The parts.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) word: Part,
    /// Those signs of `word` that are words of ASCII letters and digits.
    pub(crate) vocabulary: Vocabulary,
    pub(crate) news: Part,
    pub(crate) who: Part,
    pub(crate) from: Part,
    pub(crate) to: Part,
    pub(crate) claim: Part,
}

impl Model {
    /// The company that is left and the one that is joined, where the model is surer than `least`;
    /// `signs` hands out those of a company.
    pub(crate) fn ends(
        &self,
        companies: Vec<u16>,
        least: f32,
        signs: impl Fn(u16, &mut dyn FnMut(&[&str])),
    ) -> (Option<u16>, Option<u16>) {
        let (mut from, mut to) = ((least, None), (least, None));
        for company in companies {
            let mut hashes = Vec::with_capacity(128);
            signs(company, &mut |sign| hashes.push(hash(sign)));
            let left = self.from.sum(hashes.clone());
            let joined = self.to.sum(hashes);
            if left > joined && left > from.0 {
                from = (left, Some(company));
            } else if joined > left && joined > to.0 {
                to = (joined, Some(company));
            }
        }
        (from.1, to.1)
    }

    /// As [`Model::ends`], of both together: `both` is what speaks for two ends rather than one,
    /// `apart` tells two houses from one.
    pub(crate) fn pair(
        &self,
        companies: &[u16],
        (least, both): (f32, f32),
        apart: impl Fn(u16, u16) -> bool,
        signs: impl Fn(u16, &mut dyn FnMut(&[&str])),
    ) -> (Option<u16>, Option<u16>) {
        let judge = |company: &u16| {
            let mut hashes = Vec::with_capacity(128);
            signs(*company, &mut |sign| hashes.push(hash(sign)));
            (*company, self.from.sum(hashes.clone()) - least, self.to.sum(hashes) - least)
        };
        let judged: Vec<(u16, f32, f32)> = companies.iter().map(judge).collect();
        let mut best = (0.0, (None, None));
        let mut take = |sum: f32, ends| {
            if sum > best.0 {
                best = (sum, ends);
            }
        };
        for (company, left, joined) in &judged {
            take(*left, (Some(*company), None));
            take(*joined, (None, Some(*company)));
            for (other, _, joined) in judged.iter().filter(|(other, ..)| apart(*company, *other)) {
                take(left + joined + both, (Some(*company), Some(*other)));
            }
        }
        best.1
    }

    /// Reads the text of a file; `None` where a problem was found.
    pub(crate) fn parse(file: &str, text: &str, problems: &mut Problems) -> Option<Self> {
        let mut model = Self::default();
        let mut whole = true;
        for (at, line) in text.lines().enumerate() {
            if let Err((key, what)) = model.add(line) {
                problems.add(file, Some(at + 1), key, what);
                whole = false;
            }
        }
        whole.then_some(model)
    }

    /// Adds a line; what is wrong with it, and in which column, where it is none.
    fn add(&mut self, line: &str) -> Result<(), (&'static str, String)> {
        let mut columns = line.splitn(3, '\t');
        let (Some(part), Some(weight), Some(sign)) =
            (columns.next(), columns.next(), columns.next())
        else {
            let what = "holds no three columns; write part, weight and sign with tabs between";
            return Err(("", what.to_owned()));
        };
        let is_word = part == "word";
        let part = match part {
            "word" => &mut self.word,
            "news" => &mut self.news,
            "who" => &mut self.who,
            "from" => &mut self.from,
            "to" => &mut self.to,
            "claim" => &mut self.claim,
            other => {
                let what =
                    format!("\"{other}\" is none; there are word, news, who, from, to and claim");
                return Err(("part", what));
            }
        };
        let Ok(hundredths) = weight.parse::<i16>() else {
            let what = format!("\"{weight}\" is no whole number; write hundredths, such as -25");
            return Err(("weight", what));
        };
        let weight = f32::from(hundredths) / 100.0;
        match sign {
            "*" => part.bias = weight,
            _ => drop(part.weights.insert(hash(&[sign]), weight)),
        }
        match sign {
            _ if !is_word => {}
            "*" => self.vocabulary.set_bias(hundredths),
            _ if self.vocabulary.add(sign, hundredths) => {}
            _ => return Err(("sign", "is one word too many; keep fewer than 7,000".to_owned())),
        }
        Ok(())
    }
}

/// FNV-1a over the parts as one text.
pub(crate) fn hash(parts: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// A small number; four stands for all above.
pub(crate) fn digit(number: usize) -> &'static str {
    ["0", "1", "2", "3"].get(number).copied().unwrap_or("4")
}

/// A place beside a name, three words away at most.
pub(crate) fn offset(by: isize) -> &'static str {
    match by {
        -3 => "-3",
        -2 => "-2",
        -1 => "-1",
        1 => "+1",
        2 => "+2",
        _ => "+3",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        let mut problems = Problems::default();
        assert!(Model::parse("models/ko.txt", text, &mut problems).is_none());
        problems.0.iter().map(|problem| format!("{problem}\n")).collect()
    }

    #[test]
    fn signs_add_up_once_each() {
        let text = "news\t-50\t*\nnews\t120\tORG0 옮겼\nwho\t30\tfirst=1\n";
        let model = Model::parse("models/ko.txt", text, &mut Problems::default());
        let news = model.map(|model| model.news).unwrap_or_default();
        let sign = hash(&["ORG0", " ", "옮겼"]);
        assert!((news.sum(vec![sign, sign, hash(&["first=1"])]) - 0.7).abs() < 1e-6);
    }

    #[test]
    fn a_broken_file_is_told_by_line_and_column() {
        let told = wrong("news\t10\tPER\nnews\tmuch\tPER\nwhen\t1\tPER\nnews 5 PER\n");
        assert!(
            told.contains("models/ko.txt:2") && told.contains("\"much\" is no whole number"),
            "{told}"
        );
        assert!(told.contains("models/ko.txt:3") && told.contains("\"when\" is none"), "{told}");
        assert!(told.contains("models/ko.txt:4") && told.contains("no three columns"), "{told}");
    }
}
