//! A table for people: plain, fitted to the terminal.

use std::io::{self, BufWriter, Write};

use value::{Column, Value};

use crate::cells::Cells;
use crate::visible;
use crate::{Results, Writer};

/// `ERROR         3`
pub static TABLE: Writer = Writer {
    name: "table",
    doc: "A plain table: cells too long for the terminal are cut, numbers stand to the right.",
    write,
};

/// What stands between two columns.
const GAP: usize = 2;
/// A column of text is cut no narrower.
const LEAST_WIDTH: usize = 8;

fn write(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let batch = results.batch;
    if batch.names.is_empty() {
        return Ok(());
    }
    let cells = Cells::of(batch);
    let layout = layout(results, &cells);
    let mut out = BufWriter::new(out);
    let [before, after] = results.emphasis;
    let (mut line, mut shown, mut cell) = (String::new(), String::new(), String::new());
    for (name, place) in batch.names.iter().zip(&layout) {
        visible_cell(name, &mut shown);
        push_cell(&shown, place, &mut line);
    }
    writeln!(out, "{before}{}{after}", line.trim_end())?;
    for row in 0..batch.height {
        line.clear();
        for (column, place) in layout.iter().enumerate() {
            cells.read(column, row, &mut cell);
            visible_cell(&cell, &mut shown);
            push_cell(&shown, place, &mut line);
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

/// Whether a column stands to the right: what prints as numbers, and is not the text of a log.
pub fn is_numeric(column: &Column) -> bool {
    matches!(column, Column::Number(_) | Column::Bool(_) | Column::Same(Some(Value::Number(_) | Value::Bool(_)), _))
}

/// How a column stands.
struct Place {
    width: usize,
    is_numeric: bool,
}

fn layout(results: &Results, cells: &Cells) -> Vec<Place> {
    let batch = results.batch;
    let (mut cell, mut shown) = (String::new(), String::new());
    let mut widths = Vec::new();
    let mut least = Vec::new();
    for (column, name) in batch.names.iter().enumerate() {
        let mut widest = 0;
        for row in 0..batch.height {
            if cells.read(column, row, &mut cell) {
                visible_cell(&cell, &mut shown);
                widest = widest.max(visible::width(&shown));
            }
        }
        visible_cell(name, &mut shown);
        widths.push(widest.max(visible::width(&shown)));
        // Half a number or half a time says something else; half a text does not.
        let is_whole = is_numeric(&batch.columns[column]) || matches!(batch.columns[column], Column::Time(_));
        least.push(if is_whole { widest.max(1) } else { LEAST_WIDTH });
    }
    if let Some(width) = results.width {
        fit(&mut widths, &least, width.saturating_sub(GAP * (batch.names.len() - 1)));
    }
    let places = widths.iter().zip(&batch.columns);
    places.map(|(width, column)| Place { width: *width, is_numeric: is_numeric(column) }).collect()
}

/// Narrows the widest columns until all fit, none below its least width.
fn fit(widths: &mut [usize], least: &[usize], available: usize) {
    let narrowed = |cap: usize, (width, least): (&usize, &usize)| (*width).min(cap.max(*least));
    let total = |cap: usize| -> usize { widths.iter().zip(least).map(|it| narrowed(cap, it)).sum() };
    let widest = widths.iter().copied().max().unwrap_or_default();
    // The widest cap under which all fit; where none does, the lines run over.
    let (mut low, mut high) = (0, widest);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if total(middle) <= available { low = middle } else { high = middle - 1 }
    }
    let mut rest = available.saturating_sub(total(low));
    for it in widths.iter_mut().zip(least) {
        let width = narrowed(low, (&*it.0, it.1));
        let more = usize::from(rest > 0 && width < *it.0);
        rest -= more;
        *it.0 = width + more;
    }
}

fn visible_cell(cell: &str, shown: &mut String) {
    shown.clear();
    visible::push(cell, shown);
}

/// Appends a cell and the gap behind it to a line.
fn push_cell(cell: &str, place: &Place, line: &mut String) {
    let (mut text, mut width) = visible::head(cell, place.width);
    let is_cut = text.len() < cell.len();
    if is_cut {
        (text, width) = visible::head(cell, place.width.saturating_sub(1));
        width += 1;
    }
    if place.is_numeric {
        line.extend(std::iter::repeat_n(' ', place.width.saturating_sub(width)));
    }
    line.push_str(text);
    if is_cut {
        line.push('…');
    }
    let padding = if place.is_numeric { 0 } else { place.width.saturating_sub(width) };
    line.extend(std::iter::repeat_n(' ', padding + GAP));
}

#[cfg(test)]
mod tests {
    use value::{Batch, Column};

    use super::*;
    use crate::testing::{odd_rows, written};

    fn logs() -> Batch {
        let mut batch = Batch::of_height(2);
        batch.set("@timestamp", Column::from_times([Some(1_767_227_700_000), Some(1_767_227_700_001)]));
        batch.set("@message", Column::from_texts([Some("a message that is rather long for a line"), Some("short")]));
        batch.set("count(*)", Column::from_numbers([Some(1234.0), Some(7.5)]));
        batch
    }

    fn fitted(batch: &Batch, width: usize) -> String {
        written(&TABLE, &Results { width: Some(width), ..Results::of(batch) })
    }

    #[test]
    fn columns_stand_two_blanks_apart_and_numbers_to_the_right() {
        let expected = "\
@timestamp               @message                                  count(*)
2026-01-01 00:35:00.000  a message that is rather long for a line      1234
2026-01-01 00:35:00.001  short                                          7.5
";
        assert_eq!(written(&TABLE, &Results::of(&logs())), expected);
        assert_eq!(fitted(&logs(), 200), expected);
        assert_eq!(fitted(&logs(), 75), expected);
    }

    #[test]
    fn text_is_cut_where_the_terminal_ends() {
        let expected = "\
@timestamp               @message        count(*)
2026-01-01 00:35:00.000  a message tha…      1234
2026-01-01 00:35:00.001  short                7.5
";
        assert_eq!(fitted(&logs(), 49), expected);
    }

    #[test]
    fn numbers_and_times_are_never_cut_and_their_names_are() {
        let expected = "\
@timestamp               @message  cou…
2026-01-01 00:35:00.000  a messa…  1234
2026-01-01 00:35:00.001  short      7.5
";
        assert_eq!(fitted(&logs(), 10), expected);
    }

    #[test]
    fn what_is_left_over_goes_to_columns_that_are_cut() {
        let mut widths = [100, 3, 100];
        fit(&mut widths, &[8, 8, 8], 90);
        assert_eq!(widths, [44, 3, 43]);
        let mut widths = [100, 20];
        fit(&mut widths, &[8, 20], 50);
        assert_eq!(widths, [30, 20]);
    }

    #[test]
    fn a_row_is_a_line_whatever_its_cells_hold() {
        let expected = "\
@timestamp               @message        avg(x)  ok  j          same
2026-01-01 00:35:00.000  a, \"b\" | c\\d    0.6667   1  {\"k\":[1]}  s
                                         1234.5   0             s
1970-01-01 00:00:00.000  tab here↵ü␛[1m                         s
";
        assert_eq!(written(&TABLE, &Results::of(&odd_rows())), expected);
    }

    #[test]
    fn wide_characters_keep_the_columns_straight() {
        let mut batch = Batch::of_height(2);
        batch.set("a", Column::from_texts([Some("日本語日本語"), Some("abc")]));
        batch.set("b", Column::from_texts([Some("x"), Some("y")]));
        assert_eq!(fitted(&batch, 12), "a          b\n日本語日…  x\nabc        y\n");
        assert_eq!(fitted(&batch, 11), "a         b\n日本語…   x\nabc       y\n");
    }

    #[test]
    fn the_header_is_emphasised() {
        let mut batch = Batch::of_height(1);
        batch.set("a", Column::from_texts([Some("x")]));
        let results = Results { emphasis: ["<b>", "</b>"], ..Results::of(&batch) };
        assert_eq!(written(&TABLE, &results), "<b>a</b>\nx\n");
    }
}
