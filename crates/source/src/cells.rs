//! The cells of one field while its columns grow, in each form that is wanted.

use plan::Form;
use polars::prelude::{PlSmallStr, StringChunkedBuilder};
use value::{Column, number};

use crate::json::Scalar;
use crate::json::scalar::unescape;

/// A field's column in one form, cell by cell.
pub(crate) struct Cells {
    form: Growing,
    any: bool,
    all: bool,
    scratch: String,
    rows: usize,
}

enum Growing {
    Text(StringChunkedBuilder),
    Number(Vec<f64>),
    Present(Vec<bool>),
}

impl Cells {
    /// No cells yet, for so many rows.
    pub(crate) fn new(form: Form, rows: usize) -> Cells {
        let form = match form {
            Form::Text => Growing::Text(StringChunkedBuilder::new(PlSmallStr::EMPTY, rows)),
            Form::Number => Growing::Number(Vec::with_capacity(rows)),
            Form::Present => Growing::Present(Vec::with_capacity(rows)),
        };
        Cells { form, any: false, all: true, scratch: String::new(), rows: 0 }
    }

    /// Adds the value of the next row.
    #[inline]
    pub(crate) fn push(&mut self, scalar: Scalar<'_>) {
        self.rows += 1;
        let present = match &mut self.form {
            Growing::Text(cells) => match scalar {
                Scalar::Missing => {
                    cells.append_null();
                    false
                }
                Scalar::Text(it) | Scalar::Number(it) => {
                    cells.append_value(it);
                    true
                }
                Scalar::Escaped(it) => {
                    self.scratch.clear();
                    let whole = unescape(it, &mut self.scratch);
                    cells.append_option(whole.then_some(self.scratch.as_str()));
                    whole
                }
                Scalar::Bool(it) => {
                    cells.append_value(if it { "1" } else { "0" });
                    true
                }
            },
            Growing::Number(cells) => {
                let cell = scalar.number();
                cells.push(cell.unwrap_or(f64::NAN));
                cell.is_some()
            }
            Growing::Present(cells) => {
                cells.push(scalar.is_present());
                true
            }
        };
        self.any |= present;
        self.all &= present;
    }

    /// Adds a text that was made from the message.
    pub(crate) fn push_text(&mut self, text: Option<&str>) {
        self.push(text.map_or(Scalar::Missing, Scalar::Text));
    }

    /// The column.
    pub(crate) fn finish(self) -> Column {
        if !self.any {
            return Column::absent(self.rows);
        }
        match self.form {
            Growing::Text(cells) => Column::Text(cells.finish()),
            Growing::Number(cells) if self.all => Column::from_full_numbers(cells),
            Growing::Number(cells) => Column::from_numbers(cells.into_iter().map(|it| (!it.is_nan()).then_some(it))),
            Growing::Present(cells) => Column::from_bools(cells.into_iter().map(Some)),
        }
    }
}

/// A column of whole values in the form that is wanted.
pub(crate) fn in_form(column: Column, form: Form) -> Column {
    match form {
        Form::Text => column,
        Form::Number => column.to_numbers(),
        Form::Present => Column::from_bools((0..column.len()).map(|row| Some(column.is_present(row)))),
    }
}

/// Java's way of printing the double that a text reads as.
pub(crate) fn as_double(text: &str) -> Option<String> {
    number::read(text).map(number::print_double)
}
