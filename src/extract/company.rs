//! Company mentions: one automaton over the names in all languages.

use super::text::Span;

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
}

/// The companies and the automaton that finds them.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// In file order.
    pub companies: Vec<Company>,
}
