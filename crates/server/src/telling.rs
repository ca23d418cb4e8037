//! Told to whoever watches the server: what no answer of the API has room for.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use plan::Scan;
use source::{Block, Error, Group, Report, Source, Watch};

use crate::service::Archive;

/// An archive that tells which of its files could not be read whole, each once.
pub(crate) struct Telling {
    archive: Archive,
    tell: fn(&str),
    told: Arc<Told>,
}

/// The lines that were told.
pub(crate) type Told = Mutex<HashSet<String>>;

/// How many different lines are told; a damaged archive of very many files says no more than that.
const MOST: usize = 10_000;

impl Telling {
    /// One that tells no line that was told already.
    pub(crate) fn of(archive: Archive, tell: fn(&str), told: Arc<Told>) -> Telling {
        Telling { archive, tell, told }
    }

    fn tell(&self, line: String) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() < MOST && told.insert(line.clone()) {
            drop(told);
            (self.tell)(&line);
        }
    }
}

/// What could not be read, as people read it: the same whichever parts of a file were looked at.
pub(crate) fn unread(report: &Report) -> Vec<String> {
    report.faults.iter().map(|it| format!("warning: {}: {}", it.path.display(), it.trouble)).collect()
}

impl Source for Telling {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error> {
        let report = self.archive.scan(scan, watch, visit)?;
        unread(&report).into_iter().for_each(|it| self.tell(it));
        Ok(report)
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error> {
        self.archive.newest(watch)
    }

    fn groups(&self) -> Vec<Group> {
        self.archive.groups()
    }

    fn beginning(&self, group: &Group) -> Option<i64> {
        self.archive.beginning(group)
    }
}
