//! Numbers: how text reads as one, and how one prints.

use std::cmp::Ordering;
use std::fmt::Write;

/// 2^53: every whole number below is a double of its own.
pub const EXACT: f64 = 9_007_199_254_740_992.0;

/// The number that a text reads as: a decimal with optional sign, fraction and exponent, blanks around it allowed.
///
/// `None` for anything else: hexadecimal, `inf`, `nan`, `1_000`, the empty text, and what no double can hold.
#[inline]
pub fn read(text: &str) -> Option<f64> {
    read_bytes(text.as_bytes())
}

/// [`read`], for bytes that need not be UTF-8.
#[inline]
pub fn read_bytes(text: &[u8]) -> Option<f64> {
    // Most texts that are no number show it in their first byte.
    match text.first()? {
        b'0'..=b'9' | b'+' | b'-' | b'.' => read_decimal(text),
        it if is_blank(*it) => read_decimal(text.trim_ascii_start()),
        _ => None,
    }
}

/// Prints a number as the service does: to four decimals, below 1 to four significant digits, never with an exponent.
///
/// It is rounded from the exact binary value, exact ties to even, and trailing zeros are cut.
pub fn print(number: f64) -> String {
    let mut text = String::new();
    write(number, &mut text);
    text
}

/// Appends what [`print`] gives.
pub fn write(number: f64, text: &mut String) {
    let size = number.abs();
    if number < 0.0 {
        text.push('-');
    }
    if size >= EXACT {
        // Writing to a String cannot fail.
        let _ = write!(text, "{size:.0}");
    } else if size >= 0.1 {
        write_rounded(size, 4, text);
    } else if size >= 1e-5 {
        let zeros = [1e-2, 1e-3, 1e-4].iter().take_while(|it| size < **it).count();
        write_rounded(size, 5 + zeros, text);
    } else {
        write_tiny(size, text);
    }
}

/// Prints a double in full precision, as Java's `Double.toString` does: `487.0`, `1.28E8`, `1.0E-5`.
pub fn print_double(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-3..1e7).contains(&size) || !size.is_finite() {
        return format!("{number:?}");
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
        _ => text,
    }
}

