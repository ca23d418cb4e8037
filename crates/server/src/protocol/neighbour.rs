//! What clients of this service ask its neighbours, so as to see whether they are well connected: CloudWatch for its
//! metrics, of which an archive has none, and STS for who they are.

use serde_json::{Value, json};

use crate::action::Caller;
use crate::error::{Error, Kind};
use crate::service::Service;

/// How CloudWatch is called by those who speak JSON and CBOR, and in the forms of the Query protocol.
const METRICS: [&str; 2] = ["GraniteServiceVersion20100801", "2010-08-01"];
/// How STS is called.
const IDENTITY: [&str; 2] = ["AWSSecurityTokenServiceV20110615", "2011-06-15"];

/// The service, by its version, and the operation that a form names.
///
/// # Errors
/// It names none.
pub fn operation(form: &[u8]) -> Result<(String, String), Error> {
    let text = String::from_utf8_lossy(form);
    let value = |name: &str| text.split('&').find_map(|it| it.strip_prefix(name)?.strip_prefix('=').map(str::to_owned));
    match (value("Version"), value("Action")) {
        (Some(version), Some(action)) => Ok((version, action)),
        _ => Err(Error::new(Kind::UnknownOperation, "the form names no Action and Version")),
    }
}

/// The answer of a neighbour.
///
/// # Errors
/// All that it is not asked by way of trial.
pub fn answer(service: &Service, caller: &Caller, of: &str, operation: &str) -> Result<Value, Error> {
    let is_form = of.starts_with(|it: char| it.is_ascii_digit());
    let result = match operation {
        "ListMetrics" if METRICS.contains(&of) => json!({ "Metrics": [] }),
        "GetCallerIdentity" if IDENTITY.contains(&of) => {
            let account = &service.options.account;
            let key = caller.access_key.as_deref().unwrap_or("anonymous");
            json!({ "Arn": format!("arn:aws:iam::{account}:user/{key}"), "UserId": key, "Account": account })
        }
        _ => {
            let message = format!("`{operation}` of `{of}` is not served here");
            return Err(Error::new(Kind::UnknownOperation, message));
        }
    };
    let named = format!("{operation}Result");
    Ok(if is_form { json!({ named: result }) } else { result })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_form_names_its_operation() {
        let found = operation(b"Action=ListMetrics&Version=2010-08-01&Namespace=AWS%2FLambda").unwrap();
        assert_eq!(found, (String::from("2010-08-01"), String::from("ListMetrics")));
        assert!(operation(b"").is_err() && operation(b"Action=&x").is_err() && operation(b"\xff\xfe").is_err());
    }
}
