//! `gw trace`: the story of one request, on made-up logs and on broken ones.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use serde_json::Value;

use crate::desk::{Desk, Said, events, gzip};

/// The root of the project.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Asks for an id in the gateway's and the function's log group of the archive that the lesson's request is in.
fn trace_demo(desk: &Desk, id: &str, more: &[&str]) -> Said {
    let group = |name: &str| format!("--log-group=/aws/{name}={ROOT}/testdata/logs/demo/aws/{name}");
    let groups = [group("lambda/my-frontend-app-api"), group("apigateway/my-frontend-app-api")];
    desk.gw(&[&["trace", id, &groups[0], &groups[1]], more].concat())
}

/// A gateway and a function; the first request fails in the function, which the gateway's line names.
fn desk() -> Desk {
    let desk = Desk::new();
    let gateway = concat!(
        r#"{"timestamp":"2026-01-01T00:00:01.000Z","requestId":"gateway-id-0001","httpMethod":"POST","path":"/orders","#,
        r#""status":"500","responseLatency":"120","integrationRequestId":"57f231fb-1730-4395-85cb-4f71bd2b87b8"}"#,
        "\n",
        r#"{"timestamp":"2026-01-01T00:00:02.000Z","requestId":"gateway-id-0002","httpMethod":"GET","path":"/","status":"200"}"#,
        "\n"
    );
    desk.lay("logs/gateway/a.jsonl", gateway);
    let id = "57f231fb-1730-4395-85cb-4f71bd2b87b8";
    let function = format!(
        "2026-01-01T00:00:00.900Z START RequestId: {id} Version: 1\n\
         2026-01-01T00:00:00.910Z {{\"level\":\"ERROR\",\"message\":\"it broke\",\"requestId\":\"gateway-id-0001\",\
         \"errorType\":\"TypeError\",\"errorMessage\":\"no <id>\",\"stack\":\"TypeError: no <id>\\n    at handler (a.js:1)\"}}\n\
         2026-01-01T00:00:00.990Z REPORT RequestId: {id}\tDuration: 90.00 ms\tBilled Duration: 290 ms\t\
         Memory Size: 128 MB\tMax Memory Used: 80 MB\tInit Duration: 200.00 ms\t\n"
    );
    desk.lay("logs/function/a.log", function);
    desk
}

#[test]
fn times_are_told_in_the_zone_that_is_asked_for() {
    let desk = desk();
    let ask = |more: &[&str]| desk.gw(&[&["trace", "gateway-id-0001", "logs", "--tz"], more].concat());
    let text = ask(&["Asia/Kolkata"]).answer().to_owned();
    for part in ["time        2026-01-01 05:30:00.700 Asia/Kolkata, ", "\n05:30:00.910 ", "  function 05:30:00.910\n"] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
    // The day is that of the zone, too.
    assert!(ask(&["-08:00"]).answer().contains("2025-12-31 16:00:00.700 -08:00"));
    for (format, parts) in [
        ("markdown", ["2026-01-01 05:30:00.700 Asia/Kolkata", "| 05:30:00.910 |"]),
        ("html", ["2026-01-01 05:30:00.700 Asia/Kolkata", "<span>time, Asia/Kolkata</span>"]),
        ("json", ["\"timestamp\": \"2026-01-01 05:30:00.910\"", "\"timeZone\": \"Asia/Kolkata\""]),
    ] {
        let said = ask(&["Asia/Kolkata", "--format", format]);
        for part in parts {
            assert!(said.answer().contains(part), "no `{part}` in\n{}", said.out);
        }
    }
    ask(&["Nowhere/City"]).ends(2, &["--tz takes a zone such as Europe/Berlin"]);
}

#[test]
fn the_lesson_s_request_is_told_from_gateway_to_table_and_back() {
    let desk = Desk::new();
    let said = trace_demo(&desk, "abc-123-def-456", &[]);
    let lines: Vec<&str> = said.answer().lines().collect();
    assert_eq!(lines[0], "request     abc-123-def-456");
    assert!(
        lines[1].contains("95bfacdc-d4ae-4c30-9fe3-6ec4910afed9  integrationRequestId of /aws/apigateway/"),
        "{lines:#?}"
    );
    let told: Vec<&str> = lines.iter().filter(|it| it.starts_with("14:30:00.")).copied().collect();
    let expected = [
        ("14:30:00.100", "Request started · GET /items"),
        ("14:30:00.145", "DynamoDB read completed · GetItem"),
        ("14:30:00.150", "Request completed → 200"),
        ("14:30:00.151", "REPORT"),
        ("14:30:00.155", "GET /items → 200"),
    ];
    for (time, text) in expected {
        assert!(told.iter().any(|it| it.starts_with(time) && it.contains(text)), "{time} {text}: {told:#?}");
    }
    assert!(told.iter().any(|it| it.contains("45 ms") && it.contains("█") && it.ends_with("42 ms dynamoDuration")));
    // Whichever of its ids is asked for, it is the same story.
    let other = trace_demo(&desk, "95bfacdc-d4ae-4c30-9fe3-6ec4910afed9", &[]);
    let entries = |text: &str| text.lines().filter(|it| it.starts_with("14:30")).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(entries(other.answer()), entries(&said.out));
    let alone = trace_demo(&desk, "abc-123-def-456", &["--links", "0"]);
    assert_eq!(entries(&alone.out).len(), 4, "{}", alone.out);
    alone.ends(0, &[]);
}

