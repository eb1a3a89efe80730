//! A body while it arrives: in pages, because one growing buffer leaves its smaller predecessors
//! behind, and a body that turns out too large would have taken three times its limit.

use bytes::{Bytes, BytesMut};

/// Most feeds fit into one.
const PAGE: usize = 128 * 1024;

/// Bytes in the order of their arrival.
#[derive(Debug, Default)]
pub(super) struct Pages {
    full: Vec<BytesMut>,
    last: BytesMut,
}

impl Pages {
    pub(super) fn len(&self) -> usize {
        self.full.len() * PAGE + self.last.len()
    }

    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.last.len() == PAGE {
                let next = BytesMut::with_capacity(PAGE);
                self.full.push(std::mem::replace(&mut self.last, next));
            }
            let room = PAGE - self.last.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.last.extend_from_slice(now);
            bytes = later;
        }
    }

    /// All of it in one piece.
    pub(super) fn join(self) -> Bytes {
        if self.full.is_empty() {
            return self.last.freeze();
        }
        let mut whole = BytesMut::with_capacity(self.len());
        for page in self.full.into_iter().chain([self.last]) {
            whole.extend_from_slice(&page);
        }
        whole.freeze()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_in_pieces_is_whole_again() {
        for piece in [1, 1000, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 5] {
            let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(3 * PAGE + 5).collect();
            let mut pages = Pages::default();
            bytes.chunks(piece).for_each(|chunk| pages.push(chunk));
            assert_eq!(pages.len(), bytes.len());
            assert_eq!(pages.join(), bytes);
        }
        assert!(Pages::default().join().is_empty());
    }
}
