//! Adds up the numbers of a row, and those of a column.

use std::fmt;

use crate::expr::{Expr, Field};
use crate::step::{list, named};

/// `addtotals number(reads), number(writes) as Total`
#[derive(Clone)]
pub struct AddTotals {
    /// The numbers; those that are missing do not count, and without any there is no sum.
    pub numbers: Vec<Expr>,
    /// What their sum is called.
    pub into: Field,
}

/// `summary    number(reads) as reads`: a last row, with the sums of columns
#[derive(Clone)]
pub struct Summary {
    /// The columns, and their numbers.
    pub sums: Vec<(Field, Expr)>,
}

impl AddTotals {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.numbers.iter().for_each(|it| it.fields(visit));
    }
}

impl Summary {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.sums.iter().for_each(|(_, it)| it.fields(visit));
    }
}

impl fmt::Display for AddTotals {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("addtotals  ")?;
        list(f, self.numbers.iter())?;
        write!(f, " as {}", self.into)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("summary    ")?;
        list(f, self.sums.iter().map(|(field, number)| named(number, &field.name)))
    }
}
