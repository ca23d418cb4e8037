//! Finish: the partial result becomes rows, and the steps behind it run over them.

use std::sync::atomic::Ordering::Relaxed;

use plan::{Plan, Step};
use source::Report;
use value::{Batch, Column};

use crate::gather::{Gathered, PLACE};
use crate::observe::Observed;
use crate::room::Held;
use crate::rows::{Rows, Way};
use crate::{Error, Found, Room, Statistics, whole};

/// The rows of the answer, its columns named as the query shows them.
pub fn run(plan: &Plan, gathered: Gathered, report: Report, observed: &Observed, room: &Room) -> Result<Found, Error> {
    let first = plan.steps.iter().position(Step::gathers).unwrap_or(plan.steps.len());
    let mut index = first + Gathered::start(plan.steps.get(first..).unwrap_or_default()).1;
    let mut compared = gathered.compared();
    let mut rows = gathered.finish();
    while let Some(rest) = plan.steps.get(index..).filter(|it| !it.is_empty()) {
        if let Some(step) = rest.first().filter(|it| it.takes_whole()) {
            rows = whole::run(step, rows)?;
            observed.step(index, rows.height);
            index += 1;
            continue;
        }
        let length = rest.iter().position(Step::gathers).unwrap_or(rest.len());
        let (mut gathered, gathering) = Gathered::go_on(&rest[length..]);
        let passed = |place: usize, height: usize| observed.step(index + place, height);
        let way = Way { steps: &rest[..length], load: &|_, _| {}, passed: &passed };
        let mut held = Held::default();
        way.onward(0, Rows::of_batch(rows), &mut |rows| {
            if !held.is_refused() {
                gathered.add(&rows.batch);
                held.note(&gathered, rows.batch.height, room);
            }
        });
        if let Some(error) = held.refusal() {
            return Err(error);
        }
        compared = compared.or(gathered.compared());
        rows = gathered.finish();
        index += length + gathering.max(usize::from(length == 0));
    }
    let statistics = statistics(&report, observed, rows.height);
    let places = || rows.column(PLACE).cloned().unwrap_or(Column::absent(rows.height));
    let pointers = plan.shows_events().then(places);
    let mut batch = Batch::of_height(rows.height);
    for shown in &plan.shown {
        let column = rows.column(&shown.field.column).cloned();
        batch.names.push((*shown.title).into());
        batch.columns.push(column.unwrap_or(Column::absent(rows.height)));
    }
    let unseen = observed.unseen();
    Ok(Found { batch, pointers, statistics, emptied: None, unseen, join_keys: 0, compared, report })
}

fn statistics(report: &Report, observed: &Observed, rows: usize) -> Statistics {
    Statistics {
        records_matched: observed.matched.load(Relaxed),
        records_scanned: report.records_scanned,
        bytes_scanned: report.bytes_scanned,
        log_groups_scanned: report.groups_scanned as u64,
        result_count: rows as u64,
    }
}
