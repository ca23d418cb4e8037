//! What the threads of a scan tell while they work.

use std::sync::{Mutex, PoisonError};

use crate::block::Block;
use crate::report::{Fault, Faults, Report, Trouble};
use crate::task::Task;
use crate::zones::{Remarks, Zone};

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
        let mut faults = Faults::default();
        for (at, trouble) in &tally.troubles {
            faults.add(fault(task, Some(base + *at as u64), trouble.clone()));
        }
        let remarks = Remarks { untimed: tally.untimed, yearless: tally.yearless, faults: faults.sorted() };
        self.remark(task, &remarks);
        self.add(|it| {
            it.report.blocks_read += 1;
            it.report.records_scanned += kept;
            it.report.widest = it.report.widest.max(block.widest());
            it.report.bytes_scanned += events.bytes() + tally.passed_bytes;
        });
        if !tally.unread && !tally.unseen {
            let bytes = base..base + block.size() as u64;
            task.seen.zones.learn(Zone { bytes, ends: tally.times, remarks });
        }
        let replaced = block.replaced();
        if replaced.count > 0 {
            let not_utf8 = fault(task, Some(base + replaced.first), Trouble::NotUtf8);
            self.add(|it| it.faults.add(Fault { count: replaced.count, ..not_utf8 }));
        }
    }

    /// Notes what is told of bytes of a file, be they read or passed over.
    pub(crate) fn remark(&self, task: &Task<'_>, remarks: &Remarks) {
        self.add(|it| {
            it.report.records_yearless += remarks.yearless;
            it.report.records_untimed += if task.window.untimed { 0 } else { remarks.untimed };
            remarks.faults.iter().for_each(|fault| it.faults.add(fault.clone()));
        });
    }

    /// Notes that something in a file could not be read.
    pub(crate) fn fault(&self, task: &Task<'_>, at: Option<u64>, trouble: Trouble) {
        self.add(|it| it.faults.add(fault(task, at, trouble)));
    }

    /// Notes that the bytes of a file break off, and why. Where they are damaged, they will do so again.
    pub(crate) fn broken_off(&self, task: &Task<'_>, at: u64, trouble: Trouble) {
        let fault = fault(task, Some(at), trouble);
        if matches!(fault.trouble, Trouble::Torn(_)) {
            let remarks = Remarks { faults: vec![fault.clone()], ..Remarks::default() };
            task.seen.zones.learn(Zone { remarks, ..Zone::empty(task.file.bytes_from(at)) });
        }
        self.add(|it| it.faults.add(fault));
    }

    /// All that was told, once everybody is done.
    pub(crate) fn end(self) -> Found {
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something in a file that could not be read.
fn fault(task: &Task<'_>, at: Option<u64>, trouble: Trouble) -> Fault {
    Fault { path: task.file.origin.path.clone(), at, trouble, count: 1 }
}
