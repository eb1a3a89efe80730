//! Invented moves, and a stage that runs against a scripted receiver.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use talentwire::log::{Log, Record, Topic};
use talentwire::model::moves::Attention;
use talentwire::model::{Change, ChangeKind, Kind, Move, Report, Status};
use talentwire::notify::outbox::Rules;
use talentwire::notify::receiver::Receiver;
use talentwire::notify::route::Route;
use talentwire::stage::notify::{Address, Outlet};

/// An alert about an invented person.
pub(crate) fn a_move(id: &str, at: DateTime<Utc>) -> Move {
    Move {
        schema: 1,
        id: id.to_owned(),
        revision: 1,
        count: 1,
        first_seen: at,
        first_published: Some(at - chrono::TimeDelta::minutes(4)),
        person: Some(format!("Marta Lindqvist {id}")),
        from: Some("openai".to_owned()),
        to: Some("anthropic".to_owned()),
        role: Some("research chief".to_owned()),
        kind: Kind::Moved,
        status: Status::Reported,
        confidence: 0.93,
        from_name: Some("OpenAI".to_owned()),
        to_name: Some("Anthropic".to_owned()),
        reports: vec![Report {
            url: Some(format!("https://ledger.example/{id}?a=1&b=2")),
            title: "OpenAI research chief leaves for Anthropic".to_owned(),
            outlet: "The Valley Ledger".to_owned(),
            lang: Some("en".to_owned()),
            published: Some(at - chrono::TimeDelta::minutes(4)),
            quote: "Marta Lindqvist, who led research at OpenAI, is joining Anthropic.".to_owned(),
            trigger: "is joining".to_owned(),
        }],
        changes: vec![Change { revision: 1, kind: ChangeKind::New, at, cause: "c1".to_owned() }],
        attention: Attention::Alert,
        spellings: vec!["Marta Lindqvist".to_owned(), "마르타 린드크비스트".to_owned()],
        report_count: 1,
        merged: Vec::new(),
        last_seen: at,
    }
}

/// The same move, one revision later.
pub(crate) fn changed(mv: &Move, kind: ChangeKind, at: DateTime<Utc>) -> Move {
    let mut next = mv.clone();
    next.revision += 1;
    next.changes.push(Change { revision: next.revision, kind, at, cause: "c2".to_owned() });
    match kind {
        ChangeKind::Confirmed => next.status = Status::Confirmed,
        ChangeKind::Denied => next.status = Status::Denied,
        _ => {}
    }
    next
}

/// Puts moves on the log.
pub(crate) async fn publish<L: Log>(log: &L, moves: &[Move]) {
    let record = |mv: &Move| {
        let value = Some(serde_json::to_vec(mv).unwrap());
        (Topic::Moves, Record { key: mv.id.clone(), value, headers: vec![], partition_by: None })
    };
    log.publish(moves.iter().map(record).collect()).await.unwrap();
}

/// Rules that send every move to `receiver`.
pub(crate) fn all_to(receiver: &str) -> Arc<Rules> {
    Arc::new(Rules {
        routes: vec![Route::to(receiver)],
        backfill: Duration::from_secs(48 * 3600),
        ..Rules::default()
    })
}

/// A receiver as the stage drives it, alone at its address.
pub(crate) fn outlet(name: &str, receiver: Arc<dyn Receiver>) -> Outlet {
    let interval = receiver.habits().interval;
    paced(name, receiver, interval)
}

/// The same, at another pace than its own.
pub(crate) fn paced(name: &str, receiver: Arc<dyn Receiver>, interval: Duration) -> Outlet {
    let address = Address::of([name.to_owned()], interval);
    Outlet { name: name.to_owned(), receiver, address }
}

/// The same receiver in another process, which knows nothing of the first one's pace.
pub(crate) fn elsewhere(outlet: &Outlet, interval: Duration) -> Outlet {
    paced(&outlet.name, outlet.receiver.clone(), interval)
}
