//! `GetLogEvents`: the events of a log stream, page by page in both directions.

use plan::Range;
use serde::Deserialize;
use serde_json::{Value, json};

use super::filter_log_events::{MOST, range};
use super::{Action, Call};
use crate::events::{self, Chosen, Direction, Event, Place, Question};
use crate::{Error, check, identifier, page, streams, writing};

/// `GetLogEvents`
pub static ACTION: Action = Action { name: "GetLogEvents", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_name: Option<String>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    next_token: Option<String>,
    limit: Option<i64>,
    start_from_head: Option<bool>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("limit", arguments.limit, 1..=MOST as i64)?;
    // One of the archive is called as its file is: whatever its name, it can be read.
    let stream = check::required("logStreamName", &arguments.log_stream_name)?;
    check::length("logStreamName", stream, 1..=512)?;
    let range = range(arguments.start_time, arguments.end_time)?;
    let group = identifier::one_of(call, &arguments.log_group_name, &arguments.log_group_identifier)?;
    if !streams::has(call.service, &group, stream)? {
        return Err(writing::no_stream());
    }
    let token = arguments.next_token.as_deref().map(Token::read).transpose()?;
    let (direction, from) = match (token, arguments.start_from_head) {
        (Some(Token(direction, place)), _) => (direction, Some(place)),
        (None, Some(true)) => (Direction::Forward, None),
        (None, _) => (Direction::Backward, None),
    };
    let question = Question {
        groups: std::slice::from_ref(&group),
        streams: &Chosen::Named(vec![stream.clone()]),
        // The end itself is not in the range.
        range: range.map(|it| match it.end {
            i64::MAX => it,
            end => Range { end: end.saturating_sub(1), ..it },
        }),
        pattern: None,
        from,
        direction,
        most: check::most(arguments.limit, MOST),
    };
    let mut page = events::page(&call.service.archive, &question)?;
    if direction == Direction::Backward {
        page.events.reverse();
    }
    let here = from.unwrap_or_default();
    let before = page.events.first().map_or(here, |it| it.place.before());
    let behind = page.events.last().map_or(here, |it| it.place);
    Ok(json!({
        "events": page.events.into_iter().map(described).collect::<Vec<Value>>(),
        "nextForwardToken": Token(Direction::Forward, behind).text(),
        "nextBackwardToken": Token(Direction::Backward, before).text(),
    }))
}

/// A place in the stream, and which way to go from it. Where that way ends, the next token is the same again. It is a
/// place of all streams and of any range, so it may be used with other arguments.
#[derive(Clone, Copy)]
struct Token(Direction, Place);

impl Token {
    fn read(text: &str) -> Result<Token, Error> {
        let invalid = page::invalid;
        let (way, digits) = text.split_at_checked(2).ok_or_else(invalid)?;
        let direction = match way {
            "f/" => Direction::Forward,
            "b/" => Direction::Backward,
            _ => return Err(invalid()),
        };
        let place = digits.strip_suffix("/s").and_then(Place::read).ok_or_else(invalid)?;
        Ok(Token(direction, place))
    }

    fn text(self) -> String {
        let way = if self.0 == Direction::Forward { "f" } else { "b" };
        format!("{way}/{}/s", self.1.digits())
    }
}

fn described(event: Event) -> Value {
    let received = event.received.unwrap_or(event.time);
    json!({ "timestamp": event.time, "message": event.message, "ingestionTime": received })
}
