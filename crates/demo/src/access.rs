//! The gateway's access log: a line for each request, all values as text.

use crate::digits;
use crate::json::object;
use crate::lines::Lines;
use crate::outcome::Outcome;
use crate::request::Request;

/// Adds the line of a request whose invocation, if there was one, ended at `ended` (epoch milliseconds).
pub fn write(lines: &mut Lines, request: &Request, ended: i64) {
    let answer = answer(request);
    let answered = ended + request.pace.back;
    let integration = match request.outcome {
        Outcome::TurnedAway => None,
        _ => Some((ended - request.arrived) as u64),
    };
    lines.add(answered, |out| {
        let line = object(out)
            .text("requestId", request.id.as_str())
            .value("ip", |out| quote(out, |out| address(out, request.client)))
            .value("requestTime", |out| quote(out, |out| digits::access_time(out, request.arrived)))
            .text("httpMethod", request.route.method)
            .value("routeKey", |out| {
                quote(out, |out| {
                    for part in [request.route.method, " ", request.route.path] {
                        out.extend_from_slice(part.as_bytes());
                    }
                });
            })
            .text("path", request.route.path)
            .quoted("status", answer.status)
            .text("protocol", "HTTP/1.1")
            .quoted("responseLength", answer.bytes)
            .quoted("responseLatency", (answered - request.arrived) as u64);
        let line = match integration {
            Some(latency) => line
                .quoted("integrationLatency", latency)
                .quoted("integrationStatus", 200)
                .uuid("integrationRequestId", request.invocation),
            None => {
                line.text("integrationLatency", "-").text("integrationStatus", "-").text("integrationRequestId", "-")
            }
        };
        line.text("integrationErrorMessage", answer.error)
            .text("userAgent", AGENTS[request.client as usize % AGENTS.len()])
            .close();
    });
}

struct Answer {
    status: u64,
    bytes: u64,
    error: &'static str,
}

fn answer(request: &Request) -> Answer {
    let (status, bytes, error) = match request.outcome {
        Outcome::Answered(404) => (404, r#"{"error":"Not found"}"#.len() as u64, "-"),
        Outcome::Answered(405) => (405, r#"{"error":"Method not allowed"}"#.len() as u64, "-"),
        Outcome::Answered(status) => (status, request.item_bytes, "-"),
        Outcome::Failed(_) => (500, r#"{"error":"Internal server error"}"#.len() as u64, "-"),
        Outcome::TimedOut => (500, STOPPED, "The function timed out"),
        Outcome::OutOfMemory => (500, STOPPED, "The function exited"),
        Outcome::TurnedAway => (429, r#"{"message":"Too Many Requests"}"#.len() as u64, "Too Many Requests"),
    };
    Answer { status, bytes, error }
}

/// The bytes of the gateway's own answer for a function that gave none.
const STOPPED: u64 = r#"{"message":"Internal Server Error"}"#.len() as u64;

static AGENTS: [&str; 7] = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0",
    "curl/8.17.0",
];

fn quote(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'"');
    write(out);
    out.push(b'"');
}

/// An address kept for documentation, one in eight of version 6.
fn address(out: &mut Vec<u8>, client: u32) {
    if client % 8 == 7 {
        out.extend_from_slice(b"2001:db8::");
        digits::number(out, (client / 8 + 1).into());
        return;
    }
    let network = ["192.0.2.", "198.51.100.", "203.0.113."][client as usize % 3];
    out.extend_from_slice(network.as_bytes());
    digits::number(out, u64::from(client / 3 % 254 + 1));
}
