//! Lookup tables: made of text or of a query's answer, and looked into by queries.

use serde_json::{Value, json};

use crate::client::Client;
use crate::{NOON, ask, client, query, refusal, run};

fn create(client: &Client, name: &str, body: &str) -> Value {
    let made = ask(client, "CreateLookupTable", json!({ "lookupTableName": name, "tableBody": body }));
    made["lookupTableArn"].clone()
}

#[test]
fn a_table_is_looked_into_from_its_making_to_its_end() {
    let client = client();
    let looked = || client.call("StartQuery", &query("lookup severity level output weight")).0;
    assert_eq!(looked(), 400);
    let arn = create(&client, "severity", "level,weight\nINFO,1\nERROR,9\n");
    assert_eq!(arn, "arn:aws:logs:us-east-1:000000000000:lookup-table:severity");
    let text = "lookup severity level output weight | stats max(weight) as w by level | sort level asc";
    let field = |name: &str, value: &str| json!({ "field": name, "value": value });
    let (_, answer) = run(&client, query(text));
    let rows = json!([[field("level", "ERROR"), field("w", "9")], [field("level", "INFO"), field("w", "1")]]);
    assert_eq!(answer["results"], rows);
    let updated = json!({ "lookupTableArn": arn, "tableBody": "level,weight\nINFO,2\n", "description": "how bad" });
    assert_eq!(ask(&client, "UpdateLookupTable", updated)["lastUpdatedTime"], json!(NOON));
    let (_, answer) = run(&client, query("lookup severity level output weight | stats max(weight) as w"));
    assert_eq!(answer["results"][0][0]["value"], "2");
    let told = json!({
        "lookupTableArn": arn, "lookupTableName": "severity", "description": "how bad", "sizeBytes": 20,
        "lastUpdatedTime": NOON, "tableFields": ["level", "weight"], "recordsCount": 1,
    });
    assert_eq!(ask(&client, "DescribeLookupTables", json!({})), json!({ "lookupTables": [told] }));
    assert_eq!(ask(&client, "GetLookupTable", json!({ "lookupTableArn": arn }))["tableBody"], "level,weight\nINFO,2\n");
    ask(&client, "UpdateLookupTable", json!({ "lookupTableArn": arn, "description": "" }));
    assert_eq!(ask(&client, "GetLookupTable", json!({ "lookupTableArn": arn }))["sizeBytes"], json!(20));
    assert_eq!(ask(&client, "DeleteLookupTable", json!({ "lookupTableArn": arn })), json!({}));
    for operation in ["GetLookupTable", "DeleteLookupTable", "UpdateLookupTable"] {
        assert_eq!(refusal(&client, operation, json!({ "lookupTableArn": arn })).0, "ResourceNotFoundException");
    }
    assert_eq!(looked(), 400);
}

#[test]
fn a_table_is_made_of_an_answer() {
    let client = client();
    let (id, _) = run(&client, query("stats count(*) as n by level | sort level asc"));
    ask(&client, "CreateLookupTable", json!({ "lookupTableName": "counts", "queryId": id }));
    let arn = "arn:aws:logs:us-east-1:000000000000:lookup-table:counts";
    let found = ask(&client, "GetLookupTable", json!({ "lookupTableArn": arn }));
    assert_eq!(found["tableBody"], "level,n\nERROR,2\nINFO,3\n");
}

#[test]
fn a_table_has_tags() {
    let client = client();
    let table = json!({ "lookupTableName": "t", "tableBody": "a\n1\n", "tags": { "team": "blue" } });
    let arn = ask(&client, "CreateLookupTable", table)["lookupTableArn"].clone();
    ask(&client, "TagResource", json!({ "resourceArn": arn, "tags": { "stage": "test", "old": "" } }));
    ask(&client, "UpdateLookupTable", json!({ "lookupTableArn": arn, "tableBody": "a\n2\n" }));
    ask(&client, "UntagResource", json!({ "resourceArn": arn, "tagKeys": ["old", "none"] }));
    let tags = ask(&client, "ListTagsForResource", json!({ "resourceArn": arn }))["tags"].clone();
    assert_eq!(tags, json!({ "team": "blue", "stage": "test" }));
    let none = json!({ "resourceArn": format!("{}u", arn.as_str().unwrap()) });
    assert_eq!(refusal(&client, "ListTagsForResource", none).0, "ResourceNotFoundException");
    let refused = json!({ "lookupTableName": "u", "tableBody": "a\n1\n", "tags": { "aws:x": "" } });
    assert_eq!(refusal(&client, "CreateLookupTable", refused).0, "InvalidParameterException");
    ask(&client, "DeleteLookupTable", json!({ "lookupTableArn": arn }));
    assert_eq!(
        refusal(&client, "TagResource", json!({ "resourceArn": arn, "tags": { "a": "b" } })).0,
        "ResourceNotFoundException"
    );
}

