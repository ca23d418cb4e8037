//! Many values of one type: a polars array, or one value that stands in every row.

use polars::prelude::*;

use crate::{Json, Type, Value, number, time};

/// The cells of one column of a block, some absent. All arrays have one chunk.
#[derive(Clone, Debug)]
pub enum Column {
    /// The same value in so many rows: a literal, a field that no event of the block has.
    Same(Option<Value>, usize),
    /// Truth values.
    Bool(BooleanChunked),
    /// Doubles.
    Number(Float64Chunked),
    /// Raw fields and text that functions made.
    Text(StringChunked),
    /// Milliseconds since the epoch.
    Time(Int64Chunked),
    /// JSON maps and lists, as compact text.
    Json(StringChunked),
    /// Places in the archive.
    Place(UInt64Chunked),
    /// Values of several types: what `coalesce(field, a / b)` gives. Rare, and slower than the others.
    Mixed(Vec<Option<Value>>),
}

/// The cells of a column as numbers, read one at a time.
pub enum Numbers<'a> {
    /// One value in every row.
    Same(Option<f64>),
    /// All present.
    Full(&'a [f64]),
    /// Some absent.
    Cells(&'a <Float64Type as PolarsDataType>::Array),
}

/// The cells of a column as texts, read one at a time.
pub enum Texts<'a> {
    /// One value in every row.
    Same(Option<&'a str>),
    /// An array.
    Cells(&'a <StringType as PolarsDataType>::Array),
}

/// The cells of a column as truth values, read one at a time.
pub enum Bools<'a> {
    /// One value in every row.
    Same(Option<bool>),
    /// An array.
    Cells(&'a <BooleanType as PolarsDataType>::Array),
}

/// The cells of a column as times, read one at a time.
pub enum Times<'a> {
    /// One value in every row.
    Same(Option<i64>),
    /// All present.
    Full(&'a [i64]),
    /// Some absent.
    Cells(&'a <Int64Type as PolarsDataType>::Array),
}

impl Numbers<'_> {
    /// The cell of a row.
    #[inline]
    pub fn get(&self, row: usize) -> Option<f64> {
        match self {
            Numbers::Same(it) => *it,
            Numbers::Full(cells) => cells.get(row).copied(),
            Numbers::Cells(cells) => cells.get(row),
        }
    }
}

impl<'a> Texts<'a> {
    /// The cell of a row.
    #[inline]
    pub fn get(&self, row: usize) -> Option<&'a str> {
        match self {
            Texts::Same(it) => *it,
            Texts::Cells(cells) => cells.get(row),
        }
    }
}

impl Bools<'_> {
    /// The cell of a row.
    #[inline]
    pub fn get(&self, row: usize) -> Option<bool> {
        match self {
            Bools::Same(it) => *it,
            Bools::Cells(cells) => cells.get(row),
        }
    }
}

impl Times<'_> {
    /// The cell of a row.
    #[inline]
    pub fn get(&self, row: usize) -> Option<i64> {
        match self {
            Times::Same(it) => *it,
            Times::Full(cells) => cells.get(row).copied(),
            Times::Cells(cells) => cells.get(row),
        }
    }
}

/// Making columns.
impl Column {
    /// A column without a value in any row.
    pub fn absent(rows: usize) -> Column {
        Column::Same(None, rows)
    }

    /// Numbers; what is not finite is absent, such as a division by zero.
    pub fn from_numbers(cells: impl IntoIterator<Item = Option<f64>>) -> Column {
        Column::Number(cells.into_iter().map(|it| it.filter(|it| it.is_finite())).collect())
    }

    /// Numbers that are all present and finite.
    pub fn from_full_numbers(cells: Vec<f64>) -> Column {
        Column::Number(Float64Chunked::from_vec(PlSmallStr::EMPTY, cells))
    }

    /// Texts.
    pub fn from_texts<T: AsRef<str>>(cells: impl IntoIterator<Item = Option<T>>) -> Column {
        Column::Text(strings(cells))
    }

    /// Maps and lists, as JSON text.
    pub fn from_json<T: AsRef<str>>(cells: impl IntoIterator<Item = Option<T>>) -> Column {
        Column::Json(strings(cells))
    }

    /// Truth values.
    pub fn from_bools(cells: impl IntoIterator<Item = Option<bool>>) -> Column {
        Column::Bool(cells.into_iter().collect())
    }

