//! How many distinct texts there were, without keeping them: exact while they are few.
//!
//! The smallest hashes are kept (Bar-Yossef and others, *Counting Distinct Elements in a Data Stream*, 2002): their
//! density tells how many there are. The estimate hangs on the set of texts alone, and never falls as it grows.

use std::collections::BTreeSet;

/// How many hashes are kept.
const KEPT: usize = 256;

/// The distinct texts so far, by their hashes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Distinct {
    smallest: BTreeSet<u64>,
}

impl Distinct {
    /// Takes in a text, by its hash.
    pub(crate) fn add(&mut self, hash: u64) {
        self.smallest.insert(hash);
        if self.smallest.len() > KEPT {
            self.smallest.pop_last();
        }
    }

    /// Takes in those of another part.
    pub(crate) fn merge(&mut self, other: Distinct) {
        other.smallest.into_iter().for_each(|it| self.add(it));
    }

    /// How many there are.
    pub(crate) fn estimate(&self) -> u64 {
        match self.smallest.last() {
            Some(last) if self.smallest.len() == KEPT => {
                let estimate = (u128::from(u64::MAX) * (KEPT as u128 - 1) / u128::from((*last).max(1))) as u64;
                // There are as many as are kept, at least.
                estimate.max(KEPT as u64)
            }
            _ => self.smallest.len() as u64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::hash;

    #[test]
    fn few_are_counted_and_many_estimated() {
        for count in [0_u64, 1, 255] {
            let mut it = Distinct::default();
            (0..count).chain(0..count).for_each(|number| it.add(hash(&number.to_le_bytes())));
            assert_eq!(it.estimate(), count);
        }
        for seed in 0..50 {
            let (mut it, mut last) = (Distinct::default(), 0);
            for number in 0..2_000_u64 {
                it.add(hash(&number.wrapping_mul(2 * seed + 1).to_le_bytes()));
                assert!(it.estimate() >= last);
                last = it.estimate();
            }
            assert!((1_400..2_800).contains(&last), "{last}");
        }
    }
}
