//! How a call came, and so how its answer goes: the form of bodies, the headers.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use serde_json::{Map, Value};

use super::{cbor, extent, xml};
use crate::error::{Error, Kind};
use crate::frame;
use crate::live::Session;

/// The most values of a call, with the names of members: twice what the largest batch of events has.
const MOST_VALUES: usize = 100_000;

/// How a call came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wire {
    /// The form of bodies.
    pub form: Form,
    /// The service and the operation, where they do not stand in the body.
    pub operation: Option<(String, String)>,
}

/// A form of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// AWS JSON 1.1
    Json,
    /// AWS JSON 1.0, which differs in its name alone.
    OlderJson,
    /// Smithy RPC v2 CBOR
    Cbor,
    /// AWS Query: a form in, XML out.
    Query,
}

/// How a call with these headers came.
pub fn of(headers: &HeaderMap, uri: &Uri) -> Wire {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let kind = text("content-type").unwrap_or_default();
    let is_cbor = text("smithy-protocol").is_some_and(|it| it == "rpc-v2-cbor");
    let mut path = uri.path().trim_start_matches('/').split('/');
    if let (Some("service"), Some(service), Some("operation"), Some(operation), None) =
        (path.next(), path.next(), path.next(), path.next(), path.next())
        // No page of the web can have a browser send this header elsewhere unasked.
        && is_cbor
    {
        return Wire { form: Form::Cbor, operation: Some((service.to_owned(), operation.to_owned())) };
    }
    let target = text("x-amz-target").and_then(|it| it.split_once('.'));
    let operation = target.map(|(service, operation)| (service.to_owned(), operation.to_owned()));
    let form = match kind {
        it if it.starts_with("application/x-amz-json-1.0") => Form::OlderJson,
        it if operation.is_none() && it.starts_with("application/x-www-form-urlencoded") => Form::Query,
        _ => Form::Json,
    };
    Wire { form, operation }
}

impl Wire {
    /// The arguments in a body.
    ///
    /// # Errors
    /// It is no object in the form of the call.
    pub fn arguments(&self, body: &[u8]) -> Result<Value, Error> {
        let exceeds = match self.form {
            Form::Cbor => extent::of_cbor_exceeds,
            Form::Json | Form::OlderJson | Form::Query => extent::of_json_exceeds,
        };
        if exceeds(body, MOST_VALUES) {
            return Err(Error::new(Kind::Serialization, format!("the arguments are more than {MOST_VALUES} values")));
        }
        let read = match self.form {
            // A call without arguments may come without a body.
            _ if body.is_empty() => Ok(Value::Object(Map::new())),
            Form::Cbor => cbor::read(body),
            Form::Json | Form::OlderJson | Form::Query => serde_json::from_slice(body).map_err(|it| it.to_string()),
        };
        match read {
            Ok(it @ Value::Object(_)) => Ok(it),
            Ok(_) => Err(Error::new(Kind::Serialization, "the arguments are no object")),
            Err(reason) => Err(Error::new(Kind::Serialization, format!("the arguments cannot be read: {reason}"))),
        }
    }

    /// The answer to a call.
    pub fn answer(&self, answer: Result<Value, Error>) -> Response {
        match answer {
            Ok(value) => self.response(200, &value),
            Err(error) => self.error(&error),
        }
    }

    /// The answer that goes on.
    pub fn stream(&self, session: Session) -> Response {
        let body = match session.begin() {
            Ok(body) => body,
            Err(error) => return self.error(&Error::new(Kind::ServiceUnavailable, error.to_string())),
        };
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(frame::CONTENT_TYPE));
        if let Ok(id) = HeaderValue::from_str(&uuid::Uuid::new_v4().to_string()) {
            headers.insert("x-amzn-requestid", id);
        }
        response
    }

    /// The answer where there is none.
    pub fn error(&self, error: &Error) -> Response {
        let mut body = Map::new();
        body.insert(String::from("__type"), Value::from(error.kind.name()));
        body.insert(String::from("message"), Value::from(error.message.as_str()));
        body.extend(error.more.clone());
        let mut response = self.response(error.kind.status(), &Value::Object(body));
        response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(error.kind.name()));
        // The rest of a body that was not read is no next call.
        if matches!(error.kind, Kind::RequestTooLarge | Kind::RequestTimeout | Kind::UnsupportedMediaType) {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    fn response(&self, status: u16, value: &Value) -> Response {
        let id = uuid::Uuid::new_v4().to_string();
        let (kind, body) = match self.form {
            Form::Json => ("application/x-amz-json-1.1", value.to_string().into_bytes()),
            Form::OlderJson => ("application/x-amz-json-1.0", value.to_string().into_bytes()),
            Form::Cbor => ("application/cbor", cbor::write(value)),
            Form::Query => ("text/xml", xml::write(value, &id).into_bytes()),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Ok(id) = HeaderValue::from_str(&id) {
            headers.insert("x-amzn-requestid", id);
        }
        if self.form == Form::Cbor {
            headers.insert("smithy-protocol", HeaderValue::from_static("rpc-v2-cbor"));
        }
        response
    }
}
