//! `sort`, `dedup`, `limit` and `tail` of an answer: the best rows so far.
//!
//! With a limit and no `dedup`, a partial holds some times the limit; with a `dedup`, a row for each distinct set of
//! values; rows are cut down to that whenever they have doubled.

use std::cmp;

use plan::step::{Dedup, Direction, Key};
use plan::{Expr, Field, Step};
use value::{Batch, Column, number, order};

use crate::expr::eval;
use crate::gather::keys::distinct;
use crate::rows::Rows;

/// The column of places: what decides between rows that are equal in the order.
pub const PLACE: &str = "\u{0}@ptr";

/// A partial is not cut down before it holds so many rows: sorting few rows often costs more than keeping them.
const LEAST_ROOM: usize = 1 << 14;

/// What decides between equal rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ties {
    /// Their places in the archive.
    Places,
    /// The order they came in.
    AsTheyCome,
}

/// What makes rows the best.
#[derive(Clone)]
pub struct Ordering<'p> {
    keys: &'p [Key],
    /// What orders the rows that have no value of any key, the newest first.
    time: Option<&'p Field>,
    dedup: Option<&'p Dedup>,
    limit: usize,
    /// How many of the rows within the limit: the last ones.
    tail: usize,
    /// Whether the order is turned round on the way: the last rows of all are the first then, and a limit keeps them.
    turned: bool,
    /// What decides between rows that the keys find equal.
    ties: Ties,
    /// How many steps of the plan it stands for.
    pub steps: usize,
}

impl<'p> Ordering<'p> {
    /// The order that the first of these steps make: at most a `sort`, a `dedup`, a `limit` and a `tail`, in this order.
    pub fn of(steps: &'p [Step]) -> Ordering<'p> {
        let mut it = Ordering {
            keys: &[],
            time: None,
            dedup: None,
            limit: usize::MAX,
            tail: usize::MAX,
            turned: false,
            ties: Ties::Places,
            steps: 0,
        };
        for step in steps {
            match step {
                Step::Sort(sort) if it.steps == 0 => (it.keys, it.time) = (&sort.keys, sort.time.as_ref()),
                Step::Dedup(dedup) if it.dedup.is_none() && it.limit == usize::MAX => it.dedup = Some(dedup),
                Step::Limit(limit) if it.limit == usize::MAX => it.limit = size(limit.count),
                Step::Tail(tail) => {
                    it.turned = it.dedup.is_none() && it.limit == usize::MAX;
                    *(if it.turned { &mut it.limit } else { &mut it.tail }) = size(tail.count);
                    it.steps += 1;
                    break;
                }
                _ => break,
            }
            it.steps += 1;
        }
        it
    }

    /// Calls `visit` for each field that decides which rows are the best.
    pub fn reads(&self, visit: &mut dyn FnMut(&'p Field)) {
        self.keys.iter().for_each(|it| it.expr.fields(visit));
        self.time.into_iter().for_each(&mut *visit);
        self.dedup.iter().flat_map(|it| &it.by).for_each(|it| it.fields(visit));
    }

    /// If time alone orders the rows, the newest first, and no more than the limit are kept: the oldest time that
    /// still counts, once so many rows are there.
    fn newest_first(&self) -> bool {
        self.dedup.is_none()
            && !self.turned
            && matches!(self.keys, [Key { expr: Expr::Field(field), direction: Direction::Descending }]
                if *field == Field::of_log("@timestamp"))
    }
}

/// A number of rows that is not the mark for all of them.
fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX - 1).min(usize::MAX - 1)
}

/// The best rows so far.
#[derive(Clone)]
pub struct Top<'p> {
    ordering: Ordering<'p>,
    kept: Vec<Batch>,
    height: usize,
    /// About how much memory they take.
    bytes: usize,
    /// How many rows may be kept before they are cut down to the best.
    room: usize,
    /// The first key of a row behind which none counts, if it is a number: there are as many rows as the limit that are
    /// no worse.
    bound: Option<f64>,
}

