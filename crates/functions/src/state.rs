//! How aggregates run over blocks: a partial for each group, merged in any order, finished into a column.

use std::any::Any;

use value::column::Numbers;
use value::{Column, Value};

use crate::{Args, Columns};

/// An aggregate over the rows seen so far, for each group.
pub trait State: Send {
    /// Takes in a block's rows: row `i` belongs to group `groups[i]`, and there are `count` groups so far.
    fn add(&mut self, groups: &[u32], count: usize, args: &Columns);
    /// Takes in the groups of another state of the same aggregate: its group `i` is `groups[i]` here.
    fn merge(&mut self, other: Box<dyn State>, groups: &[u32], count: usize);
    /// One cell for each of the groups.
    fn finish(self: Box<Self>, count: usize) -> Column;
    /// About how much memory it takes.
    fn bytes(&self) -> usize;
    /// The same state once more, for a look at what there is so far.
    fn copy(&self) -> Box<dyn State>;
    /// The state itself, for [`State::merge`] to find its own kind.
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}

/// One group's part of an aggregate. Whatever the order of merging, the result is the same.
pub trait Partial: Clone + Default + Send + 'static {
    /// Takes in rows of several groups: row `i` belongs to `partials[groups[i]]`.
    fn add(partials: &mut [Self], groups: &[u32], args: &Columns);
    /// Takes in another part of the same group.
    fn merge(&mut self, other: Self);
    /// The group's value.
    fn finish(self) -> Option<Value>;
    /// About how much memory it takes beside its own size.
    fn heap(&self) -> usize {
        0
    }
}

/// The state of an aggregate whose groups have nothing to do with each other.
pub struct PerGroup<P>(Vec<P>);

/// A state that keeps one `P` for each group.
pub fn per_group<P: Partial>() -> Box<dyn State> {
    Box::new(PerGroup::<P>(Vec::new()))
}

impl<P: Partial> State for PerGroup<P> {
    fn add(&mut self, groups: &[u32], count: usize, args: &Columns) {
        self.0.resize_with(count.max(self.0.len()), P::default);
        P::add(&mut self.0, groups, args);
    }

    fn merge(&mut self, other: Box<dyn State>, groups: &[u32], count: usize) {
        self.0.resize_with(count.max(self.0.len()), P::default);
        let Ok(other) = other.into_any().downcast::<PerGroup<P>>() else { return };
        for (partial, group) in other.0.into_iter().zip(groups) {
            self.0[*group as usize].merge(partial);
        }
    }

    fn finish(mut self: Box<Self>, count: usize) -> Column {
        self.0.resize_with(count.max(self.0.len()), P::default);
        Column::from_values(self.0.into_iter().map(P::finish).collect())
    }

    fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<P>() + self.0.iter().map(P::heap).sum::<usize>()
    }

    fn copy(&self) -> Box<dyn State> {
        Box::new(PerGroup(self.0.clone()))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// Gives each number of an argument, with its group, to `take`.
#[inline]
pub(crate) fn each_number(groups: &[u32], numbers: &Numbers, mut take: impl FnMut(usize, f64)) {
    match numbers {
        Numbers::Same(None) => {}
        Numbers::Same(Some(it)) => groups.iter().for_each(|group| take(*group as usize, *it)),
        Numbers::Full(cells) => cells.iter().zip(groups).for_each(|(it, group)| take(*group as usize, *it)),
        Numbers::Cells(cells) => {
            for (it, group) in cells.iter().zip(groups) {
                if let Some(it) = it {
                    take(*group as usize, *it);
                }
            }
        }
    }
}

/// Gives each row that has a value of the argument, with its group, to `take`.
#[inline]
pub(crate) fn each_present(groups: &[u32], args: &Columns, index: usize, mut take: impl FnMut(usize, usize)) {
    let present = args.present(index);
    if let Column::Same(Some(Value::Bool(false)), _) = present {
        return;
    }
    let present = present.bools();
    for (row, group) in groups.iter().enumerate() {
        if present.get(row) == Some(true) {
            take(*group as usize, row);
        }
    }
}

/// The best row of each group that has rows with a value of the first argument, as groups and rows.
///
/// It takes time and room for the rows or for the groups, whichever are fewer.
pub(crate) fn best_rows(
    groups: &[u32],
    count: usize,
    args: &Columns,
    is_better: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    if count > groups.len() {
        return best_of_few(groups, args, is_better);
    }
    const NONE: u32 = u32::MAX;
    let mut best = vec![NONE; count];
    each_present(groups, args, 0, |group, row| {
        if best[group] == NONE || is_better(row, best[group] as usize) {
            best[group] = row as u32;
        }
    });
    best.into_iter().map(|it| it as usize).enumerate().filter(|(_, row)| *row != NONE as usize).collect()
}

/// [`best_rows`], where there are more groups than rows.
fn best_of_few(groups: &[u32], args: &Columns, is_better: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = Vec::new();
    each_present(groups, args, 0, |group, row| rows.push((group, row)));
    rows.sort_unstable();
    let mut best: Vec<(usize, usize)> = Vec::new();
    for (group, row) in rows {
        match best.last_mut() {
            Some((last, best)) if *last == group => {
                if is_better(row, *best) {
                    *best = row;
                }
            }
            _ => best.push((group, row)),
        }
    }
    best
}

/// What a value takes beside its own size, as far as it is text.
pub(crate) fn text_bytes(value: Option<&Value>) -> usize {
    match value {
        Some(Value::Text(it)) => it.len(),
        _ => 0,
    }
}

/// What `rows` forms share: the present numbers of an argument.
pub(crate) fn numbers<'a>(rows: &'a [Args<'a>], index: usize) -> impl Iterator<Item = f64> + 'a {
    rows.iter().filter_map(move |it| it.number(index))
}