/// Compares two texts that are whole numbers, of any length, exactly; `None` if one is not.
pub fn compare_integers(left: &str, right: &str) -> Option<Ordering> {
    let (left_is_negative, left) = integer(left)?;
    let (right_is_negative, right) = integer(right)?;
    let sizes = left.len().cmp(&right.len()).then_with(|| left.cmp(right));
    Some(match (left_is_negative, right_is_negative) {
        (false, false) => sizes,
        (true, true) => sizes.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    })
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

/// Reads a decimal without blanks in front.
#[inline]
fn read_decimal(text: &[u8]) -> Option<f64> {
    let mut at = 0;
    let is_negative = match text.first()? {
        b'-' => {
            at = 1;
            true
        }
        b'+' => {
            at = 1;
            false
        }
        _ => false,
    };
    let mut digits: u64 = 0;
    let start = at;
    while let Some(digit) = digit(text, at) {
        digits = digits.wrapping_mul(10).wrapping_add(digit);
        at += 1;
    }
    let mut count = at - start;
    let mut decimals = 0;
    if text.get(at) == Some(&b'.') {
        at += 1;
        let start = at;
        while let Some(digit) = digit(text, at) {
            digits = digits.wrapping_mul(10).wrapping_add(digit);
            at += 1;
        }
        decimals = at - start;
        count += decimals;
    }
    if count == 0 {
        return None;
    }
    // Up to 2^53 the digits are exact in a double, and so are the powers of ten up to 22: one division rounds once.
    if count < 19 && digits <= 1 << 53 && is_end(text, at) {
        let size = match POWERS_OF_TEN.get(decimals)? {
            _ if decimals == 0 => digits as f64,
            power => digits as f64 / power,
        };
        return Some(if is_negative { -size } else { size });
    }
    read_long(text, at)
}

#[inline]
fn digit(text: &[u8], at: usize) -> Option<u64> {
    let digit = text.get(at)?.wrapping_sub(b'0');
    (digit < 10).then_some(u64::from(digit))
}

#[inline]
fn is_end(text: &[u8], at: usize) -> bool {
    at == text.len() || text[at..].iter().all(|it| is_blank(*it))
}

/// Reads what has many digits or an exponent; the sign and the digits end at `at`.
#[cold]
fn read_long(text: &[u8], mut at: usize) -> Option<f64> {
    if let Some(b'e' | b'E') = text.get(at) {
        at += 1;
        if let Some(b'+' | b'-') = text.get(at) {
            at += 1;
        }
        let start = at;
        while digit(text, at).is_some() {
            at += 1;
        }
        if at == start {
            return None;
        }
    }
    if !is_end(text, at) {
        return None;
    }
    let number: f64 = std::str::from_utf8(&text[..at]).ok()?.parse().ok()?;
    number.is_finite().then_some(number)
}

/// Four significant digits, for what is below 0.00001.
fn write_tiny(size: f64, text: &mut String) {
    if size == 0.0 {
        text.push('0');
        return;
    }
    // As d.ddde-n: rounding stays with the standard library, only the point moves.
    let scientific = format!("{size:.3e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let zeros = exponent.parse::<i32>().unwrap_or_default().unsigned_abs() as usize;
    text.push_str("0.");
    text.extend(std::iter::repeat_n('0', zeros.saturating_sub(1)));
    text.extend(digits.trim_end_matches('0').chars().filter(|it| *it != '.'));
}

/// So many decimals, 4 to 8, for what lies between 0.00001 and 2^53; in integers.
fn write_rounded(size: f64, places: usize, text: &mut String) {
    let bits = size.to_bits();
    let mantissa = u128::from(bits & ((1 << 52) - 1) | 1 << 52);
    // The number is the mantissa over 2^shift, and shift is 0 to 69.
    let shift = 1075 - (bits >> 52);
    let mask = (1 << shift) - 1;
    let (mut whole, fraction) = ((mantissa >> shift) as u64, mantissa & mask);
    let one = 10u64.pow(places as u32);
    let scaled = fraction * u128::from(one);
    let mut decimals = (scaled >> shift) as u64;
    let (rest, half) = (scaled & mask, (1 << shift) >> 1);
    if rest > half || (rest == half && shift > 0 && decimals & 1 == 1) {
        decimals += 1;
    }
    if decimals == one {
        (whole, decimals) = (whole + 1, 0);
    }
    let mut buffer = [b'0'; 32];
    let (above, below) = buffer.split_at_mut(20);
    let start = write_digits(whole, above);
    let end = match decimals {
        0 => 20,
        _ => {
            below[0] = b'.';
            write_digits(decimals, &mut below[1..=places]);
            21 + below[1..=places].iter().rposition(|it| *it != b'0').map_or(0, |it| it + 1)
        }
    };
    text.push_str(std::str::from_utf8(&buffer[start..end]).unwrap_or_default());
}

/// Writes a number at the end of a buffer, and gives where it starts there.
fn write_digits(mut number: u64, buffer: &mut [u8]) -> usize {
    let mut start = buffer.len();
    loop {
        start -= 1;
        buffer[start] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return start;
        }
    }
}

/// Whether a text is a whole number below zero, and its digits without leading zeros.
fn integer(text: &str) -> Option<(bool, &[u8])> {
    let text = text.as_bytes().trim_ascii();
    let (is_negative, digits) = match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let zeros = digits.iter().take_while(|it| **it == b'0').count();
    let digits = &digits[zeros..];
    Some((is_negative && !digits.is_empty(), digits))
}

const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_read_as_the_nearest_double() {
        let texts = [
            "0",
            "-0",
            "7",
            "+7",
            "12.50",
            ".5",
            "5.",
            "9007199254740993",
            "123456789012345678901234567890",
            "1e3",
            "1.28E8",
            "-2.5e-3",
            "0.1",
            "3.4432292770024446",
            "0.000000000000000000000000000001",
            "1e308",
            "9007199254740992",
            "9007199254740991.5",
            "999999999999999999",
            "0.1234567890123456789",
            "1e-400",
        ];
        for text in texts {
            assert_eq!(read(text), text.parse().ok(), "{text}");
            assert_eq!(read(&format!(" \t{text}\r\n")), text.parse().ok(), "{text} between blanks");
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        let texts = [
            "", " ", "-", "+", ".", "-.", "e5", "1e", "1e+", "0x10", "inf", "-inf", "NaN", "infinity", "1_000", "1,5",
            "1 2", "--1", "1.2.3", "1e400", "12ms", "٣", "1\u{a0}", "1d",
        ];
        for text in texts {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_print_as_recorded() {
        let tiniest = format!("0.{}4941", "0".repeat(323));
        let printed = [
            (27.656_55, "27.6565"), // As a double it lies just below the tie.
            (27.656_550_1, "27.6566"),
            (39.493, "39.493"),
            (256e6, "256000000"),
            (0.000_144_2, "0.0001442"),
            (1.667_187_5e-9, "0.000000001667"),
            (0.610_96, "0.611"),
            (537.698 / 60.0, "8.9616"),
            (1.0, "1"),
            (-0.0, "0"),
            (-2.5, "-2.5"),
            (-0.25, "-0.25"),
            (1.031_25, "1.0312"),
            (1.093_75, "1.0938"),
            (0.156_25, "0.1562"),
            (0.999_96, "1"),
            (0.099_996, "0.1"),
            (0.000_999_97, "0.001"),
            (1e-5, "0.00001"),
            (9.999_96e-6, "0.00001"),
            (5e-324, &tiniest),
            (1.999_99, "2"),
            (99_999.999_99, "100000"),
            (4.05, "4.05"),
            (1e22, "10000000000000000000000"),
            (1_152_921_504_606_846_976.0, "1152921504606846976"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (2_251_799_813_685_249.5, "2251799813685249.5"),
        ];
        for (number, text) in printed {
            assert_eq!(print(number), text);
        }
    }

    #[test]
    fn whole_arithmetic_rounds_as_the_standard_library_does() {
        let mut seed: u64 = 1;
        for _ in 0..50_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let size = 1.0 + (seed >> 12) as f64 / 2f64.powi(52);
            let number = size * 2f64.powi((seed % 73) as i32 - 20);
            // Few digits make exact ties.
            for number in [number, (number * 1e5).round() / 1e5, (number * 32_768.0).round() / 32_768.0] {
                let significant: f64 = format!("{number:.3e}").parse().unwrap_or_default();
                let text = if number < 1.0 { format!("{significant}") } else { format!("{number:.4}") };
                let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
                assert_eq!(print(number), text);
            }
        }
    }

    #[test]
    fn doubles_print_as_java_prints_them() {
        let printed = [
            (487.0, "487.0"),
            (1.28e8, "1.28E8"),
            (25.219_232_371_991_78, "25.21923237199178"),
            (1e-5, "1.0E-5"),
            (0.001, "0.001"),
            (0.0, "0.0"),
            (9_999_999.0, "9999999.0"),
            (1e7, "1.0E7"),
            (-6.7e7, "-6.7E7"),
            (1_780_503_582_214.0, "1.780503582214E12"),
        ];
        for (number, text) in printed {
            assert_eq!(print_double(number), text);
        }
    }

    #[test]
    fn integers_compare_digit_by_digit() {
        assert_eq!(compare_integers("12345678901234567891", "12345678901234567890"), Some(Ordering::Greater));
        assert_eq!(compare_integers(" 007 ", "+7"), Some(Ordering::Equal));
        assert_eq!(compare_integers("-0", "0"), Some(Ordering::Equal));
        assert_eq!(compare_integers("-10", "-9"), Some(Ordering::Less));
        assert_eq!(compare_integers("-10", "9"), Some(Ordering::Less));
        assert_eq!(compare_integers("1.0", "1"), None);
        assert_eq!(compare_integers("", "1"), None);
    }
}
