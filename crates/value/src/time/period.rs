//! Periods, `5m`, and cutting times down to a multiple of one.

use std::fmt;

use super::{DAY, Date, HOUR, MINUTE, SECOND};

/// `5m`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many units; the language has no period of zero.
    pub count: u64,
    /// Of what.
    pub unit: Unit,
}

/// What a period counts, from short to long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// `ms`
    Millisecond,
    /// `s`
    Second,
    /// `m`
    Minute,
    /// `h`
    Hour,
    /// `d`
    Day,
    /// `w`
    Week,
    /// `mo`
    Month,
    /// `q`
    Quarter,
    /// `y`
    Year,
}

/// Each unit with its names, the one to print first; a name of several letters also has a plural in `s`.
const NAMES: [(Unit, &[&str]); 9] = [
    (Unit::Millisecond, &["ms", "msec", "millisecond"]),
    (Unit::Second, &["s", "sec", "second"]),
    (Unit::Minute, &["m", "min", "minute"]),
    (Unit::Hour, &["h", "hr", "hour"]),
    (Unit::Day, &["d", "day"]),
    (Unit::Week, &["w", "week"]),
    (Unit::Month, &["mo", "mon", "month"]),
    (Unit::Quarter, &["q", "qtr", "quarter"]),
    (Unit::Year, &["y", "yr", "year"]),
];

impl Unit {
    /// The unit of a name, in any case: `m`, `min`, `minutes`.
    pub fn read(name: &str) -> Option<Unit> {
        let name = name.to_ascii_lowercase();
        let is_name = |it: &&str| name == **it || (it.len() > 1 && name.strip_suffix('s') == Some(*it));
        NAMES.iter().find(|(_, names)| names.iter().any(is_name)).map(|(unit, _)| *unit)
    }

    /// The shortest name: `m`.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(unit, _)| *unit == self).map_or("", |(_, names)| names[0])
    }

    /// The count from which on more makes no difference: what fits into the next longer unit.
    fn cap(self) -> Option<u64> {
        match self {
            Unit::Millisecond => Some(1_000),
            Unit::Second | Unit::Minute => Some(60),
            Unit::Hour => Some(24),
            _ => None,
        }
    }
}

impl Period {
    /// The period that this one is cut down to, if it is: `300s` acts as `60s`.
    pub fn capped(self) -> Option<Period> {
        let cap = self.unit.cap().filter(|it| self.count > *it)?;
        Some(Period { count: cap, ..self })
    }

    /// How long it lasts, in milliseconds; `None` for months, quarters and years, and beyond 64 bits.
    pub fn milliseconds(self) -> Option<i64> {
        let unit = match self.unit {
            Unit::Millisecond => 1,
            Unit::Second => SECOND,
            Unit::Minute => MINUTE,
            Unit::Hour => HOUR,
            Unit::Day => DAY,
            Unit::Week => 7 * DAY,
            Unit::Month | Unit::Quarter | Unit::Year => return None,
        };
        i64::try_from(self.count).ok()?.checked_mul(unit)
    }
}

impl Period {
    /// The same length in the shortest unit that holds its count without a cut, if there is one: `300s` is `5m`.
    pub fn in_larger_unit(self) -> Option<Period> {
        let length = self.milliseconds()?;
        let larger = [(Unit::Second, SECOND), (Unit::Minute, MINUTE), (Unit::Hour, HOUR), (Unit::Day, DAY)];
        larger
            .into_iter()
            .filter(|(unit, step)| *unit > self.unit && length % step == 0)
            .map(|(unit, step)| Period { count: (length / step) as u64, unit })
            .find(|it| it.capped().is_none())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.count, self.unit.name())
    }
}

/// The last boundary of a period at or before a time, both in milliseconds since the epoch.
///
/// Up to hours, boundaries are counted anew in each second, minute, hour or UTC day, and the count is capped to it; days
/// are counted from the epoch, weeks from Monday, 1969-12-29, longer units in the calendar from the year 0.
#[inline]
pub fn floor(time: i64, period: Period) -> i64 {
    match frame(time, period.unit) {
        Some(frame) => time.saturating_sub(i64::from(frame.offset % frame.step(period))),
        None => boundaries(time, period).0,
    }
}

/// The first boundary of a period at or behind a time; see [`floor`].
pub fn ceil(time: i64, period: Period) -> i64 {
    let below = floor(time, period);
    if below == time {
        return time;
    }
    match frame(time, period.unit) {
        // The last step of a frame may be short.
        Some(frame) => {
            let end = time.saturating_add(i64::from(frame.length - frame.offset));
            below.saturating_add(i64::from(frame.step(period))).min(end)
        }
        None => boundaries(time, period).1,
    }
}

