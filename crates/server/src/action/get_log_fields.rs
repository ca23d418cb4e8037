//! `GetLogFields`: the fields that the events of a data source have.

use plan::Scan;
use serde::Deserialize;
use serde_json::{Value, json};
use source::{DataSource, FieldFound, Watch};
use value::number;

use super::{Action, Call};
use crate::{Error, Kind, check};

/// `GetLogFields`
pub static ACTION: Action = Action { name: "GetLogFields", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    data_source_name: Option<String>,
    data_source_type: Option<String>,
}

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = check::required("dataSourceName", &arguments.data_source_name)?;
    let kind = check::required("dataSourceType", &arguments.data_source_type)?;
    let asked = DataSource { name: name.clone(), kind: kind.clone() };
    let found = source::fields_of(call.service.archive.as_ref(), &Scan::default(), &Watch::default(), &asked);
    let found = found.map_err(|it| Error::new(Kind::ServiceUnavailable, it.to_string()))?;
    if found.events == 0 {
        return Err(Error::not_found(format!("The data source '{name}.{kind}' does not exist.")));
    }
    let told =
        found.fields.iter().map(|it| json!({ "logFieldName": it.name, "logFieldType": { "type": type_of(it) } }));
    Ok(json!({ "logFields": told.collect::<Vec<_>>() }))
}

/// What the earliest value reads as, for the log itself has text alone: truth values are numbers, 1 and 0.
fn type_of(field: &FieldFound) -> &'static str {
    if number::read(&field.sample).is_some() { "number" } else { "string" }
}
