//! What an export task leaves in S3: lines that begin with a time, and lines that continue them.

use value::time;

use crate::read::heads::{self, Ends, Head};
use crate::read::{Reader, Stream};

/// `2026-01-01T00:00:00.000Z message`
pub static EXPORT: Reader = Reader {
    name: "export",
    endings: &[".gz"],
    doc: "Files of an S3 export task: each event begins a line with an ISO 8601 time (or epoch milliseconds) and a \
          blank, lines without a time continue the event before, and the folder's name is the stream's.",
    stream: Stream::Folder,
    sniff,
    tolerates: usize::MAX,
    before: |bytes, at| heads::before(bytes, at, head),
    after: |bytes, range| heads::after(bytes, range, head),
    read: |bytes, range, events| heads::read(bytes, range, events, Ends::One, head),
};

/// An export's times are in UTC: one with another zone in digits, `+00:00`, begins a line of some program's log.
fn sniff(bytes: &[u8]) -> bool {
    time_at(bytes, 0).is_some_and(|(_, message)| message == EPOCH_DIGITS + 1 || bytes[..message].ends_with(b"Z "))
}

#[inline]
fn head(bytes: &[u8], line: usize) -> Option<Head> {
    time_at(bytes, line).map(|(time, message)| Head::timed(time, message))
}

/// The time at the head of a line, and where the message begins behind its blank.
#[inline]
fn time_at(bytes: &[u8], line: usize) -> Option<(i64, usize)> {
    let rest = bytes.get(line..)?;
    if !rest.first()?.is_ascii_digit() {
        return None;
    }
    match time::read_prefix(rest) {
        Some((time, length)) if rest.get(length) == Some(&b' ') && is_zoned(&rest[..length]) => {
            Some((time, line + length + 1))
        }
        _ => epoch_at(rest).map(|time| (time, line + EPOCH_DIGITS + 1)),
    }
}

/// Whether a time has a `T` and says its zone: without, it is the beginning of many a message.
#[inline]
fn is_zoned(time: &[u8]) -> bool {
    time.get(10) == Some(&b'T') && (time.ends_with(b"Z") || time[16..].iter().any(|it| matches!(it, b'+' | b'-')))
}

/// How many digits epoch milliseconds have, from the year 2001 to the year 2286.
const EPOCH_DIGITS: usize = 13;

/// The epoch milliseconds at the head of a line.
fn epoch_at(line: &[u8]) -> Option<i64> {
    let (digits, rest) = line.split_at_checked(EPOCH_DIGITS)?;
    let is_epoch = rest.first() == Some(&b' ') && digits.iter().all(u8::is_ascii_digit);
    is_epoch.then(|| digits.iter().fold(0, |sum, it| sum * 10 + i64::from(it - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_a_time_with_a_zone_and_a_blank() {
        for (line, head) in [
            ("2026-01-01T00:00:00.000Z message", Some((1_767_225_600_000, 25))),
            ("2026-01-01T00:00:00Z ", Some((1_767_225_600_000, 21))),
            ("2026-01-01T01:00:00.123456+01:00 m", Some((1_767_225_600_123, 33))),
            ("1767225600000 m", Some((1_767_225_600_000, 14))),
            ("2026-01-01T00:00:00.000Z", None),
            ("2026-01-01T00:00:00.000Z\tm", None),
            ("2026-01-01T00:00:00 m", None),
            ("2026-01-01 00:00:00Z m", None),
            ("17672256000001 m", None),
            (" 2026-01-01T00:00:00.000Z m", None),
            ("", None),
        ] {
            assert_eq!(time_at(line.as_bytes(), 0), head, "{line}");
        }
    }

    #[test]
    fn an_export_says_its_times_in_utc() {
        assert!(sniff(b"2026-01-01T00:00:00.000Z ERROR m") && sniff(b"1767225600000 m"));
        assert!(!sniff(b"2026-01-01T00:00:00+00:00 ERROR m") && !sniff(b"2026-01-01T01:00:00.000+0100 m"));
    }
}
