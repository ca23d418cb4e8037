//! Date patterns: the letters of Java's `DateTimeFormatter`, read into items.

use jiff::tz::TimeZone;

use super::telling;

/// `yyyy-MM-dd HH:mm`, read.
#[derive(Debug)]
pub struct DatePattern(Vec<Item>);

/// What stands in a pattern.
#[derive(Debug)]
pub enum Item {
    /// `-`, `'T'`
    Text(String),
    /// `yyyy`, `d`: a number of at least and at most so many digits.
    Number(Part, usize, usize),
    /// `SSS`: so many digits of a fraction of a second.
    Fraction(usize),
    /// `MMM`, `EEEE`, `a`: one of these names.
    Name(Part, &'static [&'static str]),
    /// `X`, `Z`, `O`: an offset.
    Offset,
    /// `z`, `VV`: a name or an offset.
    Zone,
    /// `[…]`: what may be missing.
    Optional(Vec<Item>),
}

/// A part of a date or of a time of day that is told by a number or a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `yyyy`
    Year,
    /// `yy`: from 2000 on.
    YearOfCentury,
    /// `M`, from 1.
    Month,
    /// `d`
    Day,
    /// `D`
    DayOfYear,
    /// `E`, from 0 for Monday.
    Weekday,
    /// `a`: 0 before noon, 1 behind it.
    Half,
    /// `H`, from 0 to 24.
    Hour,
    /// `k`, from 1 to 24.
    HourFromOne,
    /// `K`, from 0 to 11.
    HourOfHalf,
    /// `h`, from 1 to 12.
    HourOfHalfFromOne,
    /// `m`
    Minute,
    /// `s`
    Second,
}

/// How many kinds of parts there are.
pub const PARTS: usize = Part::Second as usize + 1;
/// How deep brackets may be nested.
const DEEPEST: usize = 8;

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const SHORT_WEEKDAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const HALVES: &[&str] = &["AM", "PM"];

impl DatePattern {
    /// Reads a pattern; if it is none, says why: lower case, no full stop.
    pub fn read(text: &str) -> Result<DatePattern, String> {
        let mut open: Vec<Vec<Item>> = Vec::new();
        let mut items = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '\'' => {
                    let (plain, length) = quoted(rest).ok_or("a quotation mark of the pattern is never closed")?;
                    items.push(Item::Text(plain));
                    length
                }
                '[' if open.len() == DEEPEST => {
                    return Err(String::from("the pattern has brackets within too many others"));
                }
                '[' => {
                    open.push(std::mem::take(&mut items));
                    1
                }
                ']' => {
                    let outer = open.pop().ok_or("a bracket of the pattern was never opened")?;
                    let optional = std::mem::replace(&mut items, outer);
                    items.push(Item::Optional(optional));
                    1
                }
                '{' | '}' | '#' => {
                    return Err(format!("`{first}` means nothing in a date pattern; as text it stands in quotes"));
                }
                _ if first.is_ascii_alphabetic() => {
                    let count = rest.bytes().take_while(|it| *it == first as u8).count();
                    items.push(item(first, count)?);
                    count
                }
                _ => {
                    items.push(Item::Text(String::from(first)));
                    first.len_utf8()
                }
            };
            rest = &rest[length..];
        }
        if !open.is_empty() {
            return Err(String::from("a bracket of the pattern is never closed"));
        }
        check(&items)?;
        Ok(DatePattern(items))
    }

    /// The time that a text tells, in epoch milliseconds; in this zone unless the text names another.
    pub fn time(&self, text: &str, zone: &TimeZone) -> Option<i64> {
        telling::read(&self.0, text)?.time(zone)
    }
}

/// The text in quotes at the head of a pattern, and how long it is there; two quotation marks are one.
fn quoted(pattern: &str) -> Option<(String, usize)> {
    if pattern.starts_with("''") {
        return Some((String::from("'"), 2));
    }
    let mut plain = String::new();
    let mut at = 1;
    loop {
        let end = at + pattern[at..].find('\'')?;
        plain.push_str(&pattern[at..end]);
        if !pattern[end + 1..].starts_with('\'') {
            return Some((plain, end + 1));
        }
        plain.push('\'');
        at = end + 2;
    }
}

