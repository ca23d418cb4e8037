//! `CreateExportTask`: the events of a log group into a folder of this machine, laid out as in S3.

use plan::Range;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Action, Call};
use crate::error::Kind;
use crate::events::Chosen;
use crate::exports::{Busy, Order};
use crate::{Error, check, identifier};

/// `CreateExportTask`
pub static ACTION: Action = Action { name: "CreateExportTask", run };

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Arguments {
    task_name: Option<String>,
    log_group_name: Option<String>,
    log_stream_name_prefix: Option<String>,
    from: Option<i64>,
    to: Option<i64>,
    destination: Option<String>,
    destination_prefix: Option<String>,
}

/// The prefix where none is named: the API reference says so.
const PREFIX: &str = "exportedlogs";

fn run(call: &Call) -> Result<Value, Error> {
    let arguments: Arguments = call.arguments()?;
    let name = check::required("logGroupName", &arguments.log_group_name)?;
    let group = identifier::named(call, "logGroupName", name)?;
    let (start, end) = (*check::required("from", &arguments.from)?, *check::required("to", &arguments.to)?);
    check::number("from", Some(start), 0..=i64::MAX)?;
    check::number("to", Some(end), 0..=i64::MAX)?;
    if start > end {
        return Err(Error::invalid("from must not be later than to"));
    }
    let destination = check::required("destination", &arguments.destination)?;
    let prefix = arguments.destination_prefix.as_deref().unwrap_or(PREFIX);
    if !is_bucket(destination) {
        return Err(Error::invalid("The given bucket name is invalid: it is no name of an S3 bucket."));
    }
    if !prefix.split('/').all(is_folder) {
        return Err(Error::invalid("destinationPrefix must be names of at most 255 bytes, divided by single slashes"));
    }
    let Some(folder) = &call.service.options.exports else {
        let message =
            "nothing can be exported here: the server was started without a folder for it (gw serve --exports FOLDER)";
        return Err(Error::new(Kind::OperationAborted, message));
    };
    let order = Order {
        name: arguments.task_name,
        group,
        chosen: arguments.log_stream_name_prefix.map_or(Chosen::All, |it| Chosen::Prefixed(vec![it])),
        range: Range { start, end },
        destination: destination.clone(),
        prefix: prefix.to_owned(),
    };
    let (archive, clock) = (call.service.archive.clone(), call.service.options.clock);
    let task = call.service.exports.begin(order, folder, archive, clock);
    let task = task.map_err(|Busy| Error::new(Kind::LimitExceeded, "Resource limit exceeded."))?;
    Ok(json!({ "taskId": task.id }))
}

/// Whether a text may name a bucket: 3 to 63 small letters, digits, dots and dashes, a letter or digit at both ends.
fn is_bucket(name: &str) -> bool {
    let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    (3..=63).contains(&name.len())
        && name.chars().all(|it| plain(it) || it == '.' || it == '-')
        && name.starts_with(plain)
        && name.ends_with(plain)
        && !name.contains("..")
}

/// Whether a text names a folder that a file system takes, and none above.
fn is_folder(name: &str) -> bool {
    (1..=255).contains(&name.len()) && !name.chars().all(|it| it == '.') && !name.contains(['\\', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_folder() {
        assert!(["my-bucket", "a.b", "123"].into_iter().all(is_bucket));
        assert!(!["..", "a", "a..b", "../x", "A-b", "-ab", "ab.", "a/b", ""].into_iter().any(is_bucket));
        assert!(["a", "a.b", ".a"].into_iter().all(is_folder));
        assert!(!["", ".", "..", "...", "a\\b", "a\0", &"a".repeat(256)].into_iter().any(is_folder));
    }
}
