//! Puts rows in order; rows that are equal in it keep the order they had in the archive, those that have nothing to be
//! sorted by are newest first.

use std::fmt;

use crate::expr::{Expr, Field};
use crate::step::list;

/// `sort n desc, level`
#[derive(Clone)]
pub struct Sort {
    /// The first that differs decides.
    pub keys: Vec<Key>,
    /// When the rows happened, where that is known: those without a value of any key come newest first.
    pub time: Option<Field>,
}

/// `n desc`
#[derive(Clone)]
pub struct Key {
    /// What is compared.
    pub expr: Expr,
    /// Which way.
    pub direction: Direction,
}

/// Which way an order runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `asc`: what is missing first.
    Ascending,
    /// `desc`: the exact reverse.
    Descending,
}

impl Sort {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.keys.iter().for_each(|it| it.expr.fields(visit));
        self.time.iter().for_each(visit);
    }

    /// Whether it is the order of an answer that asks for none: by time alone, the newest first.
    pub fn is_newest_first(&self) -> bool {
        match self.keys.as_slice() {
            [Key { expr: Expr::Field(field), direction: Direction::Descending }] => {
                *field == Field::of_log("@timestamp")
            }
            _ => false,
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("sort       ")?;
        list(f, self.keys.iter())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let direction = if self.direction == Direction::Descending { "desc" } else { "asc" };
        write!(f, "{} {direction}", self.expr)
    }
}
