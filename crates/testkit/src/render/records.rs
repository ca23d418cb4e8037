//! Logs as they are handed on while they are written: subscription records and live tails.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::{Rendered, pack};
use crate::events::Event;
use crate::logs::{Style, string};
use crate::random::Random;

/// The account that the records name.
const ACCOUNT: &str = "123456789012";

/// The log group that the records name.
const GROUP: &str = "/subscribed/orders";

/// The id of a session of a live tail.
const SESSION: &str = "\"sessionId\":\"d4fa6a5f-3b17-4c3b-9a0e-5a3f5e1c2b7d\"";

/// Subscription records, as Firehose leaves them: gzip members back to back.
pub(super) fn firehose(events: &[&Event], random: &mut Random) -> Rendered {
    let mut bytes = Vec::new();
    for record in records(events, random) {
        bytes.extend(pack::gzip(record.as_bytes()));
    }
    rendered("2026/01/01/00/orders-1-2026-01-01-00-00-00-0a1b", bytes, not_ingested(events))
}

/// Subscription records as text: one a line, or laid out over several.
pub(super) fn subscription(events: &[&Event], random: &mut Random) -> Rendered {
    let between = random.word(&["\n", "", "\r\n", "\n\n"]);
    let text: String = records(events, random).into_iter().map(|it| it + between).collect();
    rendered("records.json", text.into_bytes(), not_ingested(events))
}

/// What Lambda functions get of a subscription: records in gzip in base64.
pub(super) fn awslogs(events: &[&Event], random: &mut Random) -> Rendered {
    let style = *random.pick(&[Style::Compact, Style::Spaced, Style::Pretty]);
    let mut text = String::new();
    for record in records(events, random) {
        let data = format!("\"{}\"", BASE64_STANDARD.encode(pack::gzip(record.as_bytes())));
        let inner = style.join('{', &[style.pair("\"data\"", &data)], '}');
        text += &style.join('{', &[style.pair("\"awslogs\"", &inner)], '}');
        text += "\n";
    }
    rendered("awslogs.json", text.into_bytes(), not_ingested(events))
}

/// What StartLiveTail tells: the session's start, then updates, some of them empty.
pub(super) fn live_tail(events: &[&Event], random: &mut Random) -> Rendered {
    let style = *random.pick(&[Style::Compact, Style::Spaced, Style::Pretty]);
    let document = |kind: &str, parts: &[String]| {
        style.join('{', &[style.pair(&format!("\"{kind}\""), &style.join('{', parts, '}'))], '}') + "\n"
    };
    let groups = style.pair("\"logGroupIdentifiers\"", &format!("[\"{ACCOUNT}:{GROUP}\"]"));
    let mut text = document("sessionStart", &[SESSION.to_string(), groups]);
    let mut rest = events;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(random.below(rest.len().min(6) + 1));
        let results: Vec<String> = now.iter().map(|it| result(it, style, random)).collect();
        let mut parts = vec![
            style.pair("\"sessionMetadata\"", "{\"sampled\":false}"),
            style.pair("\"sessionResults\"", &style.join('[', &results, ']')),
        ];
        if random.one_in(4) {
            parts.reverse();
        }
        text += &document("sessionUpdate", &parts);
        rest = later;
    }
    rendered("tail.json", text.into_bytes(), events.iter().map(|it| (*it).clone()).collect())
}

/// A message of a live tail.
fn result(event: &Event, style: Style, random: &mut Random) -> String {
    let mut parts = vec![
        style.pair("\"logGroupIdentifier\"", &format!("\"{ACCOUNT}:{GROUP}\"")),
        style.pair("\"logStreamName\"", &string(random, event.stream.as_deref().unwrap_or("default"))),
        style.pair("\"message\"", &string(random, &event.message)),
        style.pair("\"timestamp\"", &event.time.unwrap_or_default().to_string()),
    ];
    if let Some(ingested) = event.ingested {
        parts.push(style.pair("\"ingestionTime\"", &ingested.to_string()));
    }
    if random.one_in(4) {
        random.shuffle(&mut parts);
    }
    style.join('{', &parts, '}')
}

/// Records of a few events each, all of one stream; now and then one that only tries whether it may be sent.
fn records(events: &[&Event], random: &mut Random) -> Vec<String> {
    let mut records = Vec::new();
    for stretch in events.chunk_by(|one, next| one.stream == next.stream) {
        let mut rest = stretch;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(random.between(1, rest.len().min(8) as i64) as usize);
            records.push(record(now, random));
            rest = later;
        }
        if random.one_in(8) {
            records.push(control(random));
        }
    }
    records
}

fn record(events: &[&Event], random: &mut Random) -> String {
    let style = *random.pick(&[Style::Compact, Style::Compact, Style::Spaced, Style::Pretty]);
    let stream = events.first().and_then(|it| it.stream.as_deref()).unwrap_or("default");
    let events: Vec<String> = events.iter().map(|it| event(it, style, random)).collect();
    let stream = string(random, stream);
    let mut parts = head("DATA_MESSAGE", GROUP, &stream, style);
    if random.one_in(4) {
        random.shuffle(&mut parts);
    }
    parts.push(style.pair("\"logEvents\"", &style.join('[', &events, ']')));
    style.join('{', &parts, '}')
}

fn event(event: &Event, style: Style, random: &mut Random) -> String {
    let time = event.time.unwrap_or_default();
    let mut parts = vec![
        style.pair("\"id\"", &format!("\"3{time:023}{:032}\"", random.below(1000))),
        style.pair("\"timestamp\"", &time.to_string()),
        style.pair("\"message\"", &string(random, &event.message)),
    ];
    if random.one_in(6) {
        parts.push(style.pair("\"extractedFields\"", "{\"message\":\"none\",\"timestamp\":\"7\"}"));
    }
    style.join('{', &parts, '}')
}

fn control(random: &mut Random) -> String {
    let style = *random.pick(&[Style::Compact, Style::Spaced]);
    let mut parts = head("CONTROL_MESSAGE", "", "\"\"", style);
    let message = "\"CWL CONTROL MESSAGE: Checking health of destination Firehose.\"";
    let event = style.join('{', &["\"id\":\"\"", "\"timestamp\":1767225600000"].map(String::from), '}');
    let event = event.replace('}', &format!(",\"message\":{message}}}"));
    parts.push(style.pair("\"logEvents\"", &style.join('[', &[event], ']')));
    style.join('{', &parts, '}')
}

/// What stands ahead of a record's events, for a stream that is written as JSON.
fn head(kind: &str, group: &str, stream: &str, style: Style) -> Vec<String> {
    vec![
        style.pair("\"messageType\"", &format!("\"{kind}\"")),
        style.pair("\"owner\"", &format!("\"{ACCOUNT}\"")),
        style.pair("\"logGroup\"", &format!("\"{group}\"")),
        style.pair("\"logStream\"", stream),
        style.pair("\"subscriptionFilters\"", "[\"to [all] {orders}\"]"),
    ]
}

/// No record tells when an event was received.
fn not_ingested(events: &[&Event]) -> Vec<Event> {
    events.iter().map(|it| Event { ingested: None, ..(*it).clone() }).collect()
}

fn rendered(path: &str, bytes: Vec<u8>, events: Vec<Event>) -> Rendered {
    Rendered { files: vec![(path.to_string(), bytes)], events, log: Some(format!("{ACCOUNT}:{GROUP}")) }
}
