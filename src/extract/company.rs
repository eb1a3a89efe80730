//! Company mentions: one table over the names in all languages.

use std::cell::{Cell, RefCell};

use super::script::{self, Script};
use super::sieve::Sieve;
use super::text::{Span, Text};

/// Where a text names a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompanyMention {
    /// The name, in the normalised text, without particles.
    pub span: Span,
    /// Index into [`Gazetteer::companies`].
    pub company: u16,
    /// True where only a product was named (ChatGPT for OpenAI).
    pub by_product: bool,
}

/// One company or lab of `companies.toml`.
#[derive(Debug, Clone, Default)]
pub struct Company {
    /// Stable id, such as `openai`.
    pub id: String,
    /// Display name, such as `OpenAI`.
    pub name: String,
    /// True where a move from or to it alerts.
    pub watched: bool,
    /// Id of the parent (`google` for `google-deepmind`).
    pub parent: Option<String>,
    /// Words that, anywhere in the article, vouch for the company's weak names.
    pub cues: Vec<String>,
}

/// How much a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The name alone, in any case.
    Sure,
    /// The name in exactly this case (or all capitals).
    Exact,
    /// Exactly this case, and something in the article that speaks for the company.
    Weak,
    /// A product; speaks for its company but does not name it.
    Product,
    /// Looks like a name and is none.
    LookAlike,
}

/// One name that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// As written in the file, normalised.
    pub(crate) text: String,
    /// The company it stands for.
    pub(crate) company: u16,
    /// How much it says.
    pub(crate) weight: Weight,
}

/// What speaks for the weak names of an article.
#[derive(Debug, Default)]
struct Vouched {
    /// For those of any company without cues of its own.
    general: bool,
    /// For those of these companies.
    companies: Vec<u16>,
}

/// The companies and the tables that find them.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// In file order.
    pub companies: Vec<Company>,
    names: Vec<Name>,
    /// Finds every name, by index into `names`.
    all: Sieve,
    /// Words that vouch for weak names, each with the company it speaks for; `None` for any.
    cues: Vec<(String, Option<u16>)>,
    /// Finds them.
    vouchers: Sieve,
    /// For each company the ones it belongs to or contains.
    family: Vec<u16>,
}

impl Gazetteer {
    /// Builds the tables over `names`.
    pub(crate) fn build(companies: Vec<Company>, names: Vec<Name>, cues: Vec<String>) -> Self {
        let all = Sieve::new(names.iter().map(|name| name.text.as_str()));
        let index = |id: &str| companies.iter().position(|company| company.id == id);
        let family = (0..companies.len())
            .map(|own| {
                let mut top = own;
                for _ in 0..4 {
                    let parent = companies.get(top).and_then(|company| company.parent.as_deref());
                    match parent.and_then(index) {
                        Some(parent) => top = parent,
                        None => break,
                    }
                }
                u16::try_from(top).unwrap_or(u16::MAX)
            })
            .collect();
        let own = (0_u16..).zip(&companies).flat_map(|(index, company)| {
            company.cues.iter().map(move |cue| (cue.clone(), Some(index)))
        });
        let cues: Vec<_> = cues.into_iter().map(|cue| (cue, None)).chain(own).collect();
        let vouchers = Sieve::new(cues.iter().map(|(cue, _)| cue.as_str()));
        Self { companies, names, all, cues, vouchers, family }
    }

    /// The company with this index.
    pub fn company(&self, index: u16) -> Option<&Company> {
        self.companies.get(usize::from(index))
    }

    /// The index of the company with this id.
    pub fn index_of(&self, id: &str) -> Option<u16> {
        let at = self.companies.iter().position(|company| company.id == id)?;
        u16::try_from(at).ok()
    }

    /// True when both are one company or belong to the same parent.
    pub fn related(&self, a: u16, b: u16) -> bool {
        let top = |index: u16| self.family.get(usize::from(index));
        a == b || top(a).is_some() && top(a) == top(b)
    }

