//! Adds up a number from row to row.

use std::fmt;

use crate::expr::{Expr, Field};

/// `accum number(bytes) as so_far`
#[derive(Clone)]
pub struct Accum {
    /// What is added up; a row without it has no sum.
    pub number: Expr,
    /// What the sum is called.
    pub into: Field,
}

impl Accum {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.number.fields(visit);
    }
}

impl fmt::Display for Accum {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "accum      {} as {}", self.number, self.into)
    }
}
