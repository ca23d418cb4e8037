//! The zone that times are told in.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use value::time;

/// A zone and its name.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Default for Zone {
    fn default() -> Zone {
        Zone::new("UTC", TimeZone::UTC)
    }
}

impl Zone {
    /// A zone that is called so.
    pub fn new(name: &str, zone: TimeZone) -> Zone {
        Zone { name: name.trim().to_owned(), zone }
    }

    /// `UTC`, `Europe/Berlin`
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A moment as a clock there shows it: `2026-01-01 14:30:00.145`.
    pub fn print(&self, at: i64) -> String {
        time::print(self.moved(at))
    }

    /// A moment moved so that it prints as a clock there shows it. It is for reading alone: a moved moment is another
    /// one.
    pub fn moved(&self, at: i64) -> i64 {
        // A time beyond the calendar has no zone.
        let offset = Timestamp::from_millisecond(at).map(|it| self.zone.to_offset(it).seconds());
        at.saturating_add(offset.map_or(0, |it| i64::from(it) * time::SECOND))
    }

    /// The time of day: `14:30:00.145`.
    pub fn clock(&self, at: i64) -> String {
        self.print(at).split_once(' ').map(|it| it.1.to_owned()).unwrap_or_default()
    }

    /// The day: `2026-01-01`.
    pub fn day(&self, at: i64) -> String {
        self.print(at).split_once(' ').map(|it| it.0.to_owned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_time_is_a_day_and_a_clock() {
        let utc = Zone::default();
        assert_eq!((utc.day(0), utc.clock(0)), (String::from("1970-01-01"), String::from("00:00:00.000")));
        let there = Zone::new("America/New_York", TimeZone::get("America/New_York").unwrap());
        assert_eq!(there.print(0), "1969-12-31 19:00:00.000");
    }

    #[test]
    fn times_move_with_the_seasons() {
        let there = Zone::new("Europe/Berlin", TimeZone::get("Europe/Berlin").unwrap());
        for (at, hours) in [(1_767_225_600_000, 1), (1_782_864_000_000, 2)] {
            assert_eq!(there.moved(at) - at, hours * time::HOUR);
        }
        assert_eq!(there.moved(i64::MAX), i64::MAX);
    }
}
