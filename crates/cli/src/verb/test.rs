//! `gw test`: runs tests of queries.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

use suite::report::{Form, Report, form, github};
use suite::{Outcome, Snapshots, Test};

use crate::args::{TestArgs, WarningForm};
use crate::checking::put;
use crate::exit::{Exit, Fault, written};
use crate::notes;

/// Runs the tests, and writes what came of them.
pub fn run(args: &TestArgs) -> Result<Exit, Fault> {
    let started = Instant::now();
    let reports = args.report.iter().map(|it| report_file(it)).collect::<Result<Vec<_>, Fault>>()?;
    let Some(all) = read(&suite::files(&args.paths).map_err(Fault::trouble)?, args)? else { return Ok(Exit::BadQuery) };
    let count = all.len();
    let tests = chosen(all, args)?;
    let snapshots = if args.update { Snapshots::Written } else { Snapshots::Compared };
    let left_out = count - tests.len();
    let report = Report { outcomes: run_all(&tests, args, snapshots), elapsed: started.elapsed(), left_out };
    for (form, path) in reports {
        put(path, &(form.write)(&report))?;
    }
    let text = form(&args.format).map(|it| (it.write)(&report)).unwrap_or_default();
    written(std::io::stdout().write_all(text.as_bytes()))?;
    Ok(if report.failures().next().is_some() { Exit::Differs } else { Exit::Answered })
}

/// A form and a file for it.
fn report_file(given: &str) -> Result<(&'static Form, &Path), Fault> {
    let read = given.split_once('=').and_then(|(name, path)| Some((form(name)?, Path::new(path))));
    read.ok_or_else(|| {
        let names: Vec<&str> = suite::report::ALL.iter().map(|it| it.name).collect();
        Fault::arguments(format!("--report takes FORM=FILE, FORM one of {}; found `{given}`", names.join(", ")))
    })
}

/// The tests of all files; None if one of the files is at fault, which is said.
fn read(paths: &[PathBuf], args: &TestArgs) -> Result<Option<Vec<Test>>, Fault> {
    if paths.is_empty() {
        return Err(Fault::arguments("there are no tests: they stand in files called `*.test.yml` (`gw help tests`)"));
    }
    let mut tests = Vec::new();
    let mut is_whole = true;
    for path in paths {
        let text = std::fs::read_to_string(path).map_err(|it| Fault::trouble(format!("{}: {it}", path.display())))?;
        match suite::read(path, &text) {
            Ok(of_file) => tests.extend(of_file),
            Err(fault) => {
                is_whole = false;
                notes::fault(&fault.to_string());
                if args.format == github::FORM.name {
                    written(std::io::stdout().write_all(github::fault(&fault).as_bytes()))?;
                }
            }
        }
    }
    Ok(is_whole.then_some(tests))
}

/// The tests that are to run.
fn chosen(mut tests: Vec<Test>, args: &TestArgs) -> Result<Vec<Test>, Fault> {
    if let Some(text) = &args.filter {
        let text = text.to_lowercase();
        let names = |it: &Test| format!("{}\n{}", it.name, it.path.display()).to_lowercase();
        tests.retain(|it| names(it).contains(&text));
        if tests.is_empty() {
            return Err(Fault::arguments(format!("no test has `{text}` in its name or its file's path")));
        }
    }
    if let Some(commit) = &args.changed {
        let changed = suite::changed(commit).map_err(Fault::trouble)?;
        tests.retain(|it| changed.concerns(it));
        if tests.is_empty() {
            notes::remark(&format!("no test hangs on what changed since {commit}"), WarningForm::Text);
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