/// The time that lies a period before another; months end where theirs does: a month before March 31 is February 28 or 29.
pub fn before(time: i64, period: Period) -> i64 {
    if let Some(length) = period.milliseconds() {
        return time.saturating_sub(length);
    }
    let months = match period.unit {
        Unit::Quarter => 3,
        Unit::Year => 12,
        _ => 1,
    };
    let count = i64::try_from(period.count).unwrap_or(i64::MAX).saturating_mul(months);
    let date = Date::of_day(time.div_euclid(DAY));
    let month = (date.year * 12 + i64::from(date.month) - 1).saturating_sub(count);
    let day = month_start(month).saturating_add((i64::from(date.day) - 1) * DAY);
    let last = month_start(month.saturating_add(1)).saturating_sub(DAY);
    day.min(last).saturating_add(time.rem_euclid(DAY))
}

/// What the boundaries of a short unit are counted in; all in milliseconds.
struct Frame {
    /// From the frame's start to the time.
    offset: u32,
    /// Of the frame.
    length: u32,
    /// Of the unit.
    unit: u32,
}

impl Frame {
    /// The length of a period; what is capped is a frame or more, which comes to the same.
    #[inline]
    fn step(&self, period: Period) -> u32 {
        self.unit * period.count.clamp(1, 1_000) as u32
    }
}

#[inline]
fn frame(time: i64, unit: Unit) -> Option<Frame> {
    // Written out, so that each division is by a constant.
    let (offset, length, unit) = match unit {
        Unit::Millisecond => (time.rem_euclid(SECOND), SECOND, 1),
        Unit::Second => (time.rem_euclid(MINUTE), MINUTE, SECOND),
        Unit::Minute => (time.rem_euclid(HOUR), HOUR, MINUTE),
        Unit::Hour => (time.rem_euclid(DAY), DAY, HOUR),
        _ => return None,
    };
    Some(Frame { offset: offset as u32, length: length as u32, unit: unit as u32 })
}

/// The boundaries of a period of days or longer around a time: at or before it, and behind it.
fn boundaries(time: i64, period: Period) -> (i64, i64) {
    let count = i64::try_from(period.count).unwrap_or(i64::MAX).max(1);
    let multiples = |time: i64, unit: i64, origin: i64| {
        let step = count.saturating_mul(unit);
        let from_origin = time.saturating_sub(origin);
        let below = from_origin.saturating_sub(from_origin.rem_euclid(step)).saturating_add(origin);
        (below, below.saturating_add(step))
    };
    let months = |unit: i64| {
        let date = Date::of_day(time.div_euclid(DAY));
        let month = date.year * 12 + i64::from(date.month) - 1;
        let (below, above) = multiples(month, unit, 0);
        (month_start(below), month_start(above))
    };
    match period.unit {
        Unit::Week => multiples(time, 7 * DAY, -3 * DAY),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
        _ => multiples(time, DAY, 0),
    }
}

