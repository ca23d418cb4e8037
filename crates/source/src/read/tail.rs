//! What `aws logs tail` prints: a time, in the longer form a stream, and the message.

use std::ops::Range;

use value::time;

use crate::read::heads::{self, Ends, Head};
use crate::read::syslog::SYSLOG;
use crate::read::{Reader, Stream, lines, text};

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

/// How messages begin that tell the short format, whatever the others begin with: many a log of a Lambda function has
/// levels as well.
const SERVICE: [&[u8]; 5] = [b"{", b"START RequestId: ", b"END RequestId: ", b"REPORT RequestId: ", b"INIT_START "];

/// Whether the heads of the first lines are those of the command, and no other log's.
fn sniff(bytes: &[u8]) -> bool {
    let Some(first) = head(bytes, 0) else { return false };
    let looked_at = lines::starts(bytes, 0..bytes.len()).take(LOOKED_AT);
    let heads: Vec<(usize, Head)> = looked_at.filter_map(|it| Some((it, head(bytes, it)?))).collect();
    if first.stream.is_some() { is_detailed(bytes, &heads) } else { is_short(bytes, &heads) }
}

/// The service's times have milliseconds, so the rest of their digits are zeros wherever they stand: few other logs have
/// such times. Where all are whole seconds, `host app[1]:` behind them tells syslog, and words of plain letters alone
/// some other log. Names of streams have no colon, and none is a level.
fn is_detailed(bytes: &[u8], heads: &[(usize, Head)]) -> bool {
    let (mut has_fractions, mut has_names) = (false, false);
    for (line, head) in heads {
        let Some(stream) = &head.stream else { continue };
        let name = &bytes[stream.clone()];
        let fraction = escapes(bytes, *line) + TO_THE_SECOND;
        let digits = bytes.get(fraction..stream.start).filter(|it| it.starts_with(b".")).and_then(|it| it.get(4..7));
        if digits.is_some_and(is_fine) || text::begins_with_level(name) || !may_be_stream(name) {
            return false;
        }
        has_fractions |= digits.is_some();
        has_names |= name.iter().any(|it| !it.is_ascii() || it.is_ascii_digit() || b"/[-_".contains(it));
    }
    has_fractions || has_names && !(SYSLOG.sniff)(bytes)
}

/// Whether a stream may have this name.
fn may_be_stream(name: &[u8]) -> bool {
    !matches!(name.first(), None | Some(b'[' | b'(' | b'{' | b'<' | b'"')) && !name.iter().any(|it| b":*".contains(it))
}

/// Nothing but the messages tells this from a text log with such times, whose lines had better stay whole: those that
/// begin with levels are one's.
fn is_short(bytes: &[u8], heads: &[(usize, Head)]) -> bool {
    let mut messages = heads.iter().filter_map(|(_, head)| bytes.get(head.message..));
    let is_service = |message: &[u8]| SERVICE.iter().any(|it| message.starts_with(it));
    messages.clone().any(is_service) || !messages.any(text::begins_with_level)
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
    fn other_logs_with_such_times_are_not_taken_for_it() {
        for (text, is_tail) in [
            ("2026-01-01T00:00:00.123000+00:00 web-1 app: a\n", true),
            ("2026-01-01T00:00:00.123000+00:00 web-1 a\n2026-01-01T00:00:00.123456+00:00 web-1 b\n", false),
            ("2026-01-01T00:00:00.123456+00:00 web-1 b\n", false),
            ("2026-01-01T00:00:00+00:00 web-1 app[1]: a\n", false),
            ("2026-01-01T00:00:00+00:00 web-1 a\n", true),
            ("2026-01-01T00:00:00+00:00 2026/01/01/[$LATEST]ab a\n", true),
            ("2026-01-01T00:00:00+00:00 app ready\n2026-01-01T00:00:00+00:00 web/1 a\n", true),
            ("2026-01-01T00:00:00+00:00 ERROR payment failed\n", false),
            ("2026-01-01T00:00:00.123000+00:00 warn: b\n", false),
            ("2026-01-01T00:00:00+00:00 [info] b\n", false),
            ("2026-01-01T00:00:00+00:00 [main-1] b\n", false),
            ("2026-01-01T00:00:00+00:00 web-1: b\n", false),
            ("2026-01-01T00:00:00+00:00 server started\n", false),
            ("2026-01-01T00:00:00.123000+00:00 server started\n", true),
            ("2026-01-01T00:00:00+00:00 web-1 started\n2026-01-01T00:00:00+00:00 DEBUG b\n", false),
            ("2026-01-01T00:00:00 app a: b\n", true),
            ("2026-01-01T00:00:00 ERROR x\n", false),
            ("2026-01-01T00:00:00 ready\n2026-01-01T00:00:00 [warn] x\n", false),
            ("2026-01-01T00:00:00 [INFO]\tx\n2026-01-01T00:00:00 END RequestId: 1\n", true),
            ("2026-01-01T00:00:00 INFO x\n2026-01-01T00:00:00 {}\n", true),
        ] {
            assert_eq!(sniff(text.as_bytes()), is_tail, "{text}");
        }
    }
}
