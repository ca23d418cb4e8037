//! Text whose events begin with a head at the start of a line: lines without one continue the event before.

use std::ops::Range;

use crate::event::Events;
use crate::read::lines;

/// What the beginning of a line tells of the event that begins there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// When it happened, in epoch milliseconds.
    pub(super) time: Option<i64>,
    /// Whether the year of the time is not known.
    pub(super) yearless: bool,
    /// Where its message begins.
    pub(super) message: usize,
    /// Where the name of its stream stands.
    pub(super) stream: Option<Range<usize>>,
}

/// Which line ends at the end of an event are no part of its message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    /// The one that ends its last line: messages may end with more.
    One,
    /// All there are.
    All,
}

impl Head {
    /// The head of an event whose message begins at this place, with a time of its own.
    #[inline]
    pub(super) fn timed(time: i64, message: usize) -> Head {
        Head { time: Some(time), yearless: false, message, stream: None }
    }
}

/// Where the event begins that holds the byte at this place, or one ahead of it.
///
/// No event is known to begin with a line that the bytes break off within: what is still to come may make its head
/// none, and the answer must not depend on where that is.
pub(super) fn before(bytes: &[u8], at: usize, head: impl Fn(&[u8], usize) -> Option<Head>) -> usize {
    let mut line = lines::start(bytes, at);
    let breaks_off = lines::end(bytes, at..bytes.len()) == bytes.len();
    if breaks_off && line > 0 {
        line = lines::start(bytes, line - 1);
    }
    while line > 0 && head(bytes, line).is_none() {
        line = lines::start(bytes, line - 1);
    }
    line
}

/// The first place in the range where an event begins.
pub(super) fn after(bytes: &[u8], range: Range<usize>, head: impl Fn(&[u8], usize) -> Option<Head>) -> Option<usize> {
    lines::starts(bytes, range).find(|it| head(bytes, *it).is_some())
}

/// Adds the events of a range.
///
/// Lines ahead of a file's first head are one event without a time.
pub(super) fn read(
    bytes: &[u8],
    range: Range<usize>,
    events: &mut Events,
    ends: Ends,
    head: impl Fn(&[u8], usize) -> Option<Head>,
) {
    let end = range.end.min(bytes.len());
    let mut open: Option<(usize, Head)> = None;
    for line in lines::starts(bytes, range.start.min(end)..end) {
        // What is behind the range belongs to others.
        match head(&bytes[..end], line) {
            Some(it) => {
                if let Some((at, head)) = open.replace((line, it)) {
                    add(bytes, at..line, head, ends, events);
                }
            }
            None if open.is_none() => {
                open = Some((line, Head { time: None, yearless: false, message: line, stream: None }));
            }
            None => {}
        }
    }
    if let Some((at, head)) = open {
        add(bytes, at..end, head, ends, events);
    }
}

#[inline]
fn add(bytes: &[u8], event: Range<usize>, head: Head, ends: Ends, events: &mut Events) {
    let Range { start, mut end } = event;
    let is_end = |at: usize, ends: &[u8]| at > head.message && bytes.get(at - 1).is_some_and(|it| ends.contains(it));
    match ends {
        Ends::One => end -= usize::from(is_end(end, b"\n")),
        Ends::All => {
            while is_end(end, b"\r\n") {
                end -= 1;
            }
            // Blank lines at the head of a file are nothing.
            if end <= start {
                return;
            }
        }
    }
    events.tally.yearless += u64::from(head.yearless);
    match head.stream {
        Some(stream) => events.add_in_stream(bytes, start, head.time, head.message..end, stream),
        None => events.add(start, head.time, head.message, end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_breaks_off_begins_no_event_yet() {
        let head = |bytes: &[u8], line: usize| (bytes.get(line) == Some(&b'#')).then(|| Head::timed(0, line));
        let found = |text: &str, at| before(text.as_bytes(), at, head);
        assert_eq!((found("#a\n#b\n#c\n", 8), found("#a\n#b\n#c\n", 6), found("#a\n#b\n#c\n", 5)), (6, 6, 3));
        assert_eq!((found("#a\n#b\n#c", 7), found("#a\n#b\n#c", 6), found("#a\n#b\n#c", 5)), (3, 3, 3));
        assert_eq!((found("#a\nb\n#c", 6), found("#a", 1), found("a\n#", 2), found("", 0)), (0, 0, 0, 0));
    }
}
