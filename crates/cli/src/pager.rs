//! The pager: what is longer than the terminal is read there, page by page.

use std::io::{self, BufWriter, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Whether a pager runs: then Ctrl-C is its own.
static RUNS: AtomicBool = AtomicBool::new(false);

/// Whether a pager runs.
pub fn runs() -> bool {
    RUNS.load(Relaxed)
}

/// Writes through the pager that the environment names, `less` where it names none. `None` if there is none to be had:
/// then nobody has seen anything yet.
pub fn write(write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> Option<io::Result<()>> {
    let mut pager = start()?;
    RUNS.store(true, Relaxed);
    let done = match pager.stdin.take() {
        Some(stdin) => {
            let mut stdin = BufWriter::new(stdin);
            write(&mut stdin).and_then(|()| stdin.flush())
        }
        None => Ok(()),
    };
    let ended = pager.wait();
    RUNS.store(false, Relaxed);
    // What a shell says of a command that it does not find or may not run. However else a pager ends: whoever leaves it
    // has read enough.
    let is_missing = ended.is_ok_and(|it| matches!(it.code(), Some(126 | 127)));
    (!is_missing).then_some(done)
}

fn start() -> Option<Child> {
    let named = ["GW_PAGER", "PAGER"].iter().find_map(std::env::var_os);
    let mut command = match named {
        // An empty name is a wish for none.
        Some(it) if it.is_empty() => return None,
        Some(it) => {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(it);
            shell
        }
        None => {
            let mut less = Command::new("less");
            // Ends by itself where all fits, keeps colours and the screen, and does not fold lines.
            less.arg("-FRXS");
            less
        }
    };
    command.stdin(Stdio::piped()).spawn().ok()
}
