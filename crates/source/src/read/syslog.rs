//! Syslog: lines of RFC 5424, of RFC 3164, and as they stand in files of `/var/log`.

use value::time;

use crate::read::dates::{clock, month_and_day, number, time as moment};
use crate::read::heads::{self, Ends, Head};
use crate::read::{Reader, Stream};

/// `<34>1 2003-10-11T22:14:15.003Z host app 123 ID47 - message`
pub static SYSLOG: Reader = Reader {
    name: "syslog",
    endings: &[".log", "syslog", "messages"],
    doc: "Syslog of RFC 5424 and RFC 3164, with the number of its priority in front or without, and the lines of \
          `/var/log/syslog` and `journalctl`: each line with a time is an event, and the line is its message. A time \
          without a year is taken for one of 1972, and a zone that is not said for UTC. The file's name is the \
          stream's.",
    stream: Stream::File,
    sniff,
    tolerates: usize::MAX,
    before: |bytes, at| heads::before(bytes, at, head),
    after: |bytes, range| heads::after(bytes, range, head),
    read: |bytes, range, events| heads::read(bytes, range, events, Ends::All, head),
};

/// The year of a time that has none: the first since the epoch that has every day.
const NO_YEAR: u32 = 1972;

/// A priority is 8 times one of 24 facilities, and one of 8 severities.
const MOST_PRIORITY: u32 = 191;

fn sniff(bytes: &[u8]) -> bool {
    let Some(stamp) = stamp(bytes) else { return false };
    let has_priority = bytes.first() == Some(&b'<');
    // The times of an export: `2026-01-01T00:00:00.000Z REPORT RequestId: …` names no host and no tag.
    let is_exported = !has_priority && stamp.end == 24 && bytes[23] == b'Z';
    has_priority && stamp.time.is_some() || !is_exported && names_host(&bytes[stamp.end..], stamp.kind)
}

#[inline]
fn head(bytes: &[u8], line: usize) -> Option<Head> {
    let it = stamp(bytes.get(line..)?)?;
    Some(Head { time: it.time, yearless: it.kind == Kind::Yearless, message: line, stream: None })
}

/// What stands at the beginning of a line.
struct Stamp {
    time: Option<i64>,
    kind: Kind,
    /// Where it ends.
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `2003-10-11T22:14:15.003Z`
    Iso,
    /// `Oct 11 22:14:15`
    Yearless,
    /// `Oct 11 2003 22:14:15`
    Dated,
    /// There is none.
    Missing,
}

/// The priority and time that begin here; a priority alone is enough.
#[inline]
fn stamp(line: &[u8]) -> Option<Stamp> {
    let Some(start) = priority(line) else { return stamp_at(line, 0) };
    let version = if line.get(start..start + 2) == Some(b"1 ") { start + 2 } else { start };
    let none = Stamp { time: None, kind: Kind::Missing, end: start };
    Some(stamp_at(line, version).or_else(|| stamp_at(line, counted(line, start))).unwrap_or(none))
}

/// What is behind `<34>`.
#[inline]
fn priority(line: &[u8]) -> Option<usize> {
    let (b'<', rest) = line.split_first()? else { return None };
    let digits = rest.iter().take(4).position(|it| *it == b'>').filter(|it| *it > 0)?;
    number(rest, digits).filter(|it| *it <= MOST_PRIORITY).map(|_| digits + 2)
}

/// What is behind the count of messages and the mark of an unset clock that some devices write: `29: *`.
fn counted(line: &[u8], start: usize) -> usize {
    let rest = line.get(start..).unwrap_or_default();
    let digits = rest.iter().take(10).take_while(|it| it.is_ascii_digit()).count();
    let count = if digits > 0 && rest.get(digits..digits + 2) == Some(b": ") { digits + 2 } else { 0 };
    start + count + usize::from(matches!(rest.get(count), Some(b'*' | b'.')))
}

/// The time that begins here, with a blank or a colon behind it.
#[inline]
fn stamp_at(line: &[u8], start: usize) -> Option<Stamp> {
    let rest = line.get(start..)?;
    let first = *rest.first()?;
    let (time, kind, length) = if first.is_ascii_digit() {
        let (time, length) = time::read_prefix(rest)?;
        let is_zoned = rest.get(10) == Some(&b'T') && length > 19 && (rest[length - 1] == b'Z' || has_offset(rest));
        (Some(time), Kind::Iso, Some(length).filter(|_| is_zoned)?)
    } else if first.is_ascii_uppercase() {
        dated(rest)?
    } else {
        return None;
    };
    matches!(rest.get(length), Some(b' ' | b':')).then_some(Stamp { time, kind, end: start + length })
}

