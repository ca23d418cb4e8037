//! What services write in forms of their own: Lambda around each call, as text and as JSON, and the records of the network.

use super::json::{self, Style};
use crate::random::Random;
use crate::time;
use crate::vocabulary::{ADDRESSES, LEVELS, REQUESTS};

/// The keys of a report's metrics, and of some the service may leave out.
const METRICS: &[&str] =
    &["durationMs", "billedDurationMs", "memorySizeMB", "maxMemoryUsedMB", "initDurationMs", "restoreDurationMs"];

/// A line of Lambda itself, or one that a function wrote through it.
pub(super) fn lambda(random: &mut Random, style: Style, time: i64) -> String {
    let request = random.word(REQUESTS);
    let line = match random.below(7) {
        0 => format!("START RequestId: {request} Version: $LATEST"),
        1 => format!("END RequestId: {request}"),
        2 | 3 => report(random, request),
        4 => format!("{}\t{request}\t{}\t{}", time::iso(time), random.word(LEVELS), random.words(1, 6)),
        5 => format!("{}\t{request}\t{}\t{}", time::iso(time), random.word(LEVELS), json::nested(random, style)),
        _ => format!("[{}]\t{}\t{request}\t{}", random.word(LEVELS), time::iso(time), random.words(1, 6)),
    };
    if random.one_in(3) { line } else { format!("{line}\n") }
}

fn report(random: &mut Random, request: &str) -> String {
    let duration = random.between(1, 900_000) as f64 / 100.0;
    let billed = duration.ceil();
    let memory = random.pick(&[128, 256, 1024, 3008]);
    let used = random.between(20, 128);
    let cold = match random.below(3) {
        0 => format!("\tInit Duration: {:.2} ms", random.between(1, 90_000) as f64 / 100.0),
        1 => format!(
            "\tXRAY TraceId: 1-{}-{}\tSegmentId: {}\tSampled: true",
            random.hex(8),
            random.hex(24),
            random.hex(16)
        ),
        _ => String::new(),
    };
    format!(
        "REPORT RequestId: {request}\tDuration: {duration:.2} ms\tBilled Duration: {billed} ms\tMemory Size: {memory} MB\t\
         Max Memory Used: {used} MB{cold}\t"
    )
}

/// A line of Lambda's JSON log format: mostly a report, in which anything may be missing.
pub(super) fn lambda_json(random: &mut Random, style: Style, time: i64) -> String {
    if random.one_in(4) {
        return own_json(random, style, time);
    }
    let kind = random.word(&["report", "report", "report", "report", "start", "runtimeDone", "initStart"]);
    let mut record = Vec::new();
    if !random.one_in(8) {
        record.push(style.pair("\"requestId\"", &format!("\"{}\"", random.word(REQUESTS))));
    }
    record.push(style.pair("\"status\"", random.word(&["\"success\"", "\"error\"", "null"])));
    if !random.one_in(8) {
        let mut metrics = Vec::new();
        for name in METRICS {
            if !random.one_in(4) {
                metrics.push(style.pair(&format!("\"{name}\""), &metric(random)));
            }
        }
        record.push(style.pair("\"metrics\"", &style.join('{', &metrics, '}')));
    }
    random.shuffle(&mut record);
    let mut parts = vec![
        style.pair("\"time\"", &format!("\"{}\"", time::iso(time))),
        style.pair("\"type\"", &format!("\"platform.{kind}\"")),
        style.pair("\"record\"", &style.join('{', &record, '}')),
    ];
    if random.one_in(4) {
        random.shuffle(&mut parts);
    }
    if random.one_in(16) {
        parts.push(style.pair("\"type\"", random.word(&["\"platform.report\"", "\"other\"", "null"])));
    }
    style.join('{', &parts, '}')
}

/// A line of a function's own log in that format.
fn own_json(random: &mut Random, style: Style, time: i64) -> String {
    let message = random.word(&["done", "{} {\"a\":1}", "saw \"platform.start\"", "{\"type\":\"platform.report\"}"]);
    let mut parts = vec![
        style.pair("\"timestamp\"", &format!("\"{}\"", time::iso(time))),
        style.pair("\"level\"", &format!("\"{}\"", random.word(LEVELS))),
        style.pair("\"message\"", &json::string(random, message)),
        style.pair("\"requestId\"", &format!("\"{}\"", random.word(REQUESTS))),
    ];
    if random.one_in(4) {
        random.shuffle(&mut parts);
        parts.pop();
    }
    style.join('{', &parts, '}')
}

/// What a metric mostly holds: a number.
fn metric(random: &mut Random) -> String {
    match random.below(12) {
        0 => String::from("null"),
        1 => format!("\"{}\"", random.between(0, 900)),
        2 => random.json_number(),
        3 | 4 => random.pick(&[128, 256, 1024, 3008]).to_string(),
        _ => format!("{:.3}", random.between(1, 9_000_000) as f64 / 1000.0),
    }
}
/// A record of VPC flow logs in the default format or of a query to Route 53, now and then one without data, or with a field too few or too many.
pub(super) fn network(random: &mut Random, time: i64) -> String {
    if random.one_in(4) {
        return query(random, time);
    }
    let (account, interface) = (random.digits(12, 12), random.hex(17));
    let (start, end) = (time.div_euclid(1000) - 60, time.div_euclid(1000));
    if random.one_in(10) {
        let status = random.word(&["NODATA", "SKIPDATA"]);
        return format!("2 {account} eni-{interface} - - - - - - - {start} {end} - {status}");
    }
    let (source, target) = (random.word(ADDRESSES), random.word(ADDRESSES));
    let ports = [random.below(65_536), *random.pick(&[22, 80, 443, 443])];
    let (protocol, packets) = (random.word(&["6", "17", "1"]), random.between(1, 5000));
    let (bytes, action) = (packets * random.between(40, 1500), random.word(&["ACCEPT", "ACCEPT", "REJECT"]));
    let line = format!(
        "2 {account} eni-{interface} {source} {target} {} {} {protocol} {packets} {bytes} {start} {end} {action} OK",
        ports[0], ports[1]
    );
    match random.below(16) {
        0 => format!("{line} {}", random.hex(4)),
        1 => line.rsplit_once(' ').map_or(String::new(), |it| it.0.to_string()),
        _ => line,
    }
}

/// `1.0 2017-12-13T08:16:02.130Z Z123412341234 example.com A NOERROR UDP FRA6 192.168.1.1 -`
fn query(random: &mut Random, time: i64) -> String {
    let name = random.word(&["example.com", "www.example.com", "-"]);
    let (kind, answer) = (random.word(&["A", "AAAA", "MX"]), random.word(&["NOERROR", "NXDOMAIN", "-"]));
    let (protocol, resolver) = (random.word(&["UDP", "UDP", "TCP", "udp"]), random.word(ADDRESSES));
    let subnet = random.word(&["-", "-", "192.0.2.0/24"]);
    format!("1.0 {} Z123412341234 {name} {kind} {answer} {protocol} FRA6 {resolver} {subnet}", time::iso(time))
}
