//! One receiver of each kind, at an address that nothing listens to.

use std::sync::Arc;

use talentwire::model::Secret;
use talentwire::net::{self, ClientSettings};
use talentwire::notify::build::{ReceiverSettings, Target};
use talentwire::notify::receiver::Receiver;

pub(crate) struct Kinds {
    pub(crate) slack: Arc<dyn Receiver>,
    /// Slack with a template of somebody's own, which prints whatever there is.
    pub(crate) own: Arc<dyn Receiver>,
    pub(crate) discord: Arc<dyn Receiver>,
    pub(crate) teams: Arc<dyn Receiver>,
    pub(crate) ntfy: Arc<dyn Receiver>,
    pub(crate) console: Arc<dyn Receiver>,
}

pub(crate) fn client() -> net::Client {
    let settings = ClientSettings {
        allow_private: true,
        total_timeout: std::time::Duration::from_millis(300),
        ..ClientSettings::default()
    };
    net::client(&settings).unwrap()
}

pub(crate) fn settings(name: &str, target: Target) -> ReceiverSettings {
    ReceiverSettings { name: name.to_owned(), target, template: None, interval: None, ops: false }
}

const TEMPLATE: &str = "*{{ headline }}* {{ person }} {{ role }} {{ quote }} {{ trigger }}\n\
    {{ link(url, outlet) }}{% for it in more %} {{ link(it.url, it.outlet) }}{% endfor %}";

/// All kinds, built once: a client is expensive.
pub(crate) fn kinds() -> &'static Kinds {
    static KINDS: std::sync::OnceLock<Kinds> = std::sync::OnceLock::new();
    KINDS.get_or_init(|| {
        let client = client();
        let url = || Secret::new("http://127.0.0.1:9/topic");
        let build = |target| settings("target", target).build(&client).unwrap();
        Kinds {
            slack: build(Target::SlackWebhook { url: url() }),
            own: {
                let plain = settings("own", Target::SlackWebhook { url: url() });
                let template = Some(TEMPLATE.to_owned());
                ReceiverSettings { template, ..plain }.build(&client).unwrap()
            },
            discord: build(Target::Discord { url: url() }),
            teams: build(Target::Teams { url: url() }),
            ntfy: build(Target::Ntfy { url: url(), token: None }),
            console: build(Target::Console { colour: false }),
        }
    })
}
