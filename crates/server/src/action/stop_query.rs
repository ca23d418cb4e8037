//! `StopQuery`: ends a query that runs.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::jobs::Status;
use crate::{Error, check};

/// `StopQuery`
pub static ACTION: Action = Action { name: "StopQuery", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    query_id: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let job = super::job(call, check::required("queryId", &arguments.query_id)?)?;
    match job.stop(Status::Cancelled) {
        true => Ok(json!({ "success": true })),
        false => Err(Error::invalid(format!(
            "Query with ID {} has already ended with the current state {}",
            job.id,
            job.stage().status().name()
        ))),
    }
}
