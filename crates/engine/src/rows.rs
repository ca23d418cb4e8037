//! The rows of a block on their way through the steps: columns are read from the log when a step needs them.

use std::ops::Range;

use plan::{Step, Wanted};
use source::Block;
use value::Batch;

use crate::observe::Observed;
use crate::step::{After, pieces, run};

/// Rows of a block, as far as they have come.
pub struct Rows<'b, 'a> {
    /// Where columns that are not read yet come from; rows behind a `stats` have all theirs.
    block: Option<&'b Block<'a>>,
    /// Which of the block's events are left; `None` is all.
    left: Option<Vec<u32>>,
    /// The columns read and computed so far.
    pub batch: Batch,
}

impl<'b, 'a> Rows<'b, 'a> {
    /// All events of a block, no column read yet.
    pub fn of_block(block: &'b Block<'a>) -> Rows<'b, 'a> {
        Rows { block: Some(block), left: None, batch: Batch::of_height(block.len()) }
    }

    /// Rows that a gathering step made.
    pub fn of_batch(batch: Batch) -> Rows<'b, 'a> {
        Rows { block: None, left: None, batch }
    }

    /// Reads columns, for the events that are left.
    pub fn load(&mut self, wanted: &[Wanted], observed: &Observed) {
        let Some(block) = self.block else { return };
        if wanted.is_empty() {
            return;
        }
        let columns = block.columns(wanted, self.left.as_deref());
        for (wanted, column) in wanted.iter().zip(columns) {
            observed.field(wanted, &column);
            self.batch.set(&wanted.column(), column);
        }
    }

    /// Runs a step that looks at one row at a time.
    pub fn step(&mut self, step: &Step) {
        match run(step, std::mem::take(&mut self.batch)) {
            After::Same(batch) => self.batch = batch,
            After::Others(chosen) => {
                self.batch = chosen.rows;
                self.choose(&chosen.numbers);
            }
        }
    }

    /// Keeps these rows, in this order.
    pub fn gather(&mut self, numbers: &[u32]) {
        self.batch = self.batch.gather(numbers);
        self.choose(numbers);
    }

    /// How many events the rows are of: several rows may be of one.
    pub fn events(&self) -> usize {
        match &self.left {
            Some(left) => left.chunk_by(|a, b| a == b).count(),
            None => self.batch.height,
        }
    }

    /// The rows in the pieces that a step takes at once, in order.
    fn pieces(self, step: &Step) -> Vec<Rows<'b, 'a>> {
        let Some(pieces) = pieces(step, &self.batch) else { return vec![self] };
        let piece = |numbers: Range<u32>| {
            let mut piece = Rows { block: self.block, left: self.left.clone(), batch: Batch::default() };
            let numbers: Vec<u32> = numbers.collect();
            piece.batch = self.batch.gather(&numbers);
            piece.choose(&numbers);
            piece
        };
        pieces.into_iter().map(piece).collect()
    }

    fn choose(&mut self, numbers: &[u32]) {
        if self.block.is_some() {
            self.left = Some(match &self.left {
                None => numbers.to_vec(),
                Some(left) => numbers.iter().filter_map(|it| left.get(*it as usize).copied()).collect(),
            });
        }
    }
}

/// Steps that look at one row at a time, one after another.
pub struct Way<'w> {
    /// The steps.
    pub steps: &'w [Step],
    /// Reads the columns that the step of this number needs.
    pub load: &'w dyn Fn(&mut Rows, usize),
    /// Told how many rows the step of this number let through.
    pub passed: &'w dyn Fn(usize, usize),
}

impl Way<'_> {
    /// Takes rows through the steps from this one on. What is left arrives, all at once but behind a `join`.
    pub fn onward(&self, index: usize, mut rows: Rows, arrive: &mut dyn FnMut(Rows)) {
        let Some(step) = self.steps.get(index) else { return arrive(rows) };
        (self.load)(&mut rows, index);
        for mut piece in rows.pieces(step) {
            piece.step(step);
            (self.passed)(index, piece.batch.height);
            if piece.batch.height > 0 {
                self.onward(index + 1, piece, arrive);
            }
        }
    }
}
