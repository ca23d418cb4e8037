//! Saved answers as CSV: a line with the names of the columns, then the rows.

use csv::{ByteRecord, ReaderBuilder};
use value::number;

use crate::event::Events;
use crate::read::export::EXPORT;
use crate::read::jsonl::{self, TIME_KEYS};
use crate::read::lines;
use crate::read::results::is_printed_time;
use crate::report::Trouble;
use crate::saved::{Row, cell};

/// How many rows are looked at to tell whether lines with commas are a table.
const LOOKED_AT: usize = 50;

/// Names of columns that nothing but an answer has.
const TELLING: [&[u8]; 6] = [b"@timestamp", b"@message", b"@ptr", b"@logStream", b"@log", b"@ingestionTime"];

/// A head with the name of a system field, or what cannot be but a table: names, and rows with as many cells and
/// figures in them.
pub(super) fn sniff(head: &[u8]) -> bool {
    let mut records = Records::of(head, 0);
    let Some(names) = records.next().map(|it| it.1) else { return false };
    if names.iter().any(|it| TELLING.contains(&it)) {
        return names.iter().all(is_name);
    }
    let mut known: Vec<&[u8]> = names.iter().collect();
    known.sort_unstable();
    known.dedup();
    if known.len() < 2 || known.len() < names.len() || !names.iter().all(is_name) {
        return false;
    }
    // The last of the records may be cut off where the head ends.
    let rows: Vec<ByteRecord> = records.by_ref().map(|it| it.1).take(LOOKED_AT + 1).collect();
    let whole = if records.next().is_some() || head.ends_with(b"\n") { rows.len() } else { rows.len().max(2) - 1 };
    let is_log = || lines::starts(head, 0..head.len()).any(|it| (EXPORT.sniff)(&head[it..]));
    let rows = rows.get(..whole).unwrap_or(&rows);
    // Lines that are all alike may well have no names ahead of them: numbers or times under one tell.
    let is_figures = |column: usize| {
        let mut cells = rows.iter().filter_map(|it| it.get(column)).filter(|it| !it.is_empty()).peekable();
        cells.peek().is_some() && cells.all(is_figure)
    };
    let is_times = |column: usize| {
        let mut cells = rows.iter().filter_map(|it| it.get(column)).filter(|it| !it.is_empty()).peekable();
        let is_time = |it: &[u8]| std::str::from_utf8(it).is_ok_and(|it| jsonl::text_time(it).is_some());
        is_time_key(names.get(column).unwrap_or_default()) && cells.peek().is_some() && cells.all(is_time)
    };
    let tells = |column: usize| is_figures(column) || is_times(column);
    rows.iter().all(|it| it.len() == names.len()) && (0..names.len()).any(tells) && !is_log()
}

fn is_time_key(name: &[u8]) -> bool {
    TIME_KEYS.iter().any(|it| it.as_bytes() == name)
}

/// Whether a cell is a number, or a time as answers print it.
fn is_figure(cell: &[u8]) -> bool {
    is_printed_time(cell) || std::str::from_utf8(cell).is_ok_and(|it| number::read(it).is_some())
}

/// Whether a text may be the name of a column: `@timestamp`, `bin(5m)`, `user.name`.
fn is_name(text: &[u8]) -> bool {
    let is_first = |it: &u8| it.is_ascii_alphabetic() || matches!(it, b'@' | b'_' | b'`');
    let is_other = |it: u8| it >= b' ' && !matches!(it, b'{' | b'}' | b'[' | b']');
    text.first().is_some_and(is_first) && text.last() != Some(&b' ') && text.iter().copied().all(is_other)
}

pub(super) fn read(bytes: &[u8], start: usize, events: &mut Events) {
    let mut records = Records::of(bytes, start);
    let Some((_, names)) = records.next() else { return };
    let is_answer = names.iter().any(|it| TELLING.contains(&it));
    let names: Vec<String> = names.iter().map(|it| String::from_utf8_lossy(it).into_owned()).collect();
    for (at, record) in records {
        if record.len() != names.len() {
            events.trouble(at, Trouble::TornCsv);
        }
        let cells = record.iter().map(|it| String::from_utf8_lossy(it));
        // A row has a message where the answer has, and an empty cell is a missing one.
        let kept = names.iter().cloned().zip(cells).filter(|(name, it)| !it.is_empty() || name == "@message");
        let row: Row = kept.map(|(name, it)| (name, it.into_owned())).collect();
        if record.iter().any(|it| std::str::from_utf8(it).is_err()) {
            events.trouble(at, Trouble::NotUtf8);
        }
        if is_answer {
            events.add_saved(bytes, at, &row, None);
        } else {
            let time = TIME_KEYS.iter().find_map(|it| cell(&row, it).and_then(jsonl::text_time));
            events.add_row(bytes, at, time, &row, None);
        }
    }
    let rest = &bytes[start..];
    if memchr::memchr_iter(b'"', rest).count() % 2 == 1 {
        events.trouble(bytes.len(), Trouble::TornCsv);
    }
}

