//! A case: a question, what it is asked of, and what the answer must be, in one Markdown file.
//!
//! ````markdown
//! # dedup keeps the first in row order
//!
//! After `sort @timestamp asc` the oldest row of each server is first, so it is the one kept.
//!
//! Authority: manual, [dedup](https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Dedup.html)
//!
//! ```insights
//! fields @timestamp, server | sort @timestamp asc | dedup server
//! ```
//!
//! ```jsonl
//! {"@timestamp":"2026-01-01T00:00:00Z","server":"a"}
//! {"@timestamp":"2026-01-01T00:00:01Z","server":"a"}
//! ```
//!
//! ```table
//! @timestamp               server
//! 2026-01-01 00:00:00.000  a
//! ```
//! ````
//!
//! * The first line is the title; the first paragraph says why the case exists; `Authority:` says who decides:
//!   `recorded`, `manual`, `stated` or `ours`, then a comma, then where it was said or why.
//! * The tag of a block is the name of the format that reads or writes it.
//!   `insights` is the query; several of them ask the same thing in other words, and all must get the same answer.
//!   Settings may stand behind the tag: `insights now=2026-01-01T01:00:00Z start=-1h limit=5` ([`SETTINGS`]).
//! * A name of [`EXPECTATIONS`] is an expectation; [`BOTH_WAYS`] are the input where there is none yet, or where a
//!   path or `group=` follows, else an expectation; any other tag is an input, and names its reader.
//!   A block without a tag is prose.
//! * An input without a body is read from the path behind the tag, below the root of the test data:
//!   `jsonl logs/lambda.jsonl`; the path may be a folder. With a body the path is only its name.
//!   `group=NAME` says which log group it is, `source=NAME.TYPE` of which data source.
//! * `lookup NAME` is a table that the query may look into: its body is CSV.
//! * `definition NAME` is a saved query that the query may call, with defaults behind its name: `definition Top n=5`.
//! * `unordered` behind an expectation: its rows may come in any order. `syntax` behind `error`: the parser refuses it,
//!   and so does the grammar.
//! * A cell that begins with `~` is approximate: a number will do that is no further away than the service itself may be
//!   in that column, which is for those to say who know the query ([`ServiceError`]).
//! * `UPDATE=1` rewrites expectations that do not hold, but not where the authority is `recorded`.

mod compare;
mod read;
mod update;

use std::fmt;
use std::path::{Path, PathBuf};

pub use compare::ServiceError;
pub use update::updating;

/// What may be set behind `insights`, as `name=value`.
pub const SETTINGS: &[&str] = &["now", "start", "end", "limit", "limits", "group"];

/// The tags that are always an expectation: writers, and what a query says before it runs.
pub const EXPECTATIONS: &[&str] = &["table", "tsv", "markdown", "aws", "json", "error", "service", "warnings", "plan"];

/// The tags that are a reader's name and a writer's.
pub const BOTH_WAYS: &[&str] = &["jsonl", "csv"];

/// The folders of the test data that hold no cases.
const NO_CASES: &[&str] = &["hosts", "logs", "project", "queries"];

/// One case file, read.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The file.
    pub path: PathBuf,
    /// The file below the root, without its ending: `commands/dedup/keeps-the-first-in-row-order`.
    pub name: String,
    /// What is so: the title.
    pub title: String,
    /// Why the case exists: the first paragraph.
    pub why: String,
    /// Who says so.
    pub authority: Authority,
    /// The query; where there are several, in other words. At least one.
    pub questions: Vec<Question>,
    /// The logs, one for each block.
    pub inputs: Vec<Input>,
    /// The tables that the query may look into.
    pub tables: Vec<GivenTable>,
    /// The saved queries that the query may call.
    pub definitions: Vec<GivenDefinition>,
    /// The answers. At least one.
    pub expectations: Vec<Expectation>,
}

/// Who decides what is right, and where it was said.
#[derive(Clone, PartialEq, Debug)]
pub struct Authority {
    /// How far it is to be trusted.
    pub kind: AuthorityKind,
    /// The recording, the page, who stated it, or our reason; never empty.
    pub source: String,
}

/// How far an authority is to be trusted, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum AuthorityKind {
    /// The service was seen to do it.
    Recorded,
    /// Its manual says so.
    Manual,
    /// Users of it say so.
    Stated,
    /// Nobody says; we decided.
    Ours,
}

/// A query, and the circumstances it is asked in.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// The query.
    pub text: String,
    /// What is set behind the tag: names of [`SETTINGS`] and values, in order.
    pub settings: Vec<(String, String)>,
    /// The line of the case where the block begins, from one.
    pub line: usize,
}

/// A log a query is asked of.
#[derive(Clone, PartialEq, Debug)]
pub struct Input {
    /// The name of its reader.
    pub format: String,
    /// Where the shared file or folder is, for a block without a body.
    pub path: Option<PathBuf>,
    /// What the input is called: the path behind the tag, else the format.
    pub name: String,
    /// The log group it is, where the case says so.
    pub group: Option<String>,
    /// The data source it is of, `linux.syslog`, where the case says so.
    pub source: Option<String>,
    /// The body, each line with its end; empty where the input is shared.
    pub text: String,
    /// The line of the case where the block begins, from one.
    pub line: usize,
}

