//! Tests of queries: `gw test`.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::desk::{Desk, Said};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A desk with one test: what it expects of three events.
fn expecting(query: &str, expect: &str) -> Desk {
    let desk = Desk::new();
    let events = r#"{"@timestamp": "2026-01-01T00:00:0N.000Z", "n": N, "k": "K"}"#;
    let events: String = [("1", "a"), ("2", "b"), ("3", "a")]
        .map(|(n, k)| format!("      - {}\n", events.replace('N', n).replace("\"K\"", &format!("\"{k}\""))))
        .concat();
    let test = format!("tests:\n  - name: it\n    query: {query}\n    events:\n{events}    expect: {expect}\n");
    desk.lay("a.test.yml", test);
    desk
}

/// What `gw test` says of one test.
fn verdict(query: &str, expect: &str) -> Said {
    expecting(query, expect).gw(&["test"])
}

#[track_caller]
fn passes(query: &str, expect: &str) {
    let said = verdict(query, expect);
    assert!(said.code == Some(0) && said.out.starts_with("1 test passed in"), "{expect}: {said:?}");
}

#[track_caller]
fn fails(query: &str, expect: &str, told: &[&str]) {
    let said = verdict(query, expect);
    assert!(said.code == Some(1) && said.out.contains("FAILED it\n  --> a.test.yml:2:5\n"), "{expect}: {said:?}");
    for part in told {
        assert!(said.out.contains(part), "{expect}: no `{part}` in\n{}", said.out);
    }
}

#[test]
fn the_tests_of_the_project_hold() {
    let said = Command::new(crate::desk::PROGRAM).args(["test", "testdata/project"]).current_dir(root()).output();
    let said = String::from_utf8(said.unwrap().stdout).unwrap();
    assert!(said.starts_with("12 tests passed in "), "{said}");
}

#[test]
fn every_expectation_can_hold_and_can_fail() {
    let by_k = "stats sum(n) as s by k";
    passes(by_k, "{unordered: true, rows: [{k: b, s: 2}, {k: a, s: 4}]}");
    fails(by_k, "{unordered: true, rows: [{k: b, s: 2}, {k: a, s: 5}]}", &["the rows are others", "-", "+"]);
    fails(by_k, "{rows: [{k: b, s: 2}, {k: a, s: 4}, {k: c, s: 1}]}", &["expected 3 rows, found 2"]);
    passes("fields n, k | sort n desc", "{rows: \"n  k\\n3  a\\n2  b\\n1  a\\n\"}");
    fails("fields n, k | sort n", "{rows: \"n  k\\n3  a\\n2  b\\n1  a\\n\"}", &["   n  k\n  +1  a\n", "  -1  a\n"]);
    // A table says all columns, a list those that matter.
    fails("fields n, k | limit 1", "{rows: \"n\\n3\\n\"}", &["expected the columns `n`, found `n`, `k`"]);
    passes("fields n, k | sort n | limit 1", "{rows: [{n: 1}]}");
    fails("fields n, k | limit 1", "{rows: [{m: 1}]}", &["no column `m`", "`n`"]);
    passes(by_k, "{contains: [{k: b}]}");
    fails(by_k, "{contains: [{k: b}, {k: c}]}", &["contains: 1 row is not in the answer", "-c"]);
    passes(by_k, "{row_count: 2, columns: [k, s]}");
    fails(by_k, "{row_count: 3, columns: [s, k]}", &["expected 3 rows, found 2", "-s, k", "+k, s"]);
    passes("fields nosuch(n)", "{error: unknown-function}");
    passes("fields n | limit ten", "{error: {code: unexpected, message: whole number, line: 1, column: 18}}");
    fails("fields n | limit ten", "{error: {code: unexpected, column: 3}}", &["found `unexpected` at 1:18", "^^^"]);
    fails("fields n", "{error: unknown-function}", &["the query runs, and should be refused"]);
    fails("fields nosuch(n)", "{row_count: 1}", &["the query is refused", "error[unknown-function]"]);
    passes("fields user-id", "{warnings: [subtraction-in-name]}");
    fails("fields n", "{warnings: [subtraction-in-name]}", &["the warnings are others", "-subtraction-in-name"]);
    passes("filter n > 9", "{row_count: 0, rows: []}");
    // As for `gw query`, a log group that is not there is no empty one.
    passes("SOURCE 'test' | fields n", "{row_count: 3}");
    passes("SOURCE 'other' | fields n", "{error: unknown-log-group}");
}

