//! An entry of a story: an event of the log, and what it tells in the words of whoever wrote it.

use crate::names::{
    ERROR, ERROR_KIND, LEVEL, METHOD, NOTHING, OPERATION, PATH, SERVICE, STACK_ENDS, STATUS, TEXT, plain,
};
use crate::span::{Span, spans};

/// An event of the log, and what it tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When it was written, in epoch milliseconds, if it says so.
    pub time: Option<i64>,
    /// Its log group.
    pub group: String,
    /// Its log stream, where it is known.
    pub stream: Option<String>,
    /// The event as it was logged.
    pub message: String,
    /// All its fields, in the order in which they stand there.
    pub fields: Vec<(String, String)>,
    /// Who speaks: the service that is named, or that the log group is called after.
    pub service: String,
    /// What is done: `GetItem`, `GET /items`.
    pub operation: Option<String>,
    /// How grave it is.
    pub level: Option<Level>,
    /// What it says in a sentence; empty where it has none.
    pub text: String,
    /// The status of an answer: `200`.
    pub status: Option<String>,
    /// The durations it tells of.
    pub spans: Vec<Span>,
    /// What went wrong.
    pub failure: Option<Failure>,
}

/// How grave an entry is, from harmless to grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `TRACE`
    Trace,
    /// `DEBUG`
    Debug,
    /// `INFO`
    Info,
    /// `WARN`
    Warn,
    /// `ERROR`
    Error,
    /// `FATAL`
    Fatal,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The error: `TypeError: Cannot read properties of undefined`.
    pub error: String,
    /// Where in the code it came from.
    pub stack: Option<String>,
}

/// An event as the log has it.
pub struct Event {
    /// When, in epoch milliseconds.
    pub time: Option<i64>,
    /// The log group.
    pub group: String,
    /// The log stream.
    pub stream: Option<String>,
    /// The message.
    pub message: String,
    /// The fields of the message.
    pub fields: Vec<(String, String)>,
}

impl Entry {
    /// Reads what an event tells.
    pub fn of(event: Event) -> Entry {
        let named = Named::of(&event.fields);
        let platform = platform(&event.fields);
        let text = match platform {
            Some(it) => it.to_owned(),
            None => named.first(TEXT).map(str::to_owned).unwrap_or_else(|| words(&event).to_owned()),
        };
        let level = named.first(LEVEL).and_then(Level::read).or_else(|| Level::within(&event.message));
        let failure = failure(&named, &event, level.filter(|_| platform.is_none()), &text);
        let route = || Some(format!("{} {}", named.first(METHOD)?, named.first(PATH).unwrap_or_default()));
        let operation = named.first(OPERATION).filter(|it| *it != "$default").map(str::to_owned);
        Entry {
            service: named.first(SERVICE).map_or_else(|| service_of(&event.group), service),
            operation: operation.or_else(route).map(|it| it.trim_end().to_owned()),
            level,
            status: named.first(STATUS).filter(|it| it.len() == 3 && it.parse::<u16>().is_ok()).map(str::to_owned),
            spans: event.time.map(|time| spans(&event.fields, time)).unwrap_or_default(),
            text: text.lines().next().unwrap_or_default().trim().to_owned(),
            failure,
            time: event.time,
            group: event.group,
            stream: event.stream,
            message: event.message,
            fields: event.fields,
        }
    }

    /// What it tells on a line: `DynamoDB read completed · GetItem`, `GET /items → 200`.
    pub fn told(&self) -> String {
        let mut told = self.text.clone();
        for (sign, part) in [(" · ", &self.operation), (" → ", &self.status)] {
            let Some(part) = part.as_ref().filter(|it| !told.contains(it.as_str())) else { continue };
            if !told.is_empty() {
                told.push_str(sign);
            }
            told.push_str(part);
        }
        told
    }

    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Whether it tells that something went wrong.
    pub fn is_failed(&self) -> bool {
        let is_fault = self.status.as_ref().is_some_and(|it| it.starts_with('5'));
        self.failure.is_some() || is_fault || self.level.is_some_and(|it| it >= Level::Error)
    }
}

