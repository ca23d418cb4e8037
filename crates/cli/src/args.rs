//! What was said on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};
use plan::LogClass;

pub use crate::flags::{ArchiveArgs, QueryAndPaths, TableArgs, TextArgs, TimeArgs, ZoneArgs};
pub use crate::verb::serve::ServeArgs;

/// CloudWatch Logs Insights queries on exported log files: same language, your machine.
#[derive(Parser)]
#[command(name = "gw", version, disable_help_subcommand = true, max_term_width = 100)]
pub struct Args {
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Subcommand)]
pub enum Verb {
    /// Answer a query from log files
    Query(QueryArgs),
    /// Say what is wrong with a query, or with the queries of templates and runbooks, without running them
    Check(CheckArgs),
    /// Write a query, or the queries of templates and runbooks, in canonical form
    Fmt(FmtArgs),
    /// Run tests of queries: `*.test.yml` files, which `gw help tests` tells of
    Test(TestArgs),
    /// Show each station of a query: its tree, its plan, what the scan reads
    Explain(ExplainArgs),
    /// Tell the story of one request: its entries in all log groups, in order, with what they took
    Trace(TraceArgs),
    /// Hold a recorded answer of the service against ours, cell by cell
    Verify(VerifyArgs),
    /// List the fields that log files hold
    Fields(FieldsArgs),
    /// List the log groups that log files belong to
    Groups(GroupsArgs),
    /// Explain a command, a function or an error
    Help(HelpArgs),
    /// Print what a shell must know to complete words
    Completions(CompletionsArgs),
    /// Write the manual pages
    Man(ManArgs),
    /// Answer the CloudWatch Logs API from log files
    Serve(ServeArgs),
    /// Write an archive of made-up logs, to try things on
    Demo(DemoArgs),
}

/// `gw query`
#[derive(clap::Args)]
#[command(override_usage = "gw query [OPTIONS] [QUERY] [PATH]...")]
pub struct QueryArgs {
    #[command(flatten)]
    pub text: QueryAndPaths,
    #[command(flatten)]
    pub archive: ArchiveArgs,
    #[command(flatten)]
    pub time: TimeArgs,
    #[command(flatten)]
    pub tables: TableArgs,
    /// Give so many rows at most; the smaller of this and the query's own limit counts
    #[arg(long, value_name = "ROWS")]
    pub limit: Option<u64>,
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = PossibleValuesParser::new(output::ALL.iter().map(|it| it.name)))]
    pub format: String,
    /// Write the answer to a file: whole, or not at all
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Hold the query to the service's own limits
    #[arg(long)]
    pub strict: bool,
    /// Say what was read and how long it took
    #[arg(long)]
    pub stats: bool,
    /// Do not cut a table to the width of the terminal
    #[arg(long)]
    pub wide: bool,
    /// Draw above the answer how many events match over time
    #[arg(long)]
    pub histogram: bool,
    /// Write around a Markdown table what was asked, of which log groups and times, as the service's console does
    #[arg(long)]
    pub summary: bool,
    #[command(flatten)]
    pub zone: ZoneArgs,
    /// Do not show a long table page by page
    #[arg(long)]
    pub no_pager: bool,
    /// Answer again whenever the query's file or the logs change
    #[arg(long, conflicts_with = "output")]
    pub watch: bool,
    /// How warnings and faults of the query are written on standard error
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub warnings: WarningForm,
}

/// How warnings are written.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WarningForm {
    /// For people
    Text,
    /// A JSON object a line
    Json,
}

/// `gw fmt`
#[derive(clap::Args)]
#[command(
    override_usage = "gw fmt [OPTIONS] [QUERY] [PATH]...",
    after_help = "Without a QUERY, each PATH is a file or folder with queries, which are written anew in place \
                  (`gw help hosts` lists the kinds); a query that cannot be read stays as it is, and the exit code \
                  is 2"
)]
pub struct FmtArgs {
    #[command(flatten)]
    pub text: QueryAndPaths,
    /// Write nothing, but name the files that would be written anew, and end with 1 if there are any
    #[arg(long)]
    pub check: bool,
}

/// `gw test`
#[derive(clap::Args)]
pub struct TestArgs {
    /// Test files, and folders of such
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Run the tests alone that have this text in their name or their file's path, case aside
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// Run so many tests at a time; without it, as many as there are processors
    #[arg(long, value_name = "COUNT")]
    pub jobs: Option<NonZeroUsize>,
    /// Run the tests alone whose files are not as they were in a commit of Git: the last one unless another is named.
    /// Where nothing changed that a test hangs on, none runs, and the exit code is 0
    #[arg(long, value_name = "COMMIT", num_args = 0..=1, require_equals = true, default_missing_value = "HEAD")]
    pub changed: Option<String>,
    /// Write the snapshots that differ or are missing
    #[arg(long)]
    pub update: bool,
    /// How the report is written
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = PossibleValuesParser::new(suite::report::ALL.iter().map(|it| it.name)))]
    pub format: String,
    /// Write a report to a file too: `junit=report.xml`; may be given several times
    #[arg(long, value_name = "FORM=FILE")]
    pub report: Vec<String>,
}

