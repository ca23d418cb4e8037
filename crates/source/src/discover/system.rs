//! The fields that every event has, whatever its message: where it comes from and when.

use plan::Form;
use value::{Column, Value};

use crate::block::{Block, Rows};
use crate::cells::in_form;

/// The names of these fields, and what they hold.
pub static FIELDS: &[(&str, &str)] = &[
    ("@message", "the event as it was logged"),
    ("@timestamp", "when the event happened"),
    ("@ingestionTime", "when the service received it, where the data says so"),
    ("@logStream", "the log stream"),
    ("@log", "the account and the log group: `000000000000:/aws/lambda/api`"),
    ("@ptr", "where the event lies in the archive"),
    ("@aws.account", "the account, where it is known"),
];

/// The column of such a field; `None` for any other name.
pub(crate) fn column(block: &Block<'_>, name: &str, form: Form, rows: Rows<'_>) -> Option<Column> {
    let events = block.events();
    let same = |text: Option<&str>| Column::Same(text.map(Value::text), rows.len());
    let column = match name {
        "@message" if form == Form::Present => Column::Same(Some(Value::Bool(true)), rows.len()),
        "@message" => Column::from_texts(rows.each().map(|it| Some(block.message(it)))),
        "@timestamp" => times(rows, |it| block.time(it)),
        "@ingestionTime" if events.ingested.is_empty() => Column::absent(rows.len()),
        "@ingestionTime" => times(rows, |it| block.ingested(it)),
        "@logStream" if events.streams.is_empty() => same(block.common_stream()),
        "@logStream" => Column::from_texts(rows.each().map(|it| block.stream(it))),
        "@log" => match block.common_origin() {
            Some(it) => same(Some(&it.log)),
            None => Column::from_texts(rows.each().map(|it| Some(block.origin(it).log.as_str()))),
        },
        "@ptr" => Column::from_places(rows.each().map(|it| block.place(it)).collect()),
        "@aws.account" => match block.common_origin() {
            Some(it) => same(it.account.as_deref()),
            None => Column::from_texts(rows.each().map(|it| block.origin(it).account.as_deref())),
        },
        _ => return None,
    };
    if name == "@message" && form == Form::Present {
        return Some(column);
    }
    Some(in_form(column, form))
}

fn times(rows: Rows<'_>, time: impl Fn(usize) -> Option<i64>) -> Column {
    let mut full = Vec::with_capacity(rows.len());
    for row in rows.each() {
        match time(row) {
            Some(it) => full.push(it),
            None => return Column::from_times(rows.each().map(time)),
        }
    }
    Column::from_full_times(full)
}
