//! The log files of the command line.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use source::{DataSource, Files, Input, Source, Watch};

use crate::args::ArchiveArgs;
use crate::exit::Fault;
use crate::{pager, writing};

/// Opens the files that the arguments name.
pub fn open(paths: &[impl AsRef<Path>], args: &ArchiveArgs) -> Result<Files, Fault> {
    let mut inputs: Vec<Input> = paths.iter().map(|path| Input::new(path.as_ref())).collect();
    for named in &args.log_group {
        let Some((group, path)) = named.split_once('=') else {
            return Err(Fault::arguments(format!("--log-group takes NAME=PATH, found `{named}`")));
        };
        inputs.push(Input { group: Some(group.to_owned()), ..Input::new(path) });
    }
    for given in &args.data_source {
        let read = given.split_once('=').and_then(|(source, path)| Some((DataSource::read(source)?, path)));
        let Some((source, path)) = read else {
            return Err(Fault::arguments(format!("--data-source takes NAME.TYPE=PATH, found `{given}`")));
        };
        // A path that is an input already is not read twice: this says more of it.
        let mut known = inputs.iter_mut().filter(|it| it.path == Path::new(path)).peekable();
        if known.peek().is_some() {
            known.for_each(|it| it.data_source = Some(source.clone()));
        } else {
            inputs.push(Input { data_source: Some(source), ..Input::new(path) });
        }
    }
    if inputs.is_empty() && !std::io::stdin().is_terminal() {
        inputs.push(Input::new("-"));
    }
    if inputs.is_empty() {
        return Err(Fault::arguments("there are no log files: name files or folders, or `-` for standard input"));
    }
    if inputs.iter().filter(|it| it.path.as_os_str() == "-").count() > 1 {
        return Err(Fault::arguments("standard input can be read once: `-` stands here twice"));
    }
    Files::open(&inputs, args.account.as_deref()).map_err(Fault::trouble)
}

/// The fields of the files, where a query looks at all of them.
pub fn field_names(text: &str, files: &Files, watch: &Watch) -> Result<Option<Vec<String>>, Fault> {
    source::field_names(text, files, watch).map_err(|error| interrupted(watch).unwrap_or_else(|| Fault::trouble(error)))
}

/// The time of the newest event; with the clock's seconds as the service has them, an archive's now.
pub fn newest(files: &Files, watch: &Watch) -> Result<Option<i64>, Fault> {
    files.newest(watch).map_err(|error| interrupted(watch).unwrap_or_else(|| Fault::trouble(error)))
}

/// The fault of a run that Ctrl-C ended.
pub fn interrupted(watch: &Watch) -> Option<Fault> {
    watch.cancelled.load(Relaxed).then_some(Fault::Interrupted)
}

/// How long a run may take to end by itself once Ctrl-C was pressed.
const GRACE: Duration = Duration::from_millis(300);

/// A watch that Ctrl-C cancels. A run that waits for a slow disk or a silent pipe does not look at it: that one is
/// ended from outside.
pub fn watch() -> Result<Arc<Watch>, Fault> {
    let watch = Arc::new(Watch::default());
    let on_signal = watch.clone();
    ctrlc::set_handler(move || {
        // A pager has its own use for Ctrl-C, and ends the answer when it ends.
        if pager::runs() {
            return;
        }
        if !on_signal.cancelled.swap(true, Relaxed) {
            std::thread::sleep(GRACE);
        }
        writing::abandon();
        std::process::exit(130);
    })
    .map_err(|error| Fault::trouble(format!("Ctrl-C cannot be watched for: {error}")))?;
    Ok(watch)
}
