//! `ListLogGroupsForQuery`: the log groups that a query reads.

use serde::Deserialize;
use serde_json::Value;

use super::{Action, Call};
use crate::{Error, check, page};

/// `ListLogGroupsForQuery`
pub static ACTION: Action = Action { name: "ListLogGroupsForQuery", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    query_id: Option<String>,
    max_results: Option<i64>,
}

/// The most log groups of a page.
const MOST: usize = 500;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("maxResults", arguments.max_results, 50..=MOST as i64)?;
    let job = super::job(call, check::required("queryId", &arguments.query_id)?)?;
    let groups = job.question.groups.iter().map(|it| Value::from(it.as_str()));
    let most = check::most(arguments.max_results, MOST);
    Ok(page::listed("logGroupIdentifiers", page::page(call, most, groups.collect())?))
}
