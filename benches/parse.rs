//! Text to query, and query to plan: how long it takes before the first byte of a log is read.
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn parse(criterion: &mut Criterion) {
    let queries = groundwatch_benches::queries();
    let bytes: usize = queries.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("corpus");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| queries.iter().filter(|it| syntax::parse(black_box(it)).is_ok()).count());
    });
    let trees: Vec<syntax::Query> = queries.iter().filter_map(|it| syntax::parse(it).ok()).collect();
    let context = plan::Context::default();
    group.bench_function("plan", |bencher| {
        bencher.iter(|| trees.iter().filter(|it| plan::build(black_box(it), &context).is_ok()).count());
    });
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);
