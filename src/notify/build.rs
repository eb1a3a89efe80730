//! From checked settings to receivers.

use std::sync::Arc;
use std::time::Duration;

use super::console::Console;
use super::discord::Discord;
use super::ntfy::Ntfy;
use super::receiver::Receiver;
use super::slack::SlackWebhook;
use super::slack_bot::{API, SlackBot};
use super::teams::Teams;
use super::template::{Markup, Template};
use super::webhook::Webhook;
use super::wire::Wire;
use crate::model::Secret;
use crate::model::delivery::RESERVED_NAMES;
use crate::net::Client;

/// Where a receiver is, and what proves that we may post there.
#[derive(Clone)]
pub enum Target {
    /// Slack by incoming webhook.
    SlackWebhook {
        /// The webhook's address.
        url: Secret,
    },
    /// Slack by bot token.
    SlackBot {
        /// The token.
        token: Secret,
        /// Id of the channel.
        channel: String,
        /// Address of the API; `None` for Slack's own.
        api: Option<Secret>,
    },
    /// A program.
    Webhook {
        /// Its address.
        url: Secret,
        /// Signing secrets, the current one first; several during rotation, none for no signature.
        secrets: Vec<Secret>,
    },
    /// Discord by webhook.
    Discord {
        /// The webhook's address.
        url: Secret,
    },
    /// Microsoft Teams by workflow.
    Teams {
        /// The workflow's address.
        url: Secret,
    },
    /// ntfy.
    Ntfy {
        /// Server and topic, as in `https://ntfy.sh/my-topic`.
        url: Secret,
        /// Access token.
        token: Option<Secret>,
    },
    /// The standard output.
    Console {
        /// In colour, where it is a terminal.
        colour: bool,
    },
}

/// One `[[receiver]]`. It has no `Debug`, because it holds secrets.
#[derive(Clone)]
pub struct ReceiverSettings {
    /// Its name: letters, digits, `-` and `_`.
    pub name: String,
    /// Where it is.
    pub target: Target,
    /// Source of the template that replaces the built-in card.
    pub template: Option<String>,
    /// Least time between two posts to the same address; `None` for what the kind asks for.
    pub interval: Option<Duration>,
    /// True where it is told when another receiver is out of order.
    pub ops: bool,
}

impl ReceiverSettings {
    /// The name of the kind, as the configuration spells it.
    pub fn kind(&self) -> &'static str {
        match self.target {
            Target::SlackWebhook { .. } | Target::SlackBot { .. } => "slack",
            Target::Discord { .. } => "discord",
            Target::Teams { .. } => "teams",
            Target::Ntfy { .. } => "ntfy",
            Target::Webhook { .. } => "webhook",
            Target::Console { .. } => "console",
        }
    }

    /// Says what is wrong with the name, as a sentence.
    pub fn name_problem(&self) -> Option<String> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.name.is_empty() || !self.name.chars().all(fits) {
            return Some("must be made of letters, digits, '-' and '_'".to_owned());
        }
        RESERVED_NAMES
            .contains(&self.name.as_str())
            .then(|| format!("`{}` is used by talentwire itself; choose another name", self.name))
    }

    /// Posts to the same place share a pace; equal for equal places, and no secret. Slack counts by
    /// channel, whichever token posts there.
    pub fn place(&self) -> String {
        let (place, channel) = match &self.target {
            Target::SlackWebhook { url }
            | Target::Webhook { url, .. }
            | Target::Discord { url }
            | Target::Teams { url }
            | Target::Ntfy { url, .. } => (canonical(url.expose()), ""),
            Target::SlackBot { channel, api, .. } => {
                (canonical(api.as_ref().map_or(API, Secret::expose)), channel.as_str())
            }
            Target::Console { .. } => ("console".to_owned(), ""),
        };
        crate::model::content_id(&["place", &place, channel])
    }

    /// Builds the receiver; `client` opens its connections.
    ///
    /// # Errors
    /// What is wrong with the address, a secret or the template, without showing a secret.
    pub fn build(&self, client: &Client) -> Result<Arc<dyn Receiver>, String> {
        let wire = |url: &Secret, token: Option<&Secret>| {
            Wire::new(client, url, token.cloned()).map_err(|error| error.to_string())
        };
        let template = |markup: Markup, max: usize| match &self.template {
            Some(source) => Template::new(source, markup, max)
                .map(Some)
                .map_err(|problem| format!("template, {problem}")),
            None => Ok(None),
        };
        Ok(match &self.target {
            Target::SlackWebhook { url } => {
                Arc::new(SlackWebhook::new(wire(url, None)?, template(Markup::Slack, 3000)?))
            }
            Target::SlackBot { token, channel, api } => {
                if channel.is_empty() {
                    return Err("a bot token needs `channel`, the id of a channel".to_owned());
                }
                let own = Secret::new(API);
                let wire = wire(api.as_ref().unwrap_or(&own), Some(token))?;
                Arc::new(SlackBot::new(wire, channel, template(Markup::Slack, 3000)?))
            }
            Target::Discord { url } => {
                Arc::new(Discord::new(wire(url, None)?, template(Markup::Markdown, 2000)?))
            }
            Target::Teams { url } => {
                Arc::new(Teams::new(wire(url, None)?, template(Markup::Markdown, 8000)?))
            }
            Target::Ntfy { url, token } => {
                Arc::new(Ntfy::new(wire(url, token.as_ref())?, template(Markup::Plain, 4000)?)?)
            }
            Target::Webhook { url, secrets } => {
                if self.template.is_some() {
                    return Err("the body of a webhook is a contract and takes no template".into());
                }
                Arc::new(Webhook::new(wire(url, None)?, secrets)?)
            }
            Target::Console { colour } => {
                Arc::new(Console::stdout(*colour, template(Markup::Plain, 4000)?))
            }
        })
    }
}

/// One spelling of an address: host in lower case, no default port, nothing behind `#`.
fn canonical(url: &str) -> String {
    let Ok(mut url) = url::Url::parse(url) else { return url.to_owned() };
    url.set_fragment(None);
    url.to_string()
}
