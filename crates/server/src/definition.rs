//! Queries that callers have saved under a name, with parameters or without.

use serde::{Deserialize, Serialize};

/// A saved query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Definition {
    /// What callers name it by.
    pub query_definition_id: String,
    /// What people call it.
    pub name: String,
    /// The query, with `{{name}}` where a parameter's value goes.
    pub query_string: String,
    /// `CWLI`, `SQL` or `PPL`.
    pub query_language: String,
    /// When it was written last, in epoch milliseconds.
    pub last_modified: i64,
    /// The log groups that it is for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub log_group_names: Vec<String>,
    /// What is put in where it is run.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parameters: Vec<Parameter>,
    /// By which the call is known again that made it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub client_token: Option<String>,
}

impl Definition {
    /// The same, as queries call it by its name: `$Name(level = "WARN")`.
    pub fn called(&self) -> plan::Definition {
        let parameters = self.parameters.iter();
        let parameters =
            parameters.map(|it| plan::Parameter { name: it.name.clone(), default: it.default_value.clone() });
        plan::Definition::new(&self.name, &self.query_string, parameters.collect(), &self.query_definition_id)
    }
}

/// A parameter of a saved query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// What stands between the braces.
    pub name: String,
    /// Its value where the call gives none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub default_value: Option<String>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
}
