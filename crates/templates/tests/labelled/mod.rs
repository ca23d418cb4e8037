//! Files of messages that people have labelled: CSV with the columns `Content` and `EventId`.

use std::path::Path;

use crate::grouping::Labelled;

/// Reads a file.
///
/// # Errors
///
/// It cannot be read, lacks one of the columns, has a row of another length than its header, or has no row at all.
pub fn read(path: &Path) -> Result<Vec<Labelled>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|it| it.to_string())?;
    let headers = reader.headers().map_err(|it| it.to_string())?.clone();
    let column = |name: &str| headers.iter().position(|it| it == name).ok_or(format!("there is no column `{name}`"));
    let (content, label) = (column("Content")?, column("EventId")?);
    let mut messages = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|it| it.to_string())?;
        messages.push(Labelled { label: row[label].to_owned(), message: row[content].to_owned() });
    }
    if messages.is_empty() { Err("there is no message".to_owned()) } else { Ok(messages) }
}
