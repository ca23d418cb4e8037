//! The scan: which files are read for what, by all threads, and what is told in the end.

use std::sync::Arc;

use plan::{Counted, Scan};
use rayon::prelude::*;

use crate::archive::{Archive, File};
use crate::block::OFFSET_BITS;
use crate::discover;
use crate::error::Error;
use crate::job::{Beyond, Job, Visit};
use crate::prune::Needles;
use crate::report::Report;
use crate::task::Task;
use crate::watch::Watch;
use crate::window::{Selection, Window};

/// Hands over every block that may hold events of the scan.
pub(crate) fn scan(archive: &Archive, scan: &Scan, watch: &Watch, visit: Visit<'_>) -> Result<Report, Error> {
    let counts_all = scan.counted == Counted::All;
    let needles = match counts_all {
        true => None,
        false => Needles::any(&scan.alternatives).or_else(|| Needles::new(&scan.literals, &keys(scan))),
    };
    let selection = Arc::new(Selection::of(scan));
    let selects = !scan.groups.is_empty();
    if selects {
        // Files whose data names the groups are looked into, whatever their place says.
        archive.files.par_iter().for_each(|it| {
            it.kind();
        });
    }
    let holds_place = |file: &&Arc<File>| scan.place.is_none_or(|it| it >> OFFSET_BITS == file.origin.file as u64);
    let tasks = archive.files.iter().filter(holds_place).filter_map(|file| {
        if selects && file.names_groups() {
            return Some(Task::new(file, selection.widest(&file.origin)).among(selection.clone()));
        }
        let since = file.since.unwrap_or(i64::MIN);
        selection.window(&file.origin).map(|window| Task::new(file, window.since(since)))
    });
    let beyond = if counts_all { Beyond::Read } else { Beyond::PassedOver };
    let job = Job::new(archive.sizes, needles, beyond, watch, visit).of(scan);
    run(archive, &tasks.collect::<Vec<_>>(), job)
}

/// The keys that stand in every message that counts.
fn keys(scan: &Scan) -> Vec<&str> {
    scan.needed.iter().filter_map(|it| discover::key_of(it)).collect()
}

/// The newest event's time.
pub(crate) fn newest(archive: &Archive, watch: &Watch) -> Result<Option<i64>, Error> {
    // What is known already needs no second look.
    let unknown = archive.files.iter().filter(|it| !it.knows_newest());
    let tasks: Vec<Task<'_>> = unknown.map(|it| Task::new(it, Window::nothing())).collect();
    if !tasks.is_empty() {
        run(archive, &tasks, Job::new(archive.sizes, None, Beyond::Read, watch, &|_| {}))?;
    }
    Ok(archive.files.iter().filter_map(|it| it.newest()).max())
}

/// Looks for the groups that the data of files names, where nobody has done so.
pub(crate) fn find_groups(archive: &Archive) {
    let unknown = archive.files.iter().filter(|it| !it.knows_groups());
    let tasks: Vec<Task<'_>> = unknown.map(|it| Task::new(it, Window::nothing())).collect();
    if tasks.is_empty() {
        return;
    }
    let watch = Watch::default();
    let job = Job::new(archive.sizes, None, Beyond::Read, &watch, &|_| {}).for_heads();
    job.begin(&tasks);
    work(&job, &tasks);
    tasks.iter().for_each(Task::keep_groups);
}

fn run(archive: &Archive, tasks: &[Task<'_>], job: Job<'_>) -> Result<Report, Error> {
    job.begin(tasks);
    work(&job, tasks);
    let is_cancelled = job.is_cancelled();
    let mut found = job.end();
    let mut groups: Vec<String> = tasks.iter().flat_map(Task::logs).collect();
    groups.sort_unstable();
    groups.dedup();
    found.report.groups_scanned = groups.len();
    archive.faults.iter().for_each(|it| found.faults.add(it.clone()));
    found.report.faults = found.faults.sorted();
    let files = tasks.len() + archive.faults.len();
    if !is_cancelled && files > 0 && found.report.files_read + found.empty == 0 {
        return Err(Error::Nothing { files, faults: found.report.faults });
    }
    if !is_cancelled {
        tasks.iter().for_each(Task::keep_groups);
    }
    Ok(found.report)
}

fn work(job: &Job<'_>, tasks: &[Task<'_>]) {
    // Each thread takes the last file nobody has begun: the newest events are mostly there, and once those are
    // known, older ones need not be looked at. Or it is the other way round.
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads().min(tasks.len()) {
            scope.spawn(|_| {
                while let Some(task) = job.next(tasks) {
                    job.file(task);
                }
            });
        }
    });
}
