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
    next_token: Option<String>,
    limit: Option<i64>,
}

/// The most tasks of a page.
const MOST: usize = 50;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("limit", arguments.limit, 1..=MOST as i64)?;
    check::among("statusCode", arguments.status_code.as_deref(), CODES)?;
    let most = arguments.limit.and_then(|it| usize::try_from(it).ok()).unwrap_or(MOST);
    let list = format!("export tasks {:?} {:?}", arguments.task_id, arguments.status_code);
    let place = page::place(&list, arguments.next_token.as_deref(), call.now())?;
    let is_wanted = |it: &Arc<Task>| {
        arguments.task_id.as_ref().is_none_or(|id| *id == it.id)
            && arguments.status_code.as_deref().is_none_or(|code| code == it.state().code)
    };
    let found: Vec<Arc<Task>> = call.service.exports.all().into_iter().filter(is_wanted).collect();
    let (found, next) = page::cut(found, &list, place, most, call.now());
    let mut answer = json!({ "exportTasks": found.iter().map(|it| describe(it)).collect::<Vec<_>>() });
    if let Some(token) = next {
        answer["nextToken"] = Value::from(token);
    }
    Ok(answer)
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
