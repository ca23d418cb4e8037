//! The other verbs: `check`, `fmt`, `explain`, `fields`, `groups`, `help`, `demo`.

use crate::desk::{Desk, events, gzip};

#[test]
fn check_says_what_is_wrong_and_nothing_else() {
    let desk = Desk::new();
    assert_eq!(desk.gw(&["check", "fields a | sort a desc"]).answer(), "");
    assert_eq!(desk.gw(&["check", "fields user-id"]).ends(0, &["warning[subtraction-in-name]"]).out, "");
    let said = desk.gw(&["check", "fields nosuch(a) | stats count() by b | filter c > 1 and count(*) > 2"]);
    said.ends(2, &["error["]);
    desk.gw(&["check", ""]).ends(2, &["error[empty-query]"]);
    assert_eq!(desk.gw_fed(&["check", "--query-file", "-"], b"filtr a").ends(2, &["unknown-command"]).out, "");
}

#[test]
fn fmt_writes_what_fmt_would_not_change() {
    let desk = Desk::new();
    let once = desk.gw(&["fmt", "fields a,b|  filter  a=1 # why\n|sort b desc"]).answer().to_owned();
    assert!(once.contains("| filter a = 1") && once.contains("# why"), "{once}");
    assert_eq!(desk.gw(&["fmt", once.trim_end()]).answer(), once);
    assert_eq!(desk.gw_fed(&["fmt", "--query-file", "-"], once.as_bytes()).answer(), once);
    assert_eq!(desk.gw(&["fmt", "fields (a"]).ends(2, &["error[unclosed]"]).out, "");
}

#[test]
fn explain_shows_query_tree_and_plan() {
    let desk = Desk::new();
    let said = desk.gw(&["explain", "filter level = \"INFO\" | stats avg(latency) by bin(5m)"]);
    for part in ["query\n\nfilter level = \"INFO\"\n", "\ntree\n", "\nplan\n", "number(latency)"] {
        assert!(said.answer().contains(part), "no `{part}` in\n{}", said.out);
    }
    desk.gw(&["explain", "filtr a"]).ends(2, &["unknown-command"]);
    let bounded = desk.gw(&["explain", "fields a", "--start", "-1h", "--now", "2026-01-01T12:00:00Z"]);
    assert!(bounded.answer().contains("2026-01-01 11:00:00.000 … 2026-01-01 12:00:00.999"), "{}", bounded.out);
    // Without a log there is no newest event.
    desk.gw(&["explain", "fields a", "--start", "-1h"]).ends(2, &["--now"]);
    desk.gw(&["explain", "fields a", "--start", "2026-01-01"]).ends(2, &["--now"]);
}

#[test]
fn fields_lists_what_the_events_have() {
    let desk = Desk::with_logs();
    desk.lay("logs/b.log", "2026-01-01T00:00:04Z {\"level\":\"WARN\"}\n");
    let said = desk.gw(&["fields", "logs"]);
    let lines: Vec<Vec<&str>> = said.answer().lines().map(|it| it.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["field", "percent", "sample"]);
    assert!(lines.contains(&vec!["level", "100.0", "INFO"]), "{lines:?}");
    assert!(lines.contains(&vec!["n", "75.0", "1"]), "{lines:?}");
    desk.gw(&["fields", "nowhere"]).ends(1, &["nowhere"]);
    desk.lay("logs/c.gz", &gzip(&events(1..=9))[..30]);
    desk.gw(&["fields", "logs"]).ends(3, &["logs/c.gz"]);
}

#[test]
fn groups_lists_where_the_events_belong() {
    let desk = Desk::new();
    let task = "11111111-2222-3333-4444-555555555555";
    desk.lay(format!("all/aws/lambda/shop/{task}/stream-a/000000.gz"), gzip(&events(1..=1)));
    desk.lay(format!("all/aws/lambda/shop/{task}/stream-b/000000.gz"), gzip(&events(1..=1)));
    desk.lay("all/other/a.jsonl", "{\"a\":1}\n");
    let said = desk.gw(&["groups", "all"]);
    let lines: Vec<Vec<&str>> = said.answer().lines().map(|it| it.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["log", "group", "streams", "files", "bytes", "format"]);
    assert_eq!((lines[1][0], lines[1][1], lines[1][2], lines[1][4]), ("/aws/lambda/shop", "2", "2", "export"));
    // JSON Lines say nothing of streams, and a number would.
    assert_eq!(lines[2], ["other", "1", "8", "jsonl"]);
}