#[test]
fn numbers_may_be_off_where_the_test_says_so_or_the_service_is() {
    passes("stats avg(n) as m", "{tolerance: 0.1, rows: [{m: 2.1}]}");
    fails("stats avg(n) as m", "{tolerance: 0.01, rows: [{m: 2.1}]}", &["-2.1", "+2"]);
    passes("stats pct(n, 99) as p, count_distinct(n) as d", "{rows: [{p: ~3.1, d: ~2.8}]}");
    fails("stats pct(n, 99) as p", "{rows: [{p: ~3.2}]}", &["-~3.2"]);
    passes("stats pct(n, 99) * 10 as p | fields p / 2 as q", "{rows: [{p: ~31, q: ~15.5}]}");
    fails("stats avg(n) as m", "{rows: [{m: ~2}]}", &["-~2"]);
    passes("stats avg(n) as m", "{rows: [{m: 2.0}]}");
}

#[test]
fn snapshots_are_written_when_that_is_asked_for() {
    let desk = expecting("fields n, k | sort n", "{snapshot: kept/it.txt}");
    let said = desk.gw(&["test"]);
    assert!(
        said.code == Some(1) && said.out.contains("there is no snapshot") && said.out.contains("--update"),
        "{said:?}"
    );
    assert!(!desk.path("kept").exists());
    let said = desk.gw(&["test", "--update"]);
    assert!(said.answer().contains("1 test passed, 1 with a new snapshot"), "{said:?}");
    assert_eq!(std::fs::read_to_string(desk.path("kept/it.txt")).unwrap(), "n  k\n1  a\n2  b\n3  a\n");
    assert!(desk.gw(&["test"]).answer().starts_with("1 test passed in"));
    desk.lay("kept/it.txt", "n  k\n1  a\n2  c\n3  a\n");
    let said = desk.gw(&["test"]);
    assert!(said.code == Some(1) && said.out.contains("  -2  c\n  +2  b\n"), "{said:?}");
}

#[test]
fn a_query_is_found_where_it_lives() {
    let desk = Desk::new();
    desk.lay("q.yml", "Resources:\n  A:\n    Type: AWS::Logs::QueryDefinition\n    Properties:\n      Name: a/query\n      QueryString: !Sub fields ${Field} | limit ${N}\n  B:\n    Type: AWS::Logs::QueryDefinition\n    Properties:\n      QueryString: fields n | limit ten\n");
    let test = |from: &str, more: &str| {
        format!(
            "tests:\n- name: it\n  query_from: {from}\n  events: [{{\"@timestamp\": \"2026-01-01T00:00:00Z\", n: 7}}]\n{more}"
        )
    };
    let good = "  values: { Field: n, N: 1 }\n  expect: { rows: [{ n: 7 }] }\n";
    for from in ["q.yml#A", "q.yml#a/query"] {
        desk.lay("a.test.yml", test(from, good));
        assert!(desk.gw(&["test"]).answer().starts_with("1 test passed"), "{from}");
    }
    // The place of a fault is that in its own file.
    desk.lay("a.test.yml", test("q.yml#B", "  expect: { error: { code: unexpected, line: 10, column: 37 } }\n"));
    assert!(desk.gw(&["test"]).answer().starts_with("1 test passed"));
    for (from, more, told) in [
        ("q.yml#A", "  expect: { row_count: 1 }\n", "`Field`, `N`"),
        ("q.yml", good, "several queries: say which behind a `#`: `A`, `B`"),
        ("q.yml#C", good, "no query `C`"),
        ("gone.yml#A", good, "gone.yml"),
        (
            "q.yml#A",
            "  values: { Field: n, N: 1, M: 2 }\n  expect: { row_count: 1 }\n",
            "no placeholder `M`; it has `Field`, `N`",
        ),
        ("q.yml#B", good, "no placeholder `Field`, nor any other"),
    ] {
        desk.lay("a.test.yml", test(from, more));
        let said = desk.gw(&["test"]);
        assert!(said.code == Some(1) && said.out.contains(told), "{from}: {said:?}");
    }
}

