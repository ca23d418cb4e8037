//! `stats`: expressions over aggregates → a step that computes the aggregates, and one that computes with them.

use functions::{Aggregate, coercion, operator};
use syntax::{Code, Diagnostic, ExprKind, Name, Named, Span};
use value::{Type, Value};

use crate::arrange::{End, Stretch};
use crate::bind::{Typed, apply, bind, call};
use crate::columns::title;
use crate::context::{Limits, MOST_STATS};
use crate::expr::{Expr, Field};
use crate::faults::unknown_function;
use crate::literal::period;
use crate::scope::Scope;
use crate::step::{Computed, Direction, Fields, Key, Stats, Step};
use crate::{coerce, rules};

/// The functions that are of use as keys of groups alone.
const MAKE_GROUPS: [&str; 2] = ["bin", "histogram"];

/// The steps of a `stats`; behind it, only its names exist.
pub fn stats(scope: &mut Scope, it: &syntax::command::Stats, steps: &mut Vec<Step>) {
    scope.faults.extend(rules::check_stats(it).err());
    let mut keys: Vec<(Field, Expr)> = Vec::new();
    let mut names: Vec<(Field, Span)> = Vec::new();
    for key in &it.by {
        match group_key(scope, key, &names) {
            Ok((field, expr)) => {
                names.push((field.clone(), key.expr.span));
                keys.push((field, expr));
            }
            Err(fault) => scope.faults.push(fault),
        }
    }
    if let Some((offset, span)) = it.offset {
        match shifted(keys, offset, span) {
            Ok(shifted) => keys = shifted,
            Err(fault) => {
                scope.faults.push(fault);
                keys = Vec::new();
            }
        }
    }
    let mut groups = Groups { names, computed: Vec::new() };
    let mut items: Vec<(Field, Expr)> = Vec::new();
    for item in &it.items {
        match groups.item(scope, item) {
            Ok(Some(made)) => items.push(made),
            Ok(None) => {}
            Err(fault) => scope.faults.push(fault),
        }
    }
    let order = order(&keys);
    steps.push(Step::Stats(Stats { computed: groups.computed, keys, order }));
    if !items.is_empty() {
        steps.push(Step::Fields(Fields { items }));
    }
    scope.gather(groups.names);
    expect_use(scope, it);
}

/// Holds the count of `stats` to the service's limit.
pub fn check_count(scope: &mut Scope, stretches: &[Stretch]) {
    let spans: Vec<Span> = {
        let ends = stretches.iter().filter_map(|it| it.end.as_ref());
        ends.filter(|(end, _)| matches!(end, End::Stats(_))).map(|(_, span)| *span).collect()
    };
    if let Some(span) = spans.get(MOST_STATS) {
        let message = format!("the service takes {MOST_STATS} `stats` in a query, found {}", spans.len());
        match scope.context.limits {
            Limits::Service => scope.faults.push(Diagnostic::new(Code::TooManyStats, *span, &message)),
            Limits::Ours => scope.warnings.push(Diagnostic::new(Code::AboveLimit, *span, &message)),
        }
    }
}

/// Aliases are given to be read or shown, be it by the items behind them.
fn expect_use(scope: &mut Scope, it: &syntax::command::Stats) {
    for (place, item) in it.items.iter().enumerate() {
        let Some(alias) = &item.alias else { continue };
        if !it.items.iter().skip(place + 1).any(|it| reads(&it.expr, &alias.text)) {
            scope.expect_use(&alias.text);
        }
    }
}

fn reads(expr: &syntax::Expr, name: &str) -> bool {
    match &expr.kind {
        ExprKind::Field(path) => path.name() == name,
        ExprKind::Call { args, .. } => args.iter().any(|it| reads(it, name)),
        _ => false,
    }
}

