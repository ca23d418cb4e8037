//! Every function of the language, one file each: name, parameters, prose, examples, meaning.
//!
//! A [`Function`] gives a value for a row, an [`Aggregate`] one for a group of rows. Each says what it means in a row
//! form, and may say it again over whole columns for speed; tests hold the second to the first. The folders are the
//! headings of the service's manual. Operators are functions with a symbol for a name.
//!
//! ```
//! use functions::{Args, find};
//! use value::Value;
//!
//! let abs = find("ABS").unwrap();
//! assert_eq!((abs.row)(&Args(&[Some(Value::Number(-3.0))])), Some(Value::Number(3.0)));
//! ```

#[macro_use]
mod registry;
mod args;
mod lift;
mod notation;
mod signature;
pub mod state;

pub mod coercion;
pub mod datetime;
pub mod general;
pub mod hash;
pub mod ip;
pub mod json;
pub mod numeric;
pub mod operator;
pub mod stats;
pub mod string;
pub mod timeseries;

pub use args::{Args, Columns, finite};
pub use lift::lift;
pub use notation::Notation;
use state::State;
use value::{Column, Type, Value};

/// A function of one row's values.
pub struct Function {
    /// The name it is documented by; an operator's symbol or word.
    pub name: &'static str,
    /// Its other names.
    pub aliases: &'static [&'static str],
    /// What it takes.
    pub params: &'static [Param],
    /// What it gives.
    pub returns: Returns,
    /// What it does, in a sentence or a few.
    pub doc: &'static str,
    /// Query text and what it prints; `""` is no value.
    pub examples: &'static [(&'static str, &'static str)],
    /// What the function means: one row. `None` is no value, and `?` passes it on.
    pub row: fn(&Args) -> Option<Value>,
    /// The same over whole columns. Left out, `row` is lifted.
    pub column: Option<fn(&Columns) -> Column>,
}

impl Function {
    /// Whether a query calls it by its name, `abs(x)`; operators and coercions are not.
    pub fn is_listed(&self) -> bool {
        !operator::ALL.iter().chain(coercion::ALL).any(|it| std::ptr::eq(*it, self))
    }
}

/// A function of the rows of a group.
pub struct Aggregate {
    /// The name it is documented by.
    pub name: &'static str,
    /// Its other names.
    pub aliases: &'static [&'static str],
    /// What it takes from each row.
    pub params: &'static [Param],
    /// What it gives.
    pub returns: Returns,
    /// What it does, and how its memory grows with the rows.
    pub doc: &'static str,
    /// The call over the column `x`, the cells of `x` in the order of the archive, and what it prints.
    pub examples: &'static [(&'static str, &'static [&'static str], &'static str)],
    /// What it means: all rows of one group, in the order of the archive.
    pub rows: fn(&[Args]) -> Option<Value>,
    /// The same over blocks: partial, merge, finish.
    pub state: fn() -> Box<dyn State>,
}

impl Aggregate {
    /// What it gives, called with so many arguments, for the one group that a `stats` without keys has even if no row
    /// came, where that is not the value of any group without values: a count of rows is 0 then.
    pub fn of_no_rows(&self, args: usize) -> Option<Value> {
        (std::ptr::eq(self, &stats::COUNT) && args == 0).then_some(Value::Number(0.0))
    }

    /// How far what the service gives may lie from the true value, as a part of it, where it estimates: percentiles of
    /// more than a hundred distinct values, of which up to 3.2 % were seen, and counts of thousands of distinct values,
    /// of which about 9 % was.
    pub fn service_error(&self) -> Option<f64> {
        match self.name {
            "pct" | "median" => Some(0.035),
            "count_distinct" => Some(0.1),
            _ => None,
        }
    }
}

/// A parameter.
pub struct Param {
    /// What the reference calls it.
    pub name: &'static str,
    /// Which values it takes; others are coerced by the plan.
    pub kind: Kind,
    /// How often it may be given.
    pub need: Need,
}

/// Which values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any value as it is.
    Any,
    /// Any value as it is; the function may give it back, so its type counts for [`Returns::Common`].
    Result,
    /// A number; what reads as none is absent.
    Number,
    /// A number, or a time as it is; the type counts for [`Returns::Common`].
    Measure,
    /// Text; a number's text.
    Text,
    /// A condition.
    Bool,
    /// A time; a number is epoch milliseconds.
    Time,
    /// A map or a list; nothing else.
    Json,
    /// A duration, written in the query.
    Period,
    /// A regular expression, written in the query; a text written there is compiled as one, but for `like`.
    Pattern,
    /// Text in a notation of its own; the plan checks what is written in the query.
    Notation(Notation),
    /// A list of values, written in the query.
    List,
    /// A number written in the query, the same for all rows.
    Constant,
    /// The place of the event in the archive.
    Place,
}

/// How often a parameter may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Once.
    Once,
    /// Once or not at all: there is no argument then, not even an absent one.
    Optional,
    /// Once or more; several such parameters in a row repeat together.
    Repeated,
    /// Never by the caller: the plan fills it in.
    Hidden(Fact),
}

/// What the plan knows and fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The event's `@timestamp`.
    Timestamp,
    /// The event's place in the archive.
    Place,
    /// The start of the query's time range.
    Start,
    /// The end of the query's time range: the query's idea of now.
    End,
}

/// The type of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Returns {
    /// Always this one.
    Is(Type),
    /// The one type of the arguments of kind [`Kind::Result`] or [`Kind::Measure`], or [`Type::Any`] if they differ.
    Common,
}

/// A parameter given once.
pub const fn once(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, need: Need::Once }
}

/// A parameter that may be left out.
pub const fn optional(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, need: Need::Optional }
}

/// A parameter given once or more.
pub const fn repeated(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, need: Need::Repeated }
}

/// A parameter that the plan fills in.
pub const fn hidden(name: &'static str, kind: Kind, fact: Fact) -> Param {
    Param { name, kind, need: Need::Hidden(fact) }
}

/// The folders of what a query may call, in the order of the reference: a heading and the functions below it.
pub static FOLDERS: &[(&str, &[&Function])] = &[
    ("Operators", operator::ALL),
    ("Numeric operations", numeric::ALL),
    ("Datetime functions", datetime::ALL),
    ("General functions", general::ALL),
    ("JSON functions", json::ALL),
    ("IP functions", ip::ALL),
    ("String functions", string::ALL),
    ("Hash functions", hash::ALL),
    ("Time series functions", timeseries::ALL),
];

/// All functions, folder by folder, the coercions last.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FOLDERS.iter().flat_map(|(_, functions)| *functions).chain(coercion::ALL).copied()
}

/// All aggregates.
pub fn aggregates() -> impl Iterator<Item = &'static Aggregate> {
    stats::ALL.iter().copied()
}

/// The function of a name, in any case.
pub fn find(name: &str) -> Option<&'static Function> {
    all().find(|it| called(name, it.name, it.aliases))
}

/// The aggregate of a name, in any case.
pub fn find_aggregate(name: &str) -> Option<&'static Aggregate> {
    aggregates().find(|it| called(name, it.name, it.aliases))
}

fn called(name: &str, own: &str, aliases: &[&str]) -> bool {
    own.eq_ignore_ascii_case(name) || aliases.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// What every function's file uses.
mod prelude {
    pub use crate::{
        Aggregate, Args, Columns, Fact, Function, Kind, Notation, Returns, finite, hidden, once, optional, repeated,
    };
    pub use value::{Column, Type, Value};
}
