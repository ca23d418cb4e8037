//! Puts the last value seen where there is none.

use std::fmt;

use crate::expr::{Expr, Field};
use crate::step::{list, named};

/// `filldown host, cpu`
#[derive(Clone)]
pub struct Filldown {
    /// What is called what once it is filled.
    pub fields: Vec<(Field, Expr)>,
}

impl Filldown {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.fields.iter().for_each(|(_, it)| it.fields(visit));
    }
}

impl fmt::Display for Filldown {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("filldown   ")?;
        list(f, self.fields.iter().map(|(field, expr)| named(expr, &field.name)))
    }
}
