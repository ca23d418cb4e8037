//! Quarters of an hour over several threads.

use std::io;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;

use crate::group::Place;
use crate::handler::Function;
use crate::options::Options;
use crate::quarter::{self, Archive};
use crate::summary::Summary;
use crate::traffic::{self, Quarter};

/// Writes an archive into a folder, which is made if it does not exist, and says what has been written.
///
/// `progress` hears now and then, on this thread, what has been written so far.
///
/// # Errors
/// `InvalidInput` if there is no archive like that, `AlreadyExists` if the folder holds one of the log groups,
/// and whatever keeps a file from being written; what was written before that stays.
pub fn write(folder: &Path, options: &Options, progress: &dyn Fn(&Summary)) -> io::Result<Summary> {
    options.check()?;
    let archive = Archive {
        seed: options.seed,
        function: Function { table: options.table(), runtime: options.runtime },
        function_place: Place::new(folder, &options.function_group(), options.function, options),
        gateway_place: Place::new(folder, &options.gateway_group(), options.gateway, options),
    };
    let places = [&archive.function_place, &archive.gateway_place];
    places.into_iter().try_for_each(Place::check)?;
    places.into_iter().try_for_each(Place::make)?;

    let quarters = traffic::quarters(options);
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();

    thread::scope(|scope| {
        for _ in 0..threads(options).min(quarters.len()) {
            let sender = sender.clone();
            scope.spawn(|| work(&archive, &quarters, &next, sender));
        }
        drop(sender);
        let mut whole = Summary::default();
        for part in receiver {
            whole += part?;
            progress(&whole);
        }
        Ok(whole)
    })
}

/// Writes one quarter after another, until there is none left or one fails.
fn work(archive: &Archive, quarters: &[Quarter], next: &AtomicUsize, sender: Sender<io::Result<Summary>>) {
    // Nobody listens any more once another thread has failed: then this one stops too.
    let mut report = |part| sender.send(Ok(part)).map_err(|_| io::ErrorKind::Interrupted.into());
    while let Some(quarter) = quarters.get(next.fetch_add(1, Ordering::Relaxed)) {
        if let Err(error) = quarter::write(archive, quarter, &mut report) {
            // The error of the thread that failed first is the one that is returned.
            sender.send(Err(error)).ok();
            return;
        }
    }
}

fn threads(options: &Options) -> usize {
    match options.threads {
        0 => thread::available_parallelism().map_or(1, NonZero::get),
        threads => threads,
    }
}
