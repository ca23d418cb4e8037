//! A line on standard error that tells how far a long scan has come.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressStyle};
use source::Watch;

/// How long a scan may take before it shows a line.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the line is drawn anew.
const STEP: Duration = Duration::from_millis(100);

/// A running line; it vanishes when dropped.
pub struct Progress {
    done: Option<Sender<()>>,
    line: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to watch; where standard error is no terminal, nothing is ever shown.
    pub fn start(watch: &Arc<Watch>) -> Progress {
        if !std::io::stderr().is_terminal() {
            return Progress { done: None, line: None };
        }
        let (done, ended) = channel();
        let watch = watch.clone();
        let line = std::thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::new(watch.bytes_total.load(Relaxed)).with_elapsed(PATIENCE);
            let template = "{bytes} of {total_bytes}, {msg} events, {bytes_per_sec}, {eta} left";
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            while ended.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                bar.set_message(HumanCount(watch.rows.load(Relaxed)).to_string());
                bar.set_length(watch.bytes_total.load(Relaxed));
                bar.set_position(watch.bytes_done.load(Relaxed));
            }
            bar.finish_and_clear();
        });
        Progress { done: Some(done), line: Some(line) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.done.take();
        if let Some(line) = self.line.take() {
            // A line that cannot be drawn is no reason to fail.
            let _ = line.join();
        }
    }
}
