//! Batch to text: table, JSON, CSV and others.
//!
//! [`Results`] is what there is to write, a [`Writer`] is one format, and [`ALL`] lists them. Every format writes row by
//! row through a buffer, so nothing is ever as long as the whole text.
//!
//! ```
//! use output::{Results, find};
//! use value::{Batch, Column};
//!
//! let mut batch = Batch::of_height(2);
//! batch.set("level", Column::from_texts([Some("ERROR"), Some("WARN")]));
//! batch.set("count(*)", Column::from_numbers([Some(3.0), Some(12.0)]));
//!
//! let mut text = Vec::new();
//! if let Some(csv) = find("csv") {
//!     (csv.write)(&Results::of(&batch), &mut text)?;
//! }
//! assert_eq!(text, b"level,count(*)\nERROR,3\nWARN,12\n");
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod cells;
pub mod markup;
pub mod picture;
pub mod visible;
mod write;
mod zone;

use std::io;

use value::{Batch, Column};

pub use write::{ALL, AWS, CHART, CSV, JSON, JSONL, MARKDOWN, SVG, TABLE, TSV, fence, find, push_markdown};
pub use zone::Zone;

/// An output format.
pub struct Writer {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Writes the results; fails only where writing fails.
    pub write: fn(&Results, &mut dyn io::Write) -> io::Result<()>,
}

/// The answer to a query, and how it is to look.
pub struct Results<'a> {
    /// The rows, with the columns to show and no others.
    pub batch: &'a Batch,
    /// The place of each row's event, if the rows are events; only `aws` shows it, as `@ptr`.
    pub pointers: Option<&'a Column>,
    /// What was read for the answer; only `aws` shows it.
    pub statistics: Statistics,
    /// How many columns of characters the terminal has; without, nothing is cut. Only `table` heeds it.
    pub width: Option<usize>,
    /// What to print before and after the header of a `table`: the codes that switch bold on and off, or nothing.
    pub emphasis: [&'a str; 2],
}

/// The statistics of a query, as the service gives them; those without a value are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Statistics {
    /// Events behind all filters, before any `stats`.
    pub records_matched: Option<f64>,
    /// Events read.
    pub records_scanned: Option<f64>,
    /// Events passed over unread, as an estimate.
    pub estimated_records_skipped: Option<f64>,
    /// Bytes of the events read.
    pub bytes_scanned: Option<f64>,
    /// Bytes of the events passed over, as an estimate.
    pub estimated_bytes_skipped: Option<f64>,
    /// Log groups read.
    pub log_groups_scanned: Option<f64>,
    /// Rows of the answer.
    pub result_count: Option<f64>,
}

impl<'a> Results<'a> {
    /// Rows alone: no pointers, no statistics, no limit of width, no emphasis.
    pub fn of(batch: &'a Batch) -> Results<'a> {
        Results { batch, pointers: None, statistics: Statistics::default(), width: None, emphasis: ["", ""] }
    }
}

#[cfg(test)]
mod testing;
