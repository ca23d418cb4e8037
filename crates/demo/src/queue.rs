//! Events of several streams, brought into the order of time.

use std::io;

use crate::lines::Lines;

/// Events that wait until no earlier one can come.
#[derive(Default)]
pub struct Queue {
    waiting: Vec<Waiting>,
    /// The messages of all that wait.
    messages: Vec<u8>,
    /// How many bytes were left waiting the last time.
    left: usize,
}

/// An event whose turn it is.
pub struct Event<'a> {
    /// Epoch milliseconds.
    pub time: i64,
    /// The number of its stream.
    pub stream: usize,
    /// Its message.
    pub message: &'a [u8],
}

/// Events of one time keep the order in which they came, which is that of `start`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    time: i64,
    start: usize,
    length: usize,
    stream: usize,
}

impl Queue {
    /// Adds the events of a stream.
    pub fn add(&mut self, stream: usize, lines: &Lines) {
        for (time, message) in lines.iter() {
            self.waiting.push(Waiting { time, start: self.messages.len(), length: message.len(), stream });
            self.messages.extend_from_slice(message);
        }
    }

    /// Whether so much has come since the last time that it pays to sort again.
    pub fn is_full(&self) -> bool {
        self.messages.len() >= (1 << 20) + 2 * self.left
    }

    /// Hands over, in order, all events before `settled`, in epoch milliseconds.
    pub fn drain(&mut self, settled: i64, mut take: impl FnMut(Event<'_>) -> io::Result<()>) -> io::Result<()> {
        self.waiting.sort_unstable();
        let ready = self.waiting.partition_point(|it| it.time < settled);
        for it in self.waiting.drain(..ready) {
            let message = &self.messages[it.start..it.start + it.length];
            take(Event { time: it.time, stream: it.stream, message })?;
        }

        self.waiting.sort_unstable_by_key(|it| it.start);
        self.left = 0;
        for it in &mut self.waiting {
            self.messages.copy_within(it.start..it.start + it.length, self.left);
            it.start = self.left;
            self.left += it.length;
        }
        self.messages.truncate(self.left);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn events_leave_in_the_order_of_time_and_then_of_coming() {
        let mut queue = Queue::default();
        let add = |queue: &mut Queue, stream, times: &[i64]| {
            let mut lines = Lines::default();
            for time in times {
                lines.add(*time, |out| out.extend_from_slice(format!("{stream}:{time}").as_bytes()));
            }
            queue.add(stream, &lines);
        };
        let drain = |queue: &mut Queue, settled| {
            let mut left = Vec::new();
            queue
                .drain(settled, |event| {
                    left.push(String::from_utf8_lossy(event.message).into_owned());
                    Ok(())
                })
                .unwrap();
            left
        };
        add(&mut queue, 1, &[10, 30, 50]);
        add(&mut queue, 2, &[20, 30, 40]);
        assert_eq!(drain(&mut queue, 40), ["1:10", "2:20", "1:30", "2:30"]);
        add(&mut queue, 1, &[40, 45]);
        assert_eq!(drain(&mut queue, i64::MAX), ["2:40", "1:40", "1:45", "1:50"]);
        assert!(drain(&mut queue, i64::MAX).is_empty());
    }
}
