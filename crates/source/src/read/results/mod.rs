//! Saved answers, to be queried again: as the console exports them, as the AWS command line prints them, as we write
//! them.
//!
//! A cell may hold line ends and whole other rows, so such a file is read in one piece; the service answers with
//! 10,000 rows at most.

mod csv;
mod json;

use std::ops::Range;

use crate::event::Events;
use crate::json::scan::blanks;
use crate::read::documents::whole;
use crate::read::{Reader, Stream};

/// `[{"@timestamp": "2026-01-01 00:00:00.000", "@message": "…"}, …]`
pub static RESULTS: Reader = Reader {
    name: "results",
    endings: &[".json", ".csv"],
    doc: "Saved answers: JSON as `aws logs get-query-results` prints it, JSON and CSV as the console exports them. A \
          row is an event with its `@timestamp` (as UTC), `@message`, `@logStream` and `@ingestionTime`; without a \
          `@message` it is the row as JSON. All other columns are fields by their names. A table in CSV with no name of \
          a system field has its time as in JSON Lines. Read in one piece, of up to \
          256 MiB.",
    stream: Stream::Made,
    sniff: |head| match head.get(blanks(head, 0)) {
        Some(b'{' | b'[') => json::sniff(head),
        _ => csv::sniff(head),
    },
    tolerates: 0,
    before: |_, _| 0,
    after: whole,
    read,
};

fn read(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let bytes = &bytes[..range.end.min(bytes.len())];
    let start = range.start.min(bytes.len());
    match bytes.get(blanks(bytes, start)) {
        Some(b'{' | b'[') => json::read(bytes, start, events),
        _ => csv::read(bytes, start, events),
    }
}

/// Whether a text is a time as answers print it: `2026-01-01 00:00:00.000`.
fn is_printed_time(text: &[u8]) -> bool {
    const PATTERN: &[u8] = b"0000-00-00 00:00:00.000";
    let fits = |(byte, pattern): (&u8, &u8)| if *pattern == b'0' { byte.is_ascii_digit() } else { byte == pattern };
    text.len() == PATTERN.len() && text.iter().zip(PATTERN).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_as_answers_print_them() {
        assert!(is_printed_time(b"2026-01-01 00:00:00.000"));
        for other in ["2026-01-01T00:00:00.000Z", "2026-01-01 00:00:00", "2026-01-01 00:00:00,000", ""] {
            assert!(!is_printed_time(other.as_bytes()), "{other}");
        }
    }
}