/// The records of a table with their places, the line of names among them.
struct Records<'b> {
    reader: csv::Reader<&'b [u8]>,
    start: usize,
}

impl<'b> Records<'b> {
    fn of(bytes: &'b [u8], start: usize) -> Records<'b> {
        let rest = bytes.get(start..).unwrap_or_default();
        Records { reader: ReaderBuilder::new().has_headers(false).flexible(true).from_reader(rest), start }
    }
}

impl Iterator for Records<'_> {
    type Item = (usize, ByteRecord);

    fn next(&mut self) -> Option<(usize, ByteRecord)> {
        let at = self.start + self.reader.position().byte() as usize;
        let mut record = ByteRecord::new();
        // Bytes at hand give no errors, and records may be of any length.
        self.reader.read_byte_record(&mut record).ok()?.then_some((at, record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::UNTIMED;
    use crate::window::Window;

    fn events(text: &str) -> Events {
        let mut events = Events::within(Window::all());
        read(text.as_bytes(), 0, &mut events);
        events
    }

    #[test]
    fn tables_are_known() {
        for (head, is_known) in [
            ("@timestamp,@message\n", true),
            ("@message\nanything, at all\n", true),
            ("bin(5m),count(*)\n2026-01-01 00:00:00.000,3\n", true),
            ("level,n\nINFO,3\nWARN,4\nERR", true),
            ("level,n\n\"a\nb\",3\n", true),
            ("time,level,code\n2026-01-01T00:00:00Z,INFO,200\n", true),
            ("time,level\n2026-01-01T00:00:00Z,INFO\n", true),
            ("time,level\nsoon,INFO\n", false),
            ("level,n\n", false),
            ("level,n\nINFO\n", false),
            ("INFO,started\nINFO,stopped\n", false),
            ("INFO, started\nINFO, stopped\n", false),
            ("a,a\nb,b\n", false),
            ("one\ntwo\n", false),
            ("a,b\nc,d\n2026-01-01T00:00:00Z x,y\n", false),
            ("2026-01-01,b\n1,2\n", false),
            ("", false),
        ] {
            assert_eq!(sniff(head.as_bytes()), is_known, "{head}");
        }
    }

    #[test]
    fn cells_may_hold_anything() {
        let found = events("@message,n\r\n\"a, \"\"b\"\"\nc\",3\r\n,\r\nx,\r\n");
        assert_eq!(String::from_utf8_lossy(&found.copied), "a, \"b\"\ncx");
        assert_eq!(found.heads.len(), 3);
        assert!(found.tally.troubles.is_empty());
        assert_eq!(found.brought.of_row(0).collect::<Vec<_>>(), [("n", "3")]);
        assert_eq!(found.brought.of_row(1).count(), 0);
    }

    #[test]
    fn a_table_has_its_times_as_json_lines_have() {
        for (text, times) in [
            ("time,level,code\n1970-01-01T00:00:01Z,INFO,200\nx,INFO,200\n", [1000, UNTIMED]),
            ("ts,n\n1767225600.5,2\n1767225600123,3\n", [1_767_225_600_500, 1_767_225_600_123]),
            ("ts,time\n1,1970-01-01 00:00:02.000\n1970-01-01T00:00:03Z,x\n", [2000, 3000]),
            // The row of an answer has no other time than its own.
            ("@message,time\nm,1970-01-01T00:00:01Z\nm,1\n", [UNTIMED, UNTIMED]),
        ] {
            assert_eq!(events(text).times, times, "{text}");
        }
    }

    #[test]
    fn what_is_torn_is_told() {
        for torn in ["a,b\n1,2\n3\n", "a,b\n1,2\n3,\"4", "a,b\n1,2\n3,4,5\n"] {
            let found = events(torn);
            assert_eq!(found.heads.len(), 2, "{torn}");
            assert_eq!(found.tally.troubles.len(), 1, "{torn}");
        }
    }
}
