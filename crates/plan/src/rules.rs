//! What single functions ask for besides the kinds of their arguments.

use functions::Aggregate;
use syntax::{Code, Diagnostic, ExprKind, Span};
use value::Value;

use crate::expr::Expr;
use crate::scope::Scope;

/// The most values that `topk` gives.
const LONGEST_TOPK: f64 = 10_000.0;

/// The most conditions of a `case` that the service takes.
const MOST_BRANCHES: usize = 10;

/// Looks at the call of a function whose arguments are of the right kinds.
pub fn check_call(scope: &mut Scope, name: &str, args: &[Expr], spans: &[Span]) -> Result<(), Diagnostic> {
    if let ("case", Some(beyond)) = (name, spans.get(2 * MOST_BRANCHES)) {
        scope.hold_to_limit(MOST_BRANCHES, args.len() / 2, *beyond, "conditions in a `case`");
    }
    let ("histogram", Some(Expr::Literal(Some(Value::Number(width)))), Some(span)) = (name, args.get(1), spans.get(1))
    else {
        return Ok(());
    };
    if *width <= 0.0 {
        let fault = Diagnostic::new(Code::WrongArgument, *span, "`histogram` takes a width above zero");
        return Err(fault.help("`histogram(latency, 50)` makes the ranges 0, 50, 100 and so on"));
    }
    let warning =
        Diagnostic::new(Code::HistogramWidth, *span, "this is the width of each range, not how many there are");
    scope
        .warnings
        .push(warning.help("the service takes it for the width, though its manual calls it a number of ranges"));
    Ok(())
}

/// Looks at the call of an aggregate whose arguments are of the right kinds.
pub fn check_aggregate(aggregate: &Aggregate, args: &[Expr], spans: &[Span]) -> Result<(), Diagnostic> {
    let of = |place: usize| args.get(place).and_then(Expr::literal).flatten().zip(spans.get(place));
    match (aggregate.name, of(0), of(1)) {
        ("topk", Some((Value::Number(k), span)), _) if !(1.0..=LONGEST_TOPK).contains(&k) || k.fract() != 0.0 => {
            Err(Diagnostic::new(Code::WrongArgument, *span, "`topk` takes a whole number from 1 to 10000 as `k`"))
        }
        ("pct", _, Some((Value::Number(percent), span))) if !(0.0..=100.0).contains(&percent) => {
            Err(Diagnostic::new(Code::WrongArgument, *span, "`pct` takes a number from 0 to 100 as `p`"))
        }
        ("rate", _, Some((Value::Period(period), span))) if period.milliseconds().is_none() => {
            let fault = Diagnostic::new(Code::WrongArgument, *span, "`rate` takes a duration of a fixed length");
            Err(fault.help("weeks are the longest unit of one length: `4w` for a month"))
        }
        _ => Ok(()),
    }
}

/// Looks at a whole `stats`: `topk` stands in it alone.
pub fn check_stats(it: &syntax::command::Stats) -> Result<(), Diagnostic> {
    let found = it.items.iter().find_map(|item| span_of_topk(&item.expr));
    match found {
        Some(span) if it.items.len() > 1 || !it.by.is_empty() => {
            let fault = Diagnostic::new(Code::WrongArgument, span, "`topk` stands alone in its `stats`, without `by`");
            Err(fault.help("`stats count(*) as n by field | sort n desc` counts each value, whatever else is computed"))
        }
        _ => Ok(()),
    }
}

/// Where `topk` is called in an expression.
fn span_of_topk(expr: &syntax::Expr) -> Option<Span> {
    match &expr.kind {
        ExprKind::Call { name, .. } if name.text.eq_ignore_ascii_case("topk") => Some(expr.span),
        ExprKind::Call { args, .. } => args.iter().find_map(span_of_topk),
        _ => None,
    }
}

/// Whether a duration that a function takes is cut to what its unit holds: those that make bins are.
pub fn cuts_durations(function: &str) -> bool {
    function != "rate"
}

/// Whether `*` may stand for the one argument of an aggregate: where it may be left out.
pub fn takes_star(aggregate: &Aggregate) -> bool {
    matches!(aggregate.params, [only] if only.need == functions::Need::Optional)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::Context;

    /// What is wrong with a query, or what it warns of.
    fn said(query: &str) -> Vec<String> {
        let found = match crate::build(&syntax::parse(query).unwrap(), &Context::default()) {
            Ok(plan) => plan.warnings,
            Err(faults) => faults,
        };
        found.iter().map(|it| it.message.clone()).collect()
    }

    #[test]
    fn single_functions_ask_for_more() {
        assert!(said("stats count(*) by histogram(ms, 0)")[0].contains("above zero"));
        assert!(said("stats count(*) by histogram(ms, 50)")[0].contains("the width"));
        assert!(said("stats topk(0, level)")[0].contains("1 to 10000"));
        assert!(said("stats pct(ms, 100.5)")[0].contains("0 to 100"));
        assert!(said("stats percentile(ms, -1)")[0].contains("0 to 100"));
        assert_eq!(said("stats pct(ms, 0), pct(ms, 99.9), pct(ms, 100)"), [""; 0]);
        assert!(said("stats topk(1.5, level)")[0].contains("1 to 10000"));
        assert!(said("stats topk(3, level) by host")[0].contains("alone"));
        assert!(said("stats count(*), jsonArraySize(topk(3, level))")[0].contains("alone"));
        assert!(said("stats rate(ms, 1mo)")[0].contains("fixed length"));
        assert_eq!(said("stats rate(ms, 90s), count_over_time(*), sum_over_time(ms) by bin(5m)"), [""; 0]);
        assert_eq!(said("stats topk(3, level) as top"), [""; 0]);
    }

    #[test]
    fn notations_are_checked_where_they_stand_in_the_query() {
        assert!(said("fields isIpv4InSubnet(ip, '10.0.0.0')")[0].contains("`10.0.0.0`"));
        assert!(said("fields parseDate(day, 'YYYY-MM-dd')")[0].contains("`y`"));
        assert!(said("fields formatDate(@timestamp, '%Y', 'Mars')")[0].contains("`Mars`"));
        assert!(said("fields formatDate(@timestamp, '%J')")[0].contains("`%J`"));
        assert_eq!(said("fields parseDate(day, pattern, zone)"), [""; 0]);
    }
}
