//! What the threads of a scan tell while they work.

use std::sync::{Mutex, PoisonError};

use crate::archive::{BlockTimes, Times};
use crate::block::Block;
use crate::report::{Fault, Faults, Report, Trouble};
use crate::task::Task;

/// What was found so far. It is told once a block, so that nobody waits for anybody.
#[derive(Default)]
pub(crate) struct Notes {
    found: Mutex<Found>,
}

/// All that was told.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) report: Report,
    pub(crate) faults: Faults,
    /// Files that are empty: neither read nor unreadable.
    pub(crate) empty: usize,
}

impl Notes {
    /// Adds to what was found.
    pub(crate) fn add(&self, add: impl FnOnce(&mut Found)) {
        add(&mut self.found.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Counts the events of a block, and notes what could not be read of it; it begins at this place of the file.
    pub(crate) fn block(&self, task: &Task<'_>, block: &Block<'_>, base: u64) {
        let events = block.events();
        let tally = &events.tally;
        let kept = if task.window.counts { tally.seen } else { events.len() as u64 };
        task.add_groups(&events.groups.met);
        let times = Times { ends: tally.times, untimed: tally.untimed };
        task.add_times(BlockTimes { base, length: block.size(), times });
        // Of times without a year the next scan is to tell again, whatever its range.
        if tally.unread || tally.yearless > 0 {
            task.miss_some();
        }
        self.add(|it| {
            it.report.blocks_read += 1;
            it.report.records_scanned += kept;
            it.report.widest = it.report.widest.max(block.widest());
            it.report.bytes_scanned += events.bytes() + tally.passed_bytes;
            it.report.records_yearless += tally.yearless;
            it.report.records_untimed += if task.window.untimed { 0 } else { tally.untimed };
        });
        for (at, trouble) in &tally.troubles {
            self.fault(task, Some(base + *at as u64), trouble.clone());
        }
        let replaced = block.replaced();
        if replaced.count > 0 {
            let (path, at) = (task.file.origin.path.clone(), Some(base + replaced.first));
            let fault = Fault { path, at, trouble: Trouble::NotUtf8, count: replaced.count };
            self.add(|it| it.faults.add(fault));
        }
    }

    /// Notes that something in a file could not be read.
    pub(crate) fn fault(&self, task: &Task<'_>, at: Option<u64>, trouble: Trouble) {
        // It may have had any time, and the next scan is to tell of it again.
        task.miss_some();
        let path = task.file.origin.path.clone();
        self.add(|it| it.faults.add(Fault { path, at, trouble, count: 1 }));
    }

    /// All that was told, once everybody is done.
    pub(crate) fn end(self) -> Found {
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}
