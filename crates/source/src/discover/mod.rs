//! The log types: which fields a message yields.

use plan::{Form, Wanted};
use value::{Column, Value};

use crate::block::{Block, Rows};
use crate::cells::Cells;

pub(crate) mod json;
pub(crate) mod lambda;
pub(crate) mod system;

pub use system::FIELDS as SYSTEM_FIELDS;

/// A log type: the fields that its messages yield. It knows nothing of files.
///
/// The names of two log types never overlap, so each wanted field has one that looks for it.
pub struct LogType {
    /// What it is called.
    pub name: &'static str,
    /// Which messages, and which fields.
    pub doc: &'static str,
    /// Whether a field of this name can come from it.
    pub gives: fn(&str) -> bool,
    /// Adds the fields' cells for each of the rows, one look at each message.
    pub(crate) fields: fn(&Block<'_>, Rows<'_>, &mut [Field<'_>]),
    /// Tells every field of a message with its value.
    pub(crate) all: fn(&str, Tell<'_>),
}

/// What is told of each field: its name, and its value as text.
pub(crate) type Tell<'t> = &'t mut dyn FnMut(&str, &str);

/// All log types, in the order in which a field's name is offered to them.
pub static ALL: &[&LogType] = &[&lambda::LAMBDA, &json::JSON];

/// A wanted field while its columns grow, one for each form it is wanted in.
pub(crate) struct Field<'w> {
    pub(crate) name: &'w str,
    pub(crate) cells: Vec<Cells>,
}

/// The columns of a block, one for each wanted field.
pub(crate) fn columns(block: &Block<'_>, wanted: &[Wanted], rows: Rows<'_>) -> Vec<Column> {
    let mut columns: Vec<Option<Column>> =
        wanted.iter().map(|it| system::column(block, &it.name, it.form, rows)).collect();
    for log_type in ALL {
        let mut fields: Vec<Field<'_>> = Vec::new();
        // Which column each of the fields' cells are.
        let mut places: Vec<Vec<usize>> = Vec::new();
        for (index, it) in wanted.iter().enumerate() {
            if columns[index].is_some() || !(log_type.gives)(&it.name) {
                continue;
            }
            let cells = Cells::new(it.form, rows.len());
            match fields.iter().position(|field| *field.name == *it.name) {
                Some(known) => {
                    fields[known].cells.push(cells);
                    places[known].push(index);
                }
                None => {
                    fields.push(Field { name: &it.name, cells: vec![cells] });
                    places.push(vec![index]);
                }
            }
        }
        if fields.is_empty() {
            continue;
        }
        (log_type.fields)(block, rows, &mut fields);
        for (field, places) in fields.into_iter().zip(places) {
            for (cells, place) in field.cells.into_iter().zip(places) {
                columns[place] = Some(cells.finish());
            }
        }
    }
    // A field that no log type gives is a field that no event has.
    columns.into_iter().zip(wanted).map(|(it, wanted)| it.unwrap_or_else(|| nowhere(wanted.form, rows.len()))).collect()
}

fn nowhere(form: Form, rows: usize) -> Column {
    match form {
        Form::Present => Column::Same(Some(Value::Bool(false)), rows),
        Form::Text | Form::Number => Column::absent(rows),
    }
}
