//! Texts that tell a time, read by the items of a date pattern.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::pattern::{Item, PARTS, Part};
use super::zone;

/// What a text tells of a time.
#[derive(Clone, Default)]
pub struct Telling {
    /// The number of each part that is told, by the part's own number.
    parts: [Option<i16>; PARTS],
    milliseconds: i32,
    zone: Option<TimeZone>,
}

/// Reads a whole text, blanks around it left out.
pub fn read(items: &[Item], text: &str) -> Option<Telling> {
    let mut telling = Telling::default();
    let rest = telling.read(items, text.trim_ascii())?;
    rest.is_empty().then_some(telling)
}

impl Telling {
    /// Reads the head of a text, and gives what is left of it.
    fn read<'t>(&mut self, items: &[Item], text: &'t str) -> Option<&'t str> {
        let mut rest = text;
        for (index, item) in items.iter().enumerate() {
            rest = match item {
                Item::Text(text) => rest.strip_prefix(text.as_str())?,
                Item::Number(part, least, most) => {
                    // Numbers without anything between them: those of fixed length behind take theirs first.
                    let kept: usize = items[index + 1..].iter().map_while(fixed_length).sum();
                    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                    let length = digits.saturating_sub(kept).min(*most);
                    if length < *least {
                        return None;
                    }
                    let (number, behind) = rest.split_at(length);
                    self.parts[*part as usize] = Some(number.parse().ok()?);
                    behind
                }
                Item::Fraction(length) => {
                    let (digits, behind) = rest.split_at_checked(*length)?;
                    let are_digits = digits.bytes().all(|it| it.is_ascii_digit());
                    self.milliseconds = format!("{digits:0<3}").get(..3).filter(|_| are_digits)?.parse().ok()?;
                    behind
                }
                Item::Name(part, names) => {
                    let is_next = |name: &&str| rest.get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name));
                    let number = names.iter().position(is_next)?;
                    // Months are counted from 1, weekdays and halves from 0.
                    self.parts[*part as usize] = Some(i16::try_from(number).ok()? + i16::from(*part == Part::Month));
                    &rest[names[number].len()..]
                }
                Item::Offset | Item::Zone => {
                    let read = if matches!(item, Item::Zone) { zone::read_name } else { zone::read_offset };
                    let (zone, length) = read(rest)?;
                    self.zone = Some(zone);
                    &rest[length..]
                }
                Item::Optional(items) => {
                    let mut with = self.clone();
                    match with.read(items, rest) {
                        Some(behind) => {
                            *self = with;
                            behind
                        }
                        None => rest,
                    }
                }
            };
        }
        Some(rest)
    }

    /// The time, in epoch milliseconds; in this zone unless another is told.
    pub fn time(&self, zone: &TimeZone) -> Option<i64> {
        let hour = self.hour()?;
        // The end of a day is the start of the next.
        let is_end = hour == 24 && self.of(Part::Minute, 0) == 0 && self.of(Part::Second, 0) == 0;
        let date = if is_end { self.date()?.checked_add(1.day()).ok()? } else { self.date()? };
        let hour = if is_end { 0 } else { i8::try_from(hour).ok()? };
        let (minute, second) =
            (i8::try_from(self.of(Part::Minute, 0)).ok()?, i8::try_from(self.of(Part::Second, 0)).ok()?);
        let clock = Time::new(hour, minute, second, self.milliseconds * 1_000_000).ok()?;
        let zone = self.zone.as_ref().unwrap_or(zone);
        // A time that a clock shows twice is the earlier one; one that it skips, as if it had not.
        Some(zone.to_timestamp(date.to_datetime(clock)).ok()?.as_millisecond())
    }

    fn date(&self) -> Option<Date> {
        let year = self.get(Part::Year).or(self.get(Part::YearOfCentury).map(|it| it + 2000))?;
        let date = match self.get(Part::DayOfYear) {
            Some(day) => Date::new(year, 1, 1).ok()?.with().day_of_year(day).build().ok()?,
            None => {
                let first = Date::new(year, i8::try_from(self.of(Part::Month, 1)).ok()?, 1).ok()?;
                let day = i8::try_from(self.of(Part::Day, 1)).ok().filter(|it| (1..=31).contains(it))?;
                // As Java has it, the 31st of a shorter month is its last day.
                first.with().day(day.min(first.days_in_month())).build().ok()?
            }
        };
        let weekday = i16::from(date.weekday().to_monday_zero_offset());
        self.get(Part::Weekday).is_none_or(|it| it == weekday).then_some(date)
    }

    /// From 0 to 24.
    fn hour(&self) -> Option<i16> {
        let half = 12 * self.of(Part::Half, 0);
        let within = |most: i16| move |it: &i16| *it <= most;
        if let Some(hour) = self.get(Part::Hour) {
            return Some(hour).filter(within(24));
        }
        if let Some(hour) = self.get(Part::HourFromOne) {
            return Some(hour % 24).filter(|_| (1..=24).contains(&hour));
        }
        if let Some(hour) = self.get(Part::HourOfHalfFromOne) {
            return Some(hour % 12 + half).filter(|_| (1..=12).contains(&hour));
        }
        Some(self.of(Part::HourOfHalf, 0)).filter(within(11)).map(|it| it + half)
    }

    fn get(&self, part: Part) -> Option<i16> {
        self.parts[part as usize]
    }

    fn of(&self, part: Part, missing: i16) -> i16 {
        self.get(part).unwrap_or(missing)
    }
}

