//! Changes of type: the one place where they are written into a plan.

use functions::{Kind, Param, coercion, general};
use syntax::{Code, Diagnostic, Span};
use value::{Period, Type, Value};

use crate::bind::{Typed, made};
use crate::expr::Expr;
use crate::literal::pattern;
use crate::rules;
use crate::scope::Scope;

/// An argument as its parameter wants it: the one place where types change.
pub fn coerce(scope: &mut Scope, name: &str, param: &Param, it: Typed, span: Span) -> Result<Typed, Diagnostic> {
    let wrong = |wanted: &str| {
        let message = format!("`{name}` takes {wanted} as `{}`", param.name);
        Err(Diagnostic::new(Code::WrongArgument, span, &message))
    };
    let only_in_query = matches!(it.of, Type::Period | Type::Pattern | Type::List);
    match param.kind {
        Kind::Period => match &it.expr {
            Expr::Literal(Some(Value::Period(period))) => {
                let capped = checked_period(scope, name, *period, span)?;
                Ok(Typed::literal(Value::Period(capped)))
            }
            _ => wrong("a duration such as `5m`"),
        },
        Kind::Pattern => match (&it.expr, it.of) {
            (Expr::Literal(Some(Value::Text(text))), _) if name != "like" => {
                Ok(Typed::literal(Value::Pattern(pattern(text, span)?)))
            }
            (_, Type::Pattern) if name != "like" => wrong("the regular expression in quotes"),
            (_, Type::Pattern) => Ok(it),
            (_, Type::Period | Type::List) => wrong("a text or a regular expression"),
            _ if name == "like" => Ok(Typed { expr: as_text(it), of: Type::Text }),
            _ => wrong("a regular expression, written in the query"),
        },
        Kind::List => {
            if it.of == Type::List {
                Ok(it)
            } else {
                wrong("a list such as `[\"a\", \"b\"]`")
            }
        }
        Kind::Constant => match it.expr.literal().flatten().and_then(|it| it.to_number()) {
            Some(constant) => Ok(Typed::literal(Value::Number(constant))),
            None => wrong("a number, written in the query"),
        },
        _ if only_in_query => match it.of {
            Type::Period => wrong("no duration").map_err(|fault| counted_in_milliseconds(fault, &it.expr)),
            Type::Pattern => {
                let fault = wrong("no regular expression");
                fault.map_err(|it| it.help("a regular expression stands behind `like` and `=~`, and in `parse`"))
            }
            _ => wrong("no list"),
        },
        Kind::Any | Kind::Result | Kind::Json | Kind::Place => Ok(it),
        Kind::Number => Ok(number_of(it)),
        Kind::Measure if it.of == Type::Time => Ok(it),
        Kind::Measure => Ok(number_of(it)),
        Kind::Text => Ok(Typed { expr: as_text(it), of: Type::Text }),
        Kind::Notation(notation) => {
            if let Expr::Literal(Some(Value::Text(text))) = &it.expr {
                notation.check(text).map_err(|it| Diagnostic::new(Code::WrongArgument, span, &it.to_string()))?;
            }
            Ok(Typed { expr: as_text(it), of: Type::Text })
        }
        Kind::Bool if it.of == Type::Bool => Ok(it),
        Kind::Bool => Ok(made(&coercion::TRUTH, vec![it.expr], Type::Bool)),
        Kind::Time if it.of == Type::Time => Ok(it),
        Kind::Time => Ok(made(&coercion::TIME, vec![it.expr], Type::Time)),
    }
}

/// The fault of a duration where a number is wanted, with the number.
fn counted_in_milliseconds(fault: Diagnostic, expr: &Expr) -> Diagnostic {
    match expr.literal().flatten() {
        Some(Value::Period(period)) => match period.milliseconds() {
            Some(count) => fault.help(&format!("times count milliseconds, of which `{period}` has {count}")),
            None => fault,
        },
        _ => fault,
    }
}

/// A condition: what `filter` takes.
pub fn condition(it: Typed) -> Expr {
    if it.of == Type::Bool { it.expr } else { Expr::call(&coercion::TRUTH, vec![it.expr]) }
}

/// A text: what `parse` cuts.
pub fn text(it: Typed) -> Expr {
    as_text(it)
}

/// A key of groups. Recorded: a number that the service knows to be one prints as a computed one does, not as it
/// stands in the log. Saved answers may hold anything under its name, and what is no number stays what it is.
pub fn key(it: Typed) -> Typed {
    if it.of != Type::Double {
        return it;
    }
    let as_computed = as_text(number_of(Typed { expr: it.expr.clone(), of: it.of }));
    Typed { expr: Expr::call(&general::COALESCE, vec![as_computed, it.expr]), of: Type::Any }
}

/// A number, where it reads as one: what `accum` adds up.
pub fn number(it: Typed) -> Expr {
    number_of(it).expr
}

/// A time, where it reads as one: what `sessionize` goes by.
pub fn time(it: Typed) -> Expr {
    if it.of == Type::Time { it.expr } else { Expr::call(&coercion::TIME, vec![it.expr]) }
}

fn number_of(it: Typed) -> Typed {
    if it.of == Type::Number { it } else { made(&coercion::NUMBER, vec![it.expr], Type::Number) }
}

/// A field of the log is text already.
fn as_text(it: Typed) -> Expr {
    match (&it.expr, it.of) {
        (_, Type::Text) => it.expr,
        (Expr::Field(field), Type::Any | Type::Double) if field.wanted().is_some() => it.expr,
        _ => Expr::call(&coercion::TEXT, vec![it.expr]),
    }
}

/// A period that is not zero, cut to what its unit holds, with a warning.
fn checked_period(scope: &mut Scope, name: &str, period: Period, span: Span) -> Result<Period, Diagnostic> {
    if period.count == 0 {
        let message = format!("`{name}` takes a duration longer than nothing");
        return Err(Diagnostic::new(Code::ZeroDuration, span, &message));
    }
    let Some(capped) = period.capped().filter(|_| rules::cuts_durations(name)) else { return Ok(period) };
    let message = format!("the service cuts `{period}` to `{capped}`, the most of that unit");
    let warning = Diagnostic::new(Code::BinCap, span, &message);
    scope.warnings.push(match period.in_larger_unit() {
        Some(larger) => warning.help(&format!("the same length in a larger unit: `{larger}`")),
        None => warning.help("a larger unit, in a whole number, would do"),
    });
    Ok(capped)
}
