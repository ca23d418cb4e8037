//! `GetQueryResults`: the rows of a query, in pages.

use std::sync::Arc;

use output::cells::Cells;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Action, Call};
use crate::jobs::{Answer, Job, Stage};
use crate::{Error, check, page};

/// `GetQueryResults`
pub static ACTION: Action = Action { name: "GetQueryResults", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    query_id: Option<String>,
    next_token: Option<String>,
    max_items: Option<i64>,
}

/// The most rows of a page.
const MOST: usize = 10_000;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let job = job(call, check::required("queryId", &arguments.query_id)?)?;
    check::number("maxItems", arguments.max_items, 0..=MOST as i64)?;
    let most = arguments.max_items.and_then(|it| usize::try_from(it).ok()).filter(|it| *it > 0).unwrap_or(MOST);
    let place = page::place(&job.id, arguments.next_token.as_deref(), call.now())?;
    let stage = job.stage();
    let mut found = json!({ "queryLanguage": "CWLI", "status": stage.status().name() });
    let answer = if let Stage::Ended { answer, .. } = stage { answer } else { None };
    match answer {
        Some(answer) => {
            let end = place.saturating_add(most).min(answer.batch.height);
            found["results"] = rows(&answer, place, end);
            found["statistics"] = statistics(&answer);
            if end < answer.batch.height {
                found["nextToken"] = Value::from(page::token(&job.id, end, call.now()));
            }
        }
        None => {
            found["results"] = json!([]);
            found["statistics"] = json!({});
        }
    }
    Ok(found)
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

/// The rows from one place to another: what is missing left out, the pointer last.
fn rows(answer: &Answer, from: usize, to: usize) -> Value {
    let cells = Cells::of(&answer.batch);
    let mut text = String::new();
    let field = |name: &str, value: &str| {
        let mut field = Map::with_capacity(2);
        field.insert(String::from("field"), Value::from(name));
        field.insert(String::from("value"), Value::from(value));
        Value::Object(field)
    };
    let rows = (from..to).map(|row| {
        let mut fields = Vec::with_capacity(answer.batch.names.len() + 1);
        for (column, name) in answer.batch.names.iter().enumerate() {
            if cells.read(column, row, &mut text) {
                fields.push(field(name, &text));
            }
        }
        if let Some(pointer) = answer.pointers.as_ref().and_then(|it| it.value(row)) {
            fields.push(field("@ptr", &pointer.to_text()));
        }
        Value::Array(fields)
    });
    Value::Array(rows.collect())
}

/// The counters, as doubles.
fn statistics(answer: &Answer) -> Value {
    let it = &answer.statistics;
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
