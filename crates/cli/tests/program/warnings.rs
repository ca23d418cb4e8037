//! What is said beside an answer that may not be what was meant.

use serde_json::Value;

use crate::desk::{Desk, Said, events};

fn ask(query: &str, args: &[&str]) -> Said {
    let desk = Desk::with_logs();
    desk.lay("logs/b.log", r#"2026-01-01T00:00:04Z {"level":"WARN","user-id":"u1"}"#);
    desk.gw(&[&["query", query, "logs", "--format", "csv"], args].concat())
}

#[test]
fn a_field_that_no_event_has() {
    let said = ask("fields lvel", &[]);
    said.ends(0, &["warning[unknown-field]: no event has a field `lvel`", "^^^^", "`level`"]);
    ask("fields nothing_like_it", &[]).ends(0, &["`nothing_like_it`", "`gw fields` lists"]);
    // One event has it, so it is known, though no row that is shown does.
    ask("filter n = 1 | fields `user-id`", &[]).ends(0, &[]);
    ask("filter ispresent(nosuch) or n > 0 | fields n", &[]).ends(0, &[]);
}

#[test]
fn a_field_that_is_looked_at_because_events_have_it() {
    let desk = Desk::with_logs();
    // More events than are looked at to find the names of fields; the last alone has one that is never a number.
    desk.lay("many/a.log", "2026-01-01T00:00:04Z {\"n\":1}\n".repeat(21_000));
    desk.lay("many/b.log", "2026-01-01T00:00:04Z {\"route\":\"home\"}\n");
    let said = desk.gw(&["query", "relevantfields where n > 0 | display @fieldName", "many", "--format", "csv"]);
    assert!(said.ends(0, &[]).out.contains("route"));
    assert!(!said.err.contains("unknown-field"), "{}", said.err);
}

#[test]
fn a_name_that_is_a_subtraction() {
    let said = ask("fields user-id", &[]);
    said.ends(0, &["warning[subtraction-in-name]", "`` `user-id` ``"]);
    assert!(!said.err.contains("unknown-field"), "once is enough:\n{}", said.err);
    assert!(ask("fields `user-id`", &[]).ends(0, &[]).out.contains("u1"));
}

#[test]
fn a_sort_by_something_that_is_no_column() {
    ask("stats count(*) by level | sort count", &[]).ends(0, &["warning[count-name]"]);
    ask("stats count(*) by level | sort nosuch", &[]).ends(0, &["warning[sort-by-missing]"]);
    ask("stats count(*) by level | sort count(*)", &[]).ends(2, &["error[sort-by-expression]", "as n"]);
}

#[test]
fn the_filter_that_left_nothing_is_named() {
    let none = |query: &str, culprit: &str| {
        let said = ask(query, &[]);
        said.ends(0, &[&format!("no row: `{culprit}` let none through")]);
    };
    none("filter level = \"ERROR\"", "filter level = \"ERROR\"");
    none("filter n > 1 | filter level = \"ERROR\"", "filter level = \"ERROR\"");
    none("filter level = \"ERROR\" | filter n > 1", "filter level = \"ERROR\"");
    none("filter n > 99 | filter level = \"INFO\"", "filter n > 99");
    none("filter n > 99\n| filter level like /INFO/\n| fields n", "filter n > 99");
    none(
        "filter @message like /INFO/ | filter @message like \"nowhere\" | fields n",
        "filter @message like \"nowhere\"",
    );
}

#[test]
fn no_event_in_the_range() {
    ask("fields n", &["--end", "2020-01-01"]).ends(0, &["no event lies in the log groups and the time range"]);
    ask("SOURCE logGroups(namePrefix: ['/none']) | fields n", &[]).ends(0, &["no event lies in the log groups"]);
}

#[test]
fn warnings_as_json() {
    let said = ask("fields user-id, lvel | filter level = \"ERROR\"", &["--warnings", "json"]);
    let notes: Vec<Value> = said.err.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let codes: Vec<&str> = notes.iter().filter_map(|it| it["code"].as_str()).collect();
    assert_eq!(codes, ["subtraction-in-name", "unknown-field"]);
    assert_eq!((notes[0]["start"].as_u64(), notes[0]["end"].as_u64()), (Some(7), Some(14)));
    assert!(notes[1]["help"].as_str().unwrap().contains("`level`"));
    assert!(notes[2]["message"].as_str().unwrap().contains("let none through"));
    assert!(notes.iter().all(|it| it["severity"] == "warning"));
}

#[test]
fn faults_of_files_and_arguments_as_json() {
    let desk = Desk::with_logs();
    desk.lay("logs/bad", [0, 1, 255]);
    let said = desk.gw(&["query", "fields n", "logs", "--limit", "100001", "--warnings", "json"]);
    assert_eq!(said.code, Some(3));
    let notes: Vec<Value> = said.err.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert_eq!((notes[1]["code"].as_str(), notes[1]["path"].as_str()), (Some("unread"), Some("logs/bad")));
}

#[test]
fn a_refusal_as_json() {
    let said = ask("filtr n | fields n,", &["--warnings", "json"]);
    let notes: Vec<Value> = said.err.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(said.code, Some(2));
    assert!(notes.iter().all(|it| it["severity"] == "error" && it["code"].is_string()), "{notes:?}");
}

#[test]
fn a_query_that_is_fine_says_nothing() {
    let desk = Desk::new();
    desk.lay("logs/a.log", events(1..=3));
    let query = "fields @timestamp, n as number | filter level = \"INFO\" | sort n desc | limit 2";
    assert_eq!(desk.gw(&["query", query, "logs"]).answer().lines().count(), 3);
}
