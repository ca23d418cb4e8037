//! Random logs in every shape of an export: the events are those that went in, however the files are cut.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Mutex;

use plan::{Counted, Form, Range, Scan, Wanted};
use source::{Memory, Source, Watch};
use testkit::events::Event;
use testkit::logs::{self, LogSizes};
use testkit::random::Random;
use testkit::render::{self, Rendered, Shape};

/// The sizes of blocks that files are cut into: mostly tiny, so that everything stands at a seam once.
const BLOCKS: [usize; 6] = [1, 7, 64, 300, 5000, 1 << 20];

fn memory(archive: &Rendered, block: usize) -> Memory {
    let mut files: Vec<_> = archive.files.iter().collect();
    files.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    let memory =
        files.into_iter().fold(Memory::new(), |memory, (path, bytes)| memory.file(path, None, bytes.as_slice()));
    memory.with_blocks_of(block)
}

/// The events that a scan hands over, in the order of the archive.
fn events(source: &dyn Source, scan: &Scan) -> Vec<Event> {
    let found = Mutex::new(Vec::new());
    let visit = |block: &source::Block<'_>| {
        let rows = (0..block.len()).map(|row| {
            let event = Event {
                time: block.time(row),
                ingested: block.ingested(row),
                stream: block.stream(row).map(str::to_owned),
                message: block.message(row).to_owned(),
            };
            (block.place(row), event)
        });
        found.lock().unwrap().extend(rows);
    };
    let report = match source.scan(scan, &Watch::default(), &visit) {
        Ok(report) => report,
        Err(source::Error::Nothing { .. }) => return Vec::new(),
        Err(error) => panic!("{error}"),
    };
    assert_eq!(report.faults, []);
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|it| it.0);
    assert!(found.windows(2).all(|it| it[0].0 < it[1].0), "every event has a place of its own");
    found.into_iter().map(|it| it.1).collect()
}

fn archives(seeds: std::ops::Range<u64>, mut check: impl FnMut(Shape, &Rendered, &mut Random)) {
    for seed in seeds {
        let mut random = Random::new(seed);
        let log = logs::log(&mut random, &LogSizes::default());
        for shape in Shape::ALL {
            let archive = render::render(*shape, &log, &mut random);
            check(*shape, &archive, &mut random);
        }
    }
}

#[test]
fn every_shape_gives_the_events_that_went_in() {
    archives(0..60, |shape, archive, random| {
        let block = *random.pick(&BLOCKS);
        assert_eq!(events(&memory(archive, block), &Scan::default()), archive.events, "{shape:?}, blocks of {block}");
    });
}

#[test]
fn blocks_of_any_size_give_the_same() {
    archives(100..115, |shape, archive, _| {
        for block in BLOCKS {
            let found = events(&memory(archive, block), &Scan::default());
            assert_eq!(found, archive.events, "{shape:?}, blocks of {block}");
        }
    });
}

#[test]
fn a_range_keeps_what_lies_in_it() {
    archives(200..240, |shape, archive, random| {
        let start = logs::BEGIN + random.between(-1000, 6 * 3_600_000);
        let range = Range { start, end: start + random.between(0, 3_600_000) };
        let scan = Scan { range: Some(range), ..Scan::default() };
        let all = archive.events.iter();
        let kept: Vec<Event> = all.filter(|it| it.time.is_some_and(|it| range.holds(it))).cloned().collect();
        assert_eq!(events(&memory(archive, 200), &scan), kept, "{shape:?}");
    });
}

#[test]
fn the_pre_filter_loses_nothing() {
    let mut kept_some = 0;
    archives(300..360, |shape, archive, random| {
        // A stretch of a message that went in, so that it is found now and then.
        let message = archive.events.get(random.below(archive.events.len())).map_or("", |it| it.message.as_str());
        let letters: Vec<char> = message.chars().collect();
        let start = random.below(letters.len());
        let literal: String = letters.iter().skip(start).take(random.below(12)).collect();
        let scan = Scan { literals: vec![literal.clone(), String::from("e")], ..Scan::default() };
        let block = *random.pick(&BLOCKS);
        let found = events(&memory(archive, block), &scan);
        for event in archive.events.iter().filter(|it| it.message.contains(&literal) && it.message.contains('e')) {
            assert!(found.contains(event), "{shape:?}: {literal:?} is in {event:?}");
        }
        kept_some += usize::from(found.len() < archive.events.len());
        let all = events(&memory(archive, block), &Scan { counted: Counted::All, ..scan });
        assert_eq!(all, archive.events, "what is to be counted is not passed over");
    });
    assert!(kept_some > 50, "the pre-filter passes over something");
}

#[test]
fn rows_may_be_chosen() {
    let wanted: Vec<Wanted> = ["level", "latency", "nested.code", "items.0.id", "@message", "@timestamp", "@type"]
        .iter()
        .flat_map(|name| [Form::Text, Form::Number, Form::Present].map(|form| Wanted { name: (*name).into(), form }))
        .collect();
    archives(400..410, |_, archive, random| {
        let chance = random.bits();
        let visit = |block: &source::Block<'_>| {
            let mut random = Random::new(chance);
            let mut rows: Vec<u32> = (0..block.len() as u32).filter(|_| random.one_in(3)).collect();
            random.shuffle(&mut rows);
            let (all, some) = (block.columns(&wanted, None), block.columns(&wanted, Some(&rows)));
            for (all, some) in all.iter().zip(&some) {
                assert_eq!((all.len(), some.len()), (block.len(), rows.len()));
                for (place, row) in rows.iter().enumerate() {
                    assert_eq!(all.value(*row as usize), some.value(place));
                }
            }
        };
        let _ = memory(archive, 4000).scan(&Scan::default(), &Watch::default(), &visit);
    });
}

#[test]
fn the_newest_event_is_found_by_heads_alone() {
    archives(500..530, |shape, archive, _| {
        let newest = archive.events.iter().filter_map(|it| it.time).max();
        let found = memory(archive, 100).newest(&Watch::default()).unwrap_or_default();
        assert_eq!(found, newest, "{shape:?}");
    });
}
