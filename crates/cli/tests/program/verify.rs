//! `gw verify`: recorded answers, true ones, false ones and broken ones.

use crate::desk::Desk;

const QUERY: &str = "stats count(*) as events, sum(n) as total by level";

fn desk(answer: &str) -> Desk {
    let desk = Desk::with_logs();
    desk.lay("answer.json", answer);
    desk
}

#[test]
fn a_true_answer_is_told_to_be_true() {
    let desk = Desk::with_logs();
    for format in ["aws", "json", "csv", "markdown"] {
        let file = format!("answer.{format}");
        desk.gw(&["query", QUERY, "logs", "--format", format, "--output", &file]).answer();
        let said = desk.gw(&["verify", &file, QUERY, "logs"]);
        let told = "1 row recorded, 1 row ours; 3 cells: 3 equal, 0 within the service's own precision, 0 different\n";
        assert_eq!(said.answer(), told, "{format}");
    }
}

#[test]
fn the_consoles_markdown_brings_its_question_along() {
    let desk = Desk::with_logs();
    let range = ["--start", "2026-01-01T00:00:02Z", "--end", "2026-01-01T00:00:03Z"];
    let ask = ["query", "fields n, level\n| sort n asc", "logs", "--format", "markdown", "--summary"];
    let page = desk.gw(&[&ask[..], &range].concat()).answer().to_owned();
    desk.lay("answer.md", &page);
    let said = desk.gw(&["verify", "answer.md", "logs"]);
    let told = "asked of the time that the recorded answer names, 2026-01-01T00:00:02.000Z to 2026-01-01T00:00:03.000Z\n\
                2 rows recorded, 2 rows ours; 4 cells: 4 equal, ";
    assert!(said.answer().starts_with(told), "{said:?}");
    // What is asked for goes before what the head says.
    let said = desk.gw(&["verify", "answer.md", "fields n, level | limit 1", "logs"]);
    said.ends(1, &["differ"]);
    desk.gw(&["verify", "answer.md", "logs", "--start", "2026-01-01T00:00:03Z"]).ends(1, &["differ"]);
}

#[test]
fn markdown_holds_no_blanks_at_the_ends_of_cells() {
    let desk = Desk::new();
    desk.lay("a.jsonl", "{\"m\":\" a\\tb\\n\"}\n{\"m\":\"  \"}\n");
    for (format, told) in [("markdown", "2 rows recorded, 2 rows ours; 2 cells: 2 equal"), ("csv", "2 cells: 2 equal")]
    {
        let file = format!("answer.{format}");
        desk.gw(&["query", "fields m", "a.jsonl", "--format", format, "--output", &file]).answer();
        let said = desk.gw(&["verify", &file, "fields m", "a.jsonl"]);
        assert!(said.answer().contains(told), "{said:?}");
    }
    desk.lay("answer.csv", "m\na b\n  \n");
    desk.gw(&["verify", "answer.csv", "fields m", "a.jsonl"]).ends(1, &["differ"]);
}

