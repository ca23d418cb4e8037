//! The logs of a case as an archive in memory.

use std::sync::Arc;

use plan::{Definition, Parameter, Table};
use source::{DataSource, Memory, Source};
use testkit::case::{Case, GivenDefinition};

/// The log group of an input whose case names none.
const GROUP: &str = "case";

/// The logs of a case, cut into blocks of about so many bytes.
///
/// # Errors
/// A shared log that cannot be read, or an input that no reader or another reader than its tag's would read.
pub fn open(case: &Case, block_size: usize) -> Result<Memory, String> {
    let mut memory = Memory::new().with_blocks_of(block_size);
    for input in &case.inputs {
        let place = || format!("{}:{}", case.path.display(), input.line);
        let mut alone = Memory::new();
        for (path, bytes) in input.files().map_err(|it| format!("{}: {it}", place()))? {
            // A path with folders says which group it is, as on a disk.
            let group = input.group.as_deref().or((!path.contains('/')).then_some(GROUP));
            alone = alone.file(&path, group, bytes.clone());
            memory = memory.file(&path, group, bytes);
        }
        if source::read::find(&input.format).is_none() {
            return Err(format!("{}: no reader is called `{}`", place(), input.format));
        }
        let formats: Vec<&str> = alone.groups().into_iter().flat_map(|it| it.formats).collect();
        if formats.iter().any(|it| *it != input.format) {
            return Err(format!("{}: this is read as `{}`, not as `{}`", place(), formats.join("`, `"), input.format));
        }
    }
    match source_of(case)? {
        Some(source) => Ok(memory.of_source(&source)),
        None => Ok(memory),
    }
}

/// The data source that the logs of a case are of, where it says so.
fn source_of(case: &Case) -> Result<Option<DataSource>, String> {
    let Some(first) = case.inputs.first().and_then(|it| it.source.as_deref()) else { return Ok(None) };
    if case.inputs.iter().any(|it| it.source.as_deref() != Some(first)) {
        return Err(format!("{}: the logs of a case are of one data source", case.path.display()));
    }
    DataSource::read(first).map(Some).ok_or_else(|| format!("`source={first}` is no `NAME.TYPE`"))
}

/// The tables of a case.
///
/// # Errors
/// A table that is none.
pub fn tables(case: &Case) -> Result<Vec<Arc<Table>>, String> {
    let read = |it: &testkit::case::GivenTable| {
        let table = source::table(&it.name, it.text.as_bytes()).map_err(|fault| format!("`{}`: {fault}", it.name))?;
        Ok(Arc::new(table))
    };
    case.tables.iter().map(read).collect()
}

/// The saved queries of a case.
pub fn definitions(case: &Case) -> Vec<Arc<Definition>> {
    let parameter = |(name, value): &(String, String)| Parameter { name: name.clone(), default: Some(value.clone()) };
    let definition = |it: &GivenDefinition| {
        Arc::new(Definition::new(&it.name, &it.text, it.defaults.iter().map(parameter).collect(), "the case"))
    };
    case.definitions.iter().map(definition).collect()
}
