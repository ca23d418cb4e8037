//! Saved queries: they come and go, and survive the service where it has a folder.

use std::sync::Arc;

use serde_json::{Value, json};
use server::Options;

use crate::client::Client;
use crate::{NOON, ask, client, logs, options, query, refusal, run};

fn put(client: &Client, name: &str) -> Value {
    ask(client, "PutQueryDefinition", json!({ "name": name, "queryString": "limit 1" }))["queryDefinitionId"].clone()
}

fn described(client: &Client, arguments: Value) -> Vec<Value> {
    ask(client, "DescribeQueryDefinitions", arguments)["queryDefinitions"].as_array().unwrap().clone()
}

#[test]
fn a_definition_is_kept_changed_and_deleted() {
    let client = client();
    let parameters = json!([{ "name": "level", "defaultValue": "ERROR" }, { "name": "most", "description": "rows" }]);
    let whole = json!({
        "name": "errors/last", "queryString": "filter level = {{level}} | limit {{most}}", "parameters": parameters,
        "logGroupNames": ["/aws/lambda/api"],
    });
    let id = ask(&client, "PutQueryDefinition", whole.clone())["queryDefinitionId"].clone();
    let mut expected = whole.clone();
    expected["queryDefinitionId"] = id.clone();
    expected["queryLanguage"] = json!("CWLI");
    expected["lastModified"] = json!(NOON);
    assert_eq!(described(&client, json!({})), [expected]);
    let changed = json!({ "name": "errors/all", "queryString": "limit 2", "queryDefinitionId": id });
    assert_eq!(ask(&client, "PutQueryDefinition", changed)["queryDefinitionId"], id);
    let found = described(&client, json!({ "queryDefinitionNamePrefix": "errors/a" }));
    assert_eq!((found.len(), &found[0]["queryString"]), (1, &json!("limit 2")));
    assert!(found[0].get("logGroupNames").is_none());
    assert_eq!(described(&client, json!({ "queryDefinitionNamePrefix": "x" })).len(), 0);
    assert_eq!(ask(&client, "DeleteQueryDefinition", json!({ "queryDefinitionId": id })), json!({ "success": true }));
    assert_eq!(
        refusal(&client, "DeleteQueryDefinition", json!({ "queryDefinitionId": id })).0,
        "ResourceNotFoundException"
    );
    let again = json!({ "name": "a", "queryString": "limit 2", "queryDefinitionId": "../../x" });
    assert_eq!(refusal(&client, "PutQueryDefinition", again).0, "ResourceNotFoundException");
}

#[test]
fn parameters_are_held_to_what_the_service_says() {
    let client = client();
    let refused = |parameters: Value, language: &str| {
        let text = "limit {{a}}";
        let whole = json!({ "name": "n", "queryString": text, "queryLanguage": language, "parameters": parameters });
        let (name, message) = refusal(&client, "PutQueryDefinition", whole);
        assert_eq!(name, "InvalidParameterException");
        message
    };
    let named = |name: &str| json!({ "name": name });
    assert_eq!(refused(json!([named("a")]), "PPL"), "Parameters are only supported for CWLI query language");
    assert_eq!(refused(json!([named("b")]), "CWLI"), "Required parameters not found in queryString");
    assert_eq!(refused(json!([named("a"), named("a")]), "CWLI"), "Duplicate parameter name");
    assert_eq!(refused(json!(vec![named("a"); 21]), "CWLI"), "Parameter count exceeds the maximum of 20");
    assert!(refused(json!([named("1a")]), "CWLI").contains("regular expression pattern"));
    assert!(refused(json!([named("")]), "CWLI").contains("length"));
    for arguments in
        [json!({ "name": "" }), json!({ "name": "n" }), json!({ "name": "n".repeat(256), "queryString": "x" })]
    {
        assert_eq!(refusal(&client, "PutQueryDefinition", arguments).0, "InvalidParameterException");
    }
}

#[test]
fn the_same_call_twice_makes_one() {
    let client = client();
    let call = json!({ "name": "n", "queryString": "limit 1", "clientToken": "c".repeat(36) });
    let first = ask(&client, "PutQueryDefinition", call.clone());
    assert_eq!(ask(&client, "PutQueryDefinition", call.clone()), first);
    for (name, value) in [("queryString", json!("limit 2")), ("queryDefinitionId", json!("other"))] {
        let mut other = call.clone();
        other[name] = value;
        assert_eq!(refusal(&client, "PutQueryDefinition", other).0, "InvalidParameterException");
    }
    assert_eq!(described(&client, json!({})).len(), 1);
    assert!(described(&client, json!({}))[0].get("clientToken").is_none());
}

#[test]
fn a_saved_query_is_called_by_its_name() {
    let client = client();
    let saved = json!({
        "name": "OfLevel", "queryString": "filter level = {{level}} | stats count(*) as n",
        "parameters": [{ "name": "level", "defaultValue": "\"INFO\"" }],
    });
    ask(&client, "PutQueryDefinition", saved);
    for (text, n) in [("$OfLevel()", "3"), ("$OfLevel(level = \"ERROR\")", "2")] {
        assert_eq!(run(&client, query(text)).1["results"][0][0]["value"], n, "{text}");
    }
    assert_eq!(refusal(&client, "StartQuery", query("$Other()")).0, "MalformedQueryException");
}

#[test]
fn lists_come_in_pages_by_name() {
    let client = client();
    for name in ["b", "c", "a"] {
        put(&client, name);
    }
    let first = ask(&client, "DescribeQueryDefinitions", json!({ "maxResults": 2 }));
    let rest = json!({ "maxResults": 2, "nextToken": first["nextToken"] });
    let names: Vec<Value> = [first, ask(&client, "DescribeQueryDefinitions", rest)]
        .iter()
        .flat_map(|it| it["queryDefinitions"].as_array().unwrap().clone())
        .map(|it| it["name"].clone())
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
}

#[test]
fn a_thousand_and_no_more() {
    let client = client();
    for _ in 0..1_000 {
        put(&client, "n");
    }
    let more = json!({ "name": "n", "queryString": "limit 1" });
    assert_eq!(refusal(&client, "PutQueryDefinition", more).0, "LimitExceededException");
}

#[test]
fn what_was_acknowledged_is_there_after_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let open = || {
        let data = Some(folder.path().join("data"));
        Client::new(Arc::new(logs()), Options { data, ..options() })
    };
    let first = open().unwrap();
    let (kept, gone) = (put(&first, "kept"), put(&first, "gone"));
    ask(&first, "DeleteQueryDefinition", json!({ "queryDefinitionId": gone }));
    ask(&first, "CreateLookupTable", json!({ "lookupTableName": "t", "tableBody": "a,b\n1,2\n" }));
    drop(first);
    let second = open().unwrap();
    let found = described(&second, json!({}));
    assert_eq!((found.len(), &found[0]["queryDefinitionId"]), (1, &kept));
    let arn = ask(&second, "DescribeLookupTables", json!({}))["lookupTables"][0]["lookupTableArn"].clone();
    assert_eq!(ask(&second, "GetLookupTable", json!({ "lookupTableArn": arn }))["tableBody"], "a,b\n1,2\n");
    std::fs::write(folder.path().join("data/lookup-tables/t.json"), "{\"name\":").unwrap();
    assert!(open().err().unwrap().contains("t.json"));
}
