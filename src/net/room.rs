//! Room for bodies: what all of them take at once, from their arrival until nobody needs them.
//!
//! Each body may take [`SMALL`]. One that grows beyond waits for room to its limit, and only so many
//! bytes of that kind are there at once; so however many servers send as much as they may, the sum
//! has a bound. A large body never waits for a small place, so the two cannot block each other;
//! whoever waits too long runs into its own time limit.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What every body may take.
pub(crate) const SMALL: usize = 512 * 1024;
/// What all larger ones may take together; or one of them, where its limit is higher.
pub(crate) const LARGE: usize = 64 * 1024 * 1024;
/// Unit of the room for large bodies.
const UNIT: usize = 1024;

/// Room that is shared by clients. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Room {
    small: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

/// The room of one body; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    room: Room,
    _small: Option<OwnedSemaphorePermit>,
    large: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// Room for so many bodies at once.
    pub fn new(bodies: usize) -> Self {
        let small = Arc::new(Semaphore::new(bodies.clamp(1, Semaphore::MAX_PERMITS)));
        Self { small, large: Arc::new(Semaphore::new(LARGE / UNIT)) }
    }

    /// Waits for a place for one more body.
    pub(super) async fn enter(&self) -> Place {
        // Fails only for a closed semaphore, and none is ever closed.
        let small = Arc::clone(&self.small).acquire_owned().await.ok();
        Place { room: self.clone(), _small: small, large: None }
    }
}

impl Place {
    /// Waits until a body of `length` bytes has room, which may grow to `most`.
    pub(super) async fn grow(&mut self, length: usize, most: usize) {
        if length <= SMALL || self.large.is_some() {
            return;
        }
        let units = (most.saturating_sub(SMALL) / UNIT).clamp(1, LARGE / UNIT);
        let units = u32::try_from(units).unwrap_or(u32::MAX);
        self.large = Arc::clone(&self.room.large).acquire_many_owned(units).await.ok();
    }

    /// The body, which keeps its place until its last copy is dropped.
    pub(super) fn keep(self, body: Bytes) -> Bytes {
        Bytes::from_owner(Kept { body, _place: self })
    }
}

struct Kept {
    body: Bytes,
    _place: Place,
}

impl AsRef<[u8]> for Kept {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const MOST: usize = 15 << 20;

    async fn fits(place: &mut Place) -> bool {
        tokio::time::timeout(Duration::from_millis(20), place.grow(SMALL + 1, MOST)).await.is_ok()
    }

    #[tokio::test]
    async fn four_large_bodies_fit_and_a_fifth_waits_until_the_last_copy_of_one_is_dropped() {
        let room = Room::new(8);
        let mut kept = Vec::new();
        for _ in 0..4 {
            let mut place = room.enter().await;
            assert!(fits(&mut place).await && fits(&mut place).await);
            kept.push(place.keep(Bytes::from_static(b"large")));
        }
        let mut fifth = room.enter().await;
        assert!(!fits(&mut fifth).await);
        fifth.grow(SMALL, MOST).await;
        let copy = kept.pop();
        assert!(!fits(&mut fifth).await);
        assert_eq!(copy.as_deref(), Some(b"large".as_slice()));
        drop(copy);
        assert!(fits(&mut fifth).await);
    }

    #[tokio::test]
    async fn a_body_that_may_be_larger_than_all_room_gets_all_of_it() {
        let room = Room::new(1);
        let mut place = room.enter().await;
        place.grow(SMALL + 1, 10 * LARGE).await;
        let second = tokio::time::timeout(Duration::from_millis(20), room.enter()).await;
        assert!(second.is_err(), "one body at a time");
    }
}
