//! `StartLiveTail`: the events of the archive replayed and what is written from now on, as a stream of events.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use source::Group;

use super::filter_log_events::pattern;
use super::{Call, Streaming};
use crate::error::Kind;
use crate::events::Chosen;
use crate::identifier::{self, Arn};
use crate::live::{SESSIONS, Session};
use crate::{Error, check};

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
    let groups = groups(call, check::required("logGroupIdentifiers", &arguments.log_group_identifiers)?)?;
    let chosen = chosen(arguments.log_stream_names, arguments.log_stream_name_prefixes, groups.len())?;
    let pattern = pattern(arguments.log_event_filter_pattern.as_deref())?;
    let seat = call.service.seats.take().ok_or_else(|| {
        Error::new(Kind::LimitExceeded, format!("there can be {SESSIONS} live tail sessions at once"))
    })?;
    Ok(Session {
        files: call.service.files.clone(),
        store: call.service.store.clone(),
        groups,
        chosen,
        pattern,
        clock: call.service.options.clock,
        start: begun(call),
        seat,
    })
}

/// The log groups, and what each is called in updates.
fn groups(call: &Call, identifiers: &[String]) -> Result<Vec<(Group, String)>, Error> {
    if identifiers.is_empty() || identifiers.len() > MOST {
        return Err(Error::invalid(format!("logGroupIdentifiers names 1 to {MOST} log groups")));
    }
    let named = |it: &String| {
        if Arn::of(it).is_none() || it.ends_with('*') {
            return Err(Error::invalid("logGroupIdentifiers must be ARNs that do not end with an asterisk (*)."));
        }
        let group = identifier::group(call, "logGroupIdentifiers", it)?;
        let name = format!("{}:{}", call.service.account(&group), group.name);
        Ok((group, name))
    };
    identifiers.iter().map(named).collect()
}

/// The log streams that are named, or those whose names begin so, of so many log groups.
fn chosen(names: Option<Vec<String>>, prefixes: Option<Vec<String>>, groups: usize) -> Result<Chosen, Error> {
    match (names, prefixes) {
        (Some(_), Some(_)) => {
            Err(Error::invalid("logStreamNames and logStreamNamePrefixes are mutually exclusive parameters."))
        }
        (None, None) => Ok(Chosen::All),
        _ if groups > 1 => Err(Error::invalid("log streams can be named only where there is one log group")),
        (Some(names), None) => Ok(Chosen::Named(names)),
        (None, Some(prefixes)) => Ok(Chosen::Prefixed(prefixes)),
    }
}

/// What the client is told first: what it asked for, again.
fn begun(call: &Call) -> Value {
    let mut start = Map::new();
    for name in ["requestId", "sessionId"] {
        start.insert(name.to_owned(), Value::from(uuid::Uuid::new_v4().to_string()));
    }
    for name in ["logGroupIdentifiers", "logStreamNames", "logStreamNamePrefixes", "logEventFilterPattern"] {
        let given = call.input.get(name).cloned().filter(|it| !it.is_null());
        let usual = if name == "logEventFilterPattern" { json!("") } else { json!([]) };
        start.insert(name.to_owned(), given.unwrap_or(usual));
    }
    Value::Object(start)
}
