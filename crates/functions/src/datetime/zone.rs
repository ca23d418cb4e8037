//! Time zones by name, out of a database that is part of the program.

use jiff::tz::{Offset, TimeZone};

/// The zone of a name: `Z`, `UTC`, an offset such as `+02:00` or `GMT-3`, or a region such as `Europe/Berlin`.
pub fn read(name: &str) -> Option<TimeZone> {
    let name = name.trim_ascii();
    match read_offset(name) {
        Some((zone, length)) if length == name.len() => Some(zone),
        _ => TimeZone::get(name).ok(),
    }
}

/// The offset at the head of a text, and how many bytes it takes: `Z`, `+02:00`, `-0330`, `+01`, `GMT+8`, `UTC`.
pub fn read_offset(text: &str) -> Option<(TimeZone, usize)> {
    let named = ["UTC", "GMT", "UT"].into_iter().find(|it| text.starts_with(it)).map_or(0, str::len);
    let behind = &text.as_bytes()[named..];
    match behind.first() {
        Some(b'Z') if named == 0 => Some((TimeZone::UTC, 1)),
        Some(sign @ (b'+' | b'-')) => {
            let (seconds, length) = read_clock(&behind[1..])?;
            let seconds = if *sign == b'-' { -seconds } else { seconds };
            // Java's limit, too.
            let offset = Offset::from_seconds(seconds).ok().filter(|_| seconds.abs() <= 18 * 3600)?;
            Some((offset.to_time_zone(), named + 1 + length))
        }
        _ if named > 0 => Some((TimeZone::UTC, named)),
        _ => None,
    }
}

/// The zone of a name or an abbreviation at the head of a text, and how many bytes it takes.
pub fn read_name(text: &str) -> Option<(TimeZone, usize)> {
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '/' | '_' | '+' | '-' | ':');
    let length = text.find(|it| !is_part(it)).unwrap_or(text.len());
    let name = &text[..length];
    let hours = ABBREVIATIONS.iter().find(|(it, _)| *it == name).map(|(_, hours)| *hours);
    let zone = match hours {
        Some(hours) => Offset::from_hours(hours).ok()?.to_time_zone(),
        None => read(name)?,
    };
    Some((zone, length))
}

/// The abbreviations of RFC 2822: no others are the same everywhere.
const ABBREVIATIONS: &[(&str, i8)] =
    &[("EST", -5), ("EDT", -4), ("CST", -6), ("CDT", -5), ("MST", -7), ("MDT", -6), ("PST", -8), ("PDT", -7)];

/// The seconds of `HH:MM:SS`, `HHMM`, `HH` or `H` at the head of a text, and how many bytes they take.
fn read_clock(text: &[u8]) -> Option<(i32, usize)> {
    let pair = |at: usize| match text.get(at..at + 2) {
        Some([tens, ones]) if tens.is_ascii_digit() && ones.is_ascii_digit() => {
            Some(i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
        }
        _ => None,
    };
    let Some(hours) = pair(0) else {
        let hours = text.first().filter(|it| it.is_ascii_digit())?;
        return Some((i32::from(hours - b'0') * 3600, 1));
    };
    let colon = usize::from(text.get(2) == Some(&b':'));
    let Some(minutes) = pair(2 + colon).filter(|it| *it < 60) else { return Some((hours * 3600, 2)) };
    let behind = 4 + colon;
    let has_seconds = colon == 1 && text.get(behind) == Some(&b':');
    match pair(behind + 1).filter(|it| has_seconds && *it < 60) {
        Some(seconds) => Some((hours * 3600 + minutes * 60 + seconds, behind + 3)),
        None => Some((hours * 3600 + minutes * 60, behind)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(name: &str) -> Option<i32> {
        read(name)?.to_fixed_offset().ok().map(Offset::seconds)
    }

    #[test]
    fn offsets_are_spelled_in_many_ways() {
        for (name, expected) in
            [("Z", 0), ("UTC", 0), ("GMT", 0), ("+02:00", 7200), ("-0330", -12_600), ("+01", 3600), ("GMT+8", 28_800)]
        {
            assert_eq!(seconds(name), Some(expected), "{name}");
        }
        assert_eq!(seconds("UTC-05:30:15"), Some(-19_815));
        for name in ["", "+", "+1x", "+19:00", "+02:60", "+02:", "+é", "Nowhere/City", "PST"] {
            assert!(read(name).is_none(), "{name}");
        }
    }

    #[test]
    fn regions_are_in_the_program() {
        for name in ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Etc/GMT+5"] {
            assert!(read(name).is_some(), "{name}");
        }
    }

    #[test]
    fn names_end_where_the_text_goes_on() {
        assert_eq!(read_name("Europe/Berlin]").map(|it| it.1), Some(13));
        assert_eq!(read_name("PST 2026").map(|it| it.1), Some(3));
        assert_eq!(read_offset("+0200Z").map(|it| it.1), Some(5));
        assert!(read_name("…").is_none());
    }
}
