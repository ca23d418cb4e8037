//! The fields that a message yields, found the plain way: the whole of it is read, whoever asks for what.

use std::collections::HashMap;

use value::number;

use crate::words;

/// The fields of a message by flat name: `level`, `request.headers.0`, `@requestId`.
///
/// They are those of the first JSON object in the message, text around it allowed, or of the array that the message
/// is; what stands in lines of VPC flow logs and of Route 53; and what Lambda tells in lines of its own. A field keeps the text that it has in the log, a truth value is `1`
/// or `0`, `null` is no field, and neither is an object or an array. Of a key that stands twice the last counts.
pub fn discover(message: &str) -> HashMap<String, String> {
    first(message, usize::MAX)
}

/// [`discover`], where no more than the first `most` fields of the document count.
pub fn first(message: &str, most: usize) -> HashMap<String, String> {
    if let Some(fields) = words::fields(message) {
        return fields;
    }
    let mut found = Vec::new();
    if let Some(document) = document(message) {
        flatten(None, &document, &mut found);
    }
    // Of two ways to one name the last that has a value counts.
    let mut fields = found.into_iter().take(most).collect();
    lambda(message, &mut fields);
    fields
}

/// A JSON text whose strings, brackets, commas and colons are in order.
enum Json {
    /// `{"level": "INFO"}`
    Object(Vec<(String, Json)>),
    /// `[1, 2]`
    Array(Vec<Json>),
    /// `"INFO"`, `7`, `true`; `null` and what is no JSON have no value
    Scalar(Option<String>),
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Objects and arrays that stand deeper in each other are no document.
const DEEPEST: usize = 127;

/// The message itself, if it is an array; else the first `{` that blanks and `"` or `}` follow. Only that is tried.
fn document(message: &str) -> Option<Json> {
    if let Some((array @ Json::Array(_), rest)) = value(message, 0)
        && rest.trim_matches(BLANKS).is_empty()
    {
        return Some(array);
    }
    let opens = |at: &usize| behind(&message[at + 1..], '"').or(behind(&message[at + 1..], '}')).is_some();
    let start = message.match_indices('{').map(|(at, _)| at).find(opens)?;
    value(&message[start..], 0).map(|(object, _)| object)
}

/// The value at the head of a text, which stands in so many others; and the text behind it.
fn value(text: &str, depth: usize) -> Option<(Json, &str)> {
    let text = text.trim_start_matches(BLANKS);
    match text.chars().next()? {
        '{' | '[' if depth == DEEPEST => None,
        '{' => object(&text[1..], depth + 1),
        '[' => array(&text[1..], depth + 1),
        '"' => string(text).map(|(inside, rest)| (Json::Scalar(unescaped(inside)), rest)),
        _ => {
            let end = text.find(|it| ",:\"{}[]".contains(it) || BLANKS.contains(&it)).unwrap_or(text.len());
            let (bare, rest) = text.split_at(end);
            (end > 0).then(|| (Json::Scalar(scalar(bare)), rest))
        }
    }
}

fn object(mut text: &str, depth: usize) -> Option<(Json, &str)> {
    let mut pairs: Vec<(String, Json)> = Vec::new();
    if let Some(rest) = behind(text, '}') {
        return Some((Json::Object(pairs), rest));
    }
    loop {
        let (key, rest) = string(text)?;
        let key = unescaped(key).unwrap_or(key.to_owned());
        let (value, rest) = value(behind(rest, ':')?, depth)?;
        pairs.retain(|(it, _)| *it != key);
        pairs.push((key, value));
        if let Some(rest) = behind(rest, '}') {
            return Some((Json::Object(pairs), rest));
        }
        text = behind(rest, ',')?;
    }
}

fn array(mut text: &str, depth: usize) -> Option<(Json, &str)> {
    let mut items = Vec::new();
    if let Some(rest) = behind(text, ']') {
        return Some((Json::Array(items), rest));
    }
    loop {
        let (item, rest) = value(text, depth)?;
        items.push(item);
        if let Some(rest) = behind(rest, ']') {
            return Some((Json::Array(items), rest));
        }
        text = behind(rest, ',')?;
    }
}

/// The text behind blanks and a sign; `None` if something else stands there.
fn behind(text: &str, sign: char) -> Option<&str> {
    text.trim_start_matches(BLANKS).strip_prefix(sign)
}

/// What stands between the quotation marks at the head of a text; and the text behind them.
fn string(text: &str) -> Option<(&str, &str)> {
    let text = behind(text, '"')?;
    let mut is_escaped = false;
    for (at, it) in text.char_indices() {
        match it {
            '"' if !is_escaped => return Some((&text[..at], &text[at + 1..])),
            it => is_escaped = it == '\\' && !is_escaped,
        }
    }
    None
}

/// A string without its escapes; `None` if one of them is none of JSON's. Half a pair of surrogates is U+FFFD.
fn unescaped(inside: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = inside.chars();
    while let Some(it) = rest.next() {
        let it = match it {
            '\\' => match rest.next()? {
                it @ ('"' | '\\' | '/') => it,
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let digits: Vec<u32> = rest.by_ref().take(4).map_while(|it| it.to_digit(16)).collect();
                    units.push((digits.len() == 4).then(|| digits.iter().fold(0, |sum, it| sum << 4 | *it as u16))?);
                    continue;
                }
                _ => return None,
            },
            it => it,
        };
        units.extend(it.encode_utf16(&mut [0; 2]).iter());
    }
    Some(String::from_utf16_lossy(&units))
}

