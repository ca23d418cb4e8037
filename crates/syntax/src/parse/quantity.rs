//! Numbers, lengths of time, moments: what begins with a digit.

use super::failure::{Expected, expected, known};
use super::input::{Input, Parsed};
use super::token::{is_name, prefix};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Duration, Literal, Unit};

/// `42`, `0.75`, `1e6`; `5m`, `1hr`
pub(crate) fn quantity(input: Input) -> Parsed<Literal> {
    let text = input.rest();
    let digits = prefix(text, |it| it.is_ascii_digit());
    if digits.is_empty() {
        return expected(input, Expected::Thing("a number"));
    }
    let number = number(text);
    let token = &text[..number.len() + prefix(&text[number.len()..], is_name).len()];
    let after = input.behind(token);
    if token == number {
        return Ok((after, Literal::Number(number.to_owned())));
    }
    if digits == "0" && token[1..].starts_with(['x', 'X']) {
        let message = format!("a number is decimal, found `{token}`");
        let diagnostic = Diagnostic::new(Code::BadNumber, input.span_to(after), &message);
        return known(diagnostic.help(&format!("`hexToDec(\"{token}\")` is the number")));
    }
    match duration(digits, &token[digits.len()..]) {
        Ok(duration) => Ok((after, Literal::Duration(duration))),
        Err((fault, help)) => {
            let message = format!("{fault}, found `{token}`");
            known(Diagnostic::new(Code::BadDuration, input.span_to(after), &message).help(help))
        }
    }
}

/// `20`
pub(crate) fn whole_number(input: Input) -> Parsed<u64> {
    let digits = prefix(input.rest(), is_name);
    match digits.parse() {
        Ok(count) if !input.rest()[digits.len()..].starts_with('.') => Ok((input.behind(digits), count)),
        _ => expected(input, Expected::Thing("a whole number")),
    }
}

/// `2026-01-01T00:00:00.000Z`: milliseconds since 1970
pub(crate) fn instant(input: Input) -> Parsed<u64> {
    let token = prefix(input.rest(), |it| it.is_ascii_alphanumeric() || matches!(it, '-' | ':' | '.'));
    match millis(token) {
        Some(millis) => Ok((input.behind(token), millis)),
        None => expected(input, Expected::Thing("a time")),
    }
}

/// `42`, `0.75`, `1e6` at the start of a text that begins with a digit.
fn number(text: &str) -> &str {
    let digit = |it: char| it.is_ascii_digit();
    let mut length = prefix(text, digit).len();
    if let Some(fraction) = text[length..].strip_prefix('.').map(|rest| prefix(rest, digit)).filter(|it| !it.is_empty())
    {
        length += 1 + fraction.len();
    }
    if let Some(exponent) = text[length..].strip_prefix(['e', 'E']) {
        let signed = usize::from(exponent.starts_with(['+', '-']));
        let power = prefix(&exponent[signed..], digit);
        if !power.is_empty() {
            length += 1 + signed + power.len();
        }
    }
    &text[..length]
}

/// A length of time; else what is wrong with it, and a way out.
fn duration(digits: &str, unit: &str) -> Result<Duration, (String, &'static str)> {
    const HELP: &str = "units are ms, s, m, h, d, w, mo, q and y; a name that begins with a digit stands in backticks";
    if unit == "M" {
        return Err(("`M` may be minutes or months".to_owned(), "minutes are `5m`, months `5mo`"));
    }
    let Some(unit) = find_unit(unit) else {
        return Err(match unit.starts_with('.') {
            true => ("a length of time is a whole number of units".to_owned(), HELP),
            false => (format!("there is no unit of time `{unit}`"), HELP),
        });
    };
    let count = digits.parse().map_err(|_| ("the length of time is too long to be counted".to_owned(), HELP))?;
    Ok(Duration { count, unit })
}

