//! The memory that what is gathered may take: each run has a room of its own, which may lie within one that runs share.
//!
//! What is counted are the rows, groups and values that a run keeps from one block of events to the next, about as large
//! as they are. The blocks themselves are few, and merging may take as much once more.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::Error;
use crate::gather::Gathered;

/// A bound on memory, and how much of it is taken.
#[derive(Debug)]
pub struct Room {
    most: usize,
    taken: AtomicUsize,
    within: Option<Arc<Room>>,
}

/// What something takes of a room.
#[derive(Default)]
pub struct Held {
    bytes: usize,
    /// How many rows came since it was measured.
    rows: usize,
    /// Why there is no room for more.
    refused: Option<Error>,
}

/// What is gathered is measured anew when so many of its rows, one in eight, may be new: measuring looks at each.
const STEADY: usize = 8;

impl Room {
    /// One of so many bytes.
    pub fn of(most: usize) -> Room {
        Room { most, taken: AtomicUsize::new(0), within: None }
    }

    /// One without a bound.
    pub fn unbounded() -> Room {
        Room::of(usize::MAX)
    }

    /// One of so many bytes, which are taken of a larger one, too, until this one is dropped.
    pub fn within(larger: Arc<Room>, most: usize) -> Room {
        Room { most, taken: AtomicUsize::new(0), within: Some(larger) }
    }

    /// How many bytes are taken.
    pub fn taken(&self) -> usize {
        self.taken.load(Relaxed)
    }

    /// Takes so many bytes more.
    ///
    /// # Errors
    /// There are not so many left, here or in the larger room. Then none are taken.
    pub(crate) fn take(&self, bytes: usize) -> Result<(), Error> {
        if !self.add(bytes) {
            return Err(Error::TooLarge(self.most));
        }
        match &self.within {
            Some(larger) if !larger.add(bytes) => {
                self.taken.fetch_sub(bytes, Relaxed);
                Err(Error::TooLargeTogether(larger.most))
            }
            _ => Ok(()),
        }
    }

    /// Gives back so many bytes that were taken.
    pub(crate) fn give(&self, bytes: usize) {
        self.taken.fetch_sub(bytes, Relaxed);
        if let Some(larger) = &self.within {
            larger.taken.fetch_sub(bytes, Relaxed);
        }
    }

    fn add(&self, bytes: usize) -> bool {
        let fits = |taken: usize| taken.checked_add(bytes).filter(|it| *it <= self.most);
        self.taken.fetch_update(Relaxed, Relaxed, fits).is_ok()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.give(self.taken());
    }
}

impl Held {
    /// Whether there is no room for more.
    pub fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// Why there is none.
    pub fn refusal(&mut self) -> Option<Error> {
        self.refused.take()
    }

    /// So many rows came to what is gathered.
    pub fn note(&mut self, gathered: &Gathered, rows: usize, room: &Room) {
        self.rows += rows;
        if self.rows < gathered.rows() / STEADY {
            return;
        }
        self.rows = 0;
        let now = gathered.bytes();
        if now < self.bytes {
            room.give(self.bytes - now);
        } else if let Err(error) = room.take(now - self.bytes) {
            self.refused = Some(error);
            return;
        }
        self.bytes = now;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_does_not_fit_is_not_taken_anywhere() {
        let larger = Arc::new(Room::of(100));
        let (one, two) = (Room::within(larger.clone(), 80), Room::within(larger.clone(), 80));
        one.take(60).unwrap();
        assert!(matches!(one.take(21), Err(Error::TooLarge(80))));
        assert!(matches!(two.take(41), Err(Error::TooLargeTogether(100))));
        assert_eq!((one.taken(), two.taken(), larger.taken()), (60, 0, 60));
        two.take(40).unwrap();
        one.give(10);
        assert_eq!(larger.taken(), 90);
        drop(one);
        assert_eq!(larger.taken(), 40);
        drop(two);
        assert_eq!(larger.taken(), 0);
    }
}
