//! Expressions of the query → expressions of the plan: functions found, arguments counted, coercions written.

use std::sync::Arc;

use functions::{Fact, Function, Kind, Need, Param, Returns, coercion, operator};
use syntax::{Code, Diagnostic, ExprKind, Literal, Name, Span};
use value::{Pattern, Period, Type, Unit, Value, number};

use crate::expr::{Expr, Field};
use crate::rules;
use crate::scope::{Past, Scope};

/// An expression and what its values are.
#[derive(Clone)]
pub struct Typed {
    /// The expression.
    pub expr: Expr,
    /// The type of its values.
    pub of: Type,
}

impl Typed {
    fn literal(value: Value) -> Typed {
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
        ExprKind::Star => {
            let fault = Diagnostic::new(Code::WrongArgument, expr.span, "`*` stands for a whole event only in `count(*)`");
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
    let Some(function) = functions::find(&name.text).filter(|it| may_be_written(it, name)) else {
        return Err(unknown_function(name));
    };
    if function.name == "-" {
        warn_of_hyphen(scope, args, span);
    }
    let (bound, of) = apply(scope, function.name, function.params, function.returns, bound, args, span)?;
    let spans: Vec<Span> = args.iter().map(|it| it.span).collect();
    rules::check_call(scope, function.name, &bound, &spans)?;
    Ok(Typed { expr: Expr::call(function, bound), of })
}

/// Whether a query may call a function by this name: coercions and operators are written in other ways.
fn may_be_written(function: &Function, name: &Name) -> bool {
    // An operator's name has the place of its sign, which is shorter: `-x` is `negate`.
    let as_typed = (name.span.end - name.span.start) as usize == name.text.len();
    function.is_listed() || !as_typed || operator::ALL.iter().any(|it| it.name == function.name && it.name.len() < 6)
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
fn made(function: &'static Function, args: Vec<Expr>, of: Type) -> Typed {
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
        Some(first) if types.all(|it| it == first) => first,
        _ => Type::Any,
    }
}

/// An argument as its parameter wants it: the one place where types change.
fn coerce(scope: &mut Scope, name: &str, param: &Param, it: Typed, span: Span) -> Result<Typed, Diagnostic> {
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
            (Expr::Literal(Some(Value::Text(text))), _) if name != "like" => Ok(Typed::literal(Value::Pattern(pattern(text, span)?))),
            (_, Type::Pattern) if name != "like" => wrong("the regular expression in quotes"),
            (_, Type::Pattern) => Ok(it),
            (_, Type::Period | Type::List) => wrong("a text or a regular expression"),
            _ if name == "like" => Ok(Typed { expr: as_text(it), of: Type::Text }),
            _ => wrong("a regular expression, written in the query"),
        },
        Kind::List => if it.of == Type::List { Ok(it) } else { wrong("a list such as `[\"a\", \"b\"]`") },
        Kind::Constant => match it.expr.literal().flatten().and_then(|it| it.to_number()) {
            Some(constant) => Ok(Typed::literal(Value::Number(constant))),
            None => wrong("a number, written in the query"),
        },
        _ if only_in_query => match it.of {
            Type::Period => wrong("no duration"),
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

fn number_of(it: Typed) -> Typed {
    if it.of == Type::Number { it } else { made(&coercion::NUMBER, vec![it.expr], Type::Number) }
}

/// A field of the log is text already.
fn as_text(it: Typed) -> Expr {
    match (&it.expr, it.of) {
        (_, Type::Text) => it.expr,
        (Expr::Field(field), Type::Any) if field.wanted().is_some() => it.expr,
        _ => Expr::call(&coercion::TEXT, vec![it.expr]),
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
            (None, _) => {
                let message = format!("`{name}` needs `@timestamp`, which the `stats` before it does not give");
                let fault = Diagnostic::new(Code::BinWithoutTime, span, &message);
                Err(fault.help("`bin(5m) as t` in the first `stats`, and `datefloor(t, 1h)` in this one, would do"))
            }
        },
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

fn literal(it: &Literal, span: Span) -> Result<Typed, Diagnostic> {
    Ok(Typed::literal(match it {
        Literal::Number(text) => number_literal(text),
        Literal::Text(text) => Value::text(text.as_str()),
        Literal::Regex(text) => Value::Pattern(pattern(text, span)?),
        Literal::Duration(it) => Value::Period(period(*it)),
        Literal::Bool(it) => Value::Bool(*it),
    }))
}

/// A whole number that a double cannot hold stays text: it reads as a number, and compares by all its digits.
fn number_literal(text: &str) -> Value {
    let long = text.len() > 15 && text.bytes().all(|it| it.is_ascii_digit());
    match number::read(text) {
        Some(it) if !long => Value::Number(it),
        _ => Value::text(text),
    }
}

/// A duration of the query as a period.
pub fn period(it: syntax::Duration) -> Period {
    let unit = match it.unit {
        syntax::Unit::Millisecond => Unit::Millisecond,
        syntax::Unit::Second => Unit::Second,
        syntax::Unit::Minute => Unit::Minute,
        syntax::Unit::Hour => Unit::Hour,
        syntax::Unit::Day => Unit::Day,
        syntax::Unit::Week => Unit::Week,
        syntax::Unit::Month => Unit::Month,
        syntax::Unit::Quarter => Unit::Quarter,
        syntax::Unit::Year => Unit::Year,
    };
    Period { count: it.count, unit }
}

/// A regular expression, compiled; a fault in it is shown at its own place.
pub fn pattern(text: &str, span: Span) -> Result<Pattern, Diagnostic> {
    Pattern::new(text).map_err(|fault| {
        // Behind the opening slash or quote; an escaped slash before the place moves it by one, no more.
        let start = span.start.saturating_add(1).saturating_add(fault.offset as u32).min(span.end.saturating_sub(1));
        let place = Span { start, end: span.end.saturating_sub(1).max(start) };
        Diagnostic::new(Code::BadRegex, place, &fault.message)
    })
}

fn list(scope: &mut Scope, items: &[syntax::Expr]) -> Result<Typed, Diagnostic> {
    let mut values = Vec::new();
    for item in items {
        match bind(scope, item)?.expr {
            Expr::Literal(Some(it)) => values.push(it),
            Expr::Literal(None) => {}
            _ => {
                let message = "a list holds texts and numbers, written in the query";
                let fault = Diagnostic::new(Code::WrongArgument, item.span, message);
                return Err(fault.help("two fields compare by `=`, one comparison each, joined by `or`"));
            }
        }
    }
    Ok(Typed::literal(Value::List(Arc::from(values))))
}

fn type_of(expr: &Expr) -> Type {
    match expr {
        Expr::Field(it) => it.of,
        Expr::Literal(it) => it.as_ref().map_or(Type::Any, Value::of),
        Expr::Call(function, _) => match function.returns {
            Returns::Is(of) => of,
            Returns::Common => Type::Any,
        },
    }
}

fn aggregate_outside(name: &Name) -> Diagnostic {
    let message = format!("`{}` works on groups of events, and stands only in `stats`", name.text);
    Diagnostic::new(Code::AggregateOutsideStats, name.span, &message)
        .help(&format!("`stats {}(…) as name by …`, and the name in the commands behind it", name.text))
}

/// The error for a function that does not exist.
pub fn unknown_function(name: &Name) -> Diagnostic {
    let mut names: Vec<&str> = functions::all().filter(|it| it.is_listed()).map(|it| it.name).collect();
    names.extend(functions::aggregates().map(|it| it.name));
    let fault = Diagnostic::new(Code::UnknownFunction, name.span, &format!("there is no function `{}`", name.text));
    match syntax::nearest(&name.text, &names) {
        Some(near) => fault.help(&format!("a function with a similar name: `{near}`")),
        None => fault,
    }
}

fn wrong_arity(name: &str, params: &[&Param], found: usize, span: Span) -> Diagnostic {
    let least = params.iter().filter(|it| matches!(it.need, Need::Once | Need::Repeated)).count();
    let most = params.len();
    let open = params.iter().any(|it| it.need == Need::Repeated);
    let arguments = |count: usize| if count == 1 { "argument" } else { "arguments" };
    let wanted = match (open, least == most) {
        (true, _) => format!("{least} {} or more", arguments(least)),
        (false, true) => format!("{least} {}", arguments(least)),
        (false, false) => format!("{least} to {most} arguments"),
    };
    let message = format!("`{name}` takes {wanted}, found {found}");
    let names: Vec<&str> = params.iter().map(|it| it.name).collect();
    Diagnostic::new(Code::WrongArity, span, &message).help(&format!("`{name}({})`", names.join(", ")))
}

/// `cs-uri-stem` is three fields and two subtractions, and seldom meant so.
fn warn_of_hyphen(scope: &mut Scope, args: &[syntax::Expr], span: Span) {
    let [left, right] = args else { return };
    let tight = left.span.end + 1 == right.span.start;
    let (Some(first), ExprKind::Field(last)) = (rightmost(left), &right.kind) else { return };
    if !tight || scope.past != Past::Log {
        return;
    }
    let whole = format!("{first}-{}", last.name());
    let message = format!("`{whole}` is `{first}` minus `{}`", last.name());
    scope.warnings.retain(|it| it.code != Code::SubtractionInName || it.span().start != span.start);
    let warning = Diagnostic::new(Code::SubtractionInName, span, &message);
    scope.warnings.push(warning.help(&format!("a field of that name is written in backticks: `` `{whole}` ``")));
}

/// The name that a chain of tight subtractions spells so far.
fn rightmost(expr: &syntax::Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Field(path) => Some(path.name()),
        ExprKind::Call { name, args } if name.text == "-" => match args.as_slice() {
            [left, right] => match &right.kind {
                ExprKind::Field(path) => Some(format!("{}-{}", rightmost(left)?, path.name())),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
