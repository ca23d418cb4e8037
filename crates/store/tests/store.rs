//! What the store keeps, across openings and deletions, and whatever the names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use store::{Event, Kind, LogGroup, Repair, Store, StoredFile};

const NOW: i64 = 1_767_225_600_000;

fn event(timestamp: i64, message: &str) -> Event {
    Event { timestamp, message: message.to_owned() }
}

fn open(folder: &Path) -> Store {
    let (store, repairs) = Store::open(folder).unwrap();
    assert_eq!(repairs, []);
    store
}

/// All files of a folder, hidden ones too.
fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(all_files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let group =
        LogGroup { retention: Some(7), class: String::from("INFREQUENT_ACCESS"), ..LogGroup::new("/my/api", 1) };
    store.create_group(group).unwrap();
    store.set("/my/api", |it| drop(it.tags.insert(String::from("team"), String::from("ä\"b")))).unwrap();
    store.create_stream("/my/api", "empty", 2).unwrap();
    store.create_stream("/my/api", "[$LATEST]/\"1\"", 3).unwrap();
    let odd = "quotes \" back\\slash \n lines \u{1} and 日本 \u{2028}";
    store.append("/my/api", "[$LATEST]/\"1\"", &[event(NOW, odd), event(NOW + 5, "b")], NOW + 9).unwrap();
    store.append("/my/api", "[$LATEST]/\"1\"", &[event(NOW - 5, "c")], NOW + 10).unwrap();
    let (groups, streams, files) = (store.groups(), store.streams("/my/api").unwrap(), store.files(NOW));
    drop(store);

    let store = open(folder.path());
    assert_eq!(store.groups(), groups);
    assert_eq!(store.streams("/my/api").unwrap(), streams);
    let places = |files: &[StoredFile]| files.iter().map(|it| (it.path.clone(), it.length)).collect::<Vec<_>>();
    assert_eq!(places(&store.files(NOW)), places(&files));
    assert_eq!((groups[0].retention, groups[0].tags["team"].as_str()), (Some(7), "ä\"b"));
    let [written, empty] = streams.as_slice() else { panic!("{streams:?}") };
    assert_eq!((empty.name.as_str(), empty.events, empty.times, empty.created), ("empty", 0, None, 2));
    assert_eq!((written.events, written.times, written.received), (3, Some((NOW - 5, NOW + 5)), Some(NOW + 10)));
    assert_eq!(files.len(), 1);
    assert_eq!((files[0].length, files[0].since), (written.bytes, Some(NOW - 7 * 24 * 3_600_000)));
    let text = fs::read_to_string(&files[0].path).unwrap();
    let first: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!((first["message"].as_str(), first["logStreamName"].as_str()), (Some(odd), Some("[$LATEST]/\"1\"")));
    assert_eq!((first["timestamp"].as_i64(), first["ingestionTime"].as_i64()), (Some(NOW), Some(NOW + 9)));
}

#[test]
fn what_is_not_there_or_there_already_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let kind = |it: Result<(), store::Error>| it.unwrap_err().kind;
    assert_eq!(kind(store.create_stream("g", "s", NOW)), Kind::NotFound);
    store.create_group(LogGroup::new("g", NOW)).unwrap();
    assert_eq!(kind(store.create_group(LogGroup::new("g", NOW))), Kind::AlreadyExists);
    store.create_stream("g", "s", NOW).unwrap();
    assert_eq!(kind(store.create_stream("g", "s", NOW)), Kind::AlreadyExists);
    assert_eq!(store.append("g", "t", &[event(NOW, "m")], NOW).unwrap_err().kind, Kind::NotFound);
    assert_eq!(store.append("h", "s", &[event(NOW, "m")], NOW).unwrap_err().kind, Kind::NotFound);
    assert_eq!(store.append("g", "s", &[event(NOW, "")], NOW).unwrap_err().kind, Kind::Invalid);
    assert_eq!(store.streams("h").unwrap_err().message, "The specified log group does not exist.");
    assert_eq!(Store::open(folder.path()).unwrap_err().kind, Kind::Locked);
}

#[test]
fn what_was_deleted_is_gone_and_may_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for name in ["a", "b"] {
        store.create_group(LogGroup::new(name, NOW)).unwrap();
        for stream in ["s", "t"] {
            store.create_stream(name, stream, NOW).unwrap();
            store.append(name, stream, &[event(NOW, "m")], NOW).unwrap();
        }
    }
    store.delete_stream("a", "s").unwrap();
    assert_eq!(store.append("a", "s", &[event(NOW, "m")], NOW).unwrap_err().kind, Kind::NotFound);
    store.set("b", |it| it.protected = true).unwrap();
    assert_eq!(store.delete_group("b").unwrap_err().kind, Kind::Protected);
    store.set("b", |it| it.protected = false).unwrap();
    store.delete_group("b").unwrap();
    assert_eq!(store.delete_group("b").unwrap_err().kind, Kind::NotFound);
    drop(store);
    let store = open(folder.path());
    assert_eq!(store.groups().len(), 1);
    assert_eq!(store.streams("a").unwrap().iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["t"]);
    store.create_stream("a", "s", NOW).unwrap();
    store.create_group(LogGroup::new("b", NOW)).unwrap();
    assert_eq!(store.streams("a").unwrap()[0].events, 0);
    assert!(store.streams("b").unwrap().is_empty());
}

