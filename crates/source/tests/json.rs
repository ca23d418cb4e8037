//! The fields of JSON messages against serde_json, on random documents and on damaged ones.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Mutex;

use plan::{Form, Scan, Wanted};
use serde_json::Value;
use source::{Memory, Source, Watch};
use testkit::logs::{self, LogSizes};
use testkit::random::Random;

/// Stands in front of what is a string of JSON only because the reference made it one.
const NO_JSON: char = '\u{1}';

/// The fields of a message, by way of serde_json.
fn reference(message: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let mut numbers = Vec::new();
    if let Some(document) = document(message, &mut numbers) {
        flatten("", &document, &numbers, &mut fields);
    }
    fields
}

fn document(message: &str, numbers: &mut Vec<String>) -> Option<Value> {
    let blanks: &[char] = &[' ', '\t', '\n', '\r'];
    if message.trim_start_matches(blanks).starts_with('[')
        && let Ok(array) = serde_json::from_str(&lenient(message, numbers))
    {
        return Some(array);
    }
    let opens = |at: &usize| message[at + 1..].trim_start_matches(blanks).starts_with(['"', '}']);
    let start = message.match_indices('{').map(|it| it.0).find(opens)?;
    serde_json::Deserializer::from_str(&lenient(&message[start..], numbers)).into_iter().next()?.ok()
}

fn flatten(name: &str, value: &Value, numbers: &[String], fields: &mut BTreeMap<String, String>) {
    let under = |key: &str| if name.is_empty() { key.to_string() } else { format!("{name}.{key}") };
    let text = match value {
        Value::Null => return,
        Value::Bool(it) => u8::from(*it).to_string(),
        Value::Number(it) => numbers[it.as_u64().unwrap() as usize].clone(),
        Value::String(it) if it.starts_with(NO_JSON) => return,
        Value::String(it) => it.clone(),
        Value::Array(items) => {
            for (index, it) in items.iter().enumerate() {
                flatten(&under(&index.to_string()), it, numbers, fields);
            }
            return;
        }
        Value::Object(pairs) => {
            for (key, it) in pairs {
                flatten(&under(key.trim_start_matches(NO_JSON)), it, numbers, fields);
            }
            return;
        }
    };
    let name = if name.starts_with('@') { format!("@{name}") } else { name.to_string() };
    fields.insert(name, text);
}

/// The text with its scalars made those of JSON: what is none becomes `null`, or a string that is marked; a number
/// becomes its place in the list of them, since serde_json would spell it anew.
fn lenient(text: &str, numbers: &mut Vec<String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        if char == '"' {
            let Some(end) = string_end(rest) else {
                return out + rest;
            };
            let raw = &rest[1..end];
            let plain = plain(raw);
            match serde_json::from_str::<String>(&format!("\"{plain}\"")) {
                Ok(_) => out.push_str(&format!("\"{plain}\"")),
                Err(_) => match paired(&plain) {
                    Some(it) => out.push_str(&serde_json::to_string(&it).unwrap()),
                    None => out.push_str(&serde_json::to_string(&format!("{NO_JSON}{raw}")).unwrap()),
                },
            }
            rest = &rest[end + 1..];
        } else if "{}[],: \t\r\n".contains(char) {
            out.push(char);
            rest = &rest[1..];
        } else {
            let end = rest.find(|it| "{}[],:\" \t\r\n".contains(it)).unwrap_or(rest.len());
            let scalar = &rest[..end];
            match serde_json::from_str::<Value>(scalar) {
                Ok(Value::Number(_)) => {
                    out.push_str(&numbers.len().to_string());
                    numbers.push(scalar.to_string());
                }
                Ok(_) => out.push_str(scalar),
                Err(_) => out.push_str("null"),
            }
            rest = &rest[end..];
        }
    }
    out
}

