//! Aggregates: examples, and block forms that give what the row forms say, however the rows are split and merged.

use functions::{Aggregate, Args, Columns, Kind, Need, aggregates, find_aggregate};
use testkit::random::Random;
use value::{Column, Period, Unit, Value};

use crate::columns::{column, value};

/// Rows in blocks: where each begins and ends, and the group of each row within it.
struct Block {
    rows: std::ops::Range<usize>,
    groups: Vec<u32>,
    /// The groups of the whole, by their number in the block.
    names: Vec<u32>,
}

#[test]
fn blocks_give_what_rows_say() {
    for aggregate in aggregates() {
        let mut random = Random::new(3);
        for _ in 0..150 {
            let most = if random.one_in(10) { 6000 } else { 60 };
            let height = random.below(most);
            let columns = arguments(&mut random, aggregate, height);
            let count = 1 + random.below(4);
            let groups: Vec<u32> = (0..height).map(|_| random.below(count) as u32).collect();
            let found = in_blocks(&mut random, aggregate, &columns, &groups, count);
            let cells: Vec<Vec<Option<Value>>> =
                (0..height).map(|row| columns.iter().map(|it| it.value(row)).collect()).collect();
            for group in 0..count {
                let of_group = cells.iter().zip(&groups).filter(|(_, it)| **it as usize == group);
                let rows: Vec<Args> = of_group.map(|(it, _)| Args(it)).collect();
                let expected = (aggregate.rows)(&rows).map(|it| it.to_text());
                let found = found.value(group).map(|it| it.to_text());
                assert_eq!(found, expected, "{} of {columns:?} by {groups:?}, group {group}", aggregate.name);
            }
        }
    }
}

#[test]
fn examples_hold() {
    for aggregate in aggregates() {
        for (call, cells, printed) in aggregate.examples {
            let (name, args) = call.strip_suffix(')').unwrap().split_once('(').unwrap();
            assert!(std::ptr::eq(find_aggregate(name).unwrap(), aggregate), "{call} does not call {}", aggregate.name);
            let literals: Vec<Value> = args.split(", ").filter_map(literal).collect();
            let rows: Vec<Vec<Option<Value>>> = cells
                .iter()
                .enumerate()
                .map(|(place, cell)| example_row(aggregate, args, &literals, place, cell))
                .collect();
            let rows: Vec<Args> = rows.iter().map(|it| Args(it)).collect();
            let found = (aggregate.rows)(&rows).map_or(String::new(), |it| it.to_text());
            assert_eq!(found, *printed, "{call} over {cells:?}");
        }
    }
}

/// `95`, `1m`; the column `x` and `*` are none.
fn literal(text: &str) -> Option<Value> {
    let (digits, unit) = text.split_at(text.find(|it: char| !it.is_ascii_digit()).unwrap_or(text.len()));
    let count = digits.parse().ok()?;
    Some(match unit {
        "" => Value::Number(count as f64),
        unit => Value::Period(Period { count, unit: Unit::read(unit).unwrap() }),
    })
}

fn example_row(aggregate: &Aggregate, args: &str, literals: &[Value], place: usize, cell: &str) -> Vec<Option<Value>> {
    let params = aggregate.params.iter().filter(|it| it.need != Need::Optional || args != "*");
    let mut literals = literals.iter();
    params
        .map(|param| match (param.need, param.kind) {
            // Events a millisecond apart.
            (Need::Hidden(_), Kind::Time) => Some(Value::Time(place as i64)),
            (Need::Hidden(_), _) => Some(Value::Place(place as u64)),
            (_, Kind::Constant | Kind::Period) => literals.next().cloned(),
            (_, Kind::Number | Kind::Measure) => Value::text(cell).to_number().map(Value::Number),
            _ => Some(Value::text(cell)),
        })
        .collect()
}

fn arguments(random: &mut Random, aggregate: &Aggregate, height: usize) -> Vec<Column> {
    let mut columns = Vec::new();
    for param in aggregate.params {
        match (param.need, param.kind) {
            (Need::Optional, _) if random.one_in(2) => break,
            // No two events have one place.
            (_, Kind::Place) => {
                let mut places: Vec<u64> = (0..height as u64).collect();
                random.shuffle(&mut places);
                columns.push(Column::from_places(places));
            }
            (_, kind) => columns.push(column(random, kind, height)),
        }
    }
    if let [Column::Same(it, _), ..] = &mut columns[..]
        && random.one_in(2)
    {
        *it = value(random, aggregate.params[0].kind);
    }
    columns
}

/// The aggregate of each group, by states of random blocks, merged in a random order.
fn in_blocks(random: &mut Random, aggregate: &Aggregate, columns: &[Column], groups: &[u32], count: usize) -> Column {
    let mut blocks = blocks(random, groups);
    random.shuffle(&mut blocks);
    let mut whole = (aggregate.state)();
    for block in blocks {
        let mut part = (aggregate.state)();
        let half = block.groups.len() / 2;
        for range in [0..half, half..block.groups.len()] {
            let rows: Vec<u32> = range.clone().map(|it| (block.rows.start + it) as u32).collect();
            let columns: Vec<Column> = columns.iter().map(|it| it.gather(&rows)).collect();
            let groups = &block.groups[range];
            let known = groups.iter().max().map_or(0, |it| *it as usize + 1);
            part.add(groups, known, &Columns { columns: &columns, height: rows.len() });
        }
        whole.merge(part, &block.names, count);
    }
    whole.finish(count)
}

fn blocks(random: &mut Random, groups: &[u32]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    while start < groups.len() {
        let end = (start + 1 + random.below(groups.len() / 2 + 1)).min(groups.len());
        let mut names: Vec<u32> = Vec::new();
        let mut number = |name: u32| match names.iter().position(|it| *it == name) {
            Some(it) => it as u32,
            None => {
                names.push(name);
                names.len() as u32 - 1
            }
        };
        let numbers = groups[start..end].iter().map(|it| number(*it)).collect();
        blocks.push(Block { rows: start..end, groups: numbers, names });
        start = end;
    }
    blocks
}
