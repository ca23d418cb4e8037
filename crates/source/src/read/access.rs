//! Access logs of web servers: the common format, the combined one, and what is made after them.

use crate::read::dates::{clock, month, number, time, zone};
use crate::read::heads::{self, Ends, Head};
use crate::read::{Reader, Stream};

/// `192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1234`
pub static ACCESS: Reader = Reader {
    name: "access",
    endings: &["access.log", "access_log"],
    doc: "Access logs in the common and the combined format, as Apache, nginx, API Gateway and S3 write them, also \
          with the host in front: the time stands in brackets, the line is the message, and the \
          file's name is the stream's.",
    stream: Stream::File,
    sniff: |head| time_in(head).is_some(),
    tolerates: usize::MAX,
    before: |bytes, at| heads::before(bytes, at, head),
    after: |bytes, range| heads::after(bytes, range, head),
    read: |bytes, range, events| heads::read(bytes, range, events, Ends::All, head),
};

/// How far into a line the bracket may stand: behind hosts and the name of a user.
const NEAR: usize = 512;

#[inline]
fn head(bytes: &[u8], line: usize) -> Option<Head> {
    Some(Head::timed(time_in(bytes.get(line..)?)?, line))
}

/// The time in the line that begins here, ahead of the request.
#[inline]
fn time_in(line: &[u8]) -> Option<i64> {
    let near = &line[..line.len().min(NEAR)];
    // Addresses may have brackets of their own.
    for at in memchr::memchr2_iter(b'[', b'\n', near) {
        if near[at] == b'\n' {
            return None;
        }
        if let Some(time) = time_at(&line[at + 1..]) {
            return (!near[..at].contains(&b'"')).then_some(time);
        }
    }
    None
}

/// `17/May/2015:10:05:03 +0000]`
#[inline]
fn time_at(text: &[u8]) -> Option<i64> {
    let text = text.get(..27)?;
    if text[2] != b'/' || text[6] != b'/' || text[11] != b':' || text[20] != b' ' || text[26] != b']' {
        return None;
    }
    let (day, month, year) = (number(text, 2)?, month(&text[3..])?, number(&text[7..], 4)?);
    let (clock, _) = clock(&text[12..20])?;
    Some(time(year, month, day, clock)? - zone(&text[21..])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_stands_in_brackets_ahead_of_the_request() {
        let time = Some(1_431_857_103_000);
        for (line, found) in [
            ("83.149.9.216 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 25230", time),
            ("::1 - John Doe [17/May/2015:12:05:03 +0200] \"GET / HTTP/1.1\" 200 25230", time),
            ("example.com:443 [::1] - - [17/May/2015:10:05:03 +0000] \"-\" 408 -", time),
            ("192.0.2.1 - - [17/May/2015:10:05:03 +0000]\"GET /pets HTTP/1.1\" 200", time),
            ("79a5 bucket [17/May/2015:10:05:03 +0000] 192.0.2.3 79a5 3E57 REST.GET.VERSIONING", time),
            ("192.0.2.1 - - \"GET [17/May/2015:10:05:03 +0000]", None),
            ("192.0.2.1 - -\n[17/May/2015:10:05:03 +0000]", None),
            ("192.0.2.1 - - [17/May/2015:10:05:03]", None),
            ("192.0.2.1 - - [32/May/2015:10:05:03 +0000]", None),
            ("192.0.2.1 - - [17/May/2015:10:05:03 +0000", None),
            ("[", None),
            ("", None),
        ] {
            assert_eq!(time_in(line.as_bytes()), found, "{line}");
        }
        assert_eq!(time_in(format!("{} [17/May/2015:10:05:03 +0000]", "x".repeat(NEAR)).as_bytes()), None);
    }
}
