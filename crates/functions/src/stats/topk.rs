//! `topk(k, x)`: the values that occur most often.

use std::cmp::Reverse;

use hashbrown::HashMap;
use value::order;

use super::distinct;
use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static TOPK: Aggregate = Aggregate {
    name: "topk",
    aliases: &[],
    params: &[once("k", Kind::Constant), once("x", Kind::Any)],
    returns: Returns::Is(Type::Json),
    doc: "The `k` values that occur most often, by what they print as, as a list of texts; the most frequent comes first, of \
          equally frequent ones the first in the ascending order of `sort`. None if there is no value. The counts are \
          exact. It stands alone in its `stats`, without `by`; `k` is 1 to 10000. Memory: each different value is kept \
          once, with its count.",
    examples: &[
        ("topk(2, x)", &["200", "404", "200", "500", "500", "200"], "[\"200\",\"500\"]"),
        ("topk(2, x)", &["b", "a", "c"], "[\"a\",\"b\"]"),
    ],
    rows: |rows| {
        let of = |text: &String| rows.iter().filter(|it| it.any(1).is_some_and(|it| it.to_text() == *text)).count();
        let mut texts = distinct::sorted(rows, 1);
        // Equal counts stay in their order.
        texts.sort_by_cached_key(|it| Reverse(of(it)));
        texts.truncate(length(rows.first()?.number(0)));
        (!texts.is_empty()).then(|| distinct::list(texts))
    },
    state: per_group::<Top>,
};

/// The greatest `k`.
const LONGEST: f64 = 10_000.0;

fn length(k: Option<f64>) -> usize {
    k.unwrap_or(1.0).clamp(1.0, LONGEST) as usize
}

#[derive(Clone, Default)]
struct Top {
    counts: HashMap<Box<str>, u64, foldhash::fast::FixedState>,
    /// How many bytes the texts have.
    bytes: usize,
    k: Option<f64>,
}

impl Partial for Top {
    fn add(partials: &mut [Top], groups: &[u32], args: &Columns) {
        let k = args.numbers(0).get(0);
        distinct::each_text(groups, args, 1, |group, text| {
            let top = &mut partials[group];
            top.k = k;
            let known = top.counts.len();
            *top.counts.entry_ref(text).or_insert(0) += 1;
            top.bytes += if top.counts.len() > known { text.len() } else { 0 };
        });
    }

    fn merge(&mut self, mut other: Top) {
        if self.counts.len() < other.counts.len() {
            std::mem::swap(self, &mut other);
        }
        self.k = self.k.or(other.k);
        // More than it is where both have the same texts.
        self.bytes += other.bytes;
        for (text, count) in other.counts {
            *self.counts.entry(text).or_insert(0) += count;
        }
    }

    fn finish(self) -> Option<Value> {
        let mut counts: Vec<(Box<str>, u64)> = self.counts.into_iter().collect();
        counts.sort_unstable_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| order::compare_texts(a, b)));
        counts.truncate(length(self.k));
        (!counts.is_empty()).then(|| distinct::list(counts.into_iter().map(|(text, _)| text)))
    }

    fn heap(&self) -> usize {
        self.bytes + self.counts.capacity() * (distinct::ENTRY + size_of::<u64>())
    }
}
