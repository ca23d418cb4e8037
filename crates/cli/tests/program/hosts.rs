//! Queries where they live: `gw check PATH…`, `gw check --fix` and `gw fmt PATH…`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::desk::Desk;

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(name)
}

/// The files below a folder, by their names there.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut open = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(next) = open.pop() {
        for path in std::fs::read_dir(next).unwrap().map(|it| it.unwrap().path()) {
            match path.is_dir() {
                true => open.push(path),
                false => {
                    let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                    files.push((name, std::fs::read_to_string(path).unwrap()));
                }
            }
        }
    }
    files.sort();
    files
}

/// A desk with the files of a folder of the test data, the project's own `README.md` left out.
fn desk(folder: &str, change: fn(&str) -> String) -> Desk {
    let desk = Desk::new();
    for (name, text) in files(&testdata(folder)).iter().filter(|(name, _)| name != "README.md") {
        desk.lay(name, change(text));
    }
    desk
}

/// The places of a word in a file, as `file:line:column`.
fn places(name: &str, text: &str, word: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    let found = lines.flat_map(|(line, text)| {
        let columns = text.match_indices(word).map(|(at, _)| text[..at].chars().count() + 1).collect::<Vec<_>>();
        columns.into_iter().map(move |column| format!("{name}:{}:{column}", line + 1))
    });
    found.collect()
}

#[test]
fn a_broken_query_is_reported_at_its_place_in_every_kind_of_file() {
    let desk = desk("hosts", str::to_owned);
    let said = desk.gw(&["check", "--format", "json", "."]);
    assert_eq!(said.code, Some(2), "{said:?}");
    let report: Value = serde_json::from_str(&said.out).unwrap();
    let mut found = BTreeSet::new();
    for it in report["findings"].as_array().unwrap() {
        let word = if it["code"] == "unknown-command" { "feilds" } else { "ten" };
        let length = it["endColumn"].as_u64().unwrap() - it["column"].as_u64().unwrap();
        assert_eq!((length, it["line"] == it["endLine"]), (word.len() as u64, true), "{it}");
        assert!(found.insert(format!("{}:{}:{}", it["path"].as_str().unwrap(), it["line"], it["column"])), "{it}");
    }
    let mut typed = BTreeSet::new();
    for (name, text) in files(&desk.path("")) {
        let of_file = [places(&name, &text, "feilds"), places(&name, &text, "ten\"")].concat();
        assert!(!of_file.is_empty(), "{name} has no fault");
        typed.extend(places(&name, &text, "feilds"));
        // Not in `content`, `extensions` or `attentive`.
        let alone = text.replace("tension", "_______").replace("nten", "____");
        typed.extend(places(&name, &alone, "ten"));
    }
    assert_eq!(found, typed);
    assert!(typed.len() > 70, "{}", typed.len());
}

#[test]
fn what_is_no_text_is_said_and_what_is_marked_is_read() {
    let desk = Desk::new();
    desk.lay("sub/bad.cwli", b"fields a\n| limit \xff\xfe");
    desk.lay("sub/other.json", b"\xff\xfe{\0");
    desk.gw(&["check", "sub"]).ends(2, &[]);
    let said = desk.gw(&["check", "sub"]);
    assert!(
        said.out.contains("error[broken-file]: the file is no UTF-8 here\n --> sub/bad.cwli:2:9\n"),
        "{}",
        said.out
    );
    assert!(
        said.out.ends_with("\n1 error, no warnings\n") || said.out.ends_with(": 1 error, no warnings\n"),
        "{}",
        said.out
    );
    desk.gw(&["fmt", "sub"]).ends(2, &["bad.cwli:2:9: the file is no UTF-8"]);
    assert_eq!(std::fs::read(desk.path("sub/bad.cwli")).unwrap(), b"fields a\n| limit \xff\xfe");
    // The mark of UTF-8 that editors write is not in the way, and stays.
    for (name, text) in [
        ("a.cwli", "feilds  a"),
        ("a.json", "{\"queryString\": \"feilds  a\", \"name\": \"a\"}"),
        ("a.tf", "resource \"aws_cloudwatch_query_definition\" \"a\" {\n  query_string = \"feilds  a\"\n}\n"),
        ("a.md", "```insights\nfeilds  a\n```\n"),
    ] {
        let desk = Desk::new();
        desk.lay(name, format!("\u{feff}{text}"));
        let said = desk.gw(&["check", name]);
        let place = places(name, text, "feilds").remove(0);
        assert!(said.code == Some(2) && said.out.contains(&format!("--> {place}")), "{said:?}");
        desk.lay(name, format!("\u{feff}{}", text.replace("feilds", "FIELDS")));
        assert_eq!(desk.gw(&["fmt", name]).answer(), format!("{name}: 1 query written anew\n"));
        let written = std::fs::read_to_string(desk.path(name)).unwrap();
        assert_eq!(written.trim_end(), format!("\u{feff}{}", text.replace("feilds  a", "fields a")).trim_end());
    }
    desk.lay("q.cwli", "\u{feff}fields n");
    desk.lay("a.jsonl", "{\"n\":1}\n");
    assert_eq!(desk.gw(&["query", "--query-file", "q.cwli", "a.jsonl", "--format", "csv"]).answer(), "n\n1\n");
}

