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

#[test]
fn fifty_thousand_different_keys_of_a_join_at_most() {
    let desk = Desk::new();
    desk.lay("a.log", events(1..=1));
    desk.lay("b.log", events(1..=50_001));
    let ask = |narrowed: &str, args: &[&str]| {
        let query = format!("source 'a' | join left=a right=b where a.n = b.n (source 'b'{narrowed}) | fields b.n");
        let groups = ["--log-group", "a=a.log", "--log-group", "b=b.log", "--format", "csv"];
        desk.gw(&[&["query", &query, "a.log", "b.log"], &groups[..], args].concat())
    };
    let said = ask("", &[]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "b.n\n1\n"));
    assert!(said.err.contains("50001 different keys; the service takes 50000"), "{}", said.err);
    let said = ask("", &["--strict"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("50000 different keys"), "{}", said.err);
    let said = ask(" | filter n > 1", &["--strict"]);
    assert_eq!((said.code, said.err.contains("different keys")), (Some(0), false), "{}", said.err);
}
