//! An archive in memory: files given as bytes, for tests and whatever is not on a disk.

use std::path::Path;
use std::sync::Arc;

use plan::Scan;

use crate::archive::{Archive, File, Sizes};
use crate::block::Block;
use crate::catalog::{DataSource, Origin, is_write_test};
use crate::content::Content;
use crate::error::Error;
use crate::report::Report;
use crate::watch::Watch;
use crate::{Group, Source, scan};

/// Files in memory. They stand in the archive in the order in which they were added.
#[derive(Debug, Default)]
pub struct Memory {
    pub(crate) archive: Archive,
}

impl Memory {
    /// No files yet.
    pub fn new() -> Memory {
        Memory::default()
    }

    /// Adds a file, plain, gzip or zstd; its path names group and stream as on a disk, unless the group is given.
    /// The object that an export leaves to see whether it may write is passed over.
    #[must_use]
    pub fn file(mut self, path: &str, group: Option<&str>, bytes: impl Into<Arc<[u8]>>) -> Memory {
        let mut origin = Origin::new(path.into(), Path::new(""), group, None);
        origin.file = self.archive.files.len();
        if !is_write_test(&origin.path) {
            self.archive.files.push(Arc::new(File::new(origin, Content::Bytes(bytes.into()))));
        }
        self
    }

    /// Says which data source the files are of that are here by now.
    #[must_use]
    pub fn of_source(mut self, source: &DataSource) -> Memory {
        // Nobody else has them yet.
        for file in self.archive.files.iter_mut().filter_map(Arc::get_mut) {
            file.origin.data_source.get_or_insert_with(|| source.clone());
        }
        self
    }

    /// Cuts the files into blocks of about so many bytes; whatever it is, the events are the same.
    #[must_use]
    pub fn with_blocks_of(mut self, bytes: usize) -> Memory {
        self.archive.sizes = Sizes { whole: bytes, stream: bytes };
        self
    }
}

impl Source for Memory {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error> {
        scan::scan(&self.archive, scan, watch, visit)
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error> {
        scan::newest(&self.archive, watch)
    }

    fn groups(&self) -> Vec<Group> {
        self.archive.groups()
    }

    fn beginning(&self, group: &Group) -> Option<i64> {
        self.archive.beginning(group)
    }
}
