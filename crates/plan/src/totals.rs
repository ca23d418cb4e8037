//! `addtotals` → a column with the sum of each row, and a row with the sum of each column.

use syntax::command as said;
use syntax::{Code, Diagnostic, Name, Span};
use value::Type;

use crate::bind::{Typed, type_of};
use crate::coerce::number;
use crate::expr::{Expr, Field, Origin};
use crate::scope::Scope;
use crate::stats::is_bin;
use crate::step::{AddTotals, Fields, Stats, Step, Summary};

/// What the service calls the sum of a row.
const TOTAL: &str = "Total";

/// The steps of an `addtotals`. The last row is not the archive's: its columns are the query's own from here on.
pub fn addtotals(scope: &mut Scope, it: &said::AddTotals, span: Span, steps: &mut Vec<Step>) -> Result<(), Diagnostic> {
    let mut columns = columns(scope, it, span)?;
    if it.row != Some(false) {
        warn_of_bins(scope, span, steps);
        let numbers = columns.iter().map(|(_, expr)| as_number(expr)).collect();
        let name = Name { text: name(it), span: it.name.as_ref().map_or(span, |it| it.span) };
        let into = scope.define(&name, Type::Number)?;
        scope.show_made(&name.text, into.clone());
        columns.push((name, Expr::Field(into.clone())));
        steps.push(Step::AddTotals(AddTotals { numbers, into }));
    }
    if it.col == Some(true) {
        let mut items = Vec::new();
        let mut sums = Vec::new();
        for (name, expr) in columns {
            let field = match &expr {
                Expr::Field(field) if field.wanted().is_none() => field.clone(),
                other => scope.replace(&name.text, name.span, type_of(other)),
            };
            if !matches!(&expr, Expr::Field(it) if *it == field) {
                items.push((field.clone(), expr));
            }
            sums.push((field.clone(), as_number(&Expr::Field(field))));
        }
        if !items.is_empty() {
            steps.push(Step::Fields(Fields { items }));
        }
        steps.push(Step::Summary(Summary { sums }));
    }
    Ok(())
}

/// What the sum of a row is called.
pub fn name(it: &said::AddTotals) -> String {
    it.name.as_ref().map_or_else(|| TOTAL.to_owned(), |it| it.text.clone())
}

/// What is added up: what the query names, else the columns so far that may hold numbers.
fn columns(scope: &Scope, it: &said::AddTotals, span: Span) -> Result<Vec<(Name, Expr)>, Diagnostic> {
    let named = |path: &syntax::Path| Ok((Name { text: path.name(), span: path.span }, scope.resolve(path)?));
    if !it.fields.is_empty() {
        return it.fields.iter().map(named).collect();
    }
    let shown = scope.shown().into_iter().filter(|it| may_hold_numbers(&it.field));
    let columns: Vec<_> = shown.map(|it| (Name { text: it.title.to_string(), span }, Expr::Field(it.field))).collect();
    if columns.is_empty() {
        let message = "`addtotals` adds up the columns so far, and none of them holds numbers";
        let fault = Diagnostic::new(Code::NoColumns, span, message);
        return Err(fault.help("`addtotals bytes, ms` names what to add up, as a `fields bytes, ms` before it does"));
    }
    Ok(columns)
}

/// Whether a column may hold numbers to add up: the texts that the service has of each event are none.
fn may_hold_numbers(it: &Field) -> bool {
    let is_of_event = matches!(it.origin, Origin::Log(_)) && it.name.starts_with('@') && !it.name.starts_with("@@");
    match it.of {
        Type::Any => !is_of_event,
        of => matches!(of, Type::Double | Type::Number | Type::Text),
    }
}

/// Warns of the sums of rows that are times: a trial of the service gave none.
fn warn_of_bins(scope: &mut Scope, span: Span, steps: &[Step]) {
    let stats = steps.iter().rev().find_map(|it| match it {
        Step::Stats(Stats { keys, .. }) => Some(keys),
        _ => None,
    });
    if stats.is_some_and(|keys| keys.iter().any(|(_, key)| is_bin(key))) {
        let message = "behind a `stats` by `bin(…)`, a trial of the service gave no sums of rows";
        let help =
            "the manual promises them; `stats sum(a) as x, sum(b) as y, x + y as total by …` gives them for sure";
        scope.warnings.push(Diagnostic::new(Code::TotalsOfBins, span, message).help(help));
    }
}

fn as_number(expr: &Expr) -> Expr {
    number(Typed { expr: expr.clone(), of: type_of(expr) })
}