impl Level {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Level::Trace => "TRACE",
            Level::Debug => "DEBUG",
            Level::Info => "INFO",
            Level::Warn => "WARN",
            Level::Error => "ERROR",
            Level::Fatal => "FATAL",
        }
    }

    /// A level as loggers write it, by name or, as some do, by number: 30 is `INFO`, 50 is `ERROR`.
    fn read(text: &str) -> Option<Level> {
        Some(match text.trim().to_ascii_uppercase().as_str() {
            "TRACE" | "10" => Level::Trace,
            "DEBUG" | "20" => Level::Debug,
            "INFO" | "INFORMATION" | "NOTICE" | "30" => Level::Info,
            "WARN" | "WARNING" | "40" => Level::Warn,
            "ERROR" | "ERR" | "SEVERE" | "50" => Level::Error,
            "FATAL" | "CRITICAL" | "CRIT" | "ALERT" | "EMERGENCY" | "PANIC" | "60" => Level::Fatal,
            _ => return None,
        })
    }

    /// The level among the first words of a line: `2026-01-01T00:00:00Z⇥57f2…⇥ERROR⇥…`, `[WARN] …`.
    fn within(message: &str) -> Option<Level> {
        const WORDS: usize = 12;
        if message.starts_with('{') {
            return None;
        }
        let line = message.lines().next().unwrap_or_default();
        let mut words = line.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).take(WORDS);
        words.find_map(|it| it.bytes().all(|it| it.is_ascii_uppercase()).then(|| Level::read(it)).flatten())
    }
}

/// Fields by their plain names.
struct Named<'a> {
    fields: Vec<(String, &'a str)>,
}

impl<'a> Named<'a> {
    fn of(fields: &'a [(String, String)]) -> Named<'a> {
        Named { fields: fields.iter().map(|(name, text)| (plain(name), text.as_str())).collect() }
    }

    /// The value of the first of these names that has one.
    fn first(&self, names: &[&str]) -> Option<&'a str> {
        let value = |name: &&str| self.fields.iter().find(|it| it.0 == **name && !is_nothing(it.1)).map(|it| it.1);
        names.iter().find_map(value)
    }

    /// The stack, in one text or in a list of lines.
    fn stack(&self) -> Option<String> {
        let is_stack = |name: &str| STACK_ENDS.iter().any(|it| name.ends_with(it));
        let whole = self.fields.iter().find(|it| is_stack(&it.0) && !is_nothing(it.1)).map(|it| it.1.to_owned());
        whole.or_else(|| {
            let is_line = |name: &str| {
                let stem = name.trim_end_matches(|it: char| it.is_ascii_digit());
                stem.len() < name.len() && is_stack(stem)
            };
            let lines: Vec<&str> = self.fields.iter().filter(|it| is_line(&it.0)).map(|it| it.1).collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        })
    }
}

fn is_nothing(value: &str) -> bool {
    NOTHING.iter().any(|it| value.trim().eq_ignore_ascii_case(it))
}

/// What Lambda itself says: `START`, `platform.report`.
fn platform(fields: &[(String, String)]) -> Option<&str> {
    let value = |name: &str| fields.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
    let kind = value("type").filter(|it| it.starts_with("platform."));
    kind.or_else(|| value("@type"))
}

/// What a line of words says, without what Lambda's runtimes put ahead of it.
fn words(event: &Event) -> &str {
    let message = event.message.trim();
    if message.starts_with('{') {
        return "";
    }
    let is_prefixed = event.fields.iter().any(|it| it.0 == "@requestId");
    let behind = message.splitn(4, '\t').nth(3).filter(|it| is_prefixed && !it.starts_with('{'));
    behind.unwrap_or(message)
}

/// What Lambda says where a function did not end by itself, and where the error begins in it.
const ENDED: [(&str, usize); 2] = [("Task timed out after", 0), (" Error: Runtime exited", " Error: ".len())];

fn failure(named: &Named<'_>, event: &Event, level: Option<Level>, text: &str) -> Option<Failure> {
    let ended =
        ENDED.iter().find_map(|(words, skip)| Some(event.message.get(event.message.find(words)? + skip..)?.trim()));
    if let Some(error) = ended {
        return Some(Failure { error: error.replace('\n', " "), stack: None });
    }
    let (kind, told) = (named.first(ERROR_KIND), named.first(ERROR));
    let error = match (kind, told) {
        (Some(kind), Some(told)) if !told.contains(kind) => format!("{kind}: {told}"),
        (_, Some(told)) => told.to_owned(),
        (Some(kind), None) => kind.to_owned(),
        (None, None) if level.is_some_and(|it| it >= Level::Error) => text.to_owned(),
        (None, None) => return None,
    };
    let (first, rest) = error.split_once('\n').unwrap_or((&error, ""));
    let rest = (!rest.trim().is_empty()).then(|| rest.trim_end().to_owned());
    let stack = named.stack().or(rest);
    // A stack mostly begins with the error, and often with its kind ahead.
    let head = stack.as_ref().and_then(|it| it.lines().next()).filter(|it| it.ends_with(first.trim()));
    Some(Failure { error: head.unwrap_or(first).trim().to_owned(), stack })
}