impl<'p> Top<'p> {
    /// No row yet.
    pub fn new(ordering: Ordering<'p>) -> Top<'p> {
        let room = ordering.limit.saturating_mul(2).max(LEAST_ROOM);
        Top { ordering, kept: Vec::new(), height: 0, bytes: 0, room, bound: None }
    }

    /// Takes rows that are in an order already: those that are equal stay in it.
    pub fn keep_order(&mut self) {
        self.ordering.ties = Ties::AsTheyCome;
    }

    /// Drops the rows that cannot be among the best, those that the first key alone decides against. What is left is to be
    /// added.
    pub fn choose(&mut self, rows: &mut Rows) {
        if self.ordering.dedup.is_some() {
            return;
        }
        if let (Some(bound), Some(key)) = (self.bound, self.ordering.keys.first()) {
            let column = eval(&key.expr, &rows.batch);
            let numbers = not_worse(&column, self.ordering.direction(key), bound);
            if let Some(numbers) = numbers
                && numbers.len() < rows.batch.height
            {
                rows.gather(&numbers);
            }
        }
        if rows.batch.height > self.ordering.limit {
            let mut numbers = self.ordering.best(&rows.batch);
            // One block has rows enough to tell which of the next ones are too bad.
            self.bound_by(&rows.batch, &numbers);
            numbers.sort_unstable();
            rows.gather(&numbers);
        }
    }

    /// Takes in rows.
    pub fn add(&mut self, rows: Batch) {
        if rows.height == 0 {
            return;
        }
        self.height += rows.height;
        self.bytes += rows.bytes();
        self.kept.push(rows);
        if self.height >= self.room {
            self.cut();
        }
    }

    /// How many rows it holds.
    pub fn height(&self) -> usize {
        self.height
    }

    /// About how much memory they take.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes in the best rows of another part.
    pub fn merge(&mut self, other: Top<'p>) {
        self.height += other.height;
        self.bytes += other.bytes;
        self.kept.extend(other.kept);
        if self.height >= self.room {
            self.cut();
        }
    }

    /// The best rows, in order.
    pub fn finish(mut self) -> Batch {
        self.cut();
        let rows = self.kept.pop().unwrap_or_default();
        let end = rows.height.min(self.ordering.limit);
        let start = end - end.min(self.ordering.tail);
        if end - start == rows.height {
            return rows;
        }
        let numbers: Vec<u32> = (start as u32..end as u32).collect();
        rows.gather(&numbers)
    }

    /// No event older than this can be among the best any more.
    pub fn floor(&self) -> Option<i64> {
        if self.ordering.newest_first() { self.bound.map(|it| it as i64) } else { None }
    }

    fn cut(&mut self) {
        let rows = Batch::stack(std::mem::take(&mut self.kept));
        let mut numbers = self.ordering.best(&rows);
        self.bound_by(&rows, &numbers);
        if self.ordering.turned {
            numbers.reverse();
        }
        let best = rows.gather(&numbers);
        self.height = best.height;
        self.bytes = best.bytes();
        self.room = self.room.max(best.height.saturating_mul(2));
        self.kept.push(best);
    }

    /// Where these are as many rows as the limit, the best first, none behind the last of them counts any more.
    fn bound_by(&mut self, rows: &Batch, best: &[u32]) {
        if self.ordering.dedup.is_none()
            && best.len() >= self.ordering.limit
            && let (Some(key), Some(worst)) = (self.ordering.keys.first(), best.last())
        {
            // A number's place in the order is known from its value alone, whether it is text in the log or not.
            let found = eval(&key.expr, &rows.gather(&[*worst])).value(0).and_then(|it| it.to_number());
            self.bound = found.or(self.bound);
        }
    }
}

impl Ordering<'_> {
    fn direction(&self, key: &Key) -> Direction {
        match (key.direction, self.turned) {
            (it, false) => it,
            (Direction::Ascending, true) => Direction::Descending,
            (Direction::Descending, true) => Direction::Ascending,
        }
    }

    /// When the rows happened that have no value of any key; of no row, if each has one.
    fn undecided(&self, keys: &[Column], rows: &Batch) -> Vec<Option<i64>> {
        let Some(time) = self.time else { return Vec::new() };
        let lacks_all = |row: &usize| !keys.iter().any(|it| it.is_present(*row));
        if !(0..rows.height).any(|row| lacks_all(&row)) {
            return Vec::new();
        }
        let column = eval(&Expr::Field(time.clone()), rows);
        let times = column.times();
        (0..rows.height).map(|row| Some(row).filter(lacks_all).and_then(|row| times.get(row))).collect()
    }

