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

/// The least and the most of a column of the comparison, over the questions asked of files of one shape.
fn range(comparison: &str, shape: &str, title: &str) -> (f64, f64) {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|it| it.trim().to_owned()).collect::<Vec<_>>();
    let mut lines = comparison.lines().filter(|it| it.starts_with('|')).map(cells);
    let at = lines.next().unwrap().iter().position(|it| it == title).unwrap();
    let figures = lines.filter(|it| it[0] == shape).map(|it| it[at].parse::<f64>().unwrap());
    figures.fold((f64::MAX, f64::MIN), |(least, most), it| (least.min(it), most.max(it)))
}

#[test]
fn the_speeds_of_the_readme_are_those_that_were_measured() {
    let text = |path: &str| std::fs::read_to_string(Path::new(ROOT).join(path)).unwrap();
    let (readme, benches) = (text("README.md"), text("benches/README.md"));
    let comparison = benches.split("<!-- comparison -->\n").nth(1).unwrap().split("<!--").next().unwrap();
    for shape in ["S3 export, plain", "JSON Lines of events", "S3 export, gzip"] {
        let of = |title| range(comparison, shape, title);
        let (ours, duckdb, clickhouse) = (of("gw, GB/s"), of("duckdb, times gw"), of("clickhouse, times gw"));
        let times = |(least, most)| format!("{least:.1} to {most:.1} times as long");
        let line =
            format!("| {shape} | {:.1} to {:.1} GB/s | {} | {} |", ours.0, ours.1, times(duckdb), times(clickhouse));
        assert!(readme.contains(&line), "{line}");
    }
}
