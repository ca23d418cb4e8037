//! What a run notices on its way: how many rows each filter let through, and which fields no event had.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use plan::{Plan, Step, Wanted};
use value::Column;

/// Counters that all threads share.
pub struct Observed {
    /// For each field that the scan is asked for: whether an event had it.
    fields: Vec<(Wanted, AtomicBool)>,
    /// For each step: how many rows it let through.
    passed: Vec<AtomicU64>,
    /// How many events reached the first gathering step.
    pub matched: AtomicU64,
}

impl Observed {
    /// Counters for a plan, all at nothing.
    pub fn of(plan: &Plan) -> Observed {
        Observed {
            fields: plan.scan.fields.iter().map(|it| (it.clone(), AtomicBool::new(false))).collect(),
            passed: plan.steps.iter().map(|_| AtomicU64::new(0)).collect(),
            matched: AtomicU64::new(0),
        }
    }

    /// Notes a column that was read.
    pub fn field(&self, wanted: &Wanted, column: &Column) {
        if let Some((_, seen)) = self.fields.iter().find(|(it, _)| it == wanted)
            && !seen.load(Relaxed)
            && column.has_some()
        {
            seen.store(true, Relaxed);
        }
    }

    /// Notes how many rows a step let through.
    pub fn step(&self, index: usize, rows: usize) {
        if let Some(passed) = self.passed.get(index) {
            passed.fetch_add(rows as u64, Relaxed);
        }
    }

    /// The fields that were looked for and that no event had.
    pub fn unseen(&self) -> Vec<Wanted> {
        self.fields.iter().filter(|(_, seen)| !seen.load(Relaxed)).map(|(it, _)| it.clone()).collect()
    }

    /// The first step that let no row through, of those that decide about rows.
    pub fn emptied(&self, steps: &[Step]) -> Option<usize> {
        let empty = |index: &usize| self.passed.get(*index).is_some_and(|it| it.load(Relaxed) == 0);
        let decides = |it: &Step| !it.keeps_rows() && !it.gathers();
        (0..steps.len()).filter(|index| decides(&steps[*index])).find(empty)
    }
}
