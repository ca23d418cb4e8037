//! What an archive is to be like.

use std::io;

/// What to write: how much, when, in which shape.
///
/// Equal options give equal bytes, whatever the machine, the clock and the number of threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many requests the browsers send; each makes one event of the gateway and three to a dozen of the function.
    pub requests: u64,
    /// Which of the archives of these options.
    pub seed: u64,
    /// The end of the time range, in epoch milliseconds; no request comes at it or later.
    pub end: i64,
    /// How many hours before the end the range begins; at most those of a year.
    pub hours: u32,
    /// What the application is called: part of the names of its function, its log groups and its table.
    pub application: String,
    /// The shape of the function's log group; without one it is not written.
    pub function: Option<Shape>,
    /// The shape of the gateway's log group; without one it is not written.
    pub gateway: Option<Shape>,
    /// How the function's runtime writes what the handler logs.
    pub runtime: Runtime,
    /// After how many bytes a stream is written to its file; in a gzip file each such block is one member.
    pub block_bytes: usize,
    /// After how many uncompressed bytes a stream goes on in another file.
    pub file_bytes: u64,
    /// How many threads write; 0 is one for each processor.
    pub threads: usize,
}

/// How a log group lies on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `<task>/<stream>/000000.gz`: the objects of an export task to S3.
    ExportGzip,
    /// `<task>/<stream>/000000`: the same, uncompressed.
    Export,
    /// `{"logStreamName":…,"timestamp":…,"message":…}`: the events of `filter-log-events`, one on each line.
    EventLines,
    /// `{"events":[…],"nextToken":…}`: the pages of `filter-log-events`, one in each file.
    EventPages,
}

/// How the function's runtime writes what the handler logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// `{"level":"INFO",…}`
    Bare,
    /// `2026-01-01T14:30:00.100Z⇥9a3c…⇥INFO⇥{"level":"INFO",…}`: as Node.js does in Lambda's text format.
    Prefixed,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Shape; 4] = [Shape::ExportGzip, Shape::Export, Shape::EventLines, Shape::EventPages];

    /// The shape's name on a command line.
    pub fn name(self) -> &'static str {
        match self {
            Shape::ExportGzip => "export-gzip",
            Shape::Export => "export",
            Shape::EventLines => "event-lines",
            Shape::EventPages => "event-pages",
        }
    }
}

impl Default for Options {
    /// Ten thousand requests in the day before 2026-01-01 14:40 UTC, as export tasks write them.
    fn default() -> Options {
        Options {
            requests: 10_000,
            seed: 1,
            end: 1_767_278_400_000,
            hours: 24,
            application: "my-frontend-app".to_owned(),
            function: Some(Shape::ExportGzip),
            gateway: Some(Shape::ExportGzip),
            runtime: Runtime::Bare,
            block_bytes: 256 << 10,
            file_bytes: 64 << 20,
            threads: 0,
        }
    }
}

impl Options {
    /// The name of the function's log group.
    pub fn function_group(&self) -> String {
        format!("/aws/lambda/{}-api", self.application)
    }

    /// The name of the gateway's log group.
    pub fn gateway_group(&self) -> String {
        format!("/aws/apigateway/{}-api", self.application)
    }

    /// The name of the table behind the function.
    pub(crate) fn table(&self) -> String {
        format!("{}-data", self.application)
    }

    /// The first instant of the time range, in epoch milliseconds.
    pub fn start(&self) -> i64 {
        self.end.saturating_sub(i64::from(self.hours) * 3_600_000)
    }

    /// An error of kind `InvalidInput` where no archive can be like that.
    pub(crate) fn check(&self) -> io::Result<()> {
        let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
        let reason = if self.hours == 0 || self.hours > LONGEST {
            "an archive spans at least an hour and at most a year"
        } else if self.start() < 0 || self.end > LATEST_END {
            "an archive lies between the years 1970 and 9999"
        } else if !self.application.starts_with(|first: char| first.is_ascii_alphanumeric())
            || !self.application.chars().all(plain)
        {
            "the name of an application is made of letters, digits, `-`, `_` and `.`, and begins with a letter or digit"
        } else {
            return Ok(());
        };
        Err(io::Error::new(io::ErrorKind::InvalidInput, reason))
    }
}

/// The hours of a leap year.
const LONGEST: u32 = 366 * 24;

/// 9999-12-31 00:00 UTC: what begins before it ends in a year of four digits.
const LATEST_END: i64 = 253_402_214_400_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_options_are_refused() {
        let refused = |change: &dyn Fn(&mut Options)| {
            let mut options = Options::default();
            change(&mut options);
            options.check().is_err()
        };
        assert!(!refused(&|_| ()));
        assert!(refused(&|it| it.hours = 0));
        assert!(refused(&|it| it.hours = u32::MAX));
        assert!(refused(&|it| it.end = i64::MAX));
        assert!(refused(&|it| it.end = i64::MIN));
        assert!(refused(&|it| it.application = "../elsewhere".to_owned()));
        assert!(refused(&|it| it.application = String::new()));
    }
}
