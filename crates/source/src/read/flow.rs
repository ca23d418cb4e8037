//! Flow logs as VPC delivers them to S3: a line that names the columns, and a record on each line behind it.

use std::ops::Range;

use crate::discover::flow::layout;
use crate::event::Events;
use crate::read::{Reader, Stream, lines};

/// `version account-id interface-id srcaddr … start end action log-status`
pub static FLOW: Reader = Reader {
    name: "flow",
    endings: &[".log.gz"],
    doc: "VPC flow logs as they are delivered to S3: a first line with the names of the columns, in any choice and \
          order, then a record on each line, whose time is its `start`. The file's name is the stream's.",
    stream: Stream::File,
    sniff: |head| layout(&head[..lines::end(head, 0..head.len())]).is_some(),
    tolerates: 0,
    before: |bytes, at| lines::start(bytes, at),
    after: |bytes, range| lines::starts(bytes, range).next(),
    read,
};

fn read(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let place = events.layout.as_ref().and_then(|it| it.iter().position(|it| *it == "startTime"));
    let range_end = range.end.min(bytes.len());
    let mut at = range.start;
    while at < range_end {
        let end = lines::end(bytes, at..range_end);
        let line = &bytes[at..end];
        let message = line.strip_suffix(b"\r").unwrap_or(line);
        // Files that were put together have such a line in their midst, too. Records begin with a digit, mostly.
        let is_head = message.first().is_some_and(u8::is_ascii_lowercase) && layout(message).is_some();
        if !message.is_empty() && !is_head {
            events.add(at, place.and_then(|it| time(message, it)), at, at + message.len());
        }
        at = end + 1;
    }
}

/// The seconds that stand in this place of a record.
fn time(record: &[u8], place: usize) -> Option<i64> {
    let word = record.split(|it| *it == b' ').nth(place)?;
    if word.is_empty() || !word.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let seconds: i64 = std::str::from_utf8(word).ok()?.parse().ok()?;
    seconds.checked_mul(1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    fn times(log: &str, layout: &[&'static str]) -> Vec<i64> {
        let mut events = Events::within(Window::all());
        events.layout = Some(layout.into());
        read(log.as_bytes(), 0..log.len(), &mut events);
        events.times
    }

    #[test]
    fn a_record_on_each_line_behind_the_names() {
        let log = "vpc-id start end\r\nvpc-1 1418530010 1418530070\r\n\nvpc-2 1418530011 1418530071";
        assert_eq!(times(log, &["vpcId", "startTime", "endTime"]), [1_418_530_010_000, 1_418_530_011_000]);
        let untimed = crate::event::UNTIMED;
        let odd = "vpc-1\nvpc-1 - -\nvpc-1 99999999999999999999 1\nvpc-1 9223372036854775807 1\n";
        assert_eq!(times(odd, &["vpcId", "startTime", "endTime"]), [untimed; 4]);
        assert_eq!(times("a b c\n", &["vpcId", "srcAddr", "dstAddr"]), [untimed]);
    }
}
