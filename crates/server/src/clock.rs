//! What time it is: the system's, or a moment that tests choose.

use std::time::{SystemTime, UNIX_EPOCH};

/// What time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The system's.
    System,
    /// Always this, in epoch milliseconds.
    Fixed(i64),
}

impl Clock {
    /// Now, in epoch milliseconds.
    pub fn now(self) -> i64 {
        match self {
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
            }
            Clock::Fixed(now) => now,
        }
    }
}
