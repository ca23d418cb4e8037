//! The one order of values, for `sort` and the rows of groups: what is missing, then texts, then numbers.
//!
//! Texts stand in natural order: runs of digits by length, then by value; other runs by code point. Numbers stand by
//! value, equal ones by text. Times and truth values are numbers; places in the archive stand behind all else.

mod keys;
mod natural;

use std::cmp::Ordering;

use crate::Value;
use crate::number::{self, EXACT};

pub use keys::Keys;
pub use natural::natural;

use natural::prefix;

/// Compares two cells in ascending order.
pub fn compare(left: Option<&Value>, right: Option<&Value>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => compare_values(left, right),
        _ => left.is_some().cmp(&right.is_some()),
    }
}

/// [`compare`], for two texts.
pub fn compare_texts(left: &str, right: &str) -> Ordering {
    text_key(left).cmp(&text_key(right)).then_with(|| compare_like_texts(left, right))
}

// A key is the class of a cell, then 64 bits of where it stands within the class.
const MISSING: u128 = 0;
const TEXT: u128 = 1 << 64;
const NUMBER: u128 = 2 << 64;
const PLACE: u128 = 3 << 64;

fn compare_values(left: &Value, right: &Value) -> Ordering {
    if let (Value::Text(left), Value::Text(right)) = (left, right) {
        return compare_texts(left, right);
    }
    value_key(left).cmp(&value_key(right)).then_with(|| match (left, right) {
        // Only far times share a double; they stand behind the other numbers of that value.
        (Value::Time(left), Value::Time(right)) => left.cmp(right),
        (Value::Time(_), _) => Ordering::Greater,
        (_, Value::Time(_)) => Ordering::Less,
        (Value::Place(_), _) => Ordering::Equal,
        _ => compare_like_texts(&left.to_text(), &right.to_text()),
    })
}

fn value_key(value: &Value) -> u128 {
    match (value, value.to_number()) {
        (_, Some(number)) => number_key(number),
        (Value::Place(it), None) => place_key(*it),
        (Value::Text(text), None) => TEXT | u128::from(prefix(text)),
        (_, None) => TEXT | u128::from(prefix(&value.to_text())),
    }
}

fn text_key(text: &str) -> u128 {
    number::read(text).map_or_else(|| TEXT | u128::from(prefix(text)), number_key)
}

/// Doubles in their order, as whole numbers.
fn number_key(number: f64) -> u128 {
    // Adding zero makes -0 the 0 it is equal to.
    let bits = (number + 0.0).to_bits();
    let key = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    NUMBER | u128::from(key)
}

fn whole_key(number: i64) -> u128 {
    NUMBER | u128::from(number.cast_unsigned() ^ 1 << 63)
}

fn place_key(place: u64) -> u128 {
    PLACE | u128::from(place)
}

/// Compares two texts of one key: numbers of one value, or texts of one head.
fn compare_like_texts(left: &str, right: &str) -> Ordering {
    let Some(number) = number::read(left) else { return natural(left, right) };
    if number.abs() < EXACT {
        return left.cmp(right);
    }
    // Whole numbers that share a double stand in their own order, and ahead of other spellings.
    let exact = number::compare_integers(left, right);
    let is_whole = |text: &str| number::compare_integers(text, text).is_some();
    exact.unwrap_or_else(|| is_whole(right).cmp(&is_whole(left))).then_with(|| left.cmp(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The manual's own example, then what it leaves open.
    const ASCENDING: [&str; 27] = [
        "",
        "!:",
        "#",
        "*%04",
        "0#",
        "5A",
        "111A",
        "2345_",
        "@",
        "@_",
        "A",
        "A9876fghj",
        "Zeta",
        "a",
        "a2",
        "a2b",
        "a10",
        "a010",
        "a!",
        "é",
        "-1e3",
        "-2.5",
        "0",
        "01",
        "1",
        "2",
        "3",
    ];

    #[test]
    fn texts_then_numbers_ascend() {
        for (index, low) in ASCENDING.iter().enumerate() {
            assert_eq!(compare_texts(low, low), Ordering::Equal);
            for high in &ASCENDING[index + 1..] {
                assert_eq!(compare_texts(low, high), Ordering::Less, "{low} {high}");
                assert_eq!(compare_texts(high, low), Ordering::Greater, "{high} {low}");
            }
        }
    }

    #[test]
    fn what_is_missing_comes_first() {
        assert_eq!(compare(None, Some(&Value::text(""))), Ordering::Less);
        assert_eq!(compare(None, None), Ordering::Equal);
    }

    #[test]
    fn equal_numbers_stand_by_value_then_text() {
        assert_eq!(compare_texts("12345678901234567890", "12345678901234567891"), Ordering::Less);
        assert_eq!(compare_texts("1.0", "1"), Ordering::Greater);
        assert_eq!(compare(Some(&Value::Number(1.0)), Some(&Value::text("1"))), Ordering::Equal);
        assert_eq!(compare(Some(&Value::Number(-0.0)), Some(&Value::Number(0.0))), Ordering::Equal);
        assert_eq!(compare(Some(&Value::Bool(true)), Some(&Value::Number(0.5))), Ordering::Greater);
    }

    #[test]
    fn there_is_no_circle_among_numbers_that_share_a_double() {
        let mut values: Vec<Value> = [1e20, 0.005, 5.0, 1e16].into_iter().map(Value::Number).collect();
        values.extend(["100000000000000000000", "+100000000000000000001", "+1e20", "1e20", "5", "+5"].map(Value::text));
        values.extend([5, 10_000_000_000_000_000, 10_000_000_000_000_001].map(Value::Time));
        values.extend([
            Value::Place(5),
            Value::Place(1 << 60),
            Value::text(crate::batch::pointer(7)),
            Value::Bool(true),
        ]);
        let less = |a: &Value, b: &Value| compare(Some(a), Some(b)).is_lt();
        for a in &values {
            for b in &values {
                assert_eq!(compare(Some(a), Some(b)), compare(Some(b), Some(a)).reverse(), "{a:?} {b:?}");
                for c in &values {
                    assert!(!(less(a, b) && less(b, c)) || less(a, c), "{a:?} {b:?} {c:?}");
                }
            }
        }
    }

    #[test]
    fn keys_only_hasten_what_they_stand_for() {
        let mut texts: Vec<String> = vec![String::new()];
        for letter in ["a", "0", "12", "-", ".", "é", "\0", " ", "zzzzzzzzz", "3333333"] {
            let longer: Vec<String> = texts.iter().map(|it| format!("{it}{letter}")).collect();
            texts.extend(longer);
        }
        for (index, left) in texts.iter().enumerate().step_by(7) {
            for right in texts.iter().skip(index % 5).step_by(5) {
                let expected = match (number::read(left), number::read(right)) {
                    (Some(a), Some(b)) => a.total_cmp(&b).then_with(|| left.cmp(right)),
                    (None, None) => natural(left, right),
                    (left, right) => left.is_some().cmp(&right.is_some()),
                };
                assert_eq!(compare_texts(left, right), expected, "{left:?} {right:?}");
            }
        }
    }
}
