//! Files that are one query.

use std::path::Path;

use super::{Host, Reads};
use crate::Broken;
use crate::query::{Found, Query};
use crate::text::Text;

/// Files that are one query.
pub const HOST: Host = Host {
    name: "query",
    doc: "A file that is one query: `.cwli`, `.insights` or `.query`. A `{{name}}` in it is a parameter.",
    marks: &[""],
    reads: Reads::Files { endings: &[".cwli", ".insights", ".query"], find },
};

fn find(path: &Path, file: &str) -> Result<Found, Broken> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Found { queries: vec![Query::saved(name, &Text::whole(file), Vec::new())], unread: Vec::new() })
}
