//! Who calls: signatures of version 4 (SigV4), in the header `Authorization`.
//!
//! Without keys of its own the service takes any call, signed or not, and learns the Region and the access key from it.
//! With keys, a call must be signed with one of them, body and all, and within a quarter of an hour.

use std::fmt;

use axum::http::request::Parts;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use value::time;

use crate::action::Caller;
use crate::error::{Error, Kind};
use crate::service::Service;

/// A key that calls are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// What names it: this is no secret.
    pub id: String,
    /// What signs.
    pub secret: String,
}

/// The secret stays one.
impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("AccessKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The one algorithm.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// How far the caller's clock may be from ours, in milliseconds.
const SKEW: i64 = 15 * time::MINUTE;

/// What a header `Authorization` says.
#[derive(Debug, PartialEq, Eq)]
struct Signed<'a> {
    access_key: &'a str,
    /// `20260101`
    day: &'a str,
    region: &'a str,
    /// `logs`
    service: &'a str,
    /// `content-type;host;x-amz-date`
    headers: &'a str,
    /// In hexadecimal digits.
    signature: &'a str,
}

/// Who calls; a signature must be for one of these services.
///
/// # Errors
/// Where the service has keys: the call is not signed with one of them.
pub fn caller(service: &Service, head: &Parts, body: &[u8], services: &[&str]) -> Result<Caller, Error> {
    let options = &service.options;
    let text = head.headers.get("authorization").and_then(|it| it.to_str().ok());
    let signed = text.and_then(Signed::read);
    if !options.keys.is_empty() {
        let text = text.ok_or_else(|| Error::new(Kind::MissingAuthenticationToken, "Missing Authentication Token"))?;
        let signed = signed.as_ref().ok_or_else(|| {
            let form = "Credential=…, SignedHeaders=…, Signature=…";
            let algorithm = text.split(' ').next().unwrap_or_default();
            Error::new(Kind::IncompleteSignature, format!("`{algorithm}` is not followed by {ALGORITHM}'s {form}"))
        })?;
        let key = options.keys.iter().find(|it| it.id == signed.access_key);
        let key = key.ok_or_else(|| {
            Error::new(Kind::UnrecognizedClient, "The security token included in the request is invalid.")
        })?;
        signed.verify(key, head, body, options.clock.now())?;
        if !services.contains(&signed.service) {
            let message = format!("Credential should be scoped to correct service: '{}'.", services.join("', '"));
            return Err(Error::new(Kind::InvalidSignature, message));
        }
    }
    let region = signed.as_ref().map_or(options.region.as_str(), |it| it.region);
    Ok(Caller { access_key: signed.as_ref().map(|it| it.access_key.to_owned()), region: region.to_owned() })
}

impl<'a> Signed<'a> {
    /// `AWS4-HMAC-SHA256 Credential=…/20260101/us-east-1/logs/aws4_request, SignedHeaders=…, Signature=…`
    fn read(text: &'a str) -> Option<Signed<'a>> {
        let parts = text.strip_prefix(ALGORITHM)?.split(',');
        let (mut scope, mut headers, mut signature) = (None, None, None);
        for part in parts {
            match part.trim().split_once('=')? {
                ("Credential", it) => scope = Some(it),
                ("SignedHeaders", it) => headers = Some(it),
                ("Signature", it) => signature = Some(it),
                _ => {}
            }
        }
        // A key's name may have slashes, so the scope is read from its end.
        let mut scope = scope?.rsplitn(5, '/');
        let (end, service, region, day) = (scope.next()?, scope.next()?, scope.next()?, scope.next()?);
        let access_key = scope.next().filter(|it| !it.is_empty())?;
        let is_whole = end == "aws4_request" && !region.is_empty();
        is_whole.then_some(Signed { access_key, day, region, service, headers: headers?, signature: signature? })
    }

    /// Whether the key signed this call, now.
    fn verify(&self, key: &AccessKey, head: &Parts, body: &[u8], now: i64) -> Result<(), Error> {
        let wrong = |message: String| Error::new(Kind::InvalidSignature, message);
        let date = head.headers.get("x-amz-date").and_then(|it| it.to_str().ok()).unwrap_or_default();
        let at = moment(date)
            .ok_or_else(|| Error::new(Kind::IncompleteSignature, "no X-Amz-Date such as 20260101T000000Z"))?;
        if (now - at).abs() > SKEW {
            return Err(wrong(format!("Signature expired: {date} is not within 15 minutes of the server's time")));
        }
        if !date.starts_with(self.day) {
            return Err(wrong(format!("Date in Credential scope does not match that of X-Amz-Date: {date}")));
        }
        if !self.headers.split(';').any(|it| it == "host") {
            return Err(wrong(String::from("'Host' must be a signed header")));
        }
        let scope = format!("{}/{}/{}/aws4_request", self.day, self.region, self.service);
        let canonical = hex(&Sha256::digest(canonical(head, self.headers, body)));
        let text = format!("{ALGORITHM}\n{date}\n{scope}\n{canonical}");
        let mut signing = sign(format!("AWS4{}", key.secret).as_bytes(), self.day);
        for part in [self.region, self.service, "aws4_request"] {
            signing = sign(&signing, part);
        }
        let given = unhex(self.signature).unwrap_or_default();
        let matches = mac(&signing).is_some_and(|it| it.chain_update(text).verify_slice(&given).is_ok());
        matches.then_some(()).ok_or_else(|| {
            wrong(String::from(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
            ))
        })
    }
}

/// The call in the one form that is signed.
fn canonical(head: &Parts, names: &str, body: &[u8]) -> String {
    let mut query: Vec<(&str, &str)> = head
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|it| !it.is_empty())
        .map(|it| it.split_once('=').unwrap_or((it, "")))
        .collect();
    query.sort_unstable();
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut text = format!("{}\n{}\n{}\n", head.method, encoded(head.uri.path()), query.join("&"));
    for name in names.split(';') {
        let values = head.headers.get_all(name).iter();
        let one = |value: &axum::http::HeaderValue| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            value.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        text.push_str(&format!("{name}:{}\n", values.map(one).collect::<Vec<_>>().join(",")));
    }
    text.push_str(&format!("\n{names}\n{}", hex(&Sha256::digest(body))));
    text
}