/// Whether a sign follows on the seconds of an ISO time and their fraction.
fn has_offset(time: &[u8]) -> bool {
    let behind = time[19..].iter().find(|it| !it.is_ascii_digit() && **it != b'.');
    matches!(behind, Some(b'+' | b'-'))
}

/// `Oct 11 22:14:15`, or with a year behind the day.
#[inline]
fn dated(text: &[u8]) -> Option<(Option<i64>, Kind, usize)> {
    let (month, day) = month_and_day(text)?;
    let (b' ', rest) = text.get(6..)?.split_first()? else { return None };
    if let Some((clock, length)) = clock(rest) {
        return Some((Some(moment(NO_YEAR, month, day, clock)?), Kind::Yearless, 7 + length));
    }
    let (year, (clock, length)) = (number(rest, 4)?, clock(rest.get(5..)?)?);
    (rest[4] == b' ').then_some((Some(moment(year, month, day, clock)?), Kind::Dated, 12 + length))
}

/// Whether a host follows, and behind an ISO time, which many a log begins with, a tag: ` host app[1]:`.
fn names_host(rest: &[u8], kind: Kind) -> bool {
    let line = rest.split(|it| *it == b'\n').next().unwrap_or_default();
    let mut words = line.strip_prefix(b" ").unwrap_or_default().split(|it| *it == b' ');
    let is_host = |it: &[u8]| !it.is_empty() && it.iter().all(|it| it.is_ascii_alphanumeric() || b".-_:".contains(it));
    let (host, tag) = (words.next(), words.next());
    let is_tag = |it: &[u8]| it.len() > 1 && it.ends_with(b":");
    host.is_some_and(is_host) && tag.is_some_and(|it| kind != Kind::Iso || is_tag(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_a_priority_or_a_time_is_an_event() {
        let (exact, dated, yearless) = (Some(1_065_910_455_003), Some(1_065_910_455_000), Some(87_689_655_000));
        for (line, time) in [
            ("<34>1 2003-10-11T22:14:15.003Z host su - ID47 - m", Some((exact, false))),
            ("<165>1 2003-10-12T00:14:15.003000+02:00 host su - - - m", Some((exact, false))),
            ("<34>1 - host su - ID47 - m", Some((None, false))),
            ("<34>Oct 11 22:14:15 host su: m", Some((yearless, true))),
            ("<189>29: *Oct 11 22:14:15.000: %SYS-5-CONFIG_I: m", Some((yearless, true))),
            ("<189>Oct 11 2003 22:14:15: %ASA-6-1: m", Some((dated, false))),
            ("Oct 11 22:14:15 host su[1]: m", Some((yearless, true))),
            ("2003-10-12T00:14:15+0200 host su[1]: m", Some((dated, false))),
            ("<34>no time at all", Some((None, false))),
            ("<192>1 2003-10-11T22:14:15.003Z host su - ID47 - m", None),
            ("<p>Oct 11 22:14:15 host", None),
            ("Oct 32 22:14:15 host su: m", None),
            ("Oct 11 22:14 host su: m", None),
            ("2003-10-11T22:14:15 host su: m", None),
            ("<", None),
            ("", None),
        ] {
            let found = head(line.as_bytes(), 0).map(|it| (it.time, it.yearless));
            assert_eq!(found, time, "{line}");
        }
    }

    #[test]
    fn files_without_priorities_are_known_by_host_and_tag() {
        for (line, is_syslog) in [
            ("Oct 11 22:14:15 host su: m", true),
            ("Oct  1 22:14:15 10.0.0.1 kernel: [ 0.1] m", true),
            ("2026-01-01T00:00:00.123456+00:00 host app[1]: m", true),
            ("2026-01-01T00:00:00.123456+00:00 host m", false),
            ("2026-01-01T00:00:00.123Z INFO: it began", false),
            ("2026-01-01T00:00:00.123Z [LATEST]/1 app: m", false),
            ("Oct 11 22:14:15", false),
            ("Oct 11 22:14:15 m\nn", false),
            ("<34>no time at all", false),
        ] {
            assert_eq!(sniff(line.as_bytes()), is_syslog, "{line}");
        }
    }
}
