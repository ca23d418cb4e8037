//! `StartQuery`: plans a query, and has it run.

use std::sync::Arc;

use plan::{Context, Counted, Groups, Limits, LogClass, Range, Which};
use serde::Deserialize;
use serde_json::{Value, json};
use source::Group;
use syntax::{Code, Command, Diagnostic};

use super::describe_log_groups;
use super::{Action, Call};
use crate::error::Kind;
use crate::jobs::{Full, Question};
use crate::{Error, check, identifier};

/// `StartQuery`
pub static ACTION: Action = Action { name: "StartQuery", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    query_language: Option<String>,
    log_group_name: Option<String>,
    log_group_names: Option<Vec<String>>,
    log_group_identifiers: Option<Vec<String>>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    query_string: Option<String>,
    limit: Option<i64>,
}

/// The query languages of the service; the first is this one.
pub const LANGUAGES: &[&str] = &["CWLI", "SQL", "PPL"];
/// The most log groups that a call may name.
const MOST_GROUPS: usize = 50;
/// A number of seconds that is none: the manual's own example gives milliseconds.
const MILLISECONDS: i64 = 100_000_000_000;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let text = check::required("queryString", &arguments.query_string)?;
    if call.service.options.limits == Limits::Service {
        check::length("queryString", text, 0..=plan::LONGEST_QUERY)?;
    }
    check::number("limit", arguments.limit, 1..=plan::MOST_ROWS as i64)?;
    language(arguments.query_language.as_deref())?;
    let range = range(call, &arguments)?;
    let known = Context { definitions: definitions(call), ..Context::default() };
    let expanded = plan::expanded(text, &known);
    let named = groups(call, &arguments, &expanded)?;
    let asked = |it: &Group| Groups { which: Which::Named(identifier::log(call, it)), range: None };
    let options = &call.service.options;
    let context = Context {
        range,
        // What has no time counts as older than all that has.
        keeps_untimed: arguments.start_time == Some(0),
        now: range.map_or(call.now(), |it| it.end.min(call.now())),
        limit: arguments.limit.and_then(|it| u64::try_from(it).ok()),
        limits: options.limits,
        class: class(call, &named),
        counted: Counted::All,
        tables: call.service.tables.all().iter().filter_map(|it| it.1.table().ok()).collect(),
        definitions: known.definitions,
        log_groups: Some(call.service.log_groups()),
        asked_of: named.iter().map(asked).collect(),
        ..Context::default()
    };
    let group = if let [one] = named.as_slice() { Some(one.name.as_str()) } else { None };
    let plan = plan::compile(text, &context).map_err(|faults| malformed(call, &faults, text, group))?;
    let notes: Vec<String> = plan.warnings.iter().map(|it| syntax::render(it, text)).collect();
    notes.iter().for_each(|it| (options.tell)(it));
    let question = Question {
        text: text.clone(),
        groups: read(call, &plan.scan.groups),
        group: group.map(str::to_owned),
        caller: call.caller.access_key.clone(),
        created: call.now(),
        notes,
        tell: options.tell,
        plan,
        // To find the fields all events are read: that is work of the query's own threads.
        unfinished: source::may_look_at_all(&expanded).then_some(context),
    };
    let id = uuid::Uuid::new_v4().to_string();
    let started = call.service.jobs.start(id, question, call.service.archive.clone());
    let job = started.map_err(|Full| {
        let most = options.bounds.running;
        let message = format!("Account maximum query concurrency limit of [{most}] reached.");
        Error::new(Kind::LimitExceeded, message)
    })?;
    Ok(json!({ "queryId": job.id }))
}

/// The saved queries that a query may call: those that callers saved, and those that were given.
fn definitions(call: &Call) -> Vec<Arc<plan::Definition>> {
    let saved = call.service.definitions.all().into_iter();
    let saved = saved.filter(|(_, it)| it.query_language == LANGUAGES[0]).map(|(_, it)| Arc::new(it.called()));
    saved.chain(call.service.options.definitions.iter().cloned()).collect()
}

/// Whether a query is in this language.
fn language(named: Option<&str>) -> Result<(), Error> {
    check::among("queryLanguage", named, LANGUAGES)?;
    match named {
        Some("SQL" | "PPL") => Err(Error::invalid("queries in SQL and PPL are not run here: CWLI is")),
        _ => Ok(()),
    }
}

