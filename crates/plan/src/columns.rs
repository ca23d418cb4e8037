//! `fields`, `display` and `unmask` → columns of the answer, and a step for those that are computed.

use syntax::command as said;
use syntax::{ExprKind, Name, Named, Path};

use crate::bind::bind;
use crate::doubts;
use crate::expr::Expr;
use crate::scope::{Past, Scope};
use crate::step::{Fields, Step};

/// What a column without an alias is called: its text as typed, a name without its backticks.
pub fn title(item: &Named) -> String {
    match item.expr.kind {
        ExprKind::Field(_) => item.text.replace('`', ""),
        _ => item.text.clone(),
    }
}

/// Nothing of an archive is masked that could be shown: the field is a column as it is.
pub fn unmask(scope: &mut Scope, path: &Path) {
    match scope.resolve(path) {
        Ok(_) => {
            scope.mention(&path.name());
            scope.show_name(&path.name(), &path.name());
        }
        Err(fault) => scope.faults.push(fault),
    }
}

/// `fields @timestamp, latency / 1000 as seconds`
pub fn fields(scope: &mut Scope, it: &said::Fields, steps: &mut Vec<Step>) {
    let mut items = Vec::new();
    for item in &it.items {
        if let Some(name) = column_as_typed(scope, item) {
            scope.show_name(&name, &name);
            continue;
        }
        doubts::visit_fields(&item.expr, &mut |path| scope.warn_of_early_part(path));
        let bound = match bind(scope, &item.expr) {
            Ok(bound) => bound,
            Err(fault) => {
                scope.faults.push(fault);
                continue;
            }
        };
        if let (Expr::Field(_), ExprKind::Field(path), None) = (&bound.expr, &item.expr.kind, &item.alias) {
            scope.mention(&path.name());
            scope.show_name(&title(item), &path.name());
            continue;
        }
        let name = named(item);
        match scope.define(&name, bound.of) {
            Ok(field) => {
                if item.alias.is_some() {
                    scope.expect_use(&name.text);
                }
                leave_open(scope, item, &name);
                scope.show_made(&name.text, field.clone());
                items.push((field, bound.expr));
            }
            Err(fault) => scope.faults.push(fault),
        }
    }
    if !items.is_empty() {
        steps.push(Step::Fields(Fields { items }));
    }
}

/// `bin(5m)` or `count(*)` behind the `stats` that made a column of that name: the column, not a call.
fn column_as_typed(scope: &Scope, item: &Named) -> Option<String> {
    let name = title(item);
    let is_call = matches!(item.expr.kind, ExprKind::Call { .. });
    (is_call && item.alias.is_none() && scope.past == Past::Stats && scope.find(&name).is_some()).then_some(name)
}

/// The name of a column: the one it is given, else its text, which is its title.
fn named(item: &Named) -> Name {
    item.alias.clone().unwrap_or_else(|| Name { text: title(item), span: item.expr.span })
}

/// `event.user` by itself makes no map, so that `event.user.id` beside it has a value.
fn leave_open(scope: &mut Scope, item: &Named, name: &Name) {
    if item.alias.is_none() && matches!(item.expr.kind, ExprKind::Field(_)) {
        scope.leave_open(&name.text);
    }
}

/// `display seconds, level`
pub fn display(scope: &mut Scope, it: &said::Fields, steps: &mut Vec<Step>) {
    scope.begin_display();
    let mut items = Vec::new();
    for item in &it.items {
        if let Some(name) = column_as_typed(scope, item) {
            scope.display_name(&name, &name);
            continue;
        }
        doubts::visit_fields(&item.expr, &mut |path| scope.warn_of_early_part(path));
        match bind(scope, &item.expr) {
            Ok(bound) => {
                if let (Expr::Field(_), ExprKind::Field(path), None) = (&bound.expr, &item.expr.kind, &item.alias) {
                    scope.display_name(&title(item), &path.name());
                    continue;
                }
                let name = named(item);
                let field = scope.define_again(&name.text, name.span, bound.of);
                leave_open(scope, item, &name);
                scope.display_made(&name.text, field.clone());
                items.push((field, bound.expr));
            }
            Err(fault) => scope.faults.push(fault),
        }
    }
    if !items.is_empty() {
        steps.push(Step::Fields(Fields { items }));
    }
}