/// How many digits an item takes, if that is fixed.
fn fixed_length(item: &Item) -> Option<usize> {
    match item {
        Item::Number(_, least, most) if least == most => Some(*least),
        Item::Fraction(length) => Some(*length),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::pattern::DatePattern;
    use super::*;

    fn time(pattern: &str, text: &str) -> Option<String> {
        let time = DatePattern::read(pattern).unwrap().time(text, &TimeZone::UTC)?;
        Some(value::time::print(time))
    }

    fn is(pattern: &str, text: &str, expected: &str) {
        assert_eq!(time(pattern, text).as_deref(), Some(expected), "{text} by {pattern}");
    }

    #[test]
    fn patterns_of_usual_logs() {
        is("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2026-01-31T10:20:30.456+02:00", "2026-01-31 08:20:30.456");
        is("yyyy-MM-dd HH:mm:ss,SSS", "2026-01-31 10:20:30,456", "2026-01-31 10:20:30.456");
        is("EEE, d MMM yyyy HH:mm:ss z", "Sat, 31 Jan 2026 10:20:30 GMT", "2026-01-31 10:20:30.000");
        is("EEEE d MMMM uuuu hh:mm a", "saturday 31 january 2026 12:05 am", "2026-01-31 00:05:00.000");
        is("M/d/yy h:mm a", "1/5/26 12:05 PM", "2026-01-05 12:05:00.000");
        is("yyyyMMddHHmmssSSS", "20260131102030456", "2026-01-31 10:20:30.456");
        is("yyyyMdd", "2026131", "2026-01-31 00:00:00.000");
        is("yyyy-DDD", "2026-032", "2026-02-01 00:00:00.000");
        is("yyyy-MM-dd[ HH:mm[:ss]]", "2026-01-31", "2026-01-31 00:00:00.000");
        is("yyyy-MM-dd[ HH:mm[:ss]]", "2026-01-31 10:20", "2026-01-31 10:20:00.000");
        is("yyyy-MM-dd[ HH:mm[:ss]]", " 2026-01-31 10:20:30 ", "2026-01-31 10:20:30.000");
        is("yyyy-MM-dd HH:mm VV", "2026-07-01 12:00 Europe/Berlin", "2026-07-01 10:00:00.000");
        is("yyyy-MM-dd HH:mm:ss.SSSSSS", "2026-01-31 10:20:30.456789", "2026-01-31 10:20:30.456");
        is("yyyy-MM-dd HH:mm:ss.S", "2026-01-31 10:20:30.4", "2026-01-31 10:20:30.400");
        is("yyyy", "2026", "2026-01-01 00:00:00.000");
    }

    #[test]
    fn dates_are_read_as_java_reads_them() {
        is("yyyy-MM-dd", "2026-02-31", "2026-02-28 00:00:00.000");
        is("yyyy-MM-dd HH:mm", "2026-12-31 24:00", "2027-01-01 00:00:00.000");
        is("yyyy-MM-dd kk", "2026-12-31 24", "2026-12-31 00:00:00.000");
        is("yyyy-MM-dd KK a", "2026-12-31 11 PM", "2026-12-31 23:00:00.000");
    }

    #[test]
    fn what_does_not_fit_tells_no_time() {
        let texts = [
            ("yyyy-MM-dd", "2026-1-31"),
            ("yyyy-MM-dd", "2026-13-01"),
            ("yyyy-MM-dd", "2026-01-32"),
            ("yyyy-MM-dd", "2026-01-31x"),
            ("yyyy-MM-dd", "ü026-01-31"),
            ("yyyy-MM-dd HH", "2026-01-31 25"),
            ("yyyy-MM-dd HH:mm", "2026-01-31 24:01"),
            ("yyyy-MM-dd hh a", "2026-01-31 13 PM"),
            ("yyyy-MM-dd SSS", "2026-01-31 1é4"),
            ("EEE yyyy-MM-dd", "Mon 2026-01-31"),
            ("yyyy DDD", "2026 366"),
            ("[yyyy]", ""),
        ];
        for (pattern, text) in texts {
            assert_eq!(time(pattern, text), None, "{text} by {pattern}");
        }
    }

    #[test]
    fn clocks_that_are_set_show_times_twice_or_never() {
        let berlin = zone::read("Europe/Berlin").unwrap();
        let time = |text: &str| {
            let pattern = DatePattern::read("yyyy-MM-dd HH:mm").unwrap();
            value::time::print(pattern.time(text, &berlin).unwrap())
        };
        assert_eq!(time("2026-03-29 02:30"), "2026-03-29 01:30:00.000");
        assert_eq!(time("2026-10-25 02:30"), "2026-10-25 00:30:00.000");
    }
}
