//! `PutRetentionPolicy`: how many days the written events of a log group are kept.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::{Error, Kind, check, writing};

/// `PutRetentionPolicy`
pub static ACTION: Action = Action { name: "PutRetentionPolicy", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    log_group_name: Option<String>,
    retention_in_days: Option<i64>,
}

/// The numbers of days that there are, as the service's model lists them.
const DAYS: &[u32] =
    &[1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = writing::group_name(&arguments.log_group_name)?;
    let days = *check::required("retentionInDays", &arguments.retention_in_days)?;
    let Some(days) = DAYS.iter().find(|it| i64::from(**it) == days) else {
        let known: Vec<String> = DAYS.iter().map(u32::to_string).collect();
        return Err(Error::invalid(format!(
            "1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [{}]",
            known.join(", ")
        )));
    };
    let store = writing::store(call)?;
    if writing::is_archived(call, name) {
        let message = format!("the log group {name} is of the archive, whose events are kept for ever");
        return Err(Error::new(Kind::OperationAborted, message));
    }
    store.set(name, |it| it.retention = Some(*days))?;
    Ok(json!({}))
}
