//! What a function is given: one row's values, or whole columns.

use polars::prelude::StringChunkedBuilder;
use value::column::{Bools, Numbers, Texts, Times};
use value::{Column, Json, Pattern, Period, Value};

/// The arguments of one row, each of its parameter's kind or absent. A parameter left out at the end is not there at
/// all, and reads as absent; [`Args::count`] tells the two apart.
#[derive(Clone, Copy)]
pub struct Args<'a>(pub &'a [Option<Value>]);

impl<'a> Args<'a> {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Any value.
    pub fn any(&self, index: usize) -> Option<&'a Value> {
        self.0.get(index)?.as_ref()
    }

    /// A number.
    pub fn number(&self, index: usize) -> Option<f64> {
        match self.any(index)? {
            Value::Number(it) => Some(*it),
            _ => None,
        }
    }

    /// A text.
    pub fn text(&self, index: usize) -> Option<&'a str> {
        match self.any(index)? {
            Value::Text(it) => Some(it),
            _ => None,
        }
    }

    /// A truth value.
    pub fn bool(&self, index: usize) -> Option<bool> {
        match self.any(index)? {
            Value::Bool(it) => Some(*it),
            _ => None,
        }
    }

    /// A time, in epoch milliseconds.
    pub fn time(&self, index: usize) -> Option<i64> {
        match self.any(index)? {
            Value::Time(it) => Some(*it),
            _ => None,
        }
    }

    /// A map or a list.
    pub fn json(&self, index: usize) -> Option<&'a Json> {
        match self.any(index)? {
            Value::Json(it) => Some(it),
            _ => None,
        }
    }

    /// A duration.
    pub fn period(&self, index: usize) -> Option<Period> {
        match self.any(index)? {
            Value::Period(it) => Some(*it),
            _ => None,
        }
    }

    /// A regular expression.
    pub fn pattern(&self, index: usize) -> Option<&'a Pattern> {
        match self.any(index)? {
            Value::Pattern(it) => Some(it),
            _ => None,
        }
    }

    /// A list of the query.
    pub fn list(&self, index: usize) -> Option<&'a [Value]> {
        match self.any(index)? {
            Value::List(it) => Some(it),
            _ => None,
        }
    }

    /// A place in the archive.
    pub fn place(&self, index: usize) -> Option<u64> {
        match self.any(index)? {
            Value::Place(it) => Some(*it),
            _ => None,
        }
    }
}

/// A number as a value; none if it is not finite, such as a division by zero.
pub fn finite(number: f64) -> Option<Value> {
    number.is_finite().then_some(Value::Number(number))
}

/// The arguments of all rows of a block, column by column.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    /// A column for each argument.
    pub columns: &'a [Column],
    /// How many rows each has.
    pub height: usize,
}

