//! A Markdown table: for issues, wikis and post-mortems.

use std::io::{self, BufWriter, Write};

use crate::cells::Cells;
use crate::visible;
use crate::{Results, Writer};

/// `| ERROR | 3 |`
pub static MARKDOWN: Writer = Writer {
    name: "markdown",
    doc: "A Markdown table; what would be markup in a cell is escaped, line ends are `<br>`.",
    write,
};

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let batch = results.batch;
    if batch.names.is_empty() {
        return Ok(());
    }
    let mut out = BufWriter::new(out);
    let cells = Cells::of(batch);
    let (mut line, mut cell) = (String::new(), String::new());
    for name in &batch.names {
        line.push_str("| ");
        push_markdown(name, &mut line);
        line.push(' ');
    }
    line.push_str("|\n");
    for column in &batch.columns {
        line.push_str(if super::table::is_numeric(column) { "| ---: " } else { "| --- " });
    }
    for row in 0..batch.height {
        line.push_str("|\n");
        out.write_all(line.as_bytes())?;
        line.clear();
        for column in 0..batch.names.len() {
            cells.read(column, row, &mut cell);
            line.push_str("| ");
            push_markdown(&cell, &mut line);
            line.push(' ');
        }
    }
    line.push_str("|\n");
    out.write_all(line.as_bytes())?;
    out.flush()
}

/// Appends a text so that it reads as it is, in a cell of a table too.
pub fn push_markdown(text: &str, line: &mut String) {
    for (index, part) in text.trim_end().lines().enumerate() {
        if index > 0 {
            line.push_str("<br>");
        }
        let mut shown = String::new();
        visible::push(part, &mut shown);
        let mut before = ' ';
        let mut chars = shown.chars().peekable();
        while let Some(char) = chars.next() {
            let behind = chars.peek().copied().unwrap_or(' ');
            let is_markup = match char {
                '\\' | '|' | '`' | '*' | '<' | '[' | '~' => true,
                // An underscore within a word, an ampersand that begins no entity: they stand for themselves.
                '_' => !(before.is_alphanumeric() && behind.is_alphanumeric()),
                '&' => behind.is_alphabetic() || behind == '#',
                _ => false,
            };
            if is_markup {
                line.push('\\');
            }
            line.push(char);
            before = char;
        }
    }
}

/// A fence of code longer than any run of its sign within the text.
pub fn fence(text: &str) -> String {
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest.max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{odd_rows, written};

    #[test]
    fn cells_hold_no_markup() {
        let batch = odd_rows();
        assert_eq!(
            written(&MARKDOWN, &Results::of(&batch)),
            concat!(
                "| @timestamp | @message | avg(x) | ok | j | same |\n",
                "| --- | --- | ---: | ---: | --- | --- |\n",
                "| 2026-01-01 00:35:00.000 | a, \"b\" \\| c\\\\d | 0.6667 | 1 | {\"k\":\\[1]} | s |\n",
                "|  |  | 1234.5 | 0 |  | s |\n",
                "| 1970-01-01 00:00:00.000 | tab here<br>ü␛\\[1m |  |  |  | s |\n",
            )
        );
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert_eq!([fence("a"), fence("`` ```` `")], ["```", "`````"]);
    }

    #[test]
    fn signs_without_a_meaning_stay_plain() {
        let mut line = String::new();
        push_markdown("snake_case _all_ a && b &amp; *x* #1", &mut line);
        assert_eq!(line, r"snake_case \_all\_ a && b \&amp; \*x\* #1");
    }
}
