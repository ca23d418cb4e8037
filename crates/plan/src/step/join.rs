//! Puts beside each row the rows of a second query that have the same value.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use syntax::Span;
use value::{Batch, Column, Value, compare};

use crate::Plan;
use crate::expr::{Expr, Field};
use crate::step::list;

/// `join left id = (…) b.user, b.name`
#[derive(Clone)]
pub struct Join {
    /// What becomes of a row without a match.
    pub unmatched: Unmatched,
    /// What the rows have.
    pub key: Expr,
    /// The second query: its first column is what must be equal.
    pub right: Side,
    /// What its columns are here, in their order.
    pub columns: Vec<Field>,
    /// How many different keys it may have.
    pub most_keys: Option<usize>,
    /// Where the command stands in the query.
    pub span: Span,
}

/// What becomes of a row without a match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unmatched {
    /// It is dropped.
    Dropped,
    /// It stays, without values of the other side.
    Kept,
}

/// A second query.
#[derive(Clone)]
pub enum Side {
    /// It is still to be run.
    Query(Arc<Plan>),
    /// What it gave.
    Rows(Arc<JoinedRows>),
}

/// The rows of a second query, found by the values of their first column.
pub struct JoinedRows {
    /// The rows, and behind them one without values.
    pub rows: Batch,
    /// The rows whose first values have this hash.
    by_hash: HashMap<u64, Vec<u32>>,
    /// How many different values there are in the first column.
    pub keys: usize,
    /// The most rows that one value may find, and some more where two values have one hash.
    pub most_alike: usize,
}

impl JoinedRows {
    /// The rows, made ready for asking; those whose first value is missing are found by nothing.
    pub fn new(rows: Batch) -> JoinedRows {
        let height = rows.height;
        let absent = rows.columns.iter().map(|_| Column::absent(1)).collect();
        let last = Batch { names: rows.names.clone(), columns: absent, height: 1 };
        let mut it =
            JoinedRows { rows: Batch::stack(vec![rows, last]), by_hash: HashMap::new(), keys: 0, most_alike: 0 };
        for row in 0..height {
            let Some(value) = it.key(row) else { continue };
            let Some(hash) = compare::hash(&value) else { continue };
            it.keys += usize::from(!it.has(&value, hash));
            let alike = it.by_hash.entry(hash).or_default();
            alike.push(row as u32);
            it.most_alike = it.most_alike.max(alike.len());
        }
        it
    }

    /// The numbers of the rows whose first value equals this one, in the sense of `=`, in order.
    pub fn find(&self, value: &Value) -> Vec<u32> {
        let alike = compare::hash(value).map_or(&[][..], |hash| self.alike(hash));
        alike.iter().copied().filter(|row| self.is_at(value, *row)).collect()
    }

    /// How many rows there are that a value may find.
    pub fn count_alike(&self, value: &Value) -> usize {
        compare::hash(value).map_or(0, |hash| self.alike(hash).len())
    }

    /// The number of the row that has no values.
    pub fn none(&self) -> u32 {
        self.rows.height.saturating_sub(1) as u32
    }

    /// Whether a value of this hash finds a row.
    fn has(&self, value: &Value, hash: u64) -> bool {
        self.alike(hash).iter().any(|row| self.is_at(value, *row))
    }

    fn alike(&self, hash: u64) -> &[u32] {
        self.by_hash.get(&hash).map_or(&[], Vec::as_slice)
    }

    fn is_at(&self, value: &Value, row: u32) -> bool {
        self.key(row as usize).is_some_and(|it| compare::equals(value, &it) == Some(true))
    }

    fn key(&self, row: usize) -> Option<Value> {
        self.rows.columns.first()?.value(row)
    }
}

impl Join {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.key.fields(visit);
    }
}

impl fmt::Display for Join {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let kind = if self.unmatched == Unmatched::Kept { "left " } else { "" };
        write!(f, "join       {kind}{} = (…) as ", self.key)?;
        list(f, self.columns.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_values_that_are_equal() {
        let texts = ["1", "x", "01", "", "12345678901234567890", "true"];
        let cells = texts.iter().map(|it| (!it.is_empty()).then_some(*it));
        let rows = Batch { names: vec!["k".into()], columns: vec![Column::from_texts(cells)], height: texts.len() };
        let rows = JoinedRows::new(rows);
        assert_eq!(rows.keys, 4);
        assert_eq!(rows.find(&Value::text("1.0")), [0, 2]);
        assert_eq!(rows.find(&Value::Number(1.0)), [0, 2]);
        assert_eq!(rows.find(&Value::Bool(true)), [0, 2, 5]);
        assert_eq!(rows.find(&Value::text("X")), [0; 0]);
        assert_eq!(rows.find(&Value::text("012345678901234567890")), [4]);
        assert_eq!(rows.find(&Value::text("12345678901234567891")), [0; 0]);
        assert_eq!(rows.none(), 6);
    }
}
