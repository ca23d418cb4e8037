//! How callers name log groups: by name, or by ARN.

use source::Group;

use crate::action::Call;
use crate::{Error, check};

/// The log group that a caller names by name or by ARN.
///
/// # Errors
/// There is none, the name is none, or the ARN is of another Region than the call.
pub fn group(call: &Call, argument: &str, identifier: &str) -> Result<Group, Error> {
    let Some(arn) = Arn::of(identifier) else { return named(call, argument, identifier) };
    let name = arn.resource.strip_prefix("log-group:").ok_or_else(|| arn.is_none_of("log group"))?;
    check_form(argument, identifier)?;
    arn.check_region(call)?;
    find(call, name, Some(arn.account))
}

/// The log group that a caller names by name alone.
///
/// # Errors
/// There is none, or the name is none.
pub fn named(call: &Call, argument: &str, name: &str) -> Result<Group, Error> {
    check::length(argument, name, 1..=512)?;
    match Arn::of(name) {
        Some(_) => Err(Error::invalid(format!("{argument} takes the name of a log group, not an ARN"))),
        None => find(call, name, None),
    }
}

/// The log group that a call names by name or by identifier, of which there must be one.
///
/// # Errors
/// There is no such log group, or it is not named in one way alone.
pub fn one_of(call: &Call, name: &Option<String>, identifier: &Option<String>) -> Result<Group, Error> {
    match (name, identifier) {
        (Some(it), None) => named(call, "logGroupName", it),
        (None, Some(it)) => group(call, "logGroupIdentifier", it),
        _ => Err(Error::invalid("exactly one of logGroupName and logGroupIdentifier names the log group")),
    }
}

/// Holds an identifier to the characters of the service's model: `:*`, which an ARN of DescribeLogGroups ends in and
/// which stands for all streams, is not among them.
///
/// # Errors
/// It has others, none, or too many.
pub fn check_form(argument: &str, identifier: &str) -> Result<(), Error> {
    check::length(argument, identifier, 1..=2048)?;
    check::characters(argument, identifier, "[\\w#+=/:,.@-]*", |it| it != '*')
}

fn find(call: &Call, name: &str, account: Option<&str>) -> Result<Group, Error> {
    let is_meant = |it: &&Group| it.name == name && account.is_none_or(|named| named == call.service.account(it));
    let found = call.service.groups().iter().find(is_meant).cloned();
    found.ok_or_else(|| {
        let account = account.unwrap_or(&call.service.options.account);
        Error::not_found(syntax::missing_log_group(name, account))
    })
}

/// An ARN of CloudWatch Logs: `arn:aws:logs:REGION:ACCOUNT:RESOURCE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The Region.
    pub region: &'a str,
    /// The account.
    pub account: &'a str,
    /// What is meant: `log-group:NAME`.
    pub resource: &'a str,
    text: &'a str,
}

impl<'a> Arn<'a> {
    /// What a text says, where it is such an ARN.
    pub fn of(text: &'a str) -> Option<Arn<'a>> {
        let mut parts = text.splitn(6, ':');
        let (head, _partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
        (head == "arn" && service == "logs").then_some(Arn { region, account, resource, text })
    }

    /// Holds it to the Region that the call is for: the service knows of no other.
    ///
    /// # Errors
    /// It is of another.
    pub fn check_region(self, call: &Call) -> Result<(), Error> {
        let region = &call.caller.region;
        match self.region == region {
            true => Ok(()),
            false => Err(Error::invalid(format!(
                "'{}' is of another Region than this call, which is for {region}",
                self.text
            ))),
        }
    }

    /// What is said of one that is of another kind.
    pub fn is_none_of(self, kind: &str) -> Error {
        Error::invalid(format!("'{}' is not the ARN of a {kind}", self.text))
    }
}

/// The ARN of a log group.
pub fn arn(call: &Call, group: &Group) -> String {
    format!("arn:aws:logs:{}:{}:log-group:{}", call.caller.region, call.service.account(group), group.name)
}

/// `account:group`, where the account is known.
pub fn log(call: &Call, group: &Group) -> String {
    let account = group.account.as_deref();
    let is_alone = call.service.groups().iter().filter(|it| it.name == group.name).count() == 1;
    match account.filter(|_| !is_alone) {
        Some(account) => format!("{account}:{}", group.name),
        None => group.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_of_a_region_and_an_account() {
        let said = |text| Arn::of(text).map(|it| [it.region, it.account, it.resource]);
        let arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/api";
        assert_eq!(said(arn), Some(["eu-central-1", "123456789012", "log-group:/aws/lambda/api"]));
        assert_eq!(said("arn:aws-cn:logs:r:a:log-group:a:b"), Some(["r", "a", "log-group:a:b"]));
        assert_eq!(said("/aws/lambda/api"), None);
        assert_eq!(said("arn:aws:s3:::bucket"), None);
        assert_eq!(said("arn:aws:logs:eu-central-1"), None);
    }
}
