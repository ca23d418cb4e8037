//! Backwards through the plan: which fields of the log it reads, so that the scan reads no others.

use crate::step::Step;
use crate::{Shown, Wanted};

/// All fields of the log that the steps and the shown columns read, each once, in the order of first use.
pub fn fields(steps: &[Step], shown: &[Shown]) -> Vec<Wanted> {
    let mut found: Vec<Wanted> = Vec::new();
    let mut add = |wanted: Option<Wanted>| {
        if let Some(wanted) = wanted
            && !found.contains(&wanted)
        {
            found.push(wanted);
        }
    };
    for step in steps {
        step.reads(&mut |field| add(field.wanted()));
        if step.makes_rows() {
            // What stands behind it reads what it makes, and nothing of the log.
            return found;
        }
    }
    shown.iter().for_each(|it| add(it.field.wanted()));
    found
}