#[test]
fn a_folder_that_is_named_is_looked_into_though_git_ignores_it() {
    for list in ["cdk.out", "/cdk.out/**", "*.template.json"] {
        let desk = Desk::new();
        desk.lay(".gitignore", list);
        desk.lay("cdk.out/A.template.json", "{\"queryString\": \"feilds a\"}");
        desk.gw(&["check", "cdk.out"]).ends(2, &[]);
        let said = desk.gw(&["check", "."]);
        said.ends(0, &["warning: .: no file in it holds queries"]);
        assert!(said.out.starts_with("no queries in no files"), "{list}");
    }
}

#[test]
fn a_query_that_comes_from_elsewhere_is_said() {
    let desk = Desk::new();
    let query = |value: &str| {
        format!("Resources:\n  A:\n    Type: AWS::Logs::QueryDefinition\n    Properties:\n      QueryString: {value}\n")
    };
    for value in ["!Ref Query", "!ImportValue Query", "!If [A, !Ref Query, fields a]", "!Sub '${Query}'"] {
        desk.lay("a.yml", query(value));
        let said = desk.gw(&["check", "a.yml"]);
        let told = "warning[unread-query]: the query comes from elsewhere\n --> a.yml:5:";
        assert!(said.answer().starts_with(told), "{value}: {}", said.out);
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_must_not_be_read_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.lay("sub/a.cwli", "fields a");
    let path = desk.path("sub/a.cwli");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Who may read everything reads this too.
    if std::fs::read(&path).is_ok() {
        return;
    }
    let said = desk.gw(&["check", "sub"]);
    assert!(said.code == Some(2) && said.out.contains("it cannot be read"), "{said:?}");
}

#[test]
fn every_kind_of_file_is_in_the_test_data() {
    for folder in ["hosts", "project"] {
        let mut kinds: Vec<&str> = hosts::ALL.iter().map(|it| it.name).collect();
        for (name, text) in files(&testdata(folder)) {
            let kind = hosts::kind(name.as_ref(), &text);
            kinds.retain(|it| Some(*it) != kind);
        }
        // What the service's tools and the CDK for Terraform write is nobody's to keep.
        kinds.retain(|it| folder == "hosts" || !["definitions", "terraform-json", "dashboard"].contains(it));
        assert!(kinds.is_empty(), "no file of the kinds {kinds:?} in {folder}");
    }
}

#[test]
fn the_project_is_in_order() {
    let desk = desk("project", str::to_owned);
    let sum = desk.gw(&["check", "."]).answer().to_owned();
    assert!(sum.ends_with(": no errors, no warnings\n") && sum.starts_with("13 queries in 8 files"), "{sum}");
    assert_eq!(desk.gw(&["fmt", "--check", "."]).answer(), "");
}

#[test]
fn fmt_keeps_the_form_of_every_kind_of_file() {
    let desk = desk("hosts", |text| {
        let text = text.replace("feilds", "FIELDS").replace("limit ten", "LIMIT   10");
        text.replace("          ten\n", "          10\n")
    });
    let before = desk.gw(&["check", "."]).answer().to_owned();
    assert!(before.ends_with("no errors, no warnings\n"), "{before}");
    let said = desk.gw(&["fmt", "."]);
    assert_eq!((said.code, said.out.lines().count()), (Some(0), 13), "{said:?}");
    // What is joined of several texts has no one form to be written in.
    assert_eq!(said.err.matches("put together of several texts").count(), 6, "{}", said.err);
    assert_eq!(desk.gw(&["check", "."]).answer(), before);
    let again = desk.gw(&["fmt", "--check", "."]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""), "{again:?}");
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    let template = read("template.yml");
    for part in [
        "        fields @timestamp, @message\n        | filter level = \"ERROR\" # größer\n        | limit 10\n  Lit",
        "        fields @timestamp, @message\n        | filter level = \"ERROR\"\n        | limit 10\n  FoldedToTheEnd",
        "      QueryString: 'fields @timestamp | filter name = ''größer'' | limit 10'\n",
        "        | filter status >= ${Least} and @message like /${!x}/\n        | limit 10\n        | limit ${Rows}\n",
        "\"query\": \"source '/aws/lambda/${Function}'\\n| fields @message\\n",
    ] {
        assert!(template.contains(part), "no\n{part}\nin\n{template}");
    }
    assert!(read("main.tf").contains("    | filter @message like /$${x}/\n    | limit 10\n  EOF"));
    assert!(read("runbook.md").contains("> ```logs-insights\n> fields \"größer\" as g\n> | limit 10\n> ```"));
    assert_eq!(read("windows.query"), "fields @timestamp\r\n| filter level = \"ERROR\"\r\n| limit 10\r\n");
}

