//! HTTP in, HTTP out: which operation is meant, in which protocol its arguments come, and how the answer is written.
//!
//! | protocol | how a call is known | arguments and answer |
//! |---|---|---|
//! | AWS JSON 1.1 and 1.0 | `POST /` with `X-Amz-Target: Logs_20140328.StartQuery` | JSON |
//! | Smithy RPC v2 CBOR | `POST /service/Logs_20140328/operation/StartQuery` | CBOR |
//! | AWS Query | `POST /` with a form `Action=ListMetrics` | XML |
//!
//! A body may be compressed, as its `Content-Encoding` says; it is signed as it is sent.
//!
//! Between here and the operations, arguments and answers are JSON values, whichever protocol it is.

mod cbor;
mod encoding;
mod extent;
mod neighbour;
mod wire;
mod xml;

use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use axum::routing::get;
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::action::{self, Call};
use crate::error::{Error, Kind};
use crate::live::Session;
use crate::service::Service;
use crate::signature;
use encoding::Encoding;
use wire::{Form, Wire};

/// The largest body that is read, and the most that one may be unpacked to: a lookup table of 10 MB, each of its quotes escaped.
const LARGEST: usize = 24 << 20;
/// How many bytes of bodies are in memory at once; the next body waits, unless it is small.
const ROOM: usize = 256 << 20;
/// How many bytes bodies may be unpacked to at once; the next one waits.
const UNPACKING: usize = 96 << 20;
/// A body that is no larger, as those of most calls are, waits for none while it is sent: as many as there may be
/// connections have room beside the large ones, which may be slow.
const SMALL: usize = 64 << 10;
/// What a signature may be for: this service, and those of its neighbours that are answered.
const SIGNED_FOR: [&str; 3] = ["logs", "monitoring", "sts"];
/// The service's own name in calls.
const LOGS: &str = "Logs_20140328";

/// The service, and the room there is for bodies: as they are sent, and as they are unpacked.
#[derive(Clone)]
struct Front {
    service: Arc<Service>,
    room: Arc<Semaphore>,
    unpacking: Arc<Semaphore>,
}

/// The body of a call.
struct Sent {
    bytes: Bytes,
    encoding: Encoding,
    /// What it takes of the room that there is for large ones.
    _room: Option<OwnedSemaphorePermit>,
    /// What it may take of the room that there is for those that are unpacked.
    _unpacked: OwnedSemaphorePermit,
}

/// The service as HTTP.
pub fn router(service: Arc<Service>) -> Router {
    let [room, unpacking] = [ROOM, UNPACKING].map(|it| Arc::new(Semaphore::new(it)));
    let front = Front { service, room, unpacking };
    Router::new().route("/", get(greet).fallback(answer)).fallback(answer).with_state(front)
}

/// Whether a call was sent to an address, or to a name that no other machine has. A browser sends what a page has it call
/// to whichever name the page is of, though that leads here.
fn is_of_this_machine(head: &Parts) -> bool {
    let named = head.headers.get(header::HOST).map(|it| it.to_str().unwrap_or_default());
    let Some(named) = head.uri.authority().map(|it| it.as_str()).or(named) else { return true };
    let host = match named.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => named.split(':').next().unwrap_or_default(),
    };
    let name = host.to_ascii_lowercase();
    // Live tail is asked for at `stream-localhost`.
    host.parse::<IpAddr>().is_ok() || name.split('.').next_back().is_some_and(|it| it.ends_with("localhost"))
}

/// What is said to whoever looks with a browser.
async fn greet() -> &'static str {
    concat!("Groundwatch ", env!("CARGO_PKG_VERSION"), ": the CloudWatch Logs API\n")
}

