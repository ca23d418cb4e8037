//! `FilterLogEvents`: the events of a log group, by streams, times and a filter pattern.

use filter::Pattern;
use plan::Range;
use serde::Deserialize;
use serde_json::{Value, json};
use source::Group;

use super::{Action, Call};
use crate::events::{self, Chosen, Direction, Event, Place, Question};
use crate::page::{self, List};
use crate::{Error, check, identifier, streams, writing};

/// `FilterLogEvents`
pub static ACTION: Action = Action { name: "FilterLogEvents", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_names: Option<Vec<String>>,
    log_stream_name_prefix: Option<String>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    filter_pattern: Option<String>,
    limit: Option<i64>,
    start_from_head: Option<bool>,
}

/// The most events of a page.
pub const MOST: usize = 10_000;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("limit", arguments.limit, 1..=MOST as i64)?;
    let pattern = pattern(arguments.filter_pattern.as_deref())?;
    let range = range(arguments.start_time, arguments.end_time)?;
    let group = identifier::one_of(call, &arguments.log_group_name, &arguments.log_group_identifier)?;
    let chosen = chosen(call, &group, arguments.log_stream_names, arguments.log_stream_name_prefix)?;
    let direction = match arguments.start_from_head {
        Some(false) => Direction::Backward,
        _ => Direction::Forward,
    };
    let list = List::of(call, page::DAY)?;
    let from = list.start()?.map(|it| Place::read(&it).ok_or_else(page::invalid)).transpose()?;
    let question = Question {
        groups: std::slice::from_ref(&group),
        streams: &chosen,
        range,
        pattern: pattern.as_ref(),
        from,
        direction,
        most: check::most(arguments.limit, MOST),
    };
    let page = events::page(&call.service.archive, &question)?;
    let behind = |last: &Event| match direction {
        Direction::Forward => last.place,
        Direction::Backward => last.place.before(),
    };
    let next = page.events.last().filter(|_| page.has_more).map(|last| list.token(&behind(last).digits()));
    let found: Vec<Value> = page.events.into_iter().map(described).collect();
    let mut answer = json!({ "events": found, "searchedLogStreams": [] });
    if let Some(token) = next {
        answer["nextToken"] = Value::from(token);
    }
    Ok(answer)
}

/// The log streams that are named, or those whose names begin so.
///
/// # Errors
/// Both are given, or a stream is not there.
fn chosen(call: &Call, group: &Group, names: Option<Vec<String>>, prefix: Option<String>) -> Result<Chosen, Error> {
    match (names, prefix) {
        (Some(_), Some(_)) => {
            Err(Error::invalid("logStreamNames and logStreamNamePrefix are mutually exclusive parameters."))
        }
        (Some(names), None) => {
            for name in &names {
                if !streams::has(call.service, group, name)? {
                    return Err(writing::no_stream());
                }
            }
            Ok(Chosen::Named(names))
        }
        (None, Some(prefix)) => Ok(Chosen::Prefixed(vec![prefix])),
        (None, None) => Ok(Chosen::All),
    }
}

/// A filter pattern, read.
///
/// # Errors
/// It is none.
pub fn pattern(text: Option<&str>) -> Result<Option<Pattern>, Error> {
    let Some(text) = text else { return Ok(None) };
    let read = Pattern::parse(text).map_err(|error| Error::invalid(format!("Invalid filter pattern: {error}")))?;
    Ok(Some(read))
}

/// The times that are asked for, both ends in them.
///
/// # Errors
/// One of them is before 1970, or the end is before the start.
pub fn range(start: Option<i64>, end: Option<i64>) -> Result<Option<Range>, Error> {
    check::number("startTime", start, 0..=i64::MAX)?;
    check::number("endTime", end, 0..=i64::MAX)?;
    match (start, end) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) if start > end => Err(Error::invalid("startTime must not be later than endTime")),
        (start, end) => Ok(Some(Range { start: start.unwrap_or_default(), end: end.unwrap_or(i64::MAX) })),
    }
}

fn described(event: Event) -> Value {
    json!({
        "logStreamName": event.stream,
        "timestamp": event.time,
        "message": event.message,
        // The service knows this of every event; of an archive's it may be known of none.
        "ingestionTime": event.received.unwrap_or(event.time),
        "eventId": event.place.digits(),
    })
}