/// `gw check`
#[derive(clap::Args)]
#[command(
    override_usage = "gw check [OPTIONS] [QUERY] [PATH]...",
    after_help = "Without a QUERY, each PATH is a file or folder with queries: templates, dashboards, runbooks \
                  (`gw help hosts` lists the kinds). The exit code is 2 if a query or a file is at fault; a folder in \
                  which no file holds queries is warned of"
)]
pub struct CheckArgs {
    #[command(flatten)]
    pub text: QueryAndPaths,
    #[command(flatten)]
    pub archive: ArchiveArgs,
    /// Mend in files what is a matter of spelling: pipes too many or too few, signs of other languages, typographic
    /// quotes. A command is mended whole or not at all, and each mend is named
    #[arg(long)]
    pub fix: bool,
    #[command(flatten)]
    pub tables: TableArgs,
    /// Hold the query to the service's own limits
    #[arg(long)]
    pub strict: bool,
    /// The class of the log groups that the query is for
    #[arg(long, value_name = "CLASS", default_value = "standard")]
    pub class: ClassName,
    /// How faults and warnings are written: of a query for people on standard error, or as a JSON object a line on
    /// standard output; of files as one report on standard output
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = PossibleValuesParser::new(hosts::report::ALL.iter().map(|it| it.name)))]
    pub format: String,
}

/// A class of log groups.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClassName {
    /// Takes every command
    Standard,
    /// Costs less to fill, and refuses some commands
    InfrequentAccess,
}

impl ClassName {
    /// The class as plans know it.
    pub fn class(self) -> LogClass {
        match self {
            ClassName::Standard => LogClass::Standard,
            ClassName::InfrequentAccess => LogClass::InfrequentAccess,
        }
    }
}

/// `gw explain`
#[derive(clap::Args)]
pub struct ExplainArgs {
    #[command(flatten)]
    pub text: TextArgs,
    #[command(flatten)]
    pub time: TimeArgs,
    #[command(flatten)]
    pub tables: TableArgs,
}

/// `gw trace`
#[derive(clap::Args)]
pub struct TraceArgs {
    /// An id of the request: of the gateway, of an invocation, of a trace
    pub id: String,
    /// Files, folders and patterns; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveArgs,
    #[command(flatten)]
    pub time: TimeArgs,
    /// A field that carries ids, beside those that are known to: `requestId`, `traceId` and the like
    #[arg(long, value_name = "NAME")]
    pub field: Vec<String>,
    /// How many links away from the id an entry may be; 0 follows none
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub links: usize,
    /// How the story is told
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = PossibleValuesParser::new(trace::ALL.iter().map(|it| it.name)))]
    pub format: String,
    /// Write the story to a file: whole, or not at all
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub zone: ZoneArgs,
    /// Do not fit the lines to the width of the terminal
    #[arg(long)]
    pub wide: bool,
}

/// `gw verify`
#[derive(clap::Args)]
#[command(override_usage = "gw verify [OPTIONS] <RESULT> [QUERY] [PATH]...")]
pub struct VerifyArgs {
    /// The recorded answer: `get-query-results`, or the console's JSON, CSV or Markdown
    pub result: PathBuf,
    #[command(flatten)]
    pub text: QueryAndPaths,
    #[command(flatten)]
    pub archive: ArchiveArgs,
    #[command(flatten)]
    pub time: TimeArgs,
    #[command(flatten)]
    pub tables: TableArgs,
    /// How the comparison is told
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub format: VerifyForm,
    /// Write query, logs, tables and recorded answer as a page for `testdata`: the files named and those in folders, as
    /// far as they are text, 64 KB at most
    #[arg(long, value_name = "FILE")]
    pub as_case: Option<PathBuf>,
}

/// How a comparison is told.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VerifyForm {
    /// For people: the sums, and the first differences
    Text,
    /// One JSON object, every difference in it
    Json,
}

/// `gw fields`
#[derive(clap::Args)]
pub struct FieldsArgs {
    /// Files, folders and patterns; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveArgs,
}

/// `gw groups`
#[derive(clap::Args)]
pub struct GroupsArgs {
    /// Files, folders and patterns; `-` is standard input
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub archive: ArchiveArgs,
}

/// `gw help`
#[derive(clap::Args)]
pub struct HelpArgs {
    /// A command, a function, an aggregate, a format, an error code, or one of the words `commands`, `functions`,
    /// `errors`, `formats`, `hosts`, `tests`, `schema`
    #[arg(value_name = "TOPIC")]
    pub topic: Option<String>,
}

/// `gw completions`
#[derive(clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

/// `gw man`
#[derive(clap::Args)]
pub struct ManArgs {
    /// The folder to write into
    pub dir: PathBuf,
}

/// `gw demo`
#[derive(clap::Args)]
pub struct DemoArgs {
    /// The folder to write into; nothing in it is overwritten
    pub dir: PathBuf,
    /// How many requests the archive tells of
    #[arg(long, default_value_t = 10_000)]
    pub requests: u64,
    /// The same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// In which form the logs lie there
    #[arg(long, value_name = "SHAPE", default_value = "export-gzip")]
    pub shape: DemoShape,
}

/// How a made-up archive lies on disk.
#[derive(Clone, Copy, ValueEnum)]
pub enum DemoShape {
    /// The objects of an export task to S3
    ExportGzip,
    /// The same, uncompressed: the fastest to write
    Export,
    /// The events of `filter-log-events`, one on each line
    EventLines,
    /// The pages of `filter-log-events`, one in each file
    EventPages,
}

impl DemoShape {
    /// The shape as the archive's maker knows it.
    pub fn shape(self) -> demo::Shape {
        match self {
            DemoShape::ExportGzip => demo::Shape::ExportGzip,
            DemoShape::Export => demo::Shape::Export,
            DemoShape::EventLines => demo::Shape::EventLines,
            DemoShape::EventPages => demo::Shape::EventPages,
        }
    }
}
