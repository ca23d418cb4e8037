//! What was found in files, in the forms that people and machines read: one file a form.

mod github;
mod json;
mod sarif;
mod text;

use std::path::{Path, PathBuf};

pub use github::{data, property};

use syntax::{Code, Diagnostic, Severity, Span};

use crate::position::Position;
use crate::query::{Query, Unread};
use crate::{Broken, File};

/// Something to be said of a place in a file.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The file.
    pub path: PathBuf,
    /// What the query is called there, if it is about one.
    pub query: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// The slug of its kind.
    pub code: &'static str,
    /// What it is, in a sentence.
    pub message: String,
    /// A way out, where one is known.
    pub help: Option<String>,
    /// Where it starts and ends.
    pub place: [Position; 2],
    /// The place drawn with its lines, for people.
    pub drawn: String,
}

/// What a check came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Everything that was found, file by file and from top to bottom.
    pub findings: Vec<Finding>,
    /// How many files held queries.
    pub files: usize,
    /// How many queries there were.
    pub queries: usize,
}

/// A form of reports.
pub struct Form {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// The text of a report; ends in a line break unless it is empty.
    pub write: fn(&Report) -> String,
}

/// All forms.
pub const ALL: &[Form] = &[text::FORM, json::FORM, sarif::FORM, github::FORM];

/// The form that is called so.
pub fn form(name: &str) -> Option<&'static Form> {
    ALL.iter().find(|it| it.name == name)
}

/// Kinds of findings that are about a file, not about a query: slug, and what it is.
const OF_FILES: [(&str, &str); 2] = [
    ("broken-file", "A file cannot be read as what its name says it is."),
    ("unread-query", "A query stands where it cannot be looked at."),
];

/// The longest line of a file that is drawn. What stands on a longer one is drawn as the query's own text.
const LONGEST_DRAWN: usize = 160;

impl Finding {
    /// A fault or warning of a query; None if it is about the value of a placeholder, which is not known.
    pub fn of_query(file: &File, query: &Query, diagnostic: &Diagnostic) -> Option<Finding> {
        let in_file = query.in_file(diagnostic)?;
        let span = in_file.span();
        let drawn = match line_length(&file.text, span) > LONGEST_DRAWN {
            true => syntax::render(diagnostic, query.text()),
            false => syntax::render(&in_file, &file.text),
        };
        Some(Finding {
            path: file.path.clone(),
            query: Some(query.name.clone()),
            severity: diagnostic.severity(),
            code: diagnostic.code.slug(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            place: Position::both(span, &file.text),
            drawn,
        })
    }

    /// A file that cannot be read.
    pub fn of_broken(file: &File, broken: &Broken) -> Finding {
        Finding::of_file(file, None, Severity::Error, OF_FILES[0].0, &broken.message, broken.span)
    }

    /// A query that cannot be looked at.
    pub fn of_unread(file: &File, unread: &Unread) -> Finding {
        Finding::of_file(
            file,
            Some(unread.name.clone()),
            Severity::Warning,
            OF_FILES[1].0,
            &unread.message,
            unread.span,
        )
    }

    fn of_file(
        file: &File,
        query: Option<String>,
        severity: Severity,
        code: &'static str,
        message: &str,
        span: Span,
    ) -> Finding {
        // The drawing is that of any diagnostic; its own words are put in its place.
        let it = Diagnostic::new(Code::Unexpected, span, message);
        let drawn = syntax::render(&it, &file.text);
        let lines = drawn.split_once('\n').map_or("", |(_, lines)| lines);
        let lines = if line_length(&file.text, span) > LONGEST_DRAWN { "" } else { lines };
        Finding {
            path: file.path.clone(),
            query,
            severity,
            code,
            message: message.to_owned(),
            help: None,
            place: Position::both(span, &file.text),
            drawn: format!("{severity}[{code}]: {message}\n{lines}").trim_end().to_owned(),
        }
    }

    /// The path with `/` between its parts, whatever the machine's own sign is.
    fn uri(&self) -> String {
        uri(&self.path)
    }
}

impl Report {
    /// How many findings are as bad as this.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|it| it.severity == severity).count()
    }
}

fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// How many bytes the line has where a stretch starts.
fn line_length(file: &str, span: Span) -> usize {
    let (before, behind) = file.split_at_checked(span.start as usize).unwrap_or((file, ""));
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    before.len() - start + behind.find('\n').unwrap_or(behind.len())
}
