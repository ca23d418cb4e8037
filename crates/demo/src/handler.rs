//! What the handler logs: an object for each step of a request, all with the gateway's id.

use crate::digits;
use crate::failure::{Cause, Failure};
use crate::json::{Object, escape, object};
use crate::lines::Lines;
use crate::options::Runtime;
use crate::outcome::Outcome;
use crate::request::{Parameter, Request};
use crate::route::Operation;

/// What all invocations of an archive share.
pub struct Function {
    /// The name of its table.
    pub table: String,
    /// How its runtime writes what the handler logs.
    pub runtime: Runtime,
}

/// Adds the events of a handler that begins at `began` and returns when it is done, both in epoch milliseconds.
/// A handler that never ends is done when it hangs.
pub fn write(lines: &mut Lines, function: &Function, request: &Request, began: i64) -> i64 {
    let mut log = Log { lines, function, request };
    log.start(began);
    let ready = began + request.pace.prepare;
    match request.outcome {
        Outcome::Answered(status) => {
            let asked = match request.route.operation {
                Some(operation) => log.ask(operation, status, ready),
                None => ready,
            };
            let answered = asked + request.pace.answer;
            log.complete(status, answered, (answered - began) as u64);
            answered
        }
        Outcome::Failed(failure) => log.fail(failure, ready),
        Outcome::TimedOut | Outcome::OutOfMemory | Outcome::TurnedAway => ready + request.pace.table,
    }
}

/// How long the handler waits before it asks the table again, in milliseconds; each time twice as long.
const DELAY: i64 = 25;

/// How long the table takes to throttle, in milliseconds.
const REFUSAL: i64 = 4;

struct Log<'a> {
    lines: &'a mut Lines,
    function: &'a Function,
    request: &'a Request,
}

impl Log<'_> {
    fn start(&mut self, time: i64) {
        let Request { route, parameter, .. } = self.request;
        self.entry(time, "INFO", "Request started", |entry| {
            entry.text("method", route.method).text("path", route.path).value("queryParams", |out| {
                let parameters = object(out);
                match *parameter {
                    Parameter::None => parameters.close(),
                    Parameter::Item(id) => parameters.quoted("id", id.into()).close(),
                    Parameter::Search(words) => parameters.text("q", words).close(),
                }
            })
        });
    }

    /// Returns when the table answered.
    fn ask(&mut self, operation: Operation, status: u64, ready: i64) -> i64 {
        let (function, request) = (self.function, self.request);
        let answered = self.wait(operation, ready) + request.pace.table;
        let message = match operation {
            Operation::GetItem => "DynamoDB read completed",
            Operation::PutItem => "DynamoDB write completed",
        };
        self.entry(answered, "INFO", message, |entry| {
            let entry = about(entry, operation, function, request);
            let entry = match operation {
                Operation::GetItem => entry.word("found", if status == 404 { "false" } else { "true" }),
                Operation::PutItem => entry,
            };
            entry.number("dynamoDuration", request.pace.table as u64)
        });
        answered
    }

    /// Asks again until the table does not throttle any more; returns when that is asked.
    fn wait(&mut self, operation: Operation, ready: i64) -> i64 {
        let (function, request) = (self.function, self.request);
        let mut time = ready;
        for attempt in 1..=request.throttled {
            let delay = DELAY << attempt;
            time += REFUSAL;
            self.entry(time, "WARN", "DynamoDB request throttled", |entry| {
                about(entry, operation, function, request)
                    .number("attempt", attempt.into())
                    .number("retryDelay", delay as u64)
            });
            time += delay;
        }
        time
    }

    fn complete(&mut self, status: u64, time: i64, duration: u64) {
        self.entry(time, "INFO", "Request completed", |entry| {
            entry.number("statusCode", status).number("duration", duration)
        });
    }

    /// Returns when the handler failed.
    fn fail(&mut self, failure: &Failure, ready: i64) -> i64 {
        let (function, request) = (self.function, self.request);
        let operation = request.route.operation.filter(|_| failure.cause != Cause::Handler);
        let failed = operation.map_or(ready, |it| self.wait(it, ready) + request.pace.table);
        self.entry(failed, "ERROR", "Request failed", |entry| {
            let entry = match operation {
                Some(operation) => about(entry, operation, function, request),
                None => entry,
            };
            entry.text("error", failure.error).value("stack", |out| {
                out.push(b'"');
                for part in [failure.class, ": ", failure.error, failure.frames] {
                    escape(out, part.as_bytes());
                }
                out.push(b'"');
            })
        });
        failed
    }

    fn entry(&mut self, time: i64, level: &str, message: &str, fill: impl FnOnce(Object<'_>) -> Object<'_>) {
        let (function, request) = (self.function, self.request);
        self.lines.add(time, |out| {
            if function.runtime == Runtime::Prefixed {
                digits::iso(out, time);
                out.push(b'\t');
                digits::uuid(out, request.invocation);
                out.push(b'\t');
                out.extend_from_slice(level.as_bytes());
                out.push(b'\t');
            }
            let entry = object(out).text("level", level).text("message", message);
            fill(entry.text("requestId", request.id.as_str())).close();
        });
    }
}

/// The keys of an entry about the table.
fn about<'a>(entry: Object<'a>, operation: Operation, function: &Function, request: &Request) -> Object<'a> {
    let entry = entry.text("operation", operation.name()).text("tableName", &function.table);
    match request.parameter {
        Parameter::Item(id) => entry.quoted("itemId", id.into()),
        Parameter::None | Parameter::Search(_) => entry.uuid("itemId", request.made),
    }
}
