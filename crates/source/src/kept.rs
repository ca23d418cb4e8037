//! What files were inflated to, kept for a while: a walk through pages inflates a file once, and not for each page.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crate::members::Buffer;
use crate::report::Trouble;

/// The bytes of a file, inflated.
#[derive(Debug)]
pub(crate) struct Inflated {
    pub(crate) bytes: Buffer,
    /// How many they were when they were packed, as far as that is to be counted yet.
    pub(crate) packed: usize,
    /// Why they break off, where they do.
    pub(crate) failure: Option<Trouble>,
}

/// Where a file finds again what it was inflated to.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<Weak<Inflated>>);

/// How many bytes all files together keep; a file has no more than [`LARGEST`](crate::members::LARGEST).
const MOST: usize = 1 << 28;

/// How long a file keeps what nobody asks for.
const LIFE: Duration = Duration::from_secs(60);

/// What is kept and when it was last asked for, the latest at the end.
static KEPT: Mutex<Kept> = Mutex::new(Kept(VecDeque::new()));

#[derive(Debug)]
struct Kept(VecDeque<(Instant, Arc<Inflated>)>);

impl Shelf {
    /// What is kept.
    pub(crate) fn find(&self) -> Option<Arc<Inflated>> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).upgrade()?;
        kept().renew(Instant::now(), &found);
        Some(found)
    }

    /// Keeps what a file was inflated to, in place of what was not asked for longest.
    pub(crate) fn keep(&self, inflated: Inflated) -> Arc<Inflated> {
        let inflated = Arc::new(Inflated { bytes: inflated.bytes.fitted(), ..inflated });
        let mut kept = kept();
        let sweeps =
            || !kept.0.is_empty() || thread::Builder::new().name(String::from("kept files")).spawn(sweep).is_ok();
        // What the system cannot give may be there the next time, and what nobody would drop again is not kept.
        if !matches!(inflated.failure, Some(Trouble::Unreadable(_))) && sweeps() {
            kept.put(Instant::now(), &inflated, MOST);
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&inflated);
        }
        inflated
    }
}

impl Kept {
    /// Adds the latest; what all come to stays within so many bytes.
    fn put(&mut self, now: Instant, inflated: &Arc<Inflated>, most: usize) {
        self.0.push_back((now, inflated.clone()));
        let mut bytes: usize = self.0.iter().map(|it| it.1.bytes.capacity()).sum();
        while bytes > most
            && let Some((_, oldest)) = self.0.pop_front()
        {
            bytes -= oldest.bytes.capacity();
        }
    }

    /// Makes one the latest. If it was dropped, and somebody only reads it still, it stays dropped.
    fn renew(&mut self, now: Instant, inflated: &Arc<Inflated>) {
        if let Some(place) = self.0.iter().position(|it| Arc::ptr_eq(&it.1, inflated)) {
            let last = self.0.remove(place);
            self.0.extend(last.map(|it| (now, it.1)));
        }
    }

    /// Drops what was last asked for before this.
    fn drop_before(&mut self, time: Instant) {
        self.0.retain(|it| it.0 >= time);
    }
}

/// Drops what nobody asks for any more, until nothing is kept.
fn sweep() {
    loop {
        thread::sleep(LIFE / 4);
        let mut kept = kept();
        if let Some(time) = Instant::now().checked_sub(LIFE) {
            kept.drop_before(time);
        }
        if kept.0.is_empty() {
            return;
        }
    }
}

fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn inflated(bytes: usize) -> Arc<Inflated> {
        Arc::new(Inflated { bytes: vec![0; bytes].into(), packed: 1, failure: None })
    }

    #[test]
    fn what_is_kept_is_found_again() {
        let shelf = Shelf::default();
        assert!(shelf.find().is_none());
        let one = shelf.keep(Inflated { bytes: vec![7; 9].into(), packed: 1, failure: None });
        assert!(Arc::ptr_eq(&shelf.find().unwrap(), &one));
    }

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let (now, mut kept) = (Instant::now(), Kept(VecDeque::new()));
        let files: Vec<Arc<Inflated>> = [40, 30, 30, 90].map(inflated).into();
        let shelves: Vec<Weak<Inflated>> = files.iter().map(Arc::downgrade).collect();
        for (number, it) in files.iter().enumerate() {
            kept.put(now + Duration::from_secs(number as u64), it, 100);
        }
        drop(files);
        let is_kept = || shelves.iter().map(|it| it.upgrade().is_some()).collect::<Vec<_>>();
        assert_eq!(is_kept(), [false, false, false, true]);
        let late = inflated(5);
        kept.put(now, &late, 100);
        kept.renew(now + Duration::from_secs(9), &late);
        kept.drop_before(now + Duration::from_secs(4));
        assert_eq!((is_kept(), kept.0.len()), (vec![false; 4], 1));
        kept.drop_before(now + Duration::from_secs(10));
        kept.renew(now + Duration::from_secs(11), &late);
        assert!(kept.0.is_empty());
    }
}