fn string_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().skip(1).find_map(|(at, it)| {
        let ends = it == '"' && !escaped;
        escaped = it == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// The inside of a string, control characters as escapes; one that is itself escaped is no escape of JSON's.
fn plain(raw: &str) -> String {
    let mut plain = String::new();
    let mut escaped = false;
    for char in raw.chars() {
        match char {
            _ if char < ' ' && escaped => plain.push('x'),
            _ if char < ' ' => plain.push_str(&format!("\\u{:04x}", char as u32)),
            _ => plain.push(char),
        }
        escaped = char == '\\' && !escaped;
    }
    plain
}

/// The text of a string whose only fault is halves of surrogate pairs.
fn paired(plain: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = plain;
    while let Some(char) = rest.chars().next() {
        if let Some(digits) = rest.strip_prefix("\\u").and_then(|it| it.get(..4)) {
            let all = digits.bytes().all(|it| it.is_ascii_hexdigit());
            units.push(u16::from_str_radix(digits, 16).ok().filter(|_| all)?);
            rest = &rest[6..];
        } else if char == '\\' {
            let it: String = serde_json::from_str(&format!("\"{}\"", rest.get(..2)?)).ok()?;
            units.extend(it.encode_utf16());
            rest = &rest[2..];
        } else {
            units.extend(char.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[char.len_utf8()..];
        }
    }
    Some(String::from_utf16_lossy(&units))
}

/// Compares the fields of these messages, each name once wanted alone and once with all others.
fn compare(messages: &[String]) {
    // One message must not look like several events.
    let lines = messages.iter().map(|it| it.replace('\n', "\t"));
    // Records of VPC and Route 53 are no JSON, and have fields of their own.
    let lines: Vec<String> = lines.filter(|it| !it.starts_with("2 ") && !it.starts_with("1.0 ")).collect();
    let expected: Vec<BTreeMap<String, String>> = lines.iter().map(|it| reference(it)).collect();
    let mut names: Vec<&str> = expected.iter().flat_map(|it| it.keys()).map(String::as_str).collect();
    names.extend(["a", "b", "a.b", "a.0", "0", "0.a", "level", "absent", "nested", "items", "@message.x"]);
    names.sort_unstable();
    names.dedup();
    names.retain(|it| it.matches('.').count() < 64 && (it.starts_with("@@") || !it.starts_with('@')));
    if lines.is_empty() {
        return;
    }
    let export: String = lines.iter().map(|it| format!("2026-01-01T00:00:00.000Z {it}\n")).collect();
    let memory = Memory::new().file("s/0", None, export.into_bytes());
    let checked = Mutex::new(0);
    let check = |wanted: &[&str], block: &source::Block<'_>| {
        let forms =
            |name: &&str| [Form::Text, Form::Number, Form::Present].map(|form| Wanted { name: (*name).into(), form });
        let demand: Vec<Wanted> = wanted.iter().flat_map(forms).collect();
        let columns = block.columns(&demand, None);
        for (row, expected) in expected.iter().enumerate() {
            for (name, columns) in wanted.iter().zip(columns.chunks(3)) {
                let value = expected.get(*name);
                let message = &lines[row];
                let found = columns[0].value(row).map(|it| it.to_text());
                assert_eq!(found.as_ref(), value, "`{name}` of {message}");
                let number = value.and_then(|it| value::number::read(it));
                assert_eq!(columns[1].value(row).and_then(|it| it.to_number()), number, "`{name}` of {message}");
                assert_eq!(columns[2].value(row), Some(value::Value::Bool(value.is_some())), "`{name}` of {message}");
            }
        }
    };
    memory
        .scan(&Scan::default(), &Watch::default(), &|block| {
            assert_eq!(block.len(), lines.len());
            check(&names, block);
            names.iter().for_each(|it| check(&[*it], block));
            *checked.lock().unwrap() += 1;
        })
        .unwrap();
    assert_eq!(checked.into_inner().unwrap(), 1);
    let found = source::fields(&memory, &Scan::default(), &Watch::default(), None).unwrap();
    for name in expected.iter().flat_map(|it| it.keys()) {
        let events = expected.iter().filter(|it| it.contains_key(name)).count() as u64;
        let found = found.fields.iter().find(|it| it.name == *name);
        assert_eq!(found.map(|it| it.events), Some(events), "`{name}`");
    }
}

/// A document of few keys, so that ways to a field cross; `twice` says whether a key may stand twice.
fn tangled(random: &mut Random, keys: &[&str], twice: bool, depth: usize) -> String {
    match random.below(if depth == 0 { 3 } else { 6 }) {
        0 => random.word(&["1", "null", "\"x\"", "true", "-0.50", "\"\\u0041\\n\"", "nul", "\"\\x\""]).to_string(),
        1 => random.json_number(),
        2 => "\"t\"".to_string(),
        3 => {
            let items: Vec<String> = (0..random.below(3)).map(|_| tangled(random, keys, twice, depth - 1)).collect();
            format!("[{}]", items.join(random.word(&[",", " , "])))
        }
        _ => object(random, keys, twice, depth - 1),
    }
}

fn object(random: &mut Random, keys: &[&str], twice: bool, depth: usize) -> String {
    let mut chosen: Vec<&str> = (0..random.below(5)).map(|_| random.word(keys)).collect();
    if !twice {
        chosen.sort_unstable();
        chosen.dedup();
        random.shuffle(&mut chosen);
    }
    let pairs: Vec<String> =
        chosen.iter().map(|key| format!("\"{key}\":{}", tangled(random, keys, twice, depth))).collect();
    format!("{{{}}}", pairs.join(random.word(&[",", ", ", "\t,"])))
}

#[test]
fn messages_of_all_kinds() {
    for seed in 0..20 {
        let log = logs::log(&mut Random::new(seed), &LogSizes { events: 120, ..LogSizes::default() });
        compare(&log.into_iter().map(|it| it.message).collect::<Vec<_>>());
    }
}

#[test]
fn ways_that_cross_and_keys_that_stand_twice() {
    let mut random = Random::new(1);
    for _ in 0..20 {
        let crossing: Vec<String> =
            (0..60).map(|_| object(&mut random, &["a", "b", "a.b", "0", "a.0", "@x"], false, 4)).collect();
        compare(&crossing);
        let twice: Vec<String> = (0..60).map(|_| object(&mut random, &["a", "b", "0", "\\u0061"], true, 4)).collect();
        compare(&twice);
    }
}

#[test]
fn damaged_documents() {
    let mut random = Random::new(2);
    let signs: Vec<char> = "{}[],:\"\\ \t0-x.eu@nét".chars().collect();
    for seed in 0..25 {
        let log = logs::log(&mut Random::new(1000 + seed), &LogSizes { events: 100, ..LogSizes::default() });
        let damaged = |message: String, random: &mut Random| {
            let mut chars: Vec<char> = message.chars().collect();
            for _ in 0..random.below(4) {
                let at = random.below(chars.len());
                match random.below(3) {
                    0 if !chars.is_empty() => drop(chars.remove(at)),
                    1 => chars.insert(at, *random.pick(&signs)),
                    _ if !chars.is_empty() => chars[at] = *random.pick(&signs),
                    _ => {}
                }
            }
            chars.into_iter().collect::<String>()
        };
        let messages: Vec<String> = log.into_iter().map(|it| damaged(it.message, &mut random)).collect();
        compare(&messages);
    }
}

#[test]
fn depth_has_a_bound() {
    let nested = |depth: usize| format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
    compare(&[nested(60), nested(125), nested(126), nested(127), nested(128), nested(100_000), "[".repeat(200_000)]);
}
