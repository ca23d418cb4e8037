//! A recorded answer as a case of the test data: the query, the logs, and what the service said.

use std::path::{Component, Path, PathBuf};

use output::fence;
use plan::Estimate;
use source::{Files, Input, Source};

use crate::exit::Fault;
use crate::fidelity::recorded::Rows;

/// Logs beyond this are no case that anybody reads.
const MOST_BYTES: usize = 64 * 1024;

/// What a case holds.
pub struct Case<'a> {
    /// The query, the saved queries that it calls written out.
    pub query: &'a str,
    /// The moments that it was asked with: `start`, `end`, `now`.
    pub moments: Vec<(&'static str, &'a str)>,
    /// The files and folders of logs, each with its log group where one was given.
    pub logs: Vec<(Option<&'a str>, &'a Path)>,
    /// The tables, by name.
    pub tables: Vec<(&'a str, &'a Path)>,
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
        let moments: String = self.moments.iter().map(|(name, moment)| format!(" {name}={moment}")).collect();
        let mut page = format!(
            "# a sentence that says what is so\n\nWhy it matters, in a sentence or two.\n\n\
             Authority: recorded, [where the answer is from](https://example.com)\n\n```insights{moments}\n{}\n```\n",
            self.query.trim()
        );
        let mut bytes = 0;
        let mut add = |tag: &str, path: &Path| {
            let text = text(path)?;
            bytes += text.len();
            if bytes > MOST_BYTES {
                let message = format!(
                    "the logs are too long for a case, which holds {} KB: cut them down first",
                    MOST_BYTES / 1024
                );
                return Err(Fault::arguments(message));
            }
            let fence = fence(&text);
            page.push_str(&format!("\n{fence}{tag}\n{}\n{fence}\n", text.trim_end()));
            Ok(())
        };
        for (group, root) in &self.logs {
            for path in files(root)? {
                let group = group.map(|it| format!(" group={it}")).unwrap_or_default();
                add(&format!("{} {}{group}", form(&path)?, name(&path, root)), &path)?;
            }
        }
        for (name, path) in &self.tables {
            add(&format!("lookup {name}"), path)?;
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

/// The file, or the files below a folder in the order of an archive.
fn files(path: &Path) -> Result<Vec<PathBuf>, Fault> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let trouble = |it: std::io::Error| Fault::trouble(format!("{}: {it}", path.display()));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(trouble)? {
        let entry = entry.map_err(trouble)?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            found.extend(files(&entry.path())?);
        }
    }
    found.sort();
    Ok(found)
}

/// What a case calls a file: its path, which names its log group as on a disk, from what was named on where that is no
/// path below this folder. A blank would end it.
fn name(path: &Path, root: &Path) -> String {
    let above = if root.is_dir() { root.parent() } else { root.parent().and_then(Path::parent) };
    let below = above.filter(|_| root.is_absolute()).and_then(|it| path.strip_prefix(it).ok()).unwrap_or(path);
    let names = below.components().filter_map(|it| match it {
        Component::Normal(name) => Some(name.to_string_lossy().replace(char::is_whitespace, "_")),
        _ => None,
    });
    names.collect::<Vec<_>>().join("/")
}

/// A file of a case, which is text.
fn text(path: &Path) -> Result<String, Fault> {
    if !path.is_file() {
        let message = format!("a case holds its logs: name files and folders, since `{}` is neither", path.display());
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
