//! The events of one request, in memory that is used again for the next.

/// Messages with their times, one after another.
#[derive(Default)]
pub struct Lines {
    bytes: Vec<u8>,
    ends: Vec<(i64, usize)>,
}

impl Lines {
    /// Adds an event at `time`, in epoch milliseconds, with the message that `write` appends.
    pub fn add(&mut self, time: i64, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.bytes);
        self.ends.push((time, self.bytes.len()));
    }

    /// The events: time and message.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &[u8])> {
        let mut start = 0;
        self.ends.iter().map(move |&(time, end)| {
            let message = &self.bytes[start..end];
            start = end;
            (time, message)
        })
    }

    /// How many events there are.
    pub fn count(&self) -> u64 {
        self.ends.len() as u64
    }

    /// The bytes of all messages.
    pub fn message_bytes(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Takes all events out and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }
}
