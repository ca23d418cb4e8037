//! Files to columns, the engine left out: what it costs to find events, to look for a text, and to read fields.
#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use demo::Shape;
use plan::{Form, Scan, Wanted};
use source::{Files, Input, Source, Watch};

fn scan(criterion: &mut Criterion) {
    for shape in [Shape::Export, Shape::EventLines, Shape::ExportGzip] {
        let (folder, bytes) = groundwatch_benches::archive(shape).unwrap();
        let files = Files::open(&[Input::new(folder)], None).unwrap();
        let mut group = criterion.benchmark_group(format!("scan/{}", shape.name()));
        group.throughput(Throughput::Bytes(bytes)).sample_size(20);
        for (name, scan) in scans() {
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    let visit = |block: &source::Block<'_>| {
                        black_box(block.columns(&scan.fields, None));
                    };
                    files.scan(&scan, &Watch::default(), &visit).unwrap().records_scanned
                });
            });
        }
        group.finish();
    }
}

/// What is asked of the files.
fn scans() -> Vec<(&'static str, Scan)> {
    let fields = |wanted: &[(&str, Form)]| -> Vec<Wanted> {
        wanted.iter().map(|(name, form)| Wanted { name: (*name).into(), form: *form }).collect()
    };
    vec![
        ("events", Scan::default()),
        ("times", Scan { fields: fields(&[("@timestamp", Form::Text)]), ..Scan::default() }),
        ("messages", Scan { fields: fields(&[("@message", Form::Text)]), ..Scan::default() }),
        ("fields", Scan { fields: fields(&[("level", Form::Text), ("duration", Form::Number)]), ..Scan::default() }),
        ("rare text", Scan { literals: vec![String::from("abc-123-def-456")], ..Scan::default() }),
        (
            "common key",
            Scan {
                needed: vec![Arc::from("dynamoDuration")],
                fields: fields(&[("dynamoDuration", Form::Number)]),
                ..Scan::default()
            },
        ),
    ]
}

criterion_group!(benches, scan);
criterion_main!(benches);
