//! A log as it is exported: the same events in the shapes that the service and its tools leave behind.

mod pack;
mod records;
mod tail;

use crate::events::{self, Event, WRITE_TEST};
use crate::logs::{Style, string};
use crate::random::Random;
use crate::time;

/// How a log was exported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// An export task's folders, unpacked.
    Export,
    /// An export task's folders, in gzip of several members, cut anywhere.
    ExportGzip,
    /// An export task's folders, packed again in zstd of several frames, cut anywhere.
    ExportZstd,
    /// An export whose lines begin with milliseconds since the epoch.
    ExportEpoch,
    /// FilterLogEvents: one document.
    FilterLogEvents,
    /// FilterLogEvents: pages one after another, compact or indented, some of them empty.
    FilterLogEventsPages,
    /// The events of FilterLogEvents, one a line, over two files.
    EventLines,
    /// GetLogEvents: one document for each stream.
    GetLogEvents,
    /// JSON Lines of the messages themselves.
    JsonLines,
    /// Subscription records, as text.
    Subscription,
    /// Subscription records in gzip, back to back.
    Firehose,
    /// Subscription records as Lambda functions get them.
    Awslogs,
    /// What StartLiveTail tells.
    LiveTail,
    /// What `aws logs tail` prints.
    Tail,
}

/// What a shape does not carry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Loss {
    /// When an event was received.
    Ingested,
    /// Which stream an event is of.
    Stream,
    /// The stream's name: `/` becomes `-`.
    StreamName,
    /// The ends of lines at the end of a message.
    LastLineEnds,
    /// Where an event ends, if one of its lines looks like the head of another.
    Ends,
    /// Events whose message is no JSON object of one line, or has a `@timestamp` of its own.
    OtherMessages,
    /// The message as it was: it gets a key `@timestamp` in front.
    Message,
}

/// An archive in memory.
#[derive(Clone, PartialEq, Debug)]
pub struct Rendered {
    /// The files, with paths below the archive's root, in no particular order.
    pub files: Vec<(String, Vec<u8>)>,
    /// The events as a correct reader must see them, in the order of the archive: paths by bytes, then position.
    pub events: Vec<Event>,
    /// Their log, `account:group`, where the files name it themselves.
    pub log: Option<String>,
}

impl Shape {
    /// All shapes.
    pub const ALL: &[Shape] = &[
        Shape::Export,
        Shape::ExportGzip,
        Shape::ExportZstd,
        Shape::ExportEpoch,
        Shape::FilterLogEvents,
        Shape::FilterLogEventsPages,
        Shape::EventLines,
        Shape::GetLogEvents,
        Shape::JsonLines,
        Shape::Subscription,
        Shape::Firehose,
        Shape::Awslogs,
        Shape::LiveTail,
        Shape::Tail,
    ];

    /// The name of the reader that reads it.
    pub fn format(self) -> &'static str {
        match self {
            Shape::Export | Shape::ExportGzip | Shape::ExportZstd | Shape::ExportEpoch => "export",
            Shape::FilterLogEvents | Shape::FilterLogEventsPages | Shape::GetLogEvents => "events",
            Shape::EventLines | Shape::JsonLines => "jsonl",
            Shape::Subscription | Shape::Firehose => "subscription",
            Shape::Awslogs => "awslogs",
            Shape::LiveTail => "livetail",
            Shape::Tail => "tail",
        }
    }

    /// What it does not carry.
    pub fn loses(self) -> &'static [Loss] {
        match self {
            Shape::Export | Shape::ExportGzip | Shape::ExportZstd | Shape::ExportEpoch => {
                &[Loss::Ingested, Loss::StreamName, Loss::Ends]
            }
            Shape::FilterLogEvents | Shape::FilterLogEventsPages | Shape::EventLines | Shape::LiveTail => &[],
            Shape::Subscription | Shape::Firehose | Shape::Awslogs => &[Loss::Ingested],
            Shape::Tail => &[Loss::Ingested, Loss::LastLineEnds],
            Shape::GetLogEvents => &[Loss::Stream],
            Shape::JsonLines => &[Loss::Ingested, Loss::Stream, Loss::OtherMessages, Loss::Message],
        }
    }
}

/// Writes events in a shape; the events of a stream keep their order. An event without a time is left out.
pub fn render(shape: Shape, events: &[Event], random: &mut Random) -> Rendered {
    let timed: Vec<&Event> = events.iter().filter(|it| it.time.is_some()).collect();
    let mut archive = match shape {
        Shape::Export | Shape::ExportGzip | Shape::ExportZstd | Shape::ExportEpoch => export(shape, &timed, random),
        Shape::FilterLogEvents => filter_log_events(&timed, 1, random),
        Shape::FilterLogEventsPages => filter_log_events(&timed, 4, random),
        Shape::EventLines => event_lines(&timed, random),
        Shape::GetLogEvents => get_log_events(&timed, random),
        Shape::JsonLines => json_lines(&timed),
        Shape::Subscription => records::subscription(&timed, random),
        Shape::Firehose => records::firehose(&timed, random),
        Shape::Awslogs => records::awslogs(&timed, random),
        Shape::LiveTail => records::live_tail(&timed, random),
        Shape::Tail => tail::detailed(&timed),
    };
    random.shuffle(&mut archive.files);
    archive
}

