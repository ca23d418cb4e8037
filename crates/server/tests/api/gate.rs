//! An archive that hands nothing over before it is opened: a query over it runs for as long as a test likes.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use plan::Scan;
use source::{Block, Error, Group, Memory, Report, Source, Watch};

/// The archive.
pub struct Gate {
    /// What is behind it.
    pub logs: Memory,
    /// Whether it is open.
    pub is_open: AtomicBool,
    /// How many blocks it lets through while it is closed.
    pub permits: AtomicUsize,
}

impl Gate {
    /// Closed.
    pub fn new(logs: Memory) -> Gate {
        Gate { logs, is_open: AtomicBool::new(false), permits: AtomicUsize::new(0) }
    }

    /// Waits until a block may go through.
    fn wait(&self, watch: &Watch) {
        let may = || self.permits.fetch_update(Relaxed, Relaxed, |it| it.checked_sub(1)).is_ok();
        while !self.is_open.load(Relaxed) && !watch.is_cancelled() && !may() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Source for Gate {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error> {
        self.logs.scan(scan, watch, &|block| {
            self.wait(watch);
            visit(block);
        })
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error> {
        self.logs.newest(watch)
    }

    fn groups(&self) -> Vec<Group> {
        self.logs.groups()
    }

    fn beginning(&self, group: &Group) -> Option<i64> {
        self.logs.beginning(group)
    }
}
