//! A receiver that answers as a script says and remembers what it was sent.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use talentwire::notify::error::DeliveryError;
use talentwire::notify::message::{Message, News};
use talentwire::notify::receiver::{Body, Habits, Ids, Letter, Posted, Receiver};

/// What the script says to one post.
pub(crate) enum Answer {
    /// It is taken and said so.
    Taken,
    /// It is refused with this error.
    Not(DeliveryError),
    /// It is taken, but the answer is lost.
    TakenSilently(DeliveryError),
}

/// One message as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    pub(crate) at: DateTime<Utc>,
    pub(crate) ids: Vec<String>,
    pub(crate) events: Vec<&'static str>,
    /// Headlines of the articles that it tells of.
    pub(crate) titles: Vec<String>,
}

type Script = Box<dyn FnMut(&Letter) -> Answer + Send>;

#[derive(Default)]
pub(crate) struct Seen {
    /// Every post, taken or not.
    pub(crate) posts: Vec<DateTime<Utc>>,
    /// Those that were taken, in order.
    pub(crate) arrived: Vec<Arrived>,
    /// The ids that an id-aware receiver keeps.
    pub(crate) ids: HashSet<String>,
    /// What talentwire itself said: notices and canaries.
    pub(crate) sentences: Vec<String>,
}

impl Seen {
    /// How often each id arrived.
    pub(crate) fn times(&self) -> HashMap<&str, usize> {
        let mut times = HashMap::new();
        for id in self.arrived.iter().flat_map(|it| &it.ids) {
            *times.entry(id.as_str()).or_default() += 1;
        }
        times
    }

    /// Headlines of all articles told of.
    pub(crate) fn titles(&self) -> Vec<String> {
        self.arrived.iter().flat_map(|it| it.titles.clone()).collect()
    }

    /// Messages that tell something that an earlier one told already.
    pub(crate) fn repeated_messages(&self) -> usize {
        let mut told = HashSet::new();
        let repeats = |it: &&Arrived| {
            let again = it.ids.iter().any(|id| told.contains(id));
            told.extend(it.ids.iter().cloned());
            again
        };
        self.arrived.iter().filter(repeats).count()
    }
}

/// The receiver.
pub(crate) struct Scripted {
    habits: Habits,
    script: Mutex<Script>,
    /// Real time that a post takes before and after it arrives.
    pub(crate) takes: Duration,
    pub(crate) seen: Arc<Mutex<Seen>>,
}

impl Scripted {
    pub(crate) fn new(
        ids: Ids,
        group: usize,
        script: impl FnMut(&Letter) -> Answer + Send + 'static,
    ) -> Self {
        Self {
            habits: Habits { ids, group, interval: Duration::from_secs(1) },
            script: Mutex::new(Box::new(script)),
            takes: Duration::ZERO,
            seen: Arc::default(),
        }
    }

    fn take(&self, letter: &Letter) {
        let news: &[News] = match &letter.message {
            Message::One(news) => std::slice::from_ref(news),
            Message::Many(_, news) => news,
            Message::Notice(_) | Message::Canary(_) => &[],
        };
        let mut seen = self.seen.lock().unwrap();
        let fresh = letter.ids.iter().any(|id| !seen.ids.contains(id));
        if self.habits.ids == Ids::Ignores && !fresh {
            return;
        }
        seen.ids.extend(letter.ids.iter().cloned());
        if news.is_empty() {
            seen.sentences.push(letter.message.sentence(letter.now));
        }
        seen.arrived.push(Arrived {
            at: letter.now,
            ids: letter.ids.clone(),
            events: news.iter().map(|it| it.event().label()).collect(),
            titles: news.iter().filter_map(title).collect(),
        });
    }
}

impl Receiver for Scripted {
    fn habits(&self) -> Habits {
        self.habits
    }

    fn render(&self, _letter: &Letter) -> Result<Body, DeliveryError> {
        Ok(Body { calls: Vec::new() })
    }

    fn post<'a>(
        &'a self,
        letter: &'a Letter,
        _body: Body,
    ) -> BoxFuture<'a, Result<Posted, DeliveryError>> {
        Box::pin(async move {
            if !self.takes.is_zero() {
                tokio::time::sleep(self.takes).await;
            }
            self.seen.lock().unwrap().posts.push(letter.now);
            let answer = (self.script.lock().unwrap())(letter);
            let result = match answer {
                Answer::Taken => {
                    self.take(letter);
                    Ok(Posted::default())
                }
                Answer::Not(error) => Err(error),
                Answer::TakenSilently(error) => {
                    self.take(letter);
                    Err(error)
                }
            };
            if !self.takes.is_zero() {
                tokio::time::sleep(self.takes).await;
            }
            result
        })
    }

    fn find<'a>(
        &'a self,
        letter: &'a Letter,
    ) -> BoxFuture<'a, Result<Option<Posted>, DeliveryError>> {
        let has = self.seen.lock().unwrap().ids.contains(letter.id());
        Box::pin(async move { Ok(has.then(Posted::default)) })
    }
}

fn title(news: &News) -> Option<String> {
    match news {
        News::Mention(tagged) => Some(tagged.article.title.clone()),
        News::Move(_) => None,
    }
}

/// Numbers that look random and are the same on every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}
