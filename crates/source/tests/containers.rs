//! Zip and tar archives, packed or not, whole or damaged: their members are files of folders.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::write::GzEncoder;
use plan::Scan;
use source::{Error, Fault, Files, Input, Report, Source, Trouble, Watch};
use tempfile::TempDir;
use testkit::containers::{BLOCK, Method, tar, tar_header, zip};
use testkit::random::Random;

const TASK: &str = "12345678-1234-1234-1234-123456789012";

fn line(message: impl std::fmt::Display) -> Vec<u8> {
    format!("2026-01-01T00:00:00.000Z {message}\n").into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ::zstd::encode_all(bytes, 1).unwrap()
}

/// A folder with these files, written a moment ago.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// The same, written long ago: such files are mapped.
fn settled(files: &[(&str, &[u8])]) -> TempDir {
    let folder = folder(files);
    for (path, _) in files {
        let file = fs::File::options().write(true).open(folder.path().join(path)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
    }
    folder
}

/// The events as `group/stream: message`, in the order of the archive, and what the scan tells.
fn read(folder: &TempDir, path: &str) -> Result<(Vec<String>, Report), Error> {
    let files = Files::open(&[Input::new(folder.path().join(path))], None)?;
    let found = Mutex::new(Vec::new());
    let report = files.scan(&Scan::default(), &Watch::default(), &|block| {
        let said =
            |row| format!("{}/{}: {}", files.groups()[0].name, block.stream(row).unwrap_or("-"), block.message(row));
        found.lock().unwrap().extend((0..block.len()).map(|row| (block.place(row), said(row))));
    })?;
    let mut found = found.into_inner().unwrap();
    found.sort();
    Ok((found.into_iter().map(|it| it.1).collect(), report))
}

fn told(folder: &TempDir, report: &Report) -> Vec<(String, Trouble)> {
    let path = |it: &Fault| it.path.strip_prefix(folder.path()).unwrap().display().to_string();
    report.faults.iter().map(|it| (path(it), it.trouble.clone())).collect()
}

fn fault(path: &str, trouble: Trouble) -> (String, Trouble) {
    (path.to_owned(), trouble)
}

/// Every container of these files, with its name.
fn containers(members: &[(&str, &[u8])]) -> [(&'static str, Vec<u8>); 6] {
    let tar = tar(members);
    [
        ("logs.zip", zip(members, Method::Stored)),
        ("deflated", zip(members, Method::Deflate)),
        ("logs.tgz", gzip(&tar)),
        ("logs.tar.zst", zstd(&tar)),
        ("packed twice.gz", gzip(&zip(members, Method::Deflate))),
        ("logs", tar),
    ]
}

#[test]
fn members_are_files_of_a_folder() {
    let (one, two, three) = (line("one"), gzip(&line("two")), zstd(&line("three")));
    let paths = ["b/000000.zst", "a/000001.gz", "a/000000", ".hidden/000000", "aws-logs-write-test"];
    let paths = paths.map(|it| format!("exports/aws/lambda/fn/{TASK}/{it}"));
    let members = [
        ("exports/", &b""[..]),
        (&paths[0], &three),
        (&paths[1], &two),
        (&paths[2], &one),
        (&paths[3], &one),
        (&paths[4], b"Permission Check Successful"),
    ];
    for (name, bytes) in containers(&members) {
        for folder in [folder(&[(name, &bytes)]), settled(&[(name, &bytes)])] {
            for path in [name, "", "*"] {
                let (found, report) = read(&folder, path).unwrap();
                let group = "/aws/lambda/fn";
                let expected = [format!("{group}/a: one"), format!("{group}/a: two"), format!("{group}/b: three")];
                assert_eq!(found, expected, "{name} as {path:?}");
                assert_eq!((told(&folder, &report), report.files_read), (vec![], 3), "{name}");
            }
        }
    }
}

#[test]
fn large_members_are_read_in_pieces() {
    let mut random = Random::new(3);
    let text: Vec<u8> = (0..20_000).flat_map(|it| line(format!("event {it} {}", random.hex(40)))).collect();
    for (name, bytes) in containers(&[("a.log", &text), ("b.log", &gzip(&text))]) {
        for folder in [folder(&[(name, &bytes)]), settled(&[(name, &bytes)])] {
            let files = Files::open(&[Input::new(folder.path())], None).unwrap();
            let watch = Watch::default();
            let report = files.scan(&Scan::default(), &watch, &|_| {}).unwrap();
            assert_eq!((report.records_scanned, report.faults.len()), (40_000, 0), "{name}");
            // What is done is what there was to do.
            let total = watch.bytes_total.into_inner();
            assert_eq!(watch.bytes_done.into_inner(), total, "{name}");
            let groups = files.groups();
            assert_eq!((groups[0].files, groups[0].streams, groups[0].bytes), (2, 1, total), "{name}");
        }
    }
}

#[test]
fn a_given_group_holds_inside_too() {
    let folder = folder(&[("logs.zip", &zip(&[("g/a.log", &line("m"))], Method::Stored))]);
    let input = Input { group: Some(String::from("/my/api")), ..Input::new(folder.path()) };
    let groups = Files::open(&[input], Some("123456789012")).unwrap().groups();
    assert_eq!((groups[0].name.as_str(), groups[0].account.as_deref()), ("/my/api", Some("123456789012")));
}

#[test]
fn the_last_of_those_with_one_path_counts() {
    let members: [(&str, &[u8]); 3] = [("g/a", &line("old")), ("./g/a", &line("new")), ("g/b", &line("b"))];
    for (name, bytes) in containers(&members) {
        let (found, _) = read(&folder(&[(name, &bytes)]), "").unwrap();
        assert_eq!(found, ["g/g: new", "g/g: b"], "{name}");
    }
}

#[test]
fn archives_in_a_row_are_one() {
    let row = [tar(&[("g/a", &line("a"))]), tar(&[("g/b", &line("b"))])].concat();
    assert_eq!(read(&folder(&[("row", &row)]), "").unwrap().0, ["g/g: a", "g/g: b"]);
}

#[test]
fn what_is_not_read_inside_is_told() {
    let later = |what| Trouble::Later(what);
    let inner = zip(&[("a", &line("a"))], Method::Stored);
    let tgz = gzip(&tar(&[("a", &line("a"))]));
    let (m, odd) = (line("m"), [("g/inner.tgz", &tgz[..]), ("g/inner.zip", &inner[..])]);
    for (name, bytes) in containers(&[odd[0], odd[1], ("g/m", &m)]) {
        let folder = folder(&[(name, &bytes)]);
        let (found, report) = read(&folder, "").unwrap();
        assert_eq!(found, ["g/g: m"]);
        let expected = [
            fault(&format!("{name}/g/inner.tgz"), later("a tar archive in an archive or a pipe")),
            fault(&format!("{name}/g/inner.zip"), later("a zip archive in an archive or a pipe")),
        ];
        assert_eq!(told(&folder, &report), expected);
    }
    let linked = [&tar_header("g/link", 0, b'2')[..], &tar(&[("g/m", &m)])].concat();
    let mut locked = zip(&[("g/locked", &m), ("g/m", &m)], Method::Stored);
    let mut foreign = locked.clone();
    let directory = locked.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    locked[directory + 8] = 1;
    foreign[directory + 10] = 12;
    for (bytes, path, what) in [
        (linked, "x/g/link", "a link in a tar archive"),
        (locked, "x/g/locked", "an encrypted file in a zip archive"),
        (foreign, "x/g/locked", "a file in a zip archive, packed by neither deflate nor zstd"),
    ] {
        let folder = folder(&[("x", &bytes)]);
        let (found, report) = read(&folder, "").unwrap();
        assert_eq!((found, told(&folder, &report)), (vec![String::from("g/g: m")], vec![fault(path, later(what))]));
    }
}

#[test]
fn damage_is_told_and_the_rest_is_read() {
    let mut random = Random::new(5);
    let mut text = || -> Vec<u8> { (0..2000).flat_map(|it| line(format!("event {it} {}", random.hex(40)))).collect() };
    let (text, other) = (text(), text());
    let members: [(&str, &[u8]); 2] = [("g/a", &text), ("g/b", &other)];
    let read = |bytes: &[u8]| {
        let folder = folder(&[("x", bytes), ("y.log", &line("m"))]);
        let (found, report) = read(&folder, "").unwrap();
        (found.len(), told(&folder, &report))
    };
    // The directory of a zip archive is its end.
    let whole = zip(&members, Method::Deflate);
    assert_eq!(read(&whole[..whole.len() - 30]), (1, vec![fault("x", Trouble::Torn("a zip archive"))]));
    let mut wrong = whole;
    wrong[5000] ^= 0x10;
    let (count, faults) = read(&wrong);
    assert_eq!(faults, [fault("x/g/a", Trouble::Torn("deflate"))]);
    assert!((2001..=4001).contains(&count), "{count}");
    // A tar archive is whole as far as it goes.
    let whole = tar(&members);
    let torn = |path| vec![fault(path, Trouble::Torn("a tar archive"))];
    let second = BLOCK + text.len().next_multiple_of(BLOCK);
    assert_eq!(read(&whole[..second]), (2001, torn("x")), "cut between members");
    assert_eq!(read(&whole[..second + 100]), (2001, torn("x")), "cut in a header");
    let (count, faults) = read(&whole[..second + BLOCK + text.len() / 2]);
    assert_eq!(faults, torn("x"));
    assert!((2900..3100).contains(&count), "{count}");
    let mut wrong = whole.clone();
    wrong[second] = b'?';
    assert_eq!(read(&wrong), (2001, torn("x")));
    // A packed one has one trouble, not two.
    for (packed, what) in [(gzip(&whole), "gzip"), (zstd(&whole), "zstd")] {
        let (count, faults) = read(&packed[..packed.len() * 3 / 4]);
        assert_eq!(faults, [fault("x", Trouble::Torn(what))]);
        assert!((1001..4001).contains(&count), "{count}");
    }
}

#[test]
fn whatever_is_cut_or_changed_nothing_panics() {
    let mut random = Random::new(9);
    let (a, b) = (line("one"), gzip(&line("two")));
    for (name, bytes) in containers(&[("g/a", &a), ("g/b", &b)]) {
        for _ in 0..150 {
            let mut damaged = bytes.clone();
            for _ in 0..random.below(4) {
                let at = random.below(damaged.len());
                damaged[at] = random.bits() as u8;
            }
            damaged.truncate(random.below(damaged.len() + 1).max(1));
            let folder = folder(&[(name, &damaged)]);
            match read(&folder, "") {
                Ok(_) | Err(Error::Nothing { .. } | Error::Empty { .. }) => {}
                Err(error) => panic!("{name}: {error}"),
            }
        }
    }
}

#[test]
fn nothing_in_a_container() {
    for bytes in [zip(&[], Method::Stored), tar(&[("g/", b"")])] {
        assert!(matches!(read(&folder(&[("x", &bytes)]), ""), Err(Error::Empty { .. })));
    }
    // Names that lead out of it lead nowhere.
    let away = tar(&[("../../away.log", &line("m")), ("/etc/b.log", &line("n"))]);
    let folder = folder(&[("x", &away)]);
    let files = Files::open(&[Input::new(folder.path())], None).unwrap();
    assert_eq!(files.groups().iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["etc", "x"]);
    assert!(!Path::new(folder.path()).join("../../away.log").exists());
}

#[test]
fn zstd_by_itself() {
    let text: Vec<u8> = (0..5000).flat_map(|it| line(format!("event {it}"))).collect();
    let packed = [zstd(&text), zstd(&text)].concat();
    let all = folder(&[("g/x.log.zst", &packed)]);
    let (found, report) = read(&all, "").unwrap();
    assert_eq!((found.len(), report.faults.len()), (10_000, 0));
    let torn = folder(&[("g/x.log.zst", &packed[..packed.len() - 100])]);
    let (found, report) = read(&torn, "").unwrap();
    assert!((5000..10_000).contains(&found.len()));
    assert_eq!(told(&torn, &report), [fault("g/x.log.zst", Trouble::Torn("zstd"))]);
}