#[test]
fn a_test_file_that_is_wrong_is_refused_at_its_place() {
    let desk = Desk::new();
    for (text, told) in [
        (
            "tests:\n- name: a\n  querry: a\n",
            "a.test.yml:3:3: `querry` is no key of `test`; one with a similar name: `query`",
        ),
        ("tests:\n- name: a\n  query: a\n  expect: {}\n", "a.test.yml:4:11: nothing is expected"),
        ("tests:\n- name: a\n  query: a\n  expect: {error: nope}\n", "no fault has the code `nope`"),
        (
            "tests:\n- name: a\n  query: a\n  start: soon\n  expect: {row_count: 1}\n",
            "a.test.yml:4:10: a moment is one of",
        ),
        ("tests:\n- name: a\n  expect: {row_count: 1}\n", "a.test.yml:2:3: a test has a `query`"),
        ("tests:\n- name: a\n  query: a\n  expect:\n    rows: |\n      a  b\n            x  y\n", "a.test.yml:7:7:"),
        ("tests: [\n", "a.test.yml:"),
        (
            "tests:\n- name: a\n  query: a\n  events: [a]\n  logs: b\n  expect: {row_count: 1}\n",
            "a.test.yml:5:9: the events of a test are its `events` or its `logs`",
        ),
        (
            "tests:\n- name: a\n  query: a\n  expect: {error: unexpected, warnings: []}\n",
            "a.test.yml:4:41: a query that is refused has no answer and no warnings",
        ),
        (
            "tests:\n- name: a\n  query: a\n  expect: {row_count: 1, unordered: true}\n",
            "4:37: `unordered` is said of `rows`",
        ),
        (
            "tests:\n- name: a\n  query: a\n  expect: {row_count: 1, tolerance: 0.1}\n",
            "4:37: `tolerance` is said of `rows` or `contains`",
        ),
        (
            "tests:\n- name: a\n  query: a\n  name: b\n  expect: {row_count: 1}\n",
            "a.test.yml:4:3: `name` stands here twice",
        ),
        (
            "query: a\ntests:\n- {name: a, expect: {snapshot: s}}\n- {name: b, expect: {snapshot: s}}\n",
            "a.test.yml:4:3: the test `a` has the same snapshot",
        ),
        ("", "there are no tests in it"),
    ] {
        desk.lay("a.test.yml", text);
        let said = desk.gw(&["test", "--format", "markdown"]);
        assert!(said.ends(2, &[]).out.contains(told), "{text}: {said:?}");
    }
    let twice = "query: fields a\ntests:\n- {name: a, expect: {row_count: 0}}\n- {name: a, expect: {row_count: 0}}\n";
    desk.lay("a.test.yml", twice);
    let said = desk.gw(&["test"]);
    let told = "ERROR a.test.yml\n  --> a.test.yml:4:3\n  there are two tests called `a`\n\nno tests ran, 1 test file at fault in ";
    assert!(said.ends(2, &[]).out.starts_with(told), "{said:?}");
    Desk::new().gw(&["test"]).ends(2, &["there are no tests"]);
    Desk::new().gw(&["test", "gone"]).ends(1, &["gone"]);
}

