//! Pages of events, whole and without repetition, in both directions.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use testkit::random::Random;

use super::caller::{Caller, NOW, line};

/// An archive and a store of events of three streams, many of them of the same millisecond.
fn filled() -> (Caller, Vec<(i64, String)>) {
    let mut random = Random::new(20_26);
    let mut expected: Vec<(i64, String)> = Vec::new();
    let mut event = |prefix: &str, number: usize| {
        let time = NOW - 1_000 + random.below(40) as i64;
        let message = format!("{prefix} {number} {}", if random.one_in(3) { "ERROR" } else { "fine" });
        expected.push((time, message.clone()));
        (time, message)
    };
    let archived: String = (0..120)
        .map(|number| {
            let (time, message) = event("archived", number);
            line(time, ["a", "b"][number % 2], &message)
        })
        .collect();
    let it = Caller::new(&[("g", &archived)]);
    for stream in ["b", "c"] {
        if stream == "c" {
            it.done("CreateLogStream", json!({ "logGroupName": "g", "logStreamName": "c" }));
        }
        for batch in 0..5 {
            let mut events: Vec<(i64, String)> = (0..20).map(|number| event(stream, batch * 20 + number)).collect();
            events.sort();
            let events: Vec<Value> =
                events.into_iter().map(|(time, message)| json!({ "timestamp": time, "message": message })).collect();
            it.done("PutLogEvents", json!({ "logGroupName": "g", "logStreamName": stream, "logEvents": events }));
        }
    }
    expected.sort();
    (it, expected)
}

fn events(answer: &Value) -> Vec<(i64, String)> {
    let each = answer["events"].as_array().unwrap().iter();
    each.map(|it| (it["timestamp"].as_i64().unwrap(), it["message"].as_str().unwrap().to_owned())).collect()
}

/// All events of a call, page by page.
fn all(it: &Caller, arguments: &Value) -> Vec<(i64, String)> {
    let mut arguments = arguments.clone();
    let mut found = Vec::new();
    loop {
        let answer = it.done("FilterLogEvents", arguments.clone());
        let page = events(&answer);
        assert!(page.len() <= arguments["limit"].as_u64().unwrap_or(10_000) as usize);
        found.extend(page);
        match answer.get("nextToken") {
            Some(token) => arguments["nextToken"] = token.clone(),
            None => return found,
        }
    }
}

fn sorted(mut found: Vec<(i64, String)>) -> Vec<(i64, String)> {
    found.sort();
    found
}

#[test]
fn filter_log_events_gives_every_event_once_in_order() {
    let (it, expected) = filled();
    let whole = all(&it, &json!({ "logGroupName": "g" }));
    assert!(whole.is_sorted_by_key(|it| it.0));
    assert_eq!(sorted(whole.clone()), expected);
    for limit in [1, 7, 319, 320, 321] {
        assert_eq!(all(&it, &json!({ "logGroupName": "g", "limit": limit })), whole, "pages of {limit}");
        let mut backward = all(&it, &json!({ "logGroupName": "g", "limit": limit, "startFromHead": false }));
        backward.reverse();
        assert_eq!(backward, whole, "backward in pages of {limit}");
    }
    let errors: Vec<_> = whole.iter().filter(|it| it.1.contains("ERROR")).cloned().collect();
    assert_eq!(all(&it, &json!({ "logGroupName": "g", "filterPattern": "ERROR", "limit": 5 })), errors);
    let range = json!({ "logGroupName": "g", "startTime": NOW - 990, "endTime": NOW - 980, "limit": 9 });
    let within: Vec<_> = whole.iter().filter(|it| (NOW - 990..=NOW - 980).contains(&it.0)).cloned().collect();
    assert_eq!(all(&it, &range), within);
    for (chosen, count) in [
        (json!({ "logStreamNames": ["c"] }), 100),
        (json!({ "logStreamNames": ["b", "c"] }), 260),
        (json!({ "logStreamNamePrefix": "a" }), 60),
        (json!({ "logStreamNamePrefix": "none" }), 0),
    ] {
        let mut arguments = json!({ "logGroupName": "g", "limit": 50 });
        arguments.as_object_mut().unwrap().extend(chosen.as_object().unwrap().clone());
        assert_eq!(all(&it, &arguments).len(), count, "{chosen}");
    }
}

