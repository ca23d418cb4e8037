//! Text logs of programs: lines that begin with a date and a time in one of their usual forms.

use std::ops::RangeInclusive;

use value::time::{self, HOUR};

use crate::read::dates::{clock, fraction, month_and_day, number, time as moment, zone};
use crate::read::heads::{self, Ends, Head};
use crate::read::{Reader, Stream};

/// `2026-01-01 00:00:00,123 INFO message`
pub static TEXT: Reader = Reader {
    name: "text",
    endings: &[".log", ".txt", ".out"],
    doc: "Text logs whose events begin with a time, also in brackets or behind the level: \
          `2026-01-01 00:00:00,123`, `2026/01/01 00:00:00`, `[INFO]` and a time, `[Thu Jan 01 00:00:00 2026]`. \
          Lines without a time continue the event before, and the lines are the message. No zone is UTC. The \
          file's name is the stream's.",
    stream: Stream::File,
    sniff: |bytes| time_at(bytes).is_some(),
    tolerates: usize::MAX,
    before: |bytes, at| heads::before(bytes, at, head),
    after: |bytes, range| heads::after(bytes, range, head),
    read: |bytes, range, events| heads::read(bytes, range, events, Ends::All, head),
};

/// The words that stand for a level ahead of a time.
const LEVELS: [&[u8]; 12] = [
    b"TRACE",
    b"DEBUG",
    b"INFO",
    b"NOTICE",
    b"WARN",
    b"WARNING",
    b"ERROR",
    b"ERR",
    b"FATAL",
    b"CRITICAL",
    b"SEVERE",
    b"PANIC",
];

/// How many milliseconds the zones of the world are ahead of UTC.
const ZONES: RangeInclusive<i64> = -12 * HOUR..=14 * HOUR;

#[inline]
fn head(bytes: &[u8], line: usize) -> Option<Head> {
    Some(Head::timed(time_at(bytes.get(line..)?)?, line))
}

fn is_level(word: &[u8]) -> bool {
    LEVELS.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// Whether the first word here is a level, also in brackets: `ERROR`, `warn:`, `[Info]`.
pub(super) fn begins_with_level(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"[").unwrap_or(text);
    let (word, rest) = text.split_at(text.iter().take(9).take_while(|it| it.is_ascii_alphabetic()).count());
    is_level(word) && !rest.first().is_some_and(|it| it.is_ascii_alphanumeric() || b"-_/.".contains(it))
}

/// The time at the head of a line.
#[inline]
fn time_at(line: &[u8]) -> Option<i64> {
    match line.first()? {
        b'0'..=b'9' => date_and_time(line),
        b'[' => {
            let rest = &line[1..];
            date_and_time(rest).or_else(|| weekday(rest)).or_else(|| behind_level(rest))
        }
        b'A'..=b'Z' | b'a'..=b'z' => behind_level(line),
        _ => None,
    }
}

/// The time behind a level: `INFO  2026-01-01 00:00:00`, or `INFO]` and a time where a bracket was opened.
fn behind_level(line: &[u8]) -> Option<i64> {
    let letters = line.iter().take(9).take_while(|it| it.is_ascii_alphabetic()).count();
    let (word, rest) = line.split_at(letters);
    if !is_level(word) {
        return None;
    }
    let rest = rest.strip_prefix(b"]").unwrap_or(rest);
    let blanks = rest.iter().take(8).take_while(|it| matches!(it, b' ' | b'\t')).count();
    let rest = &rest[blanks..];
    date_and_time(rest.strip_prefix(b"[").unwrap_or(rest)).filter(|_| blanks > 0)
}

/// `2026-01-01 00:00:00`, with `T` or slashes as well, with a fraction and a zone if there are any.
#[inline]
fn date_and_time(text: &[u8]) -> Option<i64> {
    // Of the separators the second is looked at first: few words have one there.
    let mut head: [u8; 19] = text.get(..19)?.try_into().ok()?;
    if head[7] == b'/' && head[4] == b'/' {
        (head[4], head[7]) = (b'-', b'-');
    }
    let (time, 19) = time::read_prefix(&head)? else { return None };
    let (milliseconds, length) = fraction(&text[19..]);
    let behind = &text[19 + length..];
    let (ahead, length) = zone_at(behind);
    let is_word = behind.get(length).is_some_and(|it| it.is_ascii_alphanumeric());
    (!is_word).then_some(time + milliseconds - ahead)
}

