//! How callers name log groups: by name, or by ARN.

use source::Group;

use crate::action::Call;
use crate::{Error, check};

/// The log group that a caller names.
///
/// # Errors
/// There is none, or the name is none.
pub fn group(call: &Call, argument: &str, identifier: &str) -> Result<Group, Error> {
    check::length(argument, identifier, 1..=2048)?;
    let (account, name) = split(identifier);
    let is_meant = |it: &&Group| it.name == name && account.is_none_or(|named| named == call.service.account(it));
    let found = call.service.groups().iter().find(is_meant).cloned();
    found.ok_or_else(|| {
        let account = account.unwrap_or(&call.service.options.account);
        Error::not_found(syntax::missing_log_group(name, account))
    })
}

/// The log group that a call names by name or by identifier, of which there must be one.
///
/// # Errors
/// There is no such log group, or it is not named in one way alone.
pub fn one_of(call: &Call, name: &Option<String>, identifier: &Option<String>) -> Result<Group, Error> {
    match (name, identifier) {
        (Some(it), None) => group(call, "logGroupName", it),
        (None, Some(it)) => group(call, "logGroupIdentifier", it),
        _ => Err(Error::invalid("exactly one of logGroupName and logGroupIdentifier names the log group")),
    }
}

/// The account, where an ARN names one, and the name; `:*` at an ARN's end stands for the streams and is let be.
fn split(identifier: &str) -> (Option<&str>, &str) {
    let Some(rest) = identifier.strip_prefix("arn:") else { return (None, identifier) };
    let mut parts = rest.splitn(6, ':');
    match (parts.nth(3), parts.next(), parts.next()) {
        (Some(account), Some("log-group"), Some(name)) => {
            (Some(account).filter(|it| !it.is_empty()), name.strip_suffix(":*").unwrap_or(name))
        }
        _ => (None, identifier),
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
    fn an_arn_names_account_and_group() {
        let arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/api";
        assert_eq!(split(arn), (Some("123456789012"), "/aws/lambda/api"));
        assert_eq!(split(&format!("{arn}:*")), (Some("123456789012"), "/aws/lambda/api"));
        assert_eq!(split("arn:aws:logs:eu-central-1::log-group:a:b"), (None, "a:b"));
        assert_eq!(split("/aws/lambda/api"), (None, "/aws/lambda/api"));
        assert_eq!(split("arn:aws:s3:::bucket"), (None, "arn:aws:s3:::bucket"));
    }
}