fn export(shape: Shape, events: &[&Event], random: &mut Random) -> Rendered {
    let task = format!("exportedlogs/{}", random.uuid());
    let ending = match shape {
        Shape::ExportGzip => ".gz",
        Shape::ExportZstd => ".zst",
        _ => "",
    };
    let mut archive = Rendered { files: Vec::new(), events: Vec::new(), log: None };
    for (stream, events) in by_stream(events, |folder| format!("{task}/{folder}/")) {
        let mut text = String::new();
        for event in events {
            let time = event.time.unwrap_or_default();
            let head = if shape == Shape::ExportEpoch { format!("{time:013}") } else { time::iso(time) };
            text.push_str(&format!("{head} {}\n", event.message));
            archive.events.extend(torn(event, &stream));
        }
        let bytes = match shape {
            Shape::ExportGzip => pack::members(text.as_bytes(), random),
            Shape::ExportZstd => pack::frames(text.as_bytes(), random),
            _ => text.into_bytes(),
        };
        archive.files.push((format!("{task}/{stream}/000000{ending}"), bytes));
    }
    archive.files.push((format!("exportedlogs/{WRITE_TEST}"), b"Permission Check Successful".to_vec()));
    archive
}

/// An event as its lines tell: each line with a time at its head is one of its own.
fn torn(event: &Event, stream: &str) -> Vec<Event> {
    let stream = Some(stream.to_string());
    let mut found: Vec<Event> = Vec::new();
    for line in event.message.split('\n') {
        match (found.last_mut(), events::head(line)) {
            (None, _) => {
                let message = line.to_string();
                found.push(Event { time: event.time, ingested: None, stream: stream.clone(), message });
            }
            (Some(_), Some((time, rest))) => {
                let message = rest.to_string();
                found.push(Event { time: Some(time), ingested: None, stream: stream.clone(), message });
            }
            (Some(last), None) => last.message = format!("{}\n{line}", last.message),
        }
    }
    found
}

fn filter_log_events(events: &[&Event], pages: usize, random: &mut Random) -> Rendered {
    let mut text = String::new();
    let mut rest = events;
    for page in 1..=pages {
        let (now, later) = rest.split_at(if page == pages { rest.len() } else { random.below(rest.len() + 1) });
        let style = *random.pick(&[Style::Compact, Style::Spaced, Style::Pretty]);
        let first = events.len() - rest.len();
        let now: Vec<String> =
            now.iter().enumerate().map(|(place, it)| event_object(it, first + place, style, random)).collect();
        let mut parts = vec![style.pair("\"events\"", &style.join('[', &now, ']'))];
        parts.push(style.pair("\"searchedLogStreams\"", "[]"));
        if page < pages {
            parts.push(style.pair("\"nextToken\"", "\"{\\\"token\\\": [\\\"}\\\"]\""));
        }
        random.shuffle(&mut parts);
        text.push_str(&style.join('{', &parts, '}'));
        text.push_str(random.word(&["\n", "\n\n", ""]));
        rest = later;
    }
    let events = events.iter().map(|it| (*it).clone()).collect();
    Rendered { files: vec![("events.json".to_string(), text.into_bytes())], events, log: None }
}

fn event_lines(events: &[&Event], random: &mut Random) -> Rendered {
    let mut lines: Vec<String> = Vec::new();
    for (number, event) in events.iter().enumerate() {
        let style = *random.pick(Style::ONE_LINE);
        lines.push(event_object(event, number, style, random) + "\n");
    }
    let (first, second) = lines.split_at(random.below(lines.len() + 1));
    // By bytes, `10` is before `9`.
    let files = [("lines/10.jsonl", first), ("lines/9.jsonl", second)];
    let files = files.map(|(name, lines)| (name.to_string(), lines.concat().into_bytes()));
    Rendered { files: files.to_vec(), events: events.iter().map(|it| (*it).clone()).collect(), log: None }
}

