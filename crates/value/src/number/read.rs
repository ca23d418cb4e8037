//! How text reads as a number: the hottest function of all.

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
}
