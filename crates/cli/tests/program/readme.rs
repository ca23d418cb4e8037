//! What the README shows is what the program says.

use std::path::Path;
use std::process::Command;

use crate::desk::PROGRAM;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The commands that are run with the build at hand, and what stands below each.
fn shown(readme: &str) -> Vec<(&str, &str)> {
    let blocks = readme.split("```console\n").skip(1).map(|it| it.split("```").next().unwrap());
    let steps = blocks.flat_map(|it| it.split("$ ").skip(1)).filter_map(|it| it.split_once('\n'));
    steps.filter_map(|(line, below)| Some((line.strip_prefix("cargo run -q -- ")?, below))).collect()
}

#[test]
fn each_command_of_the_readme_says_what_is_shown() {
    let readme = std::fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let shown = shown(&readme);
    assert!(shown.len() >= 7, "{shown:?}");
    for (line, expected) in shown {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("\"$gw\" {line}")]).env("gw", PROGRAM).current_dir(ROOT);
        let said = shell.output().unwrap();
        assert_eq!(said.status.code(), Some(0), "{line}: {said:?}");
        assert_eq!(plain(&String::from_utf8(said.stdout).unwrap()), plain(expected), "{line}");
    }
}

/// Without how long it took, which is another time each time, and blanks at the ends of lines.
fn plain(text: &str) -> String {
    let text = text.split(" in 0.").next().unwrap_or_default();
    text.trim_end().lines().map(|it| it.trim_end().to_owned() + "\n").collect()
}
