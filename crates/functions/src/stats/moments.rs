//! The first moments of numbers, exactly: what `variance` and `stddev` share.

use value::sum::ExactSum;

use crate::Columns;
use crate::state::each_number;

/// How many numbers there were, their sum and that of their squares.
#[derive(Clone, Default)]
pub struct Moments {
    count: u64,
    sum: ExactSum,
    squares: ExactSum,
}

/// Takes in the numbers of the first argument; `of` finds the moments of a group.
#[inline]
pub fn add<P>(partials: &mut [P], groups: &[u32], args: &Columns, of: impl Fn(&mut P) -> &mut Moments) {
    each_number(groups, &args.numbers(0), |group, it| of(&mut partials[group]).add(it));
}

impl Moments {
    /// Takes in a number.
    #[inline]
    pub fn add(&mut self, number: f64) {
        self.count += 1;
        self.sum.add(number);
        self.squares.add_square(number);
    }

    /// Takes in what another has seen.
    pub fn merge(&mut self, other: &Moments) {
        self.count += other.count;
        self.sum.merge(&other.sum);
        self.squares.merge(&other.squares);
    }

    /// The mean square of the distances from the mean.
    pub fn variance(&self) -> Option<f64> {
        ExactSum::variance(self.count, &self.sum, &self.squares)
    }
}
