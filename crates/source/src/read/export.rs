//! What an export task leaves in S3: lines that begin with a time, and lines that continue them.

use std::ops::Range;

use value::time;

use crate::event::Events;
use crate::read::{Reader, Stream, lines};

/// `2026-01-01T00:00:00.000Z message`
pub static EXPORT: Reader = Reader {
    name: "export",
    endings: &[".gz"],
    doc: "Files of an S3 export task: each event begins a line with an ISO 8601 time (or epoch milliseconds) and a \
          blank, lines without a time continue the event before, and the folder's name is the stream's.",
    stream: Stream::Folder,
    sniff: |head| lines::starts(head, 0..head.len()).any(|it| time_at(head, it).is_some()),
    before: |bytes, at| {
        let mut line = lines::start(bytes, at);
        while line > 0 && time_at(bytes, line).is_none() {
            line = lines::start(bytes, line - 1);
        }
        line
    },
    after: |bytes, range| lines::starts(bytes, range).find(|it| time_at(bytes, *it).is_some()),
    read,
};

/// An event whose end has not been seen yet.
struct Open {
    head: usize,
    time: Option<i64>,
    message: usize,
}

fn read(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let end = range.end.min(bytes.len());
    if range.start >= end {
        return;
    }
    let mut open: Option<Open> = None;
    for line in lines::starts(bytes, range.start..end) {
        match time_at(bytes, line) {
            Some((time, message)) => {
                if let Some(it) = open.replace(Open { head: line, time: Some(time), message }) {
                    events.add(it.head, it.time, it.message, line - 1);
                }
            }
            // Lines ahead of a file's first time are one event without a time.
            None if open.is_none() => open = Some(Open { head: line, time: None, message: line }),
            None => {}
        }
    }
    if let Some(it) = open {
        let end = if bytes[end - 1] == b'\n' { end - 1 } else { end };
        events.add(it.head, it.time, it.message, end.max(it.message));
    }
}

/// The time at the head of a line, and where the message begins behind its blank.
#[inline]
fn time_at(bytes: &[u8], line: usize) -> Option<(i64, usize)> {
    let rest = bytes.get(line..)?;
    if !rest.first()?.is_ascii_digit() {
        return None;
    }
    if let Some((time, length)) = time::read_prefix(rest)
        && rest.get(length) == Some(&b' ')
    {
        return Some((time, line + length + 1));
    }
    unusual_time_at(rest).map(|(time, length)| (time, line + length + 1))
}

/// The longest that a time is written: nine digits of a second and an offset.
const LONGEST: usize = 36;

/// A time in a spelling that exports seldom have: with an offset, or epoch milliseconds.
fn unusual_time_at(rest: &[u8]) -> Option<(i64, usize)> {
    let near = rest.get(..LONGEST.min(rest.len()))?;
    let length = memchr::memchr(b' ', near)?;
    let word = &near[..length];
    if length == 13 && word.iter().all(u8::is_ascii_digit) {
        return Some((word.iter().fold(0, |sum, it| sum * 10 + i64::from(it - b'0')), length));
    }
    let dated = word.get(10) == Some(&b'T') && word.get(4) == Some(&b'-');
    let zoned = word.ends_with(b"Z") || word.iter().skip(11).any(|it| matches!(it, b'+' | b'-'));
    if !dated || !zoned {
        return None;
    }
    time::read(std::str::from_utf8(word).ok()?).map(|time| (time, length))
}
