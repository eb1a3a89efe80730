//! Which receivers a move or an article goes to, and why. Pure.
//!
//! Routes are asked in the order of the file; the first that matches wins, unless it says
//! `continue = true`. Within one matcher every key given must hold; within one key any value.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::cap::Cap;
use super::matcher::Matcher;
use super::quiet::Quiet;
use crate::model::{Move, Tagged, there_is};

/// What a route listens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// Moves.
    #[default]
    Move,
    /// Tagged articles: plain company and keyword matching.
    Mention,
}

impl On {
    /// The word of the configuration.
    pub fn label(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Mention => "mention",
        }
    }
}

/// One `[[route]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Name of the receiver.
    pub receiver: String,
    /// What it listens to.
    pub on: On,
    /// What must hold; the default matches everything.
    pub matcher: Matcher,
    /// Ask the following routes too (`continue` in the file).
    pub go_on: bool,
    /// When to hold back.
    pub quiet: Option<Quiet>,
    /// How much is too much.
    pub cap: Option<Cap>,
}

impl Route {
    /// A route that sends every move to `receiver`.
    pub fn to(receiver: &str) -> Self {
        Self {
            receiver: receiver.to_owned(),
            on: On::Move,
            matcher: Matcher::default(),
            go_on: false,
            quiet: None,
            cap: None,
        }
    }

    /// Says what is wrong with this route, one sentence each, with the key it is about.
    pub fn problems(&self, receivers: &[&str]) -> Vec<(&'static str, String)> {
        let mut problems = self.matcher.problems(self.on);
        if !receivers.contains(&self.receiver.as_str()) {
            problems.push((
                "receiver",
                format!("no [[receiver]] is named `{}`; {}", self.receiver, there_is(receivers)),
            ));
        }
        if self.cap.is_some_and(|cap| cap.count == 0 || cap.per.is_zero()) {
            problems.push(("cap", "must let at least 1 message pass in a time above 0".to_owned()));
        }
        problems
    }
}

/// A time in which matching alerts are dropped. A record of the topic `deliveries`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Silence {
    /// Version of this record.
    #[serde(default = "schema")]
    pub schema: u16,
    /// Its id.
    pub id: String,
    /// What it silences; an empty matcher silences everything.
    #[serde(rename = "match", default)]
    pub matcher: Matcher,
    /// Only for this receiver.
    #[serde(default)]
    pub receiver: Option<String>,
    /// When it ends.
    pub until: DateTime<Utc>,
    /// Why, for the others.
    #[serde(default)]
    pub reason: String,
}

fn schema() -> u16 {
    crate::model::SCHEMA
}

impl Silence {
    /// True where it silences `subject` for `receiver` at `now`.
    pub fn covers(&self, subject: Subject<'_>, receiver: &str, now: DateTime<Utc>) -> bool {
        now < self.until
            && self.receiver.as_deref().is_none_or(|name| name == receiver)
            && self.matcher.check(subject).is_ok()
    }
}

/// What is routed.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A move.
    Move(&'a Move),
    /// A tagged article.
    Mention(&'a Tagged),
}

/// A route that takes the subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its place in the file, from 0.
    pub route: usize,
    /// Its receiver.
    pub receiver: String,
    /// The silence that drops it.
    pub silenced: Option<String>,
    /// When its quiet hours end.
    pub quiet_until: Option<DateTime<Utc>>,
}

/// What one route said.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its place in the file, from 0.
    pub route: usize,
    /// Its receiver.
    pub receiver: String,
    /// Why not; `None` where it matched.
    pub refused: Option<String>,
    /// Why it was not even asked: an earlier route won.
    pub after: Option<usize>,
}

/// Where a subject goes, and what every route said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decision {
    /// The routes that take it.
    pub hits: Vec<Hit>,
    /// Every route, in order.
    pub steps: Vec<Step>,
}

