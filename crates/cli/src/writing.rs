//! Where an answer goes: standard output, or a file that is written whole or not at all.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, PoisonError};

use output::{CHART, Results, Writer};
use source::Watch;
use tempfile::NamedTempFile;
use value::Batch;

use crate::exit::{Fault, written};
use crate::pager;

/// What the command line says of the place of an answer.
pub struct Place<'a> {
    /// The file, if it is one.
    pub file: Option<&'a Path>,
    /// Whether a table may be wider than the terminal.
    pub wide: bool,
    /// What is drawn above the answer.
    pub above: Option<&'a Batch>,
    /// What stands before the answer and behind it.
    pub around: Option<[String; 2]>,
    /// Whether what is longer than the terminal is shown page by page.
    pub pages: Pages,
}

impl Place<'_> {
    /// The terminal, for a table that is no answer to a query.
    pub const TERMINAL: Place<'static> =
        Place { file: None, wide: false, above: None, around: None, pages: Pages::WhereLonger };
}

/// Whether there is a pager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// Where the answer is longer than the terminal.
    WhereLonger,
    /// Never.
    Never,
}

/// Writes an answer.
pub fn write(mut results: Results, writer: &Writer, place: &Place, watch: &Watch) -> Result<(), Fault> {
    if place.file.is_none() {
        results.width = terminal_width().filter(|_| !place.wide);
        if has_colours() {
            results.emphasis = BOLD;
        }
    }
    let whole = |out: &mut dyn Write| {
        if let Some(batch) = place.above {
            let above = Results { width: results.width, emphasis: results.emphasis, ..Results::of(batch) };
            (CHART.write)(&above, out)?;
            writeln!(out)?;
        }
        let [before, behind] = place.around.as_ref().map_or(["", ""], |it| it.each_ref().map(String::as_str));
        out.write_all(before.as_bytes())?;
        (writer.write)(&results, out)?;
        out.write_all(behind.as_bytes())
    };
    let lines = results.batch.height + if place.above.is_some() { ABOVE } else { 1 };
    let is_long = place.file.is_none() && terminal_height().is_some_and(|it| lines >= it);
    let paged = if is_long && place.pages == Pages::WhereLonger { pager::write(&mut { whole }) } else { None };
    paged.map_or_else(|| send(place.file, watch, whole), written)
}

/// Sends what `write` writes to a file or, without one, to standard output.
pub fn send(
    file: Option<&Path>,
    watch: &Watch,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Fault> {
    match file {
        Some(path) => match to_file(path, |file| write(&mut Stoppable { to: file, watch })) {
            Err(_) if watch.cancelled.load(Relaxed) => Err(Fault::Interrupted),
            done => done,
        },
        None => {
            let mut stdout = BufWriter::new(io::stdout().lock());
            let done = write(&mut Stoppable { to: &mut stdout, watch });
            match done.and_then(|()| stdout.flush()) {
                Err(_) if watch.cancelled.load(Relaxed) => Err(Fault::Interrupted),
                done => written(done),
            }
        }
    }
}

/// How many lines a histogram takes, with the blank line below it and the head of a table.
const ABOVE: usize = 12;

/// How many lines the terminal has, if standard output is one.
fn terminal_height() -> Option<usize> {
    let size = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    size.map(|(_, height)| usize::from(height.0))
}

/// How many columns of characters the terminal has, if standard output is one.
pub fn terminal_width() -> Option<usize> {
    let size = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    size.map(|(width, _)| usize::from(width.0))
}

/// Whether standard output shows colours: a terminal, and nobody said that they are unwanted.
pub fn has_colours() -> bool {
    let stdout = io::stdout();
    stdout.is_terminal() && anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never
}

/// The codes that switch bold on and off.
const BOLD: [&str; 2] = ["\u{1b}[1m", "\u{1b}[0m"];

/// The file that is being written and not yet in its place.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Takes away what is not finished, before the program is ended in the midst of it.
pub fn abandon() {
    if let Some(path) = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner).take() {
        // It may be in its place, or gone, by now.
        let _ = std::fs::remove_file(path);
    }
}

/// Writes beside the file, and puts the whole in its place at the end.
pub fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Fault> {
    let fault = |error: io::Error| Fault::trouble(format!("{} cannot be written: {error}", path.display()));
    // A device or a pipe has no whole to put in place.
    if path.exists() && !path.is_file() {
        let file = std::fs::OpenOptions::new().write(true).open(path).map_err(fault)?;
        let mut buffered = BufWriter::new(file);
        return match write(&mut buffered).and_then(|()| buffered.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done.map_err(fault),
        };
    }
    // What a link leads to is written; the link stays.
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = place.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(Fault::trouble(format!(
            "{} cannot be written: there is no folder {}",
            path.display(),
            folder.display()
        )));
    }
    let mut whole = beside(&place, folder).map_err(fault)?;
    *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = Some(whole.path().to_owned());
    let mut buffered = BufWriter::new(whole.as_file_mut());
    write(&mut buffered).and_then(|()| buffered.flush()).map_err(fault)?;
    drop(buffered);
    whole.as_file().sync_all().map_err(fault)?;
    whole.persist(&place).map_err(|error| fault(error.error))?;
    Ok(())
}

/// A new file beside a place, as readable as what stands there, or as any new file is.
#[cfg(unix)]
fn beside(place: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let anew = std::fs::Permissions::from_mode(0o666);
    let file = tempfile::Builder::new().permissions(anew).tempfile_in(folder)?;
    if let Ok(known) = place.metadata() {
        file.as_file().set_permissions(known.permissions())?;
    }
    Ok(file)
}

#[cfg(not(unix))]
fn beside(_: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}

/// Writing that Ctrl-C ends.
struct Stoppable<'a> {
    to: &'a mut dyn Write,
    watch: &'a Watch,
}

impl Write for Stoppable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.watch.cancelled.load(Relaxed) {
            true => Err(io::Error::other("interrupted")),
            false => self.to.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
