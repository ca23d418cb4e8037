//! Tables that are given beside the log: what `lookup` and `cidrlookup` look into.

use std::fmt;

/// A table, all of it text.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// What queries call it.
    pub name: String,
    /// What its columns are called: at least one, each once.
    pub columns: Vec<String>,
    /// The rows, each with a cell for each column; an empty cell is no value.
    pub rows: Vec<Vec<Option<String>>>,
}

impl Table {
    /// The place of the column with this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|it| it == name)
    }
}

/// Its shape alone: its rows may be many.
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} ({}): {} rows", self.name, self.columns.join(", "), self.rows.len())
    }
}
