//! Flags that several verbs share.

use std::ffi::OsString;
use std::path::PathBuf;

/// A query that stands in a file.
#[derive(clap::Args)]
pub struct QueryFile {
    /// Read the query from a file that is nothing else; `-` is standard input
    #[arg(long = "query-file", value_name = "FILE")]
    pub path: Option<PathBuf>,
}

/// Where a query comes from.
#[derive(clap::Args)]
pub struct TextArgs {
    #[command(flatten)]
    pub query_file: QueryFile,
    /// The query, unless --query-file gives it
    #[arg(value_name = "QUERY")]
    pub words: Vec<String>,
}

/// Which log files, and which log groups they are of.
#[derive(clap::Args)]
pub struct ArchiveArgs {
    /// The log group of a file or folder; without one it is known from the data, or is the folder's name
    #[arg(long, value_name = "NAME=PATH")]
    pub log_group: Vec<String>,
    /// The data source of a file or folder, as the service calls it; without one it is known where the messages tell
    #[arg(long, value_name = "NAME.TYPE=PATH")]
    pub data_source: Vec<String>,
    /// The account of the log groups, where the data do not name it
    #[arg(long, value_name = "ID", value_parser = account)]
    pub account: Option<String>,
}

/// The ID of an account.
fn account(text: &str) -> Result<String, String> {
    let is_one = text.len() == 12 && text.bytes().all(|it| it.is_ascii_digit());
    is_one.then(|| text.to_owned()).ok_or_else(|| String::from("the ID of an account has 12 digits"))
}

/// What a query may name beside the logs: tables and saved queries.
#[derive(clap::Args)]
pub struct TableArgs {
    /// A table for `lookup` and `cidrlookup`: a CSV file whose first line names its columns
    #[arg(long, value_name = "NAME=FILE")]
    pub lookup: Vec<String>,
    /// Saved queries for `$Name(…)`: a file that holds some, or a folder of such files; `gw help hosts` lists the kinds
    #[arg(long, value_name = "PATH")]
    pub definitions: Vec<PathBuf>,
}

/// Which events, by time.
#[derive(clap::Args)]
pub struct TimeArgs {
    /// The first moment that counts: ISO 8601, epoch seconds or milliseconds, or back from now as in `-1h`
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub start: Option<String>,
    /// The last moment that counts, to the end of its second
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub end: Option<String>,
    /// What `now` is; without it, the time of the newest event
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub now: Option<String>,
}

/// How times are shown.
#[derive(clap::Args)]
pub struct ZoneArgs {
    /// Show times as they are in a zone: a region such as Europe/Berlin, or an offset such as +02:00
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub tz: Option<String>,
}

/// A query and the files it is asked of.
#[derive(clap::Args)]
pub struct QueryAndPaths {
    #[command(flatten)]
    pub query_file: QueryFile,
    /// The query, unless --query-file gives it, then files, folders and patterns; `-` is standard input
    #[arg(value_name = "QUERY] [PATH")]
    pub words: Vec<OsString>,
}
