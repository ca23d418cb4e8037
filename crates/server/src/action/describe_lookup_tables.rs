//! `DescribeLookupTables`: the tables, without their texts.

use serde::Deserialize;
use serde_json::Value;

use super::{Action, Call};
use crate::{Error, check, page};

/// `DescribeLookupTables`
pub static ACTION: Action = Action { name: "DescribeLookupTables", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    lookup_table_name_prefix: Option<String>,
    max_results: Option<i64>,
}

/// The most tables of a page.
const MOST: usize = 100;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    check::number("maxResults", arguments.max_results, 1..=MOST as i64)?;
    let begins = |name: &str| arguments.lookup_table_name_prefix.as_ref().is_none_or(|it| name.starts_with(it));
    let all = call.service.tables.all();
    let described = all.iter().filter(|(name, _)| begins(name)).map(|(_, it)| {
        let mut told = it.described(call);
        // What is kept was read once, so it is a table.
        if let Ok(table) = it.table() {
            told.insert(String::from("tableFields"), Value::from(table.columns.clone()));
            told.insert(String::from("recordsCount"), Value::from(table.rows.len()));
        }
        Value::Object(told)
    });
    let most = check::most(arguments.max_results, MOST);
    Ok(page::listed("lookupTables", page::page(call, most, described.collect())?))
}
