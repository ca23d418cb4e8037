//! `gw test`: runs tests of queries.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

use suite::report::{Form, Report, form};
use suite::{Outcome, Snapshots, Test};

use crate::args::TestArgs;
use crate::checking::put;
use crate::exit::{Exit, Fault, written};
use crate::notes;

/// Runs the tests, and writes what came of them.
pub fn run(args: &TestArgs) -> Result<Exit, Fault> {
    let started = Instant::now();
    let reports = args.report.iter().map(|it| report_file(it)).collect::<Result<Vec<_>, Fault>>()?;
    let (all, broken) = read(&suite::files(&args.paths).map_err(Fault::trouble)?)?;
    let count = all.len();
    let tests = chosen(all, &broken, args)?;
    let snapshots = if args.update { Snapshots::Written } else { Snapshots::Compared };
    let left_out = count - tests.len();
    let report = Report { broken, outcomes: run_all(&tests, args, snapshots), elapsed: started.elapsed(), left_out };
    for (form, path) in reports {
        put(path, &(form.write)(&report))?;
    }
    let text = form(&args.format).map(|it| (it.write)(&report)).unwrap_or_default();
    written(std::io::stdout().write_all(text.as_bytes()))?;
    Ok(match (report.broken.is_empty(), report.failures().next()) {
        (false, _) => Exit::BadQuery,
        (true, Some(_)) => Exit::Differs,
        (true, None) => Exit::Answered,
    })
}

/// A form and a file for it.
fn report_file(given: &str) -> Result<(&'static Form, &Path), Fault> {
    let read = given.split_once('=').and_then(|(name, path)| Some((form(name)?, Path::new(path))));
    read.ok_or_else(|| {
        let names: Vec<&str> = suite::report::ALL.iter().map(|it| it.name).collect();
        Fault::arguments(format!("--report takes FORM=FILE, FORM one of {}; found `{given}`", names.join(", ")))
    })
}

/// The tests of all files that hold some, and what is wrong with the others: one broken file keeps no other from being
/// tested.
fn read(paths: &[PathBuf]) -> Result<(Vec<Test>, Vec<suite::Fault>), Fault> {
    if paths.is_empty() {
        return Err(Fault::arguments("there are no tests: they stand in files called `*.test.yml` (`gw help tests`)"));
    }
    let mut tests = Vec::new();
    let mut broken = Vec::new();
    for path in paths {
        match suite::read_file(path) {
            Ok(of_file) => tests.extend(of_file),
            Err(fault) => broken.push(fault),
        }
    }
    Ok((tests, broken))
}

/// The tests that are to run. Which tests a broken file has is not known, so it is told of whatever is chosen.
fn chosen(mut tests: Vec<Test>, broken: &[suite::Fault], args: &TestArgs) -> Result<Vec<Test>, Fault> {
    if let Some(text) = &args.filter {
        let text = text.to_lowercase();
        let names = |it: &Test| format!("{}\n{}", it.name, it.path.display()).to_lowercase();
        tests.retain(|it| names(it).contains(&text));
        if tests.is_empty() && broken.is_empty() {
            return Err(Fault::arguments(format!("no test has `{text}` in its name or its file's path")));
        }
    }
    if let Some(commit) = &args.changed {
        let changed = suite::changed(commit).map_err(Fault::trouble)?;
        tests.retain(|it| changed.concerns(it));
        if tests.is_empty() {
            notes::note(&format!("no test hangs on what changed since {commit}: none ran"));
        }
    }
    Ok(tests)
}

/// Runs tests, several at a time; what came of them is in their order.
fn run_all(tests: &[Test], args: &TestArgs, snapshots: Snapshots) -> Vec<Outcome> {
    let processors = thread::available_parallelism().map_or(1, |it| it.get());
    let jobs = args.jobs.map_or(processors, |it| it.get()).min(tests.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Outcome)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some((place, test)) = {
                    let place = next.fetch_add(1, Relaxed);
                    tests.get(place).map(|it| (place, it))
                } {
                    let outcome = suite::run(test, snapshots);
                    done.lock().unwrap_or_else(|it| it.into_inner()).push((place, outcome));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|it| it.into_inner());
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, it)| it).collect()
}
