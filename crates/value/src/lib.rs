//! What a log field can be: values, their types, columns of them, and how they are read, ordered and printed.
//!
//! A field stands in a log as text, and is kept as that text ([`Type::Any`]); where a query uses it as a number, the
//! plan says so. So a column is never mixed, nothing is lost (64-bit ids, `1.10`, leading zeros print as they came),
//! and the reader decides no types. [`Value`] is one value, [`Column`] many of one [`Type`], [`Batch`] named columns.
//!
//! ```
//! use value::{Value, number};
//!
//! assert_eq!(number::read(" 12.50 "), Some(12.5));
//! assert_eq!(Value::Number(2.0 / 3.0).to_text(), "0.6667");
//! ```

pub mod batch;
pub mod column;
pub mod compare;
pub mod glob;
pub mod json;
pub mod number;
pub mod order;
pub mod pattern;
pub mod sum;
pub mod time;

pub use batch::Batch;
pub use column::Column;
pub use glob::Glob;
pub use json::Json;
pub use pattern::{BadPattern, Pattern};
pub use sum::ExactSum;
pub use time::{Period, Unit};

/// One value. Absence is `None`, never a variant.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// What a comparison or a predicate gives; prints as `1` and `0`.
    Bool(bool),
    /// What arithmetic gives; finite.
    Number(f64),
    /// Text, a raw field included, whatever it reads as.
    Text(Box<str>),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Time(i64),
    /// A map or a list.
    Json(Json),
    /// Where an event lies in the archive: the file's number, then its offset; `@ptr`.
    Place(u64),
    /// `5m`: only ever written in a query.
    Period(Period),
    /// `/regex/`: only ever written in a query.
    Pattern(Pattern),
    /// `["a", 1]`: only ever written in a query.
    List(std::sync::Arc<[Value]>),
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A field as it stands in the log: text that may read as a number.
    Any,
    /// A number as the service reads it out of lines of its own: as text, what Java prints of a double; `1.28E8`.
    Double,
    /// Truth values.
    Bool,
    /// Doubles.
    Number,
    /// Text that a function made.
    Text,
    /// Milliseconds since the epoch.
    Time,
    /// JSON maps and lists, as text.
    Json,
    /// Places in the archive.
    Place,
    /// A duration of the query.
    Period,
    /// A regular expression of the query.
    Pattern,
    /// A list of the query.
    List,
}

impl Value {
    /// A text value.
    pub fn text(text: impl Into<Box<str>>) -> Value {
        Value::Text(text.into())
    }

    /// The type of this value.
    pub fn of(&self) -> Type {
        match self {
            Value::Bool(_) => Type::Bool,
            Value::Number(_) => Type::Number,
            Value::Text(_) => Type::Text,
            Value::Time(_) => Type::Time,
            Value::Json(_) => Type::Json,
            Value::Place(_) => Type::Place,
            Value::Period(_) => Type::Period,
            Value::Pattern(_) => Type::Pattern,
            Value::List(_) => Type::List,
        }
    }

    /// The value as the service prints it (evidence: numbers to four decimals, booleans as `1` and `0`).
    pub fn to_text(&self) -> String {
        match self {
            Value::Bool(it) => String::from(if *it { "1" } else { "0" }),
            Value::Number(it) => number::print(*it),
            Value::Text(it) => it.to_string(),
            Value::Time(it) => time::print(*it),
            Value::Json(it) => it.text().to_owned(),
            Value::Place(it) => batch::pointer(*it),
            Value::Period(it) => it.to_string(),
            Value::Pattern(it) => it.to_string(),
            Value::List(it) => {
                let items: Vec<String> = it.iter().map(Value::to_text).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    /// The value as a number: what text reads as, a time's milliseconds, a boolean's 1 or 0.
    pub fn to_number(&self) -> Option<f64> {
        match self {
            Value::Bool(it) => Some(f64::from(u8::from(*it))),
            Value::Number(it) => Some(*it),
            Value::Text(it) => number::read(it),
            Value::Time(it) => Some(*it as f64),
            _ => None,
        }
    }

    /// The value as a time: a number is epoch milliseconds, text is ISO 8601 or such a number.
    pub fn to_time(&self) -> Option<i64> {
        match self {
            Value::Time(it) => Some(*it),
            Value::Number(it) => time::from_number(*it),
            Value::Text(it) => time::read(it),
            _ => None,
        }
    }

    /// The value as a condition: a number other than 0, or a non-empty text other than `false`.
    pub fn to_truth(&self) -> bool {
        match self {
            Value::Bool(it) => *it,
            Value::Number(it) => *it != 0.0,
            Value::Text(it) => truth(it),
            _ => true,
        }
    }
}

/// Whether a text holds as a condition: a number other than 0, or a non-empty text other than `false`.
pub fn truth(text: &str) -> bool {
    match number::read(text) {
        Some(it) => it != 0.0,
        None => !text.is_empty() && !text.eq_ignore_ascii_case("false"),
    }
}