#[test]
fn a_broken_test_file_keeps_no_other_from_being_tested() {
    let desk = Desk::new();
    let good = "tests:\n- {name: it, query: fields m, events: [{m: x}], expect: {rows: [{m: x}]}}\n";
    desk.lay("b.test.yml", good);
    desk.lay("c.test.yml", good.replace("rows: [{m: x}]", "row_count: 2"));
    for (bytes, place, why) in [
        (&b"tests:\n- name: \xff\n"[..], "2:9", "the file is no UTF-8 here"),
        (b"\0\x01\x02", "1:1", ""),
        (b"tests: [\n", "1:8", ""),
        (b"tests:\n- nome: a\n", "2:3", "`nome` is no key of `test`; "),
    ] {
        desk.lay("a.test.yml", bytes);
        for (form, parts) in [
            ("text", [format!("ERROR a.test.yml\n  --> a.test.yml:{place}\n  {why}"), "FAILED it\n".into()]),
            (
                "tap",
                [
                    format!("1..3\nnot ok 1 - a.test.yml\n  ---\n  severity: error\n  at: a.test.yml:{place}\n"),
                    "\nok 2".into(),
                ],
            ),
            (
                "junit",
                [
                    "<testsuites name=\"gw test\" tests=\"3\" skipped=\"0\" failures=\"1\" errors=\"1\"".into(),
                    format!("<error message=\"{why}"),
                ],
            ),
            (
                "github",
                [
                    format!(
                        "::error file=a.test.yml,line={},title=test file at fault::{why}",
                        place.replace(':', ",col=")
                    ),
                    "1 test passed, 1 failed, 1 test file at fault".into(),
                ],
            ),
            (
                "markdown",
                [
                    "| ⛔ | the file is at fault | a.test.yml | |\n".into(),
                    format!("```text\na.test.yml:{place}: {why}"),
                ],
            ),
        ] {
            let said = desk.gw(&["test", "--format", form, "--report", "json=out.json"]);
            assert_eq!(said.code, Some(2), "{form}: {said:?}");
            for part in parts {
                assert!(said.out.contains(&part), "{form}: no `{part}` in\n{}", said.out);
            }
            let report: Value = serde_json::from_str(&std::fs::read_to_string(desk.path("out.json")).unwrap()).unwrap();
            assert_eq!((&report["passed"], &report["failed"]), (&1.into(), &1.into()));
            let error = &report["errors"][0];
            assert_eq!(format!("{}:{}", error["line"], error["column"]), place);
            assert!(error["message"].as_str().unwrap().starts_with(why), "{error}");
        }
    }
    // Which tests it has is not known, whatever is chosen.
    assert!(desk.gw(&["test", "--filter", "b.test"]).ends(2, &[]).out.contains("1 test passed, 1 test file at fault"));
    desk.lay("a.test.yml", format!("\u{feff}{good}"));
    assert!(desk.gw(&["test", "a.test.yml"]).answer().starts_with("1 test passed in "));
}

#[cfg(unix)]
#[test]
fn a_test_file_that_must_not_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.lay("a.test.yml", "");
    let path = desk.path("a.test.yml");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Who may read everything reads this too.
    if std::fs::read(&path).is_err() {
        let said = desk.gw(&["test"]);
        assert!(said.code == Some(2) && said.out.contains("1:1\n  the file cannot be read: "), "{said:?}");
    }
}

#[test]
fn a_table_with_one_blank_between_its_columns_is_taught() {
    let taught = "two blanks or more stand between the columns of a table";
    fails("fields n, k | sort n", "{rows: \"n k\\n1 a\\n2 b\\n3 a\\n\"}", &["`n k`, found `n`, `k`", taught]);
    fails("fields n, k", "{contains: \"n k\\n1 a\\n\"}", &["no column `n k`", taught]);
}

#[test]
fn tests_are_chosen_by_name_and_by_what_changed() {
    let desk = Desk::new();
    let test = |name: &str, from: &str| {
        format!(
            "tests:\n- name: {name}\n  query_from: {from}\n  events: ['2026-01-01T00:00:00Z x']\n  expect: {{ row_count: 1 }}\n"
        )
    };
    for name in ["one", "two"] {
        desk.lay(format!("{name}.test.yml"), test(name, &format!("{name}.cwli")));
        desk.lay(format!("{name}.cwli"), "fields @message");
    }
    assert!(desk.gw(&["test", "--filter", "ONE"]).answer().starts_with("1 test passed, 1 left out"));
    desk.gw(&["test", "--filter", "three"]).ends(2, &["no test has `three`"]);
    desk.gw(&["test", "--changed"]).ends(1, &["git"]);
    let commit = "git init -q && git add . && git -c user.name=x -c user.email=x@x commit -qm x";
    assert_eq!(desk.shell(commit).code, Some(0));
    desk.gw(&["test", "--changed"]).ends(0, &["note: no test hangs on what changed since HEAD: none ran"]);
    assert!(desk.gw(&["test", "--changed"]).out.starts_with("no tests ran, 2 left out in "));
    desk.lay("two.cwli", "fields @message | limit 5");
    let said = desk.gw(&["test", "--changed", "--format", "json", "--jobs", "1"]);
    let report: Value = serde_json::from_str(said.answer()).unwrap();
    assert_eq!((&report["tests"][0]["name"], &report["leftOut"]), (&"two".into(), &1.into()));
}

