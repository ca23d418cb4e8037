//! What `aws logs tail` prints: a time, in the longer form a stream, and the message.

use std::ops::Range;

use value::time;

use crate::read::heads::{self, Ends, Head};
use crate::read::syslog::SYSLOG;
use crate::read::{Reader, Stream, lines};

/// `2026-01-01T00:00:00.123000+00:00 stream message`
pub static TAIL: Reader = Reader {
    name: "tail",
    endings: &[".log", ".txt"],
    doc: "What `aws logs tail` prints, in its formats `detailed`, `short` and `json`, with colours or without: each \
          event begins a line with a time and, but for `short`, the name of its stream; lines without a time continue \
          the event before.",
    stream: Stream::Data,
    sniff,
    tolerates: usize::MAX,
    before: |bytes, at| heads::before(bytes, at, head),
    after: |bytes, range| heads::after(bytes, range, head),
    read: |bytes, range, events| heads::read(bytes, range, events, Ends::All, head),
};

/// How many lines are looked at to tell this from logs whose times have the same form and are finer.
const LOOKED_AT: usize = 64;

/// How long `2026-01-01T00:00:00` is.
const TO_THE_SECOND: usize = 19;

/// The service's times have milliseconds, so the rest of their digits are zeros wherever they stand. Where all times
/// are whole seconds, `host app[1]:` behind them tells syslog.
fn sniff(bytes: &[u8]) -> bool {
    let digits = |line: usize| {
        let stream = head(bytes, line)?.stream?;
        let fraction = escapes(bytes, line) + TO_THE_SECOND;
        bytes.get(fraction..stream.start).filter(|it| it.starts_with(b".")).and_then(|it| it.get(4..7))
    };
    let mut fractions = lines::starts(bytes, 0..bytes.len()).take(LOOKED_AT).filter_map(digits).peekable();
    let has_fractions = fractions.peek().is_some();
    head(bytes, 0).is_some() && !fractions.any(is_fine) && (has_fractions || !(SYSLOG.sniff)(bytes))
}

/// Whether there are digits, and another one than zero.
fn is_fine(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_digit) && digits != b"000"
}

#[inline]
fn head(bytes: &[u8], line: usize) -> Option<Head> {
    let start = escapes(bytes, line);
    let rest = bytes.get(start..)?;
    if !rest.first()?.is_ascii_digit() || rest.get(10) != Some(&b'T') {
        return None;
    }
    let (time, length) = time::read_prefix(rest)?;
    let is_detailed = match &rest[TO_THE_SECOND.min(length)..length] {
        b"" if length == TO_THE_SECOND => false,
        b"+00:00" => true,
        // Where Python prints no milliseconds, it leaves all digits out.
        [b'.', digits @ .., b'+', b'0', b'0', b':', b'0', b'0'] if digits.len() == 6 => true,
        _ => return None,
    };
    let behind = blank(bytes, escapes(bytes, start + length))?;
    if !is_detailed {
        return Some(Head::timed(time, behind));
    }
    let stream = name(bytes, escapes(bytes, behind));
    let message = blank(bytes, escapes(bytes, stream.end))?;
    (!stream.is_empty()).then_some(Head { stream: Some(stream), ..Head::timed(time, message) })
}

/// What is behind a blank, or a line's end: an empty message leaves its blank out.
#[inline]
fn blank(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at) {
        Some(b' ') => Some(at + 1),
        None | Some(b'\n' | b'\r') => Some(at),
        Some(_) => None,
    }
}

/// The word that begins here: no blank, line end or escape is in it.
#[inline]
fn name(bytes: &[u8], start: usize) -> Range<usize> {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest.iter().position(|it| matches!(*it, b' ' | b'\n' | b'\r' | ESCAPE));
    start..start + length.unwrap_or(rest.len())
}

const ESCAPE: u8 = b'\x1b';

/// What is behind the colours, `ESC [ 3 2 m`, that stand here.
#[inline]
fn escapes(bytes: &[u8], mut at: usize) -> usize {
    while let Some([ESCAPE, b'[', rest @ ..]) = bytes.get(at..) {
        let digits = rest.iter().take_while(|it| it.is_ascii_digit() || **it == b';').count();
        if rest.get(digits) != Some(&b'm') {
            break;
        }
        at += 2 + digits + 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_has_a_time_and_perhaps_a_stream() {
        let short = |message| Some(Head::timed(1_767_225_600_000, message));
        let detailed = |time: i64, stream: Range<usize>, message| {
            Some(Head { stream: Some(stream), ..Head::timed(1_767_225_600_000 + time, message) })
        };
        for (line, expected) in [
            ("2026-01-01T00:00:00.123000+00:00 web/1 GET /", detailed(123, 33..38, 39)),
            ("2026-01-01T00:00:00+00:00 web/1 GET /", detailed(0, 26..31, 32)),
            ("2026-01-01T00:00:00.123000+00:00 web/1", detailed(123, 33..38, 38)),
            ("2026-01-01T00:00:00.123000+00:00 web/1\r\n", detailed(123, 33..38, 38)),
            ("\x1b[32m2026-01-01T00:00:00+00:00\x1b[0m \x1b[36mweb\x1b[0m m", detailed(0, 40..43, 48)),
            ("2026-01-01T00:00:00 GET /", short(20)),
            ("2026-01-01T00:00:00", short(19)),
            ("\x1b[1;32m2026-01-01T00:00:00\x1b[0m m", short(31)),
            ("2026-01-01T00:00:00.123Z GET /", None),
            ("2026-01-01T00:00:00.123 GET /", None),
            ("2026-01-01T00:00:00.123+00:00 web GET /", None),
            ("2026-01-01T00:00:00.123000+01:00 web GET /", None),
            ("2026-01-01T00:00:00.123000+00:00", None),
            ("2026-01-01T00:00:00.123000+00:00  GET", None),
            ("2026-01-01T00:00:00,5 GET /", None),
            ("2026-01-01T00:00 GET /", None),
            ("2026-01-01 00:00:00 GET /", None),
            ("\x1b[32", None),
            ("", None),
        ] {
            assert_eq!(head(line.as_bytes(), 0), expected, "{line:?}");
        }
    }

    #[test]
    fn times_that_are_finer_are_another_logs() {
        let fine = b"2026-01-01T00:00:00.123000+00:00 web app: a\n2026-01-01T00:00:00.123456+00:00 web app: b\n";
        assert!(sniff(&fine[..44]) && !sniff(fine) && !sniff(&fine[44..]));
        assert!(!sniff(b"2026-01-01T00:00:00+00:00 web app[1]: a\n"));
        assert!(sniff(b"2026-01-01T00:00:00+00:00 web a\n") && sniff(b"2026-01-01T00:00:00 app a: b\n"));
    }
}
