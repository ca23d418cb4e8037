//! The reference, `README.md`: what the records say, generated.

use std::fmt::Write;
use std::path::Path;

use functions::{Aggregate, FOLDERS, Function, aggregates};

#[test]
fn the_readme_says_what_the_records_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let reference = reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &reference).unwrap();
    }
    let readme = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(readme == reference, "README.md is not what the records say: UPDATE=1 cargo test writes it anew");
}

fn reference() -> String {
    let mut text = String::from(HEAD);
    for (title, functions) in FOLDERS {
        write!(text, "\n## {title}\n").unwrap();
        functions.iter().for_each(|it| function(&mut text, it));
    }
    text += "\n## Aggregates\n\nThey stand in `stats`, and give a value for each group.\n";
    aggregates().for_each(|it| aggregate(&mut text, it));
    text
}

const HEAD: &str = "\
# Functions

Every function of the language: what it takes, what it does, and what it gives.
A missing argument, or one that is not what the function takes, gives no value unless a function says otherwise.
Names are understood in upper and lower case.

This page is generated from the records in `src`; `UPDATE=1 cargo test -p groundwatch-functions` writes it.
";

fn function(text: &mut String, it: &Function) {
    heading(text, &it.signature(), it.aliases, it.doc);
    text.push_str("\n| query | result |\n| --- | --- |\n");
    for (query, result) in it.examples {
        writeln!(text, "| {} | {} |", code(query), code(result)).unwrap();
    }
}

fn aggregate(text: &mut String, it: &Aggregate) {
    heading(text, &it.signature(), it.aliases, it.doc);
    text.push_str("\n| query | `x` | result |\n| --- | --- | --- |\n");
    for (query, cells, result) in it.examples {
        let cells: Vec<String> = cells.iter().map(|it| code(it)).collect();
        writeln!(text, "| {} | {} | {} |", code(query), cells.join(", "), code(result)).unwrap();
    }
}

fn heading(text: &mut String, signature: &str, aliases: &[&str], doc: &str) {
    write!(text, "\n### `{signature}`\n\n{}\n", sentences(doc)).unwrap();
    if !aliases.is_empty() {
        let aliases: Vec<String> = aliases.iter().map(|it| code(it)).collect();
        writeln!(text, "Also {}.", aliases.join(", ")).unwrap();
    }
}

/// One sentence a line.
fn sentences(doc: &str) -> String {
    let mut text = String::new();
    let mut rest = doc;
    while let Some(end) = rest.find(". ") {
        let (sentence, after) = rest.split_at(end + 1);
        text.push_str(sentence);
        text.push('\n');
        rest = after.trim_start();
    }
    text + rest
}

/// A text as code in a table; nothing for nothing.
fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{}`", text.replace('|', "\\|")) }
}