#[test]
fn fix_mends_spelling_where_it_stands() {
    let desk = Desk::new();
    desk.lay("a.json", r#"{"queryString": "fields a | | filter b <> “x”\nlimit 5 |", "name": "a"}"#);
    desk.lay("a.tf", "resource \"aws_cloudwatch_query_definition\" \"a\" {\n  query_string = <<-EOT\n    filter a => ${var.x} // why\n    | feilds b\n  EOT\n}\n");
    let said = desk.gw(&["check", "--fix", "a.json", "a.tf"]);
    let told = "note: a.json:1:29: `|` is taken out\nnote: a.json:1:40: `<>` is now `!=`\n\
                note: a.json:1:43: `“x”` is now `\\\"x\\\"`\nnote: a.json:1:48: `|` is put in\n\
                note: a.json:1:56: `|` is taken out\nnote: a.tf:3:14: `=>` is now `>=`\n\
                note: a.tf:3:26: `//` is now `#`\nnote: 7 faults were mended\n";
    assert_eq!((said.code, said.err.as_str()), (Some(2), told), "{said:?}");
    assert!(said.out.contains("feilds") && said.out.ends_with("1 error, no warnings\n"), "{}", said.out);
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    assert_eq!(read("a.json"), r#"{"queryString": "fields a | filter b != \"x\"\n| limit 5", "name": "a"}"#);
    assert!(read("a.tf").contains("    filter a >= ${var.x} # why\n    | feilds b\n"), "{}", read("a.tf"));
    desk.gw(&["check", "--fix", "fields a |"]).ends(2, &["--fix changes files"]);
    // What cannot be mended whole is reported, and stays as it was typed.
    for text in ["filter a = “x” || b = 1\n", "fields a ||| limit 5\n", "filter a <> “x\n"] {
        desk.lay("half.cwli", text);
        let said = desk.gw(&["check", "--fix", "half.cwli"]);
        assert_eq!((said.code, said.err.as_str()), (Some(2), "note: nothing was mended\n"), "{said:?}");
        assert!(said.out.contains("--> half.cwli:1:"), "{said:?}");
        assert_eq!(read("half.cwli"), text);
    }
}

#[test]
fn fmt_names_what_it_cannot_read_and_writes_the_rest() {
    let desk = Desk::new();
    desk.lay("a.md", "# one\n```insights\nfields  a\n```\n# two\n```insights\nfields a\n| feilds  b\n```\n# three\n```insights\n```\n");
    desk.lay("b.cwli", "fields  b");
    let told = ["error: a.md:8:3: `two` is left as it is: there is no command `feilds`\n\
                 error: a.md:11:1: `three` is left as it is: the query is empty\n\
                 note: 2 queries cannot be read; `gw check` with the same paths shows why\n"];
    let said = desk.gw(&["fmt", "--check", "a.md", "b.cwli"]);
    let files = "a.md: 1 query would be written anew\nb.cwli: 1 query would be written anew\n";
    assert_eq!(said.ends(2, &told).out, files);
    let said = desk.gw(&["fmt", "a.md", "b.cwli"]);
    assert_eq!(said.ends(2, &told).out, "a.md: 1 query written anew\nb.cwli: 1 query written anew\n");
    let written = std::fs::read_to_string(desk.path("a.md")).unwrap();
    assert!(written.starts_with("# one\n```insights\nfields a\n```\n# two"));
    assert_eq!(std::fs::read_to_string(desk.path("b.cwli")).unwrap(), "fields b");
    // A file without a query is one that was forgotten, for both verbs.
    desk.lay("c.cwli", "");
    desk.gw(&["fmt", "c.cwli"]).ends(2, &["error: c.cwli:1:1: `c` is left as it is: the query is empty"]);
    assert!(
        desk.gw(&["check", "c.cwli"])
            .ends(2, &[])
            .out
            .contains("error[empty-query]: the query is empty\n --> c.cwli:1:1")
    );
}

#[test]
fn files_that_are_broken_are_reported_at_their_place() {
    let desk = Desk::new();
    for (name, text, place) in [
        ("a.json", "{\"widgets\": [\n  {\"type\": \"log\",}\n]}", ":2:"),
        ("a.yml", "Resources:\n  A: [\n# AWS::Logs::QueryDefinition", ":2:"),
        ("a.tf", "# aws_cloudwatch_dashboard\na = {\n b = \n", ":3:"),
        (
            "b.yml",
            "Resources:\n  A:\n    Type: AWS::CloudWatch::Dashboard\n    Properties:\n      DashboardBody: '{\"widgets\": ['\n",
            ":5:",
        ),
    ] {
        desk.lay(name, text);
        let said = desk.gw(&["check", name]);
        let code = if name == "b.yml" { (Some(0), "unread-query") } else { (Some(2), "broken-file") };
        assert_eq!(said.code, code.0, "{said:?}");
        assert!(said.out.contains(&format!("--> {name}{place}")) && said.out.contains(code.1), "{said:?}");
        let formatted = desk.gw(&["fmt", name]);
        assert_eq!((formatted.code, formatted.out.as_str()), (code.0, ""), "{formatted:?}");
    }
}

#[test]
fn what_is_no_file_of_queries_is_said() {
    let desk = Desk::new();
    desk.lay("notes.txt", "fields a");
    desk.gw(&["check", "notes.txt"]).ends(2, &["notes.txt", "gw help hosts"]);
    desk.gw(&["check", "template.yml"]).ends(1, &["template.yml", "no such file"]);
    desk.gw(&["fmt", "queries/a.cwli"]).ends(1, &["no such file"]);
    desk.lay("ok.cwli", "fields a");
    desk.lay("binary.cwli", [0xff, 0xfe, 0x00]);
    let binary = desk.gw(&["check", "binary.cwli"]);
    assert!(binary.code == Some(2) && binary.out.contains("UTF-8 here\n --> binary.cwli:1:1"), "{binary:?}");
    desk.lay("empty/none.yml", "a: b\n");
    // A folder is warned of, since its name may be mistyped; a file is not, since a hook names all that change.
    let folders = desk.gw(&["check", "empty", "ok.cwli"]);
    folders.ends(0, &["warning: empty: no file in it holds queries; `gw help hosts` lists the kinds\n"]);
    assert_eq!(folders.out, "1 query in 1 file: no errors, no warnings\n");
    desk.gw(&["fmt", "empty"]).ends(0, &["warning: empty: no file in it holds queries"]);
    assert_eq!(desk.gw(&["check", "empty/none.yml"]).answer(), "no queries in no files: no errors, no warnings\n");
    for name in ["mpty", "./empti/", "src/queries"] {
        desk.gw(&["check", name, "ok.cwli"]).ends(2, &[&format!("error: `{name}` is no file, no folder and no query")]);
        desk.gw(&["fmt", name]).ends(2, &["no file, no folder and no query"]);
    }
    desk.gw(&["check", "ok.cwli", "mpty"]).ends(1, &["error: mpty: there is no such file or folder"]);
    // A command that lacks something is a query.
    desk.gw(&["check", "limit"]).ends(2, &["error[unexpected]"]);
    // A file of query text alone may have any name.
    assert_eq!(desk.gw(&["check", "--query-file", "notes.txt"]).answer(), "");
}

#[test]
fn what_git_ignores_is_passed_over_unless_it_is_named() {
    let desk = Desk::new();
    desk.lay(".gitignore", "cdk.out\n");
    for folder in ["cdk.out", "node_modules/x", ".hidden", "kept"] {
        desk.lay(format!("{folder}/a.cwli"), "feilds a");
    }
    let said = desk.gw(&["check", "."]);
    assert!(said.out.ends_with("1 query in 1 file: 1 error, no warnings\n"), "{said:?}");
    assert!(desk.gw(&["check", "cdk.out"]).out.contains("1 query in 1 file: 1 error"));
}

#[test]
fn machines_read_what_was_found() {
    let desk = Desk::new();
    desk.lay("a b/q.cwli", "fields a\n| limit ten, 100%\n");
    let said = desk.gw(&["check", "--format", "sarif", "a b"]);
    let sarif: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((said.code, sarif["version"].as_str()), (Some(2), Some("2.1.0")));
    let run = &sarif["runs"][0];
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], run["tool"]["driver"]["rules"][0]["id"]);
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/q.cwli");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&2.into(), &9.into()));
    let github = desk.gw(&["check", "--format", "github", "a b"]);
    let line = github.out.lines().next().unwrap();
    assert!(line.starts_with("::error file=a b/q.cwli,line=2,endLine=2,col=9,endColumn=12,title=error[unexpected]::"));
    // No finding is a whole answer too.
    desk.lay("a b/q.cwli", "fields a");
    let clean: Value = serde_json::from_str(desk.gw(&["check", "--format", "sarif", "."]).answer()).unwrap();
    assert_eq!(clean["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn a_file_that_could_hold_no_query_is_not_judged() {
    let desk = Desk::new();
    desk.lay("chart.yaml", "{{- if .Values.x }}\na: [\n{{ end }}\n");
    assert_eq!(desk.gw(&["check", "chart.yaml"]).answer(), "no queries in no files: no errors, no warnings\n");
}

#[test]
fn placeholders_are_no_faults_and_hide_none() {
    let desk = Desk::new();
    let query = |text: &str| {
        let text = text.replace('\n', "\n        ");
        format!(
            "Resources:\n  Q:\n    Type: AWS::Logs::QueryDefinition\n    Properties:\n      QueryString: !Sub |\n        {text}\n"
        )
    };
    for good in [
        "fields @message | limit ${N}",
        "stats count(*) by bin(${P})",
        "${Source} | fields a",
        "fields @message\n${Rest}",
        "filter @message like /${X}/ | stats ${Aggregate} by route",
        "stats count(*) as n by route | filter ${Field} > 5",
    ] {
        desk.lay("t.yml", query(good));
        let said = desk.gw(&["check", "t.yml"]);
        assert!(said.code == Some(0) && said.out.ends_with("no errors, no warnings\n"), "{good}: {said:?}");
    }
    for (bad, word) in [("fields a | limit ${N} | limit ten", "ten"), ("stats nosuch(${X}) by ${Y}", "nosuch")] {
        desk.lay("t.yml", query(bad));
        let said = desk.gw(&["check", "t.yml"]);
        assert!(said.code == Some(2) && said.out.contains(word), "{bad}: {said:?}");
    }
    // A text without `Sub` has no placeholders: what looks like one was forgotten.
    desk.lay("t.yml", query("fields a | limit ${N}").replace("!Sub ", ""));
    assert!(desk.gw(&["check", "t.yml"]).out.contains("error[placeholder]"));
}