/// A key of the groups, whose name is none of these.
pub fn group_key(scope: &mut Scope, key: &Named, names: &[(Field, Span)]) -> Result<(Field, Expr), Diagnostic> {
    let bound = coerce::key(bind(scope, &key.expr)?);
    check_torn(scope, &key.expr)?;
    if bound.of == Type::Json {
        let fault = Diagnostic::new(Code::WrongArgument, key.expr.span, "maps and lists make no groups");
        return Err(fault.help("a part of the map that is a single value does: `by map.key`"));
    }
    let name = key.alias.as_ref().map_or_else(|| title(key), |it| it.text.clone());
    unique(names, &name, key.alias.as_ref().map_or(key.expr.span, |it| it.span))?;
    check_alias(scope, key)?;
    Ok((Field::of_query(&name, bound.of), bound.expr))
}

/// What is known of the groups while the items of a `stats` are read, one after another.
struct Groups {
    /// The names that exist: keys, then the items so far.
    names: Vec<(Field, Span)>,
    /// The aggregates that the items need.
    computed: Vec<Computed>,
}

impl Groups {
    /// An item: an aggregate under its own name, or a column computed from aggregates.
    fn item(&mut self, scope: &mut Scope, item: &Named) -> Result<Option<(Field, Expr)>, Diagnostic> {
        check_alias(scope, item)?;
        let name = item.alias.as_ref().map_or_else(|| title(item), |it| it.text.clone());
        let span = item.alias.as_ref().map_or(item.expr.span, |it| it.span);
        if let ExprKind::Call { name: function, args } = &item.expr.kind
            && let Some(aggregate) = functions::find_aggregate(&function.text)
        {
            let (args, of) = self.arguments(scope, aggregate, function, args, item.expr.span)?;
            unique(&self.names, &name, span)?;
            warn_of_hidden_field(scope, item, function);
            let field = Field::of_query(&name, of);
            self.names.push((field.clone(), span));
            self.computed.push(Computed { field, aggregate, args });
            return Ok(None);
        }
        check_is_no_key(item, &self.names)?;
        let bound = self.bind(scope, &item.expr)?;
        if aggregate_in(&item.expr).is_none() && !mentions(&item.expr, &self.names) {
            let message = format!("`{}` is no value of a group", item.text);
            let fault = Diagnostic::new(Code::MissingAggregate, item.expr.span, &message);
            return Err(
                fault.help("an aggregate such as `count(*)` or `max(field)`, or `by` before a field to group by")
            );
        }
        unique(&self.names, &name, span)?;
        if let Some(aggregate) = aggregate_in(&item.expr) {
            warn_of_hidden_field(scope, item, aggregate);
        }
        let field = Field::of_query(&name, bound.of);
        self.names.push((field.clone(), span));
        Ok(Some((field, bound.expr)))
    }

    /// An expression over a group: aggregates, keys, and items before it.
    fn bind(&mut self, scope: &mut Scope, expr: &syntax::Expr) -> Result<Typed, Diagnostic> {
        match &expr.kind {
            ExprKind::Field(path) => {
                let name = path.name();
                match self.names.iter().find(|(it, _)| *it.name == *name) {
                    Some((field, _)) => Ok(Typed { expr: Expr::Field(field.clone()), of: field.of }),
                    None => Err(unknown_in_group(&name, path.span)),
                }
            }
            ExprKind::Call { name, args } => match functions::find_aggregate(&name.text) {
                Some(aggregate) => {
                    let (args, of) = self.arguments(scope, aggregate, name, args, expr.span)?;
                    Ok(Typed { expr: Expr::Field(self.compute(aggregate, args, of)), of })
                }
                None if functions::find(&name.text).is_none() && !name.text.starts_with("not ") => {
                    Err(unknown_function(name))
                }
                None => {
                    let bound = args.iter().map(|arg| self.bind(scope, arg));
                    let bound: Vec<Typed> = bound.collect::<Result<_, _>>()?;
                    call(scope, name, bound, args, expr.span)
                }
            },
            _ => bind(scope, expr),
        }
    }

