//! Rows of a saved answer as events: what a row has beside its message is kept, and stands before what that yields.

use std::collections::HashMap;
use std::ops::Range;

use plan::{Form, Wanted};
use value::json::quote;
use value::{Column, number, time};

use crate::block::{Block, Rows};
use crate::event::{Events, UNTIMED};
use crate::report::Trouble;

/// A row of a saved answer: the names of its columns with their values, what is missing left out.
pub(crate) type Row = Vec<(String, String)>;

/// The columns that are what an event has anyway, and the pointer, which leads nowhere in another archive.
const SYSTEM: [&str; 5] = ["@timestamp", "@message", "@logStream", "@ingestionTime", "@ptr"];

/// How many bytes of messages are written for a file at most, but for the last one.
const MOST_COPIED: usize = 1 << 30;

/// What events bring along beside their messages.
#[derive(Debug, Default)]
pub(crate) struct Brought {
    names: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
    /// All values, one after another.
    text: String,
    /// The number of each value's name, and where in the text it ends.
    values: Vec<(u32, u32)>,
    /// How many values there are up to each event's last.
    ends: Vec<u32>,
}

impl Brought {
    /// Whether no event brings anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// What an event brings: names and values.
    pub(crate) fn of_row(&self, row: usize) -> impl Iterator<Item = (&str, &str)> {
        self.values_of(row).filter_map(|(name, text)| Some((&**self.names.get(name as usize)?, text)))
    }

    /// An event's value of the name with this number.
    fn value(&self, row: usize, name: u32) -> Option<&str> {
        self.values_of(row).filter(|it| it.0 == name).last().map(|it| it.1)
    }

    fn values_of(&self, row: usize) -> impl Iterator<Item = (u32, &str)> {
        let end = |row: Option<usize>| row.and_then(|it| self.ends.get(it)).map_or(0, |it| *it as usize);
        let (from, to) = (end(row.checked_sub(1)), end(Some(row)));
        (from..to).filter_map(|it| {
            let start = it.checked_sub(1).and_then(|it| self.values.get(it)).map_or(0, |it| it.1);
            let (name, end) = *self.values.get(it)?;
            Some((name, self.text.get(start as usize..end as usize)?))
        })
    }

    fn add(&mut self, row: &Row) {
        for (name, value) in row.iter().filter(|it| !SYSTEM.contains(&it.0.as_str())) {
            let number = self.numbers.get(name.as_str()).copied().unwrap_or_else(|| {
                let number = self.names.len() as u32;
                self.names.push(name.as_str().into());
                self.numbers.insert(name.as_str().into(), number);
                number
            });
            self.text.push_str(value);
            self.values.push((number, self.text.len() as u32));
        }
        self.ends.push(self.values.len() as u32);
    }
}

impl Events {
    /// Adds an event that is a row of a saved answer, with its message; without one, the row as JSON: the object that
    /// it is in the block, or one that is written.
    pub(crate) fn add_saved(&mut self, bytes: &[u8], head: usize, row: &Row, object: Option<Range<usize>>) {
        let time = cell(row, "@timestamp").and_then(time::read);
        self.add_row(bytes, head, time, row, object);
    }

    /// The same, of a row that has this time.
    pub(crate) fn add_row(
        &mut self,
        bytes: &[u8],
        head: usize,
        time: Option<i64>,
        row: &Row,
        object: Option<Range<usize>>,
    ) {
        // Names that are much longer than the values may well come to more than the file is.
        if self.copied.len() >= MOST_COPIED {
            return self.trouble(head, Trouble::TooLong);
        }
        let cell = |name: &str| cell(row, name);
        let start = self.copied.len();
        match (cell("@message"), object) {
            (Some(it), _) => self.copied.extend_from_slice(it.as_bytes()),
            (None, Some(it)) => self.copied.extend_from_slice(bytes.get(it).unwrap_or_default()),
            (None, None) => self.copied.extend_from_slice(as_object(row).as_bytes()),
        }
        if !self.add_copied(head, time, start) {
            return;
        }
        if let Some(ingested) = cell("@ingestionTime").and_then(time::read) {
            self.ingested.resize(self.heads.len() - 1, UNTIMED);
            self.ingested.push(ingested);
        }
        if let Some(stream) = cell("@logStream") {
            let number = self.number(stream.into());
            self.streams.resize(self.heads.len() - 1, 0);
            self.streams.push(number);
        }
        self.brought.add(row);
    }
}

