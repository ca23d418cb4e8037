//! `gw check`: for programs, and of log files.

use serde_json::Value;

use crate::desk::{Desk, Said};

fn notes(said: &Said) -> Vec<Value> {
    said.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

#[test]
fn faults_as_json_lines() {
    let desk = Desk::new();
    let said = desk.gw(&["check", "feilds a | sort bin(5m)", "--format", "json"]);
    said.ends(2, &[]);
    let notes = notes(&said);
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert_eq!((&notes[0]["code"], &notes[0]["severity"]), (&"unknown-command".into(), &"error".into()));
    assert_eq!((notes[1]["start"].as_u64(), notes[1]["end"].as_u64()), (Some(16), Some(23)));
    let exception = &notes[1]["exception"];
    assert_eq!(exception["__type"], "MalformedQueryException");
    assert_eq!(exception["message"], "unexpected symbol found ( at line 1 and position 19");
    assert_eq!(exception["queryCompileError"]["message"], exception["message"]);
    assert_eq!(exception["queryCompileError"]["location"]["startCharOffset"], 19);
    assert_eq!(exception["queryCompileError"]["location"]["endCharOffset"], 20);
}

#[test]
fn warnings_as_json_lines_are_no_exceptions() {
    let desk = Desk::new();
    let said = desk.gw(&["check", "fields user-id", "--format", "json"]);
    said.ends(0, &[]);
    let notes = notes(&said);
    assert_eq!((notes.len(), &notes[0]["code"]), (1, &"subtraction-in-name".into()));
    assert!(notes[0].get("exception").is_none());
    assert_eq!(desk.gw(&["check", "fields a", "--format", "json"]).answer(), "");
}

#[test]
fn places_count_from_the_source_that_the_service_puts_before() {
    let desk = Desk::with_logs();
    let check = |args: &[&str]| {
        let said = desk.gw(&[&["check", "fields a as n, b as n", "--format", "json"], args].concat());
        let note = notes(said.ends(2, &[])).remove(0);
        note["exception"]["queryCompileError"]["location"]["startCharOffset"].as_u64().unwrap()
    };
    assert_eq!(check(&[]), 20);
    assert_eq!(check(&["--log-group", "/aws/lambda/api=logs"]), 20 + 50 + 15);
    desk.lay("more/b.log", "2026-01-01T00:00:04Z {}");
    // Of two groups, nobody knows what stands before the query.
    assert_eq!(check(&["--log-group", "/aws/lambda/api=logs", "--log-group", "/b=more"]), 20);
}

#[test]
fn fields_that_no_event_has() {
    let desk = Desk::with_logs();
    let said = desk.gw(&["check", "fields lvel, n | filter ispresent(nosuch)", "logs"]);
    said.ends(0, &["warning[unknown-field]: no event has a field `lvel`", "`level`"]);
    assert!(!said.err.contains("field `nosuch`"), "to ask for it is no mistake:\n{}", said.err);
    desk.gw(&["check", "fields level | filter n > 99 | stats max(n)", "logs"]).ends(0, &[]);
    // The last event of many has it.
    desk.lay("logs/b.log", "2026-01-01T00:00:04Z {\"rare\":1}");
    desk.gw(&["check", "fields rare", "logs"]).ends(0, &[]);
    desk.gw(&["check", "filtr rare", "logs"]).ends(2, &["unknown-command"]);
}

#[test]
fn files_that_cannot_be_checked_against() {
    let desk = Desk::with_logs();
    desk.gw(&["check", "fields n", "nowhere"]).ends(1, &["nowhere"]);
    desk.gw(&["check", "SOURCE '/none' | fields n", "logs"]).ends(2, &["error[unknown-log-group]", "`/none`"]);
    desk.gw(&["check", "SOURCE '/none' | fields n"]).ends(0, &[]);
    let told = desk.gw(&["check", "SOURCE '/none' | fields n", "logs", "--format", "json"]);
    assert_eq!(notes(&told)[0]["exception"]["__type"], "ResourceNotFoundException");
    desk.lay("logs/bad", [0, 1, 255]);
    desk.gw(&["check", "fields n", "logs"]).ends(3, &["logs/bad"]);
    desk.gw(&["check", "fields n", "fields m"]).ends(2, &["one query at a time"]);
    desk.gw(&["check"]).ends(2, &["there is no query"]);
    desk.gw_fed(&["check", "--query-file", "-", "-"], b"fields n").ends(2, &["standard input"]);
    let fed = desk.gw_fed(&["check", "fields nosuch", "-"], b"{\"level\":1}\n");
    fed.ends(0, &["`nosuch`"]);
}

#[test]
fn what_a_class_of_log_groups_refuses() {
    let desk = Desk::new();
    let check = |args: &[&str]| desk.gw(&[&["check", "filterIndex a = 1"], args].concat());
    check(&[]).ends(0, &[]);
    check(&["--strict"]).ends(0, &[]);
    check(&["--class", "infrequent-access"]).ends(0, &["warning[infrequent-access]", "`filterIndex`"]);
    check(&["--class", "infrequent-access", "--strict"]).ends(2, &["error[not-in-class]"]);
    check(&["--class", "cold"]).ends(2, &["infrequent-access"]);
}

/// The text that the warning of an unknown field marks, with its place, and its help.
fn unknown(query: &str) -> (String, Value) {
    let desk = Desk::new();
    desk.lay("logs/a.log", "2026-01-01T00:00:00Z {\"level\":\"ERROR\",\"n\":1}\n");
    let said = desk.gw(&["check", query, "logs", "--format", "json"]);
    let note = notes(said.ends(0, &[])).into_iter().find(|it| it["code"] == "unknown-field").unwrap();
    let place = |end: &str| note[end].as_u64().unwrap() as usize;
    (query[place("start")..place("end")].to_owned() + &format!(" at {}", place("start")), note["help"].clone())
}

#[test]
fn an_unknown_field_is_marked_where_it_is_named() {
    assert_eq!(unknown("fields @timestamp, n | sort timestamp desc").0, "timestamp at 28");
    assert_eq!(unknown("filter @message like \"levle\" | fields levle").0, "levle at 38");
    assert_eq!(unknown("# nope is here\nfields nope").0, "nope at 22");
    assert_eq!(unknown("filter a.b[0].c = 1").0, "a.b[0].c at 7");
    assert_eq!(unknown("filter @`aws.tag.x` = 'y'").0, "@`aws.tag.x` at 7");
    assert_eq!(unknown("stats count(*) by `no-such`").0, "`no-such` at 18");
}

#[test]
fn a_field_of_every_event_may_be_meant() {
    for (typed, meant) in [
        ("@mesage", "`@message`"),
        ("@timestmp", "`@timestamp`"),
        ("timestamp", "`@timestamp`"),
        ("@logstream", "`@logStream`"),
        ("logStream", "`@logStream`"),
        ("levle", "`level`"),
    ] {
        let (_, help) = unknown(&format!("fields {typed}"));
        assert!(help.as_str().unwrap().contains(meant), "{typed}: {help}");
    }
}

#[test]
fn the_words_of_the_service() {
    let desk = Desk::with_logs();
    let message = |args: &[&str]| {
        let said = desk.gw(&[&["check", "--format", "json"], args].concat());
        notes(said.ends(2, &[])).remove(0)["exception"].clone()
    };
    desk.lay("q.txt", "fields @timestamp\n| stats count(*) by\n");
    let it = message(&["--query-file", "q.txt"]);
    assert_eq!(it["message"], "unexpected symbol found <EOF> at line 3 and position 0");
    let it = message(&["parse @message '*' as x | relevantfields x where level = 'E'"]);
    assert_eq!(it["message"], "Query cannot be compiled");
    let it = message(&["SOURCE 'nope' | fields a", "--log-group", "/aws/lambda/api=logs"]);
    assert_eq!(it["message"], "Log group 'nope' does not exist for account ID '000000000000'");
    assert_eq!(it["__type"], "ResourceNotFoundException");
    desk.lay("defs/ByLevel.insights", "filter level = {{level}}");
    let it = message(&["$ByLevel(x = 1)", "--definitions", "defs"]);
    let words = "Invalid syntax while using query definition snippets: ";
    assert!(it["message"].as_str().unwrap().starts_with(words), "{it}");
    let it = message(&["$Nope()", "--definitions", "defs"]);
    assert!(it["message"].as_str().unwrap().starts_with(words), "{it}");
    desk.gw(&["check", "$Nope()"]).ends(0, &["unchecked"]);
}

#[test]
fn a_pointer_that_is_shown_is_written_once() {
    let desk = Desk::with_logs();
    let said = desk.gw(&["query", "display @ptr, n | limit 1", "logs", "--format", "aws"]);
    assert_eq!(said.ends(0, &[]).out.matches("@ptr").count(), 1, "{}", said.out);
}
