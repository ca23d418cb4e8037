//! The one order of values, for `sort` and the rows of groups: what is missing, then texts, then numbers.
//!
//! Texts stand in natural order: runs of digits by length, then by value; other runs by code point. Numbers stand by
//! value, equal ones by text. Times and truth values are numbers; places in the archive stand behind all else.

use std::cmp::Ordering;

use polars::prelude::*;

use crate::{Column, Value, number, number::EXACT};

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

/// Compares two texts in natural order, whatever they read as: `a2` stands before `a10`.
pub fn natural(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left, right);
    while !left.is_empty() && !right.is_empty() {
        let (a, b) = (first_run(left), first_run(right));
        let are_digits = starts_with_digit(a) && starts_with_digit(b);
        let order = if are_digits { a.len().cmp(&b.len()) } else { Ordering::Equal };
        let order = order.then_with(|| a.cmp(b));
        if order.is_ne() {
            return order;
        }
        (left, right) = (&left[a.len()..], &right[b.len()..]);
    }
    left.len().cmp(&right.len())
}

/// What is needed to compare the cells of one column again and again, worked out once.
pub struct Keys {
    /// Where the cells stand, as far as it fits; none at all for one value in every row.
    keys: Vec<u128>,
    /// What decides between cells of one key.
    ties: Ties,
}

enum Ties {
    None,
    Texts(<StringType as PolarsDataType>::Array),
    Values(Vec<Option<Value>>),
}

impl Keys {
    /// The keys of a column's cells.
    pub fn of(column: &Column) -> Keys {
        let rows = 0..column.len();
        let plain = |keys: Vec<u128>| Keys { keys, ties: Ties::None };
        match column {
            Column::Same(..) => plain(Vec::new()),
            Column::Number(_) => {
                let numbers = column.numbers();
                plain(rows.map(|row| numbers.get(row).map_or(MISSING, number_key)).collect())
            }
            Column::Time(_) => {
                let times = column.times();
                plain(rows.map(|row| times.get(row).map_or(MISSING, whole_key)).collect())
            }
            Column::Bool(_) => {
                let bools = column.bools();
                plain(rows.map(|row| bools.get(row).map_or(MISSING, |it| whole_key(i64::from(it)))).collect())
            }
            Column::Place(it) => plain(it.iter().map(|it| it.map_or(MISSING, place_key)).collect()),
            Column::Text(it) | Column::Json(it) => {
                let texts = column.texts();
                let keys = rows.map(|row| texts.get(row).map_or(MISSING, text_key)).collect();
                let ties = it.downcast_iter().next().map_or(Ties::None, |it| Ties::Texts(it.clone()));
                Keys { keys, ties }
            }
            Column::Mixed(it) => {
                let keys = it.iter().map(|it| it.as_ref().map_or(MISSING, value_key)).collect();
                Keys { keys, ties: Ties::Values(it.clone()) }
            }
        }
    }

    /// Compares the cells of two rows in ascending order.
    #[inline]
    pub fn compare(&self, left: usize, right: usize) -> Ordering {
        let order = self.keys.get(left).cmp(&self.keys.get(right));
        if order.is_ne() { order } else { self.compare_ties(left, right) }
    }

    fn compare_ties(&self, left: usize, right: usize) -> Ordering {
        match &self.ties {
            Ties::None => Ordering::Equal,
            Ties::Texts(it) => match (it.get(left), it.get(right)) {
                (Some(left), Some(right)) => compare_like_texts(left, right),
                _ => Ordering::Equal,
            },
            Ties::Values(it) => {
                let cell = |row: usize| it.get(row).and_then(Option::as_ref);
                compare(cell(left), cell(right))
            }
        }
    }
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

/// The head of a text's first run: texts whose prefixes differ stand in the order of their prefixes.
fn prefix(text: &str) -> u64 {
    let run = first_run(text).as_bytes();
    let mut head = [0; 8];
    if starts_with_digit(text) {
        // A digit, which settles the order to runs of other characters; then the length; then the value.
        let length = u16::try_from(run.len()).unwrap_or(u16::MAX);
        head[0] = b'0';
        head[1..3].copy_from_slice(&length.to_be_bytes());
        if length < u16::MAX {
            let count = run.len().min(5);
            head[3..3 + count].copy_from_slice(&run[..count]);
        }
    } else {
        let count = run.len().min(8);
        head[..count].copy_from_slice(&run[..count]);
    }
    u64::from_be_bytes(head)
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

fn starts_with_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

/// The digits at the head of a text, or what stands there up to the first digit.
fn first_run(text: &str) -> &str {
    let are_digits = starts_with_digit(text);
    let end = text.bytes().position(|it| it.is_ascii_digit() != are_digits);
    &text[..end.unwrap_or(text.len())]
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
    fn keys_of_columns_order_as_their_values() {
        let texts = ASCENDING.iter().map(|it| Some(*it)).chain([None, Some("12345678"), Some("longer than a prefix")]);
        let times = [Some(i64::MIN), Some(-1), None, Some(0), Some(i64::MAX)];
        let numbers = [Some(-1.5), Some(0.0), Some(-0.0), None, Some(1e300), Some(-1e-300)];
        let mixed = vec![Some(Value::text("b")), None, Some(Value::Number(2.0)), Some(Value::text("2"))];
        let columns = [
            Column::from_texts(texts),
            Column::from_times(times),
            Column::from_numbers(numbers),
            Column::from_bools([Some(true), None, Some(false)]),
            Column::from_places(vec![3, 1, u64::MAX]),
            Column::from_values(mixed),
            Column::Same(Some(Value::Number(1.0)), 3),
        ];
        for column in &columns {
            let keys = Keys::of(column);
            for left in 0..column.len() {
                for right in 0..column.len() {
                    let expected = compare(column.value(left).as_ref(), column.value(right).as_ref());
                    assert_eq!(keys.compare(left, right), expected, "{left} {right} of {column:?}");
                }
            }
        }
    }
}
