//! `parse`: the ways to cut a text.

use std::collections::HashSet;

use plan::step::{Parse, ParseBy};
use value::{Json, Value};

use crate::{Row, eval};

/// The row with what was cut out of its text, or a row for each match. Where nothing matches, the row stays, and the
/// fields have no value.
pub(crate) fn parse<'a>(it: &Parse, row: Row<'a>) -> Vec<Row<'a>> {
    let mut found: Vec<Vec<Option<Value>>> = Vec::new();
    if let Some(Value::Text(text)) = eval(&it.from, &row) {
        match &it.by {
            ParseBy::Glob(pattern) => {
                found.extend(glob(pattern.source(), &text).map(|it| it.into_iter().map(cell).collect()));
            }
            ParseBy::Regex(pattern, groups) | ParseBy::Matches(pattern, groups) => {
                let all = if let ParseBy::Matches(..) = it.by { usize::MAX } else { 1 };
                for captures in pattern.regex().captures_iter(&text).take(all) {
                    found.push(groups.iter().map(|it| captures.get(*it).and_then(|it| cell(it.as_str()))).collect());
                }
            }
            ParseBy::Logfmt => found.extend(logfmt(&text).map(|it| vec![Some(Value::Json(it))])),
            ParseBy::Csv => found.push(csv(&text).iter().map(|it| cell(it)).collect()),
        }
    }
    if found.is_empty() {
        found.push(Vec::new());
    }
    let cut = |cells: Vec<Option<Value>>| {
        let cells = cells.into_iter().chain(std::iter::repeat(None));
        it.fields.iter().zip(cells).fold(row.clone(), |row, (field, cell)| row.with(field, cell))
    };
    found.into_iter().map(cut).collect()
}

fn cell(text: &str) -> Option<Value> {
    Some(Value::text(text))
}

/// What each star of a pattern stands for: it may begin anywhere in the text, and need not reach to its end.
fn glob<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let pieces: Vec<&str> = pattern.split('*').collect();
    let (first, others) = pieces.split_first()?;
    (0..=text.len()).find_map(|start| stars(others, text.get(start..)?.strip_prefix(first)?))
}

/// Stars and the pieces behind them: each star takes as little as it can, one at the end of the pattern takes the rest.
fn stars<'t>(pieces: &[&str], text: &'t str) -> Option<Vec<&'t str>> {
    match pieces {
        [] => Some(Vec::new()),
        [""] => Some(vec![text]),
        [piece, others @ ..] => (0..=text.len()).find_map(|length| {
            let behind = text.get(length..)?.strip_prefix(piece)?;
            Some([&[&text[..length]], stars(others, behind)?.as_slice()].concat())
        }),
    }
}

/// The map of the pairs: of a letter, a key goes on to a `=` or a blank; a value to a blank, or to the mark that closes it.
fn logfmt(text: &str) -> Option<Json> {
    let mut pairs: Vec<(String, Value)> = Vec::new();
    let mut letters = text.chars().peekable();
    let mut is_logfmt = false;
    while letters.peek().is_some() {
        while letters.next_if(|it| it.is_whitespace()).is_some() {}
        let mut key = String::new();
        while let Some(it) = letters.next_if(|it| *it != '=' && !it.is_whitespace()) {
            key.push(it);
        }
        let mut value = Value::Bool(true);
        if letters.next_if_eq(&'=').is_some() {
            is_logfmt |= !key.is_empty();
            value = Value::text(logfmt_value(&mut letters));
        }
        if !key.is_empty() {
            pairs.push((key, value));
        }
    }
    // Of several with the same key the last counts, in the place of the first.
    let mut seen = HashSet::new();
    let firsts: Vec<&String> = pairs.iter().map(|(key, _)| key).filter(|key| seen.insert(*key)).collect();
    let last = |key: &String| pairs.iter().rfind(|(it, _)| it == key).map(|(_, value)| value);
    is_logfmt.then(|| Json::map(firsts.into_iter().map(|key| (key.as_str(), last(key)))))
}

fn logfmt_value(letters: &mut std::iter::Peekable<std::str::Chars>) -> String {
    let rest: String = letters.clone().collect();
    let closed = (1..rest.len()).find(|end| {
        let Some((inside, behind)) = rest.split_at_checked(*end) else { return false };
        let escapes = inside.len() - inside.trim_end_matches('\\').len();
        behind.starts_with('"') && escapes % 2 == 0
    });
    if let (true, Some(end)) = (rest.starts_with('"'), closed) {
        let quoted = &rest[..=end];
        (0..quoted.chars().count()).for_each(|_| _ = letters.next());
        return value::json::unquote(quoted).to_string();
    }
    let mut value = String::new();
    while let Some(it) = letters.next_if(|it| !it.is_whitespace()) {
        value.push(it);
    }
    value
}

/// The cells of the first line, letter by letter.
fn csv(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let (mut quoted, mut at_start) = (false, true);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = cells.len() - 1;
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => cells[last].push('"'),
            '"' if quoted => quoted = false,
            '"' if at_start => quoted = true,
            ',' if !quoted => cells.push(String::new()),
            '\n' | '\r' if !quoted => break,
            other => cells[last].push(other),
        }
        at_start = letter == ',' && !quoted;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_take_as_little_as_they_can() {
        assert_eq!(glob("a=*;", "xa=1;b=2;"), Some(vec!["1"]));
        assert_eq!(glob("*/*/*", "prod/api/7/x"), Some(vec!["prod", "api", "7/x"]));
        assert_eq!(glob("code: *;", "code: 7"), None);
    }

    #[test]
    fn pairs_and_cells_are_found() {
        let text = |it: Option<Json>| it.map(|it| it.text().to_owned());
        assert_eq!(text(logfmt(r#"a="x \"y\"" b é=1 a=2"#)), Some(String::from(r#"{"a":"2","b":1,"é":"1"}"#)));
        assert_eq!(text(logfmt(r#"a="x b=1"#)), Some(String::from(r#"{"a":"\"x","b":"1"}"#)));
        assert_eq!(text(logfmt("no pair = here")), None);
        assert_eq!(csv("a,\"b, \"\"c\"\"\"d,,\ne"), ["a", "b, \"c\"d", "", ""]);
    }
}
