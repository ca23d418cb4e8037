//! The service's numbers of rows: without a limit, and with one above its most.

use crate::desk::{Desk, events};

fn rows(query: &str, args: &[&str]) -> (Option<i32>, usize, String) {
    let desk = Desk::new();
    desk.lay("a.log", events(1..=10_001));
    let said = desk.gw(&[&["query", query, "a.log", "--format", "csv"], args].concat());
    (said.code, said.out.lines().count().saturating_sub(1), said.err)
}

#[test]
fn without_a_limit_ten_thousand_rows() {
    assert_eq!(rows("fields n", &[]).1, 10_000);
    assert_eq!(rows("fields n", &["--strict"]).1, 10_000);
    assert_eq!(rows("stats count(*) by n", &[]).1, 10_000);
    assert_eq!(rows("fields n | limit 10001", &["--strict"]).1, 10_001);
    assert_eq!(rows("fields n", &["--limit", "10001"]).1, 10_001);
}

#[test]
fn a_hundred_thousand_rows_at_most() {
    let (code, count, said) = rows("fields n | limit 100001", &[]);
    assert_eq!((code, count), (Some(0), 10_001));
    assert!(said.contains("warning[limit-large]"), "{said}");
    let (code, count, said) = rows("fields n | limit 100001", &["--strict"]);
    assert_eq!((code, count), (Some(2), 0));
    assert!(said.contains("error[too-many-rows]"), "{said}");
    assert_eq!(rows("fields n | limit 100000", &["--strict"]).2, "");
}