    /// Times.
    pub fn from_times(cells: impl IntoIterator<Item = Option<i64>>) -> Column {
        Column::Time(cells.into_iter().collect())
    }

    /// Times that are all present.
    pub fn from_full_times(cells: Vec<i64>) -> Column {
        Column::Time(Int64Chunked::from_vec(PlSmallStr::EMPTY, cells))
    }

    /// Places.
    pub fn from_places(cells: Vec<u64>) -> Column {
        Column::Place(UInt64Chunked::from_vec(PlSmallStr::EMPTY, cells))
    }

    /// Values of whatever types they have: of one type an array, of several [`Column::Mixed`].
    pub fn from_values(cells: Vec<Option<Value>>) -> Column {
        let mut types = cells.iter().flatten().map(Value::of);
        let Some(first) = types.next() else { return Column::absent(cells.len()) };
        if types.any(|it| it != first) {
            return Column::Mixed(cells);
        }
        match first {
            Type::Bool => Column::from_bools(cells.iter().map(|it| it.as_ref().map(Value::to_truth))),
            Type::Number => Column::from_numbers(cells.iter().map(|it| it.as_ref().and_then(Value::to_number))),
            Type::Time => Column::from_times(cells.iter().map(|it| it.as_ref().and_then(Value::to_time))),
            Type::Text | Type::Any | Type::Double => Column::from_texts(cells.iter().map(|it| match it {
                Some(Value::Text(text)) => Some(text),
                _ => None,
            })),
            Type::Json => Column::from_json(cells.iter().map(|it| match it {
                Some(Value::Json(json)) => Some(json.text()),
                _ => None,
            })),
            Type::Place | Type::Period | Type::Pattern | Type::List => Column::Mixed(cells),
        }
    }
}

/// Reading columns.
impl Column {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Column::Same(_, rows) => *rows,
            Column::Bool(it) => it.len(),
            Column::Number(it) => it.len(),
            Column::Text(it) | Column::Json(it) => it.len(),
            Column::Time(it) => it.len(),
            Column::Place(it) => it.len(),
            Column::Mixed(it) => it.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value in a row; slow: for what is small, and for row forms.
    pub fn value(&self, row: usize) -> Option<Value> {
        match self {
            Column::Same(it, _) => it.clone(),
            Column::Bool(it) => it.get(row).map(Value::Bool),
            Column::Number(it) => it.get(row).map(Value::Number),
            Column::Text(it) => it.get(row).map(Value::text),
            Column::Time(it) => it.get(row).map(Value::Time),
            Column::Json(it) => it.get(row).map(|it| Value::Json(Json::trusted(it))),
            Column::Place(it) => it.get(row).map(Value::Place),
            Column::Mixed(it) => it.get(row).cloned().flatten(),
        }
    }

    /// Whether there is a value in a row.
    pub fn is_present(&self, row: usize) -> bool {
        match self {
            Column::Same(it, _) => it.is_some(),
            Column::Bool(it) => it.get(row).is_some(),
            Column::Number(it) => it.get(row).is_some(),
            Column::Text(it) | Column::Json(it) => it.get(row).is_some(),
            Column::Time(it) => it.get(row).is_some(),
            Column::Place(it) => it.get(row).is_some(),
            Column::Mixed(it) => it.get(row).is_some_and(Option::is_some),
        }
    }

    /// Whether there is a value in any row.
    pub fn has_some(&self) -> bool {
        match self {
            Column::Same(it, rows) => it.is_some() && *rows > 0,
            Column::Bool(it) => it.null_count() < it.len(),
            Column::Number(it) => it.null_count() < it.len(),
            Column::Text(it) | Column::Json(it) => it.null_count() < it.len(),
            Column::Time(it) => it.null_count() < it.len(),
            Column::Place(it) => it.null_count() < it.len(),
            Column::Mixed(it) => it.iter().any(Option::is_some),
        }
    }

