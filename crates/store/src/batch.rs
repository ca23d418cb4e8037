//! The rules of `PutLogEvents`: how large a batch may be, and which of its events are taken.

use std::ops::Range;

use crate::error::{Error, Kind};

/// An event to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened, in epoch milliseconds.
    pub timestamp: i64,
    /// What it says.
    pub message: String,
}

/// The most events of a batch: the service's model says so.
pub const MOST_EVENTS: usize = 10_000;

/// The most bytes of a batch: those of its messages, and [`OVERHEAD`] for each. The API reference of `PutLogEvents` says
/// so.
pub const MOST_BYTES: usize = 1 << 20;

/// What an event counts beside its message, in bytes.
pub const OVERHEAD: usize = 26;

/// How far ahead of the clock an event may be, in milliseconds: 2 hours.
const AHEAD: i64 = 2 * 3_600_000;

/// How far apart the first and the last event of a batch may be, in milliseconds: 24 hours.
const SPAN: i64 = DAY;

pub(crate) const DAY: i64 = 24 * 3_600_000;

/// What became of a batch. Events older than 14 days, which the service refuses, are taken: archives are old.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// How many events were written.
    pub events: usize,
    /// The first event that is too new, where there is one; all behind it are, too.
    pub too_new_start: Option<usize>,
    /// The first event that has not expired by the log group's retention, where one before it has.
    pub expired_end: Option<usize>,
}

/// Which events of a batch are taken.
pub(crate) fn check(events: &[Event], retention: Option<u32>, now: i64) -> Result<(Range<usize>, Accepted), Error> {
    let invalid = |message: String| Err(Error::new(Kind::Invalid, message));
    if events.is_empty() || events.len() > MOST_EVENTS {
        return invalid(format!("A batch holds 1 to {MOST_EVENTS} log events, not {}.", events.len()));
    }
    let bytes: usize = events.iter().map(|it| it.message.len() + OVERHEAD).sum();
    if bytes > MOST_BYTES {
        return invalid(format!("Upload too large: {bytes} bytes exceeds limit of {MOST_BYTES}"));
    }
    if events.iter().any(|it| it.message.is_empty() || it.timestamp < 0) {
        return invalid(String::from("A log event has a message that is not empty, and a time not before 1970."));
    }
    if !events.is_sorted_by_key(|it| it.timestamp) {
        return invalid(String::from("Log events in a single PutLogEvents request must be in chronological order."));
    }
    let expired = oldest(retention, now).map_or(0, |oldest| events.partition_point(|it| it.timestamp < oldest));
    let known = events.partition_point(|it| it.timestamp <= now.saturating_add(AHEAD)).max(expired);
    let taken = expired..known;
    if let (Some(first), Some(last)) = (events.get(taken.start), events[..known].last())
        && last.timestamp - first.timestamp > SPAN
    {
        let message = "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.";
        return invalid(String::from(message));
    }
    let accepted = Accepted {
        events: taken.len(),
        too_new_start: Some(known).filter(|it| *it < events.len()),
        expired_end: Some(expired).filter(|it| *it > 0),
    };
    Ok((taken, accepted))
}

/// The time of the oldest event that is kept.
pub(crate) fn oldest(retention: Option<u32>, now: i64) -> Option<i64> {
    retention.map(|days| now.saturating_sub(i64::from(days) * DAY))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NOW: i64 = 1_767_225_600_000;

    fn at(times: &[i64]) -> Vec<Event> {
        times.iter().map(|it| Event { timestamp: *it, message: String::from("m") }).collect()
    }

    #[test]
    fn old_events_are_taken_and_the_others_counted() {
        let hour = DAY / 24;
        let taken = |times: &[i64], retention| check(&at(times), retention, NOW).unwrap();
        assert_eq!(taken(&[0, 1], None).0, 0..2);
        let (range, accepted) = taken(&[NOW, NOW + 2 * hour, NOW + 2 * hour + 1], None);
        assert_eq!((range, accepted.too_new_start, accepted.expired_end), (0..2, Some(2), None));
        let (range, accepted) = taken(&[NOW - 8 * DAY, NOW - 7 * DAY, NOW - 7 * DAY + 1], Some(7));
        assert_eq!((range, accepted.too_new_start, accepted.expired_end), (1..3, None, Some(1)));
        assert_eq!(taken(&[NOW + DAY], None).0, 0..0);
        assert_eq!(taken(&[1], Some(1)).1, Accepted { events: 0, too_new_start: None, expired_end: Some(1) });
        assert_eq!(taken(&[1, NOW, NOW + DAY], Some(1)).0, 1..2);
    }

    #[test]
    fn a_batch_that_breaks_a_rule_is_refused_whole() {
        let said = |events: &[Event]| check(events, None, NOW).unwrap_err().message;
        assert!(said(&[]).contains("1 to 10000"));
        assert!(said(&at(&[NOW; MOST_EVENTS + 1])).contains("1 to 10000"));
        assert!(said(&at(&[2, 1])).contains("chronological order"));
        assert!(said(&at(&[NOW - DAY - 1, NOW])).contains("24 hours"));
        assert!(check(&at(&[NOW - DAY, NOW]), None, NOW).is_ok());
        assert!(said(&at(&[-1])).contains("1970"));
        let large = |bytes: usize| vec![Event { timestamp: NOW, message: "x".repeat(bytes) }];
        assert!(check(&large(MOST_BYTES - OVERHEAD), None, NOW).is_ok());
        let message = said(&large(MOST_BYTES - OVERHEAD + 1));
        assert_eq!(message, "Upload too large: 1048577 bytes exceeds limit of 1048576");
        assert!(said(&large(0)).contains("not empty"));
    }
}
