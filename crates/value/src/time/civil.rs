//! Dates of the Gregorian calendar, carried on into all years.

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The year, where 0 is the one before 1.
    pub year: i64,
    /// From 1 to 12.
    pub month: u32,
    /// From 1 to 31.
    pub day: u32,
}

impl Date {
    /// The date of a day counted from 1970-01-01.
    pub fn of_day(day: i64) -> Date {
        // Years are counted from March, so that the leap day is the last; 400 of them are 146,097 days.
        let day = day.saturating_add(719_468);
        let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date { year, month: month as u32, day: day as u32 }
    }

    /// The day counted from 1970-01-01; `None` if the calendar has no such date, or it lies beyond 64 bits.
    #[inline]
    pub fn to_day(self) -> Option<i64> {
        let (era, year) = (self.year.div_euclid(400), self.year.rem_euclid(400));
        let of_era = day_of_four_digits(year as u32, self.month, self.day)?;
        era.checked_mul(146_097)?.checked_add(of_era)
    }

    /// The day of the week, from 0 for Monday to 6 for Sunday, of a day counted from 1970-01-01.
    pub fn weekday(day: i64) -> u32 {
        // The first day was a Thursday.
        (day.rem_euclid(7) as u32 + 3) % 7
    }
}

/// The day of a date, counted from 1970-01-01, for the years 0 to 9999; `None` if the calendar has no such date.
#[inline]
pub fn day_of_four_digits(year: u32, month: u32, day: u32) -> Option<i64> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let month = month.wrapping_sub(1) as usize;
    let length = *MONTH_LENGTHS.get(month)? + u32::from(is_leap && month == 1);
    if day == 0 || day > length {
        return None;
    }
    // Years are counted from March, 400 of them ahead, so that none is below zero.
    let years = year + 400 - u32::from(month < 2);
    let days = years * 365 + years / 4 - years / 100 + years / 400 + MONTH_STARTS[month] + day;
    Some(i64::from(days) - 146_097 - 719_469)
}

/// How many days the months have where there is no leap day.
const MONTH_LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/// How many days of a year that begins in March come before the months, January being the eleventh.
const MONTH_STARTS: [u32; 12] = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_a_thousand_years_follows_the_one_before() {
        let mut day = Date { year: 1583, month: 1, day: 1 }.to_day().unwrap_or_default();
        let mut before = Date::of_day(day - 1);
        for _ in 0..365_242 {
            let date = Date::of_day(day);
            assert_eq!(date.to_day(), Some(day));
            let is_next_day = date.day == before.day + 1 && date.month == before.month;
            let is_next_month = date.day == 1 && date.month == before.month + 1;
            let is_next_year = (date.day, date.month, before.month) == (1, 1, 12) && date.year == before.year + 1;
            assert!(is_next_day || is_next_month || is_next_year, "{before:?} {date:?}");
            (before, day) = (date, day + 1);
        }
    }

    #[test]
    fn the_calendar_agrees_with_the_library_of_civil_dates() {
        for day in (-4_000_000..2_900_000).step_by(997) {
            let span = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day));
            let Ok(theirs) = span else { continue };
            let ours = Date::of_day(day);
            assert_eq!(
                (ours.year, ours.month, ours.day),
                (i64::from(theirs.year()), theirs.month() as u32, theirs.day() as u32)
            );
            assert_eq!(Date::weekday(day), theirs.weekday().to_monday_zero_offset() as u32);
        }
    }

    #[test]
    fn dates_beyond_the_calendar_are_none() {
        for (year, month, day) in [(2023, 2, 29), (1900, 2, 29), (2000, 0, 1), (2000, 13, 1), (2000, 1, 0)] {
            assert_eq!(Date { year, month, day }.to_day(), None);
        }
        assert_eq!(Date { year: i64::MAX, month: 1, day: 1 }.to_day(), None);
        assert_eq!(Date { year: 2000, month: 2, day: 29 }.to_day(), Some(11_016));
    }
}
