//! The pairs of a logfmt line: `level=info msg="it works" done`.

use std::borrow::Cow;
use std::collections::HashMap;

use value::{Json, Value, json};

/// The map of the pairs, each value a text. A key alone is true, which prints as 1; of a key that stands twice the last
/// counts. A text without any pair is no logfmt.
pub fn map(text: &str) -> Option<Json> {
    let mut found: Vec<(&str, Value)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut has_pairs = false;
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|it: char| it == '=' || it.is_whitespace()).unwrap_or(rest.len());
        let (key, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix('=') {
            Some(behind) => {
                let (value, behind) = value(behind);
                has_pairs |= !key.is_empty();
                (Value::text(value), behind)
            }
            None => (Value::Bool(true), behind),
        };
        if !key.is_empty() {
            let place = *places.entry(key).or_insert(found.len());
            match found.get_mut(place) {
                Some((_, earlier)) => *earlier = value,
                None => found.push((key, value)),
            }
        }
        rest = behind.trim_start();
    }
    has_pairs.then(|| Json::map(found.iter().map(|(key, value)| (*key, Some(value)))))
}

/// What stands behind a `=`, up to a blank or in quotation marks; and the rest. A mark that never closes is a letter
/// like any other.
fn value(text: &str) -> (Cow<'_, str>, &str) {
    if let Some(length) = quoted_length(text) {
        let (quoted, behind) = text.split_at(length);
        return (Cow::Owned(json::unquote(quoted).to_string()), behind);
    }
    let (value, behind) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    (Cow::Borrowed(value), behind)
}

/// The length of a text in quotation marks, the marks included; a mark behind a backslash does not close it.
fn quoted_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    let inside = text.strip_prefix('"')?;
    for (place, it) in inside.char_indices() {
        match it {
            '"' if !escaped => return Some(place + 2),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(line: &str) -> String {
        map(line).unwrap().text().to_owned()
    }

    #[test]
    fn pairs_are_a_map() {
        assert_eq!(text(" level=info  path=/a?b=c took=1.50\n"), r#"{"level":"info","path":"/a?b=c","took":"1.50"}"#);
        assert_eq!(text(r#"msg="say \"hi\"\n" é="ü\\" x="#), r#"{"msg":"say \"hi\"\n","é":"ü\\","x":""}"#);
        assert_eq!(text("a=1 done a=2"), r#"{"a":"2","done":1}"#);
        assert_eq!(text(r#"a="never closed b=1"#), r#"{"a":"\"never","closed":1,"b":"1"}"#);
    }

    #[test]
    fn a_text_without_pairs_is_none() {
        assert!(map("").is_none());
        assert!(map("just some words").is_none());
        assert!(map("= =x").is_none());
    }
}
