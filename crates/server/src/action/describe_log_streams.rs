//! `DescribeLogStreams`: the log streams of a log group.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::streams::Stream;
use crate::{Error, check, identifier, page, streams};

/// `DescribeLogStreams`
pub static ACTION: Action = Action { name: "DescribeLogStreams", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_name_prefix: Option<String>,
    order_by: Option<String>,
    descending: Option<bool>,
    limit: Option<i64>,
}

/// The most log streams of a page.
const MOST: usize = 50;
/// The orders that there are; the first is the one where none is named.
const ORDERS: &[&str] = &["LogStreamName", "LastEventTime"];

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("limit", arguments.limit, 1..=MOST as i64)?;
    check::among("orderBy", arguments.order_by.as_deref(), ORDERS)?;
    let by_time = arguments.order_by.as_deref() == Some(ORDERS[1]);
    if by_time && arguments.log_stream_name_prefix.is_some() {
        return Err(Error::invalid("Cannot order by LastEventTime with a logStreamNamePrefix."));
    }
    let group = identifier::one_of(call, &arguments.log_group_name, &arguments.log_group_identifier)?;
    let most = check::most(arguments.limit, MOST);
    let prefix = arguments.log_stream_name_prefix.unwrap_or_default();
    let found = streams::of(call.service, &group)?.into_iter().filter(|it| it.0.starts_with(&prefix));
    let mut found: Vec<(String, Stream)> = found.collect();
    if by_time {
        found.sort_by_key(|(_, it)| it.last);
    }
    if arguments.descending == Some(true) {
        found.reverse();
    }
    let arn = identifier::arn(call, &group);
    let created = call.service.created(&group);
    let (found, next) = page::page(call, most, found)?;
    let described = found.iter().map(|(name, it)| describe(&arn, created, name, it));
    Ok(page::listed("logStreams", (described.collect(), next)))
}

/// What is told of a stream; `created` is when its log group was, and so it too where nothing is known of its own times.
fn describe(group: &str, created: i64, name: &str, stream: &Stream) -> Value {
    let mut described = json!({ "logStreamName": name, "arn": format!("{group}:log-stream:{name}"), "storedBytes": 0 });
    let times = [
        ("creationTime", stream.created.or(stream.first).or(Some(created))),
        ("firstEventTimestamp", stream.first),
        ("lastEventTimestamp", stream.last),
        // Of an archive nobody knows it, and clients rely on it.
        ("lastIngestionTime", stream.received.or(stream.last)),
    ];
    for (name, time) in times {
        if let Some(time) = time {
            described[name] = Value::from(time);
        }
    }
    described
}
