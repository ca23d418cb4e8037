//! All that a plan knows of the world.

use std::sync::Arc;

use crate::{Range, Table};

/// All that a plan knows of the world: it reads no clock and no file.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The time range that was asked for, if one was.
    pub range: Option<Range>,
    /// The query's idea of now in epoch milliseconds: `now()`, and what relative times count from.
    pub now: i64,
    /// How many rows the caller takes at most; the smaller of this and the query's own limit counts.
    pub limit: Option<u64>,
    /// Whose limits hold.
    pub limits: Limits,
    /// Whether the answer comes with the statistics of what was scanned.
    pub counted: crate::Counted,
    /// The tables that `lookup` and `cidrlookup` may name.
    pub tables: Vec<Arc<Table>>,
}

/// Whose limits hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limits {
    /// The machine's: beyond the service's limits a query runs, with a warning.
    #[default]
    Ours,
    /// The service's, to the letter: beyond them a query is refused.
    Service,
}

/// Rows of an answer where the query names no limit.
pub const DEFAULT_LIMIT: u64 = 10_000;
/// The most rows the service gives.
pub const MOST_ROWS: u64 = 100_000;
/// The longest query the service takes, in characters.
pub const LONGEST_QUERY: usize = 10_000;
/// The most fields that the service discovers in one event.
pub const MOST_FIELDS: usize = 200;
/// The most `stats` commands the service takes in one query.
pub const MOST_STATS: usize = 10;
