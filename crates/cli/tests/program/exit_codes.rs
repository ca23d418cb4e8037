//! What the exit code says: 0 answered, 1 trouble, 2 a fault of query or arguments, 3 some input unread.

use std::path::Path;

use crate::desk::{Desk, events, gzip};

#[test]
fn rows_and_no_rows_are_both_an_answer() {
    let desk = Desk::with_logs();
    assert_eq!(desk.gw(&["query", "fields n | filter n > 1", "logs", "--format", "csv"]).answer(), "n\n3\n2\n");
    let none = desk.gw(&["query", "fields n | filter n > 99", "logs", "--format", "csv"]);
    assert_eq!(none.ends(0, &["filter n > 99"]).out, "n\n");
}

#[test]
fn a_missing_file_is_trouble() {
    let said = Desk::with_logs().gw(&["query", "fields n", "logs", "nowhere/it.gz"]);
    assert_eq!(said.ends(1, &["error: nowhere/it.gz: no such file or folder"]).out, "");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_logs();
    desk.lay("locked/a.log", events(1..=1));
    let permit = |mode| std::fs::set_permissions(desk.path("locked"), std::fs::Permissions::from_mode(mode)).unwrap();
    permit(0o000);
    let open_to_all = std::fs::read_dir(desk.path("locked")).is_ok();
    let alone = desk.gw(&["query", "stats count(*)", "locked"]);
    let among_others = desk.gw(&["query", "stats count(*)", "locked", "logs", "--format", "csv"]);
    permit(0o755);
    // The system's administrator may read everything.
    if open_to_all {
        return;
    }
    alone.ends(1, &["locked", "permission denied"]);
    assert_eq!(among_others.ends(3, &["locked", "permission denied"]).out, "count(*)\n3\n");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_keeps_no_other_from_being_checked() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_logs();
    desk.lay("all/good.insights", "feilds a\n");
    desk.lay("all/good.test.yml", "tests:\n- nam: x\n");
    desk.lay("all/locked/b.insights", "fields b\n");
    let permit =
        |mode| std::fs::set_permissions(desk.path("all/locked"), std::fs::Permissions::from_mode(mode)).unwrap();
    permit(0o000);
    let open_to_all = std::fs::read_dir(desk.path("all/locked")).is_ok();
    let (checked, tested) = (desk.gw(&["check", "all"]), desk.gw(&["test", "all"]));
    permit(0o755);
    // The system's administrator may read everything.
    if open_to_all {
        return;
    }
    for (said, other) in [(checked, "feilds"), (tested, "nam")] {
        said.ends(2, &[]);
        let told = format!("{}{}", said.out, said.err);
        assert!(told.contains("locked") && told.contains("cannot be read") && told.contains(other), "{told}");
    }
}

#[test]
fn a_full_disk_is_trouble() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let desk = Desk::with_logs();
    desk.gw(&["query", "fields n", "logs", "--output", "/dev/full"]).ends(1, &["/dev/full cannot be written"]);
    desk.shell("\"$gw\" query 'fields n' logs > /dev/full").ends(1, &["the answer cannot be written"]);
    for verb in ["fmt 'fields n'", "explain 'fields n'", "help stats", "fields logs", "groups logs"] {
        desk.shell(&format!("\"$gw\" {verb} > /dev/full")).ends(1, &["cannot be written"]);
    }
}

#[test]
fn a_bad_query_is_refused_before_any_file_is_looked_for() {
    let said = Desk::new().gw(&["query", "fields n | filtr n > 1", "nowhere"]);
    assert_eq!(said.ends(2, &["error[unknown-command]", "`filter`", "^^^^^"]).out, "");
    assert!(!said.err.contains("nowhere"), "{}", said.err);
}

#[test]
fn all_faults_of_a_query_are_told_at_once() {
    let said = Desk::with_logs().gw(&["query", "fields nosuch(n) | filtr n | sort count(*)", "logs"]);
    said.ends(2, &["error[unknown-command]", "error[sort-by-expression]"]);
}

#[test]
fn bad_arguments_are_refused() {
    let desk = Desk::with_logs();
    desk.gw(&["query"]).ends(2, &["there is no query"]);
    desk.gw(&["query", "fields n", "logs", "--nosuch"]).ends(2, &["--nosuch"]);
    desk.gw(&["query", "fields n", "logs", "--limit", "many"]).ends(2, &["many"]);
    desk.gw(&["query", "fields n", "logs", "--format", "xml"]).ends(2, &["xml", "table, json, jsonl, csv"]);
    desk.gw(&["query", "fields n", "--log-group", "logs"]).ends(2, &["NAME=PATH", "`logs`"]);
    desk.gw::<&str>(&[]).ends(2, &["Usage: gw"]);
}

#[test]
fn a_query_without_a_verb_is_told_which_it_lacks() {
    let desk = Desk::with_logs();
    let said = desk.gw(&["stats count(*) by level", "logs"]);
    said.ends(2, &["unrecognized subcommand", "`gw query 'stats count(*) by level' PATH`"]);
    desk.gw(&["limit 5"]).ends(2, &["`gw query 'limit 5' PATH`"]);
    desk.gw(&["filter", "level", "logs"]).ends(2, &["`gw query 'filter …' PATH`"]);
    let said = desk.gw(&["logs"]);
    said.ends(2, &["`gw query 'QUERY' logs`", "`gw fields logs`"]);
    // What is nearly a verb is one.
    let said = desk.gw(&["qeury", "limit 5", "logs"]);
    said.ends(2, &["'query'"]);
    assert!(!said.err.contains("PATH`"), "{}", said.err);
}

#[test]
fn two_queries_are_one_too_many() {
    let desk = Desk::with_logs();
    desk.gw(&["query", "fields n", "stats count(*)", "logs"]).ends(2, &["one query at a time", "`stats count(*)`"]);
    desk.gw(&["fmt", "fields n", "stats count(*)"]).ends(2, &["one query at a time", "`stats count(*)`"]);
    // A file may be called like a query.
    desk.lay("stats count(*)", events(1..=2));
    let said = desk.gw(&["query", "stats count(*) as c", "stats count(*)", "--format", "csv"]);
    assert_eq!(said.answer(), "c\n2\n");
}

#[test]
fn files_before_the_query_are_the_wrong_way_round() {
    let desk = Desk::with_logs();
    desk.gw(&["query", "logs", "fields n"]).ends(2, &["`logs` is a folder", "the query comes first"]);
    desk.gw(&["query", "logs/api.log", "fields n"]).ends(2, &["`logs/api.log` is a file"]);
}

#[test]
fn what_can_be_read_is_answered_and_what_cannot_is_named() {
    let desk = Desk::with_logs();
    let packed = gzip(&events(10..=40));
    desk.lay("logs/torn.gz", &packed[..packed.len() / 2]);
    desk.lay("logs/noise", [0, 1, 2, 200, 255]);
    let said = desk.gw(&["query", "filter n < 4 | stats count(*) as c", "logs", "--format", "csv"]);
    assert_eq!(said.ends(3, &["logs/torn.gz", "gzip", "logs/noise", "no log format known"]).out, "c\n3\n");
    assert!(!said.err.contains("api.log"), "{}", said.err);
}
