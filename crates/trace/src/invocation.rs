//! Invocations of Lambda functions, as their REPORT lines tell of them.

use value::number;

use crate::entry::Entry;

/// An invocation of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Invocation {
    /// The function: its log group as a service.
    pub service: String,
    /// The id of the invocation.
    pub id: String,
    /// How long it ran, in milliseconds.
    pub duration: Option<f64>,
    /// How long it is billed, in milliseconds.
    pub billed: Option<f64>,
    /// How long its environment took to start, in milliseconds; nothing where it ran already.
    pub cold_start: Option<f64>,
    /// The memory it may use, in bytes.
    pub memory: Option<f64>,
    /// The most memory it used, in bytes.
    pub used: Option<f64>,
    /// How it ended, where it did not end well: `timeout`.
    pub status: Option<String>,
}

impl Invocation {
    /// What an entry tells, if it is a REPORT.
    pub fn of(entry: &Entry) -> Option<Invocation> {
        if entry.field("@type") != Some("REPORT") {
            return None;
        }
        let number = |name: &str| entry.field(name).and_then(number::read);
        Some(Invocation {
            service: entry.service.clone(),
            id: entry.field("@requestId").unwrap_or_default().to_owned(),
            duration: number("@duration"),
            billed: number("@billedDuration"),
            cold_start: number("@initDuration"),
            memory: number("@memorySize"),
            used: number("@maxMemoryUsed"),
            status: status(entry),
        })
    }
}

/// `timeout` of `Status: timeout`, or of the same in JSON; success is nothing to tell.
fn status(entry: &Entry) -> Option<String> {
    let parts = entry.message.split(['\t', '\n']).map(str::trim);
    let told = parts.filter_map(|it| it.strip_prefix("Status: ")).next().or_else(|| entry.field("record.status"));
    told.filter(|it| *it != "success").map(str::to_owned)
}
