//! `DescribeExportTasks`: the export tasks since the server was started.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::exports::{CODES, Task};
use crate::{Error, check, page};

/// `DescribeExportTasks`
pub static ACTION: Action = Action { name: "DescribeExportTasks", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    task_id: Option<String>,
    status_code: Option<String>,
    limit: Option<i64>,
}

/// The most tasks of a page.
const MOST: usize = 50;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("limit", arguments.limit, 1..=MOST as i64)?;
    check::among("statusCode", arguments.status_code.as_deref(), CODES)?;
    let most = check::most(arguments.limit, MOST);
    let is_wanted = |it: &Arc<Task>| {
        arguments.task_id.as_ref().is_none_or(|id| *id == it.id)
            && arguments.status_code.as_deref().is_none_or(|code| code == it.state().code)
    };
    let found = call.service.exports.all().into_iter().filter(is_wanted).map(|it| describe(&it));
    Ok(page::listed("exportTasks", page::page(call, most, found.collect())?))
}

fn describe(task: &Task) -> Value {
    let (order, state) = (&task.order, task.state());
    let mut described = json!({
        "taskId": task.id,
        "logGroupName": order.group.name,
        "from": order.range.start,
        "to": order.range.end,
        "destination": order.destination,
        "destinationPrefix": order.prefix,
        "status": { "code": state.code, "message": state.message },
        "executionInfo": { "creationTime": task.created },
    });
    if let Some(name) = &order.name {
        described["taskName"] = Value::from(name.as_str());
    }
    if let Some(completed) = state.completed {
        described["executionInfo"]["completionTime"] = Value::from(completed);
    }
    described
}