/// The unit of that spelling, in any case; spellings of two letters and more may have a plural `s`.
pub(super) fn find_unit(spelling: &str) -> Option<Unit> {
    const SPELLINGS: &[(&str, Unit)] = &[
        ("ms", Unit::Millisecond),
        ("msec", Unit::Millisecond),
        ("millisecond", Unit::Millisecond),
        ("s", Unit::Second),
        ("sec", Unit::Second),
        ("second", Unit::Second),
        ("m", Unit::Minute),
        ("min", Unit::Minute),
        ("minute", Unit::Minute),
        ("h", Unit::Hour),
        ("hr", Unit::Hour),
        ("hour", Unit::Hour),
        ("d", Unit::Day),
        ("day", Unit::Day),
        ("w", Unit::Week),
        ("week", Unit::Week),
        ("mo", Unit::Month),
        ("mon", Unit::Month),
        ("month", Unit::Month),
        ("q", Unit::Quarter),
        ("qtr", Unit::Quarter),
        ("quarter", Unit::Quarter),
        ("y", Unit::Year),
        ("yr", Unit::Year),
        ("year", Unit::Year),
    ];
    let spelling = spelling.to_ascii_lowercase();
    let find = |word: &str| SPELLINGS.iter().find(|(it, _)| *it == word).map(|(_, unit)| *unit);
    find(&spelling).or_else(|| spelling.strip_suffix('s').filter(|it| it.len() > 1).and_then(find))
}

/// The milliseconds from 1970 to a time in UTC.
fn millis(text: &str) -> Option<u64> {
    let (date, clock) = text.strip_suffix(['Z', 'z'])?.split_once(['T', 't'])?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(clock, ':')?;
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days_of = |month: u64| match month {
        2 => 28 + u64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let is_date = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_of(month)).contains(&day);
    let is_fraction = (1..=3).contains(&fraction.len()) && fraction.bytes().all(|it| it.is_ascii_digit());
    if !is_date || !is_fraction || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let years: u64 = (1970..year).map(|year| 365 + u64::from(leap(year))).sum();
    let days = years + (1..month).map(days_of).sum::<u64>() + day - 1;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + format!("{fraction:0<3}").parse::<u64>().ok()?)
}

/// Three whole numbers.
fn numbers(text: &str, divider: char) -> Option<[u64; 3]> {
    let digits = |part: &str| part.bytes().all(|it| it.is_ascii_digit()).then(|| part.parse().ok())?;
    let numbers: Vec<u64> = text.split(divider).map(digits).collect::<Option<_>>()?;
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &str) -> Literal {
        let (after, literal) = quantity(Input::new(text)).unwrap();
        assert_eq!(after.rest(), "", "{text}");
        literal
    }

    #[test]
    fn numbers_keep_their_text() {
        for text in ["17", "0.75", "1e6", "1E-3", "007", "12345678901234567890123"] {
            assert_eq!(read(text), Literal::Number(text.to_owned()));
        }
    }

    #[test]
    fn durations_have_every_spelling() {
        let spellings = [
            ("msec ms milliseconds MSECS", Unit::Millisecond),
            ("s sec SECONDS", Unit::Second),
            ("m min mins Minute", Unit::Minute),
            ("h H hr hrs hours", Unit::Hour),
            ("d day DAYS", Unit::Day),
            ("w week weeks", Unit::Week),
            ("mo mon MO mos months", Unit::Month),
            ("q qtr quarters", Unit::Quarter),
            ("y yr yrs YEAR", Unit::Year),
        ];
        for (spelling, unit) in spellings.iter().flat_map(|(all, unit)| all.split(' ').map(move |it| (it, *unit))) {
            assert_eq!(read(&format!("5{spelling}")), Literal::Duration(Duration { count: 5, unit }), "{spelling}");
        }
    }

    #[test]
    fn doubtful_quantities_are_refused() {
        for text in ["5M", "5xx", "1.5h", "99999999999999999999s", "5ss"] {
            let fault = &crate::parse(&format!("filter a > {text}")).unwrap_err()[0];
            assert_eq!((fault.code, fault.span().start), (Code::BadDuration, 11), "{text}");
        }
        for text in [".5", "0x1f", "0XFF"] {
            assert_eq!(crate::parse(&format!("filter a > {text}")).unwrap_err()[0].code, Code::BadNumber, "{text}");
        }
    }

    #[test]
    fn instants_are_milliseconds() {
        assert_eq!(millis("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(millis("2026-01-01T14:30:00.5Z"), Some(1_767_277_800_500));
        assert_eq!(millis("2024-02-29T23:59:59.999Z"), Some(1_709_251_199_999));
        assert_eq!(millis("2000-03-01T00:00:00.000Z"), Some(951_868_800_000));
        for text in [
            "2023-02-29T00:00:00Z",
            "2024-01-01T24:00:00Z",
            "2024-01-01",
            "2024-1-1-1T0:0:0Z",
            "é",
            "T:Z",
            "+1-1-1T1:1:1Z",
        ] {
            assert_eq!(millis(text), None, "{text}");
        }
    }
}
