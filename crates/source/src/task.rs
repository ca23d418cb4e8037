//! A file to be read, and which of its events are kept.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::archive::{BlockTimes, File, Times};
use crate::catalog::Origin;
use crate::event::Events;
use crate::groups::{Home, Met};
use crate::read::Reader;
use crate::window::{Horizon, Selection, Window};

/// A file of a scan.
pub(crate) struct Task<'j> {
    pub(crate) file: &'j File,
    pub(crate) window: Window,
    /// Which groups are wanted, where the data names them and not all are.
    selection: Option<Arc<Selection>>,
    /// The groups that the data named so far, by account and name, and whether they are wanted.
    groups: Mutex<BTreeMap<String, (Origin, bool)>>,
    /// When the events happened that were seen so far, by blocks.
    blocks: Mutex<Vec<BlockTimes>>,
    /// Whether some were not seen.
    unseen: AtomicBool,
}

impl<'j> Task<'j> {
    pub(crate) fn new(file: &'j File, window: Window) -> Task<'j> {
        let (groups, blocks, unseen) = (Mutex::default(), Mutex::default(), AtomicBool::new(false));
        Task { file, window, selection: None, groups, blocks, unseen }
    }

    /// The same task, for a file whose data names its groups: of those only these are wanted.
    pub(crate) fn among(self, selection: Arc<Selection>) -> Task<'j> {
        Task { selection: Some(selection), ..self }
    }

    /// No events yet, for a reader to add those to that are kept: of those beyond the horizon none is.
    pub(crate) fn events(&self, reader: &Reader, horizon: Horizon) -> Events {
        let mut events = match reader.names_groups() {
            true => Events::among(self.home(horizon)),
            false => Events::within(self.window.clone().within(horizon)),
        };
        events.layout = self.file.kind().layout.clone();
        events
    }

    /// Where groups are met that the data names; of events beyond the horizon none is kept.
    pub(crate) fn home(&self, horizon: Horizon) -> Home {
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

    /// Not all of the file is looked at again: its groups are those that were met before.
    pub(crate) fn recall_groups(&self) {
        let home = self.home(Horizon::NONE);
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
    pub(crate) fn is_outside(&self, horizon: Horizon) -> bool {
        let window = self.window.clone().within(horizon);
        self.file.times.get().is_some_and(|it| it.are_outside(&window))
    }

    /// Whether it is known when the events of each block happened.
    pub(crate) fn knows_blocks(&self) -> bool {
        self.file.blocks.get().is_some()
    }

    /// Whether the block of so many bytes that begins here is known to have no event that counts, nor any without a time.
    pub(crate) fn is_block_outside(&self, base: u64, length: usize, horizon: Horizon) -> bool {
        let Some(blocks) = self.file.blocks.get() else { return false };
        let found = blocks.binary_search_by_key(&base, |it| it.base).ok().and_then(|it| blocks.get(it));
        // Cut otherwise it is another block.
        let found = found.filter(|it| it.length == length);
        found.is_some_and(|it| it.times.are_outside(&self.window.clone().within(horizon)))
    }

    /// The same of all blocks that begin here or behind.
    pub(crate) fn is_rest_outside(&self, base: u64, horizon: Horizon) -> bool {
        let Some(blocks) = self.file.blocks.get() else { return false };
        let window = self.window.clone().within(horizon);
        let rest = blocks.partition_point(|it| it.base < base);
        blocks[rest..].iter().all(|it| it.times.are_outside(&window))
    }

    /// More events were seen, of a block with these times.
    pub(crate) fn add_times(&self, more: BlockTimes) {
        self.blocks().push(more);
    }

    /// Some events were not seen, or their times not.
    pub(crate) fn miss_some(&self) {
        self.unseen.store(true, Ordering::Relaxed);
    }

    /// The newest event that was seen.
    pub(crate) fn newest(&self) -> Option<i64> {
        self.times().ends.map(|it| it.1 + self.file.origin.shift)
    }

    /// Keeps the times with the file, for later scans, if all events were seen.
    pub(crate) fn keep_times(&self) {
        if !self.unseen.load(Ordering::Relaxed) {
            self.file.times.get_or_init(|| self.times());
            self.file.blocks.get_or_init(|| {
                let mut blocks = self.blocks().clone();
                blocks.sort_unstable_by_key(|it| it.base);
                blocks.into()
            });
        }
    }

    fn groups(&self) -> MutexGuard<'_, BTreeMap<String, (Origin, bool)>> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn times(&self) -> Times {
        self.blocks().iter().fold(Times::default(), |times, it| times.and(it.times))
    }

    fn blocks(&self) -> MutexGuard<'_, Vec<BlockTimes>> {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
