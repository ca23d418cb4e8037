//! Copies values of earlier rows.

use std::fmt;

use crate::expr::{Expr, Field};
use crate::step::list;

/// `autoregress bytes as bytes_p1, bytes_p2`
#[derive(Clone)]
pub struct Autoregress {
    /// What is copied.
    pub value: Expr,
    /// How many rows before, and what the copy is called.
    pub copies: Vec<(usize, Field)>,
}

impl Autoregress {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.value.fields(visit);
    }
}

impl fmt::Display for Autoregress {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "autoregress {} as ", self.value)?;
        list(f, self.copies.iter().map(|(_, field)| field))
    }
}
