//! The query that a test is about, out of the file it lives in.

use std::path::Path;

use hosts::{File, Query};
use syntax::nearest;

use crate::test::Test;

/// The query of a file, by its name there where the file has several.
///
/// # Errors
/// A file that cannot be read or holds no such query, a placeholder without a value, or a value of the test without a
/// placeholder: a sentence.
pub fn find(path: &Path, name: Option<&str>, test: &Test) -> Result<(File, Query), String> {
    let shown = path.display();
    let file = File::read(path).map_err(|error| format!("{shown}: {error}"))?;
    let found = file.broken.clone().map_or_else(|| hosts::find(path, &file.text), Err);
    let found =
        found.map_err(|it| format!("{shown}:{}: {}", hosts::Position::of(it.span.start, &file.text), it.message))?;
    let called: Vec<&Query> = found.queries.iter().filter(|it| name.is_none_or(|name| it.is_called(name))).collect();
    let query = match called.as_slice() {
        [one] => one.with_values(&test.values),
        [] => return Err(format!("{shown} has no query {}", none(name, &found.queries))),
        many => {
            let names: Vec<String> = many.iter().map(|it| format!("`{}`", it.name)).collect();
            return Err(format!("{shown} has several queries: say which behind a `#`: {}", names.join(", ")));
        }
    };
    let placeholders = query.placeholders();
    if let Some(needless) = test.own_values.iter().find(|it| !placeholders.contains(it)) {
        return Err(match placeholders.is_empty() {
            true => format!("the query has no placeholder `{needless}`, nor any other"),
            false => format!("the query has no placeholder `{needless}`; it has `{}`", placeholders.join("`, `")),
        });
    }
    let unknown = query.unknown_values();
    if !unknown.is_empty() {
        let names = unknown.join("`, `");
        return Err(format!("the query has placeholders without a value, to be given below `values`: `{names}`"));
    }
    Ok((file, query))
}

fn none(name: Option<&str>, queries: &[Query]) -> String {
    let Some(name) = name else { return String::from("at all") };
    let names: Vec<&str> = queries.iter().map(|it| it.name.as_str()).collect();
    match nearest(name, &names) {
        Some(near) => format!("`{name}`; one with a similar name: `{near}`"),
        None if names.is_empty() => format!("`{name}`, or any other"),
        None => format!("`{name}`; it has `{}`", names.join("`, `")),
    }
}
