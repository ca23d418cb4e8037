//! Numbers: how text reads as one, how one prints, and whole numbers of any length.

mod print;
mod read;

use std::cmp::Ordering;

pub use print::{print, print_double, write};
pub use read::{read, read_bytes};

/// 2^53: every whole number below is a double of its own.
pub const EXACT: f64 = 9_007_199_254_740_992.0;

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

#[cfg(test)]
mod tests {
    use super::*;

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
