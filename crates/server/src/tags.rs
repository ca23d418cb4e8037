//! Tags of log groups and lookup tables: what they may be, and how many.

use std::collections::BTreeMap;

use crate::action::Call;
use crate::error::Kind;
use crate::identifier::{self, Arn};
use crate::{Error, check, lookup, writing};

/// The most tags of a resource: the service's model of `Tags` says so.
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

/// What has tags.
pub enum Resource {
    /// The log group of this name.
    LogGroup(String),
    /// The lookup table of this name.
    LookupTable(String),
}

impl Resource {
    /// What an ARN names.
    ///
    /// # Errors
    /// It names nothing that is there and can have tags.
    pub fn named(call: &Call, arn: &Option<String>) -> Result<Resource, Error> {
        let arn = check::required("resourceArn", arn)?;
        check::length("resourceArn", arn, 1..=1011)?;
        let of_service = Arn::of(arn).ok_or_else(|| Error::invalid("The provided resource ARN is invalid."))?;
        if of_service.resource.starts_with(lookup::KIND) {
            let name = lookup::name(call, arn)?;
            call.service.tables.find(name).ok_or_else(|| lookup::missing(name))?;
            return Ok(Resource::LookupTable(name.to_owned()));
        }
        // Of resources the model lets an asterisk be.
        let found = identifier::group(call, "resourceArn", arn.strip_suffix(":*").unwrap_or(arn));
        found.map(|it| Resource::LogGroup(it.name)).map_err(|it| match it.kind {
            Kind::ResourceNotFound => Error::not_found("The specified resource does not exist."),
            _ => it,
        })
    }

    /// Adds tags to it.
    ///
    /// # Errors
    /// It is not there, or the tags are none.
    pub fn tag(&self, call: &Call, more: &Option<BTreeMap<String, String>>) -> Result<(), Error> {
        let more = check::required("tags", more)?;
        self.change(call, |tags| add(tags, more.clone()))
    }

    /// Takes tags from it; one that is not there is let be.
    ///
    /// # Errors
    /// It is not there.
    pub fn untag(&self, call: &Call, keys: &[String]) -> Result<(), Error> {
        self.change(call, |tags| {
            keys.iter().for_each(|key| _ = tags.remove(key));
            Ok(())
        })
    }

    fn change(
        &self,
        call: &Call,
        change: impl Fn(&mut BTreeMap<String, String>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self {
            Resource::LogGroup(name) => {
                let store = writing::store_of(call, name)?;
                change(&mut store.group(name)?.tags)?;
                store.set(name, |it| _ = change(&mut it.tags))?;
            }
            Resource::LookupTable(name) => {
                call.service.tables.put(name, |all| {
                    let mut table = all.get(name).ok_or_else(|| lookup::missing(name))?.as_ref().clone();
                    change(&mut table.tags)?;
                    Ok(table)
                })?;
            }
        }
        Ok(())
    }

    /// Its tags. Log groups of the archive have none, as long as nobody gave them any.
    pub fn tags(&self, call: &Call) -> BTreeMap<String, String> {
        match self {
            Resource::LogGroup(name) => of(call, name),
            Resource::LookupTable(name) => call.service.tables.find(name).map(|it| it.tags.clone()).unwrap_or_default(),
        }
    }
}

/// The tags of a log group; those of the archive have none, as long as nobody gave them any.
pub fn of(call: &Call, group: &str) -> BTreeMap<String, String> {
    let written = call.service.store.as_ref().and_then(|it| it.group(group).ok());
    written.map(|it| it.tags).unwrap_or_default()
}
