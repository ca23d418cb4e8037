//! Makes a row of each item of a list; where there is none, there is no row.

use std::fmt;

use crate::expr::{Expr, Field};

/// `unnest access(order, "items") into item`
#[derive(Clone)]
pub struct Unnest {
    /// The list; anything else is a list of one.
    pub list: Expr,
    /// What an item of it is called.
    pub into: Field,
}

impl Unnest {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.list.fields(visit);
    }
}

impl fmt::Display for Unnest {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "unnest     {} into {}", self.list, self.into)
    }
}
