//! From the files that a person wrote to checked settings: all problems at once, with file, line,
//! key and what would be right.
//!
//! Reading files happens here and in [`files`]; nothing is connected to, opened or started.

mod closest;
pub mod duration;
pub mod files;
pub mod keys;
mod log;
mod poll;
mod receivers;
mod routes;
pub mod rules;
pub mod section;

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use toml::de::DeTable;

pub(crate) use self::closest::closest;
pub use self::files::Files;
pub use self::log::LogSettings;
pub use self::poll::feed_url;
pub use self::receivers::Receiver;
pub use self::rules::RuleTexts;
use self::section::{Document, Section};
use crate::feed::polite::domain_of;
use crate::feed::settings::{FeedSettings, PollSettings};
use crate::model::{Problems, there_is};
use crate::notify::route::Route;

/// Everything that the daemon is told by its files.
pub struct Config {
    /// The file, or "built-in".
    pub name: String,
    /// Where relative paths lead.
    pub files: Files,
    /// Where records are kept.
    pub log: LogSettings,
    /// Address of the HTTP server; `None` for none.
    pub listen: Option<String>,
    /// How the whole of polling behaves.
    pub poll: PollSettings,
    /// What feeds start from, for addresses given on the command line.
    pub feed_template: FeedSettings,
    /// The feeds, each with its own settings.
    pub feeds: Vec<Arc<FeedSettings>>,
    /// The OPML file that `[poll] feeds` names.
    pub opml: Option<String>,
    /// The texts of the rules.
    pub rules: RuleTexts,
    /// Reports of one person's move within this time are one move.
    pub window: Duration,
    /// Older moves are recorded, never alerted.
    pub max_age: Duration,
    /// How alerts are delivered.
    pub notify: NotifyKeys,
    /// The receivers.
    pub receivers: Vec<Receiver>,
    /// The routes, in order.
    pub routes: Vec<Route>,
    /// The canary.
    pub canary: Option<CanarySettings>,
    /// Time to finish after SIGTERM.
    pub grace: Duration,
}

impl Config {
    /// True where others are polled and cannot say that it is too much.
    pub fn is_anonymous(&self) -> bool {
        let agent = &self.poll.user_agent;
        // Loopback has no domain.
        let others = self.feeds.iter().any(|feed| domain_of(&feed.url).is_some());
        others && !agent.contains("://") && !agent.contains('@')
    }

    /// The files and folders whose change means another configuration; `path` is the file itself.
    pub fn watched_files(&self, path: Option<&Path>) -> Vec<PathBuf> {
        let rules = &self.rules;
        let texts = [&rules.companies, &rules.people, &rules.history];
        let names = texts.into_iter().chain(&rules.lexicons).map(|loaded| loaded.name.as_str());
        let opml = self.opml.as_deref().and_then(|path| self.files.on_disk(path));
        let files = names.filter(|name| !name.starts_with("built-in ")).map(PathBuf::from);
        path.map(Path::to_owned).into_iter().chain(opml).chain(files).collect()
    }
}

/// `[notify]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotifyKeys {
    /// Give up one post after this time.
    pub timeout: Duration,
    /// Keep trying to deliver for this long.
    pub max_age: Duration,
}

/// `[canary]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanarySettings {
    /// How often.
    pub interval: Duration,
    /// Name of the receiver that is told; `None` where only the metric is fed.
    pub receiver: Option<String>,
}

/// What the environment gives: a variable's value. An argument, so that tests set nothing global.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads and checks a configuration; without a path the built-in one.
///
/// # Errors
/// Every problem in every file.
pub fn load(path: Option<&Path>, environment: Environment<'_>) -> Result<Config, Problems> {
    let (files, loaded) = match path {
        None => (Files::BuiltIn, Files::BuiltIn.read("talentwire.toml")),
        Some(path) => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            (Files::Folder(folder.unwrap_or(Path::new(".")).to_owned()), files::read_file(path))
        }
    };
    match loaded {
        Ok(loaded) => check(&loaded.name, &loaded.text, files, environment),
        Err(what) => {
            let mut problems = Problems::default();
            let name =
                path.map_or_else(|| "built-in".to_owned(), |path| path.display().to_string());
            problems.add(&name, None, "", what);
            Err(problems)
        }
    }
}

/// Checks the text of a configuration.
///
/// # Errors
/// Every problem in it and in the files it names.
pub fn check(
    name: &str,
    text: &str,
    files: Files,
    environment: Environment<'_>,
) -> Result<Config, Problems> {
    let problems = RefCell::new(Problems::default());
    let doc = Document { file: name, text, problems: &problems };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        doc.problem(
            error.span().map(|span| span.start),
            "",
            format!("no TOML: {}", error.message()),
        );
    }
    let config = if errors.is_empty() {
        Some(check_root(&doc, table.get_ref(), files, environment))
    } else {
        None
    };
    match config {
        Some(config) if problems.borrow().is_empty() => Ok(config),
        _ => Err(problems.into_inner()),
    }
}