#[test]
fn what_differs_is_told_cell_by_cell() {
    let desk = desk(r#"[{"level":"INFO","events":"4","total":"6.0"},{"level":"WARN","events":"1"}]"#);
    let said = desk.gw(&["verify", "answer.json", QUERY, "logs"]);
    said.ends(1, &["the recorded answer and ours differ"]);
    for line in [
        "row 1, `events`: recorded `4`, ours `3`\n",
        "row 1, `total`: recorded `6.0`, ours `6`: the same number in another spelling\n",
        "row recorded alone: level=WARN events=1\n",
    ] {
        assert!(said.out.contains(line), "{line}: {}", said.out);
    }
}

#[test]
fn programs_are_told_in_json() {
    let desk = desk(r#"[{"level":"INFO","events":"4","total":"6.0","p50":"2.05"},{"level":"WARN","events":"1"}]"#);
    let query = "stats count(*) as events, sum(n) as total, pct(n, 50) as p50, max(n) as most by level";
    let said = desk.gw(&["verify", "answer.json", query, "logs", "--format", "json"]);
    said.ends(1, &["differ"]);
    let found: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let expected = serde_json::json!({
        "holds": false,
        "rows": {"recorded": 2, "ours": 1, "reordered": false},
        "cells": {"equal": 1, "near": 2, "different": 1},
        "differences": [
            {"row": 1, "column": "total", "verdict": "near", "recorded": "6.0", "ours": "6",
             "reason": "the same number in another spelling"},
            {"row": 1, "column": "p50", "verdict": "near", "recorded": "2.05", "ours": "2",
             "reason": "an estimate of the service, which is up to 3.5 % off"},
            {"row": 1, "column": "events", "verdict": "different", "recorded": "4", "ours": "3", "reason": null},
        ],
        "rowsAlone": [{"of": "recorded", "row": 2, "cells": {"level": "WARN", "events": "1"}}],
        "columnsAlone": [{"of": "ours", "column": "most"}],
    });
    assert_eq!(found, expected, "{}", said.out);
}

#[test]
fn estimates_may_be_a_little_off() {
    let query = "stats pct(n, 50) as p50 by level";
    let near = desk(r#"[{"level":"INFO","p50":"2.05"}]"#);
    assert!(near.gw(&["verify", "answer.json", query, "logs"]).answer().contains("up to 3.5 % off"));
    let far = desk(r#"[{"level":"INFO","p50":"2.5"}]"#);
    far.gw(&["verify", "answer.json", query, "logs"]).ends(1, &["differ"]);
}

#[test]
fn broken_answers_say_what_is_wrong() {
    let desk = desk("{\"results\": [[{\"field\": \"lev");
    desk.gw(&["verify", "answer.json", QUERY, "logs"]).ends(1, &["answer.json", "no JSON to its end"]);
    desk.gw(&["verify", "nowhere.json", QUERY, "logs"]).ends(1, &["nowhere.json", "cannot be read"]);
    desk.lay("answer.json", "[]");
    desk.gw(&["verify", "answer.json", "filtr n", "logs"]).ends(2, &["unknown-command"]);
    desk.gw(&["verify", "answer.json", QUERY, "nothing"]).ends(1, &["nothing"]);
    desk.gw(&["verify", "answer.json"]).ends(2, &["there is no query"]);
}

#[test]
fn a_case_holds_query_logs_and_answer() {
    let desk = desk(r#"[{"level":"INFO","events":"4","total":"6"}]"#);
    let args = ["verify", "answer.json", QUERY, "logs/api.log", "--as-case", "case.md"];
    desk.gw(&args).ends(1, &["differ"]);
    let page = std::fs::read_to_string(desk.path("case.md")).unwrap();
    let case = testkit::case::Case::read(&desk.path("."), &desk.path("case.md"));
    let case = case.unwrap_or_else(|it| panic!("{it:?}\n{page}"));
    assert_eq!((case.questions.len(), case.inputs.len(), case.expectations.len()), (1, 1, 1), "{page}");
    let log = "```export logs/api.log\n2026-01-01T00:00:01.500Z";
    assert!(page.contains(log) && page.contains("level,events,total\nINFO,4,6\n"), "{page}");
    // It is the same case where the folder is named.
    desk.gw(&["verify", "answer.json", QUERY, "logs", "--as-case", "folder.md"]).ends(1, &["differ"]);
    assert_eq!(std::fs::read_to_string(desk.path("folder.md")).unwrap(), page);
    desk.gw(&["verify", "answer.json", QUERY, "logs/*.log", "--as-case", "no.md"]).ends(2, &["name files and folders"]);
    assert!(!desk.path("no.md").exists());
}

#[test]
fn a_case_holds_all_that_the_query_is_asked_with() {
    let desk = desk(r#"[{"owner":"me","events":"2"},{"owner":"you","events":"1"}]"#);
    desk.lay("logs/deep down/b.log", "2026-01-01T00:00:04Z {\"level\":\"WARN\"}\n");
    desk.lay("more.jsonl", "{\"@timestamp\":\"2026-01-01T00:00:05Z\",\"level\":\"WARN\"}\n");
    desk.lay("logs/.hidden", "no log");
    desk.lay("owners.csv", "level,owner\nINFO,me\nWARN,you\n");
    desk.lay("queries/owned.cwli", "lookup owners level OUTPUT owner");
    let args = [
        "verify",
        "answer.json",
        "$owned() | stats count(*) as events by owner",
        "logs",
        "--log-group",
        "/more=more.jsonl",
        "--lookup",
        "owners=owners.csv",
        "--definitions",
        "queries",
        "--start",
        "2026-01-01T00:00:02Z",
        "--end",
        "2026-01-01T00:00:04Z",
        "--as-case",
        "case.md",
    ];
    assert!(desk.gw(&args).answer().contains(" 0 different\n"));
    let page = std::fs::read_to_string(desk.path("case.md")).unwrap();
    let case =
        testkit::case::Case::read(&desk.path("."), &desk.path("case.md")).unwrap_or_else(|it| panic!("{it:?}\n{page}"));
    let names: Vec<&str> = case.inputs.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["logs/api.log", "logs/deep_down/b.log", "more.jsonl"], "{page}");
    assert_eq!(case.inputs[2].group.as_deref(), Some("/more"));
    assert_eq!(
        (case.tables[0].name.as_str(), case.questions[0].setting("end")),
        ("owners", Some("2026-01-01T00:00:04Z"))
    );
    assert!(case.questions[0].text.starts_with("lookup owners level OUTPUT owner"), "{page}");
}
