//! A recorded answer as a case of the test data: the query, the logs, and what the service said.

use std::path::{Path, PathBuf};

use output::fence;
use source::{Files, Input, Source};

use crate::exit::Fault;
use crate::fidelity::compare::Estimate;
use crate::fidelity::recorded::Rows;

/// Logs beyond this are no case that anybody reads.
const MOST_BYTES: usize = 64 * 1024;

/// What a case holds.
pub struct Case<'a> {
    /// The query.
    pub query: &'a str,
    /// The log files.
    pub paths: Vec<PathBuf>,
    /// What the service said.
    pub recorded: &'a Rows,
    /// The columns that it estimates.
    pub estimated: &'a [Estimate],
}

impl Case<'_> {
    /// The page of the case.
    ///
    /// # Errors
    /// Logs that are no files of text, or too many of them.
    pub fn page(&self) -> Result<String, Fault> {
        let mut page = format!(
            "# a sentence that says what is so\n\nWhy it matters, in a sentence or two.\n\n\
             Authority: recorded, [where the answer is from](https://example.com)\n\n```insights\n{}\n```\n",
            self.query.trim()
        );
        let mut bytes = 0;
        for path in &self.paths {
            let text = log(path)?;
            bytes += text.len();
            if bytes > MOST_BYTES {
                let message = format!(
                    "the logs are too long for a case, which holds {} KB: cut them down first",
                    MOST_BYTES / 1024
                );
                return Err(Fault::arguments(message));
            }
            let fence = fence(&text);
            page.push_str(&format!("\n{fence}{}\n{}\n{fence}\n", form(path)?, text.trim_end()));
        }
        page.push_str(&format!("\n```csv unordered\n{}```\n", self.answer()?));
        Ok(page)
    }

    /// The recorded answer as CSV, a tilde ahead of estimates.
    fn answer(&self) -> Result<String, Fault> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let fault = |it: &dyn std::fmt::Display| Fault::trouble(format!("the answer cannot be written as CSV: {it}"));
        writer.write_record(&self.recorded.columns).map_err(|it| fault(&it))?;
        for row in &self.recorded.rows {
            let cells = row.iter().zip(&self.recorded.columns).map(|(cell, column)| match cell {
                Some(it) if self.estimated.iter().any(|it| it.column == *column) => format!("~{it}"),
                it => it.clone().unwrap_or_default(),
            });
            writer.write_record(cells).map_err(|it| fault(&it))?;
        }
        let bytes = writer.into_inner().map_err(|it| fault(&it))?;
        String::from_utf8(bytes).map_err(|it| fault(&it))
    }
}

fn log(path: &Path) -> Result<String, Fault> {
    if !path.is_file() {
        let message = format!("a case holds its logs: name files, since `{}` is none", path.display());
        return Err(Fault::arguments(message));
    }
    let bytes = std::fs::read(path).map_err(|it| Fault::trouble(format!("{}: {it}", path.display())))?;
    String::from_utf8(bytes).map_err(|_| {
        let message = format!("a case holds its logs as text, and `{}` is packed or binary: unpack it", path.display());
        Fault::arguments(message)
    })
}

/// The name of the reader that reads a file.
fn form(path: &Path) -> Result<String, Fault> {
    let files = Files::open(&[Input::new(path)], None).map_err(Fault::trouble)?;
    let forms: Vec<&str> = files.groups().into_iter().flat_map(|it| it.formats).collect();
    forms
        .first()
        .map(|it| (*it).to_owned())
        .ok_or_else(|| Fault::trouble(format!("{}: no log format known", path.display())))
}
