//! Log files to blocks of events to columns.
//!
//! A [`Source`] answers a [`Scan`](plan::Scan): it hands over [`Block`]s, some megabytes of whole events each, from
//! several threads, and a block gives the [`Column`](value::Column)s that are wanted of it. [`Files`] are on disk,
//! [`Memory`] is for tests. Formats are found by content ([`read::ALL`]), fields by the shape of messages
//! ([`discover::ALL`]); a [`Report`] tells what could not be read.
//!
//! ```
//! use plan::{Form, Scan, Wanted};
//! use source::{Memory, Source, Watch};
//!
//! let log = "2026-01-01T00:00:00.000Z {\"level\":\"INFO\",\"took\":1.50}\n";
//! let source = Memory::new().file("exports/api/000000", None, log.as_bytes());
//! let wanted = [Wanted { name: "took".into(), form: Form::Text }];
//! let report = source.scan(&Scan::default(), &Watch::default(), &|block| {
//!     let took = &block.columns(&wanted, None)[0];
//!     assert_eq!(took.texts().get(0), Some("1.50"));
//! })?;
//! assert_eq!(report.records_scanned, 1);
//! # Ok::<(), source::Error>(())
//! ```

mod archive;
mod block;
mod catalog;
mod cells;
mod container;
mod content;
pub mod discover;
mod error;
mod event;
mod fields;
mod files;
mod groups;
mod inflate;
mod job;
mod json;
mod kept;
mod map;
mod members;
mod memory;
mod notes;
mod prune;
pub mod read;
mod record;
mod report;
mod saved;
mod scan;
mod stream;
mod table;
mod task;
mod watch;
mod window;
mod zones;

use plan::Scan;

pub use block::Block;
pub use catalog::{DataSource, Input};
pub use error::Error;
pub use fields::{
    EVERY_EVENT, FieldFound, FieldsFound, all_field_names, field_names, fields, fields_of, may_look_at_all,
};
pub use files::{Files, Growing};
pub use memory::Memory;
pub use record::record;
pub use report::{Fault, Report, Trouble};
pub use table::{read_table, table};
pub use watch::Watch;

/// Where events come from.
pub trait Source: Sync {
    /// Hands every block that may hold events of the scan to `visit`, once, from several threads, in no order.
    ///
    /// Events outside the range are not in the blocks, nor those that cannot hold the scan's literals or have its
    /// needed fields.
    ///
    /// # Errors
    /// Where there are files and none of them can be read. What only a part suffers from stands in the report.
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error>;

    /// The newest event's time in epoch milliseconds: a pass over the heads of all events.
    ///
    /// # Errors
    /// As [`Source::scan`].
    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error>;

    /// The log groups there are, by name: a pass over the files whose data names them, once.
    fn groups(&self) -> Vec<Group>;

    /// When a log group begins, in epoch milliseconds: the earliest of the times that stand at the heads of its files,
    /// of which no more is looked at. Of a file whose data names several groups, it is the file's.
    fn beginning(&self, group: &Group) -> Option<i64>;
}

/// The log groups of an archive as a plan is told of them, where a query may name one: to find them, files may have to be
/// looked into.
pub fn log_groups(query: &str, source: &dyn Source) -> Option<Vec<plan::LogGroup>> {
    let may_name_one = query.to_ascii_lowercase().contains("source");
    let known = |it: Group| plan::LogGroup { name: it.name, account: it.account, class: None };
    may_name_one.then(|| source.groups().into_iter().map(known).collect())
}

/// A log group of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its account, where it is known.
    pub account: Option<String>,
    /// How many log streams it has, as far as the files' places tell.
    pub streams: usize,
    /// How many files. One whose data names several groups counts with each of them, and so do its bytes.
    pub files: usize,
    /// Their bytes on disk.
    pub bytes: u64,
    /// The formats of the files, in the order in which they were met.
    pub formats: Vec<&'static str>,
    /// How many of the files no reader knows.
    pub unreadable: usize,
}

impl Group {
    fn new(name: &str, account: Option<&str>) -> Group {
        Group { name: name.to_owned(), account: account.map(str::to_owned), ..Group::default() }
    }

    /// Whether a scan reads it.
    pub fn is_read_by(&self, scan: &plan::Scan) -> bool {
        let named = |it: &plan::Groups| catalog::is_named(&it.which, &self.name, self.account.as_deref());
        scan.groups.is_empty() || scan.groups.iter().any(named)
    }
}
