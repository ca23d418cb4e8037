//! Equal options give equal bytes, and as many as they ask for.

use std::cell::RefCell;
use std::io::ErrorKind;

use demo::{Options, Runtime, Shape, Summary};

use crate::folder::{options, read, written};

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    for shape in Shape::ALL {
        let options = Options { runtime: Runtime::Prefixed, block_bytes: 4_000, ..options(2_000, shape) };
        let (one, one_summary) = written(&Options { threads: 1, ..options.clone() });
        let (seven, seven_summary) = written(&Options { threads: 7, ..options.clone() });
        assert!(one == seven, "{}", shape.name());
        assert_eq!(one_summary, seven_summary);
    }
}

#[test]
fn another_seed_gives_another_archive() {
    let options = options(100, Shape::Export);
    let (one, _) = written(&options);
    let (two, _) = written(&Options { seed: 2, ..options });
    assert!(one.keys().ne(two.keys()));
}

#[test]
fn leaving_a_group_out_does_not_change_the_other() {
    let options = options(500, Shape::EventLines);
    let (both, _) = written(&options);
    let (mut apart, _) = written(&Options { gateway: None, ..options.clone() });
    let (gateway, _) = written(&Options { function: None, ..options.clone() });
    assert!(!apart.is_empty() && !gateway.is_empty());
    apart.extend(gateway);
    assert!(apart == both);
}

#[test]
fn ten_times_the_requests_are_ten_times_the_bytes() {
    let (_, small) = written(&options(1_000, Shape::Export));
    let (_, large) = written(&options(10_000, Shape::Export));
    assert_eq!((small.requests, large.requests), (1_000, 10_000));
    let ratio = large.message_bytes as f64 / small.message_bytes as f64;
    assert!((9.0..11.0).contains(&ratio), "{ratio}");
}

#[test]
fn the_summary_is_what_lies_on_disk_and_the_last_progress() {
    for shape in Shape::ALL {
        let folder = tempfile::tempdir().unwrap();
        let heard = RefCell::new(vec![Summary::default()]);
        let summary = demo::write(folder.path(), &options(3_000, shape), &|it| heard.borrow_mut().push(*it)).unwrap();
        let mut files = read(folder.path());
        files.retain(|path, _| !path.ends_with("aws-logs-write-test"));
        assert_eq!(summary.files, files.len() as u64);
        assert_eq!(summary.file_bytes, files.values().map(|it| it.len() as u64).sum::<u64>());
        assert_eq!(heard.borrow().last(), Some(&summary));
        assert!(heard.borrow().is_sorted_by_key(|it| it.message_bytes));
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let gateway = Options { function: None, ..options(10, Shape::Export) };
    demo::write(folder.path(), &gateway, &|_| ()).unwrap();
    let before = read(folder.path());
    let error = demo::write(folder.path(), &options(10, Shape::Export), &|_| ()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert!(read(folder.path()) == before);
}

#[test]
fn an_archive_may_be_empty() {
    let (files, summary) = written(&options(0, Shape::EventPages));
    assert!(files.is_empty());
    assert_eq!(summary, Summary::default());
}
