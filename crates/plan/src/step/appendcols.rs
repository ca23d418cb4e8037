//! Puts the columns of a second query beside those of the rows, the first row beside the first.

use std::fmt;

use crate::expr::{Expr, Field};
use crate::step::{Side, list, named};

/// `appendcols (…) n, level`
#[derive(Clone)]
pub struct AppendCols {
    /// The second query.
    pub right: Side,
    /// What its columns become, in their order.
    pub columns: Vec<AppendedColumn>,
}

/// What a column of the second query becomes.
#[derive(Clone)]
pub struct AppendedColumn {
    /// What it is called.
    pub into: Field,
    /// The value that the row has already, and keeps; none where it is replaced.
    pub own: Option<Expr>,
}

impl AppendCols {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.columns.iter().filter_map(|it| it.own.as_ref()).for_each(|it| it.fields(visit));
    }
}

impl fmt::Display for AppendCols {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("appendcols (…) ")?;
        let column = |it: &AppendedColumn| match &it.own {
            Some(own) => named(&format!("coalesce({own}, {})", it.into), &it.into.name),
            None => it.into.to_string(),
        };
        list(f, self.columns.iter().map(column))
    }
}
