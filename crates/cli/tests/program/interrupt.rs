//! Ctrl-C ends the program at once, and nothing unfinished stays behind.

#![cfg(unix)]

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::desk::{Desk, events};

/// How long the program may take to end.
const AT_ONCE: Duration = Duration::from_millis(700);

/// Presses Ctrl-C, and checks that it was heard.
#[track_caller]
fn interrupt(mut running: Child) {
    let pressed = Instant::now();
    assert!(running.try_wait().unwrap().is_none(), "it has ended by itself");
    assert!(Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap().success());
    let status = loop {
        if let Some(status) = running.try_wait().unwrap() {
            break status;
        }
        assert!(pressed.elapsed() < Duration::from_secs(10), "it does not end");
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(pressed.elapsed() < AT_ONCE, "it took {:?}", pressed.elapsed());
    assert_eq!(status.code(), Some(130));
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_scan_without_end() {
    let desk = Desk::new();
    pipe(&desk.path("endless.log"));
    desk.lay("out.csv", "old");
    let ask = ["query", "stats count(*) by n", "endless.log", "--format", "csv", "--output", "out.csv"];
    let running = desk.command(&ask).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let path = desk.path("endless.log");
    let feeder = std::thread::spawn(move || {
        let mut pipe = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        let lines = events(0..3000);
        // Until the reader is gone.
        while pipe.write_all(&lines).is_ok() {}
    });
    std::thread::sleep(Duration::from_millis(300));
    interrupt(running);
    feeder.join().unwrap();
    assert_eq!(std::fs::read_to_string(desk.path("out.csv")).unwrap(), "old");
    assert_eq!(desk.names("."), ["endless.log", "out.csv"]);
}

#[test]
fn a_pipe_that_says_nothing() {
    let desk = Desk::new();
    pipe(&desk.path("silent.log"));
    let ask = ["query", "fields n", "silent.log", "--output", "out.csv"];
    let running = desk.command(&ask).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let writer = std::fs::OpenOptions::new().write(true).open(desk.path("silent.log")).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    interrupt(running);
    drop(writer);
    assert_eq!(desk.names("."), ["silent.log"]);
}

#[test]
fn standard_input_that_says_nothing() {
    let desk = Desk::new();
    for verb in [&["query", "fields n", "-"][..], &["fields", "-"], &["groups", "-"]] {
        let mut command = desk.command(verb);
        // What is kept of standard input is kept here.
        command.env("TMPDIR", desk.path("."));
        let mut running = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let held = running.stdin.take();
        std::thread::sleep(Duration::from_millis(200));
        interrupt(running);
        drop(held);
    }
}

#[test]
fn an_answer_that_is_being_written() {
    let desk = Desk::new();
    desk.lay("a.log", events((0..3000).cycle().take(60_000)));
    // Nobody reads, so the pipe is full and writing waits.
    let ask = ["query", "fields n, @message | limit 60000", "a.log", "--format", "csv"];
    let mut running = desk.command(&ask).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let unread = running.stdout.take();
    std::thread::sleep(Duration::from_millis(600));
    interrupt(running);
    drop(unread);
}
