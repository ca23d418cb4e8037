//! A file to be read, and which of its events are kept.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::archive::{File, Times};
use crate::catalog::Origin;
use crate::event::Events;
use crate::groups::{Home, Met};
use crate::read::Reader;
use crate::window::{Selection, Window};

/// A file of a scan.
pub(crate) struct Task<'j> {
    pub(crate) file: &'j File,
    pub(crate) window: Window,
    /// Which groups are wanted, where the data names them and not all are.
    selection: Option<Arc<Selection>>,
    /// The groups that the data named so far, by account and name, and whether they are wanted.
    groups: Mutex<BTreeMap<String, (Origin, bool)>>,
    /// When the events happened that were seen so far.
    times: Mutex<Times>,
    /// Whether some were not seen.
    unseen: AtomicBool,
}

impl<'j> Task<'j> {
    pub(crate) fn new(file: &'j File, window: Window) -> Task<'j> {
        let (groups, times, unseen) = (Mutex::default(), Mutex::default(), AtomicBool::new(false));
        Task { file, window, selection: None, groups, times, unseen }
    }

    /// The same task, for a file whose data names its groups: of those only these are wanted.
    pub(crate) fn among(self, selection: Arc<Selection>) -> Task<'j> {
        Task { selection: Some(selection), ..self }
    }

    /// No events yet, for a reader to add those to that are kept; of those older than the floor none is.
    pub(crate) fn events(&self, reader: &Reader, floor: i64) -> Events {
        let mut events = match reader.names_groups() {
            true => Events::among(self.home(floor)),
            false => Events::within(self.window.clone().since(floor)),
        };
        events.layout = self.file.kind().layout.clone();
        events
    }

    /// Where groups are met that the data names; of events older than the floor none is kept.
    pub(crate) fn home(&self, floor: i64) -> Home {
        let window = self.window.clone().since(floor);
        Home { origin: self.file.origin.clone(), selection: self.selection.clone(), window, floor }
    }

    /// Groups were met.
    pub(crate) fn add_groups(&self, met: &[Met]) {
        if !met.is_empty() {
            let mut groups = self.groups();
            let new = met.iter().map(|it| (it.origin.log.clone(), (it.origin.clone(), it.window.is_some())));
            groups.extend(new);
        }
    }

    /// The file is not looked at again: its groups are those that were met before.
    pub(crate) fn recall_groups(&self) {
        let home = self.home(i64::MIN);
        let known = self.file.groups.get().into_iter().flatten();
        self.groups().extend(known.map(|it| (it.log.clone(), (it.clone(), home.window_of(it).is_some()))));
    }

    /// The accounts and groups that the scan looked at in this file.
    pub(crate) fn logs(&self) -> Vec<String> {
        if !self.file.names_groups() {
            return vec![self.file.origin.log.clone()];
        }
        self.groups().iter().filter(|it| it.1.1).map(|it| it.0.clone()).collect()
    }

    /// Keeps the groups with the file: all of it was looked at.
    pub(crate) fn keep_groups(&self) {
        if self.file.names_groups() {
            self.file.groups.get_or_init(|| self.groups().values().map(|it| it.0.clone()).collect());
        }
    }

    /// Whether the file is known to have no event that counts, nor any without a time.
    pub(crate) fn is_outside(&self, floor: i64) -> bool {
        self.file.times.get().is_some_and(|it| {
            let window = self.window.clone().since(floor);
            it.untimed == 0 && it.ends.is_none_or(|(oldest, newest)| !window.overlaps(oldest, newest))
        })
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

    /// A time at which events of the file count as having happened, as they say it.
    pub(crate) fn as_said(&self, time: i64) -> i64 {
        if time == i64::MIN { time } else { time.saturating_sub(self.file.origin.shift) }
    }

    /// The newest event that was seen.
    pub(crate) fn newest(&self) -> Option<i64> {
        self.times().ends.map(|it| it.1 + self.file.origin.shift)
    }

    /// Keeps the times with the file, for later scans, if all events were seen.
    pub(crate) fn keep_times(&self) {
        if !self.unseen.load(Ordering::Relaxed) {
            self.file.times.get_or_init(|| *self.times());
        }
    }

    fn groups(&self) -> MutexGuard<'_, BTreeMap<String, (Origin, bool)>> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn times(&self) -> MutexGuard<'_, Times> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
