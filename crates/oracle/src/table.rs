//! Rows of a table, found by going through it from top to bottom.

use plan::Expr;
use plan::step::{CidrLookup, Lookup, TableOutput};
use value::Value;

use crate::{Row, eval};

/// The first row of the table whose keys are the same texts.
pub(crate) fn lookup(it: &Lookup, row: &mut Row) {
    let keys: Vec<(usize, Option<String>)> =
        it.keys.iter().map(|(column, text)| (*column, eval(text, row).map(|it| it.to_text()))).collect();
    let same = |cells: &&Vec<Option<String>>| keys.iter().all(|(column, key)| key.is_some() && cells[*column] == *key);
    let found = it.table.rows.iter().find(same);
    write(&it.outputs, found, row);
}

/// The row of the table whose range holds the address and is the narrowest; of equal ones the first.
pub(crate) fn cidrlookup(it: &CidrLookup, row: &mut Row) {
    let mut found: Option<(u32, &Vec<Option<String>>)> = None;
    for cells in &it.table.rows {
        let Some(range) = &cells[it.column] else { continue };
        let Some((range, length)) = subnet(range.trim()) else { continue };
        let holds = holds(&it.address, &range, row);
        if holds && found.is_none_or(|(longest, _)| length > longest) {
            found = Some((length, cells));
        }
    }
    write(&it.outputs, found.map(|(_, cells)| cells), row);
}

/// A range as `isIpInSubnet` reads it, and its length: a single address is one of all its bits.
fn subnet(text: &str) -> Option<(String, u32)> {
    match text.split_once('/') {
        Some((_, length)) => Some((text.to_owned(), length.parse().ok()?)),
        None => {
            let length = if text.contains(':') { 128 } else { 32 };
            Some((format!("{text}/{length}"), length))
        }
    }
}

fn holds(address: &Expr, range: &str, row: &Row) -> bool {
    let Some(function) = functions::find("isIpInSubnet") else { return false };
    let args = [eval(address, row), Some(Value::text(range))];
    (function.row)(&functions::Args(&args)) == Some(Value::Bool(true))
}

fn write(outputs: &[TableOutput], found: Option<&Vec<Option<String>>>, row: &mut Row) {
    let values: Vec<Option<Value>> = outputs
        .iter()
        .map(|it| {
            let cell = found.and_then(|cells| cells[it.column].as_deref()).map(Value::text);
            let own = it.own.as_ref().and_then(|own| eval(own, row));
            let lacks = own.as_ref().is_none_or(|it| it.to_text().is_empty());
            if lacks { cell.or(own) } else { own }
        })
        .collect();
    outputs.iter().zip(values).for_each(|(it, value)| row.set(&it.into, value));
}
