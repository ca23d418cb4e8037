//! What a test expects.

use std::path::PathBuf;

/// What a test expects; each part that is there must hold.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    /// All rows.
    pub rows: Option<Rows>,
    /// Whether the rows may come in any order.
    pub order: Order,
    /// Rows that must be among them.
    pub contains: Option<Rows>,
    /// How many rows there are.
    pub row_count: Option<usize>,
    /// The columns, in order.
    pub columns: Option<Vec<String>>,
    /// That the query is refused.
    pub error: Option<ExpectedError>,
    /// The codes of all warnings.
    pub warnings: Option<Vec<String>>,
    /// A file that holds the answer as a table.
    pub snapshot: Option<PathBuf>,
    /// How far numbers may be off, as a part of what is expected.
    pub tolerance: Option<f64>,
}

/// Whether the order of rows counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// It does.
    #[default]
    Counts,
    /// Rows may come in any order.
    Any,
}

/// Expected rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// The columns.
    pub columns: Vec<String>,
    /// A cell for each column; None where a row says nothing of it.
    pub rows: Vec<Vec<Option<String>>>,
    /// Whether the answer may have other columns than these.
    pub others: Others,
}

/// What of columns that are not expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Others {
    /// There may be none: a table says all.
    #[default]
    Refused,
    /// They are not looked at: a list of rows says what matters.
    PassedOver,
}

/// How a query must be refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExpectedError {
    /// The code of one of the faults.
    pub code: Option<String>,
    /// A part of its message.
    pub message: Option<String>,
    /// The line where it is, from 1: of the query if it stands in the test, else of its file.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
}

impl Expect {
    /// Whether it expects nothing at all: such a test could not fail.
    pub fn is_empty(&self) -> bool {
        self.rows.is_none()
            && self.contains.is_none()
            && self.row_count.is_none()
            && self.columns.is_none()
            && self.error.is_none()
            && self.warnings.is_none()
            && self.snapshot.is_none()
    }
}
