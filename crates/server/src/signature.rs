//! Who calls: the access key and the Region of a signature, version 4.

use axum::http::{HeaderMap, Uri};

use crate::action::Caller;
use crate::error::Error;
use crate::service::Service;

/// Who calls.
///
/// # Errors
/// The signature is not one of a known key.
pub fn caller(service: &Service, headers: &HeaderMap, _: &Uri, _: &[u8]) -> Result<Caller, Error> {
    let signed = headers.get("authorization").and_then(|it| it.to_str().ok());
    let scope = signed.and_then(|it| it.split_once("Credential=")).map(|it| it.1);
    let mut parts = scope.into_iter().flat_map(|it| it.split([',', ' ']).next()).flat_map(|it| it.split('/'));
    let access_key = parts.next().filter(|it| !it.is_empty()).map(str::to_owned);
    let region = parts.nth(1).filter(|it| !it.is_empty()).unwrap_or(&service.options.region);
    Ok(Caller { access_key, region: region.to_owned() })
}
