//! A file to be read, and which of its events are kept.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::archive::{File, Learnt};
use crate::catalog::Origin;
use crate::event::Events;
use crate::groups::{Home, Met};
use crate::read::Reader;
use crate::window::{ALL_TIMES, Selection, Window};
use crate::zones::{Remarks, Zone};

/// A file of a scan.
pub(crate) struct Task<'j> {
    pub(crate) file: &'j File,
    /// What was seen of it before, and what is learnt now.
    pub(crate) seen: Learnt,
    pub(crate) window: Window,
    /// Which groups are wanted, where the data names them and not all are.
    selection: Option<Arc<Selection>>,
    /// The groups that the data named so far, by account and name, and whether they are wanted.
    groups: Mutex<BTreeMap<String, (Origin, bool)>>,
}

impl<'j> Task<'j> {
    pub(crate) fn new(file: &'j File, window: Window) -> Task<'j> {
        Task { file, seen: file.seen(), window, selection: None, groups: Mutex::default() }
    }

    /// The same task, for a file whose data names its groups: of those only these are wanted.
    pub(crate) fn among(self, selection: Arc<Selection>) -> Task<'j> {
        Task { selection: Some(selection), ..self }
    }

    /// No events yet, for a reader to add those to that are kept: of those that are not within the horizon none is.
    pub(crate) fn events(&self, reader: &Reader, horizon: plan::Range) -> Events {
        let mut events = match reader.names_groups() {
            true => Events::among(self.home(horizon)),
            false => Events::within(self.window.clone().within(horizon)),
        };
        events.layout = self.file.kind().layout.clone();
        events
    }

    /// Where groups are met that the data names; of events beyond the horizon none is kept.
    pub(crate) fn home(&self, horizon: plan::Range) -> Home {
        let window = self.window.clone().within(horizon);
        Home { origin: self.file.origin.clone(), selection: self.selection.clone(), window, horizon }
    }

    /// Groups were met.
    pub(crate) fn add_groups(&self, met: &[Met]) {
        if !met.is_empty() {
            let mut groups = self.groups();
            let new = met.iter().map(|it| (it.origin.log.clone(), (it.origin.clone(), it.window.is_some())));
            groups.extend(new);
        }
    }

    /// Not all of the file may be looked at again: its groups are those that were met before.
    pub(crate) fn recall_groups(&self) {
        let Some(known) = self.file.groups.get() else { return };
        let home = self.home(ALL_TIMES);
        self.groups().extend(known.iter().map(|it| (it.log.clone(), (it.clone(), home.window_of(it).is_some()))));
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

    /// Notes that the file has no event from here on; of one that grows nobody knows.
    pub(crate) fn learn_end(&self, at: u64) {
        if self.file.serial.is_none() {
            self.seen.zones.learn(Zone::empty(self.file.bytes_from(at)));
        }
    }

    /// What is told of these bytes, where it is known that no event in them counts.
    pub(crate) fn outside(&self, bytes: &Range<u64>, horizon: plan::Range) -> Option<Remarks> {
        let window = self.window.clone().within(horizon);
        let is_whole = *bytes == self.file.bytes_from(0);
        if is_whole && self.file.ends.is_some_and(|(oldest, newest)| !window.overlaps(oldest, newest)) {
            return Some(Remarks::default());
        }
        // Bytes that name groups are looked at until all groups are known.
        self.seen.zones.outside(bytes, &window).filter(|_| self.file.knows_groups())
    }

    fn groups(&self) -> MutexGuard<'_, BTreeMap<String, (Origin, bool)>> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