/// What a scalar without quotation marks prints as.
fn scalar(bare: &str) -> Option<String> {
    match bare {
        "true" => Some(String::from("1")),
        "false" => Some(String::from("0")),
        number => serde_json::from_str::<serde_json::Number>(number).ok().map(|_| number.to_owned()),
    }
}

/// Writes down the scalars of a document with their flat names.
fn flatten(name: Option<&str>, value: &Json, found: &mut Vec<(String, String)>) {
    let under = |key: &str| match name {
        Some(name) => format!("{name}.{key}"),
        // A name that begins like those of the service gets one more of its sign.
        None if key.starts_with('@') => format!("@{key}"),
        None => key.to_owned(),
    };
    match value {
        Json::Object(pairs) => pairs.iter().for_each(|(key, it)| flatten(Some(&under(key)), it, found)),
        Json::Array(items) => {
            items.iter().enumerate().for_each(|(at, it)| flatten(Some(&under(&at.to_string())), it, found));
        }
        Json::Scalar(text) => found.extend(name.map(str::to_owned).zip(text.clone())),
    }
}

/// What Lambda and its runtimes write: `@type` and `@requestId` on the lines of the platform, `@requestId` on those of a
/// function's own log, numbers on the report of a call, be it text or JSON.
fn lambda(message: &str, fields: &mut HashMap<String, String>) {
    let parts: Vec<&str> = message.split('\t').map(str::trim).collect();
    let platform = |kind: &'static str| {
        let request = message.strip_prefix(kind)?.strip_prefix(" RequestId: ")?.split_ascii_whitespace().next()?;
        Some((kind, request.to_owned()))
    };
    let (kind, request) = match ["START", "END", "REPORT"].into_iter().find_map(platform) {
        Some((kind, request)) => (Some(kind), Some(request)),
        None if message.starts_with('{') && fields.get("type").is_some_and(|it| it == "platform.report") => {
            (Some("REPORT"), fields.get("record.requestId").cloned())
        }
        None => (None, application(&parts).map(str::to_owned)),
    };
    let mut found = vec![("@type", kind.map(str::to_owned)), ("@requestId", request)];
    if kind == Some("REPORT") {
        let text =
            |name: &str| parts.iter().find_map(|it| it.strip_prefix(name)?.strip_prefix(": ")).map(str::to_owned);
        // The service reads these as doubles, and counts a megabyte as a million bytes.
        let number = |name: &str, path: &str, factor: f64| {
            let text = fields.get(&format!("record.metrics.{path}")).cloned().or(text(name))?;
            Some(number::print_double(number::read(text.split(' ').next()?)? * factor))
        };
        found.extend([
            ("@duration", number("Duration", "durationMs", 1.0)),
            ("@billedDuration", number("Billed Duration", "billedDurationMs", 1.0)),
            ("@initDuration", number("Init Duration", "initDurationMs", 1.0)),
            ("@memorySize", number("Memory Size", "memorySizeMB", 1e6)),
            ("@maxMemoryUsed", number("Max Memory Used", "maxMemoryUsedMB", 1e6)),
            ("@xrayTraceId", text("XRAY TraceId")),
            ("@xraySegmentId", text("SegmentId")),
        ]);
    }
    fields.extend(found.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))));
}

