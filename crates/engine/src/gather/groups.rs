//! `stats`: groups of rows, and an aggregate's state for each.

use functions::Columns;
use functions::state::State;
use plan::step::{Key, Stats};
use value::{Batch, Column, order};

use crate::expr::eval;
use crate::gather::keys::Keys;
use crate::gather::top::{PLACE, sorted};

/// The groups so far. Grows with the number of groups, and with what each aggregate says of itself.
pub struct Groups<'p> {
    stats: &'p Stats,
    keys: Keys,
    states: Vec<Box<dyn State>>,
}

impl<'p> Groups<'p> {
    /// No row yet.
    pub fn new(stats: &'p Stats) -> Groups<'p> {
        let states = stats.computed.iter().map(|it| (it.aggregate.state)()).collect();
        Groups { stats, keys: Keys::new(stats.keys.len()), states }
    }

    /// Takes in rows.
    pub fn add(&mut self, rows: &Batch) {
        let columns: Vec<Column> = self.stats.keys.iter().map(|(_, expr)| eval(expr, rows)).collect();
        let groups = self.keys.groups(&columns, rows.height);
        let count = self.keys.count();
        for (state, computed) in self.states.iter_mut().zip(&self.stats.computed) {
            let args: Vec<Column> = computed.args.iter().map(|arg| eval(arg, rows)).collect();
            state.add(&groups, count, &Columns { columns: &args, height: rows.height });
        }
    }

    /// Takes in other groups of the same `stats`.
    pub fn merge(&mut self, other: Groups<'p>) {
        let groups = self.keys.merge(other.keys);
        let count = self.keys.count();
        for (state, other) in self.states.iter_mut().zip(other.states) {
            state.merge(other, &groups, count);
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.keys.count()
    }

    /// About how much memory they take.
    pub fn bytes(&self) -> usize {
        self.keys.bytes() + self.states.iter().map(|it| it.bytes()).sum::<usize>()
    }

    /// The same groups once more.
    pub fn copy(&self) -> Groups<'p> {
        let states = self.states.iter().map(|it| it.copy()).collect();
        Groups { stats: self.stats, keys: self.keys.clone(), states }
    }

    /// A row for each group, in the order that groups come in without a `sort`.
    pub fn finish(self) -> Batch {
        let count = self.keys.count();
        let mut rows = Batch::of_height(count);
        for ((field, _), column) in self.stats.keys.iter().zip(self.keys.columns()) {
            rows.set(&field.column, column);
        }
        for (computed, state) in self.stats.computed.iter().zip(self.states) {
            let column = state.finish(count);
            // A group has rows, but the one group that there is without keys.
            let column = match computed.aggregate.of_no_rows(computed.args.len()) {
                Some(value) if !column.has_some() => Column::Same(Some(value), count),
                _ => column,
            };
            rows.set(&computed.field.column, column);
        }
        let mut rows = in_order(&self.stats.order, rows);
        rows.set(PLACE, Column::from_places((0..count as u64).collect()));
        rows
    }
}

/// Rows in the order of keys; those that are equal in it stay as they stand.
pub fn in_order(keys: &[Key], rows: Batch) -> Batch {
    let columns: Vec<Column> = keys.iter().map(|it| eval(&it.expr, &rows)).collect();
    let orders: Vec<(order::Keys, _)> =
        columns.iter().zip(keys).map(|(column, key)| (order::Keys::of(column), key.direction)).collect();
    let numbers = sorted(&orders, (0..rows.height as u32).collect(), |left, right| left.cmp(&right));
    rows.gather(&numbers)
}
