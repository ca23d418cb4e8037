//! Answers that were saved: what the command line or the console of the service gave, as rows of cells.

use serde_json::{Map, Value};

use crate::summary;

/// Rows of cells under columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The names of the columns; without `@ptr`, which leads nowhere in another archive.
    pub columns: Vec<String>,
    /// The rows, with a cell for each column, or none where it is missing or empty.
    pub rows: Vec<Vec<Option<String>>>,
    /// Whether cells have all their blanks.
    pub blanks: Blanks,
}

/// What became of the blanks in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Blanks {
    /// They are as they were.
    #[default]
    Kept,
    /// A table of Markdown holds neither those at the ends of a cell nor tabs and line ends.
    Lost,
}

impl Rows {
    /// The same rows as a table of Markdown would hold them, one blank for each run of blanks.
    pub fn without_blanks(&self) -> Rows {
        let bare = |it: &String| it.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = |it: &Option<String>| it.as_ref().map(bare).filter(|it| !it.is_empty());
        let rows = self.rows.iter().map(|row| row.iter().map(bare).collect());
        Rows { rows: rows.collect(), columns: self.columns.clone(), blanks: Blanks::Lost }
    }
}

/// What the head of the console's Markdown says of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The query.
    pub query: Option<String>,
    /// When its time range starts, where that is a moment and not counted back from a now that is over.
    pub start: Option<String>,
    /// When it ends.
    pub end: Option<String>,
}

/// A row as it is read: names with their values.
type Row = Vec<(String, String)>;

/// Reads `get-query-results`, the console's JSON, CSV or Markdown; which of them, the first sign tells.
///
/// # Errors
/// Why it is none of them.
pub fn read(text: &str) -> Result<Rows, String> {
    let whole = text.trim_start_matches('\u{feff}');
    let text = whole.trim();
    match text.as_bytes().first() {
        None => Err(String::from("it is empty")),
        Some(b'{' | b'[') => {
            let json = serde_json::from_str(text).map_err(|it| format!("this is no JSON to its end: {it}"))?;
            of_json(&json).map(|it| rows(&it))
        }
        Some(b'|') => of_markdown(text),
        Some(_) if text.starts_with(summary::TITLE) => match behind_head(text).trim() {
            // An answer without rows has no table.
            table if table.starts_with('|') => of_markdown(table),
            _ => Ok(Rows::default()),
        },
        Some(_) => of_csv(whole),
    }
}

/// Reads the head of the console's Markdown; of anything else it is empty.
pub fn head(text: &str) -> Head {
    let text = text.trim_start_matches('\u{feff}').trim();
    let Some(head) = text.starts_with(summary::TITLE).then(|| &text[..text.len() - behind_head(text).len()]) else {
        return Head::default();
    };
    let (before, query) = head.split_once(summary::QUERY).unwrap_or((head, ""));
    let of_key = |key: &str| before.lines().find_map(|it| it.strip_prefix(key)).map(|it| it.trim().to_owned());
    let is_moment = |it: &String| it.ends_with('Z');
    let query = query.trim().trim_end_matches(summary::RULE).trim().trim_matches('`').trim();
    Head {
        query: Some(query.to_owned()).filter(|it| !it.is_empty()),
        start: of_key(summary::START).filter(is_moment),
        end: of_key(summary::END).filter(is_moment),
    }
}

/// What stands behind the line that ends the head.
fn behind_head(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        if line.trim_end() == summary::RULE {
            break;
        }
    }
    &text[end..]
}

fn of_json(json: &Value) -> Result<Vec<Row>, String> {
    let results = match json {
        Value::Object(it) => {
            if let Some(status) = it.get("status").and_then(Value::as_str).filter(|it| *it != "Complete") {
                return Err(format!("the recorded query is not complete: its status is `{status}`"));
            }
            it.get("results").ok_or("there is no `results` in it, as `get-query-results` gives")?
        }
        it => it,
    };
    let results = results.as_array().ok_or("its results are no list")?;
    results.iter().map(|it| of_row(it).ok_or_else(|| format!("this is no row of an answer: {it}"))).collect()
}

/// `[{"field": "level", "value": "ERROR"}, …]` or `{"level": "ERROR", …}`
fn of_row(row: &Value) -> Option<Row> {
    let text = |it: &Value| match it {
        Value::String(it) => it.clone(),
        Value::Null => String::new(),
        it => it.to_string(),
    };
    let cell = |it: &Map<String, Value>| Some((it.get("field")?.as_str()?.to_owned(), it.get("value").map(text)?));
    match row {
        Value::Array(cells) => cells.iter().map(|it| cell(it.as_object()?)).collect(),
        Value::Object(it) => Some(it.iter().map(|(name, value)| (name.clone(), text(value))).collect()),
        _ => None,
    }
}

fn of_csv(text: &str) -> Result<Rows, String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let fault = |it: csv::Error| format!("this is no CSV: {it}");
    let names: Vec<String> = reader.headers().map_err(fault)?.iter().map(str::to_owned).collect();
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fault)?;
        found.push(names.iter().cloned().zip(record.iter().map(str::to_owned)).collect());
    }
    Ok(with_columns(names, &found))
}

