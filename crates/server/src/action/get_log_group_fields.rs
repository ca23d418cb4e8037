//! `GetLogGroupFields`: the fields that the events of a log group have around a time, and how many have each.

use plan::{Context, Groups, Range, Scan, Which};
use serde::Deserialize;
use serde_json::{Value, json};
use source::Watch;
use value::time;

use super::{Action, Call};
use crate::{Error, Kind, check, identifier};

/// `GetLogGroupFields`
pub static ACTION: Action = Action { name: "GetLogGroupFields", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    time: Option<i64>,
}

/// How far it is looked to both sides of a time.
const AROUND: i64 = 8 * time::MINUTE;
/// How far it is looked back where no time is given.
const BACK: i64 = 15 * time::MINUTE;
/// The fields that an event may have beside those of its message: a query counts them.
const OF_EVENTS: &str =
    "stats count(*), count(@timestamp), count(@message), count(@logStream), count(@log), count(@ingestionTime)";

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("time", arguments.time, 0..=i64::MAX / 1000)?;
    let group = identifier::one_of(call, &arguments.log_group_name, &arguments.log_group_identifier)?;
    let range = match arguments.time {
        Some(middle) => {
            Range { start: (middle * 1000).saturating_sub(AROUND), end: (middle * 1000).saturating_add(AROUND) }
        }
        None => Range { start: call.now() - BACK, end: call.now() },
    };
    let groups = vec![Groups { which: Which::Named(identifier::log(call, &group)), range: None }];
    let unreadable = |it: &dyn std::fmt::Display| Error::new(Kind::ServiceUnavailable, it.to_string());
    let archive = call.service.archive.as_ref();
    let scan = Scan { groups: groups.clone(), range: Some(range), ..Scan::default() };
    let found = source::fields(archive, &scan, &Watch::default(), None).map_err(|it| unreadable(&it))?;
    let context = Context { asked_of: groups, range: Some(range), now: range.end, ..Context::default() };
    let plan = plan::compile(OF_EVENTS, &context);
    let plan = plan.map_err(|_| unreadable(&"the events cannot be counted"))?;
    let counted = engine::run(&plan, archive, &Watch::default()).map_err(|it| unreadable(&it))?;
    let count = |name: &str| counted.batch.value(name, 0).and_then(|it| it.to_number()).unwrap_or_default();
    let events = count("count(*)");
    let own = ["@timestamp", "@message", "@logStream", "@log", "@ingestionTime"];
    let own = own.map(|name| (name.to_owned(), count(&format!("count({name})"))));
    let mut fields: Vec<(String, f64)> = own.into_iter().filter(|it| it.1 > 0.0).collect();
    fields.extend(found.fields.into_iter().map(|it| (it.name, it.events as f64)));
    fields.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let percent = |count: f64| (count / events * 100.0).round() as i64;
    let told = fields.into_iter().map(|(name, count)| json!({ "name": name, "percent": percent(count) }));
    Ok(json!({ "logGroupFields": told.collect::<Vec<_>>() }))
}
