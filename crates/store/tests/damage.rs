//! What is found and repaired where the process, the machine or the disk did not do what they should.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use store::{Event, LogGroup, Repair, Store};

const NOW: i64 = 1_767_225_600_000;

/// A store with three batches of one stream, closed; the files of its events and its journal.
fn written(folder: &Path) -> (PathBuf, PathBuf, Vec<u64>) {
    let (store, _) = Store::open(folder).unwrap();
    store.create_group(LogGroup::new("g", NOW)).unwrap();
    store.create_stream("g", "s", NOW).unwrap();
    let mut ends = Vec::new();
    for batch in ["one", "two", "three"] {
        let events = [0, 1].map(|it| Event { timestamp: NOW + it, message: format!("{batch} {it}") });
        store.append("g", "s", &events, NOW).unwrap();
        ends.push(store.streams("g").unwrap()[0].bytes);
    }
    let events = store.files(NOW).remove(0).path;
    let name = events.file_name().unwrap().to_string_lossy().replace(".jsonl", ".journal");
    (events.clone(), events.with_file_name(format!(".{name}")), ends)
}

/// How many events the store has, and what it had to repair.
fn reopened(folder: &Path) -> (u64, Vec<Repair>) {
    let (store, repairs) = Store::open(folder).unwrap();
    let stream = store.streams("g").unwrap().remove(0);
    let found = store.files(NOW).first().map_or_else(String::new, |it| fs::read_to_string(&it.path).unwrap());
    assert_eq!(found.lines().count() as u64, stream.events);
    assert_eq!(found.len() as u64, stream.bytes);
    // What was repaired can be written to, and is in order then.
    store.append("g", "s", &[Event { timestamp: NOW, message: String::from("later") }], NOW).unwrap();
    drop(store);
    let (again, more) = Store::open(folder).unwrap();
    assert!(!more.iter().any(|it| matches!(it, Repair::Cut { .. } | Repair::Lost { .. })), "{more:?}");
    assert_eq!(again.streams("g").unwrap()[0].events, stream.events + 1);
    (stream.events, repairs)
}

#[test]
fn a_tear_at_any_byte_of_the_journal_costs_nothing_before_it() {
    let whole = tempfile::tempdir().unwrap();
    let (_, journal, _) = written(whole.path());
    let bytes = fs::read(&journal).unwrap();
    let head = bytes.iter().position(|it| *it == b'\n').unwrap() + 1;
    for cut in (head..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
        let folder = tempfile::tempdir().unwrap();
        let (_, journal, _) = written(folder.path());
        fs::write(&journal, &bytes[..cut]).unwrap();
        let lines = bytes[..cut].iter().filter(|it| **it == b'\n').count() as u64;
        let (events, repairs) = reopened(folder.path());
        assert_eq!(events, (lines - 1) * 2, "cut at {cut}");
        assert!(repairs.iter().all(|it| matches!(it, Repair::Cut { .. })), "{repairs:?}");
    }
}

#[test]
fn what_was_written_and_not_acknowledged_is_cut_off() {
    for torn in ["{\"logStreamName\":\"s\",\"times", "\0\0\0\0", "{\"logStreamName\":\"s\"}\n"] {
        let folder = tempfile::tempdir().unwrap();
        let (events, journal, ends) = written(folder.path());
        fs::write(&events, [fs::read(&events).unwrap(), torn.into()].concat()).unwrap();
        fs::write(&journal, [fs::read(&journal).unwrap(), torn.into()].concat()).unwrap();
        let (count, repairs) = reopened(folder.path());
        assert_eq!(count, 6);
        let bytes = torn.len() as u64;
        assert_eq!(repairs, [Repair::Cut { path: events, bytes }, Repair::Cut { path: journal, bytes }]);
        assert_eq!(ends.len(), 3);
    }
}

#[test]
fn what_the_disk_lost_at_the_end_is_cut_to_the_last_batch_that_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (events, _, ends) = written(folder.path());
    let bytes = fs::read(&events).unwrap();
    fs::write(&events, &bytes[..ends[1] as usize + 5]).unwrap();
    let (count, repairs) = reopened(folder.path());
    assert_eq!(count, 4);
    assert!(repairs.contains(&Repair::Lost { path: events, events: 2 }), "{repairs:?}");
}

#[test]
fn damage_in_the_middle_is_said_and_nothing_behind_it_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (events, _, ends) = written(folder.path());
    let mut bytes = fs::read(&events).unwrap();
    let at = bytes.windows(3).position(|it| it == b"two").unwrap();
    bytes[at] = b'T';
    fs::write(&events, &bytes).unwrap();
    let (count, repairs) = reopened(folder.path());
    assert_eq!((count, repairs), (6, vec![Repair::Damaged { path: events, at: ends[0] }]));
}