    /// The numbers of a column of numbers; of any other type, absent ones: the plan puts the coercions in.
    pub fn numbers(&self) -> Numbers<'_> {
        match self {
            Column::Same(Some(Value::Number(it)), _) => Numbers::Same(Some(*it)),
            Column::Number(it) => match (it.cont_slice(), it.downcast_iter().next()) {
                (Ok(cells), _) => Numbers::Full(cells),
                (_, Some(cells)) => Numbers::Cells(cells),
                _ => Numbers::Same(None),
            },
            _ => Numbers::Same(None),
        }
    }

    /// The texts of a column of texts or of JSON; of any other type, absent ones.
    pub fn texts(&self) -> Texts<'_> {
        match self {
            Column::Same(Some(Value::Text(it)), _) => Texts::Same(Some(it)),
            Column::Same(Some(Value::Json(it)), _) => Texts::Same(Some(it.text())),
            Column::Text(it) | Column::Json(it) => it.downcast_iter().next().map_or(Texts::Same(None), Texts::Cells),
            _ => Texts::Same(None),
        }
    }

    /// The truth values of a column of them; of any other type, absent ones.
    pub fn bools(&self) -> Bools<'_> {
        match self {
            Column::Same(Some(Value::Bool(it)), _) => Bools::Same(Some(*it)),
            Column::Bool(it) => it.downcast_iter().next().map_or(Bools::Same(None), Bools::Cells),
            _ => Bools::Same(None),
        }
    }

    /// The times of a column of times; of any other type, absent ones.
    pub fn times(&self) -> Times<'_> {
        match self {
            Column::Same(Some(Value::Time(it)), _) => Times::Same(Some(*it)),
            Column::Time(it) => match (it.cont_slice(), it.downcast_iter().next()) {
                (Ok(cells), _) => Times::Full(cells),
                (_, Some(cells)) => Times::Cells(cells),
                _ => Times::Same(None),
            },
            _ => Times::Same(None),
        }
    }

    /// The places of a column of places; absent ones are 0.
    pub fn places(&self) -> &[u64] {
        match self {
            Column::Place(it) => it.cont_slice().unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Changing the type of all cells: what the coercions of the plan do.
impl Column {
    /// Every cell as a number, absent where it reads as none.
    pub fn to_numbers(&self) -> Column {
        match self {
            Column::Number(_) => self.clone(),
            Column::Text(_) => {
                let texts = self.texts();
                Column::from_numbers((0..self.len()).map(|row| number::read(texts.get(row)?)))
            }
            Column::Same(it, rows) => Column::Same(it.as_ref().and_then(Value::to_number).map(Value::Number), *rows),
            _ => Column::from_numbers((0..self.len()).map(|row| self.value(row)?.to_number())),
        }
    }

    /// Every cell as the text it prints as; maps and lists have none.
    pub fn to_texts(&self) -> Column {
        match self {
            Column::Text(_) => self.clone(),
            Column::Json(_) => Column::absent(self.len()),
            Column::Same(Some(Value::Json(_)), rows) => Column::absent(*rows),
            Column::Same(it, rows) => Column::Same(it.as_ref().map(|it| Value::text(it.to_text())), *rows),
            _ => Column::from_texts((0..self.len()).map(|row| match self.value(row)? {
                Value::Json(_) => None,
                it => Some(it.to_text()),
            })),
        }
    }

    /// Every cell as a time.
    pub fn to_times(&self) -> Column {
        match self {
            Column::Time(_) => self.clone(),
            Column::Text(_) => {
                let texts = self.texts();
                Column::from_times((0..self.len()).map(|row| time::read(texts.get(row)?)))
            }
            Column::Same(it, rows) => Column::Same(it.as_ref().and_then(Value::to_time).map(Value::Time), *rows),
            _ => Column::from_times((0..self.len()).map(|row| self.value(row)?.to_time())),
        }
    }

    /// Every cell as a condition; what is absent stays absent: neither true nor false.
    pub fn to_bools(&self) -> Column {
        match self {
            Column::Bool(_) => self.clone(),
            Column::Same(it, rows) => Column::Same(it.as_ref().map(|it| Value::Bool(it.to_truth())), *rows),
            _ => Column::from_bools((0..self.len()).map(|row| Some(self.value(row)?.to_truth()))),
        }
    }
}

fn strings<T: AsRef<str>>(cells: impl IntoIterator<Item = Option<T>>) -> StringChunked {
    let cells = cells.into_iter();
    let mut builder = StringChunkedBuilder::new(PlSmallStr::EMPTY, cells.size_hint().0);
    for cell in cells {
        builder.append_option(cell);
    }
    builder.finish()
}
