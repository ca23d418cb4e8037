//! The events of `filter-log-events`: all streams of a group in the order of time, as lines or as pages.

use std::io;

use crate::digits;
use crate::files::Files;
use crate::json::escape;
use crate::lines::Lines;
use crate::options::Shape;
use crate::queue::{Event, Queue};
use crate::random::Random;
use crate::summary::Summary;

/// The events of a quarter of an hour.
pub struct Events {
    queue: Queue,
    streams: Vec<String>,
    printer: Printer,
    /// What has been written since it was last asked for.
    pub written: Summary,
}

/// Writes events that come in order.
struct Printer {
    files: Files,
    shape: Shape,
    block_bytes: usize,
    file_bytes: u64,
    random: Random,
    block: Vec<u8>,
    /// The bytes of the last file, but for the block.
    size: u64,
    /// The events of the page.
    events: u64,
    /// The bytes of the page's messages.
    message_bytes: usize,
}

impl Events {
    /// Events of `shape` in `files`. Their ingestion times and ids come from `random`.
    pub fn new(files: Files, shape: Shape, block_bytes: usize, file_bytes: u64, random: Random) -> Events {
        let block = Vec::new();
        Events {
            queue: Queue::default(),
            streams: Vec::new(),
            printer: Printer {
                files,
                shape,
                block_bytes,
                file_bytes,
                random,
                block,
                size: 0,
                events: 0,
                message_bytes: 0,
            },
            written: Summary::default(),
        }
    }

    /// Begins a stream and returns its number.
    pub fn stream(&mut self, name: &str) -> usize {
        self.streams.push(name.to_owned());
        self.streams.len() - 1
    }

    /// Adds events to a stream; no later event will be earlier than `settled`, in epoch milliseconds.
    pub fn add(&mut self, stream: usize, lines: &Lines, settled: i64) -> io::Result<()> {
        self.queue.add(stream, lines);
        self.written.events += lines.count();
        self.written.message_bytes += lines.message_bytes();
        if self.queue.is_full() { self.print(settled) } else { Ok(()) }
    }

    /// Writes what is left.
    pub fn finish(&mut self) -> io::Result<()> {
        self.print(i64::MAX)?;
        self.printer.finish(&mut self.written)
    }

    fn print(&mut self, settled: i64) -> io::Result<()> {
        let Events { queue, streams, printer, written } = self;
        queue.drain(settled, |event| match printer.shape {
            Shape::EventPages => printer.page(&event, &streams[event.stream], written),
            _ => printer.line(&event, &streams[event.stream], written),
        })
    }
}

/// The most events of a page.
const PAGE_EVENTS: u64 = 10_000;

/// After how many bytes of messages a page ends.
const PAGE_BYTES: usize = 1 << 20;

impl Printer {
    fn line(&mut self, event: &Event<'_>, stream: &str, written: &mut Summary) -> io::Result<()> {
        let gaps = ["{", ":", ",", "}\n"];
        self.event(event, stream, gaps);
        if self.block.len() < self.block_bytes {
            return Ok(());
        }
        self.size += self.block.len() as u64;
        self.write(written)?;
        if self.size >= self.file_bytes {
            self.files.close();
            self.size = 0;
        }
        Ok(())
    }

    fn page(&mut self, event: &Event<'_>, stream: &str, written: &mut Summary) -> io::Result<()> {
        if self.events == PAGE_EVENTS || self.message_bytes >= PAGE_BYTES {
            let token = self.random.identifier();
            self.end_page(Some(token), written)?;
        }
        self.block.extend_from_slice(if self.events == 0 { b"{\n    \"events\": [\n" } else { b",\n" });
        let gaps = ["        {\n            ", ": ", ",\n            ", "\n        }"];
        self.event(event, stream, gaps);
        self.events += 1;
        self.message_bytes += event.message.len();
        Ok(())
    }

    /// With a token, another page follows.
    fn end_page(&mut self, token: Option<u128>, written: &mut Summary) -> io::Result<()> {
        self.block.extend_from_slice(b"\n    ],\n    \"searchedLogStreams\": []");
        if let Some(token) = token {
            self.block.extend_from_slice(b",\n    \"nextToken\": \"");
            digits::hexadecimal(&mut self.block, token);
            self.block.push(b'"');
        }
        self.block.extend_from_slice(b"\n}\n");
        self.write(written)?;
        self.files.close();
        self.events = 0;
        self.message_bytes = 0;
        Ok(())
    }

    fn finish(&mut self, written: &mut Summary) -> io::Result<()> {
        match self.shape {
            _ if self.block.is_empty() => Ok(()),
            Shape::EventPages => self.end_page(None, written),
            _ => self.write(written),
        }
    }

    fn write(&mut self, written: &mut Summary) -> io::Result<()> {
        self.files.append(&self.block, written)?;
        self.block.clear();
        Ok(())
    }

    /// The gaps are what stands before the first key, between key and value, between two members and at the end.
    fn event(&mut self, event: &Event<'_>, stream: &str, gaps: [&str; 4]) {
        let [open, colon, comma, close] = gaps.map(str::as_bytes);
        let ingested = event.time + 150 + i64::from(self.random.below(2_400));
        let (first, second) = (self.random.bits(), self.random.bits());
        let out = &mut self.block;
        let key = |out: &mut Vec<u8>, gap: &[u8], key: &[u8]| {
            for part in [gap, b"\"", key, b"\"", colon] {
                out.extend_from_slice(part);
            }
        };
        key(out, open, b"logStreamName");
        out.push(b'"');
        escape(out, stream.as_bytes());
        out.push(b'"');
        key(out, comma, b"timestamp");
        digits::number(out, event.time as u64);
        key(out, comma, b"message");
        out.push(b'"');
        escape(out, event.message);
        out.push(b'"');
        key(out, comma, b"ingestionTime");
        digits::number(out, ingested as u64);
        key(out, comma, b"eventId");
        out.push(b'"');
        event_id(out, event.time, [first, second]);
        out.push(b'"');
        out.extend_from_slice(close);
    }
}

/// An id as the service makes them: 56 digits, the number `time` times two to the power of 144, and then some.
fn event_id(out: &mut Vec<u8>, time: i64, rest: [u64; 2]) {
    const GROUP: u128 = 10_u128.pow(19);
    let mut limbs = [(time as u64) << 16, rest[0], rest[1]];
    let mut groups = [0; 3];
    for group in groups.iter_mut().rev() {
        let mut remainder = 0;
        for limb in &mut limbs {
            let value = remainder << 64 | u128::from(*limb);
            *limb = (value / GROUP) as u64;
            remainder = value % GROUP;
        }
        *group = remainder as u64;
    }
    digits::padded::<18>(out, groups[0]);
    digits::padded::<19>(out, groups[1]);
    digits::padded::<19>(out, groups[2]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_time_shifted() {
        let mut id = Vec::new();
        event_id(&mut id, 1_431_857_100_000, [0, 0]);
        // 1431857100000 × 2^144
        assert_eq!(String::from_utf8_lossy(&id), "31931480347806982312632223112291292225704751110553600000");
    }
}
