//! The actions for GitHub and the hooks for pre-commit: what they run, run here.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

use hosts::Node;

use crate::desk::{Desk, PROGRAM};

const BROKEN: &str = "fields a\n| limit ten\n";

/// A file of the project, as YAML.
fn yaml(name: &str) -> Node {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    hosts::read_yaml(&std::fs::read_to_string(path).unwrap()).unwrap().remove(0)
}

/// Runs the last step of an action as a runner would: its exit code, and what it says.
fn act(desk: &Desk, action: &str, inputs: &[(&str, &str)]) -> (Option<i32>, String) {
    let action = yaml(&format!(".github/actions/{action}/action.yml"));
    let step = action.path(&["runs", "steps"]).unwrap().items().last().unwrap().clone();
    assert_eq!(step.get("shell").and_then(Node::as_str), Some("bash"));
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step.get("run").and_then(Node::as_str).unwrap()]);
    for (name, value) in step.get("env").unwrap().entries() {
        let input = value.as_str().unwrap().trim_start_matches("${{ inputs.").trim_end_matches(" }}");
        let default = action.path(&["inputs", input, "default"]).and_then(Node::as_str).unwrap();
        let given = inputs.iter().find(|it| it.0 == input).map_or(default, |it| it.1);
        command.env(name.as_str().unwrap(), given);
    }
    let folder = Path::new(PROGRAM).parent().unwrap().display();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap());
    command.env("PATH", path).env("GITHUB_STEP_SUMMARY", desk.path("summary.md"));
    let said = command.current_dir(desk.path("")).output().unwrap();
    (said.status.code(), String::from_utf8(said.stdout).unwrap())
}

#[test]
fn the_action_that_checks_marks_faults_in_all_its_paths() {
    let desk = Desk::new();
    desk.lay("one/good.cwli", "fields a\n");
    desk.lay("two/bad.cwli", BROKEN);
    let mark = "::error file=two/bad.cwli,line=2,endLine=2,col=9";
    let (code, said) = act(&desk, "check", &[]);
    assert!(code == Some(2) && said.contains(mark), "{said}");
    for paths in ["one two", "one\ntwo\n"] {
        let (code, said) = act(&desk, "check", &[("paths", paths), ("sarif", "out.sarif")]);
        assert!(code == Some(2) && said.contains(mark), "{paths}: {said}");
        assert!(std::fs::read_to_string(desk.path("out.sarif")).unwrap().contains("two/bad.cwli"));
    }
    assert_eq!(act(&desk, "check", &[("paths", "one")]).0, Some(0));
    desk.lay("one/long.cwli", "fields a | limit 100001\n");
    assert_eq!(act(&desk, "check", &[("paths", "one"), ("strict", "true")]).0, Some(2));
}

#[test]
fn the_action_that_tests_marks_failures_and_writes_a_summary() {
    let desk = Desk::new();
    let test =
        |rows: u32| format!("tests:\n- {{name: it, query: fields a, events: [x], expect: {{row_count: {rows}}}}}\n");
    desk.lay("one/a.test.yml", test(1));
    desk.lay("two/b.test.yml", test(2));
    let (code, said) = act(&desk, "test", &[("paths", "one\ntwo"), ("junit", "out.xml")]);
    assert!(code == Some(1) && said.contains("::error file=two/b.test.yml,line=2"), "{said}");
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    assert!(read("summary.md").contains("1 test passed, 1 failed") && read("out.xml").contains("failures=\"1\""));
    assert_eq!(act(&desk, "test", &[("paths", "one")]).0, Some(0));
}

#[test]
fn the_hooks_run_on_the_files_they_are_given() {
    let desk = Desk::new();
    desk.lay("a.cwli", "FIELDS a\n");
    desk.lay("b.md", "# no query\n");
    desk.lay("a.test.yml", "tests:\n- {name: it, query: fields a, events: [x], expect: {row_count: 1}}\n");
    // A hook runs before the first commit, too.
    assert_eq!(desk.shell("git init -q && git add .").code, Some(0));
    for hook in yaml(".pre-commit-hooks.yaml").items() {
        let entry = hook.get("entry").and_then(Node::as_str).unwrap();
        let mut words: Vec<&str> = entry.strip_prefix("gw ").unwrap().split(' ').collect();
        if hook.get("pass_filenames").and_then(Node::as_str) != Some("false") {
            words.extend(["a.cwli", "b.md"]);
        }
        let said = desk.gw(&words);
        assert_eq!(said.code, Some(0), "{entry}: {said:?}");
        assert!(
            hook.get("id").and_then(Node::as_str) != Some("gw-test") || said.out.starts_with("1 test passed"),
            "{said:?}"
        );
    }
    assert_eq!(std::fs::read_to_string(desk.path("a.cwli")).unwrap(), "fields a\n");
}