fn get_log_events(events: &[&Event], random: &mut Random) -> Rendered {
    let mut archive = Rendered { files: Vec::new(), events: Vec::new(), log: None };
    for (stream, events) in by_stream(events, |name| format!("{name}.json")) {
        let style = *random.pick(&[Style::Compact, Style::Pretty]);
        let bare: Vec<Event> = events.iter().map(|it| Event { stream: None, ..(*it).clone() }).collect();
        let objects: Vec<String> = bare.iter().map(|it| event_object(it, 0, style, random)).collect();
        let parts = [
            style.pair("\"events\"", &style.join('[', &objects, ']')),
            style.pair("\"nextForwardToken\"", "\"f/31132629274945519779805322857203735586714454643391594505\""),
            style.pair("\"nextBackwardToken\"", "\"b/31132629323784151764587387538205132201699397759403884544\""),
        ];
        archive.files.push((format!("{stream}.json"), style.join('{', &parts, '}').into_bytes()));
        archive.events.extend(bare);
    }
    archive
}

fn json_lines(events: &[&Event]) -> Rendered {
    let (mut text, mut found) = (String::new(), Vec::new());
    for event in events {
        let own = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&event.message);
        let one_line = !event.message.contains('\n');
        let Some(object) = own.ok().filter(|it| one_line && !it.contains_key("@timestamp")) else { continue };
        let key = format!("\"@timestamp\":\"{}\"", time::iso(event.time.unwrap_or_default()));
        let inner = event.message.trim().trim_start_matches('{');
        let message = if object.is_empty() { format!("{{{key}}}") } else { format!("{{{key},{inner}") };
        text.push_str(&format!("{message}\n"));
        found.push(Event { time: event.time, ingested: None, stream: None, message });
    }
    Rendered { files: vec![("messages.jsonl".to_string(), text.into_bytes())], events: found, log: None }
}

/// The events by the names of their streams, `/` replaced, in the order of the paths that the names lead to.
fn by_stream<'a>(events: &[&'a Event], path: impl Fn(&str) -> String) -> Vec<(String, Vec<&'a Event>)> {
    let name = |event: &Event| event.stream.as_deref().unwrap_or("default").replace('/', "-");
    let mut names: Vec<String> = events.iter().map(|it| name(it)).collect();
    names.sort_by_key(|it| path(it));
    names.dedup();
    let of = |stream: &String| events.iter().copied().filter(|it| name(it) == *stream).collect();
    names.into_iter().map(|it| (it.clone(), of(&it))).collect()
}

/// An event as FilterLogEvents prints it, with an id of this number; without a stream, as GetLogEvents does.
fn event_object(event: &Event, number: usize, style: Style, random: &mut Random) -> String {
    let time = event.time.unwrap_or_default();
    let mut parts = Vec::new();
    if let Some(stream) = &event.stream {
        parts.push(style.pair("\"logStreamName\"", &string(random, stream)));
        parts.push(style.pair("\"eventId\"", &format!("\"3{time:023}{number:032}\"")));
    }
    parts.push(style.pair("\"timestamp\"", &time.to_string()));
    parts.push(style.pair("\"message\"", &string(random, &event.message)));
    if let Some(ingested) = event.ingested {
        parts.push(style.pair("\"ingestionTime\"", &ingested.to_string()));
    }
    if random.one_in(4) {
        random.shuffle(&mut parts);
    }
    style.join('{', &parts, '}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::logs::{LogSizes, MessageKind, log};

    #[test]
    fn the_plain_reader_sees_what_was_rendered() {
        let mut random = Random::new(8);
        for _ in 0..60 {
            let log = log(&mut random, &LogSizes::default());
            for shape in Shape::ALL {
                let archive = render(*shape, &log, &mut random);
                assert_eq!(events::read(shape.format(), &archive.files).unwrap(), archive.events, "{shape:?}");
            }
        }
    }

    #[test]
    fn a_shape_loses_what_it_says_and_no_more() {
        let mut random = Random::new(9);
        let sizes = LogSizes { kinds: vec![MessageKind::FlatJson], ..LogSizes::default() };
        for _ in 0..40 {
            let mut log = log(&mut random, &sizes);
            log.retain(|it| it.message.starts_with('{'));
            for shape in Shape::ALL {
                let archive = render(*shape, &log, &mut random);
                let mut expected: Vec<Event> = log.iter().map(|it| lossy(it, shape.loses())).collect();
                let mut found = archive.events;
                if shape.loses().contains(&Loss::Message) {
                    found.iter_mut().for_each(|it| it.message.clear());
                }
                let key = |it: &Event| (it.time, it.stream.clone(), it.ingested, it.message.clone());
                expected.sort_by_key(key);
                found.sort_by_key(key);
                assert_eq!(found, expected, "{shape:?}");
            }
        }
    }

    fn lossy(event: &Event, loses: &[Loss]) -> Event {
        let mut event = event.clone();
        for loss in loses {
            match loss {
                Loss::Ingested => event.ingested = None,
                Loss::Stream => event.stream = None,
                Loss::StreamName => event.stream = event.stream.map(|it| it.replace('/', "-")),
                Loss::Message => event.message.clear(),
                Loss::Ends | Loss::LastLineEnds | Loss::OtherMessages => {}
            }
        }
        event
    }
}
