//! Times: milliseconds since 1970-01-01T00:00:00Z, how text reads as one, and how one prints.

mod civil;
mod period;

use crate::number;

pub use civil::Date;
pub use period::{Period, Unit, before, ceil, floor};

/// Milliseconds of a second.
pub const SECOND: i64 = 1_000;
/// Milliseconds of a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Milliseconds of an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds of a day.
pub const DAY: i64 = 24 * HOUR;

/// Prints a time as the service does, in UTC: `2026-01-01 00:35:00.000`.
pub fn print(time: i64) -> String {
    let mut text = String::with_capacity(23);
    write(time, &mut text);
    text
}

/// Appends what [`print`] gives.
pub fn write(time: i64, text: &mut String) {
    let date = Date::of_day(time.div_euclid(DAY));
    let rest = time.rem_euclid(DAY) as u32;
    if date.year < 0 {
        text.push('-');
    }
    let year = date.year.unsigned_abs();
    let mut digits = *b"0000-00-00 00:00:00.000";
    write_pair(&mut digits, 5, date.month);
    write_pair(&mut digits, 8, date.day);
    write_pair(&mut digits, 11, rest / HOUR as u32);
    write_pair(&mut digits, 14, rest / MINUTE as u32 % 60);
    write_pair(&mut digits, 17, rest / SECOND as u32 % 60);
    write_pair(&mut digits, 20, rest % SECOND as u32 / 10);
    digits[22] = b'0' + (rest % 10) as u8;
    let start = if year > 9_999 {
        text.push_str(&year.to_string());
        4
    } else {
        write_pair(&mut digits, 0, year as u32 / 100);
        write_pair(&mut digits, 2, year as u32 % 100);
        0
    };
    text.push_str(std::str::from_utf8(&digits[start..]).unwrap_or_default());
}

/// The time that a text reads as: ISO 8601 in its usual spellings, or a number, which is epoch milliseconds.
///
/// Between date and time stands `T` or a blank; seconds, fraction and zone may be left out, and the time of day as a
/// whole. No zone is UTC. What is finer than a millisecond is cut off.
pub fn read(text: &str) -> Option<i64> {
    let text = text.trim_ascii();
    match read_prefix(text.as_bytes()) {
        Some((time, consumed)) if consumed == text.len() => Some(time),
        _ if text.len() == 10 && text.as_bytes()[4] == b'-' => Some(read_date(text)? * DAY),
        _ => from_number(number::read(text)?),
    }
}

/// The time at the head of a line, and how many bytes it takes; a date alone is none.
#[inline]
pub fn read_prefix(line: &[u8]) -> Option<(i64, usize)> {
    let (day, minute) = read_minute(line)?;
    let time = day * DAY + minute;
    // The spelling of an export, `:00.000Z`, then all others.
    match line.get(16..24).and_then(|it| pairs(it, b":00.000Z")) {
        Some(pairs) if pair(pairs, 1) < 60 => {
            let milliseconds = pair(pairs, 4) * 10 + u32::from(line[22] - b'0');
            Some((time + i64::from(pair(pairs, 1) * 1_000 + milliseconds), 24))
        }
        _ => read_behind_minute(line, time),
    }
}

/// A number as a time: epoch milliseconds, fractions cut off downwards; `None` beyond what 64 bits hold.
pub fn from_number(number: f64) -> Option<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    let floor = number.floor();
    (-LIMIT..LIMIT).contains(&floor).then_some(floor as i64)
}

fn write_pair(text: &mut [u8], at: usize, number: u32) {
    text[at] = b'0' + (number / 10) as u8;
    text[at + 1] = b'0' + (number % 10) as u8;
}

