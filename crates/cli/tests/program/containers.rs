//! Zip, tar and zstd as arguments, in folders and on standard input.

use testkit::containers::{Method, tar, zip};

use crate::desk::{Desk, events, gzip};

const COUNT: [&str; 4] = ["query", "stats count(*) as c", "--format", "csv"];

const TASK: &str = "12345678-1234-1234-1234-123456789012";

/// A frame of zstd whose bytes are as they are.
fn zstd(bytes: &[u8]) -> Vec<u8> {
    // A block's header is whether it is the last, that it is raw, and its size.
    let block = ((bytes.len() as u32) << 3 | 1).to_le_bytes();
    let size = (bytes.len() as u32).to_le_bytes();
    [&b"\x28\xb5\x2f\xfd\xa0"[..], &size, &block[..3], bytes].concat()
}

/// Every form of an archive that holds two files of the group `api`, five events in all.
fn archives() -> [(&'static str, Vec<u8>); 6] {
    let (one, two) = (events(1..=3), gzip(&events(4..=5)));
    let paths = ["a", "b"].map(|it| format!("exports/api/{TASK}/{it}/000000.gz"));
    let members = [(paths[0].as_str(), &one[..]), (paths[1].as_str(), &two[..])];
    let tar = tar(&members);
    [
        ("logs.zip", zip(&members, Method::Deflate)),
        ("stored.zip", zip(&members, Method::Stored)),
        ("logs.tar.gz", gzip(&tar)),
        ("logs.tar.zst", zstd(&tar)),
        ("a name that says nothing", tar),
        ("events.zst", zstd(&events(1..=5))),
    ]
}

#[test]
fn by_name_in_a_folder_and_from_standard_input() {
    let ask = ["query", "stats count(*) as c, sum(n) as s", "--format", "csv"];
    for (name, bytes) in archives() {
        let desk = Desk::new();
        desk.lay(format!("all/{name}"), &bytes);
        for path in [&format!("all/{name}"), "all", "all/*"] {
            assert_eq!(desk.gw(&[&ask[..], &[path]].concat()).answer(), "c,s\n5,15\n", "{name} as {path}");
        }
        assert_eq!(desk.gw_fed(&[&ask[..], &["-"]].concat(), &bytes).answer(), "c,s\n5,15\n", "{name} as -");
    }
}

#[test]
fn groups_and_streams_are_those_of_a_folder() {
    let desk = Desk::new();
    let (_, bytes) = &archives()[0];
    desk.lay("all/logs.zip", bytes);
    let ask = ["query", "stats count(*) as c by @log, @logStream", "--format", "csv"];
    let rows = "@log,@logStream,c\n000000000000:api,a,3\n000000000000:api,b,2\n";
    assert_eq!(desk.gw(&[&ask[..], &["all"]].concat()).answer(), rows);
    assert_eq!(desk.gw_fed(&[&ask[..], &["-"]].concat(), bytes).answer(), rows);
    let groups = desk.gw(&["groups", "all"]);
    assert!(groups.answer().lines().any(|it| it.contains("api") && it.contains('2')), "{groups:?}");
}

#[test]
fn what_is_torn_is_told_by_its_path() {
    let desk = Desk::with_logs();
    let (_, zipped) = &archives()[0];
    desk.lay("logs/torn.zip", &zipped[..zipped.len() - 40]);
    desk.lay("logs/torn.zst", &zstd(&events(1..=3))[..60]);
    let said = desk.gw(&[&COUNT[..], &["logs"]].concat());
    said.ends(
        3,
        &["logs/torn.zip: a zip archive that ends early or is damaged", "logs/torn.zst: zstd that ends early"],
    );
    let alone = desk.gw(&[&COUNT[..], &["logs/torn.zip"]].concat());
    alone.ends(1, &["no logs found in 1 file", "logs/torn.zip: a zip archive that ends early or is damaged"]);
}

#[test]
fn nothing_is_left_behind() {
    for (_, bytes) in archives() {
        let desk = Desk::new();
        desk.lay("kept/logs", &bytes);
        std::fs::create_dir(desk.path("temporary")).unwrap();
        for path in ["kept", "-"] {
            let mut command = desk.command(&[&COUNT[..], &[path]].concat());
            command.env("TMPDIR", desk.path("temporary"));
            command.stdin(std::fs::File::open(desk.path("kept/logs")).unwrap());
            assert!(command.output().unwrap().status.success());
            assert_eq!(desk.names("temporary"), [""; 0]);
        }
    }
}

/// Ctrl-C while standard input still comes.
#[cfg(unix)]
#[test]
fn nothing_is_left_behind_by_an_interrupt() {
    use std::io::Write;
    use std::process::Stdio;
    let desk = Desk::new();
    let mut command = desk.command(&[&COUNT[..], &["-"]].concat());
    command.env("TMPDIR", desk.path(".")).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut running = command.spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    input.write_all(&events((0..3000).cycle().take(30_000))).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(200));
    let told = std::process::Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(running.wait().unwrap().code(), Some(130));
    assert_eq!(desk.names("."), [""; 0]);
    drop(input);
}
