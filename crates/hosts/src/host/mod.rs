//! The kinds of files that queries live in: one file a kind, and the list of all.

mod cloudformation;
mod dashboard;
mod definitions;
mod grafana;
mod markdown;
mod plain;
mod serverless;
mod terraform;

use std::path::Path;

use crate::node::Node;
use crate::query::Found;
use crate::text::Text;
use crate::{Broken, json, yaml};

/// A kind of file that holds queries.
pub struct Host {
    /// What it is called.
    pub name: &'static str,
    /// What it is and which queries are found there, in sentences.
    pub doc: &'static str,
    /// A file without any of these words holds no query.
    pub marks: &'static [&'static str],
    /// How it is known and read.
    reads: Reads,
}

/// How a kind of file is known.
enum Reads {
    /// By the ending of its name.
    Files { endings: &'static [&'static str], find: fn(path: &Path, file: &str) -> Result<Found, Broken> },
    /// As a document of YAML or JSON, by what stands in it.
    Documents { is: fn(&Node) -> bool, find: fn(&Node, &Text) -> Found },
}

/// All kinds, in the order in which a document is tried.
pub const ALL: &[Host] = &[
    serverless::HOST,
    cloudformation::HOST,
    terraform::HOST,
    terraform::JSON_HOST,
    dashboard::HOST,
    grafana::HOST,
    definitions::HOST,
    markdown::HOST,
    plain::HOST,
];

/// The endings of the names of files that are documents of YAML or JSON.
const DOCUMENTS: [&str; 4] = [".yml", ".yaml", ".json", ".template"];

/// The queries of a file. A file of no known kind holds none.
///
/// # Errors
/// A file that is not what its name says, such as a `.json` that is no JSON.
pub fn find(path: &Path, file: &str) -> Result<Found, Broken> {
    let name = name(path);
    for host in ALL {
        if let Reads::Files { endings, find } = &host.reads
            && endings.iter().any(|it| name.ends_with(it))
        {
            return find(path, file);
        }
    }
    let mut found = Found::default();
    for document in documents(&name, file)? {
        if let Some(Host { reads: Reads::Documents { find, .. }, .. }) = of_document(&document) {
            let of_document = find(&document, &Text::whole(file));
            found.queries.extend(of_document.queries);
            found.unread.extend(of_document.unread);
        }
    }
    Ok(found)
}

/// What kind of file it is; of one with several documents, the kind of the first that has one.
pub fn kind(path: &Path, file: &str) -> Option<&'static str> {
    let name = name(path);
    let by_name = ALL.iter().find(|it| match &it.reads {
        Reads::Files { endings, .. } => endings.iter().any(|it| name.ends_with(it)),
        Reads::Documents { .. } => false,
    });
    let documents = documents(&name, file).unwrap_or_default();
    let by_document = || documents.iter().find_map(|it| of_document(it));
    by_name.or_else(by_document).map(|it| it.name)
}

fn of_document(document: &Node) -> Option<&'static Host> {
    ALL.iter().find(|it| match &it.reads {
        Reads::Documents { is, .. } => is(document),
        Reads::Files { .. } => false,
    })
}

/// Whether a name is one of a file that may hold queries.
pub fn may_hold(path: &Path) -> bool {
    let name = name(path);
    let by_name = ALL.iter().any(|it| match &it.reads {
        Reads::Files { endings, .. } => endings.iter().any(|it| name.ends_with(it)),
        Reads::Documents { .. } => false,
    });
    by_name || DOCUMENTS.iter().any(|it| name.ends_with(it))
}

/// Whether a file has a word without which it could hold no query.
pub(crate) fn has_marks(path: &Path, file: &str) -> bool {
    let name = name(path);
    let possible = ALL.iter().filter(|it| match &it.reads {
        Reads::Files { endings, .. } => endings.iter().any(|it| name.ends_with(it)),
        Reads::Documents { .. } => DOCUMENTS.iter().any(|it| name.ends_with(it)),
    });
    possible.flat_map(|it| it.marks).any(|mark| file.contains(mark))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn documents(name: &str, file: &str) -> Result<Vec<Node>, Broken> {
    let is_json = file.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    if name.ends_with(".json") || name.ends_with(".template") && is_json {
        return Ok(vec![json::read(file)?]);
    }
    if DOCUMENTS.iter().any(|it| name.ends_with(it)) {
        return yaml::read(file);
    }
    Ok(Vec::new())
}
