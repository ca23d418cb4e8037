//! `lookup`, `cidrlookup` → steps that add columns of a table.

use std::sync::Arc;

use syntax::command as said;
use syntax::{Code, Diagnostic, Name, Path};
use value::Type;

use crate::bind::{Typed, type_of};
use crate::coerce::text;
use crate::context::Beyond;
use crate::expr::Expr;
use crate::scope::Scope;
use crate::step::{CidrLookup, Lookup, TableOutput, TableRanges, TableRows};
use crate::table::Table;

/// `lookup users id as userId output name`
pub fn lookup(scope: &mut Scope, it: &said::Lookup) -> Result<Lookup, Diagnostic> {
    let columns = it.keys.iter().map(|it| &it.column).chain(it.outputs.iter().map(|it| &it.column));
    let table = table(scope, &it.table, columns)?;
    let mut keys = Vec::new();
    for key in &it.keys {
        let field = match &key.field {
            Some(path) => scope.resolve(path)?,
            None => field_called(scope, &key.column)?,
        };
        keys.push((column(&table, &key.column)?, as_text(field)));
    }
    let outputs = outputs(scope, &table, it.writing, &it.outputs)?;
    Ok(Lookup { table, keys, outputs, rows: Arc::new(TableRows::default()) })
}

/// `cidrlookup networks srcAddr output owner as team`
pub fn cidrlookup(scope: &mut Scope, it: &said::CidrLookup) -> Result<CidrLookup, Diagnostic> {
    let columns = it.column.iter().chain(it.outputs.iter().map(|it| &it.column));
    let table = table(scope, &it.table, columns)?;
    // Of a table without a word about it, the first column is what the others are found by.
    let column = it.column.as_ref().map_or(Ok(0), |name| column(&table, name))?;
    let address = as_text(scope.resolve(&it.address)?);
    let outputs = outputs(scope, &table, it.writing, &it.outputs)?;
    Ok(CidrLookup { table, column, address, outputs, ranges: Arc::new(TableRanges::default()) })
}

/// The names that a list of outputs gives.
pub fn names(outputs: &[said::LookupOutput]) -> impl Iterator<Item = String> {
    outputs.iter().map(|it| it.name().text.clone())
}

fn outputs(
    scope: &mut Scope,
    table: &Table,
    writing: said::Writing,
    said: &[said::LookupOutput],
) -> Result<Vec<TableOutput>, Diagnostic> {
    let mut found: Vec<TableOutput> = Vec::new();
    for output in said {
        let (place, name) = (column(table, &output.column)?, output.name());
        if found.iter().any(|it| *it.into.name == *name.text) {
            let message = format!("`{}` is already an output of this command", name.text);
            return Err(Diagnostic::new(Code::Redefined, name.span, &message).help("each output has a name of its own"));
        }
        let own = match writing {
            said::Writing::Over => None,
            said::Writing::New => Some(scope.find(&name.text).map_or(Expr::Literal(None), Expr::Field)),
        };
        let into = scope.replace(&name.text, name.span, Type::Any);
        scope.show_name(&name.text, &name.text);
        found.push(TableOutput { column: place, into, own });
    }
    Ok(found)
}

/// The table of this name; where nobody knows which there are, one with these columns.
fn table<'a>(
    scope: &mut Scope,
    name: &Name,
    columns: impl Iterator<Item = &'a Name>,
) -> Result<Arc<Table>, Diagnostic> {
    let tables = &scope.context.tables;
    if let Some(found) = tables.iter().find(|it| it.name == name.text) {
        return Ok(found.clone());
    }
    if scope.context.beyond == Beyond::Assumed {
        let message = format!("the table `{}` was not given: it is taken to have the columns asked for", name.text);
        let warning = Diagnostic::new(Code::Unchecked, name.span, &message);
        scope.warnings.push(warning.help(&format!("`--lookup {}=FILE` gives it", name.text)));
        let mut columns: Vec<String> = columns.map(|it| it.text.clone()).collect();
        columns.sort_unstable();
        columns.dedup();
        return Ok(Arc::new(Table { name: name.text.clone(), columns, rows: Vec::new() }));
    }
    let fault = Diagnostic::new(Code::UnknownTable, name.span, &format!("no table `{}` was given", name.text));
    let names: Vec<&str> = tables.iter().map(|it| it.name.as_str()).collect();
    Err(match syntax::nearest(&name.text, &names) {
        Some(near) => fault.help(&format!("one with a similar name was: `{near}`")),
        None => fault.help(&format!("a CSV file becomes a table by `--lookup {}=FILE`", name.text)),
    })
}

fn column(table: &Table, name: &Name) -> Result<usize, Diagnostic> {
    table.column(&name.text).ok_or_else(|| {
        let message = format!("the table `{}` has no column `{}`", table.name, name.text);
        let names: Vec<String> = table.columns.iter().take(20).map(|it| format!("`{it}`")).collect();
        let more = if table.columns.len() > names.len() { ", …" } else { "" };
        let fault = Diagnostic::new(Code::UnknownTable, name.span, &message);
        fault.help(&format!("its columns are {}{more}", names.join(", ")))
    })
}

/// The field that is called as a column of the table.
fn field_called(scope: &Scope, name: &Name) -> Result<Expr, Diagnostic> {
    let parts = vec![syntax::Part::Key(name.text.clone())];
    scope.resolve(&Path { parts, span: name.span })
}

fn as_text(expr: Expr) -> Expr {
    text(Typed { of: type_of(&expr), expr })
}
