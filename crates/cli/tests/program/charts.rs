//! Pictures of answers and what stands around them: `--format chart`, `--format svg`, `--histogram`, `--summary`.

use crate::desk::Desk;

const BY_MINUTE: &str = "stats count(*) as events by bin(1m)";

#[test]
fn bins_are_drawn_over_time_and_groups_as_bars() {
    let desk = Desk::new();
    desk.lay("a.log", crate::desk::events(0..180));
    let said = desk.gw(&["query", BY_MINUTE, "a.log", "--format", "chart"]);
    let lines: Vec<&str> = said.answer().lines().collect();
    assert_eq!(lines[0], "events");
    assert_eq!(lines[1], "60 ┤█████ █████ █████");
    assert!(lines[9].contains("2026-01-01 00:00:00 … 2026-01-01 00:02:00"), "{lines:#?}");
    let bars = desk.gw(&["query", "stats count(*) as events by level", "a.log", "--format", "chart"]);
    assert!(bars.answer().starts_with("events\nINFO  █") && bars.out.ends_with(" 180\n"), "{}", bars.out);
    let svg = desk.gw(&["query", BY_MINUTE, "a.log", "--format", "svg", "--output", "a.svg"]);
    assert_eq!(svg.answer(), "");
    assert!(std::fs::read_to_string(desk.path("a.svg")).unwrap().ends_with("</svg>\n"));
}

#[test]
fn what_cannot_be_drawn_says_what_could() {
    let desk = Desk::with_logs();
    for format in ["chart", "svg"] {
        let said = desk.gw(&["query", "fields level", "logs", "--format", format]);
        assert_eq!(said.ends(2, &["no numbers to draw", "bin(5m)"]).out, "");
        let none = desk.gw(&["query", "filter n > 9 | stats count(*) by bin(1m)", "logs", "--format", format]);
        assert_eq!(none.ends(0, &["let none through"]).out, "");
    }
}

#[test]
fn a_histogram_stands_above_a_table() {
    let desk = Desk::with_logs();
    let said = desk.gw(&["query", "fields n | filter n > 1 | sort n asc | limit 1", "logs", "--histogram"]);
    let (above, answer) = said.answer().rsplit_once("\n\n").unwrap();
    assert_eq!(answer, "n\n2\n");
    assert!(above.starts_with("matching events\n1 ┤█████ █████\n"), "{above}");
    let sums = desk.gw(&["query", "filter n > 1 | stats sum(n) as total", "logs", "--histogram"]);
    assert!(sums.answer().contains("█████ █████") && sums.out.ends_with("total\n    5\n"), "{}", sums.out);
    desk.gw(&["query", "fields n", "logs", "--histogram", "--format", "json"]).ends(2, &["--histogram draws above"]);
    let none = desk.gw(&["query", "fields n | filter n > 9", "logs", "--histogram"]);
    none.ends(0, &["let none through"]);
    assert!(!none.out.contains("matching"), "{}", none.out);
}

#[test]
fn a_summary_says_what_was_asked_as_the_console_does() {
    let desk = Desk::with_logs();
    desk.lay("more/b.log", crate::desk::events(1..=3));
    let query = "SOURCE 'logs' | fields n\n| filter n = 2";
    let ask = ["query", query, "logs", "more", "--format", "markdown", "--summary"];
    let range = ["--start", "2026-01-01T00:00:01.500Z", "--end", "2026-01-01T00:01:00Z"];
    let expected = "\
        **CloudWatch Logs Insights**    \n\
        log-group-names: logs    \n\
        start-time: 2026-01-01T00:00:01.500Z    \n\
        end-time: 2026-01-01T00:01:00.000Z    \n\
        query-string:\n  ```\n  SOURCE 'logs' | fields n\n| filter n = 2\n  ```\n---\n\
        | n |\n| --- |\n| 2 |\n---\n";
    assert_eq!(desk.gw(&[&ask[..], &range].concat()).answer(), expected);
    let whole = desk.gw(&["query", "fields n", "logs", "more", "--format", "markdown", "--summary"]);
    assert!(whole.answer().contains("log-group-names: logs, more    \nquery-string:\n"), "{}", whole.out);
    desk.gw(&["query", "fields n", "logs", "--summary"]).ends(2, &["--format markdown"]);
}
