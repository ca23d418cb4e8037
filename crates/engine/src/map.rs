//! Map and merge: each block is folded into a partial result of its thread; in the end there is one.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, OnceLock, PoisonError};

use plan::{Plan, Step, Wanted};
use source::{Block, Report, Watch};

use crate::gather::{Gathered, Ordering, PLACE};
use crate::interim::{Partial, Partials};
use crate::observe::Observed;
use crate::rows::{Rows, Way};
use crate::run::Run;
use crate::{Error, Found, Room, finish};

/// Runs the steps up to and with the first gathering one over all blocks.
pub fn run<'p>(run: &Run, plan: &'p Plan, observed: &Observed) -> Result<(Gathered<'p>, Report), Error> {
    let Run { source, watch, interim, room } = *run;
    let stage = Stage::of(plan);
    // As many partial results as threads work at once: a block takes one that is free, or begins another.
    let partials: Mutex<Partials<'p>> = Mutex::default();
    let free = || partials.lock().unwrap_or_else(PoisonError::into_inner);
    let start = || Gathered::start(stage.gather).0;
    let refused: OnceLock<Error> = OnceLock::new();
    let visit = |block: &Block| {
        let mut partial = free().take(start);
        stage.block(block, &mut partial, observed, room);
        if let Some(error) = partial.held.refusal() {
            // The first reason is the one that is told.
            _ = refused.set(error);
            return watch.cancelled.store(true, Relaxed);
        }
        if let Some(floor) = partial.gathered.floor() {
            watch.floor.fetch_max(floor, Relaxed);
        }
        let seen = free().give(partial, interim);
        if let (Some(interim), Some(seen)) = (interim, seen)
            && let Some(found) = so_far(plan, seen, watch, observed)
        {
            interim.put(found);
        }
    };
    let report = source.scan(&plan.scan, watch, &visit)?;
    if let Some(error) = refused.into_inner() {
        return Err(error);
    }
    let partials = partials.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok((partials.merged().unwrap_or_else(start), report))
}

/// The answer over what was read so far. Where the run itself would come to an error, it will tell.
fn so_far(plan: &Plan, seen: Gathered, watch: &Watch, observed: &Observed) -> Option<Found> {
    let matched = observed.matched.load(Relaxed);
    // Blocks that are still looked at count there when they are done.
    let records_scanned = watch.rows.load(Relaxed).max(matched);
    let report = Report { records_scanned, ..Report::default() };
    let own = Observed::of(plan);
    own.matched.store(matched, Relaxed);
    finish::run(plan, seen, report, &own, &Room::unbounded()).ok()
}

/// The steps up to and with the first gathering one, and what each needs from the log that no step before it has
/// read.
struct Stage<'p> {
    /// The steps that look at one row at a time, up to the last that drops rows or makes several of one.
    early: &'p [Step],
    early_loads: Vec<Vec<Wanted>>,
    /// Those behind it: they change no row's fate, and may wait until rows are chosen.
    late: &'p [Step],
    late_load: Vec<Wanted>,
    /// What the choice of rows reads.
    choice_load: Vec<Wanted>,
    /// Whether the late steps must run before rows are chosen, for the choice reads what they make.
    choice: Choice,
    /// The gathering step and those behind it.
    gather: &'p [Step],
    /// What is read of the rows that are left.
    last_load: Vec<Wanted>,
}

#[derive(PartialEq)]
enum Choice {
    BeforeLate,
    AfterLate,
}

