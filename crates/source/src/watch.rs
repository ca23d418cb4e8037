//! What a running scan and whoever waits for it tell each other.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

/// Shared between a scan, the engine and whoever waits: progress, cancelling, and what no longer counts.
#[derive(Debug)]
pub struct Watch {
    /// Set to end the scan at the next block.
    pub cancelled: AtomicBool,
    /// Bytes of files done, as they are on disk.
    pub bytes_done: AtomicU64,
    /// Bytes of all files that the scan will read.
    pub bytes_total: AtomicU64,
    /// Events handed over.
    pub rows: AtomicU64,
    /// No event older than this counts any more, in epoch milliseconds, nor one without a time. Heeded only where the
    /// scan counts what it hands over and no more.
    pub floor: AtomicI64,
    /// No event newer than this counts any more, heeded as the floor is.
    pub ceiling: AtomicI64,
}

impl Default for Watch {
    fn default() -> Watch {
        Watch {
            cancelled: AtomicBool::new(false),
            bytes_done: AtomicU64::new(0),
            bytes_total: AtomicU64::new(0),
            rows: AtomicU64::new(0),
            floor: AtomicI64::new(i64::MIN),
            ceiling: AtomicI64::new(i64::MAX),
        }
    }
}

impl Watch {
    /// All events count again, for another scan.
    pub fn forget_bounds(&self) {
        self.floor.store(i64::MIN, Ordering::Relaxed);
        self.ceiling.store(i64::MAX, Ordering::Relaxed);
    }

    /// Whether the scan is to end.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
