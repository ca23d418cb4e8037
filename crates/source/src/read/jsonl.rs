//! JSON Lines: a message, or an event of `filter-log-events` kind, on each line.

use std::ops::Range;
use std::sync::LazyLock;

use value::time;

use crate::event::{Events, UNREAD};
use crate::json::scan::{blanks, skip_container};
use crate::json::walk::Walk;
use crate::json::{Paths, Scalar};
use crate::read::object::event;
use crate::read::{Reader, Stream, lines};
use crate::report::Trouble;

/// `{"@timestamp": "2026-01-01T00:00:00Z", "level": "INFO"}`
pub static JSONL: Reader = Reader {
    name: "jsonl",
    endings: &[".jsonl", ".ndjson", ".log"],
    doc: "JSON Lines: bare messages, with the time in the first of the keys `@timestamp`, `timestamp`, `time`, `ts` \
          and `eventTime` that reads as one (ISO 8601, or a number in seconds, milliseconds, microseconds or \
          nanoseconds by its size); or events as `filter-log-events` has them. Other lines are messages too.",
    stream: Stream::Data,
    sniff,
    tolerates: 8,
    before: |bytes, at| lines::start(bytes, at),
    after: |bytes, range| lines::starts(bytes, range).next(),
    read,
};

/// The keys that may hold a bare message's time, the first that reads as a time counts.
pub(super) const TIME_KEYS: [&str; 5] = ["@timestamp", "timestamp", "time", "ts", "eventTime"];

fn sniff(head: &[u8]) -> bool {
    let end = memchr::memchr(b'\n', head);
    let line = &head[..end.unwrap_or(head.len())];
    let first = blanks(line, 0);
    if line.get(first) != Some(&b'{') {
        return false;
    }
    let closed = skip_container(line, first, 0);
    // Several objects on a line are documents one after another.
    if closed.is_some_and(|it| line.get(blanks(line, it)) == Some(&b'{')) {
        return false;
    }
    // The line may be longer than what is seen of the file.
    let is_cut = end.is_none() && line.get(blanks(line, first + 1)) == Some(&b'"');
    is_cut || closed.is_some_and(|it| blanks(line, it) == line.len())
}

/// The ways to them.
pub(super) static TIME_PATHS: LazyLock<Paths> = LazyLock::new(|| Paths::new(TIME_KEYS));

fn read(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let mut walk = Walk::new(&TIME_PATHS);
    let range_end = range.end.min(bytes.len());
    let mut at = range.start;
    while at < range_end {
        let end = lines::end(bytes, at..range_end);
        line(bytes, at..end, &mut walk, events);
        // A file that was cut off ends within a line; what there is of it is a message all the same.
        if end == bytes.len() && is_torn(&bytes[at..end]) {
            events.trouble(at, Trouble::TornJson);
        }
        at = end + 1;
    }
}

fn line(bytes: &[u8], range: Range<usize>, walk: &mut Walk<'_>, events: &mut Events) {
    // Nothing behind the line may be looked at, and places count from the start of the block.
    let bytes = &bytes[..range.end];
    let end = if bytes.last() == Some(&b'\r') && range.end > range.start { range.end - 1 } else { range.end };
    let first = blanks(bytes, range.start);
    if first == range.end {
        return;
    }
    if let Some((event, close)) = event(bytes, first, events)
        && blanks(bytes, close) == bytes.len()
    {
        return events.add_written(bytes, range.start, event);
    }
    let time = if events.window.timed { walked_time(bytes, first, walk) } else { Some(UNREAD) };
    events.add(range.start, time, range.start, end);
}

/// Whether a line is the beginning of an object and not its end.
fn is_torn(line: &[u8]) -> bool {
    let first = blanks(line, 0);
    line.get(first) == Some(&b'{') && skip_container(line, first, 0).is_none()
}

