//! `DescribeQueries`: the queries that run, and those that have ended, newest first.

use serde::Deserialize;
use serde_json::{Value, json};

use super::start_query::LANGUAGES;
use super::{Action, Call};
use crate::jobs::{Job, Stage, Status};
use crate::{Error, check, page};

/// `DescribeQueries`
pub static ACTION: Action = Action { name: "DescribeQueries", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    status: Option<String>,
    max_results: Option<i64>,
    query_language: Option<String>,
}

/// The most queries of a page.
const MOST: usize = 1_000;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("maxResults", arguments.max_results, 1..=MOST as i64)?;
    if let Some(name) = &arguments.log_group_name {
        check::length("logGroupName", name, 1..=512)?;
    }
    check::among("status", arguments.status.as_deref(), Status::NAMES)?;
    check::among("queryLanguage", arguments.query_language.as_deref(), LANGUAGES)?;
    let of_group = |it: &Job| match &arguments.log_group_name {
        Some(name) => it.question.groups.iter().any(|arn| arn.ends_with(&format!(":log-group:{name}"))),
        None => true,
    };
    let of_status = |it: &Job| arguments.status.as_ref().is_none_or(|named| *named == it.stage().status().name());
    let of_language = arguments.query_language.as_ref().is_none_or(|it| it == LANGUAGES[0]);
    let all = call.service.jobs.newest_first().into_iter();
    let found = all.filter(|it| of_language && of_group(it) && of_status(it)).map(|it| describe(call, &it));
    let most = check::most(arguments.max_results, MOST);
    Ok(page::listed("queries", page::page(call, most, found.collect())?))
}

fn describe(call: &Call, job: &Job) -> Value {
    let stage = job.stage();
    let mut told = json!({
        "queryId": job.id,
        "queryString": job.question.text,
        "status": stage.status().name(),
        "createTime": job.question.created,
        "queryLanguage": LANGUAGES[0],
        "queryDuration": u64::try_from(job.duration().as_millis()).unwrap_or(u64::MAX),
    });
    if let Some(group) = &job.question.group {
        told["logGroupName"] = Value::from(group.as_str());
    }
    if let Stage::Ended { answer: Some(answer), .. } = &stage {
        told["bytesScanned"] = Value::from(answer.statistics.bytes_scanned as f64);
    }
    if let Some(key) = &job.question.caller {
        told["userIdentity"] = Value::from(format!("arn:aws:iam::{}:user/{key}", call.service.options.account));
    }
    told
}