    /// The spellings that name a company or one of its products.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let telling = self.names.iter().filter(|name| name.weight != Weight::LookAlike);
        telling.map(|name| name.text.as_str())
    }

    /// The beginnings of the names, as far as normalising does not change them; by index, empty for
    /// one that tells of no company.
    pub(crate) fn openings(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(opening)
    }

    /// True where the name that begins with `span` may stand there.
    pub(crate) fn may_stand(&self, name: usize, text: &str, span: Span) -> bool {
        self.names.get(name).is_some_and(|name| may_stand(text, span, name))
    }

    /// Finds the mentions in one text, judged by that text alone.
    pub fn find(&self, text: &Text) -> Vec<CompanyMention> {
        self.find_all(std::slice::from_ref(text)).pop().unwrap_or_default()
    }

    /// Finds the mentions in the texts of one article; a cue in one text speaks for all.
    pub fn find_all(&self, texts: &[Text]) -> Vec<Vec<CompanyMention>> {
        let texts: Vec<&str> = texts.iter().map(|text| text.norm.as_str()).collect();
        self.find_in(&texts)
    }

    /// Finds the mentions in the normalised texts of one article.
    pub(crate) fn find_in(&self, texts: &[&str]) -> Vec<Vec<CompanyMention>> {
        let found: Vec<Vec<(CompanyMention, Weight)>> =
            texts.iter().map(|text| self.scan(text)).collect();
        let is_weak = |found: &(CompanyMention, Weight)| found.1 == Weight::Weak;
        let vouched = match found.iter().flatten().any(is_weak) {
            true => {
                let sure = found.iter().flatten().filter(|one| !is_weak(one));
                self.vouched(texts, sure.map(|(mention, _)| mention.company).collect())
            }
            false => Vouched::default(),
        };
        let believable =
            |one: &(CompanyMention, Weight)| !is_weak(one) || self.speaks(&vouched, one.0.company);
        let kept = |list: Vec<_>| list.into_iter().filter(believable).map(|(m, _)| m).collect();
        found.into_iter().map(kept).collect()
    }

    /// What this article has that speaks for weak names.
    fn vouched(&self, texts: &[&str], sure: Vec<u16>) -> Vouched {
        let general = Cell::new(!sure.is_empty());
        let companies = RefCell::new(sure);
        for text in texts {
            self.vouchers.each(text, |index, span| {
                let Some((cue, company)) = self.cues.get(index) else { return };
                // A cue written in capitals is looked for in capitals.
                let exact = cue.bytes().any(|byte| byte.is_ascii_uppercase());
                if exact && text.get(span.start..span.end) != Some(cue)
                    || !script::is_whole(text, span, Script::of_name(cue), false)
                {
                    return;
                }
                match company {
                    Some(company) => companies.borrow_mut().push(*company),
                    None => general.set(true),
                }
            });
        }
        Vouched { general: general.get(), companies: companies.into_inner() }
    }

    fn speaks(&self, vouched: &Vouched, company: u16) -> bool {
        let generally = || self.company(company).is_some_and(|company| company.cues.is_empty());
        vouched.companies.contains(&company) || vouched.general && generally()
    }

    fn scan(&self, text: &str) -> Vec<(CompanyMention, Weight)> {
        let mut found = Vec::new();
        let mut at = 0;
        let stands = |index: usize, span: Span| {
            self.names.get(index).is_some_and(|name| stands_alone(text, span, name))
        };
        while let Some((index, span)) = self.all.find(text, at, &stands) {
            at = span.end;
            let Some(name) = self.names.get(index) else { continue };
            if name.weight == Weight::LookAlike {
                continue;
            }
            let mention = CompanyMention {
                span,
                company: name.company,
                by_product: name.weight == Weight::Product,
            };
            found.push((mention, name.weight));
        }
        found
    }
}

/// The part of a telling name that reads the same before normalising and after: an apostrophe,
/// a quote or a hyphen has many spellings. Nothing of a look-alike.
fn opening(name: &Name) -> &str {
    match name.weight {
        Weight::LookAlike => "",
        _ => {
            let end = name.text.find(['\'', '"', '-']).filter(|end| *end > 0);
            end.and_then(|end| name.text.get(..end)).unwrap_or(&name.text)
        }
    }
}

/// True where the beginning of a name may be the name: the borders of its script hold, and its case.
fn may_stand(text: &str, span: Span, name: &Name) -> bool {
    let matched = text.get(span.start..span.end).unwrap_or("");
    let case = match name.weight {
        Weight::Sure | Weight::Product => true,
        Weight::Exact | Weight::Weak => name.text.starts_with(matched) || is_shouted(matched),
        Weight::LookAlike => false,
    };
    case && script::is_whole(text, span, Script::of_name(matched), name.weight != Weight::Sure)
}

/// True when the match is a whole name: the borders of its script hold, and its case.
fn stands_alone(text: &str, span: Span, name: &Name) -> bool {
    let matched = text.get(span.start..span.end).unwrap_or("");
    let exact = matched == name.text || matched.len() > 3 && is_shouted(matched);
    let case = match name.weight {
        Weight::Sure | Weight::Product | Weight::LookAlike => true,
        Weight::Exact | Weight::Weak => exact,
    };
    case && script::is_whole(text, span, Script::of_name(&name.text), name.weight != Weight::Sure)
}

fn is_shouted(matched: &str) -> bool {
    matched.chars().any(char::is_uppercase) && !matched.chars().any(char::is_lowercase)
}
