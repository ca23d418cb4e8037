//! The log types: which fields lines have by their shape, their file's first line, or what the caller says of them.
#![allow(clippy::unwrap_used)]

use std::sync::Mutex;

use plan::{Form, Scan, Wanted};
use source::{DataSource, Memory, Source, Watch};

const FLOW: &str = "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK";
const EMPTY: &str = "2 123456789010 eni-1 - - - - - - - 1431280876 1431280934 - NODATA";
const QUERY: &str = "1.0 2017-12-13T08:16:02.130Z Z123412341234 example.com A NOERROR UDP FRA6 192.168.1.1 -";

/// The values of these fields, event by event in the order of the archive.
fn values(memory: &Memory, scan: &Scan, names: &[&str]) -> Vec<Vec<Option<String>>> {
    let wanted: Vec<Wanted> = names.iter().map(|it| Wanted { name: (*it).into(), form: Form::Text }).collect();
    let found = Mutex::new(Vec::new());
    let visit = |block: &source::Block<'_>| {
        let columns = block.columns(&wanted, None);
        let row = |row: usize| columns.iter().map(|it| it.value(row).map(|it| it.to_text().to_string())).collect();
        let rows = (0..block.len()).map(|it| (block.place(it), row(it)));
        found.lock().unwrap().extend(rows.collect::<Vec<(u64, Vec<Option<String>>)>>());
    };
    memory.scan(scan, &Watch::default(), &visit).unwrap();
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|it| it.0);
    found.into_iter().map(|it| it.1).collect()
}

fn texts(rows: &[&[Option<&str>]]) -> Vec<Vec<Option<String>>> {
    rows.iter().map(|row| row.iter().map(|it| it.map(str::to_owned)).collect()).collect()
}

#[test]
fn lines_of_several_types_lie_side_by_side() {
    let json = r#"{"version":7,"protocol":"h2","level":"INFO"}"#;
    let lines = [FLOW, json, QUERY, "2 words", EMPTY, "2 {\"version\":8}", json, json, FLOW];
    let log: String = lines.iter().map(|it| format!("2026-01-01T00:00:00.000Z {it}\n")).collect();
    let expected = [
        &[Some("2"), Some("6"), None, None, Some("22")][..],
        &[Some("7"), Some("h2"), Some("INFO"), None, None],
        &[Some("1.0"), Some("UDP"), None, Some("example.com"), None],
        &[None; 5],
        &[Some("2"), None, None, None, None],
        &[Some("8"), None, None, None, None],
        &[Some("7"), Some("h2"), Some("INFO"), None, None],
        &[Some("7"), Some("h2"), Some("INFO"), None, None],
        &[Some("2"), Some("6"), None, None, Some("22")],
    ];
    for block in [1, 200, 1 << 20] {
        let memory = Memory::new().with_blocks_of(block).file("g/s/0", None, log.as_bytes());
        let found = values(&memory, &Scan::default(), &["version", "protocol", "level", "queryName", "dstPort"]);
        assert_eq!(found, texts(&expected), "blocks of {block}");
    }
}

#[test]
fn rows_that_were_chosen_have_the_same_values() {
    let log: String = [FLOW, "{\"version\":7}", QUERY].iter().map(|it| format!("1767225600000 {it}\n")).collect();
    let wanted = [Form::Text, Form::Number, Form::Present].map(|form| Wanted { name: "version".into(), form });
    let memory = Memory::new().file("g/s/0", None, log.as_bytes());
    let visit = |block: &source::Block<'_>| {
        let (all, some) = (block.columns(&wanted, None), block.columns(&wanted, Some(&[2, 0, 1])));
        for (all, some) in all.iter().zip(&some) {
            assert_eq!([2, 0, 1].map(|it| all.value(it)), [0, 1, 2].map(|it| some.value(it)));
        }
    };
    memory.scan(&Scan::default(), &Watch::default(), &visit).unwrap();
}

#[test]
fn a_first_line_names_the_columns_of_all_blocks() {
    let mut log = String::from("\u{feff}version vpc-id start bytes flow-direction\r\n");
    let mut expected = Vec::new();
    for number in 0..200 {
        log.push_str(&format!("5 vpc-{number} {} {number} -\r\n", 1_418_530_010 + number));
        expected.push(vec![
            Some(format!("2014-12-14 04:{:02}:{:02}.000", 6 + (50 + number) / 60, (50 + number) % 60)),
            Some(format!("vpc-{number}")),
            Some(number.to_string()),
            None,
        ]);
    }
    for block in [1, 7, 64, 300, 5000, 1 << 20] {
        let memory = Memory::new().with_blocks_of(block).file("flow/0.log", None, log.as_bytes());
        let found = values(&memory, &Scan::default(), &["@timestamp", "vpcId", "bytes", "flowDirection"]);
        assert_eq!(found, expected, "blocks of {block}");
    }
}

