//! Keeps the first row for each distinct set of values, in the order in force; rows that lack one are all kept.

use std::fmt;

use crate::expr::{Expr, Field};
use crate::step::list;

/// `dedup server, severity`
#[derive(Clone)]
pub struct Dedup {
    /// The values that make rows the same.
    pub by: Vec<Expr>,
}

impl Dedup {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.by.iter().for_each(|it| it.fields(visit));
    }
}

impl fmt::Display for Dedup {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("dedup      ")?;
        list(f, self.by.iter())
    }
}