#[test]
fn reports_come_in_every_form() {
    let desk = expecting("stats sum(n) as s by k", "{row_count: 3}");
    for (form, parts) in [
        (
            "junit",
            ["<testsuites name=\"gw test\" tests=\"1\"", "<failure message=\"row_count: expected 3 rows, found 2\">"],
        ),
        ("tap", ["TAP version 14\n1..1\nnot ok 1 - it\n", "  at: a.test.yml:2:5\n"]),
        ("json", ["\"verdict\": \"failed\"", "\"of\": \"row_count\""]),
        (
            "github",
            ["::error file=a.test.yml,line=2,col=5,title=it failed::row_count: expected 3", "0 tests passed, 1 failed"],
        ),
        ("markdown", ["| ❌ | it | a.test.yml |", "```diff\nrow_count: expected 3 rows, found 2\n```"]),
    ] {
        let said = desk.gw(&["test", "--format", form, "--report", &format!("{form}=out.{form}")]);
        assert_eq!(said.code, Some(1), "{said:?}");
        let file = std::fs::read_to_string(desk.path(format!("out.{form}"))).unwrap();
        for part in parts {
            assert!(said.out.contains(part), "{form}: no `{part}` in\n{}", said.out);
            assert!(file.contains(part), "{form}: no `{part}` in\n{file}");
        }
    }
    desk.gw(&["test", "--report", "junit"]).ends(2, &["--report takes FORM=FILE"]);
    desk.gw(&["test", "--report", "junit=gone/out.xml"]).ends(1, &["gone"]);
}

#[test]
fn what_a_report_shows_commands_no_terminal() {
    let desk = Desk::new();
    let test = "tests:\n- name: \"a\\e[31m\\nb\"\n  query: fields m\n  events: [{m: \"x\\e[0m\\ny\"}]\n  expect: {rows: [{m: x}]}\n";
    desk.lay("a.test.yml", test);
    for format in ["text", "tap", "markdown", "github", "junit", "json"] {
        let said = desk.gw(&["test", "--format", format]);
        assert!(said.code == Some(1) && !said.out.contains('\u{1b}'), "{format}: {said:?}");
    }
    let said = desk.gw(&["test"]);
    assert!(said.out.starts_with("FAILED a␛[31m↵b\n") && said.out.contains("\n  -x\n  +x␛[0m↵y\n"), "{said:?}");
}

#[test]
fn the_schema_comes_with_the_program() {
    let said = Desk::new().gw(&["help", "schema"]);
    let schema: Value = serde_json::from_str(said.answer()).unwrap();
    assert_eq!(schema["properties"]["tests"]["minItems"], 1);
}

#[test]
fn what_the_readme_says_of_ci_holds() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let section = readme.split("### Queries in templates, and in CI").nth(1).unwrap().split("\n### ").next().unwrap();
    let mut blocks = section.split("```yaml\n").skip(1).map(|it| it.split("```").next().unwrap());
    let desk = Desk::new();
    desk.lay("pasted.test.yml", blocks.next().unwrap());
    assert!(desk.gw(&["test"]).answer().starts_with("1 test passed in "));
    for action in blocks.next().unwrap().lines().filter_map(|it| it.split("uses: groundwatch/groundwatch/").nth(1)) {
        assert!(root().join(action.trim_end_matches("@main")).join("action.yml").exists(), "{action}");
    }
}
