//! Saved queries of files, for `$Name(…)`: given with `--definitions`, and found in what is checked.

use crate::desk::Desk;

/// What `aws logs describe-query-definitions` gives.
const DESCRIBED: &str = r#"{"queryDefinitions": [
    {"queryDefinitionId": "1", "name": "Team/Of level", "queryString": "fields n\n| filter level = {{level}}\n| limit {{count}}",
     "parameters": [{"name": "level", "defaultValue": "\"INFO\""}, {"name": "count", "defaultValue": "5"}], "logGroupNames": []},
    {"queryDefinitionId": "2", "name": "sql", "queryString": "SELECT 1", "queryLanguage": "SQL"}
]}"#;

/// What CloudFormation makes one of.
const TEMPLATE: &str = "Resources:\n  Newest:\n    Type: AWS::Logs::QueryDefinition\n    Properties:\n      Name: newest\n      \
                        QueryString: 'sort @timestamp desc | limit {{count}}'\n      Parameters:\n        - Name: count\n          DefaultValue: '1'\n";

fn desk() -> Desk {
    let desk = Desk::with_logs();
    desk.lay("saved/described.json", DESCRIBED);
    desk.lay("saved/template.yaml", TEMPLATE);
    desk.lay("saved/count.insights", "stats count(*) as n by {{by}} # the groups\n");
    desk
}

#[test]
fn saved_queries_of_a_folder_are_called() {
    let desk = desk();
    let ask = |query: &str| desk.gw(&["query", query, "logs", "--definitions", "saved", "--format", "csv"]);
    let all = desk.gw(&["query", "fields n | filter level = 'INFO' | limit 5", "logs", "--format", "csv"]);
    assert_eq!(ask("$`Team/Of level`()").answer(), all.answer());
    assert_eq!(ask("$`Team/Of level`(count = 1)").answer().lines().count(), 2);
    let newest = desk.gw(&["query", "fields n | limit 1", "logs", "--format", "csv"]);
    assert_eq!(ask("fields n | $newest()").answer(), newest.answer());
    let groups = desk.gw(&["query", "stats count(*) as n by level", "logs", "--format", "csv"]);
    assert_eq!(ask("$count(by = level) | limit 100").answer(), groups.answer());
    ask("$nwest()").ends(2, &["error[saved-query]: there is no saved query `nwest`", "`newest`"]);
    desk.gw(&["query", "limit 1", "logs", "--definitions", "none"]).ends(1, &["none"]);
}

#[test]
fn what_a_call_stands_for_is_explained() {
    let desk = desk();
    let said = desk.gw(&["explain", "$newest(count = 3)", "--definitions", "saved/template.yaml"]);
    assert!(said.answer().contains("limit 3"), "{}", said.out);
    let said = desk.gw(&["query", "$newest() | filter n > 99", "logs", "--definitions", "saved"]);
    said.ends(0, &["no row: `filter n > 99` let none through"]);
}

#[test]
fn two_of_one_name_are_told_apart_by_nobody() {
    let desk = desk();
    desk.lay("saved/newest.insights", "sort @timestamp desc");
    let said = desk.gw(&["query", "$newest()", "logs", "--definitions", "saved"]);
    said.ends(2, &["two saved queries are called `newest`", "template.yaml", "newest.insights"]);
    desk.gw(&["query", "$count(by = level)", "logs", "--definitions", "saved"]).ends(0, &[]);
}

#[test]
fn what_is_checked_may_call_what_is_checked_with_it() {
    let desk = desk();
    desk.lay("saved/calls.insights", "$newest(count = 2) | $Elsewhere()\n");
    let said = desk.gw(&["check", "saved"]);
    said.ends(0, &[]);
    assert_eq!(said.out.matches("[unchecked]").count(), 1, "{}", said.out);
    assert!(said.out.contains("`$Elsewhere`"), "{}", said.out);
    desk.gw(&["check", "saved", "--definitions", "saved/count.insights"]).ends(2, &[]);
    desk.lay("saved/calls.insights", "$newest(cuont = 2)\n");
    let said = desk.gw(&["check", "saved"]);
    assert_eq!(said.code, Some(2));
    assert!(said.out.contains("calls.insights:1:9") && said.out.contains("no parameter `cuont`"), "{}", said.out);
    desk.gw(&["check", "$newest(cuont = 2)", "--definitions", "saved"]).ends(2, &["no parameter `cuont`"]);
}

#[test]
fn a_saved_query_is_laid_out_with_its_parameters() {
    let desk = desk();
    let said = desk.gw(&["fmt", "saved/count.insights"]);
    said.ends(0, &[]);
    let laid_out = std::fs::read_to_string(desk.path("saved/count.insights")).unwrap();
    assert_eq!(laid_out, "stats count(*) as n by {{by}} # the groups\n");
}

#[test]
fn tests_may_call_saved_queries() {
    let desk = desk();
    let test = "query: $newest(count = 1) | fields n\nlogs: logs\ntests:\n  - name: the newest\n    definitions: saved\n    \
                expect: {row_count: 1}\n";
    desk.lay("newest.test.yml", test);
    desk.gw(&["test", "newest.test.yml"]).ends(0, &[]);
}
