//! Expressions of the query → expressions of the plan: functions found, arguments counted, coercions written.

use functions::{Fact, Function, Kind, Need, Param, Returns, coercion, operator};
use syntax::{Code, Diagnostic, ExprKind, Name, Span};
use value::{Type, Value};

use crate::coerce::coerce;
use crate::expr::{Expr, Field};
use crate::faults::{aggregate_outside, unknown_function, warn_of_hyphen, wrong_arity};
use crate::literal::{list, literal};
use crate::scope::{Past, Scope};
use crate::{rules, subquery};

/// An expression and what its values are.
#[derive(Clone)]
pub struct Typed {
    /// The expression.
    pub expr: Expr,
    /// The type of its values.
    pub of: Type,
}

impl Typed {
    pub fn literal(value: Value) -> Typed {
        Typed { of: value.of(), expr: Expr::Literal(Some(value)) }
    }
}

/// An expression over rows; aggregates have no place in it.
pub fn bind(scope: &mut Scope, expr: &syntax::Expr) -> Result<Typed, Diagnostic> {
    match &expr.kind {
        ExprKind::Field(path) => {
            let expr = scope.resolve(path)?;
            Ok(Typed { of: type_of(&expr), expr })
        }
        ExprKind::Literal(it) => literal(it, expr.span),
        ExprKind::List(items) => list(scope, items),
        ExprKind::Query(query) => subquery::set(scope, query, expr.span),
        ExprKind::Star => {
            let fault =
                Diagnostic::new(Code::WrongArgument, expr.span, "`*` stands for a whole event only in `count(*)`");
            Err(fault)
        }
        ExprKind::Call { name, args } => {
            if functions::find_aggregate(&name.text).is_some() && functions::find(&name.text).is_none() {
                return Err(aggregate_outside(name));
            }
            let bound = args.iter().map(|arg| bind(scope, arg));
            let bound: Vec<Typed> = bound.collect::<Result<_, _>>()?;
            call(scope, name, bound, args, expr.span)
        }
    }
}

/// A call of a function whose arguments are bound already.
pub fn call(
    scope: &mut Scope,
    name: &Name,
    bound: Vec<Typed>,
    args: &[syntax::Expr],
    span: Span,
) -> Result<Typed, Diagnostic> {
    if let Some(positive) = name.text.strip_prefix("not ") {
        let positive = Name { text: positive.to_owned(), span: name.span };
        let inner = call(scope, &positive, bound, args, span)?;
        return Ok(made(&operator::NOT, vec![inner.expr], Type::Bool));
    }
    let Some(function) = functions::find(&name.text).filter(|it| may_be_written(it)) else {
        return Err(unknown_function(name));
    };
    let bound = if TAKE_TRUTHS.contains(&function.name) { with_truths(bound) } else { bound };
    // A whole number that no double holds keeps all its digits, with a sign before it, too.
    if let ("negate", [Typed { expr: Expr::Literal(Some(Value::Text(digits))), .. }]) =
        (function.name, bound.as_slice())
        && digits.bytes().all(|it| it.is_ascii_digit())
    {
        return Ok(Typed::literal(Value::text(format!("-{digits}"))));
    }
    if function.name == "-" {
        warn_of_hyphen(scope, args, span);
    }
    let (bound, of) = apply(scope, function.name, function.params, function.returns, bound, args, span)?;
    let spans: Vec<Span> = args.iter().map(|it| it.span).collect();
    rules::check_call(scope, function.name, &bound, &spans)?;
    Ok(Typed { expr: Expr::call(function, bound), of })
}

/// Where the texts `true` and `false` of a query are truth values: JSON's own are 1 and 0.
const TAKE_TRUTHS: [&str; 4] = ["=", "!=", "in", "jsonArrayContains"];

/// The arguments, the texts `true` and `false` among them as truth values.
fn with_truths(bound: Vec<Typed>) -> Vec<Typed> {
    let truth = |it: &Value| match it {
        Value::Text(text) if **text == *"true" => Value::Bool(true),
        Value::Text(text) if **text == *"false" => Value::Bool(false),
        other => other.clone(),
    };
    let change = |it: Typed| match &it.expr {
        Expr::Literal(Some(Value::List(items))) => Typed::literal(Value::List(items.iter().map(truth).collect())),
        Expr::Literal(Some(value)) => Typed::literal(truth(value)),
        _ => it,
    };
    bound.into_iter().map(change).collect()
}

/// Whether a query may call a function: the plan alone writes coercions.
fn may_be_written(function: &Function) -> bool {
    !coercion::ALL.iter().any(|it| std::ptr::eq(*it, function))
}

/// The arguments of a call in the order of the parameters, each of its kind; and what the call gives.
pub fn apply(
    scope: &mut Scope,
    name: &str,
    params: &[Param],
    returns: Returns,
    mut bound: Vec<Typed>,
    args: &[syntax::Expr],
    span: Span,
) -> Result<(Vec<Expr>, Type), Diagnostic> {
    let mut spans: Vec<Span> = args.iter().map(|it| it.span).collect();
    // `bin(@timestamp, 1h)`: the hidden time may be written out, and then stands first.
    let given_time = name == "bin" && bound.len() == 2;
    if given_time {
        bound.reverse();
        spans.reverse();
    }
    let shown: Vec<&Param> = params.iter().filter(|it| !matches!(it.need, Need::Hidden(_))).collect();
    let visible: Vec<&Param> = if given_time { params.iter().collect() } else { shown.clone() };
    let Some(aligned) = align(&visible, bound.len()) else {
        return Err(wrong_arity(name, &shown, bound.len(), span));
    };
    let mut kept: Vec<Option<Typed>> = Vec::new();
    for (param, index) in aligned {
        kept.push(match index {
            Some(index) => {
                let span = spans.get(index).copied().unwrap_or(span);
                Some(coerce(scope, name, param, bound[index].clone(), span)?)
            }
            None => None,
        });
    }
    let of = match returns {
        Returns::Is(of) => of,
        Returns::Common => common(&visible, &kept),
    };
    if !params.iter().any(|it| matches!(it.need, Need::Hidden(_))) {
        // What is left out at the end is not there at all: `count()` has no argument, not an absent one.
        kept.truncate(kept.iter().rposition(Option::is_some).map_or(0, |it| it + 1));
    }
    // What is left out stands last, so the others keep their places.
    let mut exprs: Vec<Expr> = kept.into_iter().flatten().map(|it| it.expr).collect();
    if !given_time {
        for param in params {
            if let Need::Hidden(fact) = param.need {
                exprs.push(hidden(scope, name, fact, span)?);
            }
        }
    }
    Ok((exprs, of))
}

