//! Keeps so many rows, the first in the order in force.

use std::fmt;

/// `limit 20`
#[derive(Clone, Copy)]
pub struct Limit {
    /// How many rows at most.
    pub count: u64,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "limit      {}", self.count)
    }
}
