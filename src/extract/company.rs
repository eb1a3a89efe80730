//! Company mentions: one table over the names in all languages.

use super::longer::Longer;
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
    /// True where the general cues, and any other company of the article, vouch for them too.
    pub general: bool,
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

/// A name where it stands, and how much it says.
pub(crate) type Found = (CompanyMention, Weight);

/// What speaks for the weak names of an article.
#[derive(Debug, Default)]
struct Vouched {
    /// For those of any company without cues of its own.
    general: bool,
    /// For those of these companies.
    companies: Vec<u16>,
}

impl Vouched {
    fn add(&mut self, company: u16) {
        if !self.companies.contains(&company) {
            self.companies.push(company);
        }
    }
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
    /// What makes a name that of another house.
    longer: Longer,
}

impl Gazetteer {
    /// Builds the tables over `names`.
    pub(crate) fn build(
        companies: Vec<Company>,
        names: Vec<Name>,
        cues: Vec<String>,
        longer: Longer,
    ) -> Self {
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
        Self { companies, names, all, cues, vouchers, family, longer }
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

    /// The company that a person means by `name`: its id, display name or another of its names, in
    /// any language and without case. A name that stands for several companies means none.
    pub fn called(&self, name: &str) -> Option<&Company> {
        let wanted = name.trim().to_lowercase();
        let is_it = |known: &str| known.to_lowercase() == wanted;
        let named = |it: &&Company| is_it(&it.id) || is_it(&it.name);
        self.companies.iter().find(named).or_else(|| {
            let firm =
                |it: &&Name| matches!(it.weight, Weight::Sure | Weight::Exact | Weight::Weak);
            let mut found = self.names.iter().filter(firm).filter(|it| is_it(&it.text));
            let company = found.next()?.company;
            found.all(|it| it.company == company).then(|| self.company(company)).flatten()
        })
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

    /// Every name, look-alikes among them, by index.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| name.text.as_str())
    }

    /// What the name with this index says where it stands: nothing (`None`) where it is part of
    /// something else, `Some(None)` where it is a look-alike.
    pub(crate) fn judge(&self, name: usize, text: &str, span: Span) -> Option<Option<Found>> {
        let name = self.names.get(name).filter(|name| stands_alone(text, span, name))?;
        let by_product = name.weight == Weight::Product;
        let mention = CompanyMention { span, company: name.company, by_product };
        let names = matches!(name.weight, Weight::Sure | Weight::Exact | Weight::Weak)
            && !self.longer.goes_on(text, span);
        Some((names || by_product).then_some((mention, name.weight)))
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
        let found = texts.iter().map(|text| self.scan(text)).collect();
        self.believed(found, texts)
    }

    /// Of the names found in each text of one article those that mean a company.
    pub(crate) fn believed(
        &self,
        found: Vec<Vec<Found>>,
        texts: &[&str],
    ) -> Vec<Vec<CompanyMention>> {
        let is_weak = |found: &Found| found.1 == Weight::Weak;
        let all = || found.iter().flatten();
        let mut vouched = Vouched::default();
        for (mention, _) in all().filter(|one| !is_weak(one)) {
            vouched.general = true;
            vouched.add(mention.company);
        }
        if all().any(|one| is_weak(one) && !self.speaks(&vouched, one.0.company)) {
            self.add_cues(texts, &mut vouched);
        }
        let believable = |one: &Found| !is_weak(one) || self.speaks(&vouched, one.0.company);
        let kept = |list: Vec<Found>| list.into_iter().filter(believable).map(|(m, _)| m).collect();
        found.into_iter().map(kept).collect()
    }

    /// Adds the cues of this article, which speak for weak names.
    fn add_cues(&self, texts: &[&str], vouched: &mut Vouched) {
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
                    Some(company) => vouched.add(*company),
                    None => vouched.general = true,
                }
            });
        }
    }

    fn speaks(&self, vouched: &Vouched, company: u16) -> bool {
        let generally = || self.company(company).is_some_and(|company| company.general);
        vouched.companies.contains(&company) || vouched.general && generally()
    }

    fn scan(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let mut end = 0;
        self.all.each(text, |index, span| {
            if span.start >= end
                && let Some(one) = self.judge(index, text, span)
            {
                end = span.end;
                found.extend(one);
            }
        });
        found
    }
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