#[test]
fn errors_stand_at_the_end_with_stack_cold_start_and_what_is_billed() {
    let desk = desk();
    let said = desk.gw(&["trace", "gateway-id-0001", "logs"]);
    let text = said.answer();
    assert!(text.contains("result      status 500, with errors"), "{text}");
    assert!(text.contains("ran 90 ms, billed 290 ms, 80 of 128 MB, cold start 200 ms"), "{text}");
    assert!(text.trim_end().ends_with("at handler (a.js:1)") && text.contains("TypeError: no <id>"), "{text}");
    assert!(!text.contains("gateway-id-0002") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn json_has_all_of_it() {
    let desk = desk();
    let said = desk.gw(&["trace", "gateway-id-0001", "logs", "--format", "json"]);
    let story: Value = serde_json::from_str(said.answer()).unwrap();
    assert_eq!(story["ids"][1]["field"], "integrationRequestId");
    assert_eq!(story["entries"].as_array().unwrap().len(), 4);
    assert_eq!(story["entries"][1]["afterMs"], 10);
    assert_eq!(story["entries"][3]["spans"][0]["start"], "2026-01-01 00:00:00.880");
    assert_eq!(story["invocations"][0]["coldStartMs"], 200.0);
    assert_eq!(story["errors"][0]["error"], "TypeError: no <id>");
    let none = desk.gw(&["trace", "nobody-knows-it", "logs", "--format", "json"]);
    none.ends(0, &["no entry has the id `nobody-knows-it`"]);
    assert_eq!(serde_json::from_str::<Value>(&none.out).unwrap()["entries"], Value::Array(Vec::new()));
}

#[test]
fn pages_escape_what_logs_hold() {
    let desk = desk();
    let html = desk.gw(&["trace", "gateway-id-0001", "logs", "--format", "html"]).answer().to_owned();
    assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
    assert!(html.contains("no &lt;id&gt;") && !html.contains("no <id>"), "{html}");
    assert!(!html.contains("<script") && !html.contains("http://") && !html.contains("https://"), "{html}");
    let count = |tag: &str| html.matches(tag).count();
    for tag in ["details", "table", "div", "main", "pre"] {
        assert_eq!(count(&format!("<{tag}")), count(&format!("</{tag}>")), "{tag}");
    }
    let markdown = desk.gw(&["trace", "gateway-id-0001", "logs", "--format", "markdown"]).answer().to_owned();
    assert!(
        markdown.contains("no \\<id>") && markdown.contains("```\nTypeError: no <id>\n    at handler"),
        "{markdown}"
    );
    let columns = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(markdown.lines().filter(|it| it.starts_with('|')).all(|it| columns(it) == 8), "{markdown}");
}

#[test]
fn a_story_goes_to_a_file_whole_or_not_at_all() {
    let desk = desk();
    let args = ["trace", "gateway-id-0001", "logs", "--format", "html", "--output", "story.html"];
    assert_eq!(desk.gw(&args).answer(), "");
    assert!(std::fs::read_to_string(desk.path("story.html")).unwrap().ends_with("</html>\n"));
    let args = ["trace", "gateway-id-0001", "logs", "--output", "nowhere/story.txt"];
    desk.gw(&args).ends(1, &["nowhere/story.txt cannot be written"]);
}

#[test]
fn what_is_no_answer_says_why() {
    let desk = desk();
    assert_eq!(desk.gw(&["trace", "nobody-knows-it", "logs"]).ends(0, &["no entry has the id"]).out, "");
    desk.gw(&["trace", "nobody-knows-it", "nowhere"]).ends(1, &["nowhere"]);
    desk.gw(&["trace", "logs", "gateway-id-0001"]).ends(2, &["the id comes first"]);
    desk.gw(&["trace", " ", "logs"]).ends(2, &["there is no id"]);
    desk.gw(&["trace"]).ends(2, &["<ID>"]);
    desk.gw(&["trace", "gateway-id-0001", "logs", "--format", "pdf"]).ends(2, &["text, json, markdown, html"]);
    let late = ["trace", "gateway-id-0001", "logs", "--start", "2026-01-02"];
    desk.gw(&[&late[..], &["--now", "2026-01-03"]].concat()).ends(0, &["no entry in this time range has the id"]);
    desk.gw(&["trace", "42", "logs"]).ends(0, &["so short an id"]);
}

#[test]
fn short_ids_count_in_fields_that_are_named() {
    let desk = Desk::with_logs();
    let said = desk.gw(&["trace", "2", "logs", "--field", "n"]);
    assert_eq!(said.answer().lines().filter(|it| it.starts_with("00:00:")).count(), 1, "{}", said.out);
}

#[test]
fn damaged_files_are_told_of_and_the_rest_is() {
    let desk = desk();
    desk.lay("logs/function/torn.gz", &gzip(&events(0..5000))[..900]);
    let half = r#"{"events":[{"timestamp":1767225600950,"message":"gateway-id-0001 half"},{"timestamp":17672"#;
    desk.lay("logs/half/page.json", half);
    let said = desk.gw(&["trace", "gateway-id-0001", "logs"]);
    said.ends(3, &["torn.gz"]);
    assert!(said.out.contains("gateway-id-0001 half") && said.out.contains("TypeError"), "{}", said.out);
}

#[test]
fn who_reads_one_line_gets_one_line() {
    let desk = Desk::new();
    let line = |n: u64| format!("{{\"requestId\":\"the-same-id\",\"n\":{n},\"timestamp\":\"2026-01-01T00:00:00Z\"}}\n");
    desk.lay("a.jsonl", (0..9000).map(line).collect::<String>());
    for format in ["text", "json", "markdown", "html"] {
        let mut command = desk.command(&["trace", "the-same-id", "a.jsonl", "--format", format]);
        let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let mut told = String::new();
        running.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((running.wait().unwrap().code(), told.as_str()), (Some(0), ""), "{format}");
    }
}
