//! A person's own wording instead of the built-in card: minijinja, checked at start.
//!
//! Every value is cleaned before the template sees it and escaped for the receiver when it is
//! printed, so that a template cannot let feed text mention or forge anything by accident. What
//! the template itself says is printed as it is: `<!here>` works if its author wants it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};

pub use super::values::Values;

use super::error::DeliveryError;
use super::text::{cut, escape_within, link, literal, markdown, slack};
use super::values::NAMES;
use crate::model::there_is;

/// Longest value, escaped.
const VALUE: usize = 2800;
/// Name of the one template in its environment.
const NAME: &str = "message";

/// Whose markup a template is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// Slack's mrkdwn.
    Slack,
    /// Discord's or Teams' Markdown.
    Markdown,
    /// None.
    Plain,
}

impl Markup {
    fn escape(self) -> fn(char) -> Option<&'static str> {
        match self {
            Self::Slack => slack,
            Self::Markdown => markdown,
            Self::Plain => literal,
        }
    }

    /// What begins and ends a piece that must not be cut in two. Other markup's signs are text: to cut
    /// at them could halve a link that was whole.
    fn pairs(self) -> &'static [(char, char)] {
        match self {
            Self::Slack => &[('<', '>'), ('&', ';')],
            Self::Markdown => &[('[', ')')],
            Self::Plain => &[],
        }
    }

    fn link(self, url: &str, label: &str) -> String {
        let label = escape_within(label, 200, self.escape());
        match (self, link(url)) {
            (_, None) => label,
            (Self::Slack, Some(url)) => format!("<{}|{label}>", url.replace('&', "&amp;")),
            (Self::Markdown, Some(url)) => format!("[{label}]({url})"),
            (Self::Plain, Some(url)) => format!("{label} {url}"),
        }
    }
}

/// A checked template.
#[derive(Clone)]
pub struct Template {
    environment: Arc<Environment<'static>>,
    markup: Markup,
    max: usize,
}

impl Template {
    /// Parses a template and tries it on the sample alert; its text will be at most `max` UTF-16
    /// units long.
    ///
    /// # Errors
    /// What is wrong, with the line: syntax, or a value that does not exist.
    pub fn new(source: &str, markup: Markup, max: usize) -> Result<Self, String> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("markup".into()));
        environment.set_formatter(move |out, _, value| {
            if value.is_none() {
                return Ok(());
            }
            let text = value.to_string();
            let printed =
                if value.is_safe() { text } else { escape_within(&text, VALUE, markup.escape()) };
            out.write_str(&printed).map_err(minijinja::Error::from)
        });
        environment.add_function("link", move |url: Value, label: Value| {
            let url = if url.is_none() { String::new() } else { url.to_string() };
            Value::from_safe_string(markup.link(&url, &label.to_string()))
        });
        environment
            .add_template_owned(NAME, source.to_owned())
            .map_err(|error| describe(&error))?;
        let template = Self { environment: Arc::new(environment), markup, max };
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let text = template
            .try_render(&Values::new(&super::sample::news(now), now))
            .map_err(|error| describe(&error))?;
        if text.trim().is_empty() {
            return Err("prints nothing for a sample alert".to_owned());
        }
        Ok(template)
    }

    /// Prints one news.
    ///
    /// # Errors
    /// [`DeliveryError::Render`] where an expression fails on these values.
    pub fn render(&self, values: &Values) -> Result<String, DeliveryError> {
        let text = self.try_render(values);
        let text = text.map_err(|error| DeliveryError::Render(describe(&error)))?;
        Ok(shorten(text.trim(), self.max, self.markup))
    }

    fn try_render(&self, values: &Values) -> Result<String, minijinja::Error> {
        self.environment.get_template(NAME)?.render(values.value())
    }
}

fn describe(error: &minijinja::Error) -> String {
    let mut what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    if error.kind() == ErrorKind::UndefinedError {
        what = format!("{what}; {}", there_is(NAMES));
    }
    match error.line() {
        Some(line) => format!("line {line}: {what}"),
        None => what,
    }
}

/// Cuts printed text without leaving half a link or half an entity at its end.
fn shorten(text: &str, max: usize, markup: Markup) -> String {
    let mut short = cut(text, max);
    if short == text {
        return short;
    }
    for (open, close) in markup.pairs() {
        if let Some(at) = short.rfind(*open)
            && !short.get(at..).unwrap_or("").contains(*close)
        {
            short = format!("{}…", short.get(..at).unwrap_or("").trim_end());
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn print(source: &str) -> String {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let template = Template::new(source, Markup::Slack, 3000).unwrap();
        template.render(&Values::new(&super::super::sample::news(now), now)).unwrap()
    }

    #[test]
    fn a_template_prints_escaped_values_and_safe_links() {
        assert_eq!(print("<!here> *{{ person }}*: {{ to }}"), "<!here> *Ada Sample*: Specimen AI");
        assert_eq!(print("{{ '<!channel>' }}"), "&lt;!channel&gt;");
        let linked = "<https://example.org/sample-gazette|Sample Gazette>";
        assert_eq!(print("{{ link(url, outlet) }}"), linked);
        assert_eq!(print("{{ link('javascript:x', 'a|b>') }}"), "a¦b&gt;");
        assert_eq!(print("{{ change }}{{ more_count }}"), "1");
    }

    #[test]
    fn a_bad_template_is_reported_with_its_line() {
        let problem = |source| Template::new(source, Markup::Slack, 3000).err().unwrap();
        assert!(
            problem("ok\n{{ persn }}").starts_with("line 2:"),
            "{}",
            problem("ok\n{{ persn }}")
        );
        assert!(problem("{% if %}").starts_with("line 1:"));
        assert!(problem("{# nothing #}").contains("prints nothing"));
    }

    #[test]
    fn what_there_is_is_what_the_documentation_lists() {
        let page = include_str!("../../docs/slack.md");
        for name in NAMES {
            assert!(page.contains(&format!("`{name}`")), "docs/slack.md lacks `{name}`");
            print(&format!("{{{{ {name} }}}}."));
        }
        let example = page.split("```jinja\n").nth(1).unwrap().split("```").next().unwrap();
        assert!(print(example).starts_with("*Ada Sample: Example Labs → Specimen AI* (Reported)"));
        let said = Template::new("{{ move.person }}", Markup::Slack, 3000).err().unwrap();
        assert!(said.starts_with("line 1: ") && said.contains("there is: headline,"), "{said}");
    }

    #[test]
    fn a_cut_leaves_no_half_link() {
        let long = format!("{} <https://a.example/{}|x>", "a".repeat(50), "b".repeat(50));
        assert!(!shorten(&long, 80, Markup::Slack).contains('<'));
        let label = format!("<https://a.example/b|see [x> and {}", "c".repeat(80));
        assert!(shorten(&label, 80, Markup::Slack).starts_with("<https://a.example/b|see [x> and"));
    }
}
