//! Functions over columns beside the same row by row: whether a column form pays.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use functions::{Function, Kind, Need, lift};
use value::{Column, Pattern, Period, Unit, Value};

/// As many rows as a block has, or so.
const ROWS: usize = 4096;

fn functions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("functions");
    group.throughput(Throughput::Elements(ROWS as u64)).sample_size(20);
    group.warm_up_time(std::time::Duration::from_millis(200));
    group.measurement_time(std::time::Duration::from_millis(500));
    for function in functions::all() {
        let (Some(column), Some(args)) = (function.column, args(function)) else { continue };
        let columns = functions::Columns { columns: &args, height: ROWS };
        group.bench_function(BenchmarkId::new(function.name, "column"), |it| it.iter(|| black_box(column(&columns))));
        group.bench_function(BenchmarkId::new(function.name, "row"), |it| {
            it.iter(|| black_box(lift(function, &args, ROWS)));
        });
    }
    group.finish();
}

/// Columns that a function takes; `None` where it takes what only a query can say.
fn args(function: &Function) -> Option<Vec<Column>> {
    let needed = function.params.iter().filter(|it| it.need != Need::Optional);
    let mut columns: Vec<Column> = needed.enumerate().map(|(index, it)| arg(it.kind, index)).collect::<Option<_>>()?;
    // Those that take two of a kind are asked with a field and a literal, as most queries do.
    if let [Column::Text(_), second @ Column::Text(_)] = columns.as_mut_slice() {
        *second = Column::Same(Some(Value::text("item 77")), ROWS);
    }
    Some(columns)
}

fn arg(kind: Kind, index: usize) -> Option<Column> {
    let numbers =
        || Column::from_numbers((0..ROWS).map(|row| (row % 50 > 0).then_some((row * 37 % 1000) as f64 / 8.0)));
    Some(match kind {
        Kind::Any | Kind::Result | Kind::Text => {
            Column::from_texts((0..ROWS).map(|row| (row % 50 > 0).then(|| format!("/items/item {}", row * 37 % 1000))))
        }
        Kind::Number | Kind::Measure => numbers(),
        Kind::Bool => Column::from_bools((0..ROWS).map(|row| Some((row >> index) & 1 == 0))),
        Kind::Time => Column::from_times((0..ROWS).map(|row| Some(1_767_225_600_000 + row as i64 * 977))),
        Kind::Period => Column::Same(Some(Value::Period(Period { count: 5, unit: Unit::Minute })), ROWS),
        Kind::Pattern => Column::Same(Some(Value::Pattern(Pattern::new("item 7+").unwrap())), ROWS),
        Kind::Constant => Column::Same(Some(Value::Number(2.0)), ROWS),
        Kind::Json | Kind::Notation(_) | Kind::List | Kind::Place => return None,
    })
}

criterion_group!(benches, functions);
criterion_main!(benches);