#[test]
fn what_is_no_table_is_refused() {
    let client = client();
    create(&client, "t", "a\n1\n");
    let again = json!({ "lookupTableName": "t", "tableBody": "a\n1\n" });
    assert_eq!(refusal(&client, "CreateLookupTable", again).0, "ResourceAlreadyExistsException");
    for (arguments, error) in [
        (json!({ "lookupTableName": "x", "tableBody": "a,a\n" }), "ValidationException"),
        (json!({ "lookupTableName": "x", "tableBody": "a,b\n1\n" }), "ValidationException"),
        (json!({ "lookupTableName": "x", "tableBody": "" }), "InvalidParameterException"),
        (json!({ "lookupTableName": "x" }), "InvalidParameterException"),
        (json!({ "lookupTableName": "x", "tableBody": "a\n", "queryId": "y" }), "InvalidParameterException"),
        (json!({ "lookupTableName": "x", "queryId": "y" }), "ResourceNotFoundException"),
        (json!({ "lookupTableName": "../x", "tableBody": "a\n" }), "InvalidParameterException"),
        (json!({ "lookupTableName": "", "tableBody": "a\n" }), "InvalidParameterException"),
        (json!({ "tableBody": "a\n" }), "InvalidParameterException"),
        (
            json!({ "lookupTableName": "x", "tableBody": format!("a\n{}", "1\n".repeat(6 << 20)) }),
            "InvalidParameterException",
        ),
    ] {
        assert_eq!(refusal(&client, "CreateLookupTable", arguments).0, error);
    }
    let encrypted = json!({ "lookupTableName": "x", "tableBody": "a\n1\n", "kmsKeyId": "k" });
    let (table, other) = ("arn:aws:logs:us-east-1:000000000000:lookup-table:t", "000000000000:lookup-table:t");
    for (operation, arguments) in
        [("CreateLookupTable", encrypted), ("UpdateLookupTable", json!({ "lookupTableArn": table, "kmsKeyId": "k" }))]
    {
        let (name, message) = refusal(&client, operation, arguments);
        assert_eq!(name, "InvalidParameterException");
        assert_eq!(message, "no lookup table is encrypted here: kmsKeyId must be left out");
    }
    ask(&client, "UpdateLookupTable", json!({ "lookupTableArn": table, "kmsKeyId": "" }));
    let elsewhere = [format!("arn:aws:logs:eu-west-1:{other}"), format!("arn:aws:s3:us-east-1:{other}")];
    for arn in ["", "t", "arn:aws:logs:us-east-1:0:log-group:t", &elsewhere[0], &elsewhere[1]] {
        assert_eq!(refusal(&client, "GetLookupTable", json!({ "lookupTableArn": arn })).0, "InvalidParameterException");
    }
    let outside = json!({ "lookupTableArn": "arn:aws:logs:us-east-1:0:lookup-table:../../x", "tableBody": "a\n1\n" });
    assert_eq!(refusal(&client, "UpdateLookupTable", outside).0, "ResourceNotFoundException");
    for number in 1..100 {
        create(&client, &format!("t{number}"), "a\n1\n");
    }
    let more = json!({ "lookupTableName": "more", "tableBody": "a\n1\n" });
    assert_eq!(refusal(&client, "CreateLookupTable", more).0, "LimitExceededException");
    let page = ask(&client, "DescribeLookupTables", json!({ "maxResults": 60, "lookupTableNamePrefix": "t" }));
    assert_eq!(page["lookupTables"].as_array().unwrap().len(), 60);
    assert!(page["nextToken"].is_string());
}