/// `dynamodb` of `dynamodb.amazonaws.com`; the name that nobody has set is none.
fn service(named: &str) -> String {
    named.trim_end_matches(".amazonaws.com").to_owned()
}

/// `lambda my-frontend-app-api` of `/aws/lambda/my-frontend-app-api`
fn service_of(group: &str) -> String {
    let name = group.strip_prefix("/aws/").or_else(|| group.strip_prefix('/')).unwrap_or(group);
    match name.split_once('/') {
        Some((service, rest)) => format!("{service} {rest}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(message: &str, fields: &[(&str, &str)]) -> Entry {
        let fields = fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (group, message) = (String::from("/aws/lambda/shop"), message.to_owned());
        Entry::of(Event { time: Some(1_000), group, stream: None, message, fields })
    }

    fn error(it: &Entry) -> &str {
        it.failure.as_ref().map_or("", |it| &it.error)
    }

    #[test]
    fn an_entry_tells_what_its_fields_say() {
        let it =
            entry("{}", &[("level", "INFO"), ("message", "read"), ("operation", "GetItem"), ("dynamoDuration", "42")]);
        assert_eq!((it.service.as_str(), it.told().as_str()), ("lambda shop", "read · GetItem"));
        assert_eq!((it.level, it.spans.len(), it.is_failed()), (Some(Level::Info), 1, false));
        let it = entry("{}", &[("httpMethod", "GET"), ("path", "/items"), ("status", "502"), ("service", "edge")]);
        assert_eq!((it.service.as_str(), it.told().as_str(), it.is_failed()), ("edge", "GET /items → 502", true));
    }

    #[test]
    fn an_error_has_its_kind_and_its_stack() {
        let it =
            entry("{}", &[("errorType", "TypeError"), ("errorMessage", "no id"), ("stack.0", "a"), ("stack.1", "b")]);
        assert_eq!(error(&it), "TypeError: no id");
        assert_eq!(it.failure.and_then(|it| it.stack).as_deref(), Some("a\nb"));
        let it =
            entry("{}", &[("error.message", "TypeError: no id"), ("error.name", "TypeError"), ("error.stack", "at x")]);
        assert_eq!(error(&it), "TypeError: no id");
        let it = entry("{}", &[("error", "no id"), ("stack", "TypeError: no id\n    at x")]);
        assert_eq!(error(&it), "TypeError: no id");
        let it = entry("{}", &[("integrationErrorMessage", "-"), ("error", "null")]);
        assert_eq!(it.failure, None);
    }

    #[test]
    fn lines_of_words_tell_their_level_and_their_error() {
        let head = "2026-01-01T00:00:00.000Z\t57f2\tERROR\t";
        let it = entry(&format!("{head}it broke\n    at handler"), &[("@requestId", "57f2")]);
        assert_eq!((it.level, it.text.as_str(), error(&it)), (Some(Level::Error), "it broke", "it broke"));
        let it = entry("2026-01-01T00:00:03.000Z 57f2 Task timed out after 3.00 seconds\n\n", &[]);
        assert_eq!(error(&it), "Task timed out after 3.00 seconds");
        let it = entry("RequestId: 57f2 Error: Runtime exited with error: signal: killed\nRuntime.ExitError", &[]);
        assert_eq!(error(&it), "Runtime exited with error: signal: killed Runtime.ExitError");
        let it = entry("REPORT RequestId: 57f2\tStatus: ERROR", &[("@type", "REPORT")]);
        assert_eq!((it.text.as_str(), it.failure), ("REPORT", None));
    }

    #[test]
    fn levels_may_be_numbers() {
        assert_eq!(entry("{}", &[("level", "50")]).level, Some(Level::Error));
        assert_eq!(entry("{}", &[("level", "high")]).level, None);
    }
}
