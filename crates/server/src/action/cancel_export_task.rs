//! `CancelExportTask`: ends an export task early.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::error::Kind;
use crate::{Error, check};

/// `CancelExportTask`
pub static ACTION: Action = Action { name: "CancelExportTask", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    task_id: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let id = check::required("taskId", &arguments.task_id)?;
    let Some(task) = call.service.exports.find(id) else {
        return Err(Error::not_found("The specified export task does not exist."));
    };
    match task.cancel() {
        true => Ok(json!({})),
        false => Err(Error::new(Kind::InvalidOperation, "The specified export task has already finished")),
    }
}
