//! Events that stand in a test, as the bytes of a log file.

use hosts::{Node, Value};
use serde_json::{Map, Number};

/// The log file that a value stands for: a text as it is; a list of texts as lines, a list of maps as JSON Lines.
///
/// # Errors
/// What an item is that is none of these.
pub fn bytes(node: &Node) -> Result<Vec<u8>, String> {
    match &node.value {
        Value::Scalar { text, .. } => Ok(text.as_str().as_bytes().to_vec()),
        Value::List(items) => {
            let lines: Result<Vec<String>, String> = items.iter().map(|it| line(it)).collect();
            Ok(lines?.into_iter().flat_map(|it| (it + "\n").into_bytes()).collect())
        }
        Value::Map(_) => Err(String::from("`events` is a list of events, or the text of a log file; found a map")),
    }
}

fn line(event: &Node) -> Result<String, String> {
    match &event.value {
        Value::Scalar { text, .. } if !text.as_str().contains('\n') => Ok(text.as_str().to_owned()),
        Value::Scalar { .. } => Err(String::from("an event of several lines is the `@message` of a map")),
        Value::Map(_) => Ok(json(event).to_string()),
        Value::List(_) => Err(String::from("an event is a map or a line; found a list")),
    }
}

/// A node as JSON: what stands without quotes is a number, a truth value or nothing where it looks like one.
fn json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Scalar { text, plain } => {
            let text = text.as_str();
            match text {
                "" | "~" | "null" if *plain => serde_json::Value::Null,
                "true" if *plain => true.into(),
                "false" if *plain => false.into(),
                _ => match text.parse::<Number>() {
                    Ok(number) if *plain => serde_json::Value::Number(number),
                    _ => text.into(),
                },
            }
        }
        Value::List(items) => items.iter().map(|it| json(it)).collect(),
        Value::Map(entries) => {
            let entry = |(key, value): &(std::rc::Rc<Node>, std::rc::Rc<Node>)| {
                (key.as_str().unwrap_or_default().to_owned(), json(value))
            };
            serde_json::Value::Object(entries.iter().map(entry).collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(yaml: &str) -> Result<String, String> {
        let node = hosts::read_yaml(yaml).unwrap().remove(0);
        bytes(&node).map(|it| String::from_utf8(it).unwrap())
    }

    #[test]
    fn events_of_every_kind() {
        let json = "{\"n\":1,\"s\":\"1\",\"t\":true,\"x\":null,\"l\":[1.5,\"a\"]}\n";
        assert_eq!(of("- {n: 1, s: '1', t: true, x: null, l: [1.5, a]}").unwrap(), json);
        assert_eq!(of("- one\n- two").unwrap(), "one\ntwo\n");
        assert_eq!(of("|\n  one\n  two\n").unwrap(), "one\ntwo\n");
        assert!(of("a: b").is_err() && of("- [a]").is_err() && of("- |\n  a\n  b").is_err());
    }
}
