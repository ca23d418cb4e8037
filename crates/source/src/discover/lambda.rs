//! What AWS Lambda writes around each invocation, and the request id on the lines of a function's own log.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use value::number;

use crate::block::{Block, Rows};
use crate::cells::as_double;
use crate::discover::{Field, LogType, Tell};
use crate::json::{Plain, document, flatten};

/// `REPORT RequestId: 57f2…⇥Duration: 79.67 ms⇥Billed Duration: 80 ms⇥…`
pub static LAMBDA: LogType = LogType {
    name: "lambda",
    doc: "`@type` on START, END and REPORT lines; `@requestId` on those and on application lines of the default text \
          formats; `@duration`, `@billedDuration` and `@initDuration` in milliseconds, `@memorySize` and \
          `@maxMemoryUsed` in bytes (1 MB is 1,000,000), `@xrayTraceId` and `@xraySegmentId` on REPORT lines, \
          whether text or `platform.report`.",
    gives: |name| FIELDS.iter().any(|it| it.name == name),
    is_of: None,
    fields,
    all: |block, row, tell| all(block.message(row), tell),
};

/// A field of such lines, and where it stands.
struct Part {
    name: &'static str,
    /// The words ahead of it in a REPORT line.
    label: &'static str,
    /// Where it stands in the JSON form of the line.
    path: &'static str,
    shape: Shape,
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Type,
    RequestId,
    Text,
    Milliseconds,
    Megabytes,
}

static FIELDS: &[Part] = &[
    Part { name: "@type", label: "", path: "type", shape: Shape::Type },
    Part { name: "@requestId", label: "", path: "record.requestId", shape: Shape::RequestId },
    Part { name: "@duration", label: "Duration: ", path: "record.metrics.durationMs", shape: Shape::Milliseconds },
    Part {
        name: "@billedDuration",
        label: "Billed Duration: ",
        path: "record.metrics.billedDurationMs",
        shape: Shape::Milliseconds,
    },
    Part { name: "@memorySize", label: "Memory Size: ", path: "record.metrics.memorySizeMB", shape: Shape::Megabytes },
    Part {
        name: "@maxMemoryUsed",
        label: "Max Memory Used: ",
        path: "record.metrics.maxMemoryUsedMB",
        shape: Shape::Megabytes,
    },
    Part {
        name: "@initDuration",
        label: "Init Duration: ",
        path: "record.metrics.initDurationMs",
        shape: Shape::Milliseconds,
    },
    Part { name: "@xrayTraceId", label: "XRAY TraceId: ", path: "", shape: Shape::Text },
    Part { name: "@xraySegmentId", label: "SegmentId: ", path: "", shape: Shape::Text },
];

/// A line that Lambda or its runtimes wrote.
enum Line<'a> {
    /// `START`, `END` or `REPORT`, the request's id, and what follows.
    Platform { kind: &'static str, request: &'a str, rest: &'a str },
    /// A line of the function's own log, with the request's id.
    Application(&'a str),
    /// A REPORT as JSON: its fields.
    Json(Vec<(String, String)>),
}

fn fields(block: &Block<'_>, rows: Rows<'_>, fields: &mut [Field<'_>]) {
    let parts: Vec<Option<&Part>> = fields.iter().map(|field| FIELDS.iter().find(|it| it.name == field.name)).collect();
    for row in rows.each() {
        let line = line(block.message(row));
        for (field, part) in fields.iter_mut().zip(&parts) {
            let text = line.as_ref().zip(*part).and_then(|(line, part)| line.value(part));
            field.cells.iter_mut().for_each(|it| it.push_text(text.as_deref()));
        }
    }
}

fn all(message: &str, tell: Tell<'_>) {
    let Some(line) = line(message) else { return };
    for part in FIELDS {
        if let Some(text) = line.value(part) {
            tell(part.name, &text);
        }
    }
}

/// The beginnings of the lines of the platform.
const PLATFORM: [(&str, &str); 3] =
    [("START", "START RequestId: "), ("END", "END RequestId: "), ("REPORT", "REPORT RequestId: ")];

fn line(message: &str) -> Option<Line<'_>> {
    match message.as_bytes().first()? {
        b'S' | b'E' | b'R' => {
            let (kind, rest) = PLATFORM.iter().find_map(|(kind, head)| Some((*kind, message.strip_prefix(head)?)))?;
            let end = rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len());
            (end > 0).then_some(Line::Platform { kind, request: &rest[..end], rest: &rest[end..] })
        }
        b'[' => {
            let (level, rest) = message.split_once('\t')?;
            level.ends_with(']').then(|| application(rest)).flatten()
        }
        b'0'..=b'9' => application(message),
        b'{' => report(message),
        _ => None,
    }
}

/// `2026-01-01T00:00:00.000Z⇥57f2…⇥…`
fn application(text: &str) -> Option<Line<'_>> {
    let mut parts = text.splitn(3, '\t');
    let (time, request, _) = (parts.next()?, parts.next()?, parts.next()?);
    (is_time(time.as_bytes()) && is_request_id(request.as_bytes())).then_some(Line::Application(request))
}

fn is_time(text: &[u8]) -> bool {
    text.len() >= 20 && text[0].is_ascii_digit() && text[4] == b'-' && text[10] == b'T' && text.ends_with(b"Z")
}

