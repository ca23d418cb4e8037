//! Export tasks: what they leave is an archive like any other.

use std::sync::Mutex;
use std::time::Duration;

use plan::Scan;
use serde_json::{Value, json};
use source::{Files, Input, Source, Watch};

use super::caller::{Caller, NOW, line};

/// `stream time message`, sorted.
fn read(folder: &std::path::Path) -> Vec<String> {
    let files = Files::open(&[Input::new(folder)], None).unwrap();
    let found = Mutex::new(Vec::new());
    let report = files.scan(&Scan::default(), &Watch::default(), &|block| {
        let line = |row| format!("{} {} {}", block.stream(row).unwrap(), block.time(row).unwrap(), block.message(row));
        found.lock().unwrap().extend((0..block.len()).map(line));
    });
    assert!(report.unwrap().faults.is_empty());
    let mut found = found.into_inner().unwrap();
    found.sort();
    found
}

fn ended(it: &Caller, id: &Value) -> Value {
    for _ in 0..2_000 {
        let tasks = it.done("DescribeExportTasks", json!({ "taskId": id }));
        let task = tasks["exportTasks"][0].clone();
        if task["executionInfo"].get("completionTime").is_some() {
            return task;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the task does not end");
}

#[test]
fn an_export_is_read_as_it_was_written() {
    let archived =
        [line(NOW - 3, "a/1", "first\nof two lines"), line(NOW - 2, "a-1", "second"), line(1, "a/1", "too old")];
    let it = Caller::new(&[("api", &archived.concat())]);
    let put = json!([{ "timestamp": NOW - 1, "message": "third" }, { "timestamp": NOW, "message": "too late" }]);
    it.done("CreateLogStream", json!({ "logGroupName": "api", "logStreamName": "b" }));
    it.done("PutLogEvents", json!({ "logGroupName": "api", "logStreamName": "b", "logEvents": put }));
    let order = json!({
        "taskName": "mine", "logGroupName": "api", "from": NOW - 3, "to": NOW - 1, "destination": "my-bucket",
        "destinationPrefix": "exports/api",
    });
    let id = it.done("CreateExportTask", order)["taskId"].clone();
    let task = ended(&it, &id);
    assert_eq!(task["status"]["code"], "COMPLETED", "{task}");
    assert_eq!((&task["taskName"], &task["from"], &task["to"]), (&json!("mine"), &json!(NOW - 3), &json!(NOW - 1)));
    let folder = it.exports().join("my-bucket/exports/api");
    assert_eq!(std::fs::read(folder.join("aws-logs-write-test")).unwrap(), b"Permission Check Successful");
    let expected = [(NOW - 2, "a-1", "second"), (NOW - 3, "a-1", "first\nof two lines"), (NOW - 1, "b", "third")];
    let mut expected = expected.map(|(time, stream, message)| format!("{stream} {time} {message}"));
    expected.sort();
    assert_eq!(read(&folder), expected);
    let groups = Files::open(&[Input::new(it.exports())], None).unwrap().groups();
    assert_eq!(groups.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["api"]);

    it.fails("CancelExportTask", json!({ "taskId": id }), "InvalidOperationException");
    let prefixed =
        json!({ "logGroupName": "api", "logStreamNamePrefix": "b", "from": 0, "to": NOW, "destination": "other" });
    let id = it.done("CreateExportTask", prefixed)["taskId"].clone();
    assert_eq!(ended(&it, &id)["destinationPrefix"], "exportedlogs");
    assert_eq!(read(&it.exports().join("other")).len(), 2);
    let completed = it.done("DescribeExportTasks", json!({ "statusCode": "COMPLETED", "limit": 1 }));
    assert!(completed["exportTasks"].as_array().unwrap().len() == 1 && completed["nextToken"].is_string());
}

#[test]
fn many_streams_are_exported_with_few_open_files() {
    let archived: String = (0..400).map(|it| line(NOW + it, &format!("s{}", it % 150), &format!("m{it}"))).collect();
    let it = Caller::new(&[("api", &archived)]);
    let order = json!({ "logGroupName": "api", "from": 0, "to": NOW + 1_000, "destination": "bucket" });
    let id = it.done("CreateExportTask", order)["taskId"].clone();
    assert_eq!(ended(&it, &id)["status"]["code"], "COMPLETED");
    assert_eq!(read(&it.exports()).len(), 400);
}

#[test]
fn no_destination_leaves_the_folder() {
    let it = Caller::new(&[("api", &line(NOW, "..", "m"))]);
    for (destination, prefix) in
        [("..", "x"), ("../x", "x"), ("bucket", ".."), ("bucket", "a/../../b"), ("bucket", "/etc"), ("bucket", "")]
    {
        let order = json!({
            "logGroupName": "api", "from": 0, "to": NOW, "destination": destination, "destinationPrefix": prefix,
        });
        it.fails("CreateExportTask", order, "InvalidParameterException");
    }
    let id =
        it.done("CreateExportTask", json!({ "logGroupName": "api", "from": 0, "to": NOW, "destination": "bucket" }));
    assert_eq!(ended(&it, &id["taskId"])["status"]["code"], "COMPLETED");
    let outside = std::fs::read_dir(it.exports().parent().unwrap()).unwrap().map(|it| it.unwrap().file_name());
    let mut outside: Vec<_> = outside.collect();
    outside.sort();
    assert_eq!(outside, ["exports", "store"]);
}
