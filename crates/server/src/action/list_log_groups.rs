//! `ListLogGroups`: the log groups by a pattern of their names.

use serde::Deserialize;
use serde_json::{Value, json};
use source::Group;

use super::describe_log_groups::{CLASSES, class};
use super::{Action, Call};
use crate::{Error, check, identifier, page, tags};

/// `ListLogGroups`
pub static ACTION: Action = Action { name: "ListLogGroups", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name_pattern: Option<String>,
    log_group_class: Option<String>,
    account_identifiers: Option<Vec<String>>,
    include_linked_accounts: Option<bool>,
    limit: Option<i64>,
    data_sources: Option<Vec<Value>>,
    field_index_names: Option<Vec<String>>,
    log_group_tags: Option<Vec<TagFilter>>,
}

#[derive(Deserialize)]
struct TagFilter {
    key: String,
    values: Option<Vec<String>>,
}

/// How many log groups a page has where nobody says.
const USUAL: usize = 50;
/// The most log groups of a page.
const MOST: usize = 1000;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("limit", arguments.limit, 1..=MOST as i64)?;
    check::among("logGroupClass", arguments.log_group_class.as_deref(), CLASSES)?;
    if arguments.data_sources.is_some() || arguments.field_index_names.is_some() {
        return Err(Error::invalid(
            "log groups are not listed by dataSources or fieldIndexNames here: these must be left out",
        ));
    }
    let parts = arguments.log_group_name_pattern.as_deref().map(parts).transpose()?;
    let most = check::most(arguments.limit, USUAL);
    let groups = call.service.groups();
    let is_wanted = |it: &&Group| {
        let of_account = arguments.include_linked_accounts != Some(true)
            || arguments
                .account_identifiers
                .as_ref()
                .is_none_or(|named| named.is_empty() || named.iter().any(|named| named == call.service.account(it)));
        let of_name = parts.as_ref().is_none_or(|parts| parts.iter().any(|part| part.matches(&it.name)));
        let of_class = arguments.log_group_class.as_deref().is_none_or(|named| named == class(call, it));
        of_account && of_name && of_class && has_tags(call, it, arguments.log_group_tags.as_deref())
    };
    let found = groups.iter().filter(is_wanted).map(|it| summary(call, it));
    Ok(page::listed("logGroups", page::page(call, most, found.collect())?))
}

/// A part of a pattern of names: `^/aws`, `lambda`.
struct Part {
    text: String,
    place: PartPlace,
}

/// Where it must stand in a name.
#[derive(Clone, Copy, PartialEq)]
enum PartPlace {
    First,
    Anywhere,
}

impl Part {
    fn matches(&self, name: &str) -> bool {
        match self.place {
            PartPlace::First => name.starts_with(&self.text),
            PartPlace::Anywhere => name.contains(&self.text),
        }
    }
}

/// The parts of a pattern: up to five, of 3 to 24 characters each, as the model says.
fn parts(pattern: &str) -> Result<Vec<Part>, Error> {
    check::length("logGroupNamePattern", pattern, 3..=129)?;
    let parts = pattern.split('|').map(|it| match it.strip_prefix('^') {
        Some(text) => Part { text: text.to_owned(), place: PartPlace::First },
        None => Part { text: it.to_owned(), place: PartPlace::Anywhere },
    });
    let parts: Vec<Part> = parts.collect();
    let is_right = |it: &Part| {
        (3..=24).contains(&it.text.len())
            && it.text.chars().all(|it| it.is_ascii_alphanumeric() || ".-_/#".contains(it))
    };
    if parts.len() > 5 || !parts.iter().all(is_right) {
        return Err(Error::invalid(format!(
            "1 validation error detected: Value '{pattern}' at 'logGroupNamePattern' failed to satisfy constraint: Member must satisfy regular expression pattern: (\\^?[\\.\\-_\\/#A-Za-z0-9]{{3,24}})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{{3,24}}){{0,4}}"
        )));
    }
    Ok(parts)
}

/// Whether a log group has the tags that are asked for. A value may begin or end with `*`, and `!` turns it round.
fn has_tags(call: &Call, group: &Group, filters: Option<&[TagFilter]>) -> bool {
    let Some(filters) = filters else { return true };
    let tags = tags::of(call, &group.name);
    let value_matches = |wanted: &str, value: &str| {
        let (plain, turned) = wanted.strip_prefix('!').map_or((wanted, false), |it| (it, true));
        let matches = match (plain.strip_prefix('*'), plain.strip_suffix('*')) {
            (Some(_), Some(_)) => value.contains(plain.trim_matches('*')),
            (Some(end), None) => value.ends_with(end),
            (None, Some(start)) => value.starts_with(start),
            (None, None) => value == plain,
        };
        matches != turned
    };
    filters.iter().all(|filter| {
        tags.get(&filter.key).is_some_and(|value| {
            let values = filter.values.as_deref().unwrap_or_default();
            values.is_empty() || values.iter().any(|it| value_matches(it, value))
        })
    })
}

fn summary(call: &Call, group: &Group) -> Value {
    json!({
        "logGroupName": group.name,
        "logGroupArn": identifier::arn(call, group),
        "logGroupClass": class(call, group),
    })
}
