//! The rules of the house, each a test: what `crates/README.md` says holds everywhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the layer table in `crates/README.md`.
struct Room {
    name: String,
    layer: u32,
    imports: BTreeSet<String>,
    polars: bool,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder of the project, with this ending, target folders left out.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut open = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            match path.is_dir() {
                true if path.file_name().is_some_and(|it| it == "target") => {}
                true => open.push(path),
                false if path.to_string_lossy().ends_with(ending) => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn rooms() -> Vec<Room> {
    let text = read("crates/README.md");
    let rows = text.lines().skip_while(|it| !it.starts_with("| layer |")).skip(2);
    rows.take_while(|it| it.starts_with('|'))
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let imports = cells[2].split(',').map(str::trim).filter(|it| *it != "–").map(String::from).collect();
            Room {
                name: cells[1].trim_matches('`').to_owned(),
                layer: cells[0].parse().unwrap(),
                imports,
                polars: cells[3] == "yes",
            }
        })
        .collect()
}

/// The crates of the workspace and what each names in `[dependencies]`, by the folders' names.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(vec![String::from("--offline")])
        .exec()
        .unwrap();
    let short = |name: &str| name.strip_prefix("groundwatch-").unwrap_or(name).to_owned();
    let packages = metadata.packages.into_iter().filter(|it| it.name.as_str() != "groundwatch-benches");
    packages
        .map(|package| {
            let normal = package.dependencies.iter().filter(|it| it.kind == cargo_metadata::DependencyKind::Normal);
            (short(&package.name), normal.map(|it| short(&it.name)).collect())
        })
        .collect()
}

#[test]
fn imports_go_down_the_table() {
    let rooms = rooms();
    let names: BTreeSet<String> = rooms.iter().map(|it| it.name.clone()).collect();
    let dependencies = dependencies();
    assert_eq!(names, dependencies.keys().cloned().collect(), "the table names the crates there are");
    for room in &rooms {
        let found: BTreeSet<String> = dependencies[&room.name].intersection(&names).cloned().collect();
        assert_eq!(found, room.imports, "what `{}` imports", room.name);
        for import in &found {
            let layer = rooms.iter().find(|it| it.name == *import).unwrap().layer;
            assert!(layer < room.layer, "`{}` imports `{import}`, which does not lie below it", room.name);
        }
        assert_eq!(dependencies[&room.name].contains("polars"), room.polars, "whether `{}` names polars", room.name);
    }
}

#[test]
fn unsafe_stands_in_two_files_alone() {
    let allowed = ["crates/source/src/map.rs", "crates/source/src/members.rs"];
    for path in files("crates", ".rs") {
        if allowed.contains(&&*shown(&path)) || path.ends_with("house.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("unsafe {") && !text.contains("unsafe fn"), "{} is unsafe", shown(&path));
        assert!(!text.contains("allow(unsafe_code)"), "{} allows what is unsafe", shown(&path));
    }
    for name in dependencies().keys() {
        let manifest = read(format!("crates/{name}/Cargo.toml"));
        assert!(manifest.contains("[lints]\nworkspace = true"), "`{name}` keeps the workspace's lints");
    }
}

#[test]
fn source_files_are_short_and_begin_with_a_sentence() {
    let paths = [files("crates", ".rs"), files("benches", ".rs")].concat();
    assert!(paths.len() > 100);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", shown(&path));
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.len() > 12, "{} begins with no sentence", shown(&path));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let vague = ["util", "utils", "helper", "helpers", "common", "misc", "types"];
        assert!(!vague.contains(&name.as_str()), "{} has a name that says nothing", shown(&path));
    }
}

#[test]
fn nothing_is_left_open_in_the_code() {
    let open = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("FIX", "ME"), concat!("#[", "ignore")];
    for path in files("crates", ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        for sign in open {
            assert!(!text.contains(sign), "{} holds `{sign}`", shown(&path));
        }
    }
}

#[test]
fn one_name_in_every_room() {
    let grammar = read("grammar/insights.ebnf");
    for command in syntax::command::ALL {
        let name = command.room();
        assert!(root().join(format!("crates/syntax/src/command/{name}.rs")).exists(), "the parser of `{name}`");
        assert!(root().join(format!("testdata/commands/{name}")).is_dir(), "the cases of `{name}`");
        let production = |line: &str| line.split("::=").next().is_some_and(|it| it.trim() == name);
        assert!(grammar.lines().any(production), "the production `{name}`");
    }
}

