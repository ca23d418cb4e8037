//! Where logs come from: files, folders, patterns, standard input, and names of all kinds.

use std::ffi::OsString;

use crate::desk::{Desk, events, gzip};

const COUNT: [&str; 4] = ["query", "stats count(*) as c", "--format", "csv"];

#[track_caller]
fn counted(desk: &Desk, paths: &[&str], count: u64) {
    let said = desk.gw(&[&COUNT, paths].concat());
    assert_eq!(said.answer(), format!("c\n{count}\n"), "{paths:?}");
}

#[test]
fn folders_within_folders_and_formats_side_by_side() {
    let desk = Desk::new();
    desk.lay("all/one/a.log", events(1..=3));
    desk.lay("all/one/deep/er/b.gz", gzip(&events(1..=4)));
    desk.lay("all/two/c.jsonl", "{\"n\":1}\n{\"n\":2}\n");
    desk.lay("all/two/page.json", r#"{"events":[{"timestamp":1767225600000,"message":"a"}],"nextToken":"t"}"#);
    desk.lay("all/two/.hidden", events(1..=50));
    counted(&desk, &["all"], 10);
    counted(&desk, &["all/one", "all/two"], 10);
    // Whatever names a file twice, its events are not twice as many.
    counted(&desk, &["all/one/a.log", "./all/one/a.log", "all/one"], 7);
    let by_group = ["query", "stats count(*) as c by @log | sort c", "--format", "csv", "--log-group=/x=all/one/a.log"];
    let said = desk.gw(&[&by_group[..], &["all/one"]].concat());
    assert_eq!(said.answer(), "@log,c\n000000000000:/x,3\n000000000000:er,4\n");
}

#[test]
fn what_the_service_tries_its_permission_with_is_passed_over() {
    let desk = Desk::with_logs();
    desk.lay("logs/aws-logs-write-test", "Permission Check Successful");
    counted(&desk, &["logs"], 3);
}

#[test]
fn patterns() {
    let desk = Desk::new();
    desk.lay("logs/a.log", events(1..=1));
    desk.lay("logs/deep/b.log", events(1..=2));
    desk.lay("logs/deep/c.gz", gzip(&events(1..=4)));
    counted(&desk, &["logs/**/*.log"], 3);
    counted(&desk, &["logs/**/*.{log,gz}"], 7);
    counted(&desk, &["lo*/deep"], 6);
    desk.gw(&[&COUNT[..], &["logs/*.zip"]].concat()).ends(1, &["logs/*.zip: no file matches"]);
    desk.gw(&[&COUNT[..], &["logs/[.log"]].concat()).ends(1, &["logs/[.log"]);
}

#[test]
fn names_with_blanks_line_ends_and_signs_of_patterns() {
    let desk = Desk::new();
    for name in ["my logs/a b.log", "my logs/c\nd.log", "my logs/e[1].log", "my logs/ö*.log"] {
        desk.lay(name, events(1..=2));
        counted(&desk, &[name], 2);
    }
    counted(&desk, &["my logs"], 8);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf_8() {
    use std::os::unix::ffi::OsStringExt;
    let desk = Desk::new();
    let name = OsString::from_vec(b"caf\xe9.log".to_vec());
    desk.lay(&name, events(1..=2));
    let mut args: Vec<OsString> = COUNT.iter().map(OsString::from).collect();
    args.push(name);
    assert_eq!(desk.gw(&args).answer(), "c\n2\n");
    counted(&desk, &["."], 2);
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself() {
    let desk = Desk::with_logs();
    std::os::unix::fs::symlink(desk.path("logs"), desk.path("logs/again")).unwrap();
    let said = desk.gw(&[&COUNT[..], &["logs"]].concat());
    assert_eq!(said.ends(3, &["logs/again", "loop"]).out, "c\n3\n");
}

#[cfg(unix)]
#[test]
fn links_are_followed() {
    let desk = Desk::with_logs();
    std::os::unix::fs::symlink(desk.path("logs"), desk.path("elsewhere")).unwrap();
    counted(&desk, &["elsewhere"], 3);
}

#[test]
fn standard_input_plain_and_packed() {
    let desk = Desk::with_logs();
    for input in [events(1..=5), gzip(&events(1..=5))] {
        assert_eq!(desk.gw_fed(&[&COUNT[..], &["-"]].concat(), &input).answer(), "c\n5\n");
        assert_eq!(desk.gw_fed(&COUNT, &input).answer(), "c\n5\n", "no path is standard input");
        assert_eq!(desk.gw_fed(&[&COUNT[..], &["logs", "-"]].concat(), &input).answer(), "c\n8\n");
    }
    // A path that is there leaves standard input alone.
    assert_eq!(desk.gw_fed(&[&COUNT[..], &["logs"]].concat(), &events(1..=5)).answer(), "c\n3\n");
}

#[test]
fn standard_input_counts_from_its_newest_event_too() {
    let desk = Desk::new();
    let said = desk.gw_fed(&[&COUNT[..], &["--start", "-2s", "-"]].concat(), &events(1..=9));
    assert_eq!(said.answer(), "c\n3\n");
}

#[test]
fn standard_input_is_read_once() {
    let desk = Desk::with_logs();
    desk.gw_fed(&[&COUNT[..], &["-", "-"]].concat(), &events(1..=1)).ends(2, &["read once"]);
    let from_stdin = ["query", "--query-file", "-", "--format", "csv"];
    let query = b"stats sum(n) as s\n";
    assert_eq!(desk.gw_fed(&[&from_stdin[..], &["logs"]].concat(), query).answer(), "s\n6\n");
    for paths in [&[][..], &["-"], &["logs", "-"]] {
        let said = desk.gw_fed(&[&from_stdin[..], paths].concat(), query);
        said.ends(2, &["standard input gives the query"]);
    }
}

#[test]
fn a_query_from_a_file() {
    let desk = Desk::with_logs();
    desk.lay("q.cwli", "# how many\nstats count(*) as c\n");
    let said = desk.gw(&["query", "--query-file", "q.cwli", "logs", "--format", "csv"]);
    assert_eq!(said.answer(), "c\n3\n");
    assert_eq!(desk.gw(&["check", "--query-file", "q.cwli"]).answer(), "");
    desk.gw(&["query", "--query-file", "nowhere", "logs"]).ends(1, &["nowhere", "cannot be read"]);
}

#[test]
fn groups_and_accounts_by_name() {
    let desk = Desk::with_logs();
    desk.lay("other/b.log", events(7..=7));
    let ask = ["query", "fields @log, n | sort n asc", "--format", "csv"];
    let said = desk.gw(&[&ask[..], &["--log-group=/my/api=logs", "other", "--account=123456789012"]].concat());
    let of = |group: &str, n: u64| format!("123456789012:{group},{n}\n");
    let rows: String = [of("/my/api", 1), of("/my/api", 2), of("/my/api", 3), of("other", 7)].concat();
    assert_eq!(said.answer(), format!("@log,n\n{rows}"));
    let named = desk.gw(&[
        "query",
        "SOURCE logGroups(namePrefix: ['/my']) | stats count(*) as c",
        "--log-group=/my/api=logs",
        "other",
        "--format=csv",
    ]);
    assert_eq!(named.answer(), "c\n3\n");
}
