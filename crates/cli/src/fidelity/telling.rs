//! A comparison as it is told: to people, and as JSON to programs.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::fidelity::compare::{Comparison, Difference, Side};
use crate::fidelity::recorded::Rows;

/// How many differences people are told one by one.
const TOLD: usize = 50;

/// A comparison in sentences: how many cells are equal, near and different, then what is not equal.
pub fn text(found: &Comparison, recorded: &Rows, ours: &Rows) -> String {
    let cells = found.equal + found.near.len() + found.different.len();
    let mut text = format!(
        "{} recorded, {} ours; {cells} cells: {} equal, {} within the service's own precision, {} different\n",
        rows_of(recorded),
        rows_of(ours),
        found.equal,
        found.near.len(),
        found.different.len()
    );
    if found.is_reordered {
        text.push_str("the rows come in another order; where a sort leaves rows equal, their order is chance\n");
    }
    for (side, column) in &found.columns {
        let _ = writeln!(text, "column `{column}`: {} alone", side.name());
    }
    for it in found.near.iter().chain(&found.different).take(TOLD) {
        let _ = writeln!(text, "{}", difference(it));
    }
    for (side, row) in found.alone.iter().take(TOLD) {
        let cells = cells_of(side.rows(recorded, ours), *row);
        let told: Vec<String> = cells.map(|(column, it)| format!("{column}={it}")).collect();
        let _ = writeln!(text, "row {} alone: {}", side.name(), told.join(" "));
    }
    let more = (found.near.len() + found.different.len()).saturating_sub(TOLD) + found.alone.len().saturating_sub(TOLD);
    if more > 0 {
        let _ = writeln!(text, "and {more} more");
    }
    text
}

/// A comparison as one JSON object, every difference in it.
pub fn json(found: &Comparison, recorded: &Rows, ours: &Rows) -> String {
    let difference = |it: &Difference, verdict: &str| {
        json!({
            "row": it.row, "column": it.column, "verdict": verdict,
            "recorded": it.recorded, "ours": it.ours, "reason": it.reason,
        })
    };
    let near = found.near.iter().map(|it| difference(it, "near"));
    let different = found.different.iter().map(|it| difference(it, "different"));
    let alone = found.alone.iter().map(|(side, row)| {
        let cells = cells_of(side.rows(recorded, ours), *row);
        let cells: Map<String, Value> = cells.map(|(column, it)| (column.to_owned(), it.into())).collect();
        json!({"of": side.name(), "row": row + 1, "cells": cells})
    });
    let columns = found.columns.iter().map(|(side, column)| json!({"of": side.name(), "column": column}));
    let whole = json!({
        "holds": found.holds(),
        "rows": {"recorded": recorded.rows.len(), "ours": ours.rows.len(), "reordered": found.is_reordered},
        "cells": {"equal": found.equal, "near": found.near.len(), "different": found.different.len()},
        "differences": near.chain(different).collect::<Vec<_>>(),
        "rowsAlone": alone.collect::<Vec<_>>(),
        "columnsAlone": columns.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Side::Recorded => "recorded",
            Side::Ours => "ours",
        }
    }

    fn rows<'a>(self, recorded: &'a Rows, ours: &'a Rows) -> &'a Rows {
        match self {
            Side::Recorded => recorded,
            Side::Ours => ours,
        }
    }
}

/// The cells of a row that are there, with their columns.
fn cells_of(rows: &Rows, row: usize) -> impl Iterator<Item = (&str, &str)> {
    let cells = rows.rows.get(row).into_iter().flatten();
    rows.columns.iter().zip(cells).filter_map(|(column, cell)| Some((column.as_str(), cell.as_deref()?)))
}

fn rows_of(rows: &Rows) -> String {
    let count = rows.rows.len();
    format!("{count} {}", if count == 1 { "row" } else { "rows" })
}

fn difference(it: &Difference) -> String {
    let cell = |it: &Option<String>| it.as_ref().map_or(String::from("nothing"), |it| format!("`{it}`"));
    let reason = it.reason.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
    format!("row {}, `{}`: recorded {}, ours {}{reason}", it.row, it.column, cell(&it.recorded), cell(&it.ours))
}
