//! Tags of log groups: what they may be, and how many.

use std::collections::BTreeMap;

use crate::action::Call;
use crate::error::Kind;
use crate::{Error, check, identifier, writing};

/// The most tags of a log group: the service's model of `Tags` says so.
const MOST: usize = 50;

/// Adds tags to those there are.
///
/// # Errors
/// One of them is none, or there are too many.
pub fn add(tags: &mut BTreeMap<String, String>, more: BTreeMap<String, String>) -> Result<(), Error> {
    let allowed = |it: char| it.is_alphanumeric() || it.is_whitespace() || "_.:/=+-@".contains(it);
    for (key, value) in &more {
        check::length("tags.key", key, 1..=128)?;
        check::length("tags.value", value, 0..=256)?;
        check::characters("tags.key", key, "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$", allowed)?;
        check::characters("tags.value", value, "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$", allowed)?;
        if key.to_ascii_lowercase().starts_with("aws:") {
            return Err(Error::invalid("Tag keys starting with aws: are reserved for system use."));
        }
    }
    tags.extend(more);
    if tags.len() > MOST {
        return Err(Error::new(Kind::TooManyTags, format!("A resource can have no more than {MOST} tags.")));
    }
    Ok(())
}

/// Adds tags to a log group.
///
/// # Errors
/// The log group is not there, or the tags are none.
pub fn set(call: &Call, group: &str, more: &Option<BTreeMap<String, String>>) -> Result<(), Error> {
    let more = check::required("tags", more)?.clone();
    if more.is_empty() {
        return Err(Error::invalid("tags must name at least one tag"));
    }
    let store = writing::store_of(call, group)?;
    let mut tags = store.group(group)?.tags;
    add(&mut tags, more.clone())?;
    store.set(group, |it| it.tags.extend(more))?;
    Ok(())
}

/// Takes tags from a log group; one that is not there is let be.
///
/// # Errors
/// The log group is not there.
pub fn remove(call: &Call, group: &str, keys: &[String]) -> Result<(), Error> {
    let store = writing::store_of(call, group)?;
    store.set(group, |it| keys.iter().for_each(|key| drop(it.tags.remove(key))))?;
    Ok(())
}

/// The tags of a log group; those of the archive have none, as long as nobody gave them any.
pub fn of(call: &Call, group: &str) -> BTreeMap<String, String> {
    let written = call.service.store.as_ref().and_then(|it| it.group(group).ok());
    written.map(|it| it.tags).unwrap_or_default()
}

/// The log group of an ARN. Other things that can have tags are not here.
///
/// # Errors
/// There is no such log group.
pub fn resource(call: &Call, arn: &Option<String>) -> Result<String, Error> {
    let arn = check::required("resourceArn", arn)?;
    check::length("resourceArn", arn, 1..=1011)?;
    if !arn.starts_with("arn:") {
        return Err(Error::invalid("The provided resource ARN is invalid."));
    }
    let found = identifier::group(call, "resourceArn", arn).map(|it| it.name.clone());
    found.map_err(|it| {
        if it.kind == Kind::ResourceNotFound { Error::not_found("The specified resource does not exist.") } else { it }
    })
}
