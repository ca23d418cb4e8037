//! What the benchmarks share: the queries they ask, and the archives they ask them of.

use std::path::{Path, PathBuf};

use demo::{Options, Shape};

/// How many requests an archive tells of: some 25 MB of plain log.
const REQUESTS: u64 = 20_000;

/// The queries of all cases that mean something, in the order of the files.
pub fn queries() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata");
    let cases = testkit::case::Case::all(&root).unwrap_or_default();
    cases.into_iter().flat_map(|case| case.questions).map(|question| question.text).collect()
}

/// The questions of `questions.insights`: each name, and the query.
pub fn questions() -> Vec<(&'static str, &'static str)> {
    let blocks = include_str!("questions.insights").trim().split("\n\n");
    blocks.filter_map(|it| it.strip_prefix("# ")?.split_once(": ")).map(|(name, rest)| (name, query(rest))).collect()
}

fn query(block: &str) -> &str {
    block.split_once('\n').map_or("", |(_, query)| query)
}

/// An archive in this shape, written once, and how many bytes of log it has.
///
/// # Errors
/// Where it cannot be written.
pub fn archive(shape: Shape) -> std::io::Result<(PathBuf, u64)> {
    let folder = std::env::temp_dir().join(format!("groundwatch-benches-{}-{REQUESTS}", shape.name()));
    let options = Options { requests: REQUESTS, function: Some(shape), gateway: Some(shape), ..Options::default() };
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    demo::write(&folder, &options, &|_| {})?;
    Ok((folder.clone(), bytes(&folder)?))
}

fn bytes(folder: &Path) -> std::io::Result<u64> {
    std::fs::read_dir(folder)?.try_fold(0, |sum, entry| {
        let entry = entry?;
        Ok(sum + if entry.file_type()?.is_dir() { bytes(&entry.path())? } else { entry.metadata()?.len() })
    })
}
