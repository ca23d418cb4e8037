//! `DescribeLogGroups`: the log groups of the archive.

use serde::Deserialize;
use serde_json::{Value, json};
use source::Group;
use store::LogGroup;

use super::{Action, Call};
use crate::{Error, check, identifier, page};

/// `DescribeLogGroups`
pub static ACTION: Action = Action { name: "DescribeLogGroups", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    account_identifiers: Option<Vec<String>>,
    log_group_name_prefix: Option<String>,
    log_group_name_pattern: Option<String>,
    limit: Option<i64>,
    include_linked_accounts: Option<bool>,
    log_group_class: Option<String>,
    log_group_identifiers: Option<Vec<String>>,
}

/// The classes of log groups.
pub const CLASSES: &[&str] = &["STANDARD", "INFREQUENT_ACCESS", "DELIVERY", "ESSENTIALS"];
/// The most log groups of a page.
const MOST: usize = 50;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("limit", arguments.limit, 1..=MOST as i64)?;
    check::among("logGroupClass", arguments.log_group_class.as_deref(), CLASSES)?;
    if arguments.log_group_name_prefix.is_some() && arguments.log_group_name_pattern.is_some() {
        return Err(Error::invalid(
            "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
        ));
    }
    let filters = [
        arguments.log_group_name_prefix.is_some(),
        arguments.log_group_name_pattern.is_some(),
        arguments.log_group_class.is_some(),
        arguments.account_identifiers.is_some(),
    ];
    if arguments.log_group_identifiers.is_some() && filters.contains(&true) {
        return Err(Error::invalid("logGroupIdentifiers can be combined with no filter but includeLinkedAccounts."));
    }
    let mut identifiers = arguments.log_group_identifiers.iter().flatten();
    identifiers.try_for_each(|it| identifier::check_form("logGroupIdentifiers", it))?;
    let most = check::most(arguments.limit, MOST);
    let groups = call.service.groups();
    let found = groups.iter().filter(|it| is_wanted(call, &arguments, it));
    Ok(page::listed("logGroups", page::page(call, most, found.map(|it| describe(call, it)).collect())?))
}

fn is_wanted(call: &Call, arguments: &Arguments, group: &Group) -> bool {
    let begins = arguments.log_group_name_prefix.as_ref().is_none_or(|it| group.name.starts_with(it));
    let holds = arguments.log_group_name_pattern.as_ref().is_none_or(|it| group.name.contains(it));
    let of_class = arguments.log_group_class.as_deref().is_none_or(|it| it == class(call, group));
    let accounts = arguments.account_identifiers.iter().flatten();
    let of_account = arguments.include_linked_accounts != Some(true)
        || arguments.account_identifiers.as_ref().is_none_or(Vec::is_empty)
        || accounts.into_iter().any(|it| it == call.service.account(group));
    let is_named = arguments.log_group_identifiers.as_ref().is_none_or(|names| {
        let arn = identifier::arn(call, group);
        names.iter().any(|it| *it == group.name || *it == arn)
    });
    begins && holds && of_class && of_account && is_named
}

fn describe(call: &Call, group: &Group) -> Value {
    let arn = identifier::arn(call, group);
    let mut described = json!({
        "logGroupName": group.name,
        "creationTime": call.service.created(group),
        "metricFilterCount": 0,
        "arn": format!("{arn}:*"),
        "storedBytes": group.bytes,
        "logGroupClass": class(call, group),
        "logGroupArn": arn,
    });
    if let Some(written) = written(call, group) {
        described["deletionProtectionEnabled"] = Value::from(written.protected);
        if let Some(days) = written.retention {
            described["retentionInDays"] = Value::from(days);
        }
    }
    described
}

/// The class of a log group: those of the archive are of the first.
pub fn class(call: &Call, group: &Group) -> String {
    written(call, group).map_or_else(|| CLASSES[0].to_owned(), |it| it.class)
}

/// What is set of a log group to which something was written.
fn written(call: &Call, group: &Group) -> Option<LogGroup> {
    call.service.store.as_ref()?.group(&group.name).ok()
}
