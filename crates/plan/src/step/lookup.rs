//! Adds columns of a table, found by the values of fields.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::expr::{Expr, Field};
use crate::step::list;
use crate::table::Table;

/// `lookup users id = userId output name, team`
#[derive(Clone)]
pub struct Lookup {
    /// The table.
    pub table: Arc<Table>,
    /// Columns of the table by their places, and the texts that they must be equal to: at least one.
    pub keys: Vec<(usize, Expr)>,
    /// What is added.
    pub outputs: Vec<TableOutput>,
    /// Where rows are found.
    pub rows: Arc<TableRows>,
}

/// A column of a table, and what it becomes.
#[derive(Clone)]
pub struct TableOutput {
    /// The place of the column in the table.
    pub column: usize,
    /// What it is called.
    pub into: Field,
    /// The value that the row has already: it stays, unless it is missing or empty. None where it is replaced.
    pub own: Option<Expr>,
}

/// The rows of a table by the texts of some columns; it is made when it is first asked.
#[derive(Default)]
pub struct TableRows(OnceLock<HashMap<String, usize>>);

impl TableRows {
    /// The number of the first row of the table that has these texts in the columns; `scratch` is room for its key.
    pub fn find<'t>(
        &self,
        table: &Table,
        columns: &[usize],
        texts: impl Iterator<Item = Option<&'t str>>,
        scratch: &mut String,
    ) -> Option<usize> {
        let rows = self.0.get_or_init(|| by_key(table, columns));
        write_key(texts, scratch)?;
        rows.get(scratch.as_str()).copied()
    }
}

fn by_key(table: &Table, columns: &[usize]) -> HashMap<String, usize> {
    let mut found = HashMap::with_capacity(table.rows.len());
    let mut key = String::new();
    for (place, row) in table.rows.iter().enumerate() {
        let cells = columns.iter().map(|it| row.get(*it)?.as_deref());
        if write_key(cells, &mut key).is_some() && !found.contains_key(key.as_str()) {
            found.insert(key.clone(), place);
        }
    }
    found
}

/// Texts as one; each has its length before it, so that no two lists of texts are one key. A missing one makes none.
fn write_key<'t>(texts: impl Iterator<Item = Option<&'t str>>, key: &mut String) -> Option<()> {
    key.clear();
    for text in texts {
        let text = text?;
        key.push_str(&text.len().to_string());
        key.push(':');
        key.push_str(text);
    }
    Some(())
}

impl Lookup {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.keys.iter().for_each(|(_, it)| it.fields(visit));
        self.outputs.iter().filter_map(|it| it.own.as_ref()).for_each(|it| it.fields(visit));
    }
}

impl fmt::Display for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "lookup     {} ", syntax::quoted_name(&self.table.name))?;
        list(f, self.keys.iter().map(|(column, text)| format!("{} = {text}", column_name(&self.table, *column))))?;
        outputs(f, &self.table, &self.outputs)
    }
}

/// ` output owner as team`
pub(crate) fn outputs(f: &mut fmt::Formatter, table: &Table, outputs: &[TableOutput]) -> fmt::Result {
    let stays = outputs.iter().any(|it| it.own.is_some());
    f.write_str(if stays { " outputnew " } else { " output " })?;
    let output = |it: &TableOutput| crate::step::named(&column_name(table, it.column), &it.into.name);
    list(f, outputs.iter().map(output))
}

pub(crate) fn column_name(table: &Table, column: usize) -> String {
    syntax::quoted_name(table.columns.get(column).map_or("", String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_row_with_all_keys_counts() {
        let cell = |it: &str| (!it.is_empty()).then(|| it.to_owned());
        let rows = ["a,1", "a1,", "a,1", "a,2", ",2"].map(|it| it.split(',').map(cell).collect());
        let table = Table { name: String::from("t"), columns: vec![String::new(); 2], rows: rows.to_vec() };
        let find = |columns: &[usize], texts: &[Option<&str>]| {
            TableRows::default().find(&table, columns, texts.iter().copied(), &mut String::new())
        };
        assert_eq!(find(&[0, 1], &[Some("a"), Some("1")]), Some(0));
        assert_eq!(find(&[1, 0], &[Some("2"), Some("a")]), Some(3));
        assert_eq!(find(&[0, 1], &[Some("a1"), Some("")]), None);
        assert_eq!(find(&[0, 1], &[None, Some("2")]), None);
        assert_eq!(find(&[0], &[Some("a1")]), Some(1));
        assert_eq!(find(&[1], &[Some("2")]), Some(3));
    }
}