/// A path with what it has encoded encoded once more, as all services but S3 have it.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for it in path.bytes() {
        match it {
            b'/' | b'-' | b'_' | b'.' | b'~' => text.push(char::from(it)),
            it if it.is_ascii_alphanumeric() => text.push(char::from(it)),
            it => text.push_str(&format!("%{it:02X}")),
        }
    }
    text
}

fn mac(key: &[u8]) -> Option<Hmac<Sha256>> {
    // A key may have any length.
    Hmac::<Sha256>::new_from_slice(key).ok()
}

fn sign(key: &[u8], text: &str) -> Vec<u8> {
    mac(key).map(|it| it.chain_update(text).finalize().into_bytes().to_vec()).unwrap_or_default()
}

/// `20260101T000000Z`, in epoch milliseconds.
fn moment(text: &str) -> Option<i64> {
    let (day, rest) = text.split_once('T')?;
    let clock = rest.strip_suffix('Z')?;
    let are_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if day.len() != 8 || clock.len() != 6 || !are_digits(day) || !are_digits(clock) {
        return None;
    }
    let (year, month, day) = (&day[..4], &day[4..6], &day[6..]);
    time::read(&format!("{year}-{month}-{day}T{}:{}:{}Z", &clock[..2], &clock[2..4], &clock[4..]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|it| it.to_digit(16)).collect();
    let digits = digits.filter(|it| it.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use axum::http::Request;
    use source::Memory;

    use super::*;
    use crate::{Clock, Options};

    /// The published example of the signing process: a GET of IAM's ListUsers, 2015-08-30.
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
        SignedHeaders=content-type;host;x-amz-date, \
        Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

    fn ask(authorization: Option<&str>, now: &str, secret: &str, body: &[u8]) -> Result<Caller, Kind> {
        ask_of(&["iam"], authorization, now, secret, body)
    }

    fn ask_of(
        services: &[&str],
        authorization: Option<&str>,
        now: &str,
        secret: &str,
        body: &[u8],
    ) -> Result<Caller, Kind> {
        let mut request = Request::get("/?Version=2010-05-08&Action=ListUsers")
            .header("host", "iam.amazonaws.com")
            .header("content-type", "application/x-www-form-urlencoded;  charset=utf-8")
            .header("x-amz-date", "20150830T123600Z");
        if let Some(text) = authorization {
            request = request.header("authorization", text);
        }
        let (head, ()) = request.body(()).unwrap().into_parts();
        let key = AccessKey { id: String::from("AKIDEXAMPLE"), secret: secret.to_owned() };
        let clock = Clock::Fixed(moment(now).unwrap());
        let options = Options { keys: vec![key], clock, ..Options::default() };
        let service = Service::new(Arc::new(Memory::new()), options).unwrap();
        caller(&service, &head, body, services).map_err(|it| it.kind)
    }

    #[test]
    fn the_published_example_holds() {
        let found = ask(Some(SIGNED), "20150830T124000Z", SECRET, b"").unwrap();
        assert_eq!(found, Caller { access_key: Some(String::from("AKIDEXAMPLE")), region: String::from("us-east-1") });
    }

    #[test]
    fn what_differs_in_anything_is_refused() {
        let now = "20150830T124000Z";
        assert_eq!(ask(None, now, SECRET, b""), Err(Kind::MissingAuthenticationToken));
        assert_eq!(ask(Some("Bearer x"), now, SECRET, b""), Err(Kind::IncompleteSignature));
        assert_eq!(ask(Some(&SIGNED.replace("AKID", "AKIE")), now, SECRET, b""), Err(Kind::UnrecognizedClient));
        assert_eq!(ask(Some(SIGNED), now, "other", b""), Err(Kind::InvalidSignature));
        assert_eq!(ask(Some(SIGNED), now, SECRET, b"x"), Err(Kind::InvalidSignature));
        assert_eq!(ask_of(&["logs"], Some(SIGNED), now, SECRET, b""), Err(Kind::InvalidSignature));
        assert_eq!(ask(Some(SIGNED), "20150830T130000Z", SECRET, b""), Err(Kind::InvalidSignature));
        for (from, to) in
            [("iam/", "logs/"), ("20150830", "20150831"), ("host;", ""), ("5d67", "5d68"), ("5d67", "xyz")]
        {
            let altered = SIGNED.replace(from, to);
            let found = ask(Some(&altered), now, SECRET, b"").unwrap_err();
            assert!(matches!(found, Kind::InvalidSignature | Kind::IncompleteSignature), "{from}: {found:?}");
        }
    }

    #[test]
    fn odd_headers_are_none() {
        for text in ["", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=, Signature=", "x=,="] {
            assert_eq!(Signed::read(text), None, "{text}");
        }
        for text in ["", "T", "TZ", "2026T1Z", "20260101T000000", "2026é101T000000Z", "20261301T000000Z"] {
            assert_eq!(moment(text), None, "{text}");
        }
        assert_eq!(format!("{:?}", AccessKey { id: "a".into(), secret: "s3cret".into() }).find("s3cret"), None);
    }
}
