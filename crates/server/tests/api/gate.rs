//! An archive that is looked at while it is read: it hands nothing over before it is opened, so that a query over it runs
//! for as long as a test likes, and it counts the blocks that are read of it.
#![allow(dead_code, reason = "one test needs a closed one, another the count")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use plan::Scan;
use rayon::{ThreadPool, ThreadPoolBuilder};
use server::Archive;
use source::{Block, Error, Group, Report, Source, Watch};

/// The archive.
pub struct Gate {
    /// What is behind it.
    logs: Archive,
    /// Whether it is open.
    pub is_open: AtomicBool,
    /// How many blocks it lets through while it is closed.
    pub permits: AtomicUsize,
    /// How many blocks were read.
    pub blocks: AtomicUsize,
    /// As many on any machine.
    threads: ThreadPool,
}

impl Gate {
    /// One that is closed.
    pub fn closed(logs: impl Source + Send + 'static) -> Arc<Gate> {
        let threads = ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let (is_open, permits, blocks) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        Arc::new(Gate { logs: Arc::new(logs), is_open, permits, blocks, threads })
    }

    /// One that is open.
    pub fn open(logs: impl Source + Send + 'static) -> Arc<Gate> {
        let gate = Gate::closed(logs);
        gate.is_open.store(true, Relaxed);
        gate
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
        let visit = |block: &Block<'_>| {
            self.wait(watch);
            visit(block);
        };
        let report = self.threads.install(|| self.logs.scan(scan, watch, &visit))?;
        self.blocks.fetch_add(report.blocks_read, Relaxed);
        Ok(report)
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
