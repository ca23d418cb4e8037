//! A recorded answer and ours, cell by cell: equal, equal as far as the service is exact, or different.

use std::collections::{HashMap, HashSet};

use syntax::{Command, Expr, ExprKind, Query};

use crate::fidelity::recorded::Rows;

/// How far the service's own estimates lie from the true value: percentiles of more than a hundred values, distinct
/// counts.
pub const TOLERANCE: f64 = 0.035;

/// Aggregates that the service estimates.
const ESTIMATED: [&str; 3] = ["pct", "median", "count_distinct"];

/// What came of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Cells that are the same.
    pub equal: usize,
    /// Cells that are the same as far as the service is exact.
    pub near: Vec<Difference>,
    /// Cells that differ.
    pub different: Vec<Difference>,
    /// Rows that only one side has, as text.
    pub alone: Vec<(Side, String)>,
    /// Columns that only one side has.
    pub columns: Vec<(Side, String)>,
    /// Whether the rows are the same in another order.
    pub is_reordered: bool,
}

/// Whose answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The service's.
    Recorded,
    /// Ours.
    Ours,
}

/// Two cells that are not the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The row of the recorded answer, from 1 on.
    pub row: usize,
    /// The column.
    pub column: String,
    /// What was recorded.
    pub recorded: Option<String>,
    /// What we say.
    pub ours: Option<String>,
    /// Why, where that is known.
    pub reason: Option<&'static str>,
}

/// The columns of a query that hold estimates of the service.
pub fn estimated(query: &Query) -> Vec<String> {
    let mut columns = Vec::new();
    for stage in &query.stages {
        let Command::Stats(stats) = &stage.command else { continue };
        for item in stats.items.iter().filter(|it| is_estimated(&it.expr)) {
            columns.push(item.alias.as_ref().map_or_else(|| item.text.clone(), |it| it.text.clone()));
        }
    }
    columns
}

fn is_estimated(expr: &Expr) -> bool {
    let ExprKind::Call { name, args } = &expr.kind else { return false };
    let is_one = functions::find_aggregate(&name.text).is_some_and(|it| ESTIMATED.contains(&it.name));
    is_one || args.iter().any(is_estimated)
}

/// Compares two answers; those columns hold estimates.
pub fn compare(recorded: &Rows, ours: &Rows, estimated: &[String]) -> Comparison {
    let mut found = Comparison::default();
    let shared: Vec<&String> = recorded.columns.iter().filter(|it| ours.columns.contains(it)).collect();
    // An answer without rows names no columns, and a column without values may be left out.
    for (side, one, other) in [(Side::Recorded, recorded, ours), (Side::Ours, ours, recorded)] {
        if other.rows.is_empty() {
            continue;
        }
        let is_alone = |(place, name): &(usize, &String)| {
            !other.columns.contains(name) && one.rows.iter().any(|row| row[*place].is_some())
        };
        let alone = one.columns.iter().enumerate().filter(is_alone);
        found.columns.extend(alone.map(|(_, name)| (side, name.clone())));
    }
    let exact: Vec<&String> = shared.iter().copied().filter(|it| !estimated.contains(it)).collect();
    let pairs = pair(recorded, ours, &exact);
    found.is_reordered = pairs.windows(2).any(|it| it[0].1 > it[1].1);
    for (mine, theirs) in &pairs {
        for column in &shared {
            let (then, now) = (cell(recorded, *mine, column), cell(ours, *theirs, column));
            if then == now {
                found.equal += 1;
                continue;
            }
            let is_estimate = estimated.contains(column);
            let (is_near, reason) = judge(then, now, is_estimate);
            let difference = Difference {
                row: mine + 1,
                column: (*column).clone(),
                recorded: then.cloned(),
                ours: now.cloned(),
                reason,
            };
            if is_near { found.near.push(difference) } else { found.different.push(difference) }
        }
    }
    for (side, rows, taken) in [
        (Side::Recorded, recorded, pairs.iter().map(|it| it.0).collect::<HashSet<usize>>()),
        (Side::Ours, ours, pairs.iter().map(|it| it.1).collect()),
    ] {
        let alone = (0..rows.rows.len()).filter(|it| !taken.contains(it));
        found.alone.extend(alone.map(|it| (side, told(rows, it))));
    }
    found
}