#[test]
fn data_sources_are_told_by_messages_or_by_the_caller() {
    let trail = r#"{"eventVersion":"1.11","eventSource":"s3.amazonaws.com","eventName":"GetObject"}"#;
    let data = trail.replace("}", r#","eventCategory":"Data"}"#);
    let insight = trail.replace("}", r#","eventCategory":"Insight"}"#);
    let resolver = r#"{"version":"1.1","query_timestamp":"2026-01-01T00:00:00Z","query_name":"a.","rcode":"NOERROR"}"#;
    let lines = [FLOW, trail, &data, &insight, resolver, "words", "{\"a\":1}"];
    let log: String = lines.iter().map(|it| format!("1767225600000 {it}\n")).collect();
    let names = ["@data_source_name", "@data_source_type", "@data_format"];
    let memory = Memory::new().file("g/s/0", None, log.as_bytes());
    let known = |name, kind| [Some(name), Some(kind), Some("Default")];
    let unknown = [Some("Unknown"); 3];
    let told = [
        &known("amazon_vpc", "flow")[..],
        &known("aws_cloudtrail", "management"),
        &known("aws_cloudtrail", "data"),
        &unknown,
        &known("amazon_route53", "resolver_query"),
        &unknown,
        &unknown,
    ];
    assert_eq!(values(&memory, &Scan::default(), &names), texts(&told));
    let memory = memory.of_source(&DataSource::read("mine.own.kind").unwrap());
    assert_eq!(values(&memory, &Scan::default(), &names), texts(&[&known("mine", "own.kind")[..]; 7]));
    for text in ["", ".", "a", "a.", ".b"] {
        assert_eq!(DataSource::read(text), None, "{text}");
    }
}

#[test]
fn syslog_has_fields_where_it_is_said_to_be() {
    let log = "1767225600000 <34>1 2026-01-01T00:00:00Z h su 12 ID47 - it failed\n1767225600000 <14>Jan  1 00:00:00 h app: {\"severity\":\"x\"}\n";
    let names = ["severity", "facility", "appName", "message"];
    let memory = Memory::new().file("g/s/0", None, log.as_bytes());
    let bare = texts(&[&[None; 4], &[Some("x"), None, None, None]]);
    assert_eq!(values(&memory, &Scan::default(), &names), bare);
    let memory = memory.of_source(&DataSource::read("linux.syslog").unwrap());
    let fields = texts(&[
        &[Some("crit"), Some("auth"), Some("su"), Some("it failed")],
        &[Some("info"), Some("user"), Some("app"), Some("{\"severity\":\"x\"}")],
    ]);
    assert_eq!(values(&memory, &Scan::default(), &names), fields);
    // A system's own log lacks the priority; what is no syslog at all is JSON as anywhere.
    let log = "1767225600000 Oct 11 22:14:15 h su[1]: m\n1767225600000 {\"message\":\"x\",\"hostname\":\"y\"}\n";
    let own = Memory::new().file("g/s/0", None, log.as_bytes()).of_source(&DataSource::read("a.syslog").unwrap());
    let told = texts(&[&[Some("h"), Some("su"), Some("m")], &[Some("y"), None, Some("x")]]);
    assert_eq!(values(&own, &Scan::default(), &["hostname", "appName", "message"]), told);
    // The name of a severity does not stand in the message: no event may be passed over for want of it.
    let scan = Scan { literals: vec![String::from("crit")], ..Scan::default() };
    assert_eq!(values(&memory, &scan, &names), fields);
}

#[test]
fn what_a_field_is_depends_on_no_other() {
    let json = r#"{"level":"WARN","severity":"x","type":"t"}"#;
    let flow = FLOW.replace("eni-1", json);
    let lines = [format!("<14>Jan  1 00:00:00 h app: {json}"), flow, json.to_owned(), QUERY.to_owned()];
    let log: String = lines.iter().map(|it| format!("1767225600000 {it}\n")).collect();
    let names = ["level", "severity", "type", "hostname", "interfaceId", "vpcId", "queryName"];
    let memory = || Memory::new().file("g/s/0", None, log.as_bytes());
    for (memory, first) in [
        (memory(), [Some("WARN"), Some("x"), Some("t"), None]),
        // What the type has a name for is of the type alone, all else is JSON's.
        (
            memory().of_source(&DataSource::read("linux.syslog").unwrap()),
            [Some("WARN"), Some("info"), Some("t"), Some("h")],
        ),
    ] {
        let together = values(&memory, &Scan::default(), &names);
        assert_eq!(together[0][..4], texts(&[&first])[0]);
        for (column, name) in names.iter().enumerate() {
            let alone = values(&memory, &Scan::default(), &[name]);
            let column: Vec<_> = together.iter().map(|it| vec![it[column].clone()]).collect();
            assert_eq!(alone, column, "{name}");
        }
        let listed = source::fields(&memory, &Scan::default(), &Watch::default(), None).unwrap().fields;
        for (column, name) in names.iter().enumerate() {
            let count = together.iter().filter(|it| it[column].is_some()).count() as u64;
            assert_eq!(listed.iter().find(|it| it.name == *name).map_or(0, |it| it.events), count, "{name}");
        }
    }
}

#[test]
fn what_the_messages_have_is_listed() {
    let log = format!("1767225600000 {FLOW}\n1767225600000 {EMPTY}\n1767225600000 words\n");
    let memory = Memory::new().file("g/s/0", None, log.as_bytes());
    let found = source::fields(&memory, &Scan::default(), &Watch::default(), None).unwrap();
    let listed = |name: &str| found.fields.iter().find(|it| it.name == name).map(|it| (it.events, it.sample.as_str()));
    assert_eq!(listed("startTime"), Some((2, "1418530010")));
    assert_eq!(listed("dstPort"), Some((1, "22")));
    assert_eq!(listed("@data_source_name"), Some((2, "amazon_vpc")));
    assert_eq!(found.fields.len(), 14 + 3);
}
