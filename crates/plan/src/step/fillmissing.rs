//! Adds rows for the bins that have none.

use std::fmt;

use value::{Period, Value, time};

use crate::expr::{Expr, Field};
use crate::step::Key;

/// `fillmissing bin(5m) each 5m by level with n = 0`
#[derive(Clone)]
pub struct FillMissing {
    /// The times that the bins begin at.
    pub bin: Field,
    /// How long a bin is.
    pub period: Period,
    /// By how many milliseconds an `offset` made the times earlier.
    pub moved: i64,
    /// The other keys of the groups: each set of their values has all bins.
    pub keys: Vec<Field>,
    /// The order the rows come in: that of the last `sort` before, else that of the groups.
    pub order: Vec<Key>,
    /// What the new rows hold beside their keys.
    pub values: Vec<(Field, Value)>,
}

impl FillMissing {
    /// The time of the bin behind this one, if there is one.
    pub fn next(&self, bin: i64) -> Option<i64> {
        let within = bin.checked_add(self.moved)?.checked_add(1)?;
        time::ceil(within, self.period).checked_sub(self.moved).filter(|it| *it > bin)
    }

    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        visit(&self.bin);
        self.keys.iter().for_each(&mut *visit);
        self.order.iter().for_each(|it| it.expr.fields(visit));
    }
}

impl fmt::Display for FillMissing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "fillmissing {} each {}", self.bin, self.period)?;
        if self.moved != 0 {
            write!(f, " earlier by {}ms", self.moved)?;
        }
        for (index, key) in self.keys.iter().enumerate() {
            write!(f, "{}{key}", if index > 0 { ", " } else { " by " })?;
        }
        for (index, (field, value)) in self.values.iter().enumerate() {
            let value = Expr::Literal(Some(value.clone()));
            write!(f, "{}{field} = {value}", if index > 0 { ", " } else { " with " })?;
        }
        Ok(())
    }
}
