//! Tables that callers create: CSV, and what is known of it.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use output::Results;
use plan::Table;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::action::Call;
use crate::identifier::Arn;
use crate::jobs::{Stage, Status};
use crate::{Error, Kind, action, check};

/// A table.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LookupTable {
    /// What queries call it.
    pub name: String,
    /// What it is, for people.
    pub description: Option<String>,
    /// It, as CSV whose first line names the columns.
    pub body: String,
    /// Its tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// When it was written last, in epoch milliseconds.
    pub updated: i64,
    #[serde(skip)]
    table: OnceLock<Result<Arc<Table>, String>>,
}

/// The most bytes of a table.
const LARGEST: usize = 10 << 20;
/// What ARNs of tables have before the name.
pub const KIND: &str = "lookup-table:";

impl LookupTable {
    /// A table that is written now.
    pub fn new(name: &str, body: String, now: i64) -> LookupTable {
        let (tags, table) = (BTreeMap::new(), OnceLock::new());
        LookupTable { name: name.to_owned(), description: None, body, tags, updated: now, table }
    }

    /// It, as queries look into it.
    ///
    /// # Errors
    /// What keeps the text from being a table; a sentence.
    pub fn table(&self) -> Result<Arc<Table>, String> {
        let read = || source::table(&self.name, self.body.as_bytes()).map(Arc::new);
        self.table.get_or_init(read).clone()
    }

    /// What is told of it with its text, or with what it holds instead.
    pub fn described(&self, call: &Call) -> Map<String, Value> {
        let mut told = Map::new();
        let mut tell = |name: &str, value: Value| _ = told.insert(name.to_owned(), value);
        tell("lookupTableArn", Value::from(arn(call, &self.name)));
        tell("lookupTableName", Value::from(self.name.as_str()));
        self.description.iter().for_each(|it| tell("description", Value::from(it.as_str())));
        tell("sizeBytes", Value::from(self.body.len()));
        tell("lastUpdatedTime", Value::from(self.updated));
        told
    }
}

/// The ARN of a table.
pub fn arn(call: &Call, name: &str) -> String {
    format!("arn:aws:logs:{}:{}:{KIND}{name}", call.caller.region, call.service.options.account)
}

/// The name in the ARN of a table.
///
/// # Errors
/// It is the ARN of no table, or of one of another Region or account.
pub fn name<'a>(call: &Call, arn: &'a str) -> Result<&'a str, Error> {
    let invalid = || Error::invalid(format!("'{arn}' is not the ARN of a lookup table"));
    let arn = Arn::of(arn).ok_or_else(invalid)?;
    let name = arn.resource.strip_prefix(KIND).ok_or_else(invalid)?;
    arn.check_region(call)?;
    if arn.account == call.service.options.account { Ok(name) } else { Err(missing(name)) }
}

/// What is said where one is to be encrypted.
pub fn unencrypted() -> Error {
    Error::invalid("no lookup table is encrypted here: kmsKeyId must be left out")
}

/// A table that is not there.
pub fn missing(name: &str) -> Error {
    Error::not_found(format!("The lookup table '{name}' does not exist."))
}

/// The text of a table: as the call gives it, or the answer of a query.
///
/// # Errors
/// It gives none or both, the text is too large or no table, or the query has no answer.
pub fn body(call: &Call, text: Option<&String>, query: Option<&String>) -> Result<String, Error> {
    let body = match (text, query) {
        (Some(text), None) => text.clone(),
        (None, Some(id)) => answered(call, id)?,
        _ => return Err(Error::invalid("exactly one of tableBody and queryId gives the table")),
    };
    if body.is_empty() || body.len() > LARGEST {
        return Err(Error::invalid(format!("a table has from 1 to {LARGEST} bytes, this one {}", body.len())));
    }
    let read = source::table("table", body.as_bytes());
    read.map_err(|fault| Error::new(Kind::Validation, format!("the table cannot be read: {fault}")))?;
    Ok(body)
}

/// The answer of a query that has ended, as CSV.
fn answered(call: &Call, id: &str) -> Result<String, Error> {
    let job = action::job(call, id)?;
    let stage = job.stage();
    let Stage::Ended { status: Status::Complete | Status::Cancelled, answer: Some(answer), .. } = stage else {
        let status = stage.status().name();
        return Err(Error::invalid(format!(
            "the query {id} is {status}: a table is made of one that is Complete or Cancelled"
        )));
    };
    let mut text = Vec::new();
    let written = (output::CSV.write)(&Results::of(&answer.batch), &mut text);
    written.map_err(|it| Error::new(Kind::ServiceUnavailable, it.to_string()))?;
    String::from_utf8(text).map_err(|it| Error::new(Kind::ServiceUnavailable, it.to_string()))
}

/// Holds a description to its length.
///
/// # Errors
/// It is too long.
pub fn check_description(description: Option<&String>) -> Result<(), Error> {
    description.map_or(Ok(()), |it| check::length("description", it, 0..=1024))
}
