//! Comparisons over columns: what `=`, `<` and their like share.
//!
//! The right side is mostly a literal, so what can be known of a literal is found out once a block.

use std::cmp::Ordering;

use value::compare::{self, equals_number, equals_text, equals_truth, order_text};
use value::number;

use crate::prelude::*;

/// Below this, 2^53, two integer texts are equal where their doubles are.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Texts up to this length compare as numbers only where both read as doubles.
const LONGEST_NUMBER: usize = 300;

/// What the equality of two texts, of which one is a literal, comes down to.
pub enum Equality<'a> {
    /// Equality byte by byte: the literal is no number.
    Bytes(&'a str),
    /// Equality with a number.
    Number(f64),
    /// Equality with a truth value.
    Truth(bool),
    /// Anything else, such as equality with an id of twenty digits.
    Other(&'a Value),
}

impl Equality<'_> {
    /// The simplest equality with this literal.
    pub fn of(literal: &Value) -> Equality<'_> {
        match literal {
            Value::Number(it) => Equality::Number(*it),
            Value::Bool(it) => Equality::Truth(*it),
            Value::Text(text) => match number::read(text) {
                Some(it) if it.abs() < EXACT => Equality::Number(it),
                None if text.len() <= LONGEST_NUMBER => Equality::Bytes(text),
                _ => Equality::Other(literal),
            },
            _ => Equality::Other(literal),
        }
    }
}

/// Whether two values are equal, as `result` turns it; of a map or a list nothing holds.
pub fn equal(left: &Value, right: &Value, result: impl Fn(bool) -> bool) -> Option<Value> {
    Some(Value::Bool(compare::equals(left, right).is_some_and(result)))
}

/// Whether the order of two values is a certain one; of a map or a list nothing holds, and a number and a text that is
/// none have no order.
pub fn ordered(left: &Value, right: &Value, holds: impl Fn(Ordering) -> bool) -> Option<bool> {
    match (left, right) {
        (Value::Json(_), _) | (_, Value::Json(_)) => Some(false),
        _ => compare::order(left, right).map(holds),
    }
}

/// Whether the first two arguments are equal, row by row, as `result` turns it.
pub fn equals(args: &Columns, result: impl Fn(bool) -> bool) -> Column {
    match args.columns {
        [Column::Same(None, _), _] | [_, Column::Same(None, _)] => Column::absent(args.height),
        [Column::Text(_), Column::Same(Some(literal), _)] => equals_literal(args, 0, literal, result),
        [Column::Same(Some(literal), _), Column::Text(_)] => equals_literal(args, 1, literal, result),
        [Column::Text(_), Column::Text(_)] => {
            let (left, right) = (args.texts(0), args.texts(1));
            args.make_bools(|row| Some(result(equals_text(left.get(row)?, right.get(row)?))))
        }
        [Column::Text(_), Column::Number(_)] => {
            let (left, right) = (args.texts(0), args.numbers(1));
            args.make_bools(|row| Some(result(equals_number(left.get(row)?, right.get(row)?))))
        }
        [Column::Number(_), Column::Text(_)] => {
            let (left, right) = (args.numbers(0), args.texts(1));
            args.make_bools(|row| Some(result(equals_number(right.get(row)?, left.get(row)?))))
        }
        [left, right] if are_numbers(left) && are_numbers(right) => {
            let (left, right) = (args.numbers(0), args.numbers(1));
            args.make_bools(|row| Some(result(left.get(row)? == right.get(row)?)))
        }
        [left, right] => args.make_bools(|row| {
            let (left, right) = (left.value(row)?, right.value(row)?);
            Some(compare::equals(&left, &right).is_some_and(&result))
        }),
        _ => Column::absent(args.height),
    }
}

/// Whether the order of the first two arguments is a certain one, row by row.
pub fn orders(args: &Columns, holds: impl Fn(Ordering) -> bool) -> Column {
    match args.columns {
        [Column::Same(None, _), _] | [_, Column::Same(None, _)] => Column::absent(args.height),
        [Column::Text(_), Column::Same(Some(literal), _)] => orders_literal(args, 0, literal, holds),
        [Column::Same(Some(literal), _), Column::Text(_)] => {
            orders_literal(args, 1, literal, |order| holds(order.reverse()))
        }
        [Column::Text(_), Column::Text(_)] => {
            let (left, right) = (args.texts(0), args.texts(1));
            args.make_bools(|row| Some(holds(order_text(left.get(row)?, right.get(row)?))))
        }
        [Column::Text(_), Column::Number(_)] => {
            let (left, right) = (args.texts(0), args.numbers(1));
            args.make_bools(|row| number::read(left.get(row)?)?.partial_cmp(&right.get(row)?).map(&holds))
        }
        [Column::Number(_), Column::Text(_)] => {
            let (left, right) = (args.numbers(0), args.texts(1));
            args.make_bools(|row| left.get(row)?.partial_cmp(&number::read(right.get(row)?)?).map(&holds))
        }
        [left, right] if are_numbers(left) && are_numbers(right) => {
            let (left, right) = (args.numbers(0), args.numbers(1));
            args.make_bools(|row| left.get(row)?.partial_cmp(&right.get(row)?).map(&holds))
        }
        [left, right] => args.make_bools(|row| {
            let (left, right) = (left.value(row)?, right.value(row)?);
            ordered(&left, &right, &holds)
        }),
        _ => Column::absent(args.height),
    }
}

fn equals_literal(args: &Columns, index: usize, literal: &Value, result: impl Fn(bool) -> bool) -> Column {
    let texts = args.texts(index);
    match Equality::of(literal) {
        Equality::Bytes(literal) => args.make_bools(|row| Some(result(texts.get(row)? == literal))),
        Equality::Number(number) => args.make_bools(|row| Some(result(equals_number(texts.get(row)?, number)))),
        Equality::Truth(it) => args.make_bools(|row| Some(result(equals_truth(texts.get(row)?, it)))),
        Equality::Other(Value::Text(literal)) => {
            args.make_bools(|row| Some(result(equals_text(texts.get(row)?, literal))))
        }
        Equality::Other(literal) => {
            args.make_bools(|row| Some(compare::equals(&Value::text(texts.get(row)?), literal).is_some_and(&result)))
        }
    }
}

fn orders_literal(args: &Columns, index: usize, literal: &Value, holds: impl Fn(Ordering) -> bool) -> Column {
    let texts = args.texts(index);
    let Value::Text(literal) = literal else {
        // Text compares with anything else as a number.
        return match literal.to_number() {
            Some(number) => args.make_bools(|row| number::read(texts.get(row)?)?.partial_cmp(&number).map(&holds)),
            None => args.make_bools(|row| ordered(&Value::text(texts.get(row)?), literal, &holds)),
        };
    };
    if number::read(literal).is_none() && literal.len() <= LONGEST_NUMBER {
        args.make_bools(|row| Some(holds(texts.get(row)?.cmp(literal))))
    } else {
        args.make_bools(|row| Some(holds(order_text(texts.get(row)?, literal))))
    }
}

fn are_numbers(column: &Column) -> bool {
    matches!(column, Column::Number(_) | Column::Same(Some(Value::Number(_)), _))
}
