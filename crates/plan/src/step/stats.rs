//! Gathers rows into groups, and computes a value of each.

use std::fmt;

use functions::Aggregate;

use crate::expr::{Expr, Field};
use crate::step::{Key, list, named};

/// `stats count() as n, avg(seconds) by level`
#[derive(Clone)]
pub struct Stats {
    /// What is computed of each group.
    pub computed: Vec<Computed>,
    /// What makes a group: rows with equal keys. Without keys, all rows are one group, even if there are none.
    pub keys: Vec<(Field, Expr)>,
    /// The order the groups come in: newest bin first, then by the other keys.
    pub order: Vec<Key>,
}

/// One aggregate of a `stats`: `avg(seconds) as mean`
#[derive(Clone)]
pub struct Computed {
    /// The column it makes.
    pub field: Field,
    /// Which aggregate.
    pub aggregate: &'static Aggregate,
    /// Its arguments, the hidden ones included.
    pub args: Vec<Expr>,
}

impl Stats {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.keys.iter().for_each(|(_, expr)| expr.fields(visit));
        self.computed.iter().flat_map(|it| &it.args).for_each(|it| it.fields(visit));
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("stats      ")?;
        list(f, self.computed.iter().map(|it| named(it, &it.field.name)))?;
        if !self.keys.is_empty() {
            f.write_str(" by ")?;
            list(f, self.keys.iter().map(|(field, expr)| named(expr, &field.name)))?;
        }
        Ok(())
    }
}

impl fmt::Display for Computed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}(", self.aggregate.name)?;
        list(f, self.args.iter())?;
        f.write_str(")")
    }
}
