//! The log types: which fields a message yields.

use plan::{Form, Wanted};
use value::{Column, Value};

use crate::block::{Block, Rows};
use crate::cells::Cells;

pub(crate) mod flow;
pub(crate) mod json;
pub(crate) mod lambda;
pub(crate) mod origin;
pub(crate) mod route53;
pub(crate) mod syslog;
pub(crate) mod system;
mod words;

pub use system::FIELDS as SYSTEM_FIELDS;

/// A log type: the fields that its messages yield. It knows nothing of files.
pub struct LogType {
    /// What it is called.
    pub name: &'static str,
    /// Which messages, and which fields.
    pub doc: &'static str,
    /// Whether a field of this name can come from it.
    pub gives: fn(&str) -> bool,
    /// Which messages are of this type: its names are its alone there, and all others are those of JSON. Without, any
    /// message may be, beside what else it is.
    pub(crate) is_of: Option<fn(&Block<'_>, &str) -> bool>,
    /// Adds the fields' cells for each of the rows, one look at each message. The rows are of this type, the fields
    /// may be of others.
    pub(crate) fields: fn(&Block<'_>, Rows<'_>, &mut [Field<'_>]),
    /// Tells every field of the message of a row with its value.
    pub(crate) all: fn(&Block<'_>, usize, Tell<'_>),
}

/// What is told of each field: its name, and its value as text.
pub(crate) type Tell<'t> = &'t mut dyn FnMut(&str, &str);

/// All log types.
///
/// The first gives names that no other has. The last has the messages that are of none between them.
pub static ALL: &[&LogType] = &[&lambda::LAMBDA, &flow::FLOW, &route53::ROUTE53, &syslog::SYSLOG, &json::JSON];

/// A wanted field while its columns grow, one for each form it is wanted in.
pub(crate) struct Field<'w> {
    pub(crate) name: &'w str,
    pub(crate) cells: Vec<Cells>,
    /// Which of the wanted columns each of them is.
    places: Vec<usize>,
}

/// The columns of a block, one for each wanted field.
pub(crate) fn columns(block: &Block<'_>, wanted: &[Wanted], rows: Rows<'_>) -> Vec<Column> {
    let system = |it: &Wanted| {
        let column = system::column(block, &it.name, it.form, rows);
        column.or_else(|| origin::column(block, &it.name, it.form, rows))
    };
    let mut columns: Vec<Option<Column>> = wanted.iter().map(system).collect();
    fill(&mut columns, wanted, rows, lambda::LAMBDA.gives, |fields| (lambda::LAMBDA.fields)(block, rows, fields));
    let is_given = |name: &str| exclusive().any(|it| (it.gives)(name));
    let is_mixed = wanted.iter().zip(&columns).any(|(it, column)| column.is_none() && is_given(&it.name));
    let gives = |name: &str| is_given(name) || (json::JSON.gives)(name);
    fill(&mut columns, wanted, rows, gives, |fields| {
        // Names that no line of words has need no look at what the lines are.
        if !is_mixed {
            return (json::JSON.fields)(block, rows, fields);
        }
        for (log_type, rows) in runs(block, rows) {
            fields.sort_by_key(|it| !(log_type.gives)(it.name));
            let (own, others) = fields.split_at_mut(fields.partition_point(|it| (log_type.gives)(it.name)));
            for (log_type, fields) in [(log_type, own), (&json::JSON, others)] {
                if !fields.is_empty() {
                    (log_type.fields)(block, rows.rows(), fields);
                }
            }
        }
    });
    // A field that no log type gives is a field that no event has.
    columns.into_iter().zip(wanted).map(|(it, wanted)| it.unwrap_or_else(|| nowhere(wanted.form, rows.len()))).collect()
}

/// The text that stands in every message that has the field, if there is one: a key of its JSON.
pub(crate) fn key_of(name: &str) -> Option<&str> {
    let is_of_others = (lambda::LAMBDA.gives)(name) || exclusive().any(|it| (it.gives)(name));
    let flat = json::flat_name(name).filter(|_| !is_of_others)?;
    // A part of digits may be the index of a list, which stands nowhere.
    let parts = flat.split('.').filter(|it| !it.bytes().all(|it| it.is_ascii_digit()));
    parts.max_by_key(|it| it.len())
}

/// Tells every field that the message of a row yields.
pub(crate) fn all(block: &Block<'_>, row: usize, tell: Tell<'_>) {
    (lambda::LAMBDA.all)(block, row, tell);
    let log_type = of_message(block, block.message(row));
    (log_type.all)(block, row, tell);
    if log_type.is_of.is_some() {
        (json::JSON.all)(block, row, &mut |name, text| {
            if !(log_type.gives)(name) {
                tell(name, text);
            }
        });
    }
    origin::all(block, row, tell);
    block.events().brought.of_row(row).for_each(|(name, text)| tell(name, text));
}

/// Fills the columns that are still missing and that `gives` knows, by one call of `add`.
fn fill(
    columns: &mut [Option<Column>],
    wanted: &[Wanted],
    rows: Rows<'_>,
    gives: impl Fn(&str) -> bool,
    add: impl FnOnce(&mut [Field<'_>]),
) {
    let mut fields: Vec<Field<'_>> = Vec::new();
    for (index, it) in wanted.iter().enumerate() {
        if columns[index].is_some() || !gives(&it.name) {
            continue;
        }
        let cells = Cells::new(it.form, rows.len());
        match fields.iter_mut().find(|field| *field.name == *it.name) {
            Some(known) => {
                known.cells.push(cells);
                known.places.push(index);
            }
            None => fields.push(Field { name: &it.name, cells: vec![cells], places: vec![index] }),
        }
    }
    if fields.is_empty() {
        return;
    }
    add(&mut fields);
    for field in fields {
        for (cells, place) in field.cells.into_iter().zip(field.places) {
            columns[place] = Some(cells.finish());
        }
    }
}

/// The types whose names are theirs alone in their messages.
fn exclusive() -> impl Iterator<Item = &'static LogType> {
    ALL.iter().copied().filter(|it| it.is_of.is_some())
}

/// The type that a message is of, beside what Lambda makes of it.
fn of_message(block: &Block<'_>, message: &str) -> &'static LogType {
    // Most messages are JSON or begin with a letter: those are none of the others, unless their file says so.
    let is_told = block.layout().is_some() || block.is_syslog();
    let may_be_words = is_told || matches!(message.as_bytes().first(), Some(b'0'..=b'9' | b'<'));
    let found = may_be_words.then(|| exclusive().find(|it| it.is_of.is_some_and(|is_of| is_of(block, message))));
    found.flatten().unwrap_or(&json::JSON)
}

/// Rows of one type that follow each other.
enum Run<'r> {
    /// All that were asked for.
    All(Rows<'r>),
    Some(Vec<u32>),
}

impl Run<'_> {
    fn rows(&self) -> Rows<'_> {
        match self {
            Run::All(rows) => *rows,
            Run::Some(rows) => Rows::Some(rows),
        }
    }
}

/// The rows cut where the type of their messages changes: mostly nowhere.
fn runs<'r>(block: &Block<'_>, rows: Rows<'r>) -> Vec<(&'static LogType, Run<'r>)> {
    let of_row = |row: usize| of_message(block, block.message(row));
    let same = |a: &LogType, b: &LogType| std::ptr::eq(a, b);
    let mut each = rows.each();
    let Some(first) = each.next().map(of_row) else { return Vec::new() };
    if each.all(|row| same(of_row(row), first)) {
        return vec![(first, Run::All(rows))];
    }
    let mut runs: Vec<(&'static LogType, Vec<u32>)> = Vec::new();
    for row in rows.each() {
        let log_type = of_row(row);
        match runs.last_mut() {
            Some((last, rows)) if same(last, log_type) => rows.push(row as u32),
            _ => runs.push((log_type, vec![row as u32])),
        }
    }
    runs.into_iter().map(|(log_type, rows)| (log_type, Run::Some(rows))).collect()
}

fn nowhere(form: Form, rows: usize) -> Column {
    match form {
        Form::Present => Column::Same(Some(Value::Bool(false)), rows),
        Form::Text | Form::Number => Column::absent(rows),
    }
}