#[test]
fn no_name_leaves_the_folder() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("store");
    let store = open(&folder);
    let long = "x".repeat(512);
    let names =
        ["..", ".", "/", "../../x", "/etc/passwd", "a/../../b", "A", "a", ".lock", ".log-group", "\0", "日本", &long];
    for name in names {
        store.create_group(LogGroup::new(name, NOW)).unwrap();
        for stream in names {
            store.create_stream(name, stream, NOW).unwrap();
            store.append(name, stream, &[event(NOW, name)], NOW).unwrap();
        }
    }
    drop(store);
    assert_eq!(fs::read_dir(outer.path()).unwrap().count(), 1, "nothing stands beside the store");
    assert!(all_files(&folder).iter().all(|it| it.strip_prefix(&folder).unwrap().components().count() <= 2));
    let store = open(&folder);
    assert_eq!(store.groups().len(), names.len());
    for name in names {
        assert_eq!(store.streams(name).unwrap().len(), names.len(), "{name}");
    }
}

#[test]
fn what_is_not_the_stores_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/app.log"), "hello").unwrap();
    fs::write(folder.path().join("notes.txt"), "hello").unwrap();
    let (store, repairs) = Store::open(folder.path()).unwrap();
    assert!(store.groups().is_empty());
    assert_eq!(repairs.iter().filter(|it| matches!(it, Repair::Unknown { .. })).count(), 2, "{repairs:?}");
    assert_eq!(fs::read(folder.path().join("mine/app.log")).unwrap(), b"hello");
}

#[test]
fn what_the_disk_refuses_is_not_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Store::open(Path::new("/dev/null/store")).unwrap_err().kind, Kind::Disk);
    let store = open(folder.path());
    store.create_group(LogGroup::new("g", NOW)).unwrap();
    store.create_stream("g", "s", NOW).unwrap();
    store.append("g", "s", &[event(NOW, "first")], NOW).unwrap();
    let path = store.files(NOW).remove(0).path;
    let before = fs::read(&path).unwrap();
    let file = path.file_name().unwrap().to_string_lossy().replace(".jsonl", ".journal");
    let (journal, aside) = (path.with_file_name(format!(".{file}")), path.with_file_name("aside"));
    fs::rename(&journal, &aside).unwrap();
    let error = store.append("g", "s", &[event(NOW, "second")], NOW).unwrap_err();
    assert_eq!(error.kind, Kind::Disk, "{error}");
    assert_eq!(store.streams("g").unwrap()[0].events, 1);
    fs::rename(&aside, &journal).unwrap();
    store.append("g", "s", &[event(NOW, "third")], NOW).unwrap();
    let after = String::from_utf8(fs::read(&path).unwrap()).unwrap();
    assert!(after.as_bytes().starts_with(&before) && after.contains("third") && !after.contains("second"), "{after}");
    drop(store);
    assert_eq!(open(folder.path()).streams("g").unwrap()[0].events, 2);
}

#[test]
fn files_stand_in_the_order_in_which_their_streams_were_created() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let names = [("b", "2"), ("a", "3"), ("b", "1"), ("c", "4")];
    for (number, (group, stream)) in names.into_iter().enumerate() {
        _ = store.create_group(LogGroup::new(group, 1));
        store.create_stream(group, stream, number as i64).unwrap();
    }
    let write = |store: &Store, (group, stream): (&str, &str)| {
        store.append(group, stream, &[event(NOW, "m")], NOW).unwrap();
    };
    let groups = |store: &Store| store.files(NOW).into_iter().map(|it| (it.serial, it.group)).collect::<Vec<_>>();
    write(&store, names[2]);
    let one = groups(&store);
    names.into_iter().for_each(|it| write(&store, it));
    let all = groups(&store);
    assert!(all.is_sorted() && all.contains(&one[0]), "{one:?} {all:?}");
    drop(store);
    let again = groups(&open(folder.path()));
    let order = |files: &[(u64, String)]| files.iter().map(|it| it.1.clone()).collect::<Vec<_>>();
    assert_eq!((order(&all), order(&again)), (order(&again), ["b", "a", "b", "c"].map(String::from).to_vec()));
}
