//! What the benchmarks share: the queries they ask.

use std::path::Path;

/// The queries of all cases that mean something, in the order of the files.
pub fn queries() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata");
    let cases = testkit::case::Case::all(&root).unwrap_or_default();
    cases.into_iter().flat_map(|case| case.questions).map(|question| question.text).collect()
}