#[test]
fn help_has_a_page_for_everything_it_lists() {
    let desk = Desk::new();
    assert!(desk.gw(&["help"]).answer().contains("gw help TOPIC"));
    for list in ["commands", "operators", "functions", "aggregates", "errors", "warnings"] {
        let topics = desk.gw(&["help", list]).answer().to_owned();
        assert!(topics.lines().count() > 15, "{list}: {topics}");
        for line in topics.lines().step_by(7) {
            let topic = line.split_whitespace().next().unwrap();
            assert!(desk.gw(&["help", topic]).answer().to_lowercase().contains(&topic.to_lowercase()));
        }
    }
    let formats = desk.gw(&["help", "formats"]).answer().to_owned();
    for name in ["export", "subscription", "syslog", "lambda", "markdown"] {
        assert!(formats.lines().any(|line| line.starts_with(&format!("{name} "))), "{name}: {formats}");
        assert!(desk.gw(&["help", name]).answer().starts_with(name) || name == "markdown");
    }
    assert!(desk.gw(&["help", "aws"]).answer().contains("get-query-results"));
    assert!(desk.gw(&["help", "PCT"]).answer().starts_with("pct("));
    for other in ["=~", "!", "IN"] {
        assert!(desk.gw(&["help", other]).answer().to_lowercase().contains(&other.to_lowercase()), "{other}");
    }
    for verb in ["query", "serve", "Man"] {
        let usage = format!("Usage: gw {}", verb.to_lowercase());
        assert!(desk.gw(&["help", verb]).answer().contains(&usage), "{verb}");
    }
    desk.gw(&["help", "stast"]).ends(2, &["on `stats` there is"]);
    desk.gw(&["help", "zzzzzzzz"]).ends(2, &["`gw help` lists"]);
}

#[test]
fn version_and_usage() {
    let desk = Desk::new();
    assert_eq!(desk.gw(&["--version"]).answer(), concat!("gw ", env!("CARGO_PKG_VERSION"), "\n"));
    let usage = desk.gw(&["--help"]).answer().to_owned();
    for verb in [
        "query",
        "check",
        "fmt",
        "explain",
        "trace",
        "verify",
        "fields",
        "groups",
        "help",
        "demo",
        "completions",
        "man",
    ] {
        assert!(usage.lines().any(|it| it.trim_start().starts_with(verb)), "{verb}");
        assert!(desk.gw(&[verb, "--help"]).answer().contains("Usage: gw"), "{verb}");
    }
}

#[test]
fn the_demo_is_the_same_each_time_and_overwrites_nothing() {
    let desk = Desk::new();
    for folder in ["a", "b c"] {
        let said = desk.gw(&["demo", folder, "--requests", "30", "--seed", "7"]);
        assert!(said.answer().contains("30 requests"), "{}", said.out);
    }
    assert_eq!(desk.shell("diff -r a 'b c'").answer(), "");
    let again = desk.gw(&["demo", "a", "--requests", "30", "--seed", "8"]);
    assert_eq!(again.ends(1, &["a: ", "already"]).out, "");
    assert_eq!(desk.shell("diff -r a 'b c'").answer(), "");
    desk.gw(&["demo", "d", "--requests", "30", "--seed", "8"]).ends(0, &[]);
    assert_eq!(desk.shell("diff -rq a d > differs").code, Some(1));
}

#[test]
fn what_the_demo_proposes_works() {
    let desk = Desk::new();
    for shape in ["export-gzip", "export", "event-lines", "event-pages"] {
        let folder = format!("it's {shape}");
        let said = desk.gw(&["demo", &folder, "--requests", "30", "--shape", shape]);
        let line = said.answer().lines().last().unwrap().trim().to_owned();
        let command = line.strip_prefix("gw ").unwrap();
        let rows = desk.shell(&format!("\"$gw\" {command} --format csv"));
        assert!(rows.answer().lines().count() > 2, "{shape}: {rows:?}");
    }
}
