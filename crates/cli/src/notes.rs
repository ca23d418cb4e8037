//! What is said on standard error: faults of a query, warnings, files that could not be read.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use serde_json::json;
use source::Report;
use syntax::{Code, Diagnostic, Severity, compile_error, missing_log_group};

use crate::args::WarningForm;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// The word before an error, in its colour.
pub fn error_word() -> String {
    format!("{ERROR}error{ERROR:#}")
}

/// Draws diagnostics under the query. If standard error is gone, there is nobody to tell.
pub fn draw(diagnostics: &[Diagnostic], text: &str) {
    let mut stderr = anstream::stderr().lock();
    for it in diagnostics {
        let drawn = syntax::render(it, text);
        let word = it.severity().to_string();
        let style = if it.severity() == Severity::Error { ERROR } else { WARNING };
        let _ = match drawn.strip_prefix(&word) {
            Some(rest) => writeln!(stderr, "{style}{word}{style:#}{rest}\n"),
            None => writeln!(stderr, "{drawn}\n"),
        };
    }
}

/// Says faults or warnings of a query in the form that was asked for.
pub fn tell(diagnostics: &[Diagnostic], text: &str, form: WarningForm) {
    match form {
        WarningForm::Text => draw(diagnostics, text),
        WarningForm::Json => {
            for it in diagnostics {
                note_json(&as_json(it, text, None));
            }
        }
    }
}

/// A fault or warning for programs; a fault also in the service's words, as of a query on this log group.
pub fn as_json(it: &Diagnostic, text: &str, group: Option<&str>) -> serde_json::Value {
    let span = it.span();
    let mut note = json!({
        "severity": it.severity().to_string(), "code": it.code.slug(), "message": it.message,
        "start": span.start, "end": span.end, "help": it.help,
    });
    if it.severity() == Severity::Error {
        note["exception"] = exception(it, text, group);
    }
    note
}

/// How the service would answer the query.
fn exception(it: &Diagnostic, text: &str, group: Option<&str>) -> serde_json::Value {
    if it.code == Code::UnknownLogGroup {
        let message = missing_log_group(it.span().text(text), server::UNKNOWN_ACCOUNT);
        return json!({"__type": "ResourceNotFoundException", "message": message});
    }
    let told = compile_error(it, text, group);
    json!({
        "__type": "MalformedQueryException", "message": told.message,
        "queryCompileError": {
            "message": told.message,
            "location": {"startCharOffset": told.start, "endCharOffset": told.end},
        },
    })
}

/// Says a fault that is no query's.
pub fn fault(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}: {message}", error_word());
}

/// Says what is no fault and no warning, but not to be seen otherwise.
pub fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{NOTE}note{NOTE:#}: {message}");
}

/// Says a warning that has no place in the query.
pub fn remark(message: &str, form: WarningForm) {
    match form {
        WarningForm::Text => {
            let _ = writeln!(anstream::stderr(), "{WARNING}warning{WARNING:#}: {message}");
        }
        WarningForm::Json => note_json(&json!({"severity": "warning", "message": message})),
    }
}

/// Names what could not be read.
pub fn unread(report: &Report, form: WarningForm) {
    for fault in &report.faults {
        match form {
            WarningForm::Text => remark(&fault.to_string(), form),
            WarningForm::Json => note_json(&json!({
                "severity": "warning", "code": "unread", "message": fault.trouble.to_string(),
                "path": fault.path.to_string_lossy(), "at": fault.at, "count": fault.count,
            })),
        }
    }
    match report.records_untimed {
        0 => {}
        1 => remark("1 event without a time lies outside any time range", form),
        some => remark(&format!("{some} events without a time lie outside any time range"), form),
    }
    match report.records_yearless {
        0 => {}
        1 => remark("1 event has a time without a year, taken for one of 1972", form),
        some => remark(&format!("{some} events have a time without a year, taken for one of 1972"), form),
    }
}

fn note_json(note: &serde_json::Value) {
    let _ = writeln!(anstream::stderr(), "{note}");
}
