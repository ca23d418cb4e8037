//! How exact the service itself is in each column of an answer: the one definition, for tests, cases and comparisons.

use syntax::{Command, Expr, ExprKind, Named, Query};

/// A column that the service estimates.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The column.
    pub column: String,
    /// How far it may lie from the true value, as a part of it.
    pub error: f64,
}

/// The columns of a query's answer that hold estimates of the service: aggregates that it estimates
/// ([`functions::Aggregate::service_error`]), and what is computed of them.
///
/// ```
/// let query = syntax::parse("stats pct(took, 99) as slow, count(*) as n | fields slow / 1000 as seconds").unwrap();
/// let estimates = plan::estimates(&query);
/// assert_eq!(plan::service_error("seconds", &estimates), Some(0.035));
/// assert_eq!(plan::service_error("n", &estimates), None);
/// ```
pub fn estimates(query: &Query) -> Vec<Estimate> {
    let mut known: Vec<Estimate> = Vec::new();
    for stage in &query.stages {
        match &stage.command {
            // Nothing outlives a `stats` but what it gives.
            Command::Stats(it) => known = it.items.iter().chain(&it.by).filter_map(|it| of_item(it, &known)).collect(),
            Command::Fields(it) => {
                for item in it.items.iter().filter(|it| it.alias.is_some()) {
                    known.extend(of_item(item, &known));
                }
            }
            _ => {}
        }
    }
    known
}

/// How far the service may be off in a column; None where it is exact.
pub fn service_error(column: &str, estimates: &[Estimate]) -> Option<f64> {
    estimates.iter().find(|it| it.column == column).map(|it| it.error)
}

fn of_item(item: &Named, known: &[Estimate]) -> Option<Estimate> {
    let column = item.alias.as_ref().map_or(&item.text, |it| &it.text).clone();
    Some(Estimate { column, error: of_expr(&item.expr, known)? })
}

/// The largest of the errors that go into an expression.
fn of_expr(expr: &Expr, known: &[Estimate]) -> Option<f64> {
    match &expr.kind {
        ExprKind::Field(path) => service_error(&path.name(), known),
        ExprKind::Call { name, args } => {
            let aggregate = functions::find_aggregate(&name.text);
            // How many there are does not hang on what they are.
            let counts = aggregate.is_some_and(|it| it.name == "count");
            let inner = args.iter().filter(|_| !counts).filter_map(|it| of_expr(it, known));
            aggregate.and_then(|it| it.service_error()).into_iter().chain(inner).reduce(f64::max)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Vec<(String, f64)> {
        estimates(&syntax::read(query).0).into_iter().map(|it| (it.column, it.error)).collect()
    }

    fn columns(found: &[(&str, f64)]) -> Vec<(String, f64)> {
        found.iter().map(|(column, error)| ((*column).to_owned(), *error)).collect()
    }

    #[test]
    fn percentiles_and_distinct_counts_are_estimates() {
        let found = of("stats pct(a, 99) as p, median(b), count_distinct(c), max(d), avg(e)");
        assert_eq!(found, columns(&[("p", 0.035), ("median(b)", 0.035), ("count_distinct(c)", 0.1)]));
    }

    #[test]
    fn so_is_what_is_made_of_them() {
        assert_eq!(of("stats pct(a, 99) / count_distinct(b) as p"), columns(&[("p", 0.1)]));
        assert_eq!(of("stats pct(a, 99) as p by k | stats max(p) as m, count(p) as n"), columns(&[("m", 0.035)]));
        assert_eq!(of("stats pct(a, 99) as p by k | stats max(k) as p"), columns(&[]));
        assert_eq!(of("stats median(a) as p | fields p * 2 as q"), columns(&[("p", 0.035), ("q", 0.035)]));
    }
}
