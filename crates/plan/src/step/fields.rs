//! Computes columns and gives them names; each sees those before it.

use std::fmt;

use crate::expr::{Expr, Field};
use crate::step::{list, named};

/// `fields number(latency) / 1000 as seconds`
#[derive(Clone)]
pub struct Fields {
    /// The columns, in order: a later one may read an earlier one.
    pub items: Vec<(Field, Expr)>,
}

impl Fields {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.items.iter().for_each(|(_, expr)| expr.fields(visit));
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("fields     ")?;
        list(f, self.items.iter().map(|(field, expr)| named(expr, &field.name)))
    }
}
