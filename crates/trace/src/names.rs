//! How loggers call things: names of fields by their letters and digits alone, so that spelling does not matter.

/// The letters and digits of a name, in lower case: `error.message`, `errorMessage` and `error_message` are one.
pub fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()).collect()
}

/// What an entry says in a sentence.
pub const TEXT: &[&str] = &["message", "msg", "messagemessage", "messagemsg", "event", "log"];

/// How grave it is.
pub const LEVEL: &[&str] =
    &["level", "loglevel", "severity", "severitytext", "levelname", "lvl", "messagelevel", "loggerlevel"];

/// The service that speaks.
pub const SERVICE: &[&str] = &["service", "servicename", "resourceservicename", "eventsource"];

/// What is done.
pub const OPERATION: &[&str] = &["operation", "operationname", "eventname", "routekey", "action"];

/// The method of an HTTP request.
pub const METHOD: &[&str] = &["httpmethod", "method", "requestmethod", "requestcontexthttpmethod"];

/// Its path.
pub const PATH: &[&str] = &["path", "resourcepath", "rawpath", "uri", "requesturi", "requestpath", "url"];

/// The status of an answer.
pub const STATUS: &[&str] = &[
    "status",
    "statuscode",
    "httpstatus",
    "httpstatuscode",
    "responsestatus",
    "responsestatuscode",
    "elbstatuscode",
    "messagestatuscode",
];

/// What went wrong.
pub const ERROR: &[&str] = &[
    "error",
    "errormessage",
    "errormsg",
    "err",
    "errmessage",
    "errmsg",
    "exception",
    "exceptionmessage",
    "messageerrormessage",
    "messageerror",
    "integrationerrormessage",
    "integrationerror",
    "authorizererror",
    "failurereason",
    "cause",
];

/// The kind of what went wrong.
pub const ERROR_KIND: &[&str] = &[
    "errortype",
    "errorname",
    "errname",
    "errtype",
    "errorcode",
    "errcode",
    "exceptiontype",
    "exceptionclass",
    "messageerrortype",
];

/// The ends of names of stacks; the lines of a list are fields of their own, `stackTrace.0`.
pub const STACK_ENDS: &[&str] = &["stack", "stacktrace", "traceback"];

/// The ends of names of durations, before their unit.
pub const DURATION_ENDS: &[&str] = &["duration", "latency", "elapsed", "took", "responsetime"];

/// What ends like a duration and is none that passed.
pub const NO_DURATIONS: &[&str] = &["billedduration", "maxduration", "minduration", "averageduration"];

/// Units behind the name of a duration, and how many milliseconds they are. Without one it is milliseconds.
pub const UNITS: &[(&str, f64)] = &[
    ("inmilliseconds", 1.0),
    ("milliseconds", 1.0),
    ("inmillis", 1.0),
    ("millis", 1.0),
    ("inms", 1.0),
    ("ms", 1.0),
    ("microseconds", 1e-3),
    ("micros", 1e-3),
    ("us", 1e-3),
    ("nanoseconds", 1e-6),
    ("nanos", 1e-6),
    ("ns", 1e-6),
    ("inseconds", 1e3),
    ("seconds", 1e3),
    ("secs", 1e3),
    ("sec", 1e3),
    ("s", 1e3),
];

/// Values that say that there is none.
pub const NOTHING: &[&str] = &["", "-", "null", "none", "undefined", "false", "{}", "[]"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_letters_and_digits() {
        for name in ["error.message", "errorMessage", "error_message", "@error-Message"] {
            assert_eq!(plain(name), "errormessage");
        }
    }
}