impl<'a> Columns<'a> {
    /// The cells as numbers.
    pub fn numbers(&self, index: usize) -> Numbers<'a> {
        self.columns.get(index).map_or(Numbers::Same(None), Column::numbers)
    }

    /// The cells as texts.
    pub fn texts(&self, index: usize) -> Texts<'a> {
        self.columns.get(index).map_or(Texts::Same(None), Column::texts)
    }

    /// The cells as truth values.
    pub fn bools(&self, index: usize) -> Bools<'a> {
        self.columns.get(index).map_or(Bools::Same(None), Column::bools)
    }

    /// The cells as times.
    pub fn times(&self, index: usize) -> Times<'a> {
        self.columns.get(index).map_or(Times::Same(None), Column::times)
    }

    /// The one value of an argument that is the same in every row: a literal.
    pub fn literal(&self, index: usize) -> Option<&'a Value> {
        match self.columns.get(index) {
            Some(Column::Same(it, _)) => it.as_ref(),
            _ => None,
        }
    }

    /// All row numbers.
    pub fn rows(&self) -> std::ops::Range<usize> {
        0..self.height
    }

    /// The cells as places; absent ones are 0.
    pub fn place(&self, index: usize, row: usize) -> u64 {
        match self.columns.get(index) {
            Some(Column::Same(Some(Value::Place(it)), _)) => *it,
            Some(column) => column.places().get(row).copied().unwrap_or_default(),
            None => 0,
        }
    }

    /// Whether there is a value in each row: a column of truth values, of which none is absent.
    pub fn present(&self, index: usize) -> Column {
        let mask = match self.columns.get(index) {
            None => return Column::Same(Some(Value::Bool(false)), self.height),
            Some(Column::Same(it, _)) => return Column::Same(Some(Value::Bool(it.is_some())), self.height),
            Some(Column::Mixed(cells)) => return Column::from_bools(cells.iter().map(|it| Some(it.is_some()))),
            Some(Column::Bool(it)) => (it.null_count() > 0).then(|| it.is_not_null()),
            Some(Column::Number(it)) => (it.null_count() > 0).then(|| it.is_not_null()),
            Some(Column::Text(it) | Column::Json(it)) => (it.null_count() > 0).then(|| it.is_not_null()),
            Some(Column::Time(it)) => (it.null_count() > 0).then(|| it.is_not_null()),
            Some(Column::Place(it)) => (it.null_count() > 0).then(|| it.is_not_null()),
        };
        mask.map_or(Column::Same(Some(Value::Bool(true)), self.height), Column::Bool)
    }

    /// A column of numbers, one from each row number.
    pub fn make_numbers(&self, cell: impl Fn(usize) -> Option<f64>) -> Column {
        Column::from_numbers(self.rows().map(cell))
    }

    /// A column of texts, one from each row number.
    pub fn make_texts<T: AsRef<str>>(&self, cell: impl Fn(usize) -> Option<T>) -> Column {
        Column::from_texts(self.rows().map(cell))
    }

    /// A column of truth values, one from each row number.
    pub fn make_bools(&self, cell: impl Fn(usize) -> Option<bool>) -> Column {
        Column::from_bools(self.rows().map(cell))
    }

    /// A column of times, one from each row number.
    pub fn make_times(&self, cell: impl Fn(usize) -> Option<i64>) -> Column {
        Column::from_times(self.rows().map(cell))
    }

    /// A column of numbers, one from each number of an argument.
    pub fn map_numbers(&self, index: usize, result: impl Fn(f64) -> f64) -> Column {
        match self.numbers(index) {
            Numbers::Full(cells) => full_numbers(cells.iter().map(|it| result(*it)).collect()),
            cells => self.make_numbers(|row| Some(result(cells.get(row)?))),
        }
    }

    /// A column of numbers, one from each pair of numbers of the first two arguments.
    pub fn zip_numbers(&self, result: impl Fn(f64, f64) -> f64) -> Column {
        match (self.numbers(0), self.numbers(1)) {
            (Numbers::Full(left), Numbers::Full(right)) => {
                full_numbers(left.iter().zip(right).map(|(left, right)| result(*left, *right)).collect())
            }
            (Numbers::Full(left), Numbers::Same(Some(right))) => {
                full_numbers(left.iter().map(|it| result(*it, right)).collect())
            }
            (Numbers::Same(Some(left)), Numbers::Full(right)) => {
                full_numbers(right.iter().map(|it| result(left, *it)).collect())
            }
            (left, right) => self.make_numbers(|row| Some(result(left.get(row)?, right.get(row)?))),
        }
    }

    /// A column of numbers: those of each row's arguments that are there, made one by `result`.
    pub fn fold_numbers(&self, result: impl Fn(f64, f64) -> f64) -> Column {
        let arguments: Vec<Numbers> = (0..self.columns.len()).map(|it| self.numbers(it)).collect();
        self.make_numbers(|row| arguments.iter().filter_map(|it| it.get(row)).reduce(&result))
    }

    /// A column of times, one from each time of an argument.
    pub fn map_times(&self, index: usize, result: impl Fn(i64) -> i64) -> Column {
        match self.times(index) {
            Times::Full(cells) => Column::from_full_times(cells.iter().map(|it| result(*it)).collect()),
            cells => self.make_times(|row| Some(result(cells.get(row)?))),
        }
    }

    /// A column of texts, each written by `write` into an empty buffer; where it gives `None`, there is no value.
    pub fn write_texts(&self, write: impl Fn(usize, &mut String) -> Option<()>) -> Column {
        let mut cells = StringChunkedBuilder::new(Default::default(), self.height);
        let mut buffer = String::new();
        for row in self.rows() {
            buffer.clear();
            let written = write(row, &mut buffer);
            cells.append_option(written.map(|()| buffer.as_str()));
        }
        Column::Text(cells.finish())
    }
}

fn full_numbers(cells: Vec<f64>) -> Column {
    if cells.iter().all(|it| it.is_finite()) {
        Column::from_full_numbers(cells)
    } else {
        Column::from_numbers(cells.into_iter().map(Some))
    }
}
