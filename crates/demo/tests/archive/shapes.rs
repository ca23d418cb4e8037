//! Every shape holds the same events, each in its own way.

use std::collections::BTreeMap;

use demo::{Options, Shape};
use flate2::bufread::GzDecoder;
use serde_json::Value;

use crate::folder::{Event, events, inflated, options, written};

#[test]
fn all_shapes_hold_the_same_events() {
    let groups = [Options::default().function_group(), Options::default().gateway_group()];
    let sorted = |shape| {
        let (files, summary) = written(&options(3_000, shape));
        let mut all: Vec<Event> = groups.iter().flat_map(|group| events(&files, group)).collect();
        assert_eq!(summary.events, all.len() as u64);
        assert_eq!(summary.message_bytes, all.iter().map(|it| it.message.len() as u64).sum::<u64>());
        all.sort();
        all
    };
    let export = sorted(Shape::Export);
    assert!(export.len() > 20_000);
    for shape in [Shape::ExportGzip, Shape::EventLines, Shape::EventPages] {
        assert!(export == sorted(shape), "{}", shape.name());
    }
}

#[test]
fn blocks_are_members_and_long_streams_go_on_in_another_file() {
    let small = |shape| Options { block_bytes: 3_000, file_bytes: 20_000, ..options(2_000, shape) };
    let (plain, _) = written(&small(Shape::Export));
    let (gzip, _) = written(&small(Shape::ExportGzip));
    let mut members = 0;
    for (path, bytes) in gzip.iter().filter(|(path, _)| path.ends_with(".gz")) {
        assert!(inflated(path, bytes) == plain[path.trim_end_matches(".gz")], "{path}");
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let mut decoder = GzDecoder::new(rest);
            std::io::copy(&mut decoder, &mut std::io::sink()).unwrap();
            rest = decoder.into_inner();
            members += 1;
        }
    }
    assert!(members > 2 * gzip.len(), "{members} members in {} files", gzip.len());
    assert!(gzip.keys().any(|path| path.ends_with("/000001.gz")));
}

#[test]
fn events_are_in_the_order_of_time() {
    for shape in [Shape::EventLines, Shape::EventPages] {
        let (files, _) = written(&Options { hours: 1, ..options(8_000, shape) });
        let mut quarters = BTreeMap::<&str, Vec<String>>::new();
        for (path, bytes) in &files {
            let one = [(path.clone(), bytes.clone())].into();
            let times = events(&one, "").into_iter().map(|it| it.time);
            let quarter = path.rsplit_once('-').unwrap().0;
            quarters.entry(quarter).or_default().extend(times);
        }
        assert_eq!(quarters.len(), 8);
        assert!(quarters.values().all(|times| times.is_sorted()));
    }
}

#[test]
fn pages_have_a_limit_and_all_but_the_last_a_token() {
    let (files, _) = written(&Options { hours: 1, ..options(8_000, Shape::EventPages) });
    let pages: Vec<(&String, Value)> =
        files.iter().map(|(path, bytes)| (path, serde_json::from_slice(bytes).unwrap())).collect();
    assert!(pages.iter().any(|(path, _)| path.ends_with("-000001.json")));
    for (place, (path, page)) in pages.iter().enumerate() {
        let events = page["events"].as_array().unwrap();
        let bytes: usize = events.iter().map(|it| it["message"].as_str().unwrap().len()).sum();
        assert!((1..=10_000).contains(&events.len()) && bytes < 1_100_000, "{path}");
        let quarter = |path: &str| path.rsplit_once('-').unwrap().0.to_owned();
        let is_last = pages.get(place + 1).is_none_or(|(next, _)| quarter(next) != quarter(path));
        assert_eq!(page.get("nextToken").is_none(), is_last, "{path}");
    }
}