fn of_markdown(text: &str) -> Result<Rows, String> {
    let mut lines = text.lines().map(str::trim).filter(|it| it.starts_with('|'));
    let names = cells(lines.next().unwrap_or_default());
    let is_rule = |it: &str| it.bytes().all(|it| matches!(it, b'|' | b'-' | b':' | b' '));
    if !lines.next().is_some_and(is_rule) {
        return Err(String::from("this is no Markdown table: below its head there is no line of dashes"));
    }
    let mut found: Vec<Row> = Vec::new();
    for line in lines {
        let cells = cells(line);
        if cells.len() != names.len() {
            return Err(format!("a row of the table has {} cells, and its head {}: {line}", cells.len(), names.len()));
        }
        found.push(names.iter().cloned().zip(cells).collect());
    }
    Ok(Rows { blanks: Blanks::Lost, ..with_columns(names, &found) })
}

/// The cells of a line, `\|` in them, entities and other escapes undone.
fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        match (char, cells.last_mut()) {
            ('&', Some(cell)) => match entity(chars.as_str()) {
                Some((meant, length)) => {
                    cell.push(meant);
                    chars = chars.as_str()[length..].chars();
                }
                None => cell.push('&'),
            },
            ('|', _) => cells.push(String::new()),
            ('\\', Some(cell)) => match chars.next() {
                Some(it) if it.is_ascii_punctuation() => cell.push(it),
                it => cell.extend(std::iter::once('\\').chain(it)),
            },
            (_, Some(cell)) => cell.push(char),
            (_, None) => {}
        }
    }
    // Behind the last bar there is nothing.
    if inner.ends_with('|') {
        cells.pop();
    }
    cells.iter().map(|it| it.trim().replace("<br>", "\n")).collect()
}

/// The character that an entity means, and its length behind the `&`. The console writes `&#x2f;`, `&amp;`, `&quot;`.
fn entity(text: &str) -> Option<(char, usize)> {
    let (name, _) = text.split_once(';').filter(|it| it.0.len() <= 8)?;
    let meant = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((meant, name.len() + 1))
}

/// Rows under the columns that they name, in the order in which they name them first.
pub fn rows(found: &[Row]) -> Rows {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in found.iter().flatten() {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    with_columns(names, found)
}

fn with_columns(names: Vec<String>, found: &[Row]) -> Rows {
    let columns: Vec<String> = names.into_iter().filter(|it| it != "@ptr").collect();
    let cell = |row: &Row, name: &String| row.iter().find(|it| it.0 == *name).map(|it| it.1.clone());
    let of_row = |row: &Row| columns.iter().map(|name| cell(row, name).filter(|it| !it.is_empty())).collect();
    Rows { rows: found.iter().map(of_row).collect(), columns, blanks: Blanks::Kept }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_same_answer_is_read_from_any_form() {
        let forms = [
            r#"{"results":[[{"field":"level","value":"A|B"},{"field":"n","value":"1"},{"field":"@ptr","value":"C"}],[{"field":"n","value":"2"}]],"status":"Complete"}"#,
            r#"[{"level":"A|B","n":"1"},{"level":"","n":2}]"#,
            "level,n\nA|B,1\n,2\n",
            "| level | n |\n| --- | ---: |\n| A\\|B | 1 |\n|  | 2 |\n",
        ];
        let cell = |it: &str| Some(it.to_owned());
        let rows = vec![vec![cell("A|B"), cell("1")], vec![None, cell("2")]];
        for form in forms {
            let columns = vec![String::from("level"), String::from("n")];
            let blanks = if form.starts_with('|') { Blanks::Lost } else { Blanks::Kept };
            assert_eq!(read(form).unwrap(), Rows { columns, rows: rows.clone(), blanks }, "{form}");
        }
    }

    #[test]
    fn the_consoles_markdown_has_a_head() {
        let answer = "**CloudWatch Logs Insights**    \nregion: eu-west-1    \nlog-group-names: /aws/lambda/api    \n\
                      start-time: 2026-01-01T00:00:00.000Z    \nend-time: -60s    \nquery-string:\n  ```\n  fields path\n\
                      | limit 1\n  ```\n---\n| path |\n| --- |\n| &#x2f;a&#x2f;b?c=&quot;d&quot;&amp;e &x; R&D |\n---\n";
        let row = vec![Some(String::from("/a/b?c=\"d\"&e &x; R&D"))];
        assert_eq!(
            read(answer).unwrap(),
            Rows { columns: vec![String::from("path")], rows: vec![row], blanks: Blanks::Lost }
        );
        let expected = Head {
            query: Some(String::from("fields path\n| limit 1")),
            start: Some(String::from("2026-01-01T00:00:00.000Z")),
            end: None,
        };
        assert_eq!(head(answer), expected);
        let none = answer.split_once("| path |").unwrap().0;
        assert_eq!((read(none).unwrap(), head(none)), (Rows::default(), expected));
        assert_eq!(head("| a |\n| --- |\n| query-string: b |"), Head::default());
    }

    #[test]
    fn what_is_no_answer_says_why() {
        for (text, why) in [
            ("", "empty"),
            ("{\"results\":[[{\"field\":", "no JSON to its end"),
            ("{\"events\":[]}", "no `results`"),
            ("{\"results\":[],\"status\":\"Running\"}", "`Running`"),
            ("[1]", "no row of an answer"),
            ("| a |\n| 1 |", "no Markdown table"),
            ("| a |\n|---|\n| 1 | 2 |", "has 2 cells"),
            ("a,b\n1\n", "no CSV"),
        ] {
            assert!(read(text).unwrap_err().contains(why), "{text}");
        }
        assert_eq!(read("{\"results\":[],\"status\":\"Complete\"}").unwrap(), Rows::default());
    }
}
