//! The log files of the command line.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use plan::{Scan, Which};
use source::{Files, Group, Input, Source, Watch};

use crate::args::ArchiveArgs;
use crate::exit::Fault;

/// Opens the files that the arguments name.
pub fn open(paths: &[String], args: &ArchiveArgs) -> Result<Files, Fault> {
    let mut inputs: Vec<Input> = paths.iter().map(|path| Input { group: None, path: PathBuf::from(path) }).collect();
    for named in &args.log_group {
        let Some((group, path)) = named.split_once('=') else {
            return Err(Fault::arguments(format!("--log-group takes NAME=PATH, found `{named}`")));
        };
        inputs.push(Input { group: Some(group.to_owned()), path: PathBuf::from(path) });
    }
    if inputs.is_empty() && !std::io::stdin().is_terminal() {
        inputs.push(Input { group: None, path: PathBuf::from("-") });
    }
    if inputs.is_empty() {
        return Err(Fault::arguments("there are no log files: name files or folders, or `-` for standard input"));
    }
    Files::open(&inputs, args.account.as_deref()).map_err(Fault::trouble)
}

/// Whether the archive has the log groups that a query names: the service, too, refuses a query if one is missing.
pub fn check_groups(scan: &Scan, files: &Files) -> Result<(), Fault> {
    let groups = files.groups();
    let full = |it: &Group| format!("{}:{}", it.account.as_deref().unwrap_or_default(), it.name);
    for named in &scan.groups {
        let Which::Named(name) = &named.which else { continue };
        if groups.iter().any(|it| it.name == *name || full(it) == *name) {
            continue;
        }
        let names: Vec<&str> = groups.iter().map(|it| it.name.as_str()).collect();
        let known = match syntax::nearest(name, &names) {
            Some(near) => format!("one with a similar name: `{near}`"),
            None => format!("there are {}", names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")),
        };
        return Err(Fault::arguments(format!("there is no log group `{name}` in the archive; {known}")));
    }
    Ok(())
}

/// The time of the newest event; with the clock's seconds as the service has them, an archive's now.
pub fn newest(files: &Files, watch: &Watch) -> Result<Option<i64>, Fault> {
    files.newest(watch).map_err(|error| interrupted(watch).unwrap_or_else(|| Fault::trouble(error)))
}

/// The fault of a run that Ctrl-C ended.
pub fn interrupted(watch: &Watch) -> Option<Fault> {
    watch.cancelled.load(Relaxed).then_some(Fault::Interrupted)
}

/// A watch that Ctrl-C cancels: at once at the second time, if the first does not end the program soon enough.
pub fn watch() -> Result<Arc<Watch>, Fault> {
    let watch = Arc::new(Watch::default());
    let on_signal = watch.clone();
    ctrlc::set_handler(move || {
        if on_signal.cancelled.swap(true, Relaxed) {
            std::process::exit(130);
        }
    })
    .map_err(|error| Fault::trouble(format!("Ctrl-C cannot be watched for: {error}")))?;
    Ok(watch)
}
