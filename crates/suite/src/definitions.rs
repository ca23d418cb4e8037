//! The saved queries of files, for `$Name(…)`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use plan::{Definition, Parameter};

/// The saved queries of files, and of the files below folders.
///
/// # Errors
/// A path that does not exist, or a file that cannot be read as what it is: a sentence.
pub fn read_definitions(paths: &[PathBuf]) -> Result<Vec<Arc<Definition>>, String> {
    let mut definitions = Vec::new();
    for file in hosts::files(paths)? {
        let found = file.broken.clone().map_or_else(|| hosts::find(&file.path, &file.text), Err);
        let found = found.map_err(|it| format!("{}: {}", file.path.display(), it.message))?;
        definitions.extend(found.queries.iter().map(|it| definition(it, &file.path)));
    }
    Ok(definitions)
}

/// A query of a file, as one that may be called.
pub fn definition(query: &hosts::Query, path: &Path) -> Arc<Definition> {
    let parameter = |it: hosts::Parameter| Parameter { name: it.name, default: it.default };
    let parameters = query.parameters().into_iter().map(parameter).collect();
    Arc::new(Definition::new(query.title(), &query.template(), parameters, &path.display().to_string()))
}
