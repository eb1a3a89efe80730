//! Reads `companies.toml`.

use serde::Deserialize;
use toml::Spanned;

use super::company::{Company, Gazetteer, Name, Weight};
use super::longer::Longer;
use super::rules::NamedText;
use super::text::Text;
use crate::model::Problems;
use crate::model::problem::line_of;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    /// Words that vouch for every weak name without cues of its own.
    #[serde(default)]
    cues: Vec<String>,
    /// Strings that hold a name and are none, for all companies.
    #[serde(default)]
    lookalikes: Vec<String>,
    /// Words that behind a name, with a capital, make it the name of another house.
    #[serde(default)]
    houses: Vec<String>,
    /// The same, unless a post follows.
    #[serde(default)]
    fields: Vec<String>,
    company: Vec<Spanned<RawCompany>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCompany {
    id: String,
    name: String,
    #[serde(default = "yes")]
    watched: bool,
    parent: Option<String>,
    /// Names in any case.
    #[serde(default)]
    aliases: Vec<String>,
    /// Names in exactly this case.
    #[serde(default)]
    exact: Vec<String>,
    /// Names in exactly this case that need a cue in the article.
    #[serde(default)]
    weak: Vec<String>,
    /// What vouches for the weak names instead of the general cues.
    #[serde(default)]
    cues: Vec<String>,
    /// What vouches for the weak names beside those.
    #[serde(default)]
    more_cues: Vec<String>,
    /// Parts of the company: naming one names the company.
    #[serde(default)]
    units: Vec<String>,
    /// Products: they hint at the company, no more.
    #[serde(default)]
    products: Vec<String>,
    /// Strings that hold a name and are none.
    #[serde(default)]
    lookalikes: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Parses the file; `None` where a problem was found.
pub(crate) fn parse((file, text): NamedText<'_>, problems: &mut Problems) -> Option<Gazetteer> {
    let before = problems.0.len();
    let raw: RawFile = match toml::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            let line = error.span().map(|span| line_of(text, span.start));
            problems.add(file, line, "", error.message());
            return None;
        }
    };
    let mut companies: Vec<Company> = Vec::new();
    let mut names = Names::default();
    let ids: Vec<String> = raw.company.iter().map(|entry| entry.get_ref().id.clone()).collect();
    for entry in raw.company {
        let line = Some(line_of(text, entry.span().start));
        let entry = entry.into_inner();
        check_entry(file, line, &entry, &ids, &companies, problems);
        let index = u16::try_from(companies.len()).unwrap_or(u16::MAX);
        for (list, weight) in [
            (&entry.exact, Weight::Exact),
            (&entry.weak, Weight::Weak),
            (&entry.aliases, Weight::Sure),
            (&entry.units, Weight::Exact),
            (&entry.products, Weight::Product),
            (&entry.lookalikes, Weight::LookAlike),
        ] {
            for name in list {
                if let Err(other) = names.add(name, index, weight) {
                    let owner = ids.get(usize::from(other)).map_or("", String::as_str);
                    let what = format!("stands in the file twice, also at \"{owner}\"; keep one");
                    problems.add(
                        file,
                        line,
                        format!("company \"{}\" name \"{name}\"", entry.id),
                        what,
                    );
                }
            }
        }
        if !names.has(&entry.name) {
            names.add(&entry.name, index, Weight::Sure).ok();
        }
        companies.push(Company {
            id: entry.id,
            name: entry.name,
            watched: entry.watched,
            parent: entry.parent,
            general: entry.cues.is_empty(),
            cues: [entry.cues, entry.more_cues].concat(),
        });
    }
    for name in &raw.lookalikes {
        names.add(name, u16::MAX, Weight::LookAlike).ok();
    }
    if problems.0.len() > before {
        return None;
    }
    let longer = Longer { houses: raw.houses, fields: raw.fields };
    Some(Gazetteer::build(companies, names.0, raw.cues, longer))
}

fn check_entry(
    file: &str,
    line: Option<usize>,
    entry: &RawCompany,
    ids: &[String],
    before: &[Company],
    problems: &mut Problems,
) {
    let key = format!("company \"{}\"", entry.id);
    let good = |ch: char| ch.is_ascii_lowercase() || ch.is_ascii_digit() || ch == '-';
    if entry.id.is_empty() || !entry.id.chars().all(good) {
        problems.add(
            file,
            line,
            format!("{key}.id"),
            "must be lower-case letters, digits and hyphens",
        );
    }
    if before.iter().any(|other| other.id == entry.id) {
        problems.add(
            file,
            line,
            format!("{key}.id"),
            "is taken by an earlier entry; ids are unique",
        );
    }
    if entry.name.trim().is_empty() {
        problems.add(file, line, format!("{key}.name"), "is empty; write the display name");
    }
    if let Some(parent) = &entry.parent
        && (!ids.contains(parent) || *parent == entry.id)
    {
        let what = format!("\"{parent}\" is not the id of another company of this file");
        problems.add(file, line, format!("{key}.parent"), what);
    }
}

/// The patterns so far.
#[derive(Default)]
struct Names(Vec<Name>);

impl Names {
    fn has(&self, name: &str) -> bool {
        let text = Text::new(name).norm;
        self.0.iter().any(|other| other.text.eq_ignore_ascii_case(&text))
    }

    /// Adds a name; the same company may repeat one, another company's name is an error.
    fn add(&mut self, name: &str, company: u16, weight: Weight) -> Result<(), u16> {
        let text = Text::new(name).norm;
        let same = self.0.iter().find(|other| other.text.eq_ignore_ascii_case(&text));
        match same {
            Some(other) if other.company == company => Ok(()),
            Some(other) => Err(other.company),
            None => {
                self.0.push(Name { text, company, weight });
                Ok(())
            }
        }
    }
}
