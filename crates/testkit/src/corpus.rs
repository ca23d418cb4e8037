//! The corpus: every query of the test data, those of cases and those that stand alone.

use std::path::{Path, PathBuf};

use crate::case::{Case, Fault};

/// The folder of queries that stand alone, below the root of the test data.
const FOLDER: &str = "queries";

/// The endings of their files; one file holds one query.
const ENDINGS: &[&str] = &["cwli", "insights"];

/// A query of the test data.
#[derive(Clone, PartialEq, Debug)]
pub struct Sample {
    /// Where it stands: a file, and for a query of a case the line.
    pub place: String,
    /// The query.
    pub text: String,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a query.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It runs.
    Runs,
    /// The parser refuses it, and so must the grammar.
    RefusedBySyntax,
    /// It parses, and is refused for what it means.
    RefusedByMeaning,
}

/// Every query below the root of the test data, in the order of their places.
///
/// # Errors
/// Everything wrong with any of the files, and test data with folders for queries but without a query.
pub fn corpus(root: &Path) -> Result<Vec<Sample>, Vec<Fault>> {
    let mut samples = Vec::new();
    for case in Case::all(root)? {
        let fate = match (case.expects_error(), case.expects_syntax_error()) {
            (_, true) => Fate::RefusedBySyntax,
            (true, false) => Fate::RefusedByMeaning,
            (false, false) => Fate::Runs,
        };
        for question in case.questions {
            let place = format!("{}:{}", case.path.display(), question.line);
            samples.push(Sample { place, text: question.text, fate });
        }
    }
    let fault = |path: &Path, message: String| vec![Fault { path: path.to_path_buf(), line: 0, message }];
    for path in files(&root.join(FOLDER)).map_err(|error| fault(&root.join(FOLDER), error.to_string()))? {
        if path.extension().is_some_and(|it| ENDINGS.iter().any(|ending| it == *ending)) {
            let text = std::fs::read_to_string(&path).map_err(|error| fault(&path, error.to_string()))?;
            samples.push(Sample { place: path.display().to_string(), text, fate: Fate::Runs });
        }
    }
    if samples.is_empty() && holds_more_than_logs(root) {
        return Err(fault(root, "there are folders for queries here, but no query in any of them".to_string()));
    }
    Ok(samples)
}

fn holds_more_than_logs(root: &Path) -> bool {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten().map(|it| it.path());
    entries.filter(|it| it.is_dir()).any(|it| it.file_name().is_some_and(|it| it != "logs"))
}

/// All files below a folder, in order; none where there is no folder.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop().filter(|it| it.is_dir()) {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const HEAD: &str = "# t\n\nWhy.\n\nAuthority: ours, so\n\n```insights\nlimit 1\n```\n\n";

    /// A folder for one test, which its next run empties.
    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("groundwatch-corpus-{}-{name}", std::process::id()));
        for (name, text) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn every_query_and_its_fate() {
        let root = folder(
            "all",
            &[
                ("commands/limit/b.md", &format!("{HEAD}```table\n```\n")),
                ("errors/a.md", &format!("{HEAD}```error syntax\n```\n")),
                ("errors/c.md", &format!("{HEAD}```error\n```\n")),
                ("queries/deep/x.cwli", "fields a"),
                ("queries/notes.txt", "no query"),
                ("logs/readme.md", "no case"),
                ("README.md", "no case"),
            ],
        );
        let samples = corpus(&root).unwrap();
        std::fs::remove_dir_all(&root).unwrap();
        let fates: Vec<Fate> = samples.iter().map(|it| it.fate).collect();
        assert_eq!(fates, [Fate::Runs, Fate::RefusedBySyntax, Fate::RefusedByMeaning, Fate::Runs]);
        assert!(samples[0].place.ends_with("b.md:7"), "{}", samples[0].place);
        assert_eq!(samples[3].text, "fields a");
    }

    #[test]
    fn folders_without_queries_are_a_fault() {
        assert_eq!(corpus(Path::new("/none/such")), Ok(Vec::new()));
        let root = folder("none", &[("logs/a.jsonl", "{}")]);
        assert_eq!(corpus(&root), Ok(Vec::new()));
        std::fs::create_dir(root.join("commands")).unwrap();
        assert!(corpus(&root).unwrap_err()[0].message.contains("no query"));
        std::fs::write(root.join("a.md"), "no title").unwrap();
        assert!(corpus(&root).unwrap_err()[0].to_string().contains("a.md:1: "));
        std::fs::remove_dir_all(&root).unwrap();
    }
}
