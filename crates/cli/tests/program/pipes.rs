//! Readers that go away: no fault, no word, no panic.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use crate::desk::{Desk, PROGRAM, events};

#[test]
fn who_reads_one_line_gets_one_line() {
    let desk = Desk::new();
    desk.lay("a.log", events((0..3000).cycle().take(30_000)));
    for format in ["table", "json", "jsonl", "csv", "tsv", "markdown", "aws"] {
        let mut command = desk.command(&["query", "fields n, @message | limit 30000", "a.log", "--format", format]);
        let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let mut told = String::new();
        running.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((running.wait().unwrap().code(), told.as_str()), (Some(0), ""), "{format}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_as_the_output_file() {
    let desk = Desk::new();
    desk.lay("a.log", events((0..3000).cycle().take(10_000)));
    let line = "{ \"$gw\" query 'fields @message' a.log --format csv --output /dev/stdout; echo $? >&2; } | head -1";
    let said = desk.shell(line);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("@message\n", "0\n"));
}

#[cfg(unix)]
#[test]
fn nobody_listens_on_standard_error() {
    let desk = Desk::with_logs();
    let ask = "query 'fields n, nosuch | limit 100001' logs --stats --format csv --limit 200000";
    for closed in ["2>&-", "2>/dev/full"] {
        let said = desk.shell(&format!("\"$gw\" {ask} {closed}"));
        assert_eq!((said.code, said.out.lines().count()), (Some(0), 4), "{closed}: {said:?}");
        for (line, code) in [("query 'filtr' logs", 2), ("query 'fields n' nowhere", 1), ("check 'fields a-b'", 0)] {
            assert_eq!(desk.shell(&format!("\"$gw\" {line} {closed}")).code, Some(code), "{line} {closed}");
        }
    }
}

#[cfg(unix)]
#[test]
fn nobody_listens_on_standard_output() {
    let desk = Desk::with_logs();
    for verb in ["help commands", "fmt 'fields n'", "explain 'fields n'", "fields logs", "groups logs", "--help"] {
        // The program begins when its reader is gone.
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("sleep 0.05; exec \"$gw\" {verb}")]).current_dir(desk.path(".")).env("gw", PROGRAM);
        let mut running = shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(running.stdout.take());
        let output = running.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{verb}: {output:?}");
        assert!(output.stderr.is_empty(), "{verb}: {output:?}");
    }
}
