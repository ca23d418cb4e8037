//! Dates that are written with the names of months and days, over several words: `Tue Jul 26 05:47:42 2005`.
//!
//! So write the C library and syslog (`ctime`, RFC 3164), `date`, with the zone before the year, and mail and HTTP (RFC
//! 5322): `Tue, 26 Jul 2005 05:47:42 GMT`. A date without a time of day is left to its words.

use crate::kind::{clock, digits};

const DAYS: [&[u8; 3]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
const MONTHS: [&[u8; 3]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

/// The length of the date and time that a text begins with, if its first word is the name of a day or a month.
pub(crate) fn written_time(text: &[u8]) -> Option<usize> {
    let name = text.first_chunk::<3>().filter(|it| it[0].is_ascii_uppercase())?;
    let at = if DAYS.contains(&name) { spaces(text, 3 + usize::from(text.get(3) == Some(&b',')))? } else { 0 };
    let end = month_first(text, at).or_else(|| if at > 0 { day_first(text, at) } else { None })?;
    text.get(end).is_none_or(|it| !it.is_ascii_alphanumeric()).then_some(end)
}

/// `Jul 26 05:47:42`, and perhaps a year behind it, or a zone and a year.
fn month_first(text: &[u8], at: usize) -> Option<usize> {
    let at = spaces(text, month(text, at)?)?;
    let at = spaces(text, number(text, at, 1..=2)?)?;
    let time = at + clock(&text[at..])?;
    let year = |at: usize| spaces(text, at).and_then(|at| number(text, at, 4..=4));
    let zone = || spaces(text, time).and_then(|at| zone(text, at));
    Some(year(time).or_else(|| year(zone()?)).unwrap_or(time))
}

/// `26 Jul 2005 05:47:42`, and perhaps a zone behind it.
fn day_first(text: &[u8], at: usize) -> Option<usize> {
    let at = spaces(text, number(text, at, 1..=2)?)?;
    let at = spaces(text, month(text, at)?)?;
    let at = spaces(text, number(text, at, 4..=4)?)?;
    let time = at + clock(&text[at..])?;
    let zone = if text[time..].starts_with(b" GMT") { 4 } else { 0 };
    Some(time + zone)
}

/// Where the white space ends that begins here: at least one space.
fn spaces(text: &[u8], at: usize) -> Option<usize> {
    let length = text.get(at..)?.iter().take_while(|it| **it == b' ').count();
    (length > 0).then_some(at + length)
}

fn month(text: &[u8], at: usize) -> Option<usize> {
    MONTHS.contains(&text.get(at..)?.first_chunk::<3>()?).then_some(at + 3)
}

/// Where a number of so many digits ends.
fn number(text: &[u8], at: usize, lengths: std::ops::RangeInclusive<usize>) -> Option<usize> {
    let length = digits(text.get(at..)?);
    lengths.contains(&length).then_some(at + length)
}

/// Where the name of a zone ends: `UTC`, `CEST`.
fn zone(text: &[u8], at: usize) -> Option<usize> {
    let length = text.get(at..)?.iter().take_while(|it| it.is_ascii_uppercase()).count();
    (3..=4).contains(&length).then_some(at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words_are_found_and_nothing_more() {
        let cases = [
            ("Tue Jul 26 05:47:42 2005, x", Some("Tue Jul 26 05:47:42 2005")),
            ("Jun  5 04:06:18 host su: x", Some("Jun  5 04:06:18")),
            ("Sat May 8 09:04:50 EDT 2004", Some("Sat May 8 09:04:50 EDT 2004")),
            ("Sat May 8 09:04:50 ERROR 2004", Some("Sat May 8 09:04:50")),
            ("Tue, 15 Nov 1994 08:12:31 GMT", Some("Tue, 15 Nov 1994 08:12:31 GMT")),
            ("Sun Dec 04 04:47:44.125 2005]", Some("Sun Dec 04 04:47:44.125 2005")),
            ("Jul 26 05:47:42. So", Some("Jul 26 05:47:42")),
            ("Jul 26 05:47:42 20051", Some("Jul 26 05:47:42")),
            ("Mon is 5", None),
            ("May 5 of them", None),
            ("Marie 5 10:20", None),
            ("Jul 26 05:47:42x", None),
            ("Mon", None),
            ("Mo", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(written_time(text.as_bytes()).map(|it| &text[..it]), expected, "{text}");
        }
    }

    #[test]
    fn any_beginning_of_one_is_read() {
        for whole in ["Sat May 8 09:04:50 EDT 2004", "Tue, 15 Nov 1994 08:12:31 GMT"] {
            for length in 0..=whole.len() {
                let text = &whole.as_bytes()[..length];
                assert!(written_time(text).is_none_or(|it| it <= length), "{length}");
            }
        }
    }
}