/// When a month begins, counted from January of the year 0; the ends of time where it lies beyond 64 bits.
fn month_start(month: i64) -> i64 {
    let date = Date { year: month.div_euclid(12), month: month.rem_euclid(12) as u32 + 1, day: 1 };
    let beyond = if month < 0 { i64::MIN } else { i64::MAX };
    date.to_day().and_then(|it| it.checked_mul(DAY)).unwrap_or(beyond)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{print, read};
    use super::*;

    #[test]
    fn a_period_before_a_time() {
        let before = |time: &str, count, unit| print(before(read(time).unwrap(), Period { count, unit }));
        assert_eq!(before("2026-03-31T10:00:00Z", 1, Unit::Month), "2026-02-28 10:00:00.000");
        assert_eq!(before("2024-02-29T00:00:00Z", 1, Unit::Year), "2023-02-28 00:00:00.000");
        assert_eq!(before("2026-01-01T00:00:00Z", 90, Unit::Minute), "2025-12-31 22:30:00.000");
    }

    #[test]
    fn a_larger_unit_holds_what_a_smaller_one_cannot() {
        let larger = |count, unit| Period { count, unit }.in_larger_unit().map(|it| it.to_string());
        assert_eq!(larger(300, Unit::Second).as_deref(), Some("5m"));
        assert_eq!(larger(90, Unit::Minute), None);
        assert_eq!(larger(48, Unit::Hour).as_deref(), Some("2d"));
    }

    fn period(text: &str) -> Period {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        Period { count: text[..digits].parse().unwrap(), unit: Unit::read(&text[digits..]).unwrap() }
    }

    fn floored(time: &str, text: &str) -> String {
        print(floor(read(time).unwrap(), period(text)))
    }

    fn ceiled(time: &str, text: &str) -> String {
        print(ceil(read(time).unwrap(), period(text)))
    }

    #[test]
    fn short_units_are_counted_within_the_next_longer_one() {
        assert_eq!(floored("2026-03-05 12:49:59.999", "25m"), "2026-03-05 12:25:00.000");
        assert_eq!(floored("2026-03-05 12:59:59.999", "25m"), "2026-03-05 12:50:00.000");
        assert_eq!(floored("2026-03-05 13:00:00.000", "25m"), "2026-03-05 13:00:00.000");
        assert_eq!(floored("2026-03-05 12:49:59.999", "5m"), "2026-03-05 12:45:00.000");
        assert_eq!(floored("2026-03-05 12:49:59.999", "7s"), "2026-03-05 12:49:56.000");
        assert_eq!(floored("2026-03-05 23:49:59.999", "5h"), "2026-03-05 20:00:00.000");
        assert_eq!(floored("2026-03-05 12:49:59.999", "300ms"), "2026-03-05 12:49:59.900");
        assert_eq!(floored("1969-12-31 23:49:59.999", "25m"), "1969-12-31 23:25:00.000");
    }

    #[test]
    fn counts_above_the_cap_act_as_the_cap() {
        assert_eq!(floored("2026-03-05 12:49:59.999", "300s"), "2026-03-05 12:49:00.000");
        assert_eq!(floored("2026-03-05 12:49:59.999", "90m"), "2026-03-05 12:00:00.000");
        assert_eq!(floored("2026-03-05 12:49:59.999", "9999999999h"), "2026-03-05 00:00:00.000");
        assert_eq!(ceiled("2026-03-05 12:49:59.999", "90m"), "2026-03-05 13:00:00.000");
        assert_eq!(period("300s").capped(), Some(period("60s")));
        assert_eq!(period("60s").capped(), None);
        assert_eq!(period("400d").capped(), None);
    }

    #[test]
    fn long_units_follow_the_calendar() {
        let time = "2026-03-05 12:49:59.999";
        let floors = [
            ("1d", "2026-03-05"),
            ("2d", "2026-03-04"),
            ("1w", "2026-03-02"),
            ("1mo", "2026-03-01"),
            ("5mo", "2025-11-01"),
            ("1q", "2026-01-01"),
            ("1y", "2026-01-01"),
            ("10y", "2020-01-01"),
        ];
        for (text, day) in floors {
            assert_eq!(floored(time, text), format!("{day} 00:00:00.000"), "{text}");
        }
        assert_eq!(ceiled(time, "1mo"), "2026-04-01 00:00:00.000");
        assert_eq!(ceiled(time, "1w"), "2026-03-09 00:00:00.000");
        assert_eq!(ceiled(time, "1d"), "2026-03-06 00:00:00.000");
    }

    #[test]
    fn a_boundary_is_its_own_ceiling() {
        assert_eq!(ceiled("2026-03-05 13:00:00.000", "1h"), "2026-03-05 13:00:00.000");
        assert_eq!(ceiled("2026-03-01", "1mo"), "2026-03-01 00:00:00.000");
        assert_eq!(ceiled("2026-03-05 12:51:00.000", "25m"), "2026-03-05 13:00:00.000");
    }

    #[test]
    fn no_time_and_no_period_overflows() {
        for (unit, _) in NAMES {
            for count in [0, 1, 7, 1_000_000, u64::MAX] {
                for time in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX] {
                    let period = Period { count, unit };
                    assert!(floor(time, period) <= time, "{time} {period}");
                    assert!(ceil(time, period) >= time, "{time} {period}");
                }
            }
        }
    }

    #[test]
    fn units_go_by_several_names() {
        assert_eq!(Unit::read("hrs"), Some(Unit::Hour));
        assert_eq!(Unit::read("Minutes"), Some(Unit::Minute));
        assert_eq!(Unit::read("months"), Some(Unit::Month));
        assert_eq!(Unit::read("ms"), Some(Unit::Millisecond));
        assert_eq!(Unit::read("ss"), None);
        assert_eq!(Unit::read(""), None);
        assert_eq!(period("90min").to_string(), "90m");
    }
}