/// The milliseconds that the zone here is ahead of UTC, and how many bytes it takes: `Z`, `+02:00`, `+0200`, and behind
/// a blank ` +0200]` or ` +0200 INFO`.
#[inline]
fn zone_at(text: &[u8]) -> (i64, usize) {
    match text {
        [b'Z', ..] => (0, 1),
        [b'+' | b'-', ..] => signed_zone(text).unwrap_or((0, 0)),
        // A number with a sign may be anything, as in ` -1000 units sold`.
        [b' ', rest @ ..] => match (zone(rest), rest.get(5..)) {
            (Some(ahead), Some([b']', ..])) if ZONES.contains(&ahead) => (ahead, 6),
            (Some(ahead), Some([b' ', next @ ..])) if ZONES.contains(&ahead) && begins_with_level(next) => (ahead, 6),
            _ => (0, 0),
        },
        _ => (0, 0),
    }
}

/// `+0200`, `+02:00`
fn signed_zone(text: &[u8]) -> Option<(i64, usize)> {
    match text.get(..6) {
        Some([sign, a, b, b':', c, d]) => Some((zone(&[*sign, *a, *b, *c, *d])?, 6)),
        _ => Some((zone(text)?, 5)),
    }
}

/// `Thu Jan 01 00:00:00.123456 2026`
fn weekday(text: &[u8]) -> Option<i64> {
    let (b' ', rest) = text.get(3..)?.split_first()? else { return None };
    let (month, day) = month_and_day(rest)?;
    let (b' ', rest) = rest.get(6..)?.split_first()? else { return None };
    let (clock, length) = clock(rest)?;
    let (b' ', rest) = rest.get(length..)?.split_first()? else { return None };
    moment(number(rest, 4)?, month, day, clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_of_a_time_are_one_time() {
        for line in [
            "2026-01-01 00:00:00,123 INFO m",
            "2026-01-01 00:00:00.123456789 [main] m",
            "2026-01-01T00:00:00.123Z\t57f2\tINFO\tm",
            "2026-01-01T02:00:00,123+02:00 m",
            "2026-01-01 02:00:00.123 +0200 INFO m",
            "2026-01-01 02:00:00.123 +0200 [warn] m",
            "[2026-01-01 02:00:00.123 +0200] m",
            "2026-01-01 00:00:00,123",
            "2026/01/01 00:00:00.123 main.go:1: m",
            "[2026-01-01 00:00:00,123] INFO m",
            "[2026-01-01T00:00:00.123+0000] m",
            "[INFO]\t2026-01-01T00:00:00.123Z\t57f2\tm",
            "INFO  2026-01-01 00:00:00,123 m",
            "info [2026-01-01 00:00:00,123] m",
            "[Thu Jan 01 00:00:00.123456 2026] [core:error] m",
            "[Thu Jan  1 00:00:00.123 2026] m",
        ] {
            assert_eq!(time_at(line.as_bytes()), Some(1_767_225_600_123), "{line}");
        }
    }

    #[test]
    fn a_number_with_a_sign_is_no_zone() {
        for line in [
            "2026-01-01 00:00:00 -1000 units sold",
            "2026-01-01 00:00:00 +0200",
            "2026-01-01 00:00:00 +0200\n",
            "2026-01-01 00:00:00 -1300 ERROR",
            "[2026-01-01 00:00:00 +1500] m",
            "[2026-01-01 00:00:00 +0260] m",
        ] {
            assert_eq!(time_at(line.as_bytes()), Some(1_767_225_600_000), "{line}");
        }
    }

    #[test]
    fn a_level_is_a_word() {
        for (text, is_level) in [
            ("ERROR x", true),
            ("warn:", true),
            ("[Info]\tx", true),
            ("FATAL", true),
            ("error-1", false),
            ("info/1", false),
            ("debug.log", false),
            ("errors", false),
            ("[x]", false),
            ("", false),
        ] {
            assert_eq!(begins_with_level(text.as_bytes()), is_level, "{text}");
        }
    }

    #[test]
    fn other_lines_have_no_time() {
        for line in [
            "",
            "[",
            "[]",
            "2026-01-01",
            "2026-01-01 it began",
            "2026-01/01 00:00:00 m",
            "2026-02-30 00:00:00 m",
            "2026-01-01 00:00:00th m",
            "20260101 000000 m",
            "begun 2026-01-01 00:00:00",
            "INFO2026-01-01 00:00:00",
            "    at com.example.Main.main(Main.java:1)",
            "Caused by: java.io.IOException",
            "[\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
        ] {
            assert_eq!(time_at(line.as_bytes()), None, "{line}");
        }
    }
}