/// Hexadecimal digits and dashes: `57f2a1b0-…`, but not the `undefined` of lines outside any request.
fn is_request_id(text: &[u8]) -> bool {
    !text.is_empty() && text.iter().all(|it| it.is_ascii_hexdigit() || *it == b'-')
}

/// `{"time": …, "type": "platform.report", "record": …}`
fn report(message: &str) -> Option<Line<'_>> {
    static REPORT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"platform.report"));
    REPORT.find(message.as_bytes())?;
    let (fields, _) = flatten::flatten(message.as_bytes(), document::<Plain>(message.as_bytes())?)?;
    let texts = fields.into_iter().filter_map(|(name, raw)| Some((name, raw.scalar(message).text()?.into_owned())));
    let fields: Vec<(String, String)> = texts.collect();
    fields.iter().any(|(name, text)| name == "type" && text == "platform.report").then_some(Line::Json(fields))
}

impl Line<'_> {
    fn value(&self, part: &Part) -> Option<Cow<'_, str>> {
        let text = match self {
            Line::Platform { kind, .. } if part.shape == Shape::Type => kind,
            Line::Platform { request, .. } | Line::Application(request) if part.shape == Shape::RequestId => request,
            Line::Platform { kind: "REPORT", rest, .. } if !part.label.is_empty() => {
                let mut parts = rest.split(['\t', '\n']);
                parts.find_map(|it| it.strip_prefix(part.label))?.split([' ', '\r']).next()?
            }
            Line::Json(_) if part.shape == Shape::Type => "REPORT",
            Line::Json(fields) => &fields.iter().find(|(name, _)| name == part.path)?.1,
            _ => return None,
        };
        match part.shape {
            Shape::Milliseconds => as_double(text).map(Cow::Owned),
            Shape::Megabytes => number::read(text).map(|it| Cow::Owned(number::print_double(it * 1e6))),
            _ => Some(Cow::Borrowed(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(message: &str) -> Vec<(String, String)> {
        let mut told = Vec::new();
        all(message, &mut |name, text| told.push((name.to_owned(), text.to_owned())));
        told
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    const ID: &str = "57f231fb-1730-4395-85cb-4f71bd2b87b8";

    #[test]
    fn a_report_line_has_its_numbers() {
        let line = format!(
            "REPORT RequestId: {ID}\tDuration: 79.67 ms\tBilled Duration: 80 ms\tMemory Size: 128 MB\t\
             Max Memory Used: 67 MB\tInit Duration: 145.69 ms\t\nXRAY TraceId: 1-5e-0a\tSegmentId: 0f1e\tSampled: true\t\n"
        );
        let fields = [
            ("@type", "REPORT"),
            ("@requestId", ID),
            ("@duration", "79.67"),
            ("@billedDuration", "80.0"),
            ("@memorySize", "1.28E8"),
            ("@maxMemoryUsed", "6.7E7"),
            ("@initDuration", "145.69"),
            ("@xrayTraceId", "1-5e-0a"),
            ("@xraySegmentId", "0f1e"),
        ];
        assert_eq!(told(&line), pairs(&fields));
    }

    #[test]
    fn a_plan_knows_its_numbers_for_doubles() {
        for part in FIELDS {
            let is_number = matches!(part.shape, Shape::Milliseconds | Shape::Megabytes);
            assert_eq!(plan::Field::of_log(part.name).of == value::Type::Double, is_number, "{}", part.name);
        }
    }

    #[test]
    fn a_report_as_json_has_the_same() {
        let line = format!(
            r#"{{"time":"2026-01-01T00:00:00.000Z","type":"platform.report","record":{{"requestId":"{ID}","metrics":{{"durationMs":3.0,"billedDurationMs":4,"memorySizeMB":128,"maxMemoryUsedMB":67}},"status":"success"}}}}"#
        );
        let fields = [
            ("@type", "REPORT"),
            ("@requestId", ID),
            ("@duration", "3.0"),
            ("@billedDuration", "4.0"),
            ("@memorySize", "1.28E8"),
            ("@maxMemoryUsed", "6.7E7"),
        ];
        assert_eq!(told(&line), pairs(&fields));
        assert_eq!(told(r#"{"type":"platform.reports","note":"platform.report"}"#), []);
    }

    #[test]
    fn the_other_lines_have_the_request() {
        for (line, kind) in [
            (format!("START RequestId: {ID} Version: $LATEST\n"), Some("START")),
            (format!("END RequestId: {ID}\n"), Some("END")),
            (format!("2026-01-01T00:00:00.000Z\t{ID}\tINFO\t{{}}"), None),
            (format!("[DEBUG]\t2026-01-01T00:00:00.000Z\t{ID}\tstarted"), None),
        ] {
            let mut fields: Vec<(&str, &str)> = kind.map(|it| ("@type", it)).into_iter().collect();
            fields.push(("@requestId", ID));
            assert_eq!(told(&line), pairs(&fields), "{line}");
        }
        for line in ["", "START", "START RequestId: ", "REPORTS", "[x", "2026-01-01T00:00:00.000Z\tundefined\tINFO\tx"]
        {
            assert_eq!(told(line), [], "{line}");
        }
    }
}
