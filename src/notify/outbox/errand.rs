//! Errands: what other processes, and people at the command line, ask of a receiver.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::item::{Content, Item};
use super::{Delivery, Errand, Outbox};
use crate::model::moves::Attention;
use crate::model::{Move, Tagged};
use crate::notify::message::{MoveNews, News};
use crate::notify::protocol::next_news;
use crate::notify::story::story_id;

impl Outbox {
    /// Forgets the errands that wait: the log has them still.
    pub fn drop_errands(&mut self) {
        self.items.drain(|item| item.errand.is_some());
    }

    pub(super) fn offer_errands(&mut self, errands: BTreeMap<String, Errand>, now: DateTime<Utc>) {
        for (key, errand) in errands {
            self.offer_errand(key, errand, now);
        }
    }

    /// Takes over what another process asks for; an errand that waits already is not taken twice.
    fn offer_errand(&mut self, key: String, errand: Errand, now: DateTime<Utc>) {
        if self.items.iter().any(|item| item.errand.as_deref() == Some(&key)) {
            return;
        }
        let mut item = match errand {
            Errand::Notice { text, .. } => {
                let subject = crate::model::content_id(&[&key, &text]);
                let mut item = self.blank(&subject, 1, Content::Notice(text), now);
                item.alone = true;
                item
            }
            Errand::Retry { topic, record } => match self.retried(&topic, record, now) {
                Some(item) => item,
                None => return,
            },
        };
        item.errand = Some(key);
        self.items.put(item);
    }

    /// A dead letter that is tried again: without routes and silences, because a person asked.
    fn retried(
        &mut self,
        topic: &str,
        record: serde_json::Value,
        now: DateTime<Utc>,
    ) -> Option<Item> {
        if topic == "tagged" {
            let tagged: Tagged = serde_json::from_value(record).ok()?;
            let subject = story_id(&tagged.article);
            let told = self.known.get(&subject).is_some_and(|known| known.delivered > 0);
            return (!told)
                .then(|| self.item(News::Mention(Arc::new(tagged)), &subject, 1, None, now));
        }
        let mut mv: Move = serde_json::from_value(record).ok()?;
        if mv.attention == Attention::Silent {
            mv.attention = Attention::Alert;
        }
        let alive = self.known.get(&mv.id).cloned().map(|known| Delivery { dead: 0, ..known });
        let mv = Arc::new(mv);
        let news: MoveNews = next_news(&mv, alive.as_ref(), DateTime::<Utc>::MIN_UTC).ok()?;
        let waits = self.items.has(&mv.id);
        (!waits).then(|| self.item(News::Move(news), &mv.id, mv.revision, None, now))
    }
}