#[test]
fn what_was_being_created_or_deleted_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let (events, journal, _) = written(folder.path());
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    fs::create_dir(folder.path().join(".new~h~0")).unwrap();
    fs::create_dir(folder.path().join(".gone~h~1")).unwrap();
    fs::write(folder.path().join(".gone~h~1/x"), "x").unwrap();
    fs::write(events.with_file_name("orphan~0.jsonl"), "").unwrap();
    fs::write(events.with_file_name(".new~.orphan~0.journal"), "x").unwrap();
    let (_, repairs) = reopened(folder.path());
    assert_eq!(repairs.len(), 4, "{repairs:?}");
    assert!(repairs.iter().all(|it| matches!(it, Repair::Removed { .. })), "{repairs:?}");

    fs::rename(&journal, journal.with_file_name(format!(".gone~{}", name(&journal)))).unwrap();
    let (store, repairs) = Store::open(folder.path()).unwrap();
    assert!(store.streams("g").unwrap().is_empty() && !events.exists());
    assert_eq!(repairs.len(), 1, "{repairs:?}");
}

#[test]
fn events_without_a_journal_and_odd_journals_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (events, journal, _) = written(folder.path());
    let orphan = events.with_file_name("orphan~0.jsonl");
    fs::write(&orphan, "{}\n").unwrap();
    fs::write(journal.with_file_name(".odd~0.journal"), "no journal\n").unwrap();
    let (store, repairs) = Store::open(folder.path()).unwrap();
    assert_eq!(store.streams("g").unwrap().len(), 1);
    assert_eq!(repairs.len(), 2, "{repairs:?}");
    assert!(repairs.iter().all(|it| matches!(it, Repair::Unknown { .. })), "{repairs:?}");
    assert!(orphan.exists());
}

#[test]
fn a_log_group_whose_settings_are_lost_or_torn_keeps_its_events_and_says_what_is_gone() {
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    for torn in [None, Some(""), Some("{\"name\": \"g\", \"crea"), Some("null"), Some("{\"name\":\"other\"}")] {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(folder.path()).unwrap();
        let group = LogGroup { retention: Some(7), protected: true, ..LogGroup::new("g", NOW - 9) };
        store.create_group(group.clone()).unwrap();
        store.create_stream("g", "s", NOW - 5).unwrap();
        store.append("g", "s", &[Event { timestamp: NOW, message: String::from("m") }], NOW).unwrap();
        let settings = store.files(NOW)[0].path.with_file_name(".settings.json");
        drop(store);
        assert!(text(&settings).contains("retention"));
        match torn {
            Some(torn) => fs::write(&settings, torn).unwrap(),
            None => fs::remove_file(&settings).unwrap(),
        }
        let (store, repairs) = Store::open(folder.path()).unwrap();
        assert_eq!(repairs, [Repair::Forgotten { path: settings.clone(), group: String::from("g") }]);
        assert!(
            repairs[0].to_string().contains("the log group `g` has its events, but its retention"),
            "{}",
            repairs[0]
        );
        assert_eq!(store.group("g").unwrap(), LogGroup::new("g", NOW - 5));
        assert_eq!(store.files(NOW)[0].since, None);
        assert_eq!(store.streams("g").unwrap()[0].events, 1);
        // Once something is set again, all is in order.
        store.set("g", |it| it.retention = Some(30)).unwrap();
        drop(store);
        let (store, repairs) = Store::open(folder.path()).unwrap();
        assert_eq!((repairs.len(), store.group("g").unwrap().retention), (0, Some(30)));
    }
}

#[test]
fn a_log_group_without_settings_and_streams_was_created_when_its_name_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = Store::open(folder.path()).unwrap();
    store.create_group(LogGroup::new("g", 0)).unwrap();
    drop(store);
    let group = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().path()).find(|it| it.is_dir()).unwrap();
    fs::remove_file(group.join(".settings.json")).unwrap();
    let at = UNIX_EPOCH + Duration::from_millis(NOW as u64);
    fs::File::options().write(true).open(group.join(".log-group")).unwrap().set_modified(at).unwrap();
    assert_eq!(Store::open(folder.path()).unwrap().0.group("g").unwrap().created, NOW);
}

#[test]
fn a_log_group_whose_name_is_lost_or_torn_is_named_again_by_its_settings() {
    for torn in [None, Some(""), Some("other")] {
        let folder = tempfile::tempdir().unwrap();
        let (events, ..) = written(folder.path());
        let name = events.with_file_name(".log-group");
        match torn {
            Some(torn) => fs::write(&name, torn).unwrap(),
            None => fs::remove_file(&name).unwrap(),
        }
        let (store, repairs) = Store::open(folder.path()).unwrap();
        assert_eq!(repairs, [Repair::Named { path: name.clone(), group: String::from("g") }]);
        assert_eq!(store.streams("g").unwrap()[0].events, 6);
        drop(store);
        assert_eq!(Store::open(folder.path()).unwrap().1, []);
        // Where both are lost nobody knows, and nothing is touched.
        fs::remove_file(&name).unwrap();
        fs::remove_file(events.with_file_name(".settings.json")).unwrap();
        let (store, repairs) = Store::open(folder.path()).unwrap();
        assert!(store.groups().is_empty() && events.exists());
        assert!(matches!(repairs.as_slice(), [Repair::Unknown { .. }]), "{repairs:?}");
    }
}