/// Decides where `subject` goes.
pub fn decide(
    routes: &[Route],
    silences: &[Silence],
    subject: Subject<'_>,
    now: DateTime<Utc>,
) -> Decision {
    let mut decision = Decision::default();
    let mut winner = None;
    for (index, route) in routes.iter().enumerate() {
        let refused = match subject_of(subject) == route.on {
            true => route.matcher.check(subject).err().map(|mismatch| mismatch.to_string()),
            false => Some(format!("listens to on = \"{}\"", route.on.label())),
        };
        let step = Step { route: index, receiver: route.receiver.clone(), refused, after: winner };
        if winner.is_none() && step.refused.is_none() {
            decision.hits.push(hit(index, route, silences, subject, now));
            winner = (!route.go_on).then_some(index);
        }
        decision.steps.push(step);
    }
    decision
}

fn hit(
    index: usize,
    route: &Route,
    silences: &[Silence],
    subject: Subject<'_>,
    now: DateTime<Utc>,
) -> Hit {
    let silence = silences.iter().find(|silence| silence.covers(subject, &route.receiver, now));
    Hit {
        route: index,
        receiver: route.receiver.clone(),
        silenced: silence.map(|silence| silence.id.clone()),
        quiet_until: route.quiet.and_then(|quiet| quiet.until(now)),
    }
}

fn subject_of(subject: Subject<'_>) -> On {
    match subject {
        Subject::Move(_) => On::Move,
        Subject::Mention(_) => On::Mention,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::notify::sample::sample_move;

    fn now() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn route(receiver: &str, matcher: &str) -> Route {
        let matcher = serde_json::from_str(matcher).expect(matcher);
        Route { matcher, ..Route::to(receiver) }
    }

    #[track_caller]
    fn check(matcher: &str, refused: Option<&str>) {
        let mv = sample_move(now());
        let routes = [route("slack", matcher)];
        let decision = decide(&routes, &[], Subject::Move(&mv), now());
        assert_eq!(decision.steps[0].refused.as_deref(), refused, "{matcher}");
    }

    #[test]
    fn every_matcher_says_why_it_does_not_hold() {
        check("{}", None);
        check(r#"{"company": ["Specimen-AI"]}"#, None);
        check(r#"{"company": ["example labs"]}"#, None);
        let wrong = "to is specimen-ai, Specimen AI, wanted example-labs";
        check(r#"{"to": ["example-labs"]}"#, Some(wrong));
        check(r#"{"person": ["에이다 샘플"]}"#, None);
        check(r#"{"seniority": ["executive"], "role": ["TESTING"]}"#, None);
        check(r#"{"lang": ["ko"], "feed": ["Sample Gazette"]}"#, None);
        check(r#"{"feed": ["https://www.example.org/rss"]}"#, None);
        let wrong = "status is reported, wanted confirmed or denied";
        check(r#"{"status": ["confirmed", "denied"]}"#, Some(wrong));
        let wrong = "confidence is 0.97, wanted at least 0.99";
        check(r#"{"min_confidence": 0.99}"#, Some(wrong));
    }

    #[test]
    fn the_first_match_wins_unless_it_says_continue() {
        let mv = sample_move(now());
        let receivers = |routes: &[Route]| -> Vec<String> {
            let hits = decide(routes, &[], Subject::Move(&mv), now()).hits;
            hits.into_iter().map(|hit| hit.receiver).collect()
        };
        let mut routes = vec![route("a", "{}"), route("b", "{}")];
        assert_eq!(receivers(&routes), ["a"]);
        routes[0].go_on = true;
        assert_eq!(receivers(&routes), ["a", "b"]);
    }

    #[test]
    fn a_silence_drops_until_it_ends() {
        let mv = sample_move(now());
        let silence = Silence {
            schema: 1,
            id: "s1".to_owned(),
            matcher: Matcher { person: vec!["Ada Sample".to_owned()], ..Matcher::default() },
            receiver: None,
            until: now(),
            reason: String::new(),
        };
        let routes = [Route::to("a")];
        let silenced = |at| {
            let decision = decide(&routes, std::slice::from_ref(&silence), Subject::Move(&mv), at);
            decision.hits[0].silenced.clone()
        };
        assert_eq!(silenced(now() - TimeDelta::seconds(1)).as_deref(), Some("s1"));
        assert_eq!(silenced(now()), None);
    }
}
