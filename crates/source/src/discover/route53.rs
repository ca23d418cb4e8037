//! Query logs of public hosted zones of Route 53: lines of ten words.

use crate::discover::LogType;
use crate::discover::words::{self, push_words};

/// `1.0 2017-12-13T08:16:02.130Z Z123412341234 example.com A NOERROR UDP FRA6 192.168.1.1 -`
pub static ROUTE53: LogType = LogType {
    name: "route53",
    doc: "The ten fields of the query logs of Route 53's public hosted zones, by their places; `-` is no value. What \
          the Resolver logs is JSON.",
    gives: |name| FIELDS.contains(&name),
    is_of: Some(|_, message| is_query(message)),
    fields: |block, rows, fields| push_words(block, rows, fields, |name| FIELDS.iter().position(|it| *it == name)),
    all: |block, row, tell| words::tell(block.message(row), FIELDS.iter().copied(), tell),
};

static FIELDS: [&str; 10] = [
    "version",
    "queryTimestamp",
    "hostZoneId",
    "queryName",
    "queryType",
    "responseCode",
    "protocol",
    "edgeLocation",
    "resolverIp",
    "ednsClientSubnet",
];

/// Whether a line tells of a query.
pub(crate) fn is_query(message: &str) -> bool {
    let is_time = |it: &str| it.len() >= 20 && it.as_bytes()[10] == b'T' && value::time::read(it).is_some();
    message.starts_with("1.")
        && words::count(message) == FIELDS.len()
        && words::of(message).nth(1).is_some_and(is_time)
        && words::of(message).nth(6).is_some_and(|it| matches!(it, "UDP" | "TCP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_known_by_their_shape() {
        let line = "1.0 2017-12-13T08:16:02.130Z Z123412341234 example.com A NOERROR UDP FRA6 192.168.1.1 -";
        assert!(is_query(line) && is_query(&format!("{line}\n")));
        for other in ["", "1.0", &line.replace("UDP", "SMTP"), &line.replace("2017", "then"), &format!("{line} x")] {
            assert!(!is_query(other), "{other}");
        }
    }
}
