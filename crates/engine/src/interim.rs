//! What a run has so far, for whoever asks while it goes on.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use crate::Found;
use crate::gather::Gathered;
use crate::room::Held;

/// What a run has so far. It is made when it is asked for, so a run that nobody looks at takes no longer.
#[derive(Default)]
pub struct Interim {
    is_asked_for: AtomicBool,
    found: Mutex<Option<Arc<Found>>>,
}

/// A partial result is not looked at once it has so many rows or groups: that would take too long.
const MOST: usize = 200_000;
/// Nor once it takes so many bytes: a look is a copy.
const MOST_BYTES: usize = 64 << 20;

impl Interim {
    /// The answer over the blocks that were read when it was last asked for; asks for a newer one.
    pub fn look(&self) -> Option<Arc<Found>> {
        self.is_asked_for.store(true, Relaxed);
        self.found.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn put(&self, found: Found) {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(found));
    }
}

/// A partial result.
pub struct Partial<'p> {
    /// It.
    pub gathered: Gathered<'p>,
    /// The memory that it takes.
    pub held: Held,
    /// The last look that saw it.
    look: u64,
}

/// The partial results of a run that no thread has at work.
#[derive(Default)]
pub struct Partials<'p> {
    free: Vec<Partial<'p>>,
    made: usize,
    look: Look<'p>,
}

/// A look at all partial results, each once its thread is done with a block.
#[derive(Default)]
struct Look<'p> {
    number: u64,
    missing: usize,
    seen: Option<Gathered<'p>>,
}

impl<'p> Partials<'p> {
    /// One that is free, or a new one.
    pub fn take(&mut self, start: impl FnOnce() -> Gathered<'p>) -> Partial<'p> {
        self.free.pop().unwrap_or_else(|| {
            self.made += 1;
            Partial { gathered: start(), held: Held::default(), look: self.look.number }
        })
    }

    /// Takes one back; gives the merged copies of all, where a look that was asked for is complete with it.
    pub fn give(&mut self, partial: Partial<'p>, interim: Option<&Interim>) -> Option<Gathered<'p>> {
        self.free.push(partial);
        let interim = interim?;
        if self.look.missing == 0 {
            if !interim.is_asked_for.swap(false, Relaxed) {
                return None;
            }
            self.look = Look { number: self.look.number + 1, missing: self.made, seen: None };
        }
        for Partial { gathered, look, .. } in self.free.iter_mut().filter(|it| it.look < self.look.number) {
            *look = self.look.number;
            self.look.missing -= 1;
            if gathered.rows() > MOST || gathered.bytes() > MOST_BYTES {
                continue;
            }
            match &mut self.look.seen {
                Some(seen) => seen.merge(gathered.copy()),
                None => self.look.seen = Some(gathered.copy()),
            }
        }
        if self.look.missing == 0 { self.look.seen.take() } else { None }
    }

    /// All of them as one.
    pub fn merged(self) -> Option<Gathered<'p>> {
        self.free.into_iter().map(|it| it.gathered).reduce(|mut merged, it| {
            merged.merge(it);
            merged
        })
    }
}
