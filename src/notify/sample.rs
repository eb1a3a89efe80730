//! The sample alert of `send-test` and of the check of templates. Invented throughout.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::message::{Event, MoveNews, News};
use crate::model::moves::Attention;
use crate::model::{Change, ChangeKind, Kind, Move, Report, SCHEMA, Status};

/// An invented move that looks like a real one.
pub fn sample_move(now: DateTime<Utc>) -> Move {
    let report = |outlet: &str, minutes: i64, quote: &str, trigger: &str, lang: &str| Report {
        url: Some(format!("https://example.org/{}", outlet.to_lowercase().replace(' ', "-"))),
        title: "This is a test: Ada Sample leaves Example Labs for Specimen AI".to_owned(),
        outlet: outlet.to_owned(),
        lang: Some(lang.to_owned()),
        published: Some(now - TimeDelta::minutes(minutes)),
        quote: quote.to_owned(),
        trigger: trigger.to_owned(),
    };
    Move {
        schema: SCHEMA,
        id: crate::model::content_id(&["send-test", &now.timestamp_micros().to_string()]),
        revision: 1,
        count: 1,
        first_seen: now,
        first_published: Some(now - TimeDelta::minutes(4)),
        person: Some("Ada Sample".to_owned()),
        from: Some("example-labs".to_owned()),
        to: Some("specimen-ai".to_owned()),
        role: Some("head of testing".to_owned()),
        kind: Kind::Moved,
        status: Status::Reported,
        confidence: 0.97,
        from_name: Some("Example Labs".to_owned()),
        to_name: Some("Specimen AI".to_owned()),
        reports: vec![
            report(
                "Sample Gazette",
                4,
                "This is a test of talentwire: Ada Sample, head of testing at Example Labs, \
                 is joining Specimen AI.",
                "is joining",
                "en",
            ),
            report(
                "견본일보",
                1,
                "시험용 알림: 에이다 샘플이 스페시멘AI로 이직했다.",
                "이직",
                "ko",
            ),
        ],
        changes: vec![Change {
            revision: 1,
            kind: ChangeKind::New,
            at: now,
            cause: "send-test".to_owned(),
        }],
        attention: Attention::Alert,
        spellings: vec!["Ada Sample".to_owned(), "에이다 샘플".to_owned()],
        report_count: 1,
        merged: Vec::new(),
        last_seen: now,
    }
}

/// The news of the invented move.
pub fn news(now: DateTime<Utc>) -> News {
    News::Move(MoveNews {
        mv: Arc::new(sample_move(now)),
        event: Event::Reported,
        change: ChangeKind::New,
        at: now,
    })
}
