//! Dates and times as logs write them, where that is not ISO 8601.

use value::time::{self, Date, HOUR, MINUTE, SECOND};

/// The names of the months, as all logs abbreviate them.
const MONTHS: [&[u8; 3]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

/// The month whose name begins here, from 1.
#[inline]
pub(super) fn month(text: &[u8]) -> Option<u32> {
    let name = text.get(..3)?;
    MONTHS.iter().position(|it| *it == name).map(|it| it as u32 + 1)
}

/// The number of so many digits that begin here.
#[inline]
pub(super) fn number(text: &[u8], digits: usize) -> Option<u32> {
    let add = |sum: u32, it: &u8| it.is_ascii_digit().then(|| sum * 10 + u32::from(it - b'0'));
    text.get(..digits)?.iter().try_fold(0, add)
}

/// The month and day of `Oct 11` or `Oct  1`: six bytes.
#[inline]
pub(super) fn month_and_day(text: &[u8]) -> Option<(u32, u32)> {
    let month = month(text)?;
    let day = match text.get(3..6)? {
        [b' ', b' ', ones] => number(&[*ones], 1)?,
        [b' ', tens, ones] => number(&[*tens, *ones], 2)?,
        _ => return None,
    };
    Some((month, day))
}

/// The milliseconds of `22:14:15`, with a fraction behind a point or a comma if there is one, and how many bytes it
/// takes.
#[inline]
pub(super) fn clock(text: &[u8]) -> Option<(i64, usize)> {
    if text.get(2) != Some(&b':') || text.get(5) != Some(&b':') {
        return None;
    }
    // A leap second, 60, is the first second of the next minute.
    let (hour, minute, second) = (number(text, 2)?, number(&text[3..], 2)?, number(&text[6..], 2)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, length) = fraction(&text[8..]);
    let whole = i64::from(hour) * HOUR + i64::from(minute) * MINUTE + i64::from(second) * SECOND;
    Some((whole + fraction, 8 + length))
}

/// The milliseconds of `.123456` or `,123`, and how many bytes they take; none of either without digits.
#[inline]
pub(super) fn fraction(text: &[u8]) -> (i64, usize) {
    let Some((b'.' | b',', rest)) = text.split_first() else { return (0, 0) };
    let digits = rest.iter().take_while(|it| it.is_ascii_digit()).count();
    if !(1..=9).contains(&digits) {
        return (0, 0);
    }
    let milliseconds = rest[..digits].iter().chain(b"00").take(3).fold(0, |sum, it| sum * 10 + i64::from(it - b'0'));
    (milliseconds, digits + 1)
}

/// The milliseconds that `+0200` is ahead of UTC: five bytes.
#[inline]
pub(super) fn zone(text: &[u8]) -> Option<i64> {
    let (hours, minutes) = (number(text.get(1..)?, 2)?, number(text.get(3..)?, 2)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let ahead = i64::from(hours) * HOUR + i64::from(minutes) * MINUTE;
    match text[0] {
        b'+' => Some(ahead),
        b'-' => Some(-ahead),
        _ => None,
    }
}

/// The time of a moment of a day; `None` if the calendar has no such day.
#[inline]
pub(super) fn time(year: u32, month: u32, day: u32, clock: i64) -> Option<i64> {
    Some(Date { year: i64::from(year), month, day }.to_day()? * time::DAY + clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_have_fractions_behind_points_and_commas() {
        for (text, read) in [
            ("22:14:15", Some((80_055_000, 8))),
            ("22:14:15.5 x", Some((80_055_500, 10))),
            ("22:14:15,123456 x", Some((80_055_123, 15))),
            ("22:14:15. x", Some((80_055_000, 8))),
            ("00:00:60", Some((60_000, 8))),
            ("24:00:00", None),
            ("22:60:00", None),
            ("22:14", None),
            ("2:14:15", None),
            ("", None),
        ] {
            assert_eq!(clock(text.as_bytes()), read, "{text}");
        }
    }

    #[test]
    fn days_stand_behind_the_names_of_months() {
        assert_eq!(month_and_day(b"Oct 11"), Some((10, 11)));
        assert_eq!(month_and_day(b"Jan  1 "), Some((1, 1)));
        for text in ["Jan 1 ", "Oct11", "oct 11", "Oct", "Oct   ", "\u{e9}\u{e9}\u{e9}"] {
            assert_eq!(month_and_day(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn zones_are_ahead_of_utc_or_behind() {
        assert_eq!((zone(b"+0200"), zone(b"-0330]")), (Some(2 * HOUR), Some(-3 * HOUR - 30 * MINUTE)));
        assert_eq!((zone(b"02000"), zone(b"+02"), zone(b"+2500")), (None, None, None));
    }

    #[test]
    fn only_days_of_the_calendar_are_times() {
        assert_eq!(time(1972, 2, 29, 1), Some(68_169_600_001));
        assert_eq!((time(1973, 2, 29, 0), time(2000, 0, 1, 0)), (None, None));
    }
}
