//! One invocation of the function, as its log tells it.

use crate::digits;
use crate::fleet::{Environment, MEMORY};
use crate::handler::{self, Function};
use crate::lines::Lines;
use crate::outcome::Outcome;
use crate::request::Request;

/// Adds the events of an invocation and returns when it ended, in epoch milliseconds.
pub fn write(lines: &mut Lines, function: &Function, request: &Request, environment: &Environment) -> i64 {
    let start = begin(lines, request, environment);
    let handled = handler::write(lines, function, request, start + request.pace.begin);
    let within = ((handled - start + request.pace.end) as u64) * 100 + (request.invocation % 100) as u64;
    match request.outcome {
        Outcome::TimedOut => {
            let end = start + TIMEOUT;
            lines.add(end, |out| {
                digits::iso(out, end);
                uuid(out, " ", request, " Task timed out after 3.00 seconds");
            });
            finish(
                lines,
                request,
                environment,
                Finish { time: end, lasted: TIMEOUT as u64 * 100, status: "Status: timeout" },
            );
            end
        }
        Outcome::OutOfMemory => {
            let environment = Environment { memory: MEMORY, ..*environment };
            let status = "Status: error\tError Type: Runtime.ExitError";
            finish(lines, request, &environment, Finish { time: handled, lasted: within, status });
            lines.add(handled, |out| {
                let error = " Error: Runtime exited with error: signal: killed\nRuntime.ExitError";
                uuid(out, "RequestId: ", request, error);
            });
            handled
        }
        Outcome::Answered(_) | Outcome::Failed(_) | Outcome::TurnedAway => {
            let end = handled + request.pace.end;
            finish(lines, request, environment, Finish { time: end, lasted: within, status: "" });
            end
        }
    }
}

/// The function's time limit, in milliseconds.
const TIMEOUT: i64 = 3_000;

/// How an invocation ended.
struct Finish {
    /// When, in epoch milliseconds.
    time: i64,
    /// After how long, in hundredths of a millisecond.
    lasted: u64,
    /// What the report says behind the memory.
    status: &'static str,
}

/// Returns when the function started.
fn begin(lines: &mut Lines, request: &Request, environment: &Environment) -> i64 {
    let mut time = request.arrived + request.pace.way;
    if let Some(cold) = environment.cold {
        lines.add(time, |out| {
            out.extend_from_slice(b"INIT_START Runtime Version: nodejs:22.v63\tRuntime Version ARN: ");
            out.extend_from_slice(b"arn:aws:lambda:us-east-1::runtime:demo");
        });
        time += cold.div_ceil(100) as i64;
    }
    lines.add(time, |out| uuid(out, "START RequestId: ", request, " Version: $LATEST"));
    time
}

fn finish(lines: &mut Lines, request: &Request, environment: &Environment, finish: Finish) {
    lines.add(finish.time, |out| uuid(out, "END RequestId: ", request, ""));
    lines.add(finish.time, |out| {
        uuid(out, "REPORT RequestId: ", request, "\tDuration: ");
        digits::hundredths(out, finish.lasted);
        out.extend_from_slice(b" ms\tBilled Duration: ");
        // The start of a cold environment is billed too.
        digits::number(out, (finish.lasted + environment.cold.unwrap_or(0)).div_ceil(100));
        out.extend_from_slice(b" ms\tMemory Size: ");
        digits::number(out, MEMORY);
        out.extend_from_slice(b" MB\tMax Memory Used: ");
        digits::number(out, environment.memory);
        out.extend_from_slice(b" MB\t");
        if let Some(cold) = environment.cold {
            out.extend_from_slice(b"Init Duration: ");
            digits::hundredths(out, cold);
            out.extend_from_slice(b" ms\t");
        }
        out.extend_from_slice(finish.status.as_bytes());
    });
}

fn uuid(out: &mut Vec<u8>, before: &str, request: &Request, after: &str) {
    out.extend_from_slice(before.as_bytes());
    digits::uuid(out, request.invocation);
    out.extend_from_slice(after.as_bytes());
}
