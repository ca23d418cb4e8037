//! What has been written.

use std::ops::AddAssign;

/// What has been written, all in all or so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Requests.
    pub requests: u64,
    /// Events, of both log groups.
    pub events: u64,
    /// The bytes of their messages.
    pub message_bytes: u64,
    /// Files.
    pub files: u64,
    /// The bytes of the files, compressed where the files are.
    pub file_bytes: u64,
}

impl AddAssign for Summary {
    fn add_assign(&mut self, more: Summary) {
        self.requests += more.requests;
        self.events += more.events;
        self.message_bytes += more.message_bytes;
        self.files += more.files;
        self.file_bytes += more.file_bytes;
    }
}
