//! Keeps so many rows, the last in the order in force.

use std::fmt;

/// `tail 20`
#[derive(Clone, Copy)]
pub struct Tail {
    /// How many rows at most.
    pub count: u64,
}

impl fmt::Display for Tail {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "tail       {}", self.count)
    }
}