/// The day of `YYYY-MM-DD HH:MM` at the head of a line, counted from 1970-01-01, and the milliseconds behind it.
#[inline]
fn read_minute(line: &[u8]) -> Option<(i64, i64)> {
    let mut clock: [u8; 8] = line.get(8..16)?.try_into().ok()?;
    if !matches!(clock[2], b'T' | b' ' | b't') {
        return None;
    }
    clock[2] = b'T';
    let (date, clock) = (pairs(&line[..8], b"0000-00-")?, pairs(&clock, b"00T00:00")?);
    let day = civil::day_of_four_digits(pair(date, 0) * 100 + pair(date, 2), pair(date, 5), pair(clock, 0))?;
    let (hour, minute) = (pair(clock, 3), pair(clock, 6));
    (hour < 24 && minute < 60).then_some((day, i64::from(hour * 60 + minute) * MINUTE))
}

/// What follows on the minute at the head of a line: seconds, fraction, zone.
fn read_behind_minute(line: &[u8], minute: i64) -> Option<(i64, usize)> {
    let mut at = 16;
    let mut time = minute;
    if let Some([b':', tens, ones]) = line.get(16..19) {
        // A leap second, 60, is the first second of the next minute.
        let second = two_digits(*tens, *ones).filter(|it| *it <= 60)?;
        at = 19;
        time += i64::from(second) * SECOND;
        if line.get(at) == Some(&b'.') {
            let (milliseconds, digits) = read_fraction(&line[at + 1..])?;
            time += milliseconds;
            at += 1 + digits;
        }
    }
    let (offset, length) = match line.get(at) {
        Some(b'Z' | b'z') => (0, 1),
        Some(b'+') => read_offset(&line[at + 1..]).map_or((0, 0), |(it, length)| (it, length + 1)),
        Some(b'-') => read_offset(&line[at + 1..]).map_or((0, 0), |(it, length)| (-it, length + 1)),
        _ => (0, 0),
    };
    Some((time - offset, at + length))
}

/// The number made of each two digits that follow each other in eight bytes, if these have the form of `shape`: digits
/// where it has a `0`, and otherwise the same bytes. Byte `n` is the number of digits `n` and `n + 1`.
#[inline]
fn pairs(text: &[u8], shape: &[u8; 8]) -> Option<u64> {
    // All eight at once: what is a digit, or equal, stays below 128 when this is added, and all else does not.
    let limits = shape.map(|it| if it == b'0' { 127 - 9 } else { 127 });
    let bytes = u64::from_le_bytes(text.try_into().ok()?) ^ u64::from_le_bytes(*shape);
    let is_alike = (bytes.wrapping_add(u64::from_le_bytes(limits)) | bytes) & 0x8080_8080_8080_8080 == 0;
    is_alike.then(|| bytes * 10 + (bytes >> 8))
}

#[inline]
fn pair(pairs: u64, index: u32) -> u32 {
    (pairs >> (8 * index)) as u32 & 0xff
}

/// The day of `YYYY-MM-DD`, counted from 1970-01-01.
fn read_date(text: &str) -> Option<i64> {
    let (day, _) = read_minute(format!("{text}T00:00").as_bytes())?;
    Some(day)
}

#[inline]
fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then_some(u32::from(tens) * 10 + u32::from(ones))
}

/// The milliseconds of one to nine digits behind a point, and how many digits there are.
#[inline]
fn read_fraction(text: &[u8]) -> Option<(i64, usize)> {
    let mut milliseconds = 0;
    let mut weight = 100;
    let mut count = 0;
    while let Some(digit) = text.get(count).map(|it| it.wrapping_sub(b'0')).filter(|it| *it < 10) {
        milliseconds += i64::from(digit) * weight;
        weight /= 10;
        count += 1;
    }
    (1..=9).contains(&count).then_some((milliseconds, count))
}

