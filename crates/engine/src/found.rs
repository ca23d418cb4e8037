//! The answer to a query, and what was noticed on the way to it.

use plan::{Plan, Wanted, Weight};
use source::Report;
use syntax::Span;
use value::{Batch, Column};

/// The answer to a query.
pub struct Found {
    /// The rows; columns are named as the query shows them.
    pub batch: Batch,
    /// The place of each row's event in the archive; rows of a `stats` have none.
    pub pointers: Option<Column>,
    /// What was read for it.
    pub statistics: Statistics,
    /// Where the last row was lost, if there is none.
    pub emptied: Option<Emptied>,
    /// The fields that the query reads and that no event had, of those that were looked at.
    pub unseen: Vec<Wanted>,
    /// How many different keys the second query of a `join` gave; 0 where there is no `join`.
    pub join_keys: usize,
    /// How many texts there were in the periods that a `diff` compares, if there is one.
    pub compared: Option<Compared>,
    /// What could not be read.
    pub report: Report,
}

/// How many texts there were in two periods that are compared; those that lie in both count in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// In the one that the query is about.
    pub current: u64,
    /// In the earlier one.
    pub earlier: u64,
}

/// Where the last row was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emptied {
    /// The archive has no event in the log groups and the time range of the query.
    Archive,
    /// This `filter` or `join` let no row through.
    Command(Span),
    /// No command alone: `limit 0`, a `stats` without groups.
    Rest,
}

/// What was read for an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Events behind all filters that stand before the first `stats`.
    pub records_matched: u64,
    /// Events read; those passed over unread count only if the plan asks for it.
    pub records_scanned: u64,
    /// Bytes of their messages.
    pub bytes_scanned: u64,
    /// Log groups they are of.
    pub log_groups_scanned: u64,
    /// Rows of the answer.
    pub result_count: u64,
}

impl Found {
    /// The rows without the columns that are for programs alone: long ones, and those of JSON.
    pub fn main_columns(&self, plan: &Plan) -> Batch {
        let mut batch = Batch::of_height(self.batch.height);
        for (column, shown) in self.batch.columns.iter().zip(&plan.shown) {
            if shown.weight == Weight::Main {
                batch.names.push((*shown.title).into());
                batch.columns.push(column.clone());
            }
        }
        batch
    }

    /// Takes in what was read, and noticed, for a query within this one.
    pub(crate) fn add_subquery(&mut self, within: Found) {
        self.statistics.records_scanned += within.statistics.records_scanned;
        self.statistics.bytes_scanned += within.statistics.bytes_scanned;
        self.unseen.extend(within.unseen);
        self.join_keys = self.join_keys.max(within.join_keys);
        self.report.add(within.report);
    }
}
