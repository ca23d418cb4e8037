//! The faults of queries that are a matter of spelling alone, mended where they stand.

use std::path::Path;

use syntax::{Diagnostic, Span};

use crate::query::Query;
use crate::rewrite::{Edit, apply};
use crate::{Broken, find};

/// A file with the spelling of its queries mended.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The file.
    pub file: String,
    /// What was mended, from top to bottom.
    pub mends: Vec<Mend>,
}

/// What stood in a file, and what stands there instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Mend {
    /// Where it stood, in bytes of the file as it was.
    pub span: Span,
    /// What stood there, as the file writes it.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// The file with the faults of its queries mended that [`syntax::fix`] can mend.
///
/// A command is mended whole or not at all: one that would still be at fault stays as it was typed, since half a mend
/// may hide what was meant.
///
/// # Errors
/// A file that cannot be read.
pub fn mend(path: &Path, file: &str) -> Result<Mended, Broken> {
    let count = find(path, file)?.queries.len();
    let mut text = file.to_owned();
    let mut edits: Vec<Edit> = Vec::new();
    let mut mends = Vec::new();
    for number in 0..count {
        while let Some((new, more)) = command(path, &text, number) {
            for (edit, before) in more {
                let place = |at: u32| edits.iter().rev().fold(at, before_edit);
                let span = Span { start: place(edit.span.start), end: place(edit.span.end) };
                mends.push(Mend { span, before, after: edit.text.clone() });
                edits.push(edit);
            }
            text = new;
        }
    }
    mends.sort_by_key(|it| it.span.start);
    Ok(Mended { file: text, mends })
}

/// An edit, and what stood in its place.
type Done = (Edit, String);

/// The file with one command more of a query mended. One fault of a command hides the next, so it may take several
/// edits; they count once fewer commands are at fault.
fn command(path: &Path, file: &str, number: usize) -> Option<(String, Vec<Done>)> {
    let (query, faults) = at_fault(path, file, number)?;
    (0..faults.len()).find_map(|place| {
        let mut text = file.to_owned();
        let mut done = Vec::new();
        let mut next = edit(&query, &faults[place], &text);
        while let Some(it) = next {
            let before = it.span.text(&text).to_owned();
            text = apply(&text, std::slice::from_ref(&it));
            done.push((it, before));
            let (query, left) = at_fault(path, &text, number)?;
            if left.len() < faults.len() {
                return Some((text, done));
            }
            // What was hidden stands in the same place among the faults of all commands.
            next = if left.len() == faults.len() { edit(&query, &left[place], &text) } else { None };
        }
        None
    })
}

/// A query of a file and its faults, those left out that are about what a placeholder is taken for.
fn at_fault(path: &Path, file: &str, number: usize) -> Option<(Query, Vec<Diagnostic>)> {
    let query = find(path, file).ok()?.queries.into_iter().nth(number)?;
    let mut faults = syntax::parse(query.text()).err().unwrap_or_default();
    faults.retain(|it| query.in_file(it).is_some());
    Some((query, faults))
}

/// What mends a fault in the file.
fn edit(query: &Query, fault: &Diagnostic, file: &str) -> Option<Edit> {
    let fix = syntax::fix(fault, query.text())?;
    let text = query.raw().write(&fix.text)?;
    let mut span = query.place(fix.span);
    if text.is_empty() && fix.span.end as usize == query.text().len() {
        span.end += query.blanks_behind(file);
    }
    Some(Edit { span, text })
}

/// Where a byte of a file stood before an edit.
fn before_edit(at: u32, edit: &Edit) -> u32 {
    let end = edit.span.start + edit.text.len() as u32;
    match at {
        _ if at >= end => at - end + edit.span.end,
        _ => at.min(edit.span.start),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn mended(name: &str, file: &str) -> (String, Vec<(u32, String, String)>) {
        let it = mend(name.as_ref(), file).unwrap();
        let mends = it.mends.into_iter().map(|it| (it.span.start, it.before, it.after));
        (it.file, mends.collect())
    }

    #[test]
    fn a_command_is_mended_whole_or_not_at_all() {
        for text in [
            "filter a = “x” || b = 1",
            "filter a <> 1 && b = “y",
            "fields a ||| limit 5",
            "fields a || limit 5",
            "filter a => 1 and feilds(b",
            "filter a = “x” and b = ”y",
        ] {
            assert_eq!(mended("a.cwli", text), (text.to_owned(), Vec::new()), "{text}");
        }
        let half = "filter a = “x” || b = 1\n| filter c <> 2 && d => 3\n| feilds e |\n";
        let (file, mends) = mended("a.cwli", half);
        assert_eq!(file, "filter a = “x” || b = 1\n| filter c != 2 and d >= 3\n| feilds e\n");
        let words: Vec<(&str, &str)> = mends.iter().map(|it| (it.1.as_str(), it.2.as_str())).collect();
        assert_eq!(words, [("<>", "!="), ("&&", "and"), ("=>", ">="), (" |", "")]);
        for (place, before, _) in &mends {
            assert!(half[*place as usize..].starts_with(before), "{before} at {place}");
        }
    }

    #[test]
    fn no_blank_is_left_where_a_pipe_was() {
        for (name, text, good) in [
            ("a.cwli", "fields a | ", "fields a"),
            ("a.cwli", "fields a |\t \n", "fields a\n"),
            ("a.cwli", "fields a\n  |\n", "fields a\n"),
            ("a.cwli", "fields a\r\n|  \r\n", "fields a\r\n"),
            ("a.cwli", "|\nfields a\n", "fields a\n"),
            ("a.cwli", "fields a | # why\n", "fields a # why\n"),
            ("a.cwli", "fields a ; \n", "fields a\n"),
            ("a.cwli", "fields a |\n|  \n| limit 5\n", "fields a |\nlimit 5\n"),
            (
                "a.json",
                r#"{"queryString": "fields a |  ", "name": "a"}"#,
                r#"{"queryString": "fields a", "name": "a"}"#,
            ),
            ("a.md", "```insights\nfields a | \n```\n", "```insights\nfields a\n```\n"),
        ] {
            assert_eq!(mended(name, text).0, good, "{text:?}");
        }
    }
}
