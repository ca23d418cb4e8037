//! `StartLiveTail`: the events of the archive replayed and what is written from now on, as a stream of events.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use source::Group;

use super::filter_log_events::pattern;
use super::{Call, Streaming};
use crate::error::Kind;
use crate::events::Chosen;
use crate::live::{SESSIONS, Session};
use crate::{Error, check, identifier};

/// `StartLiveTail`
pub static ACTION: Streaming = Streaming { name: "StartLiveTail", start };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_identifiers: Option<Vec<String>>,
    log_stream_names: Option<Vec<String>>,
    log_stream_name_prefixes: Option<Vec<String>>,
    log_event_filter_pattern: Option<String>,
}

/// The most log groups of a session.
const MOST: usize = 10;

fn start(call: &Call) -> Result<Session, Error> {
    let arguments: Arguments = call.arguments()?;
    let identifiers = check::required("logGroupIdentifiers", &arguments.log_group_identifiers)?;
    if identifiers.is_empty() || identifiers.len() > MOST {
        return Err(Error::invalid(format!("logGroupIdentifiers names 1 to {MOST} log groups")));
    }
    let named = |it: &String| -> Result<(Group, String), Error> {
        if !it.starts_with("arn:") || it.ends_with('*') {
            return Err(Error::invalid("logGroupIdentifiers must be ARNs that do not end with an asterisk (*)."));
        }
        let group = identifier::group(call, "logGroupIdentifiers", it)?;
        let name = format!("{}:{}", call.service.account(&group), group.name);
        Ok((group, name))
    };
    let groups = identifiers.iter().map(named).collect::<Result<Vec<_>, Error>>()?;
    let names = (&arguments.log_stream_names, &arguments.log_stream_name_prefixes);
    let chosen = match names {
        (Some(_), Some(_)) => {
            return Err(Error::invalid("logStreamNames and logStreamNamePrefixes are mutually exclusive parameters."));
        }
        (None, None) => Chosen::All,
        _ if groups.len() > 1 => {
            return Err(Error::invalid("log streams can be named only where there is one log group"));
        }
        (Some(names), None) => Chosen::Named(names.clone()),
        (None, Some(prefixes)) => Chosen::Prefixed(prefixes.clone()),
    };
    let pattern = pattern(arguments.log_event_filter_pattern.as_deref())?;
    let seat = call.service.seats.take().ok_or_else(|| {
        Error::new(Kind::LimitExceeded, format!("there can be {SESSIONS} live tail sessions at once"))
    })?;
    let mut start = Map::new();
    let id = || Value::from(uuid::Uuid::new_v4().to_string());
    start.insert(String::from("requestId"), id());
    start.insert(String::from("sessionId"), id());
    // What was asked for is said again, where it was.
    for name in ["logGroupIdentifiers", "logStreamNames", "logStreamNamePrefixes", "logEventFilterPattern"] {
        let given = call.input.get(name).cloned().filter(|it| !it.is_null());
        let usual = if name == "logEventFilterPattern" { json!("") } else { json!([]) };
        start.insert(name.to_owned(), given.unwrap_or(usual));
    }
    Ok(Session {
        files: call.service.files.clone(),
        store: call.service.store.clone(),
        groups,
        chosen,
        pattern,
        clock: call.service.options.clock,
        start: Value::Object(start),
        seat,
    })
}