#[test]
fn get_log_events_goes_both_ways_and_repeats_its_token_at_the_ends() {
    let (it, expected) = filled();
    let arguments = |more: Value| {
        let mut arguments = json!({ "logGroupName": "g", "logStreamName": "c", "limit": 30 });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        arguments
    };
    let of_stream: Vec<_> = expected.into_iter().filter(|it| it.1.starts_with("c ")).collect();
    let walk = |first: Value, token: &str| {
        let mut answer = it.done("GetLogEvents", arguments(first));
        let mut pages = vec![events(&answer)];
        loop {
            let next = it.done("GetLogEvents", arguments(json!({ "nextToken": answer[token] })));
            if next[token] == answer[token] {
                assert_eq!(events(&next), []);
                return (pages, next);
            }
            pages.push(events(&next));
            answer = next;
        }
    };
    let (pages, last) = walk(json!({ "startFromHead": true }), "nextForwardToken");
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [30, 30, 30, 10]);
    let forward = pages.concat();
    assert!(forward.is_sorted_by_key(|it| it.0));
    assert_eq!(sorted(forward.clone()), of_stream);
    // From the end back: the last page again, in the same order.
    let back = it.done("GetLogEvents", arguments(json!({ "nextToken": last["nextBackwardToken"] })));
    assert_eq!(events(&back), forward[70..]);
    let (pages, first) = walk(json!({}), "nextBackwardToken");
    assert_eq!(pages.iter().rev().flatten().cloned().collect::<Vec<_>>(), forward);
    assert_eq!(pages[0], forward[70..]);
    let again = it.done("GetLogEvents", arguments(json!({ "nextToken": first["nextForwardToken"] })));
    assert_eq!(events(&again), forward[..30]);
    // The end is not in the range.
    let (start, end) = (forward[10].0, forward[50].0);
    let within = it.done("GetLogEvents", arguments(json!({ "startTime": start, "endTime": end, "limit": 10_000 })));
    assert_eq!(events(&within), forward.iter().filter(|it| (start..end).contains(&it.0)).cloned().collect::<Vec<_>>());
    // What is written later is found from where the last page ended.
    let put = json!([{ "timestamp": NOW, "message": "c later" }]);
    it.done("PutLogEvents", json!({ "logGroupName": "g", "logStreamName": "c", "logEvents": put }));
    let later = it.done("GetLogEvents", arguments(json!({ "nextToken": last["nextForwardToken"] })));
    assert_eq!(events(&later), [(NOW, String::from("c later"))]);
}

#[test]
fn an_empty_stream_has_tokens_and_no_events() {
    let it = Caller::new(&[]);
    it.done("CreateLogGroup", json!({ "logGroupName": "g" }));
    it.done("CreateLogStream", json!({ "logGroupName": "g", "logStreamName": "s" }));
    let arguments = json!({ "logGroupName": "g", "logStreamName": "s", "startFromHead": true });
    let empty = it.done("GetLogEvents", arguments.clone());
    assert_eq!(events(&empty), []);
    let put = json!([{ "timestamp": 5, "message": "m" }]);
    it.done("PutLogEvents", json!({ "logGroupName": "g", "logStreamName": "s", "logEvents": put }));
    let mut next = arguments;
    next["nextToken"] = empty["nextForwardToken"].clone();
    assert_eq!(events(&it.done("GetLogEvents", next)), [(5, String::from("m"))]);
}

