//! What `/api/v1` answers: moves and feeds, read from the log at each request.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};

use crate::cli::feeds::bare;
use crate::config::duration;
use crate::http::{Lookup, Params};
use crate::log::{Log, Scan, Topic};
use crate::model::{FeedState, Move};
use crate::stage::track::CANARY;

/// Moves in one answer, unless `limit` asks for another number.
const LIMIT: usize = 100;
/// Most moves in one answer.
const MOST: usize = 10_000;

/// The queries, once the log is open.
#[derive(Clone, Default)]
pub(super) struct Queries(Arc<OnceLock<(Lookup, Lookup)>>);

impl Queries {
    /// Opens them on a log; before that they answer that the log is not open.
    pub(super) fn open<L: Log>(&self, log: &L) {
        let (for_moves, for_feeds) = (log.clone(), log.clone());
        let moves: Lookup = Arc::new(move |params| Box::pin(moves(for_moves.clone(), params)));
        let feeds: Lookup = Arc::new(move |params| Box::pin(feeds(for_feeds.clone(), params)));
        // A second opening would be on the same log.
        let _kept = self.0.set((moves, feeds));
    }

    /// `/api/v1/moves`.
    pub(super) fn moves(&self) -> Lookup {
        let this = self.clone();
        Arc::new(move |params| match this.0.get() {
            Some((moves, _)) => moves(params),
            None => Box::pin(async { Err("the log is not open yet".to_owned()) }),
        })
    }

    /// `/api/v1/feeds`.
    pub(super) fn feeds(&self) -> Lookup {
        let this = self.clone();
        Arc::new(move |params| match this.0.get() {
            Some((_, feeds)) => feeds(params),
            None => Box::pin(async { Err("the log is not open yet".to_owned()) }),
        })
    }
}

/// Which moves an answer holds.
struct Wanted {
    since: Option<DateTime<Utc>>,
    from: Option<String>,
    to: Option<String>,
    person: Option<String>,
    limit: usize,
}

impl Wanted {
    fn read(params: &Params) -> Result<Self, String> {
        const KNOWN: &[&str] = &["since", "from", "to", "person", "limit"];
        if let Some(unknown) = params.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(format!("unknown parameter `{unknown}`; known: {}", KNOWN.join(", ")));
        }
        let since = match params.get("since") {
            None => None,
            Some(text) => Some(since(text).ok_or_else(|| {
                format!("since=\"{text}\" is neither a duration such as 7d nor an RFC 3339 time")
            })?),
        };
        let limit = match params.get("limit") {
            None => LIMIT,
            Some(text) => text
                .parse::<usize>()
                .ok()
                .filter(|limit| (1..=MOST).contains(limit))
                .ok_or_else(|| format!("limit=\"{text}\" must be a number from 1 to {MOST}"))?,
        };
        let text = |key: &str| params.get(key).map(|text| text.to_lowercase());
        Ok(Self { since, from: text("from"), to: text("to"), person: text("person"), limit })
    }

    fn takes(&self, mv: &Move) -> bool {
        let end = |wanted: &Option<String>, id: &Option<String>, name: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| {
                [id, name].into_iter().flatten().any(|it| it.to_lowercase() == *wanted)
            })
        };
        let names = mv.person.iter().chain(&mv.spellings);
        mv.id != CANARY
            && self.since.is_none_or(|since| mv.first_seen >= since)
            && end(&self.from, &mv.from, &mv.from_name)
            && end(&self.to, &mv.to, &mv.to_name)
            && self.person.as_ref().is_none_or(|wanted| {
                names.into_iter().any(|name| name.to_lowercase().contains(wanted.as_str()))
            })
    }
}

fn since(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.with_timezone(&Utc));
    }
    let ago = chrono::Duration::from_std(duration::parse(text)?).ok()?;
    crate::stage::now().checked_sub_signed(ago)
}

async fn moves<L: Log>(log: L, params: Params) -> Result<String, String> {
    let wanted = Wanted::read(&params)?;
    let limit = wanted.limit;
    let scan = Scan { topic: Topic::Moves, partitions: None, since: None };
    let found = log
        .fold(scan, BTreeMap::<String, Move>::new(), move |found, received| {
            let value = received.value.as_deref().unwrap_or_default();
            if let Ok(mv) = serde_json::from_slice::<Move>(value)
                && wanted.takes(&mv)
            {
                found.insert(mv.id.clone(), mv);
            }
        })
        .await
        .map_err(|cause| cause.to_string())?;
    let mut found: Vec<Move> = found.into_values().collect();
    found.sort_by(|a, b| b.first_seen.cmp(&a.first_seen).then_with(|| a.id.cmp(&b.id)));
    found.truncate(limit);
    serde_json::to_string(&found).map_err(|cause| cause.to_string())
}

async fn feeds<L: Log>(log: L, _params: Params) -> Result<String, String> {
    let scan = Scan { topic: Topic::FeedState, partitions: None, since: None };
    let states = log
        .fold(scan, BTreeMap::<String, Option<FeedState>>::new(), |states, received| {
            let value = received.value.as_deref().unwrap_or_default();
            states.insert(received.key, serde_json::from_slice(value).ok());
        })
        .await
        .map_err(|cause| cause.to_string())?;
    let states: Vec<FeedState> = states.into_values().flatten().map(bare).collect();
    serde_json::to_string(&states).map_err(|cause| cause.to_string())
}