    /// The arguments of an aggregate, over rows.
    fn arguments(
        &mut self,
        scope: &mut Scope,
        aggregate: &'static Aggregate,
        name: &Name,
        args: &[syntax::Expr],
        span: Span,
    ) -> Result<(Vec<Expr>, Type), Diagnostic> {
        // `count(*)` counts events, as `count()` does.
        let args = match args {
            [syntax::Expr { kind: ExprKind::Star, .. }] if rules::takes_star(aggregate) => &[],
            args => args,
        };
        let mut bound = Vec::new();
        for arg in args {
            if let Some(inner) = aggregate_in(arg) {
                let message = format!("`{}` stands inside `{}`: an aggregate of an aggregate", inner.text, name.text);
                let fault = Diagnostic::new(Code::NestedAggregate, inner.span, &message);
                return Err(fault.help("two `stats` would do: the second over the groups of the first"));
            }
            check_torn(scope, arg)?;
            let it = bind(scope, arg)?;
            if it.of == Type::Json {
                return Err(Diagnostic::new(Code::WrongArgument, arg.span, "maps and lists cannot be aggregated"));
            }
            if it.of == Type::Bool && aggregate.name == "count" {
                let message = "`count` counts the events that have a value, and a condition that does not hold is one";
                let warning = Diagnostic::new(Code::CountOfCondition, arg.span, message);
                scope.warnings.push(warning.help("`sum(condition)` counts where it holds"));
            }
            bound.push(it);
        }
        let found = apply(scope, aggregate.name, aggregate.params, aggregate.returns, bound, args, span)?;
        let spans: Vec<Span> = args.iter().map(|it| it.span).collect();
        rules::check_aggregate(aggregate, &found.0, &spans)?;
        Ok(found)
    }

    /// The column of an aggregate that only an expression needs; equal ones are computed once.
    fn compute(&mut self, aggregate: &'static Aggregate, args: Vec<Expr>, of: Type) -> Field {
        let unnamed = Computed { field: Field::of_query("", of), aggregate, args };
        // Behind a sign that no name of a query begins with, so that it hides no column.
        let field = Field { column: format!("\u{0}{unnamed}").into(), ..Field::of_query(&unnamed.to_string(), of) };
        if !self.computed.iter().any(|it| it.field == field) {
            self.computed.push(Computed { field: field.clone(), ..unnamed });
        }
        field
    }
}

/// `stats histogram(ms, 100)`, `stats bin(5m), count(*)`: what makes groups stands behind `by`.
fn check_is_no_key(item: &Named, names: &[(Field, Span)]) -> Result<(), Diagnostic> {
    let ExprKind::Call { name, .. } = &item.expr.kind else { return Ok(()) };
    let is_of_groups = aggregate_in(&item.expr).is_some() || mentions(&item.expr, names);
    match functions::find(&name.text) {
        Some(function) if MAKE_GROUPS.contains(&function.name) && !is_of_groups => {
            let message = format!("`{}` makes groups, and stands behind `by`", name.text);
            let fault = Diagnostic::new(Code::MissingAggregate, item.expr.span, &message);
            Err(fault.help(&format!("such as `stats count(*) by {}`", title(item))))
        }
        _ => Ok(()),
    }
}

/// An alias that a command before the `stats` made already.
fn check_alias(scope: &Scope, item: &Named) -> Result<(), Diagnostic> {
    item.alias.as_ref().map_or(Ok(()), |alias| scope.check_new(alias))
}

/// Warns of `sum(bytes) as bytes`: users say that the service then gives no value. No name that the query made before
/// comes so far.
fn warn_of_hidden_field(scope: &mut Scope, item: &Named, aggregate: &Name) {
    let Some(alias) = item.alias.as_ref().filter(|it| reads(&item.expr, &it.text)) else { return };
    let message = format!("`{}` is also the field that `{}` reads", alias.text, aggregate.text);
    let letters = alias.text.trim_start_matches('@').replace(|it: char| !it.is_alphanumeric(), "_");
    let free = format!("{}_{letters}", aggregate.text.to_lowercase());
    let help = format!("the service may leave such a column empty: `as {free}` would do");
    scope.warnings.push(Diagnostic::new(Code::HiddenField, alias.span, &message).help(&help));
}

