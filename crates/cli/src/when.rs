//! Moments as the command line gives them.

use std::ops::Deref;

use plan::{Moment, Range};

use crate::args::TimeArgs;
use crate::exit::Fault;

/// The moments of the command line: those of a plan, with faults that name the flags.
pub struct Moments(plan::Moments);

impl Moments {
    /// Reads them.
    pub fn read(args: &TimeArgs) -> Result<Moments, Fault> {
        let read = |flag: &str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => Moment::read(text).map(Some).ok_or_else(|| {
                let forms = "2026-01-01T12:00:00Z, 1767268800 (epoch seconds or milliseconds), -1h, now";
                Fault::arguments(format!("{flag} takes a moment such as {forms}; found `{text}`"))
            }),
        };
        let now = match read("--now", &args.now)? {
            Some(Moment::At(time)) => Some(time),
            Some(Moment::Before(_)) => return Err(Fault::arguments("--now takes a moment that does not hang on now")),
            None => None,
        };
        Ok(Moments(plan::Moments { start: read("--start", &args.start)?, end: read("--end", &args.end)?, now }))
    }

    /// All of time, where a range will be asked for: what is known of it before the newest event is.
    pub fn some_range(&self) -> Option<Range> {
        (self.start.is_some()).then_some(Range { start: 0, end: i64::MAX })
    }

    /// The range, if one was asked for.
    pub fn range(&self, newest: Option<i64>) -> Result<Option<Range>, Fault> {
        self.0.range(newest).map_err(Fault::arguments)
    }
}

impl Deref for Moments {
    type Target = plan::Moments;

    fn deref(&self) -> &plan::Moments {
        &self.0
    }
}
