//! How answers are written, how many rows they have, and what stands beside them.

use serde_json::Value;

use crate::desk::{Desk, Said};

fn ask(desk: &Desk, args: &[&str]) -> Said {
    desk.gw(&[&["query", "fields n, level | sort n asc", "logs"], args].concat())
}

#[test]
fn every_format() {
    let desk = Desk::with_logs();
    let written = |format: &str| ask(&desk, &["--format", format, "--limit", "2"]).answer().to_owned();
    assert_eq!(written("table"), ask(&desk, &["--limit", "2"]).answer(), "a table is what comes unasked");
    assert_eq!(written("csv"), "n,level\n1,INFO\n2,INFO\n");
    assert_eq!(written("tsv"), "n\tlevel\n1\tINFO\n2\tINFO\n");
    assert!(written("markdown").lines().nth(1).unwrap().starts_with('|'));
    let rows: Value = serde_json::from_str(&written("json")).unwrap();
    assert_eq!(rows, serde_json::json!([{"n": "1", "level": "INFO"}, {"n": "2", "level": "INFO"}]));
    let lines: Vec<Value> = written("jsonl").lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(lines, *rows.as_array().unwrap());
}

#[test]
fn the_service_s_own_shape() {
    let desk = Desk::with_logs();
    let said = ask(&desk, &["--format", "aws", "--limit", "2"]);
    let answer: Value = serde_json::from_str(said.answer()).unwrap();
    assert_eq!(answer["status"], "Complete");
    let rows = answer["results"].as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for (row, n) in rows.iter().zip(["1", "2"]) {
        assert_eq!(row[0], serde_json::json!({"field": "n", "value": n}));
        assert_eq!(row[1], serde_json::json!({"field": "level", "value": "INFO"}));
        assert_eq!(row[2]["field"], "@ptr");
    }
    let statistics = &answer["statistics"];
    for (counter, count) in [("recordsMatched", 3.0), ("recordsScanned", 3.0), ("logGroupsScanned", 1.0)] {
        assert_eq!(statistics[counter].as_f64(), Some(count), "{counter}");
    }
    // The bytes of the messages, without the times and line ends before and behind them.
    assert_eq!(statistics["bytesScanned"].as_f64(), Some(3.0 * r#"{"level":"INFO","n":1}"#.len() as f64));
}

#[test]
fn an_answer_without_rows_is_well_formed_too() {
    let desk = Desk::with_logs();
    for format in ["json", "aws"] {
        let said = desk.gw(&["query", "fields n | filter n > 9", "logs", "--format", format]);
        let answer: Value = serde_json::from_str(&said.ends(0, &["filter n > 9"]).out).unwrap();
        assert!(answer == serde_json::json!([]) || answer["results"] == serde_json::json!([]), "{answer}");
    }
    let lines = desk.gw(&["query", "fields n | filter n > 9", "logs", "--format", "jsonl"]);
    assert_eq!(lines.out, "");
}

#[test]
fn the_smaller_limit_counts() {
    let desk = Desk::with_logs();
    let rows = |query: &str, limit: &str| {
        let said = desk.gw(&["query", query, "logs", "--format", "csv", "--limit", limit]);
        said.out.lines().count() - 1
    };
    assert_eq!(rows("fields n", "2"), 2);
    assert_eq!(rows("fields n | limit 1", "2"), 1);
    assert_eq!(rows("fields n | limit 2", "1"), 1);
    assert_eq!(rows("fields n", "0"), 0);
}

#[test]
fn the_service_s_limit_on_rows() {
    let desk = Desk::with_logs();
    let told = ["the service gives 100000 rows at most, found --limit 100001"];
    assert_eq!(ask(&desk, &["--limit", "100001", "--format", "csv"]).ends(0, &told).out.lines().count(), 4);
    assert_eq!(ask(&desk, &["--limit", "100001", "--strict"]).ends(2, &told).out, "");
    ask(&desk, &["--limit", "100000", "--strict"]).ends(0, &[]);
    desk.gw(&["query", "fields n | limit 100001", "logs"]).ends(0, &["warning[limit-large]"]);
    desk.gw(&["query", "fields n | limit 100001", "logs", "--strict"]).ends(2, &["error[too-many-rows]"]);
    desk.gw(&["check", "fields n | limit 100001", "--strict"]).ends(2, &["error[too-many-rows]"]);
}

#[test]
fn statistics_stand_beside_the_answer() {
    let desk = Desk::with_logs();
    let said = desk.gw(&["query", "fields n | filter n = 2", "logs", "--stats", "--format", "csv"]);
    said.ends(0, &["1 row; 1 of 3 events matched; 66 B of messages in 1 log group; "]);
    assert_eq!(said.out, "n\n2\n");
}

#[test]
fn a_table_that_is_no_screen_is_as_wide_as_it_is() {
    let desk = Desk::new();
    desk.lay("a.jsonl", format!("{{\"text\":\"{}\"}}\n", "word ".repeat(100)));
    for wide in [&["--wide"][..], &[]] {
        let said = desk.gw(&[&["query", "fields text, text as again", "a.jsonl"], wide].concat());
        assert!(said.answer().lines().any(|it| it.len() > 900), "{}", said.out);
    }
}
