//! Why no row came: which filter let none through, or that there was no event to begin with.

use std::sync::atomic::Ordering::Relaxed;

use plan::{Counted, Plan, Scan, Step, pushdown};
use source::{Report, Watch};

use crate::observe::Observed;
use crate::run::Run;
use crate::{Emptied, Error, map};

/// Finds where the last row was lost. The scan passes over events that lack a text or a field some filter asks for, and so
/// knows too little of the filters before that one: then it is run again, with what the first filter alone asks for.
pub fn find(run: &Run, plan: &Plan, observed: &Observed, report: &Report) -> Result<Emptied, Error> {
    let first = plan.steps.iter().position(|it| !it.keeps_rows() && !it.gathers());
    if report.records_scanned == 0 && is_empty(run, plan)? {
        return Ok(Emptied::Archive);
    }
    let Some(first) = first else { return Ok(Emptied::Rest) };
    let (literals, needed) = (pushdown::literals(&plan.steps[..=first]), pushdown::fields(&plan.steps[..=first]));
    if (&literals, &needed) == (&plan.scan.literals, &plan.scan.needed) {
        return Ok(blame(plan, observed));
    }
    let again = Plan { scan: Scan { literals, needed, ..plan.scan.clone() }, ..plan.clone() };
    let observed = Observed::of(&again);
    map::run(&run.unseen(), &again, &observed)?;
    Ok(blame(plan, &observed))
}

fn blame(plan: &Plan, observed: &Observed) -> Emptied {
    match observed.emptied(&plan.steps).and_then(|it| plan.steps.get(it)) {
        Some(Step::Filter(it)) => Emptied::Command(it.span),
        Some(Step::Join(it)) => Emptied::Command(it.span),
        _ => Emptied::Rest,
    }
}

/// Whether no event lies in the log groups and the time range at all: the first one found ends the search.
fn is_empty(run: &Run, plan: &Plan) -> Result<bool, Error> {
    let scan = Scan {
        fields: Vec::new(),
        literals: Vec::new(),
        needed: Vec::new(),
        counted: Counted::Handed,
        ..plan.scan.clone()
    };
    let search = Watch::default();
    let report = run.source.scan(&scan, &search, &|_| {
        search.cancelled.store(true, Relaxed);
    })?;
    let interrupted = run.watch.cancelled.load(Relaxed);
    Ok(report.records_scanned == 0 && !search.cancelled.load(Relaxed) && !interrupted)
}
