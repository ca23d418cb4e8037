//! New texts for queries, written as the old ones are.

use std::path::Path;

use syntax::{Diagnostic, Span};

use crate::query::Query;
use crate::{Broken, fill, find};

/// A stretch of a file and what is to stand there instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What is replaced, in bytes of the file.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// A file with new texts for its queries.
#[derive(Clone, Debug)]
pub struct Rewritten {
    /// The file.
    pub file: String,
    /// How many queries have a new text.
    pub changed: usize,
    /// The queries that were left as they are, from top to bottom.
    pub left: Vec<Left>,
}

/// A query that was left as it is.
#[derive(Clone, Debug)]
pub struct Left {
    /// What it is called in the file.
    pub name: String,
    /// Where it is at fault, or else where it stands, in bytes of the file as it was.
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// Why a query was left as it is.
#[derive(Clone, Debug)]
pub enum Why {
    /// It cannot be read: what the first of its faults is.
    Fault(String),
    /// There is no way to write it where it stands.
    Form(&'static str),
}

/// A file with edits that do not overlap.
pub fn apply(file: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|it| it.span.start);
    let windows = file.contains("\r\n");
    let mut text = String::with_capacity(file.len());
    let mut at = 0;
    for edit in edits {
        text.push_str(file.get(at..edit.span.start as usize).unwrap_or_default());
        let new = edit.text.replace("\r\n", "\n");
        text.push_str(&if windows { new.replace('\n', "\r\n") } else { new });
        at = edit.span.end as usize;
    }
    text.push_str(file.get(at..).unwrap_or_default());
    text
}

/// The file with every query in canonical form, as `gw fmt` writes it. A query that is at fault stays as it is, and so
/// does one whose new text would not be read back as the same query; both are named.
///
/// # Errors
/// A file that cannot be read.
pub fn reformat(path: &Path, file: &str) -> Result<Rewritten, Broken> {
    let mut rewritten = Rewritten { file: file.to_owned(), changed: 0, left: Vec::new() };
    // From the last to the first, so that an edit does not move what is edited behind it.
    let mut queries = find(path, file)?.queries;
    queries.sort_by_key(|it| std::cmp::Reverse(it.span().start));
    // One text may be several queries, a part of it hanging on a condition.
    queries.dedup_by_key(|it| it.span().start);
    for query in &queries {
        if let Some(fault) = first_fault(query) {
            rewritten.left.push(Left { name: query.name.clone(), span: fault.span(), why: Why::Fault(fault.message) });
            continue;
        }
        let done = formatted(query, file).and_then(|edit| match edit {
            Some(edit) if !edit.changes(file) => Ok(None),
            Some(edit) => replace(path, &rewritten.file, &edit).map(Some),
            None => Ok(None),
        });
        match done {
            Ok(Some(new)) => {
                rewritten.file = new;
                rewritten.changed += 1;
            }
            Ok(None) => {}
            Err(why) => {
                let (name, span) = (query.name.clone(), query.span());
                rewritten.left.push(Left { name, span, why: Why::Form(why) });
            }
        }
    }
    rewritten.left.reverse();
    Ok(rewritten)
}

/// The first fault of a query, at its place in the file; what is about the value of a placeholder is none.
fn first_fault(query: &Query) -> Option<Diagnostic> {
    syntax::parse(query.text()).err()?.iter().find_map(|it| query.in_file(it))
}

impl Edit {
    /// Whether the file would be another, its kind of line breaks aside.
    fn changes(&self, file: &str) -> bool {
        self.span.text(file).replace("\r\n", "\n") != self.text
    }
}

/// The edit that makes a query canonical, if it is not; or why there can be none.
fn formatted(query: &Query, file: &str) -> Result<Option<Edit>, &'static str> {
    let raw = query.raw();
    let (text, tokens) = fill::with_tokens(raw).ok_or("a placeholder stands for more than a value")?;
    let formatted = syntax::format(text.as_str()).map_err(|_| "a placeholder stands for more than a value")?;
    let formatted = with_quotes_of(text.as_str(), &formatted);
    if formatted == text.as_str() {
        return Ok(None);
    }
    let formatted = if raw.folds() { one_line(&formatted)? } else { formatted };
    let mut written = raw.write(&formatted).ok_or("it is put together of several texts")?;
    for (token, hole) in tokens.iter().zip(raw.holes()) {
        if written.matches(token.as_str()).count() != 1 {
            return Err("a placeholder stands in what is written anew");
        }
        written = written.replace(token.as_str(), hole.from.text(file));
    }
    Ok(Some(Edit { span: query.span(), text: written }))
}

/// The text on one line, or in lines that are read as one.
fn one_line(formatted: &str) -> Result<String, &'static str> {
    let lines: Vec<&str> = formatted.lines().map(str::trim).collect();
    match syntax::format(&lines.join(" ")) {
        Ok(same) if without_quotes(&same) == without_quotes(formatted) => Ok(lines.join("\n")),
        _ => Err("its comments would take in the rest of the line"),
    }
}

/// The formatted text with its strings in the quotes they had: in JSON, `'` is not to become `\"`.
fn with_quotes_of(original: &str, formatted: &str) -> String {
    let (before, after) = (syntax::strings(original), syntax::strings(formatted));
    let mut text = formatted.to_owned();
    if before.len() != after.len() {
        return text;
    }
    for (old, new) in before.into_iter().zip(after).rev() {
        let literal = new.text(formatted);
        let plain = !literal.contains(['\'', '\\']);
        if old.text(original).starts_with('\'') && literal.starts_with('"') && plain {
            text.replace_range(new.start as usize..new.end as usize, &literal.replace('"', "'"));
        }
    }
    text
}

fn without_quotes(text: &str) -> String {
    text.replace('\'', "\"")
}

/// The file with an edit, if its queries then are the same as before.
fn replace(path: &Path, file: &str, edit: &Edit) -> Result<String, &'static str> {
    let new = apply(file, std::slice::from_ref(edit));
    let same = match (find(path, file), find(path, &new)) {
        (Ok(old), Ok(new)) => canonical(&old.queries) == canonical(&new.queries),
        _ => false,
    };
    if same { Ok(new) } else { Err("its new text would be read otherwise where it stands") }
}

/// What each query says, whatever it looks like.
fn canonical(queries: &[Query]) -> Vec<(String, String)> {
    let text = |it: &Query| syntax::format(it.text()).unwrap_or_else(|_| it.text().to_owned());
    queries.iter().map(|it| (it.name.clone(), text(it))).collect()
}