/// The request of a line such as `time⇥request⇥level⇥…`, or `[level]⇥time⇥request⇥…`.
fn application<'m>(parts: &[&'m str]) -> Option<&'m str> {
    let parts = match parts {
        [level, rest @ ..] if level.starts_with('[') && level.ends_with(']') => rest,
        parts => parts,
    };
    let [time, request, _, ..] = parts else { return None };
    // A line outside any request says `undefined`.
    let is_id = !request.is_empty() && request.chars().all(|it| it == '-' || it.is_ascii_hexdigit());
    (is_id && time.contains('T') && value::time::read(time).is_some()).then_some(request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(message: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = discover(message).into_iter().collect();
        found.sort();
        found
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect()
    }

    #[test]
    fn scalars_are_fields_by_their_flat_names() {
        let message = r#"{"a": {"b": [1.10, {"c": "x"}]}, "d": true, "e": null, "f": {}, "g": [], "@h": "\u0041\/"}"#;
        let expected = [("@@h", "A/"), ("a.b.0", "1.10"), ("a.b.1.c", "x"), ("d", "1")];
        assert_eq!(found(message), pairs(&expected));
        assert_eq!(found(r#" [1, {"a": "b"}] "#), pairs(&[("0", "1"), ("1.a", "b")]));
    }

    #[test]
    fn only_the_first_object_counts() {
        assert_eq!(found(r#"set {a} of {"a": 1} and {"b": 2}"#), pairs(&[("a", "1")]));
        assert_eq!(found(r#"{} then {"a": 1}"#), []);
        assert_eq!(found(r#"[1] {"a": 1}"#), pairs(&[("a", "1")]));
    }

    #[test]
    fn what_is_out_of_order_has_no_fields() {
        for message in [r#"{"a": 1"#, r#"{"a": 1,}"#, r#"{"a" 1}"#, r#"{"a": 1 "b": 2}"#, r#"{"a": [1}]"#, r#"{"a": }"#]
        {
            assert_eq!(found(message), [], "{message}");
        }
        // The inside of a scalar concerns nobody but who asks for it.
        assert_eq!(found(r#"{"a": tru, "b": "\x", "c": 1}"#), pairs(&[("c", "1")]));
        let nested = |depth: usize| format!("{{\"a\": 1, \"b\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(found(&nested(126)), pairs(&[("a", "1")]));
        assert_eq!(found(&nested(127)), []);
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts() {
        assert_eq!(found(r#"{"a": {"b": 1}, "a": {"c": 2}}"#), pairs(&[("a.c", "2")]));
        assert_eq!(found(r#"{"a": 1, "\u0061": null}"#), []);
        assert_eq!(found(r#"{"a.b": 1, "a": {"b": 2}}"#), pairs(&[("a.b", "2")]));
    }

    #[test]
    fn a_report_has_its_numbers() {
        let id = "57f231fb-1730-4395-85cb-4f71bd2b87b8";
        let text =
            format!("REPORT RequestId: {id}\tDuration: 79.67 ms\tBilled Duration: 80 ms\tMemory Size: 128 MB\t\n");
        let expected = [
            ("@billedDuration", "80.0"),
            ("@duration", "79.67"),
            ("@memorySize", "1.28E8"),
            ("@requestId", id),
            ("@type", "REPORT"),
        ];
        assert_eq!(found(&text), pairs(&expected));
        let json = format!(
            r#"{{"type": "platform.report", "record": {{"requestId": "{id}", "metrics": {{"durationMs": 79.67}}}}}}"#
        );
        let lambda: Vec<_> = found(&json).into_iter().filter(|(name, _)| name.starts_with('@')).collect();
        assert_eq!(lambda, pairs(&expected[1..2]).into_iter().chain(pairs(&expected[3..])).collect::<Vec<_>>());
        assert_eq!(found(&format!("2026-01-01T00:00:00.000Z\t{id}\tINFO\tx")), pairs(&[("@requestId", id)]));
        assert_eq!(found("2026-01-01T00:00:00.000Z\tundefined\tINFO\tx"), []);
    }
}
