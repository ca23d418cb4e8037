//! `fillmissing` → a step that knows the bins and the keys of the `stats` before it.

use syntax::command as said;
use syntax::{Code, Diagnostic, Span};
use value::{Period, Type, Value};

use crate::bind::bind;
use crate::expr::{Expr, Field};
use crate::scope::Scope;
use crate::step::{FillMissing, Key, Stats, Step};

/// The step of a `fillmissing` behind these steps.
pub fn fillmissing(
    scope: &mut Scope,
    it: &said::FillMissing,
    span: Span,
    steps: &[Step],
) -> Result<FillMissing, Diagnostic> {
    let stats = steps.iter().rev().find_map(|it| if let Step::Stats(stats) = it { Some(stats) } else { None });
    let Some((stats, bin, (period, moved))) = stats.and_then(|it| bin_of(it).map(|(bin, length)| (it, bin, length)))
    else {
        let fault = Diagnostic::new(Code::WrongArgument, span, "there are no bins before this that could be filled");
        return Err(fault.help("it stands behind a `stats … by bin(5m)`"));
    };
    let keys: Vec<Field> = stats.keys.iter().map(|(field, _)| field.clone()).filter(|it| *it != bin).collect();
    let mut values: Vec<(Field, Value)> = Vec::new();
    for fill in &it.fills {
        let path = &fill.field;
        let Expr::Field(field) = scope.resolve(path)? else {
            return Err(Diagnostic::new(Code::WrongArgument, path.span, "a part of a map cannot be filled"));
        };
        if field.name == bin.name || keys.iter().any(|it| it.name == field.name) {
            let message = format!("`{}` is a key of the groups, and filled already", field.name);
            return Err(Diagnostic::new(Code::WrongArgument, path.span, &message));
        }
        if values.iter().any(|(it, _)| it.name == field.name) {
            let message = format!("`{}` is filled twice", field.name);
            return Err(Diagnostic::new(Code::WrongArgument, path.span, &message));
        }
        let bound = bind(scope, &fill.value)?;
        let Some(value) = bound.expr.literal().flatten() else { continue };
        let field = match field.of == bound.of {
            true => field,
            false => scope.replace(&field.name, path.span, Type::Any),
        };
        values.push((field, value));
    }
    Ok(FillMissing { bin, period, moved, keys, order: order_behind(steps).unwrap_or(&stats.order).to_vec(), values })
}

/// The order that rows were put in behind the last `stats`.
fn order_behind(steps: &[Step]) -> Option<&[Key]> {
    let behind = steps.iter().rev().take_while(|it| !matches!(it, Step::Stats(_)));
    behind.into_iter().find_map(|it| if let Step::Sort(sort) = it { Some(sort.keys.as_slice()) } else { None })
}

/// The first key that is a bin, its length, and by how many milliseconds an `offset` made it earlier.
fn bin_of(stats: &Stats) -> Option<(Field, (Period, i64))> {
    stats.keys.iter().find_map(|(field, expr)| length(expr).map(|length| (field.clone(), length)))
}

fn length(expr: &Expr) -> Option<(Period, i64)> {
    let Expr::Call(function, args) = expr else { return None };
    match (function.name, args.as_slice()) {
        ("bin", _) => args.iter().find_map(|it| match it {
            Expr::Literal(Some(Value::Period(period))) => Some((*period, 0)),
            _ => None,
        }),
        ("time" | "number", [inner]) => length(inner),
        ("-", [inner, Expr::Literal(Some(Value::Number(millis)))]) => {
            length(inner).map(|(period, moved)| (period, moved.saturating_add(*millis as i64)))
        }
        _ => None,
    }
}