/// A call whose arguments are of the right kinds by construction.
pub fn made(function: &'static Function, args: Vec<Expr>, of: Type) -> Typed {
    Typed { expr: Expr::call(function, args), of }
}

/// Which argument each parameter gets: `None` for one left out; `None` in all where the count does not fit.
fn align<'a>(params: &[&'a Param], count: usize) -> Option<Vec<(&'a Param, Option<usize>)>> {
    let repeating: Vec<&Param> = params.iter().copied().filter(|it| it.need == Need::Repeated).collect();
    let single = params.iter().filter(|it| matches!(it.need, Need::Once | Need::Hidden(_))).count();
    let optional = params.iter().filter(|it| it.need == Need::Optional).count();
    if count < single + repeating.len() {
        return None;
    }
    let rounds = (count - single).checked_div(repeating.len()).unwrap_or(0);
    let spare = count - single - rounds * repeating.len();
    if spare > optional {
        return None;
    }
    let mut next = 0..count;
    let mut aligned = Vec::new();
    let mut repeated = false;
    let mut spare = spare;
    for param in params {
        match param.need {
            Need::Repeated if !repeated => {
                repeated = true;
                for _ in 0..rounds {
                    aligned.extend(repeating.iter().map(|it| (*it, next.next())));
                }
            }
            Need::Repeated => {}
            Need::Optional if spare == 0 => aligned.push((*param, None)),
            Need::Optional => {
                spare -= 1;
                aligned.push((*param, next.next()));
            }
            Need::Once | Need::Hidden(_) => aligned.push((*param, next.next())),
        }
    }
    Some(aligned)
}

/// The one type of the arguments that may be the result, or that of values as they come.
fn common(params: &[&Param], kept: &[Option<Typed>]) -> Type {
    let counts = |index: usize| {
        // Behind a repeated pair, parameters and arguments no longer stand side by side; all that is given back counts.
        params.get(index).or(params.last()).is_some_and(|it| matches!(it.kind, Kind::Result | Kind::Measure))
            || params.iter().any(|it| it.need == Need::Repeated)
    };
    let mut types = kept.iter().enumerate().filter(|(index, _)| counts(*index)).filter_map(|(_, it)| {
        let it = it.as_ref()?;
        (!matches!(it.expr, Expr::Literal(None))).then_some(it.of)
    });
    match types.next() {
        Some(first) => types.try_fold(first, together).unwrap_or(Type::Any),
        None => Type::Any,
    }
}

/// What values of two types are together: doubles beside computed numbers are still known to be numbers.
fn together(one: Type, other: Type) -> Option<Type> {
    match (one, other) {
        (Type::Double, Type::Number) | (Type::Number, Type::Double) => Some(Type::Double),
        _ => (one == other).then_some(one),
    }
}

/// What the plan knows and a function wants.
fn hidden(scope: &Scope, name: &str, fact: Fact, span: Span) -> Result<Expr, Diagnostic> {
    let time = |it: i64| Expr::Literal(Some(Value::Time(it)));
    match fact {
        Fact::End => Ok(time(scope.context.range.map_or(scope.context.now, |it| it.end))),
        Fact::Start => Ok(time(scope.context.range.map_or(scope.context.now, |it| it.start))),
        Fact::Place => Ok(Expr::Field(Field::of_log("@ptr"))),
        Fact::Timestamp => match (scope.find("@timestamp"), scope.past) {
            (Some(field), Past::Log) => Ok(Expr::Field(field)),
            (Some(field), Past::Stats) if field.of == Type::Time => Ok(Expr::Field(field)),
            (Some(field), Past::Stats) => Ok(Expr::call(&coercion::TIME, vec![Expr::Field(field)])),
            (None, _) if scope.sides.is_some() => {
                let message = format!("`{name}` needs `@timestamp`, of which there are two behind a `join`");
                let fault = Diagnostic::new(Code::BinWithoutTime, span, &message);
                Err(fault.help("the time of one side is written out: `bin(a.@timestamp, 5m)`"))
            }
            (None, _) => {
                let message = format!("`{name}` needs `@timestamp`, which the `stats` before it does not give");
                let fault = Diagnostic::new(Code::BinWithoutTime, span, &message);
                Err(fault.help("`bin(5m) as t` in the first `stats`, and `datefloor(t, 1h)` in this one, would do"))
            }
        },
    }
}

pub fn type_of(expr: &Expr) -> Type {
    match expr {
        Expr::Field(it) => it.of,
        Expr::Literal(it) => it.as_ref().map_or(Type::Any, Value::of),
        Expr::Subquery(_) => Type::List,
        Expr::Call(function, _) => match function.returns {
            Returns::Is(of) => of,
            Returns::Common => Type::Any,
        },
    }
}
