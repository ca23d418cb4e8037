//! A file to be read, and which of its events are kept.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::archive::{File, Times};
use crate::window::Window;

/// A file of a scan.
pub(crate) struct Task<'j> {
    pub(crate) file: &'j File,
    pub(crate) window: Window,
    /// When the events happened that were seen so far.
    times: Mutex<Times>,
    /// Whether some were not seen.
    unseen: AtomicBool,
}

impl<'j> Task<'j> {
    pub(crate) fn new(file: &'j File, window: Window) -> Task<'j> {
        Task { file, window, times: Mutex::default(), unseen: AtomicBool::new(false) }
    }

    /// Whether the file is known to have no event that counts, nor any without a time.
    pub(crate) fn is_outside(&self, floor: i64) -> bool {
        self.file.times.get().is_some_and(|it| {
            let window = self.window.clone().since(floor);
            it.untimed == 0 && it.ends.is_none_or(|(oldest, newest)| !window.overlaps(oldest, newest))
        })
    }

    /// The account and group of the file.
    pub(crate) fn log(&self) -> &str {
        &self.file.origin.log
    }

    /// More events were seen, with these times.
    pub(crate) fn add_times(&self, more: Times) {
        let mut times = self.times();
        *times = times.and(more);
    }

    /// Some events were not seen, or their times not.
    pub(crate) fn miss_some(&self) {
        self.unseen.store(true, Ordering::Relaxed);
    }

    /// The newest event that was seen.
    pub(crate) fn newest(&self) -> Option<i64> {
        self.times().ends.map(|it| it.1)
    }

    /// Keeps the times with the file, for later scans, if all events were seen.
    pub(crate) fn keep_times(&self) {
        if !self.unseen.load(Ordering::Relaxed) {
            self.file.times.get_or_init(|| *self.times());
        }
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