/// Recorded: a name that `fields` mentioned and a later command defined does not reach a `stats`.
fn check_torn(scope: &Scope, expr: &syntax::Expr) -> Result<(), Diagnostic> {
    match &expr.kind {
        ExprKind::Field(path) if scope.is_torn(&path.name()) => {
            let name = path.name();
            let message =
                format!("`{name}` is named by a `fields` before the command that defines it, and is lost here");
            let fault = Diagnostic::new(Code::UnknownAfterStats, path.span, &message);
            Err(fault.help(&format!("another name for what is defined, or no `{name}` in that `fields`")))
        }
        ExprKind::Call { args, .. } => args.iter().try_for_each(|it| check_torn(scope, it)),
        _ => Ok(()),
    }
}

/// The first aggregate in an expression.
fn aggregate_in(expr: &syntax::Expr) -> Option<&Name> {
    match &expr.kind {
        ExprKind::Call { name, .. } if functions::find_aggregate(&name.text).is_some() => Some(name),
        ExprKind::Call { args, .. } => args.iter().find_map(aggregate_in),
        _ => None,
    }
}

fn mentions(expr: &syntax::Expr, names: &[(Field, Span)]) -> bool {
    match &expr.kind {
        ExprKind::Field(path) => names.iter().any(|(it, _)| *it.name == *path.name()),
        ExprKind::Call { args, .. } => args.iter().any(|it| mentions(it, names)),
        _ => false,
    }
}

fn unknown_in_group(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` has no one value in a group");
    Diagnostic::new(Code::MissingAggregate, span, &message)
        .help(&format!("an aggregate of it, such as `max({name})`, or `{name}` among the keys behind `by`"))
}

fn unique(names: &[(Field, Span)], name: &str, span: Span) -> Result<(), Diagnostic> {
    match names.iter().find(|(it, _)| *it.name == *name) {
        None => Ok(()),
        Some((_, first)) => {
            let message = format!("`{name}` is already defined");
            Err(Diagnostic::new(Code::Redefined, span, &message).also(*first, "first defined here"))
        }
    }
}

/// The keys, with the times of bins earlier by so much: those of another period beside those of this one.
fn shifted(mut keys: Vec<(Field, Expr)>, by: syntax::Duration, span: Span) -> Result<Vec<(Field, Expr)>, Diagnostic> {
    let Some(millis) = period(by).milliseconds() else {
        let fault = Diagnostic::new(Code::WrongArgument, span, "`offset` takes a duration of a fixed length");
        return Err(fault.help("weeks are the longest unit of one length: `4w` for a month"));
    };
    let mut is_any = false;
    for (_, key) in &mut keys {
        if is_bin(key) {
            is_any = true;
            let time = Expr::call(&coercion::NUMBER, vec![key.clone()]);
            let millis = Expr::Literal(Some(Value::Number(millis as f64)));
            *key = Expr::call(&coercion::TIME, vec![Expr::call(&operator::SUBTRACT, vec![time, millis])]);
        }
    }
    if is_any {
        return Ok(keys);
    }
    let fault = Diagnostic::new(Code::WrongArgument, span, "`offset` moves bins, and there are none among the groups");
    Err(fault.help("`by bin(5m)` makes groups of times"))
}

/// Whether a key is a bin, its time moved or not.
pub fn is_bin(expr: &Expr) -> bool {
    match expr {
        Expr::Call(function, _) if function.name == "bin" => true,
        Expr::Call(function, args) if matches!(function.name, "time" | "number" | "-") => {
            args.first().is_some_and(is_bin)
        }
        _ => false,
    }
}

/// The newest bin first, then the other keys ascending, as they stand.
fn order(keys: &[(Field, Expr)]) -> Vec<Key> {
    let (bins, others): (Vec<_>, Vec<_>) = keys.iter().partition(|(_, expr)| is_bin(expr));
    let key = |field: &Field, direction| Key { expr: Expr::Field(field.clone()), direction };
    let bins = bins.into_iter().map(|(field, _)| key(field, Direction::Descending));
    bins.chain(others.into_iter().map(|(field, _)| key(field, Direction::Ascending))).collect()
}
