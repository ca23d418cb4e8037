//! The one meaning of `=`, `<` and their like between two values.
//!
//! Two values compare as numbers if both read as numbers, else as text by code point; a missing value never gets here.

use std::cmp::Ordering;

use crate::number::EXACT;
use crate::{Value, batch, number, time};

/// Whether two values are equal; `None` where a map or a list is compared, of which no comparison holds, not even `!=`.
pub fn equals(left: &Value, right: &Value) -> Option<bool> {
    use Value::{Bool, Number, Place, Text, Time};
    match (left, right) {
        (Text(left), Text(right)) => Some(equals_text(left, right)),
        (Text(text), Number(number)) | (Number(number), Text(text)) => Some(equals_number(text, *number)),
        (Text(text), Bool(it)) | (Bool(it), Text(text)) => Some(equals_truth(text, *it)),
        (Text(text), Time(it)) | (Time(it), Text(text)) => Some(match number::read(text) {
            Some(number) => number == *it as f64,
            None => **text == *time::print(*it),
        }),
        (Text(text), Place(it)) | (Place(it), Text(text)) => Some(batch::place(text) == Some(*it)),
        (Time(left), Time(right)) => Some(left == right),
        (Place(left), Place(right)) => Some(left == right),
        _ => Some(left.to_number()? == right.to_number()?),
    }
}

/// A hash that values have in common if they are [equal](equals); of a map or a list there is none.
pub fn hash(value: &Value) -> Option<u64> {
    let of_number = |it: f64| hash_of(&(it + 0.0).to_bits().to_le_bytes());
    match value {
        Value::Text(text) => Some(match number::read(text) {
            Some(number) => of_number(number),
            None if &**text == "true" => of_number(1.0),
            None if &**text == "false" => of_number(0.0),
            // As many of these as there are have one hash.
            None if is_beyond_doubles(text) && number::compare_integers(text, text).is_some() => hash_of(b"beyond"),
            None => match value.to_time().filter(|it| **text == *time::print(*it)) {
                Some(time) => of_number(time as f64),
                None => hash_of(text.as_bytes()),
            },
        }),
        Value::Place(_) => hash(&Value::text(value.to_text())),
        _ => value.to_number().map(of_number),
    }
}

fn hash_of(bytes: &[u8]) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    std::hash::Hasher::write(&mut hasher, bytes);
    std::hash::Hasher::finish(&hasher)
}

/// How two values compare; `None` where neither is less: a number and a text that is none, a map or a list.
pub fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some(order_text(left, right)),
        (Value::Time(left), Value::Time(right)) => Some(left.cmp(right)),
        _ => left.to_number()?.partial_cmp(&right.to_number()?),
    }
}

/// [`equals`], for two texts.
#[inline]
pub fn equals_text(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    match (number::read(left), number::read(right)) {
        (Some(a), Some(b)) if a.abs() < EXACT => a == b,
        (Some(a), Some(b)) => a == b && number::compare_integers(left, right).is_none_or(Ordering::is_eq),
        (None, None) => are_equal_beyond_doubles(left, right),
        _ => false,
    }
}

/// [`equals`], for a text and a number.
#[inline]
pub fn equals_number(text: &str, number: f64) -> bool {
    number::read(text) == Some(number)
}

/// [`equals`], for a text and a truth value: what the scan makes of JSON's `true` is 1, what else tells of it is text.
#[inline]
pub fn equals_truth(text: &str, it: bool) -> bool {
    text == if it { "true" } else { "false" } || equals_number(text, f64::from(u8::from(it)))
}

/// [`order`], for two texts.
#[inline]
pub fn order_text(left: &str, right: &str) -> Ordering {
    match (number::read(left), number::read(right)) {
        (Some(a), Some(b)) => {
            let order = a.partial_cmp(&b).unwrap_or(Ordering::Equal);
            if order.is_ne() || a.abs() < EXACT {
                return order;
            }
            number::compare_integers(left, right).unwrap_or(order)
        }
        (None, None) if is_beyond_doubles(left) || is_beyond_doubles(right) => {
            number::compare_integers(left, right).unwrap_or_else(|| left.cmp(right))
        }
        _ => left.cmp(right),
    }
}

/// Whether a text is long enough to be a whole number that no double can hold.
fn is_beyond_doubles(text: &str) -> bool {
    text.len() > 300
}