/// What stands in the column of this name, the last of them.
pub(crate) fn cell<'r>(row: &'r Row, name: &str) -> Option<&'r str> {
    row.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_str())
}

/// A row as a JSON object of texts, as answers are written.
fn as_object(row: &Row) -> String {
    let mut object = String::from("{");
    for (name, value) in row.iter().filter(|it| it.0 != "@ptr") {
        if object.len() > 1 {
            object.push(',');
        }
        quote(name, &mut object);
        object.push(':');
        quote(value, &mut object);
    }
    object.push('}');
    object
}

/// The columns of a block, with what its events bring along in place of what was found.
pub(crate) fn over(block: &Block<'_>, wanted: &[Wanted], rows: Rows<'_>, columns: Vec<Column>) -> Vec<Column> {
    let brought = &block.events().brought;
    if brought.is_empty() {
        return columns;
    }
    let each = columns.into_iter().zip(wanted);
    each.map(|(column, wanted)| match brought.numbers.get(&*wanted.name) {
        Some(name) => over_column(&column, wanted.form, rows.each().map(|row| brought.value(row, *name))),
        None => column,
    })
    .collect()
}

fn over_column<'b>(column: &Column, form: Form, brought: impl Iterator<Item = Option<&'b str>>) -> Column {
    let each = brought.enumerate();
    match form {
        Form::Text => {
            let found = column.to_texts();
            Column::from_texts(each.map(|(row, it)| it.or_else(|| found.texts().get(row))))
        }
        Form::Number => {
            let found = column.numbers();
            Column::from_numbers(each.map(|(row, it)| it.map_or_else(|| found.get(row), number::read)))
        }
        Form::Present => {
            let found = column.bools();
            Column::from_bools(each.map(|(row, it)| if it.is_some() { Some(true) } else { found.get(row) }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    fn row(cells: &[(&str, &str)]) -> Row {
        cells.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_row_without_a_message_is_its_json() {
        assert_eq!(as_object(&row(&[("bin(5m)", "a\"b"), ("@ptr", "x"), ("n", "3")])), r#"{"bin(5m)":"a\"b","n":"3"}"#);
        assert_eq!(as_object(&row(&[])), "{}");
    }

    #[test]
    fn each_event_has_what_it_brought() {
        let mut events = Events::within(Window::all());
        let mut add = |head, row: &Row| events.add_saved(b"", head, row, None);
        add(0, &row(&[("@message", "m"), ("a", "1"), ("b", "2")]));
        add(1, &row(&[("@message", "m"), ("@logStream", "s"), ("@ingestionTime", "1970-01-01 00:00:00.001")]));
        add(2, &row(&[("@timestamp", "1970-01-01 00:00:00.002"), ("b", "3"), ("b", "4")]));
        let of = |row| events.brought.of_row(row).collect::<Vec<_>>();
        assert_eq!((of(0), of(1), of(2)), (vec![("a", "1"), ("b", "2")], vec![], vec![("b", "3"), ("b", "4")]));
        assert_eq!(events.brought.value(2, 1), Some("4"));
        assert_eq!((events.stream_of(1), events.stream_of(2)), (Some("s"), None));
        assert_eq!((events.ingested(0), events.ingested(1), events.ingested(2)), (None, Some(1), None));
        assert_eq!(events.times, [UNTIMED, UNTIMED, 2]);
    }
}
