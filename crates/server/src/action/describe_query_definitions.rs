//! `DescribeQueryDefinitions`: the saved queries, by name.

use serde::Deserialize;
use serde_json::Value;

use super::start_query::LANGUAGES;
use super::{Action, Call};
use crate::definition::Definition;
use crate::{Error, Kind, check, page};

/// `DescribeQueryDefinitions`
pub static ACTION: Action = Action { name: "DescribeQueryDefinitions", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    query_language: Option<String>,
    query_definition_name_prefix: Option<String>,
    max_results: Option<i64>,
}

/// The most saved queries of a page.
const MOST: usize = 1_000;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("maxResults", arguments.max_results, 1..=MOST as i64)?;
    check::among("queryLanguage", arguments.query_language.as_deref(), LANGUAGES)?;
    let begins = |it: &Definition| {
        arguments.query_definition_name_prefix.as_ref().is_none_or(|prefix| it.name.starts_with(prefix))
    };
    let of_language =
        |it: &Definition| arguments.query_language.as_ref().is_none_or(|named| *named == it.query_language);
    let mut found = call.service.definitions.all();
    found.retain(|(_, it)| begins(it) && of_language(it));
    found.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name).then_with(|| a.query_definition_id.cmp(&b.query_definition_id)));
    let described = found.iter().map(|(_, it)| {
        let told = Definition { client_token: None, ..it.as_ref().clone() };
        serde_json::to_value(told).map_err(|it| Error::new(Kind::ServiceUnavailable, it.to_string()))
    });
    let most = check::most(arguments.max_results, MOST);
    Ok(page::listed("queryDefinitions", page::page(call, most, described.collect::<Result<_, _>>()?)?))
}
