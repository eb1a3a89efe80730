//! What polling asks of the log: the states of its feeds, and that finished polls commit.

use tokio::time::Instant;
use tracing::{info, warn};

use super::{DRAIN, FLUSH, FLUSH_MOST, PAUSE, Stage, UNIT_ARTICLES, UNIT_POLLS, key_of, known};
use crate::log::{Log, LogError, Member, Topic, Unit};
use crate::model::counted;

impl<L: Log> Stage<L> {
    /// Everything that needs the log: states of feeds that are new to us, and what has finished.
    /// Returns whether the log was needed, and so has answered.
    pub(super) async fn settle_with_log(&mut self) -> Result<bool, LogError> {
        let mut asked = false;
        if self.stale {
            asked |= self.reload().await?;
            self.stale = false;
        }
        let flush = self.flushed.elapsed() >= FLUSH;
        Ok(self.commit(flush).await? || asked)
    }

    /// Finishes what is under way and commits it; the log gets one chance, for what does not
    /// commit is fetched again after the next start.
    pub(super) async fn drain(&mut self) -> Result<(), LogError> {
        let deadline = Instant::now() + DRAIN;
        while let Ok(Some(ended)) = tokio::time::timeout_at(deadline, self.visits.join_next()).await
        {
            self.take(ended);
        }
        while !self.finished.is_empty() || self.book.has_dirty() {
            match self.commit(true).await {
                Ok(_) => {}
                Err(fatal @ LogError::Fatal(_)) => return Err(fatal),
                Err(cause) => {
                    let left = self.finished.len();
                    warn!(error = %cause, left, "poll ends with {} uncommitted: {cause}", counted(left, "poll"));
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Commits finished polls and, on `flush`, the states that could wait. Returns whether there
    /// was anything.
    async fn commit(&mut self, flush: bool) -> Result<bool, LogError> {
        let mut articles = 0;
        let mut count = 0;
        let mut unit = Unit::default();
        for visit in &self.finished {
            if count == UNIT_POLLS || (count > 0 && articles + visit.articles.len() > UNIT_ARTICLES)
            {
                break;
            }
            count += 1;
            if self.book.is_current(visit) && visit.weighty() {
                articles += visit.articles.len();
                visit.publish(&mut unit)?;
            }
        }
        let dirty = if flush { self.book.dirty(FLUSH_MOST) } else { Vec::new() };
        for known in &dirty {
            unit.outputs.push((Topic::FeedState, known.record()?));
        }
        let any = !unit.outputs.is_empty();
        if any {
            self.member.commit(unit).await?;
        }
        if flush {
            self.book.clean(&dirty);
            self.flushed = Instant::now();
            self.report.count_feeds(&self.book);
        }
        for visit in self.finished.drain(..count) {
            self.report.ended(&visit);
            self.book.ended(visit);
        }
        Ok(any)
    }

    /// Decides what an answer of the log means.
    pub(super) fn heed(&mut self, outcome: Result<bool, LogError>) -> Result<(), LogError> {
        match outcome {
            Ok(false) => Ok(()),
            Ok(true) => {
                if self.retry.take().is_some() {
                    info!("the log answers poll again");
                }
                self.pause = PAUSE.0;
                Ok(())
            }
            Err(fatal @ LogError::Fatal(_)) => Err(fatal),
            // What is no longer ours is dropped when the revocation is heard.
            Err(LogError::Lost) => {
                self.retry = Some(Instant::now() + PAUSE.0);
                Ok(())
            }
            Err(LogError::Transient(cause)) => {
                if self.retry.is_none() {
                    let kept = self.finished.len();
                    warn!(error = %cause, kept, "the log does not answer poll: {cause}");
                }
                self.retry = Some(Instant::now() + self.pause);
                self.pause = (self.pause * 2).min(PAUSE.1);
                Ok(())
            }
        }
    }

    /// Brings the book in line with the list of feeds and with the partitions that are ours;
    /// states of feeds that it does not have yet are read from the log. Returns whether there
    /// were any.
    async fn reload(&mut self) -> Result<bool, LogError> {
        let feeds = self.feeds.borrow_and_update().clone();
        self.report.expect_feeds(feeds.len());
        let ours = self.ours(&feeds);
        self.book.keep_only(&ours);
        let missing = self.book.update(&ours);
        if missing.is_empty() {
            return Ok(false);
        }
        let wanted = missing.iter().map(|feed| key_of(feed).into()).collect();
        let states = known::read(&self.log, self.member.assigned(), wanted).await?;
        let (added, known) = (missing.len(), states.len());
        info!(
            feeds = added,
            known,
            "polling {}, {known} of them known",
            counted(added, "more feed")
        );
        self.book.add(&missing, states, crate::stage::now());
        self.report.count_feeds(&self.book);
        Ok(true)
    }
}