    /// The numbers of the best rows, best first.
    fn best(&self, rows: &Batch) -> Vec<u32> {
        let columns: Vec<Column> = self.keys.iter().map(|it| eval(&it.expr, rows)).collect();
        let keys: Vec<(order::Keys, Direction)> =
            columns.iter().zip(self.keys).map(|(column, key)| (order::Keys::of(column), self.direction(key))).collect();
        let places = rows.column(PLACE).filter(|_| self.ties == Ties::Places);
        let places = places.map(Column::places).unwrap_or_default();
        let place = |row: u32| places.get(row as usize).copied().unwrap_or_default();
        let all: Vec<u32> = (0..rows.height as u32).collect();
        let undecided = self.undecided(&columns, rows);
        let time = |row: u32| undecided.get(row as usize).copied().flatten();
        let by_place = |left: u32, right: u32| {
            let newer = time(right).cmp(&time(left));
            // Rows that were made of one event keep their order: they are never in two parts.
            let order = newer.then(place(left).cmp(&place(right))).then(left.cmp(&right));
            if self.turned { order.reverse() } else { order }
        };
        match self.dedup {
            None if self.limit < rows.height => sorted(&keys, best_of(&keys, all, self.limit, &by_place), by_place),
            None => sorted(&keys, all, by_place),
            // Not cut to the limit: a better row of another part may yet take the place of one of these.
            Some(dedup) => first_of_each(dedup, rows, sorted(&keys, all, by_place)),
        }
    }
}

/// Row numbers in the order of the keys.
pub fn sorted(
    keys: &[(order::Keys, Direction)],
    mut numbers: Vec<u32>,
    ties: impl Fn(u32, u32) -> cmp::Ordering,
) -> Vec<u32> {
    numbers.sort_unstable_by(|left, right| compare(keys, *left, *right, &ties));
    numbers
}

/// So many of the row numbers, the best, in no order.
fn best_of(
    keys: &[(order::Keys, Direction)],
    mut numbers: Vec<u32>,
    limit: usize,
    ties: &impl Fn(u32, u32) -> cmp::Ordering,
) -> Vec<u32> {
    if limit < numbers.len() && limit > 0 {
        numbers.select_nth_unstable_by(limit - 1, |left, right| compare(keys, *left, *right, ties));
    }
    numbers.truncate(limit);
    numbers
}

fn compare(
    keys: &[(order::Keys, Direction)],
    left: u32,
    right: u32,
    ties: &impl Fn(u32, u32) -> cmp::Ordering,
) -> cmp::Ordering {
    for (key, direction) in keys {
        let ordering = key.compare(left as usize, right as usize);
        let ordering = if *direction == Direction::Descending { ordering.reverse() } else { ordering };
        if ordering.is_ne() {
            return ordering;
        }
    }
    ties(left, right)
}

/// The first of these rows for each set of values; rows that lack one of them all stay.
fn first_of_each(dedup: &Dedup, rows: &Batch, numbers: Vec<u32>) -> Vec<u32> {
    let columns: Vec<Column> = dedup.by.iter().map(|it| eval(it, rows)).collect();
    let sets = distinct(&columns, rows);
    let mut seen = vec![false; sets.iter().max().map_or(0, |it| *it as usize + 1)];
    let first = |row: &u32| {
        let whole = columns.iter().all(|it| it.is_present(*row as usize));
        let set = sets.get(*row as usize).copied().unwrap_or_default() as usize;
        !whole || !std::mem::replace(&mut seen[set], true)
    };
    numbers.into_iter().filter(first).collect()
}

/// The rows that the first key does not put behind the bound; `None` where the key is no number or time.
fn not_worse(column: &Column, direction: Direction, bound: f64) -> Option<Vec<u32>> {
    let rows = 0..column.len() as u32;
    let keeps = |it: Option<f64>| match (it, direction) {
        // What is missing, and text, comes before all numbers going up, and behind them going down.
        (None, Direction::Ascending) => true,
        (None, Direction::Descending) => false,
        (Some(it), Direction::Ascending) => it <= bound,
        (Some(it), Direction::Descending) => it >= bound,
    };
    match column {
        Column::Number(_) => {
            let cells = column.numbers();
            Some(rows.filter(|row| keeps(cells.get(*row as usize))).collect())
        }
        Column::Text(_) => {
            let cells = column.texts();
            Some(rows.filter(|row| keeps(cells.get(*row as usize).and_then(number::read))).collect())
        }
        Column::Time(_) => {
            let cells = column.times();
            Some(rows.filter(|row| keeps(cells.get(*row as usize).map(|it| it as f64))).collect())
        }
        _ => None,
    }
}
