//! Times as logs write them: ISO 8601 to milliseconds since the epoch and back.

/// Milliseconds in a day.
const DAY: i64 = 86_400_000;

/// `2026-01-01T00:00:00.000Z`
pub fn iso(milliseconds: i64) -> String {
    let (days, rest) = (milliseconds.div_euclid(DAY), milliseconds.rem_euclid(DAY));
    let (year, month, day) = date(days);
    let (seconds, milliseconds) = (rest / 1000, rest % 1000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z")
}

/// `2026-01-01T00:00:00Z`, with up to nine digits of a second and any offset; milliseconds, what is finer cut off.
pub fn read_iso(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let mut parts = date.splitn(3, '-').map(digits);
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !((1..=12).contains(&month) && (1..=31).contains(&day) && date.len() == 10) {
        return None;
    }
    let (clock, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => (&time[..at], read_offset(&time[at..])?),
        None => return None,
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.splitn(3, ':').map(digits);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    if hour > 23 || minute > 59 || second > 60 || clock.len() != 8 || fraction.len() > 9 {
        return None;
    }
    digits(fraction)?;
    let milliseconds = digits(&format!("{fraction:0<3}")[..3])?;
    let seconds = hour * 3600 + minute * 60 + second - offset * 60;
    Some(days(year, month, day) * DAY + seconds * 1000 + milliseconds)
}

/// `Z`, `+02:00`, `-0830`: minutes ahead of UTC.
fn read_offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let rest = text[1..].replacen(':', "", 1);
    match (rest.len(), digits(&rest)?) {
        (4, number) => Some(sign * (number / 100 * 60 + number % 100)),
        _ => None,
    }
}

fn digits(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// Days since the epoch of a date; years begin in March here, so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

/// The date of a day since the epoch.
fn date(since: i64) -> (i64, i64, i64) {
    let mut year = 1970 + since.div_euclid(366);
    while days(year + 1, 1, 1) <= since {
        year += 1;
    }
    let mut month = 12;
    while days(year, month, 1) > since {
        month -= 1;
    }
    (year, month, since - days(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_reads() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_642_195_111_000, "2022-01-14T21:18:31.000Z"),
            (1_767_225_600_001, "2026-01-01T00:00:00.001Z"),
            (4_102_444_799_999, "2099-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(read_iso(text), Some(milliseconds), "{text}");
            assert_eq!(iso(milliseconds), text);
        }
    }

    #[test]
    fn reads_other_spellings() {
        for (text, same) in [
            ("2022-01-14T13:18:31-08:00", "2022-01-14T21:18:31.000Z"),
            ("2022-01-14T13:18:31+0530", "2022-01-14T07:48:31.000Z"),
            ("2022-01-14T13:18:31.5Z", "2022-01-14T13:18:31.500Z"),
            ("2022-01-14T13:18:31.123999Z", "2022-01-14T13:18:31.123Z"),
        ] {
            assert_eq!(read_iso(text).map(iso).as_deref(), Some(same), "{text}");
        }
        for text in
            ["", "T", "2022-01-14", "2022-01-14T", "2022-13-14T00:00:00Z", "2022-01-14T24:00:00Z", "x2022-1-1T0:0:0Z"]
        {
            assert_eq!(read_iso(text), None, "{text}");
        }
    }
}