/// The time range. One from the epoch until now is no bound.
fn range(call: &Call, arguments: &Arguments) -> Result<Option<Range>, Error> {
    let start = *check::required("startTime", &arguments.start_time)?;
    let end = *check::required("endTime", &arguments.end_time)?;
    check::number("startTime", Some(start), 0..=i64::MAX)?;
    check::number("endTime", Some(end), 0..=i64::MAX)?;
    let seconds = |it: i64| if it >= MILLISECONDS { it.div_euclid(1000) } else { it };
    let (start, end) = (seconds(start), seconds(end));
    if start > end {
        return Err(Error::invalid("The start time of the query must not be later than its end time."));
    }
    // Recorded: the last second counts to its last millisecond.
    let range = Range { start: start.saturating_mul(1000), end: end.saturating_mul(1000).saturating_add(999) };
    Ok((start > 0 || range.end < call.now()).then_some(range))
}

/// The log groups that the call names; none where its query names them.
fn groups(call: &Call, arguments: &Arguments, text: &str) -> Result<Vec<Group>, Error> {
    let one = arguments.log_group_name.clone().map(|it| vec![it]);
    let ways = [
        ("logGroupName", one),
        ("logGroupNames", arguments.log_group_names.clone()),
        ("logGroupIdentifiers", arguments.log_group_identifiers.clone()),
    ];
    let mut given = ways.into_iter().filter_map(|(name, it)| Some((name, it?)));
    let (first, second) = (given.next(), given.next());
    let names_itself = syntax::read(text).0.stages.iter().any(|it| matches!(it.command, Command::Source(_)));
    match (first, second) {
        (Some((argument, names)), None) if !names_itself => {
            if names.is_empty() || names.len() > MOST_GROUPS {
                return Err(Error::invalid(format!(
                    "{argument} names {} log groups: it takes from 1 to {MOST_GROUPS}",
                    names.len()
                )));
            }
            let find = if argument == "logGroupIdentifiers" { identifier::group } else { identifier::named };
            names.iter().map(|it| find(call, argument, it)).collect()
        }
        (None, None) if names_itself => Ok(Vec::new()),
        (Some((argument, _)), None) => {
            Err(Error::invalid(format!("the query names its log groups by SOURCE, so {argument} must be left out")))
        }
        _ => Err(Error::invalid(
            "exactly one of logGroupName, logGroupNames and logGroupIdentifiers names the log groups, or a SOURCE in the query",
        )),
    }
}

/// The class whose commands a query may use: one log group of Infrequent Access keeps it to those that all of them take.
fn class(call: &Call, groups: &[Group]) -> LogClass {
    let infrequent = LogClass::InfrequentAccess;
    let is_infrequent = |it: &Group| describe_log_groups::class(call, it) == infrequent.name();
    if groups.iter().any(is_infrequent) { infrequent } else { LogClass::Standard }
}

/// The ARNs of the log groups that a plan reads.
fn read(call: &Call, groups: &[Groups]) -> Vec<String> {
    let names = |groups: &Groups, it: &Group| groups.which.names(call.service.account(it), &it.name);
    let is_read = |it: &Group| groups.is_empty() || groups.iter().any(|groups| names(groups, it));
    call.service.groups().iter().filter(|it| is_read(it)).map(|it| identifier::arn(call, it)).collect()
}

/// What the service says of a query that it cannot compile, and beside it what we say.
fn malformed(call: &Call, faults: &[Diagnostic], text: &str, group: Option<&str>) -> Error {
    let drawn: Vec<String> = faults.iter().map(|it| syntax::render(it, text)).collect();
    (call.service.options.tell)(&drawn.join("\n\n"));
    let Some(first) = faults.first() else { return Error::new(Kind::MalformedQuery, "the query cannot be compiled") };
    if first.code == Code::UnknownLogGroup {
        return Error::not_found(syntax::missing_log_group(first.span().text(text), &call.service.options.account));
    }
    let it = syntax::compile_error(first, text, group);
    let location = json!({ "startCharOffset": it.start, "endCharOffset": it.end });
    Error::new(Kind::MalformedQuery, it.message.clone())
        .with("queryCompileError", json!({ "location": location, "message": it.message }))
        .with("diagnostics", Value::from(drawn))
}
