//! `--start`, `--end`, `--now`: which events count, and from where relative times count.

use crate::desk::{Desk, Said, events};

/// Nine events, one a second and half past it, from 00:00:01.500 to 00:00:09.500.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.lay("logs/a.log", events(1..=9));
    desk
}

fn ask(desk: &Desk, args: &[&str]) -> Said {
    desk.gw(&[&["query", "stats min(n) as first, max(n) as last", "logs", "--format", "csv"], args].concat())
}

#[track_caller]
fn spans(args: &[&str], first: u64, last: u64) {
    assert_eq!(ask(&desk(), args).answer(), format!("first,last\n{first},{last}\n"), "{args:?}");
}

#[test]
fn a_start_in_all_spellings() {
    let clock =
        ["2026-01-01T00:00:07Z", "2026-01-01T01:00:07+01:00", "2026-01-01 00:00:07", "1767225607", "1767225607000"];
    let relative = ["-2s", "-2sec", "now-2s", " -2s"];
    for start in clock {
        spans(&["--start", start], 7, 9);
        spans(&[&format!("--start={start}")], 7, 9);
    }
    for start in relative {
        // Two seconds before the newest event, at half past the second.
        spans(&["--start", start], 7, 9);
    }
    for all in ["2026-01-01", "-1h", "-1d", "-1w", "0"] {
        spans(&["--start", all], 1, 9);
    }
    spans(&["--start", "now"], 9, 9);
}

#[test]
fn the_last_second_counts_to_its_end() {
    for end in ["2026-01-01T00:00:07Z", "2026-01-01T00:00:07.100Z", "1767225607", "1767225607000", "-2s"] {
        spans(&["--end", end], 1, 7);
    }
    spans(&["--start", "1767225603", "--end", "1767225603"], 3, 3);
}

#[test]
fn what_relative_times_count_from() {
    spans(&["--start", "-3s", "--end", "-2s"], 6, 7);
    // A moment on the clock as the end is what the start counts from.
    spans(&["--start", "-2s", "--end", "2026-01-01T00:00:05.500Z"], 3, 5);
    spans(&["--start", "-2s", "--now", "2026-01-01T00:00:04.500Z"], 2, 4);
    spans(&["--end", "-2s", "--now", "2026-01-01T00:00:04.500Z"], 1, 2);
}

#[test]
fn the_queries_own_now_is_the_end() {
    let desk = desk();
    let now = |args: &[&str]| {
        let said = desk.gw(&[&["query", "fields now() as at | limit 1", "logs", "--format", "csv"], args].concat());
        said.answer().trim_start_matches("at\n").trim_end().to_owned()
    };
    assert_eq!(now(&[]), "1767225609");
    assert_eq!(now(&["--now", "2026-01-01T00:00:20Z"]), "1767225620");
    assert_eq!(now(&["--end", "2026-01-01T00:00:05Z"]), "1767225605");
    assert_eq!(now(&["--end", "-2s"]), "1767225607");
}

#[test]
fn a_range_without_events_is_an_answer() {
    for args in
        [&["--start", "2027-01-01"][..], &["--end", "2025-01-01"], &["--start", "2027-01-01", "--end", "2027-01-02"]]
    {
        let args = [&["query", "fields n", "logs", "--format", "csv"], args].concat();
        let said = desk().gw(&args);
        assert_eq!(said.ends(0, &["no event lies in the log groups and the time range"]).out, "n\n");
    }
}

#[test]
fn what_is_no_moment() {
    let desk = desk();
    for odd in ["yesterday", "-", "-1", "-1parsec", "-99999999999999999999d", "2026-13-01", "", "99999999999999999999"]
    {
        for flag in ["--start", "--end", "--now"] {
            ask(&desk, &[flag, odd]).ends(2, &[flag, &format!("found `{odd}`")]);
        }
    }
    ask(&desk, &["--now", "-1h"]).ends(2, &["--now takes a moment that does not hang on now"]);
}

#[test]
fn a_range_that_ends_before_it_starts() {
    let desk = desk();
    for args in [["--start", "2026-01-02", "--end", "2026-01-01"], ["--start", "-1s", "--end", "-1h"]] {
        ask(&desk, &args).ends(2, &["the time range ends before it starts"]);
    }
}

#[test]
fn moments_at_the_end_of_all_time() {
    let desk = desk();
    for far in ["9223372036854775807", "-9223372036854775807y", "9999-12-31T23:59:59Z", "-100000y"] {
        for flag in ["--start", "--end", "--now"] {
            let said = ask(&desk, &[flag, far]);
            assert!(matches!(said.code, Some(0 | 2)) && !said.err.contains("panicked"), "{flag} {far}: {said:?}");
        }
    }
}

#[test]
fn events_without_a_time_lie_outside_of_any_range() {
    let desk = Desk::new();
    desk.lay("logs/a.jsonl", "{\"n\":1}\n{\"n\":2}\n");
    desk.lay("logs/b.log", events(5..=5));
    assert_eq!(ask(&desk, &[]).answer(), "first,last\n1,5\n");
    let said = ask(&desk, &["--start", "2026-01-01"]);
    assert_eq!(said.ends(0, &["2 events without a time"]).out, "first,last\n5,5\n");
}