#[inline]
fn are_equal_beyond_doubles(left: &str, right: &str) -> bool {
    is_beyond_doubles(left)
        && is_beyond_doubles(right)
        && number::compare_integers(left, right).is_some_and(Ordering::is_eq)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Json;

    #[test]
    fn what_reads_as_numbers_compares_as_numbers() {
        assert!(equals_text("01", "1"));
        assert!(equals_text(" 1.0 ", "1"));
        assert!(equals_text("1e3", "1000"));
        assert!(!equals_text("0x10", "16"));
        assert_eq!(order_text("9", "10"), Ordering::Less);
        assert_eq!(order_text("-9", "-10"), Ordering::Greater);
    }

    #[test]
    fn other_texts_compare_by_code_point() {
        assert!(!equals_text("abc", "ABC"));
        assert!(!equals_text("5", "five"));
        assert_eq!(order_text("Z", "a"), Ordering::Less);
        assert_eq!(order_text("10", "9a"), Ordering::Less);
    }

    #[test]
    fn long_whole_numbers_compare_exactly() {
        assert!(!equals_text("12345678901234567890", "12345678901234567891"));
        assert!(equals_text("012345678901234567890", "12345678901234567890"));
        assert_eq!(order_text("12345678901234567890", "12345678901234567891"), Ordering::Less);
        let (long, longer) = (format!("1{}", "0".repeat(400)), format!("1{}", "0".repeat(401)));
        assert_eq!(order_text(&long, &longer), Ordering::Less);
        assert!(equals_text(&format!("0{long}"), &long));
        assert!(!equals_text(&longer, &long));
    }

    #[test]
    fn truth_values_equal_one_and_zero_and_their_names() {
        assert!(!equals_text("1", "true"));
        assert!(!equals_number("true", 1.0));
        for one in [Value::Number(1.0), Value::text("1"), Value::text("true"), Value::Bool(true)] {
            assert_eq!(equals(&Value::Bool(true), &one), Some(true));
            assert_eq!(equals(&one, &Value::Bool(false)), Some(false));
        }
    }

    #[test]
    fn a_number_and_a_text_that_is_none_have_no_order() {
        assert_eq!(order(&Value::Number(400.0), &Value::text("-")), None);
        assert_eq!(order(&Value::text("abc"), &Value::Number(400.0)), None);
        assert_eq!(order(&Value::text("500"), &Value::Number(400.0)), Some(Ordering::Greater));
        assert_eq!(equals(&Value::text("abc"), &Value::Number(400.0)), Some(false));
    }

    #[test]
    fn equal_values_have_one_hash() {
        let long = format!("1{}", "0".repeat(400));
        let texts = ["1", "01", " 1.0 ", "true", "false", "0", "-0", "x", "X", "2026-01-01 00:35:00.000", &long, "1e3"];
        let mut values: Vec<Value> = texts.iter().map(|it| Value::text(*it)).collect();
        values.extend([
            Value::text(format!("0{long}")),
            Value::Number(1.0),
            Value::Number(-0.0),
            Value::Number(1000.0),
        ]);
        values.extend([Value::Bool(true), Value::Bool(false), Value::Time(1_767_227_700_000), Value::Time(1)]);
        values.extend([Value::text("1767227700000"), Value::Place(7), Value::Place(8), Value::Place(7)]);
        values.push(Value::text(Value::Place(7).to_text()));
        for left in &values {
            for right in &values {
                if equals(left, right) == Some(true) {
                    assert_eq!(hash(left), hash(right), "{left:?} {right:?}");
                }
            }
        }
        assert_ne!(hash(&Value::text("x")), hash(&Value::text("X")));
        assert_eq!(hash(&Value::Json(Json::trusted("{}"))), None);
    }

    #[test]
    fn times_compare_by_their_milliseconds() {
        let time = Value::Time(1_767_227_700_000);
        assert_eq!(order(&time, &Value::Number(1.0)), Some(Ordering::Greater));
        assert_eq!(equals(&time, &Value::text("1767227700000")), Some(true));
        assert_eq!(equals(&time, &Value::text("2026-01-01 00:35:00.000")), Some(true));
        assert_eq!(equals(&time, &Value::text("2026-01-01 00:35:00.001")), Some(false));
    }

    #[test]
    fn no_comparison_of_a_map_holds() {
        let map = Value::Json(Json::trusted("{}"));
        assert_eq!(equals(&map, &map), None);
        assert_eq!(equals(&map, &Value::text("{}")), None);
        assert_eq!(order(&map, &Value::Number(1.0)), None);
    }
}