async fn answer(State(front): State<Front>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let wire = wire::of(&parts.headers, &parts.uri);
    if front.service.options.keys.is_empty() && !is_of_this_machine(&parts) {
        let message = "without an --access-key calls are answered that name an IP or localhost, for a page of the web may \
                       have a browser call any other name";
        return wire.error(&Error::new(Kind::AccessDenied, message));
    }
    let sent = match front.read(body, &parts.headers).await {
        Ok(sent) => sent,
        Err(error) => return wire.error(&error),
    };
    let (service, of_call) = (front.service, wire.clone());
    if parts.method != Method::POST {
        return wire.error(&Error::new(Kind::UnknownOperation, "calls of the API are by POST"));
    }
    // Even small answers may have to look at files.
    let work = move || {
        let answer = call(&service, &of_call, &parts, &sent);
        drop(sent);
        match answer {
            Ok(Answer::Whole(value)) => of_call.answer(Ok(value)),
            Ok(Answer::Stream(session)) => of_call.stream(*session),
            Err(error) => of_call.error(&error),
        }
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
        wire.error(&Error::new(Kind::ServiceUnavailable, "the operation came to an unexpected end"))
    })
}

impl Front {
    /// The body, if it is neither too large nor too slow.
    async fn read(&self, body: Body, headers: &HeaderMap) -> Result<Sent, Error> {
        let encoding = Encoding::of(headers)?;
        let length = headers.get("content-length").and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
        // A body of which nobody says how large it is may be as large as any.
        let length = length.unwrap_or(if body.is_end_stream() { 0 } else { LARGEST });
        if length > LARGEST {
            return Err(too_large());
        }
        let room = if length > SMALL { Some(some_of(&self.room, length).await?) } else { None };
        let read = tokio::time::timeout(self.service.options.patience.body, whole(body)).await;
        let bytes = read.map_err(|_| Error::new(Kind::RequestTimeout, "the body did not come in time"))??;
        // No client is waited for from here on, so nobody waits for long.
        let unpacked = some_of(&self.unpacking, encoding.unpacked(bytes.len())).await?;
        Ok(Sent { bytes, encoding, _room: room, _unpacked: unpacked })
    }
}

/// Waits for so many bytes of some room.
async fn some_of(room: &Arc<Semaphore>, length: usize) -> Result<OwnedSemaphorePermit, Error> {
    let some = room.clone().acquire_many_owned(u32::try_from(length).unwrap_or(u32::MAX)).await;
    some.map_err(|_| Error::new(Kind::ServiceUnavailable, "the service ends"))
}

/// All bytes of a body.
async fn whole(mut body: Body) -> Result<Bytes, Error> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let broken =
            |_| Error::new(Kind::Serialization, "the body breaks off, or is not in the form that its head says");
        // What may stand behind a body says nothing of it.
        let Ok(part) = frame.map_err(broken)?.into_data() else { continue };
        if bytes.len() + part.len() > LARGEST {
            return Err(too_large());
        }
        bytes.extend_from_slice(&part);
    }
    Ok(Bytes::from(bytes))
}

fn too_large() -> Error {
    Error::new(Kind::RequestTooLarge, format!("a body has {LARGEST} bytes at most, unpacked too"))
}

/// What an operation answers.
enum Answer {
    Whole(Value),
    Stream(Box<Session>),
}

/// Finds the operation, and has it answer.
fn call(service: &Service, wire: &Wire, head: &Parts, sent: &Sent) -> Result<Answer, Error> {
    // Nothing is unpacked for somebody who may not call.
    let caller = signature::caller(service, head, &sent.bytes, &SIGNED_FOR)?;
    let body = &*sent.encoding.unpack(&sent.bytes)?;
    let (of, operation) = match &wire.operation {
        Some((of, operation)) => (of.clone(), operation.clone()),
        None if wire.form == Form::Query => neighbour::operation(body)?,
        None => return Err(Error::new(Kind::UnknownOperation, "the call names no operation")),
    };
    if of != LOGS {
        return neighbour::answer(service, &caller, &of, &operation).map(Answer::Whole);
    }
    if let Some(action) = action::STREAMING.iter().find(|it| it.name == operation) {
        if wire.form != Form::Json {
            let message = format!("`{operation}` is answered in AWS JSON 1.1 alone, in which all clients ask for it");
            return Err(Error::new(Kind::UnknownOperation, message));
        }
        let input = wire.arguments(body)?;
        return (action.start)(&Call { service, operation: action.name, caller, input })
            .map(|it| Answer::Stream(Box::new(it)));
    }
    let Some(action) = action::find(&operation) else {
        return Err(Error::new(Kind::UnknownOperation, format!("`{operation}` is not served here")));
    };
    let input = wire.arguments(body)?;
    (action.run)(&Call { service, operation: action.name, caller, input }).map(Answer::Whole)
}
