//! Colours and widths: for people at a terminal, and for nobody else.

use std::path::Path;

use crate::desk::{Desk, Said};

/// Something that only a terminal should get.
const ESCAPE: char = '\u{1b}';

/// Runs a line of the shell at a terminal 80 columns wide; nothing where there is no such program.
fn at_terminal(desk: &Desk, line: &str) -> Option<Said> {
    if !Path::new("/usr/bin/script").exists() {
        return None;
    }
    Some(desk.shell(&format!("script -qec 'stty cols 80 rows 24; export TERM=xterm; {line}' /dev/null")))
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.lay("a.jsonl", format!("{{\"a\":\"{}\",\"b\":\"{}\"}}\n", "word ".repeat(60), "ö日".repeat(60)));
    desk
}

/// How many columns a line takes, its colours not counted; the test data's wide signs are two.
fn columns(line: &str) -> usize {
    let mut width = 0;
    let mut signs = line.trim_end_matches('\r').chars();
    while let Some(sign) = signs.next() {
        match sign {
            ESCAPE => drop(signs.by_ref().find(char::is_ascii_alphabetic)),
            '日' => width += 2,
            _ => width += 1,
        }
    }
    width
}

#[test]
fn no_colours_where_no_terminal_is() {
    let desk = desk();
    for args in [
        &["query", "fields a, b, nosuch, a-b", "a.jsonl"][..],
        &["query", "filtr", "a.jsonl"],
        &["query", "fields a", "nowhere"],
        &["check", "fields a-b"],
        &["fields", "a.jsonl"],
        &["--help"],
    ] {
        let said = desk.gw(args);
        assert!(!said.out.contains(ESCAPE) && !said.err.contains(ESCAPE), "{said:?}");
    }
}

#[test]
fn a_table_fits_the_terminal() {
    let desk = desk();
    let Some(said) = at_terminal(&desk, "\"$gw\" query \"fields a, b\" a.jsonl") else { return };
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("word") && said.out.contains(ESCAPE), "{said:?}");
    for line in said.out.lines() {
        assert!(columns(line) <= 80, "{} columns: {line}", columns(line));
    }
    let Some(wide) = at_terminal(&desk, "\"$gw\" query \"fields a, b\" a.jsonl --wide") else { return };
    assert!(wide.out.lines().any(|it| columns(it) > 300), "{wide:?}");
}

#[test]
fn a_long_table_goes_to_the_pager_and_a_short_one_does_not() {
    let desk = Desk::new();
    desk.lay("long.log", crate::desk::events(0..60));
    let ask =
        |pager: &str, more: &str| at_terminal(&desk, &format!("{pager} \"$gw\" query \"fields n\" long.log {more}"));
    let Some(paged) = ask("PAGER=\"sed s/^/page:/\"", "") else { return };
    assert_eq!(paged.out.matches("page:").count(), 61, "{paged:?}");
    for (pager, more) in [
        ("PAGER=\"sed s/^/page:/\"", "--limit 5"),
        ("PAGER=\"sed s/^/page:/\"", "--no-pager"),
        ("PAGER=\"sed s/^/page:/\"", "--format csv"),
        ("PAGER=", ""),
        ("PAGER=nosuchpager", ""),
    ] {
        let Some(plain) = ask(pager, more) else { return };
        assert!(!plain.out.contains("page:") && plain.out.contains("59"), "{pager} {more}: {plain:?}");
        assert_eq!(plain.code, Some(0));
    }
}

#[test]
fn no_colour_is_heeded() {
    let desk = desk();
    let Some(said) = at_terminal(&desk, "NO_COLOR=1 \"$gw\" query \"fields a, nosuch\" a.jsonl") else { return };
    assert!(said.out.contains("word") && !said.out.contains(ESCAPE), "{said:?}");
}

#[test]
fn a_file_gets_no_colours_from_a_terminal() {
    let desk = desk();
    let line = "\"$gw\" query \"fields a\" a.jsonl --output out.txt";
    let Some(said) = at_terminal(&desk, line) else { return };
    assert_eq!(said.code, Some(0), "{said:?}");
    let text = std::fs::read_to_string(desk.path("out.txt")).unwrap();
    assert!(text.lines().any(|it| it.len() > 250) && !text.contains(ESCAPE), "{text}");
}
