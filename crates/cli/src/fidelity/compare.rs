//! A recorded answer and ours, cell by cell: equal, equal as far as the service is exact, or different.

use std::collections::{HashMap, HashSet};

use plan::{Estimate, service_error};

use crate::fidelity::recorded::Rows;

/// What came of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Cells that are the same.
    pub equal: usize,
    /// Cells that are the same as far as the service is exact.
    pub near: Vec<Difference>,
    /// Cells that differ.
    pub different: Vec<Difference>,
    /// Rows that only one side has, by their places from 0 on.
    pub alone: Vec<(Side, usize)>,
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
    pub reason: Option<String>,
}

/// Compares two answers; those columns hold estimates.
pub fn compare(recorded: &Rows, ours: &Rows, estimated: &[Estimate]) -> Comparison {
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
    let exact: Vec<&String> = shared.iter().copied().filter(|it| service_error(it, estimated).is_none()).collect();
    let pairs = pair(recorded, ours, &exact);
    found.is_reordered = pairs.windows(2).any(|it| it[0].1 > it[1].1);
    for (mine, theirs) in &pairs {
        for column in &shared {
            let (then, now) = (cell(recorded, *mine, column), cell(ours, *theirs, column));
            if then == now {
                found.equal += 1;
                continue;
            }
            let (is_near, reason) = judge(then, now, service_error(column, estimated));
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
        found.alone.extend(alone.map(|it| (side, it)));
    }
    found
}

/// Whether two cells are the same as far as the service is exact, and why they are not the same text.
fn judge(recorded: Option<&String>, ours: Option<&String>, error: Option<f64>) -> (bool, Option<String>) {
    let Some((recorded, ours)) = recorded.zip(ours) else { return (false, None) };
    if let Some((recorded, ours)) = recorded.parse::<f64>().ok().zip(ours.parse::<f64>().ok()) {
        return match error {
            _ if recorded == ours => (true, Some(String::from("the same number in another spelling"))),
            Some(error) if (recorded - ours).abs() <= error * ours.abs() => {
                (true, Some(format!("an estimate of the service, which is up to {} % off", percent(error))))
            }
            Some(error) => {
                (false, Some(format!("the service estimates it, but no more than {} % off", percent(error))))
            }
            None => (false, None),
        };
    }
    // The console writes a message that is JSON as an object, whose blanks and order are its own.
    let object = |it: &str| it.starts_with(['{', '[']).then(|| serde_json::from_str::<serde_json::Value>(it).ok());
    match object(recorded).flatten().zip(object(ours).flatten()) {
        Some((recorded, ours)) if recorded == ours => (true, Some(String::from("the same JSON in another spelling"))),
        _ => (false, None),
    }
}

/// `3.5`, to a tenth.
fn percent(part: f64) -> f64 {
    (part * 1000.0).round() / 10.0
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
        let estimate = |it: &&str| Estimate { column: (*it).to_owned(), error: 0.035 };
        let estimated: Vec<Estimate> = estimated.iter().map(estimate).collect();
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
        assert_eq!(found.alone, [(Side::Recorded, 1)]);
        assert_eq!(found.columns, [(Side::Recorded, String::from("b")), (Side::Ours, String::from("c"))]);
        assert!(!found.holds());
    }

    #[test]
    fn a_message_that_is_json_may_be_spelled_otherwise() {
        let found = compared("[{\"m\":{\"b\":1,\"a\":[2]}}]", "[{\"m\":\"{\\\"a\\\": [2], \\\"b\\\": 1}\"}]", &[]);
        assert_eq!((found.near.len(), found.holds()), (1, true));
        assert!(!compared("[{\"m\":{\"b\":1}}]", "[{\"m\":\"{\\\"b\\\":2}\"}]", &[]).holds());
    }
}