/// What a letter means, so many times.
fn item(letter: char, count: usize) -> Result<Item, String> {
    let number = |part: Part, most: usize| Item::Number(part, count, most.max(count));
    Ok(match (letter, count) {
        ('y' | 'u', 2) => number(Part::YearOfCentury, 2),
        ('y' | 'u', 1..=4) => number(Part::Year, 4),
        ('M' | 'L', 1..=2) => number(Part::Month, 2),
        ('M' | 'L', 3) => Item::Name(Part::Month, SHORT_MONTHS),
        ('M' | 'L', 4) => Item::Name(Part::Month, MONTHS),
        ('d', 1..=2) => number(Part::Day, 2),
        ('D', 1..=3) => number(Part::DayOfYear, 3),
        ('E', 1..=3) => Item::Name(Part::Weekday, SHORT_WEEKDAYS),
        ('E', 4) => Item::Name(Part::Weekday, WEEKDAYS),
        ('a', 1) => Item::Name(Part::Half, HALVES),
        ('H', 1..=2) => number(Part::Hour, 2),
        ('k', 1..=2) => number(Part::HourFromOne, 2),
        ('K', 1..=2) => number(Part::HourOfHalf, 2),
        ('h', 1..=2) => number(Part::HourOfHalfFromOne, 2),
        ('m', 1..=2) => number(Part::Minute, 2),
        ('s', 1..=2) => number(Part::Second, 2),
        ('S', 1..=9) => Item::Fraction(count),
        ('X' | 'x' | 'Z', 1..=5) | ('O', 1 | 4) => Item::Offset,
        ('z', 1..=4) | ('V', 2) => Item::Zone,
        ('Y', _) => return Err(String::from("`Y` is the year that a week belongs to; the year of a date is `y`")),
        _ => {
            let letters = String::from(letter).repeat(count.min(12));
            return Err(format!("`{letters}` is no part of a date that is read here; as text it stands in quotes"));
        }
    })
}

/// Whether the items tell a time.
fn check(items: &[Item]) -> Result<(), String> {
    let has = |parts: &[Part]| parts.iter().any(|it| holds(items, *it));
    if !has(&[Part::Year, Part::YearOfCentury]) {
        return Err(String::from("the pattern has no year"));
    }
    if has(&[Part::HourOfHalf, Part::HourOfHalfFromOne]) && !has(&[Part::Half]) {
        return Err(String::from("`h` counts to 12 and needs `a`, the half of the day; hours to 24 are `H`"));
    }
    Ok(())
}

fn holds(items: &[Item], part: Part) -> bool {
    items.iter().any(|it| match it {
        Item::Number(it, ..) | Item::Name(it, _) => *it == part,
        Item::Optional(items) => holds(items, part),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn fault(pattern: &str) -> String {
        DatePattern::read(pattern).unwrap_err()
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        assert!(fault("").contains("no year"));
        assert!(fault("HH:mm").contains("no year"));
        assert!(fault("YYYY-MM-dd").contains("`y`"));
        assert!(fault("yyyy-MM-dd hh:mm").contains("`a`"));
        assert!(fault("yyyy-MMMMM").contains("`MMMMM`"));
        assert!(fault("yyyy-MM-ddTHH").contains("`T`"));
        assert!(fault("yyyy'T").contains("never closed"));
        assert!(fault("yyyy[MM").contains("never closed"));
        assert!(fault("yyyy]").contains("never opened"));
        assert!(fault("yyyy{").contains("`{`"));
        assert!(fault(&"[".repeat(100_000)).contains("too many"));
        assert!(fault(&"b".repeat(100_000)).contains("`bbbbbbbbbbbb`"));
    }

    #[test]
    fn quotation_marks_hold_text() {
        assert_eq!(quoted("'T'HH"), Some((String::from("T"), 3)));
        assert_eq!(quoted("''"), Some((String::from("'"), 2)));
        assert_eq!(quoted("'o''clock' a"), Some((String::from("o'clock"), 10)));
        assert_eq!(quoted("'é"), None);
    }
}
