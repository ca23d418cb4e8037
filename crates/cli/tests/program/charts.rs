//! Pictures of answers: `--format chart`, `--format svg`, `--histogram`.

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