#[test]
fn a_page_has_a_megabyte_at_most() {
    let it = Caller::new(&[]);
    it.done("CreateLogGroup", json!({ "logGroupName": "g" }));
    it.done("CreateLogStream", json!({ "logGroupName": "g", "logStreamName": "s" }));
    for time in 0..4 {
        let put = json!([{ "timestamp": time, "message": "x".repeat(400_000) }]);
        it.done("PutLogEvents", json!({ "logGroupName": "g", "logStreamName": "s", "logEvents": put }));
    }
    let first = it.done("FilterLogEvents", json!({ "logGroupName": "g" }));
    assert_eq!(events(&first).len(), 2);
    assert_eq!(all(&it, &json!({ "logGroupName": "g" })).iter().map(|it| it.0).collect::<Vec<_>>(), [0, 1, 2, 3]);
    let last = it.done("GetLogEvents", json!({ "logGroupName": "g", "logStreamName": "s" }));
    assert_eq!(events(&last).iter().map(|it| it.0).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn log_streams_are_listed_in_pages_by_name_and_by_time() {
    let it = Caller::new(&[]);
    it.done("CreateLogGroup", json!({ "logGroupName": "g" }));
    for number in 0..60 {
        let name = format!("s{number:02}");
        it.done("CreateLogStream", json!({ "logGroupName": "g", "logStreamName": name }));
        if number % 2 == 0 {
            let put = json!([{ "timestamp": 1_000 - number, "message": "m" }]);
            it.done("PutLogEvents", json!({ "logGroupName": "g", "logStreamName": name, "logEvents": put }));
        }
    }
    let list = |more: Value| {
        let mut arguments = json!({ "logGroupName": "g" });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut found = Vec::new();
        loop {
            let answer = it.done("DescribeLogStreams", arguments.clone());
            found.extend(super::names(&answer, "logStreams", "logStreamName"));
            match answer.get("nextToken") {
                Some(token) => arguments["nextToken"] = token.clone(),
                None => return found,
            }
        }
    };
    let names = list(json!({}));
    assert!(names.len() == 60 && names.is_sorted());
    assert_eq!(list(json!({ "limit": 7 })), names);
    assert_eq!(list(json!({ "logStreamNamePrefix": "s1" })).len(), 10);
    assert_eq!(list(json!({ "descending": true, "limit": 50 }))[0], "s59");
    assert_eq!(list(json!({ "orderBy": "LastEventTime", "descending": true }))[0], "s00");
}

#[test]
fn pages_of_a_large_archive_are_whole_too() {
    let padding = "x".repeat(4_000);
    let archived: String = (0..6_000).map(|it| line(NOW + it, "s", &format!("{it} {padding}"))).collect();
    let it = Caller::new(&[("g", &archived)]);
    for first in
        [json!({ "logGroupName": "g" }), json!({ "logGroupName": "g", "startFromHead": false, "startTime": 1 })]
    {
        let mut times: Vec<i64> = all(&it, &first).iter().map(|it| it.0 - NOW).collect();
        if first.get("startFromHead").is_some() {
            times.reverse();
        }
        assert_eq!(times, (0..6_000).collect::<Vec<_>>());
    }
}

#[test]
fn a_stream_that_was_deleted_and_written_anew_is_read_anew() {
    let it = Caller::new(&[]);
    let stream = json!({ "logGroupName": "g", "logStreamName": "s" });
    it.done("CreateLogGroup", json!({ "logGroupName": "g" }));
    let write = |halves: [std::ops::Range<i64>; 2]| {
        it.done("CreateLogStream", stream.clone());
        for half in halves {
            let event = |time: i64| json!({ "timestamp": NOW + time, "message": "x".repeat(100) });
            let put =
                json!({ "logGroupName": "g", "logStreamName": "s", "logEvents": half.map(event).collect::<Vec<_>>() });
            it.done("PutLogEvents", put);
        }
    };
    // A file of the same length both times, with other times in its blocks.
    for halves in [[0..100, 100..200], [100..200, 0..100]] {
        write(halves);
        for _ in 0..2 {
            let found = all(&it, &json!({ "logGroupName": "g", "limit": 9 }));
            assert_eq!(found.iter().map(|it| it.0 - NOW).collect::<Vec<_>>(), (0..200).collect::<Vec<_>>());
        }
        it.done("DeleteLogStream", stream.clone());
    }
}

#[test]
fn a_token_is_of_the_call_that_returned_it() {
    let it = Caller::new(&[]);
    for group in ["group-a", "group-b"] {
        it.done("CreateLogGroup", json!({ "logGroupName": group }));
        for stream in ["s", "t"] {
            it.done("CreateLogStream", json!({ "logGroupName": group, "logStreamName": stream }));
            let events = [1, 2].map(|time| json!({ "timestamp": time, "message": "m" }));
            it.done("PutLogEvents", json!({ "logGroupName": group, "logStreamName": stream, "logEvents": events }));
        }
        it.done("CreateExportTask", json!({ "logGroupName": group, "from": 0, "to": 1, "destination": "bucket" }));
        it.done("PutQueryDefinition", json!({ "name": group, "queryString": "fields @message" }));
        it.done("CreateLookupTable", json!({ "lookupTableName": group.replace('-', "_"), "tableBody": "a,b\n1,2\n" }));
        it.query(&format!("SOURCE '{group}' | limit 1"));
    }
    let with = |arguments: &Value, more: Value| {
        let mut all = arguments.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    for (operation, arguments, page, others) in [
        (
            "FilterLogEvents",
            json!({ "logGroupName": "group-a" }),
            "limit",
            vec![
                json!({ "logGroupName": "group-b" }),
                json!({ "filterPattern": "m" }),
                json!({ "startTime": 0 }),
                json!({ "endTime": 9 }),
                json!({ "logStreamNames": ["s"] }),
                json!({ "logStreamNamePrefix": "s" }),
                json!({ "startFromHead": false }),
            ],
        ),
        ("DescribeLogGroups", json!({}), "limit", vec![json!({ "logGroupNamePrefix": "group" })]),
        (
            "DescribeLogStreams",
            json!({ "logGroupName": "group-a" }),
            "limit",
            vec![
                json!({ "logGroupName": "group-b" }),
                json!({ "descending": true }),
                json!({ "orderBy": "LastEventTime" }),
            ],
        ),
        (
            "ListLogGroups",
            json!({}),
            "limit",
            vec![
                json!({ "logGroupNamePattern": "group" }),
                json!({ "logGroupTags": [{ "key": "a" }] }),
                json!({ "logGroupClass": "STANDARD" }),
            ],
        ),
        ("DescribeExportTasks", json!({}), "limit", vec![json!({ "statusCode": "COMPLETED" })]),
        (
            "DescribeQueries",
            json!({}),
            "maxResults",
            vec![json!({ "status": "Complete" }), json!({ "logGroupName": "group-a" })],
        ),
        ("DescribeQueryDefinitions", json!({}), "maxResults", vec![json!({ "queryDefinitionNamePrefix": "group" })]),
        ("DescribeLookupTables", json!({}), "maxResults", vec![json!({ "lookupTableNamePrefix": "group" })]),
    ] {
        let first = it.done(operation, with(&arguments, json!({ page: 1 })));
        let token = json!({ "nextToken": first["nextToken"] });
        assert!(first["nextToken"].is_string(), "{operation}: {first}");
        // How many are wanted is no matter, nor is an argument that is there and says nothing.
        for more in [json!({}), json!({ page: 1 }), json!({ page: 2 }), json!({ "unknown": null })] {
            it.done(operation, with(&with(&arguments, more), token.clone()));
        }
        for other in others {
            let said = it.fails(operation, with(&with(&arguments, other), token.clone()), "InvalidParameterException");
            assert!(said.contains("a call with other arguments"), "{operation}: {said}");
        }
        // The same token, if it had been made more than a day ago.
        let text = URL_SAFE_NO_PAD.decode(first["nextToken"].as_str().unwrap()).unwrap();
        let made = format!(":{}:", NOW - 24 * 3_600_000 - 1);
        let old = URL_SAFE_NO_PAD.encode(String::from_utf8(text).unwrap().replace(&format!(":{NOW}:"), &made));
        let said = it.fails(operation, with(&arguments, json!({ "nextToken": old })), "InvalidParameterException");
        assert!(said.contains("expired"), "{operation}: {said}");
        for odd in ["", "x", "é", "MTox", &"9".repeat(56)] {
            it.fails(operation, with(&arguments, json!({ "nextToken": odd })), "InvalidParameterException");
        }
    }
    // A token of one operation is none of another.
    let token = it.done("DescribeLogGroups", json!({ "limit": 1 }))["nextToken"].clone();
    it.fails("ListLogGroups", json!({ "nextToken": token }), "InvalidParameterException");
}

#[test]
fn what_is_in_the_archive_is_read_whatever_its_name() {
    let it = Caller::new(&[("my logs: old", &line(NOW, "a:b*", "m"))]);
    let stream = json!({ "logGroupName": "my logs: old", "logStreamName": "a:b*" });
    assert_eq!(events(&it.done("GetLogEvents", stream.clone())), [(NOW, String::from("m"))]);
    assert_eq!(
        it.done("DescribeLogStreams", json!({ "logGroupName": "my logs: old" }))["logStreams"][0]["logStreamName"],
        "a:b*"
    );
    let export = json!({ "logGroupName": "my logs: old", "from": 0, "to": NOW, "destination": "bucket" });
    assert!(it.done("CreateExportTask", export)["taskId"].is_string());
    // Nothing of such a name is created.
    it.fails("PutLogEvents", json!({ "logGroupName": "my logs: old", "logStreamName": "a:b*", "logEvents": [{ "timestamp": 1, "message": "m" }] }), "InvalidParameterException");
}

#[test]
fn a_walk_ends_whatever_the_times_are() {
    let times = [-7, 0, 5, NOW, 9_999_999_999_999_999, 100_000_000_000_000_000, 100_000_000_000_000_001, i64::MAX];
    let logs: String = times.iter().enumerate().map(|(number, time)| line(*time, "a", &number.to_string())).collect();
    let it = Caller::new(&[("g", &logs)]);
    for limit in [1, 2, 3, 8] {
        let mut found = all(&it, &json!({ "logGroupName": "g", "limit": limit }));
        found.sort();
        let expected: Vec<_> = times.iter().enumerate().map(|(number, time)| (*time, number.to_string())).collect();
        assert_eq!(found, expected, "pages of {limit}");
    }
}