fn check_root<'a>(
    doc: &'a Document<'a>,
    table: &'a DeTable<'a>,
    files: Files,
    environment: Environment<'_>,
) -> Config {
    let root = Section::root(doc, table, keys::ROOT);
    let part = |name: &'static str, keys: &[&'static [keys::Key]]| {
        Section::new(doc, name, root.value(name), keys)
    };
    let poll_section = part("poll", poll::POLL_KEYS);
    let (poll, feed_template) = poll::check_poll(&poll_section);
    let opml = poll_section.text("feeds");
    let feeds = check_feeds(doc, &root, &poll_section, &feed_template, &files);
    let receivers =
        receivers::check_receivers(doc, &root, &files, environment, feed_template.allow_private);
    let names = receivers::receiver_names(&root);
    let routes = root.tables("route");
    let routes = routes
        .iter()
        .enumerate()
        .filter_map(|(index, table)| routes::check_route(doc, index, table, &names))
        .collect();
    let http = part("http", &[keys::HTTP]);
    Config {
        name: doc.file.to_owned(),
        log: log::check_log(doc, &part("log", &[keys::LOG]), &files, environment),
        listen: check_listen(&http),
        poll,
        max_age: feed_template.max_age,
        feed_template,
        feeds,
        opml,
        rules: rules::check_rules(&part("rules", &[keys::RULES]), &files),
        window: part("track", &[keys::TRACK]).duration("window").unwrap_or_default(),
        notify: check_notify(&part("notify", &[keys::NOTIFY])),
        canary: check_canary(&part("canary", &[keys::CANARY]), &names),
        receivers,
        routes,
        grace: part("shutdown", &[keys::SHUTDOWN]).duration("grace").unwrap_or_default(),
        files,
    }
}

fn check_feeds<'a>(
    doc: &'a Document<'a>,
    root: &Section<'a>,
    poll_section: &Section<'_>,
    template: &FeedSettings,
    files: &Files,
) -> Vec<Arc<FeedSettings>> {
    let mut feeds: Vec<Arc<FeedSettings>> = Vec::new();
    let mut own: HashSet<String> = HashSet::new();
    for (index, table) in root.tables("feed").into_iter().enumerate() {
        let section = poll::feed_section(doc, index, table);
        let Some(feed) = poll::check_feed(&section, template) else { continue };
        // Two that differ in name and password only would share one state.
        let shown = crate::net::shown(&feed.url);
        if own.contains(&shown) {
            section.problem("url", format!("{shown} is listed twice"));
        } else {
            own.insert(shown);
            feeds.push(Arc::new(feed));
        }
    }
    let Some(path) = poll_section.text("feeds") else { return feeds };
    match files.read(&path) {
        Err(what) => poll_section.problem("feeds", what),
        Ok(loaded) => {
            // A feed that has a section of its own is polled as the section says.
            let listed = poll::check_opml(&loaded, template, doc.problems);
            let listed =
                listed.into_iter().filter(|feed| !own.contains(&crate::net::shown(&feed.url)));
            feeds.extend(listed.map(Arc::new));
        }
    }
    feeds
}

/// True for an address and a port to listen on.
pub(crate) fn is_address(text: &str) -> bool {
    let port = |text: &str| text.parse::<u16>().is_ok();
    text.parse::<std::net::SocketAddr>().is_ok()
        || text.strip_prefix("localhost:").is_some_and(port)
}

fn check_listen(section: &Section<'_>) -> Option<String> {
    let listen = section.text("listen")?;
    if !is_address(&listen) {
        section.problem("listen", format!("\"{listen}\" is no address; write \"127.0.0.1:9469\""));
    }
    section.boolean("enabled").unwrap_or(true).then_some(listen)
}

fn check_notify(section: &Section<'_>) -> NotifyKeys {
    NotifyKeys {
        timeout: section.duration("timeout").unwrap_or_default(),
        max_age: section.duration("max_age").unwrap_or_default(),
    }
}

fn check_canary(section: &Section<'_>, receivers: &[&str]) -> Option<CanarySettings> {
    let receiver = section.text("receiver");
    if let Some(name) = receiver.as_deref().filter(|name| !receivers.contains(name)) {
        let what = format!("no [[receiver]] is named `{name}`; {}", there_is(receivers));
        section.problem("receiver", what);
    }
    if receiver.is_some() && !section.has("interval") {
        section.problem("receiver", "needs `interval`, such as \"5m\": how often it is told");
    }
    section.duration("interval").map(|interval| CanarySettings { interval, receiver })
}
