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
    /// The value that the row has already under that name, if it has the column.
    pub own: Option<Expr>,
    /// Which of the two values the row gets.
    pub kept: Kept,
}

/// Which value of a row stays, where the second query has a column of the same name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// Its own, if there is one.
    Own,
    /// That of its partner, be it missing; its own where it has no partner.
    Partners,
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
            Some(own) if it.kept == Kept::Own => named(&format!("coalesce({own}, {})", it.into), &it.into.name),
            _ => it.into.to_string(),
        };
        list(f, self.columns.iter().map(column))
    }
}
