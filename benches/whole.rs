//! Whole queries, from text to rows: the questions of the comparison, over a small archive in each shape.
#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use demo::Shape;
use plan::Context;
use source::{Files, Input, Watch};

fn whole(criterion: &mut Criterion) {
    for shape in [Shape::Export, Shape::EventLines, Shape::ExportGzip] {
        let (folder, bytes) = groundwatch_benches::archive(shape).unwrap();
        let mut group = criterion.benchmark_group(format!("query/{}", shape.name()));
        group.throughput(Throughput::Bytes(bytes)).sample_size(20);
        for (name, query) in groundwatch_benches::questions() {
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    let plan = plan::compile(query, &Context::default()).unwrap();
                    let files = Files::open(&[Input::new(&folder)], None).unwrap();
                    engine::run(&plan, &files, &Watch::default()).unwrap().batch.height
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, whole);
criterion_main!(benches);
