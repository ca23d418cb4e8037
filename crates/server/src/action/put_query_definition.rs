//! `PutQueryDefinition`: keeps a query under a name.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::start_query::LANGUAGES;
use super::{Action, Call};
use crate::definition::{Definition, Parameter};
use crate::{Error, Kind, check};

/// `PutQueryDefinition`
pub static ACTION: Action = Action { name: "PutQueryDefinition", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    query_language: Option<String>,
    name: Option<String>,
    query_definition_id: Option<String>,
    log_group_names: Option<Vec<String>>,
    query_string: Option<String>,
    client_token: Option<String>,
    parameters: Option<Vec<Parameter>>,
}

/// The most saved queries there may be.
const MOST: usize = 1_000;
/// The most parameters of one.
const MOST_PARAMETERS: usize = 20;

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = check::required("name", &arguments.name)?;
    check::length("name", name, 1..=255)?;
    let text = check::required("queryString", &arguments.query_string)?;
    check::length("queryString", text, 1..=plan::LONGEST_QUERY)?;
    check::among("queryLanguage", arguments.query_language.as_deref(), LANGUAGES)?;
    let language = arguments.query_language.as_deref().unwrap_or(LANGUAGES[0]);
    let parameters = arguments.parameters.clone().unwrap_or_default();
    check_parameters(&parameters, text, language)?;
    let definition = |id: &str| Definition {
        query_definition_id: id.to_owned(),
        name: name.clone(),
        query_string: text.clone(),
        query_language: language.to_owned(),
        last_modified: call.now(),
        log_group_names: arguments.log_group_names.clone().unwrap_or_default(),
        parameters: parameters.clone(),
        client_token: arguments.client_token.clone(),
    };
    // The same call again, whose answer was lost, is answered and does nothing more.
    if let Some((id, before)) = made_before(call, arguments.client_token.as_ref()) {
        let again = Definition { last_modified: before.last_modified, ..definition(&id) };
        let is_again = *before == again && arguments.query_definition_id.as_ref().is_none_or(|it| *it == id);
        return match is_again {
            true => Ok(json!({ "queryDefinitionId": id })),
            false => Err(Error::invalid("the clientToken was sent with another query definition")),
        };
    }
    let given = arguments.query_definition_id.as_deref();
    // Only ids that are there lead to files.
    if let Some(id) = given.filter(|id| call.service.definitions.find(id).is_none()) {
        return Err(missing(id));
    }
    let id = given.map_or_else(|| uuid::Uuid::new_v4().to_string(), str::to_owned);
    call.service.definitions.put(&id, |all| {
        let is_new = !all.contains_key(&id);
        match (is_new, given) {
            (true, Some(_)) => Err(missing(&id)),
            (true, None) if all.len() >= MOST => {
                Err(Error::new(Kind::LimitExceeded, format!("there are {MOST} saved queries at most")))
            }
            _ => Ok(definition(&id)),
        }
    })?;
    Ok(json!({ "queryDefinitionId": id }))
}

/// The saved query that a call with this token made.
fn made_before(call: &Call, token: Option<&String>) -> Option<(String, Arc<Definition>)> {
    let all = call.service.definitions.all().into_iter();
    all.into_iter().find(|(_, it)| token.is_some() && it.client_token.as_ref() == token)
}

/// A saved query that is not there.
pub fn missing(id: &str) -> Error {
    Error::not_found(format!("The query definition '{id}' does not exist."))
}

fn check_parameters(parameters: &[Parameter], text: &str, language: &str) -> Result<(), Error> {
    if !parameters.is_empty() && language != LANGUAGES[0] {
        return Err(Error::invalid("Parameters are only supported for CWLI query language"));
    }
    if parameters.len() > MOST_PARAMETERS {
        return Err(Error::invalid(format!("Parameter count exceeds the maximum of {MOST_PARAMETERS}")));
    }
    for (index, it) in parameters.iter().enumerate() {
        check::name("parameters.name", &it.name, 128)?;
        check::length("parameters.defaultValue", it.default_value.as_deref().unwrap_or_default(), 0..=1024)?;
        check::length("parameters.description", it.description.as_deref().unwrap_or_default(), 0..=512)?;
        if parameters[..index].iter().any(|other| other.name == it.name) {
            return Err(Error::invalid("Duplicate parameter name"));
        }
        if !text.contains(&format!("{{{{{}}}}}", it.name)) {
            return Err(Error::invalid("Required parameters not found in queryString"));
        }
    }
    Ok(())
}