/// A table beside the log.
#[derive(Clone, PartialEq, Debug)]
pub struct GivenTable {
    /// What queries call it.
    pub name: String,
    /// It, as CSV; each line with its end.
    pub text: String,
}

/// A saved query beside the log.
#[derive(Clone, PartialEq, Debug)]
pub struct GivenDefinition {
    /// What queries call it.
    pub name: String,
    /// The defaults of its parameters: names and values, in order.
    pub defaults: Vec<(String, String)>,
    /// It, each line with its end.
    pub text: String,
}

/// An answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Expectation {
    /// The name of its writer, or `error`, `service`, `warnings`, `plan`.
    pub format: String,
    /// `unordered`, `syntax`
    pub words: Vec<String>,
    /// The body, without the last line end.
    pub text: String,
    /// Which of the file's expectations it is, from zero.
    pub position: usize,
    /// The line of the case where the block begins, from one.
    pub line: usize,
}

/// What is wrong with a case file.
#[derive(Clone, PartialEq, Debug)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// The line, from one; zero where it is the whole file.
    pub line: usize,
    /// One sentence.
    pub message: String,
}

impl Case {
    /// All cases below the root of the test data, in the order of their names.
    ///
    /// # Errors
    /// Everything wrong with any of the files.
    pub fn all(root: &Path) -> Result<Vec<Case>, Vec<Fault>> {
        let mut cases = Vec::new();
        let mut faults = Vec::new();
        for it in Case::each(root) {
            match it {
                Ok(case) => cases.push(case),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(cases) } else { Err(faults) }
    }

    /// Each file below the root of the test data, in the order of their names: its case, or the first thing wrong with it.
    pub fn each(root: &Path) -> Vec<Result<Case, Fault>> {
        let mut paths = Vec::new();
        let mut faults = Vec::new();
        if root.is_dir() {
            case_files(root, root, &mut paths, &mut faults);
        }
        paths.sort_by_cached_key(|it| it.with_extension(""));
        faults.into_iter().map(Err).chain(paths.iter().map(|path| Case::read(root, path))).collect()
    }

    /// One case; shared inputs are looked for below `root`.
    ///
    /// # Errors
    /// The first thing wrong with the file.
    pub fn read(root: &Path, path: &Path) -> Result<Case, Fault> {
        let text = std::fs::read_to_string(path).map_err(|error| Fault {
            path: path.to_path_buf(),
            line: 0,
            message: error.to_string(),
        })?;
        Case::from_text(root, path, &text)
    }

    /// One case out of its text; `path` is what it is called, and shared inputs are looked for below `root`.
    ///
    /// # Errors
    /// The first thing wrong with the text.
    pub fn from_text(root: &Path, path: &Path, text: &str) -> Result<Case, Fault> {
        read::case(root, path, text).map_err(|(line, message)| Fault { path: path.to_path_buf(), line, message })
    }

    /// Whether the query must be refused.
    pub fn expects_error(&self) -> bool {
        self.expectations.iter().any(|it| it.format == "error")
    }

    /// Whether the parser, and so the grammar, must refuse the query.
    pub fn expects_syntax_error(&self) -> bool {
        self.expectations.iter().any(|it| it.format == "error" && it.has("syntax"))
    }
}

impl Question {
    /// What a setting says, where it is set.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

impl Input {
    /// Its files with their names, in the order of the archive: names by bytes.
    ///
    /// # Errors
    /// When a shared file cannot be read.
    pub fn files(&self) -> std::io::Result<Vec<(String, Vec<u8>)>> {
        let Some(path) = &self.path else {
            return Ok(vec![(self.name.clone(), self.text.clone().into_bytes())]);
        };
        let mut files = Vec::new();
        shared_files(path, &self.name, &mut files)?;
        files.sort();
        Ok(files)
    }
}

impl Expectation {
    /// Whether this word stands behind its tag.
    pub fn has(&self, word: &str) -> bool {
        self.words.iter().any(|it| it == word)
    }
}

impl AuthorityKind {
    /// The word of the case file.
    pub fn word(self) -> &'static str {
        match self {
            AuthorityKind::Recorded => "recorded",
            AuthorityKind::Manual => "manual",
            AuthorityKind::Stated => "stated",
            AuthorityKind::Ours => "ours",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path.display(), self.message),
            line => write!(f, "{}:{line}: {}", self.path.display(), self.message),
        }
    }
}

impl std::error::Error for Fault {}

fn case_files(root: &Path, folder: &Path, paths: &mut Vec<PathBuf>, faults: &mut Vec<Fault>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            return faults.push(Fault { path: folder.to_path_buf(), line: 0, message: error.to_string() });
        }
    };
    for path in entries.flatten().map(|it| it.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !(folder == root && NO_CASES.contains(&name.as_str())) {
                case_files(root, &path, paths, faults);
            }
        } else if name.ends_with(".md") && name != "README.md" {
            paths.push(path);
        }
    }
}

fn shared_files(path: &Path, name: &str, files: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    if !path.is_dir() {
        files.push((name.to_string(), std::fs::read(path)?));
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let inner = format!("{}/{}", name.trim_end_matches('/'), entry.file_name().to_string_lossy());
        shared_files(&entry.path(), &inner, files)?;
    }
    Ok(())
}
