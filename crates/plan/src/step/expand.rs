//! Makes a row of each item of a JSON array, which may still be text; what is no array stays one row.

use std::fmt;

use crate::expr::{Expr, Field};

/// `expand items`
#[derive(Clone)]
pub struct Expand {
    /// The array, or its text.
    pub array: Expr,
    /// What an item of it is called.
    pub into: Field,
}

impl Expand {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.array.fields(visit);
    }
}

impl fmt::Display for Expand {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "expand     {} as {}", self.array, self.into)
    }
}