/// Whether two cells are the same as far as the service is exact, and why they are not the same text.
fn judge(recorded: Option<&String>, ours: Option<&String>, is_estimate: bool) -> (bool, Option<&'static str>) {
    let numbers = recorded.and_then(|it| it.parse::<f64>().ok()).zip(ours.and_then(|it| it.parse::<f64>().ok()));
    match numbers {
        Some((recorded, ours)) if recorded == ours => (true, Some("the same number in another spelling")),
        Some((recorded, ours)) if is_estimate && (recorded - ours).abs() <= TOLERANCE * ours.abs() => {
            (true, Some("an estimate of the service, which is up to 3.5 % off"))
        }
        Some(_) if is_estimate => (false, Some("the service estimates it, but no more than 3.5 % off")),
        _ => (false, None),
    }
}

/// Which rows belong together: those that agree in all exact columns, in order; of the rest, those that follow.
fn pair(recorded: &Rows, ours: &Rows, exact: &[&String]) -> Vec<(usize, usize)> {
    let key = |rows: &Rows, row: usize| -> Vec<Option<String>> {
        exact.iter().map(|it| cell(rows, row, it).cloned()).collect()
    };
    let mut waiting: HashMap<Vec<Option<String>>, Vec<usize>> = HashMap::new();
    for row in (0..ours.rows.len()).rev() {
        waiting.entry(key(ours, row)).or_default().push(row);
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut left = Vec::new();
    for row in 0..recorded.rows.len() {
        match waiting.get_mut(&key(recorded, row)).and_then(Vec::pop) {
            Some(other) => pairs.push((row, other)),
            None => left.push(row),
        }
    }
    let mut others: Vec<usize> = waiting.into_values().flatten().collect();
    others.sort_unstable();
    pairs.extend(left.into_iter().zip(others));
    pairs.sort_unstable();
    pairs
}

fn cell<'a>(rows: &'a Rows, row: usize, column: &str) -> Option<&'a String> {
    let place = rows.columns.iter().position(|it| it == column)?;
    rows.rows.get(row)?.get(place)?.as_ref()
}

fn told(rows: &Rows, row: usize) -> String {
    let cells = rows.columns.iter().filter_map(|it| Some(format!("{it}={}", cell(rows, row, it)?)));
    cells.collect::<Vec<_>>().join(" ")
}

impl Comparison {
    /// Whether nothing differs.
    pub fn holds(&self) -> bool {
        self.different.is_empty() && self.alone.is_empty() && self.columns.is_empty()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::fidelity::recorded::read;

    fn compared(recorded: &str, ours: &str, estimated: &[&str]) -> Comparison {
        let estimated: Vec<String> = estimated.iter().map(|it| (*it).to_owned()).collect();
        compare(&read(recorded).unwrap(), &read(ours).unwrap(), &estimated)
    }

    #[test]
    fn rows_are_found_again_in_any_order() {
        let found = compared("a,n\nx,1\ny,2\n", "a,n\ny,2\nx,1\n", &[]);
        assert_eq!((found.equal, found.holds(), found.is_reordered), (4, true, true));
    }

    #[test]
    fn estimates_may_be_a_little_off_and_nothing_else() {
        let found = compared("a,p99,n\nx,103,103\n", "a,p99,n\nx,100,100\n", &["p99"]);
        assert_eq!((found.equal, found.near.len(), found.different.len()), (1, 1, 1));
        assert_eq!((found.different[0].column.as_str(), found.different[0].row), ("n", 1));
        assert!(!compared("a,p99\nx,110\n", "a,p99\nx,100\n", &["p99"]).holds());
        assert!(compared("a\n1.50\n", "a\n1.5\n", &[]).holds());
    }

    #[test]
    fn rows_and_columns_may_be_missing() {
        let found = compared("a,b\nx,1\ny,2\n", "a,c\nx,1\n", &[]);
        assert_eq!(found.alone, [(Side::Recorded, String::from("a=y b=2"))]);
        assert_eq!(found.columns, [(Side::Recorded, String::from("b")), (Side::Ours, String::from("c"))]);
        assert!(!found.holds());
    }

    #[test]
    fn percentiles_and_distinct_counts_are_estimates() {
        let (query, _) = syntax::read("stats pct(a, 99) as p, median(b), count_distinct(c), max(d), avg(e)");
        assert_eq!(estimated(&query), ["p", "median(b)", "count_distinct(c)"]);
    }
}
