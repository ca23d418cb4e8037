//! What calls may change: the store, where there is one, and the names that it takes.

use store::{LogGroup, Store};

use crate::action::Call;
use crate::error::Kind;
use crate::{Error, check};

/// The store.
///
/// # Errors
/// The server was started without one.
pub fn store<'a>(call: &Call<'a>) -> Result<&'a Store, Error> {
    call.service.store.as_deref().ok_or_else(|| {
        let message = "nothing can be written here: the server was started without a store (gw serve --store FOLDER)";
        Error::new(Kind::OperationAborted, message)
    })
}

/// The store, in which this log group is. One of the archive comes into it by the first thing that is written to it.
///
/// # Errors
/// There is no such log group, or no store.
pub fn store_of<'a>(call: &Call<'a>, group: &str) -> Result<&'a Store, Error> {
    let store = store(call)?;
    if store.group(group).is_err() {
        if !is_archived(call, group) {
            return Err(no_group());
        }
        match store.create_group(LogGroup::new(group, call.now())) {
            // Somebody else was faster.
            Err(error) if error.kind == store::Kind::AlreadyExists => {}
            other => other?,
        }
    }
    Ok(store)
}

/// Whether the archive holds a log group, which cannot be deleted.
pub fn is_archived(call: &Call, group: &str) -> bool {
    call.service.archived().iter().any(|it| it.name == group)
}

/// What is said of a log group that is not there.
pub fn no_group() -> Error {
    Error::not_found("The specified log group does not exist.")
}

/// What is said of a log stream that is not there.
pub fn no_stream() -> Error {
    Error::not_found("The specified log stream does not exist.")
}

/// What is said where something of the archive is to be deleted.
pub fn of_archive(what: &str) -> Error {
    let message = format!("{what} is of the archive, whose files are only read: it cannot be deleted");
    Error::new(Kind::OperationAborted, message)
}

/// The name of a log group, within the bounds of the model.
///
/// # Errors
/// It is missing, or no name.
pub fn group_name(argument: &Option<String>) -> Result<&str, Error> {
    let name = check::required("logGroupName", argument)?;
    check::length("logGroupName", name, 1..=512)?;
    let allowed = |it: char| it.is_ascii_alphanumeric() || ".-_/#".contains(it);
    check::characters("logGroupName", name, "[\\.\\-_/#A-Za-z0-9]+", allowed)?;
    Ok(name)
}

/// The name of a log stream, within the bounds of the model.
///
/// # Errors
/// It is missing, or no name.
pub fn stream_name(argument: &Option<String>) -> Result<&str, Error> {
    let name = check::required("logStreamName", argument)?;
    check::length("logStreamName", name, 1..=512)?;
    check::characters("logStreamName", name, "[^:*]*", |it| it != ':' && it != '*')?;
    Ok(name)
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Error {
        let kind = match error.kind {
            store::Kind::Invalid => Kind::InvalidParameter,
            store::Kind::NotFound => Kind::ResourceNotFound,
            store::Kind::AlreadyExists => Kind::ResourceAlreadyExists,
            store::Kind::Protected => Kind::Validation,
            store::Kind::Locked | store::Kind::Disk => Kind::ServiceUnavailable,
        };
        Error::new(kind, error.message)
    }
}