/// The times of these messages, where they are looked for only now.
pub(crate) fn times<'a>(messages: impl Iterator<Item = &'a [u8]>) -> Vec<Option<i64>> {
    let mut walk = Walk::new(&TIME_PATHS);
    messages.map(|it| walked_time(it, blanks(it, 0), &mut walk)).collect()
}

/// The time that an object says of itself.
pub(super) fn own_time(object: &[u8]) -> Option<i64> {
    times(std::iter::once(object)).pop().flatten()
}

/// The time of the object that begins here and ends with the bytes.
pub(super) fn walked_time(bytes: &[u8], at: usize, walk: &mut Walk<'_>) -> Option<i64> {
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    walk.forget();
    let end = walk.document(bytes, at)?;
    if blanks(bytes, end) != bytes.len() {
        return None;
    }
    walk.found.iter().find_map(|it| match it.scalar_of(bytes) {
        Scalar::Text(it) if it.bytes().all(|it| it.is_ascii_digit()) => epoch(it),
        Scalar::Text(it) => time::read(it),
        Scalar::Number(it) => epoch(it),
        it => time::read(&it.text()?),
    })
}

/// A text as a time where texts and numbers look alike.
pub(super) fn text_time(text: &str) -> Option<i64> {
    epoch(text).or_else(|| time::read(text))
}

/// A number as a time: seconds, milliseconds, microseconds or nanoseconds, whichever its size is plausible for.
fn epoch(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(it) => (true, it),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|it| it.is_ascii_digit()) {
        // With an exponent the digits do not tell; such a number has no more precision than a double anyway.
        let number = value::number::read(text)?;
        return milliseconds(number.abs() as i128, 0).map(|it| if number < 0.0 { -it } else { it });
    }
    let thousandths = fraction.bytes().chain(*b"000").take(3).fold(0, |sum, it| sum * 10 + i128::from(it - b'0'));
    let time = milliseconds(whole.parse().ok()?, thousandths)?;
    Some(if negative { -time } else { time })
}

fn milliseconds(whole: i128, thousandths: i128) -> Option<i64> {
    // The number of seconds that makes the year 5138, and the same moment in the finer units.
    const SECONDS: i128 = 100_000_000_000;
    let milliseconds = if whole < SECONDS {
        whole * 1000 + thousandths
    } else if whole < SECONDS * 1000 {
        whole
    } else if whole < SECONDS * 1_000_000 {
        whole / 1000
    } else {
        whole / 1_000_000
    };
    i64::try_from(milliseconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_of_a_number_tells_its_unit() {
        for (text, time) in [
            ("1767225600", Some(1_767_225_600_000)),
            ("1767225600.5", Some(1_767_225_600_500)),
            ("1588205198.89971", Some(1_588_205_198_899)),
            ("1767225600123", Some(1_767_225_600_123)),
            ("1767225600123.75", Some(1_767_225_600_123)),
            ("1767225600123456", Some(1_767_225_600_123)),
            ("1767225600123456789", Some(1_767_225_600_123)),
            ("1.7672256e9", Some(1_767_225_600_000)),
            ("-1", Some(-1000)),
            ("0", Some(0)),
            ("123456789012345678901234567890123456789012", None),
            ("1e400", None),
        ] {
            assert_eq!(epoch(text), time, "{text}");
        }
    }

    #[test]
    fn the_first_key_that_is_a_time_counts() {
        for (object, time) in [
            (r#"{"time":"1970-01-01T00:00:02Z","@timestamp":"1970-01-01T00:00:01Z"}"#, Some(1000)),
            (r#"{"@timestamp":"yesterday","ts":1767225600}"#, Some(1_767_225_600_000)),
            (r#"{"eventTime":"2024-08-01T12:04:24Z"}"#, Some(1_722_513_864_000)),
            (r#"{"a":{"time":1767225600}}"#, None),
            (r#"{"time":1767225600"#, None),
        ] {
            assert_eq!(own_time(object.as_bytes()), time, "{object}");
        }
    }
}
