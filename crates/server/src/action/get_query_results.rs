//! `GetQueryResults`: the rows of a query, in pages.

use std::sync::Arc;

use engine::Statistics;
use output::cells::Cells;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use value::{Batch, Column};

use super::{Action, Call};
use crate::jobs::{Job, Stage};
use crate::page::{self, List};
use crate::{Error, check};

/// `GetQueryResults`
pub static ACTION: Action = Action { name: "GetQueryResults", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    query_id: Option<String>,
    max_items: Option<i64>,
}

/// The most rows of a page.
const MOST: usize = 10_000;
/// A page ends with the row that takes its texts beyond so many bytes.
const LARGEST: usize = 32 << 20;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("maxItems", arguments.max_items, 0..=MOST as i64)?;
    let job = job(call, check::required("queryId", &arguments.query_id)?)?;
    let most = check::most(arguments.max_items.filter(|it| *it > 0), MOST);
    let list = List::of(call, page::HOUR)?;
    let place = list.place()?;
    let stage = job.stage();
    let mut answer = json!({ "queryLanguage": "CWLI", "status": stage.status().name() });
    let (results, statistics) = match &stage {
        Stage::Ended { answer: Some(found), .. } => {
            let rows = rows(&found.batch, found.pointers.as_ref(), place, most);
            let end = place.saturating_add(rows.len());
            if end < found.batch.height {
                answer["nextToken"] = Value::from(list.token(&end));
            }
            (Value::Array(rows), statistics(&found.statistics))
        }
        Stage::Ended { answer: None, .. } => (json!([]), json!({})),
        // Rows may yet come and go, so there is no second page of them.
        Stage::Running(_) => match job.so_far() {
            Some(found) => {
                let rows = rows(&found.batch, found.pointers.as_ref(), 0, most);
                (Value::Array(rows), so_far(&found.statistics))
            }
            None => (json!([]), json!({})),
        },
    };
    if let Stage::Ended { notes, .. } = &stage
        && !notes.is_empty()
    {
        answer["diagnostics"] = json!(notes.as_ref());
    }
    answer["results"] = results;
    answer["statistics"] = statistics;
    Ok(answer)
}

/// The query of an id.
///
/// # Errors
/// There is none, or none any more.
pub fn job(call: &Call, id: &str) -> Result<Arc<Job>, Error> {
    check::length("queryId", id, 1..=256)?;
    let found = call.service.jobs.find(id);
    found.ok_or_else(|| Error::not_found(format!("Query with id {id} does not exist or has expired")))
}

/// So many rows from a place on, or as many as a page holds: what is missing left out, the pointer last.
fn rows(batch: &Batch, pointers: Option<&Column>, from: usize, most: usize) -> Vec<Value> {
    let cells = Cells::of(batch);
    let (mut text, mut bytes) = (String::new(), 0);
    // A query that shows it itself has it among its columns.
    let is_shown = batch.names.iter().any(|it| **it == *"@ptr");
    let mut rows = Vec::new();
    for row in from..from.saturating_add(most).min(batch.height) {
        let mut fields = Vec::with_capacity(batch.names.len() + 1);
        for (column, name) in batch.names.iter().enumerate() {
            if cells.read(column, row, &mut text) {
                bytes += name.len() + text.len();
                fields.push(field(name, &text));
            }
        }
        if let Some(pointer) = pointers.filter(|_| !is_shown).and_then(|it| it.value(row)) {
            fields.push(field("@ptr", &pointer.to_text()));
        }
        rows.push(Value::Array(fields));
        if bytes > LARGEST {
            break;
        }
    }
    rows
}

fn field(name: &str, value: &str) -> Value {
    let mut field = Map::with_capacity(2);
    field.insert(String::from("field"), Value::from(name));
    field.insert(String::from("value"), Value::from(value));
    Value::Object(field)
}

/// The counters, as doubles.
fn statistics(it: &Statistics) -> Value {
    json!({
        "recordsMatched": it.records_matched as f64,
        "recordsScanned": it.records_scanned as f64,
        "estimatedRecordsSkipped": 0.0,
        "bytesScanned": it.bytes_scanned as f64,
        "estimatedBytesSkipped": 0.0,
        "logGroupsScanned": it.log_groups_scanned as f64,
        "resultCount": it.result_count as f64,
    })
}

/// The counters that are known while a query runs.
fn so_far(it: &Statistics) -> Value {
    json!({ "recordsMatched": it.records_matched as f64, "recordsScanned": it.records_scanned as f64 })
}