#[test]
fn every_command_and_every_format_has_prose() {
    for command in syntax::command::ALL {
        assert!(!command.doc.is_empty() && !command.synopsis.is_empty(), "`{}`", command.name);
    }
    for writer in output::ALL {
        assert!(!writer.doc.is_empty(), "`{}`", writer.name);
    }
    for reader in source::read::ALL {
        assert!(!reader.doc.is_empty(), "`{}`", reader.name);
    }
}

#[test]
fn every_diagnostic_has_a_case() {
    for code in syntax::ALL_CODES {
        let case = root().join(format!("testdata/errors/{}.md", code.slug()));
        assert!(case.exists(), "no case for `{}`", code.slug());
    }
}

#[test]
fn every_case_names_its_authority() {
    let cases = testkit::case::Case::all(&root().join("testdata")).expect("all cases can be read");
    assert!(cases.len() > 100, "{} cases", cases.len());
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = read("Cargo.toml");
    let section = manifest.split("[workspace.dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let mut explained = false;
    for line in section.lines() {
        explained = match line.trim() {
            "" => false,
            line if line.starts_with('#') => true,
            line => {
                assert!(explained, "`{line}` has no line that says what it is for");
                true
            }
        };
    }
    for path in files("crates", "Cargo.toml") {
        let text = fs::read_to_string(&path).unwrap();
        let own = text.lines().filter(|it| it.contains("version = \""));
        assert_eq!(own.count(), 0, "{} names a version of its own", shown(&path));
    }
}

#[test]
fn generated_pages_are_as_the_code_would_write_them() {
    let update = std::env::var_os("UPDATE").is_some();
    for (path, name, text) in
        [("README.md", "language", language()), ("testdata/README.md", "authorities", authorities())]
    {
        let page = read(path);
        let (start, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
        let (before, rest) = page.split_once(&start).unwrap_or_else(|| panic!("{path} has no {start}"));
        let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{path} has no {end}"));
        let fresh = format!("{before}{start}\n{text}{end}{after}");
        if update {
            fs::write(root().join(path), fresh).unwrap();
        } else {
            assert!(page == fresh, "{path} is stale: UPDATE=1 cargo test writes it");
        }
    }
}

/// What of the language runs: the README's table.
fn language() -> String {
    let code = |names: Vec<&str>| names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" ");
    let commands = syntax::command::ALL.iter();
    let commands = code(commands.flat_map(|it| std::iter::once(it.name).chain(it.aliases.iter().copied())).collect());
    // What only the parser names is not written so in a query.
    let operators = functions::operator::ALL.iter().filter(|it| !matches!(it.name, "negate" | "access"));
    let negated = |name: &str| match name {
        "like" => Some("not like"),
        "in" => Some("not in"),
        _ => None,
    };
    let spelled =
        |it: &&functions::Function| [it.name].into_iter().chain(it.aliases.iter().copied()).chain(negated(it.name));
    let operators = code(operators.flat_map(spelled).collect());
    let functions = functions::all().filter(|it| it.is_listed());
    let functions = code(functions.flat_map(|it| std::iter::once(it.name).chain(it.aliases.iter().copied())).collect());
    let aggregates = functions::aggregates();
    let aggregates =
        code(aggregates.flat_map(|it| std::iter::once(it.name).chain(it.aliases.iter().copied())).collect());
    format!(
        "| | |\n|---|---|\n| commands | {commands} |\n| operators | {operators} |\n| functions | {functions} |\n| aggregates | {aggregates} |\n"
    )
    .replace("`|", "`\\|")
}

/// How many cases rest on what: the table of `testdata/README.md`.
fn authorities() -> String {
    let cases = testkit::case::Case::all(&root().join("testdata")).expect("all cases can be read");
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for case in &cases {
        let path = case.path.strip_prefix(root().join("testdata")).unwrap_or(&case.path);
        let folder = path.parent().map(|it| it.display().to_string()).unwrap_or_default();
        let kind = format!("{:?}", case.authority.kind).to_lowercase();
        *counts.entry(folder).or_default().entry(kind).or_default() += 1;
    }
    let kinds = ["recorded", "manual", "stated", "ours"];
    let mut text = format!("| cases in | {} |\n|---|{}\n", kinds.join(" | "), "---:|".repeat(kinds.len()));
    let row = |name: &str, of: &dyn Fn(&str) -> usize| {
        let cells: Vec<String> = kinds.iter().map(|it| of(it).to_string()).collect();
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    for (folder, counts) in &counts {
        text += &row(&format!("`{folder}`"), &|kind| counts.get(kind).copied().unwrap_or_default());
    }
    text += &row("all", &|kind| counts.values().filter_map(|it| it.get(kind)).sum());
    text
}