impl<'p> Stage<'p> {
    fn of(plan: &'p Plan) -> Stage<'p> {
        let length = plan.steps.iter().position(Step::gathers).unwrap_or(plan.steps.len());
        let (rows, gather) = plan.steps.split_at(length);
        let last = rows.iter().rposition(|it| !it.keeps_rows()).map_or(0, |it| it + 1);
        let (early, late) = rows.split_at(last);
        let mut known: Vec<Wanted> = Vec::new();
        let early_loads = early.iter().map(|step| new(&mut known, reads(step))).collect();
        let choice = choice(gather, late);
        let keys = choice_reads(gather);
        let (choice_load, late_load) = match choice {
            Choice::BeforeLate => {
                let keys = new(&mut known, keys);
                (keys, new(&mut known, late.iter().flat_map(reads).collect()))
            }
            Choice::AfterLate => {
                let late = late.iter().flat_map(reads).chain(keys).collect();
                (Vec::new(), new(&mut known, late))
            }
        };
        let last_load = new(&mut known, plan.scan.fields.clone());
        Stage { early, early_loads, late, late_load, choice_load, choice, gather, last_load }
    }

    fn block(&self, block: &Block, partial: &mut Partial, observed: &Observed, room: &Room) {
        let load = |rows: &mut Rows, index: usize| {
            if let Some(load) = self.early_loads.get(index) {
                rows.load(load, observed);
            }
        };
        let passed = |index: usize, height: usize| observed.step(index, height);
        let way = Way { steps: self.early, load: &load, passed: &passed };
        way.onward(0, Rows::of_block(block), &mut |rows| self.gather(rows, partial, observed, room));
    }

    /// Takes rows that are left by the early steps into the partial result, while there is room.
    fn gather(&self, mut rows: Rows, Partial { gathered, held, .. }: &mut Partial, observed: &Observed, room: &Room) {
        if held.is_refused() {
            return;
        }
        observed.matched.fetch_add(rows.events() as u64, Relaxed);
        if self.choice == Choice::BeforeLate {
            rows.load(&self.choice_load, observed);
            gathered.choose(&mut rows);
        }
        rows.load(&self.late_load, observed);
        self.late.iter().for_each(|step| rows.step(step));
        if self.choice == Choice::AfterLate {
            gathered.choose(&mut rows);
        }
        rows.load(&self.last_load, observed);
        gathered.add(&rows.batch);
        held.note(gathered, rows.batch.height, room);
    }
}

/// Whether what decides about rows is known before the late steps.
fn choice(gather: &[Step], late: &[Step]) -> Choice {
    let mut made: Vec<&str> = Vec::new();
    for step in late {
        match step {
            Step::Fields(it) => made.extend(it.items.iter().map(|(field, _)| &*field.column)),
            Step::Lookup(it) => made.extend(it.outputs.iter().map(|it| &*it.into.column)),
            Step::CidrLookup(it) => made.extend(it.outputs.iter().map(|it| &*it.into.column)),
            Step::AddTotals(it) => made.push(&it.into.column),
            Step::Parse(it) => made.extend(it.fields.iter().map(|field| &*field.column)),
            _ => {}
        }
    }
    let mut choice = Choice::BeforeLate;
    Ordering::of(gather).reads(&mut |field| {
        if made.contains(&&*field.column) {
            choice = Choice::AfterLate;
        }
    });
    choice
}

fn choice_reads(gather: &[Step]) -> Vec<Wanted> {
    let mut found = Vec::new();
    let ordering = Ordering::of(gather);
    ordering.reads(&mut |field| found.extend(field.wanted()));
    // Rows are only chosen by an order, and then places decide between equal ones.
    if ordering.steps > 0 {
        found.push(Wanted { name: PLACE.trim_start_matches('\u{0}').into(), form: plan::Form::Text });
    }
    found
}

fn reads(step: &Step) -> Vec<Wanted> {
    let mut found = Vec::new();
    step.reads(&mut |field| found.extend(field.wanted()));
    found
}

/// Those that are not known yet; now they are.
fn new(known: &mut Vec<Wanted>, wanted: Vec<Wanted>) -> Vec<Wanted> {
    let mut found = Vec::new();
    for it in wanted {
        if !known.contains(&it) {
            known.push(it.clone());
            found.push(it);
        }
    }
    found
}
