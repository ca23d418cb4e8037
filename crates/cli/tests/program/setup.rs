//! `gw completions` and `gw man`: what a shell and a manual know of the program.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::desk::Desk;

const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

#[test]
fn every_shell_completes_every_verb() {
    let desk = Desk::new();
    for shell in SHELLS {
        let script = desk.gw(&["completions", shell]).answer().to_owned();
        for word in ["query", "trace", "verify", "demo", "histogram"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    desk.gw(&["completions", "cmd"]).ends(2, &["bash"]);
}

#[cfg(unix)]
#[test]
fn the_script_of_bash_completes() {
    let desk = Desk::new();
    let line = "\"$gw\" completions bash > gw.bash && bash -c '. ./gw.bash; COMP_WORDS=(gw tr); COMP_CWORD=1; \
                _gw gw tr gw; echo ${COMPREPLY[@]}'";
    assert_eq!(desk.shell(line).answer(), "trace\n");
}

#[test]
fn a_script_whose_reader_goes_away_is_no_fault() {
    let desk = Desk::new();
    let mut command = desk.command(&["completions", "zsh"]);
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let mut told = String::new();
    running.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((running.wait().unwrap().code(), told.as_str(), line.trim()), (Some(0), "", "#compdef gw"));
}

#[test]
fn a_manual_page_for_every_verb() {
    let desk = Desk::new();
    assert_eq!(desk.gw(&["man", "pages"]).answer(), "");
    let names = desk.names("pages");
    for verb in ["query", "check", "trace", "verify", "help"] {
        assert!(names.contains(&format!("gw-{verb}.1")), "{verb}: {names:?}");
        let page = std::fs::read_to_string(desk.path(format!("pages/gw-{verb}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{page}");
    }
    desk.lay("file", "");
    desk.gw(&["man", "file"]).ends(1, &["file cannot be written"]);
}