/// The milliseconds of `HH:MM`, `HHMM` or `HH` behind the sign of a zone, and how many bytes they take.
fn read_offset(text: &[u8]) -> Option<(i64, usize)> {
    let hours = two_digits(*text.first()?, *text.get(1)?).filter(|it| *it <= 23)?;
    let (minutes, length) = match text.get(2..) {
        Some([b':', tens, ones, ..]) => (two_digits(*tens, *ones).filter(|it| *it <= 59)?, 5),
        Some([tens, ones, ..]) if tens.is_ascii_digit() => (two_digits(*tens, *ones).filter(|it| *it <= 59)?, 4),
        _ => (0, 2),
    };
    Some((i64::from(hours) * HOUR + i64::from(minutes) * MINUTE, length))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn times_print_to_the_millisecond_in_any_year() {
        assert_eq!(print(0), "1970-01-01 00:00:00.000");
        assert_eq!(print(-1), "1969-12-31 23:59:59.999");
        assert_eq!(print(1_767_227_700_000), "2026-01-01 00:35:00.000");
        assert_eq!(print(-62_167_219_200_001), "-0001-12-31 23:59:59.999");
        assert_eq!(print(253_402_300_800_000), "10000-01-01 00:00:00.000");
        assert_eq!(print(i64::MAX), "292278994-08-17 07:12:55.807");
        assert_eq!(print(i64::MIN), "-292275055-05-16 16:47:04.192");
    }

    #[test]
    fn the_usual_spellings_read_as_one_time() {
        let texts = [
            "2022-01-14T21:18:31Z",
            "2022-01-14T13:18:31-08:00",
            "2022-01-14T13:18:31.000-0800",
            "2022-01-14 21:18:31",
            "2022-01-14 21:18:31.0",
            "2022-01-14T22:18:31.000999999+01",
            "2022-01-14t21:18:31z",
            " 2022-01-14T21:18:31+00:00 ",
            "1642195111000",
            "1642195111000.7",
        ];
        for text in texts {
            assert_eq!(read(text), Some(1_642_195_111_000), "{text}");
        }
        assert_eq!(read("2022-01-14"), Some(1_642_118_400_000));
        assert_eq!(read("2022-01-14T21:18Z"), Some(1_642_195_080_000));
        assert_eq!(read("2022-01-14T21:18:31.5Z"), Some(1_642_195_111_500));
        assert_eq!(read("2022-01-14T21:18:31.047Z"), Some(1_642_195_111_047));
    }

    #[test]
    fn what_is_no_time_is_none() {
        let texts = [
            "",
            "yesterday",
            "2022-13-01",
            "2022-02-29",
            "2022-00-10",
            "2022-01-14T24:00:00Z",
            "2022-01-14T21:60:00Z",
            "2022-01-14T21:18:61Z",
            "2022-01-14T21:18:31.Z",
            "2022-01-14T21:18:31+1",
            "2022-01-14T21:18:31Zulu",
            "2022/01/14 21:18:31",
            "2022-01-14T21:18:31.0123456789Z",
            "2022-01-1é",
            "1e300",
        ];
        for text in texts {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_head_of_a_line_ends_where_the_message_begins() {
        let line = b"2026-01-01T00:35:00.000Z START RequestId: 1";
        assert_eq!(read_prefix(line), Some((1_767_227_700_000, 24)));
        assert_eq!(read_prefix(b"2026-01-01 00:35:00 -5 apples"), Some((1_767_227_700_000, 19)));
        assert_eq!(read_prefix(b"2026-01-01 it began"), None);
        assert_eq!(read_prefix(b"    at com.example.Main"), None);
    }

    #[test]
    fn what_prints_reads_back() {
        for time in [0, 1, -1, 951_782_399_999, 951_782_400_000, 4_107_542_399_999, 1_767_227_700_123] {
            assert_eq!(read(&print(time)), Some(time));
            assert_eq!(read_prefix(print(time).as_bytes()), Some((time, 23)));
        }
    }

    #[test]
    fn numbers_beyond_64_bits_are_no_times() {
        assert_eq!(from_number(-1.5), Some(-2));
        assert_eq!(from_number(1e18), Some(1_000_000_000_000_000_000));
        assert_eq!(from_number(9.3e18), None);
        assert_eq!(from_number(f64::NAN), None);
    }
}
