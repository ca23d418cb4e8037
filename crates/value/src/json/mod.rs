//! Maps and lists, as compact JSON text.

mod compact;
mod text;

use crate::Value;

pub use text::{quote, unquote};

/// A map or a list, as JSON text without blanks, keys in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(Box<str>);

impl Json {
    /// The map or list that a text holds, blanks around it allowed; `None` for anything else, scalars included.
    ///
    /// Numbers keep their text. Of duplicate keys the last counts, in the place of the first.
    pub fn parse(text: &str) -> Option<Json> {
        compact::compact(text).map(|it| Json(it.into()))
    }

    /// A text that is compact JSON already: what [`Json::text`] gave.
    pub fn trusted(text: &str) -> Json {
        Json(text.into())
    }

    /// A list of values; maps and lists among them stay such, all else is written as it prints.
    pub fn list<'v>(items: impl IntoIterator<Item = Option<&'v Value>>) -> Json {
        let mut text = String::from("[");
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            write_value(item, &mut text);
        }
        text.push(']');
        Json(text.into())
    }

    /// A map of values, as in [`Json::list`]; the keys must differ.
    pub fn map<'v>(entries: impl IntoIterator<Item = (&'v str, Option<&'v Value>)>) -> Json {
        let mut text = String::from("{");
        for (index, (key, value)) in entries.into_iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            quote(key, &mut text);
            text.push(':');
            write_value(value, &mut text);
        }
        text.push('}');
        Json(text.into())
    }

    /// The JSON text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it is a list, not a map.
    pub fn is_list(&self) -> bool {
        self.0.starts_with('[')
    }

    /// How many items or entries there are.
    pub fn len(&self) -> usize {
        self.parts().count()
    }

    /// Whether there are no items or entries.
    pub fn is_empty(&self) -> bool {
        self.parts().next().is_none()
    }

    /// The value of a map's key; `None` for a list.
    pub fn get(&self, key: &str) -> Option<Value> {
        if self.is_list() {
            return None;
        }
        self.parts().find(|it| it.key.is_some_and(|it| text::is_quoted(key, it))).and_then(|it| value(it.value))
    }

    /// The item of a list, counted from 0; `None` for a map.
    pub fn index(&self, index: usize) -> Option<Value> {
        if !self.is_list() {
            return None;
        }
        self.parts().nth(index).and_then(|it| value(it.value))
    }

    /// The items of a list, or the values of a map, in order. Scalars are text: numbers as they stand, booleans as `1`
    /// and `0`; `null` is missing.
    pub fn values(&self) -> impl Iterator<Item = Option<Value>> {
        self.parts().map(|it| value(it.value))
    }

    /// The entries of a map; of a list none.
    pub fn entries(&self) -> impl Iterator<Item = (String, Option<Value>)> {
        self.parts().filter_map(|it| Some((unquote(it.key?), value(it.value))))
    }

    fn parts(&self) -> Parts<'_> {
        let is_map = !self.is_list();
        Parts { rest: self.0.get(1..).unwrap_or_default(), is_map }
    }
}

/// One item or entry, as it stands in the text.
struct Part<'a> {
    /// With its quotation marks.
    key: Option<&'a str>,
    value: &'a str,
}

/// Goes through the items or entries of a compact text; stops where the text is none.
struct Parts<'a> {
    rest: &'a str,
    is_map: bool,
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let mut key = None;
        if self.is_map {
            let (text, rest) = self.rest.split_at_checked(text::quoted_length(self.rest)?)?;
            self.rest = rest.strip_prefix(':')?;
            key = Some(text);
        }
        let (value, rest) = self.rest.split_at_checked(value_length(self.rest)?)?;
        self.rest = rest.get(1..).unwrap_or_default();
        Some(Part { key, value })
    }
}

/// How long the value at the head of a compact text is; `None` if there is none.
fn value_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'"' => at += text::quoted_length(text.get(at..)?)? - 1,
            b'[' | b'{' => depth += 1,
            b']' | b'}' | b',' if depth == 0 => break,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    (at > 0).then_some(at)
}

/// A part of a text as a value.
fn value(text: &str) -> Option<Value> {
    match text.as_bytes().first()? {
        b'n' => None,
        b't' => Some(Value::text("1")),
        b'f' => Some(Value::text("0")),
        b'"' => Some(Value::text(unquote(text))),
        b'[' | b'{' => Some(Value::Json(Json::trusted(text))),
        _ => Some(Value::text(text)),
    }
}

fn write_value(value: Option<&Value>, text: &mut String) {
    match value {
        None => text.push_str("null"),
        Some(Value::Json(it)) => text.push_str(it.text()),
        Some(it @ (Value::Number(_) | Value::Bool(_))) => text.push_str(&it.to_text()),
        Some(Value::Text(it)) => quote(it, text),
        Some(it) => quote(&it.to_text(), text),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn blanks_go_and_all_else_stays() {
        let text = " { \"b\" : [ 1.10 , -2e+5, true,false , null ] ,\n\"a\": {\"x\":\"a b\"} , \"c\":[] } ";
        let json = Json::parse(text).unwrap();
        assert_eq!(json.text(), r#"{"b":[1.10,-2e+5,true,false,null],"a":{"x":"a b"},"c":[]}"#);
        assert_eq!(json.len(), 3);
        assert!(!json.is_list());
    }

    #[test]
    fn what_is_neither_map_nor_list_is_none() {
        let texts = [
            "",
            " ",
            "1",
            "\"a\"",
            "true",
            "null",
            "{",
            "}",
            "[",
            "]",
            "{]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "[01]",
            "[1.]",
            "[.5]",
            "[+1]",
            "[1e]",
            "[-]",
            "[nul]",
            "[truex]",
            "[\"a]",
            "[\"\\x\"]",
            "[\"\\u12\"]",
            "[\"\n\"]",
            "[1]]",
            "[1]x",
            "{\"a\":1}{",
            "{1:2}",
            "[[]",
            "[NaN]",
            "{\"a\":1:2}",
            "[1:2]",
            "{\"a\",1}",
            "{\"a\":1,2}",
        ];
        for text in texts {
            assert_eq!(Json::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_library_accepts_and_refuses_the_same() {
        // Every text of up to six of these tokens.
        let tokens = ["{", "}", "[", "]", ",", ":", "\"a\"", "1.0"];
        let mut accepted = 0;
        for mut number in 8u32..8u32.pow(6) {
            let mut text = String::new();
            while number > 0 {
                text.push_str(tokens[(number % 8) as usize]);
                number /= 8;
            }
            let theirs = serde_json::from_str::<serde_json::Value>(&text).ok();
            let theirs = theirs.filter(|it| it.is_object() || it.is_array()).map(|it| it.to_string());
            assert_eq!(Json::parse(&text).map(|it| it.text().to_owned()), theirs, "{text}");
            accepted += usize::from(theirs.is_some());
        }
        assert!(accepted > 20, "{accepted}");
    }

    #[test]
    fn scalars_come_out_as_text() {
        let json = Json::parse(r#"{"n":12345678901234567890,"s":"a\"\u00e9\ud83d\ude00","t":true,"f":false,"z":null}"#);
        let json = json.unwrap();
        assert_eq!(json.get("n"), Some(Value::text("12345678901234567890")));
        assert_eq!(json.get("s"), Some(Value::text("a\"é😀")));
        assert_eq!(json.get("t"), Some(Value::text("1")));
        assert_eq!(json.get("f"), Some(Value::text("0")));
        assert_eq!(json.get("z"), None);
        assert_eq!(json.get("missing"), None);
        assert_eq!(json.index(0), None);
    }

    #[test]
    fn lists_count_from_zero() {
        let json = Json::parse(r#"[[1,"],["],{"a":[2]},"x"]"#).unwrap();
        assert!(json.is_list());
        assert_eq!(json.len(), 3);
        assert_eq!(json.index(0), Some(Value::Json(Json::trusted(r#"[1,"],["]"#))));
        assert_eq!(json.index(1), Some(Value::Json(Json::trusted(r#"{"a":[2]}"#))));
        assert_eq!(json.index(2), Some(Value::text("x")));
        assert_eq!(json.index(3), None);
        assert_eq!(json.get("a"), None);
        assert!(Json::parse("[]").unwrap().is_empty());
    }

    #[test]
    fn of_duplicate_keys_the_last_counts() {
        let json = Json::parse(r#"{"a":1,"b":{"x":1,"x":[2]},"\u0061":3}"#).unwrap();
        assert_eq!(json.text(), r#"{"a":3,"b":{"x":[2]}}"#);
        assert_eq!(json.get("a"), Some(Value::text("3")));
    }

    #[test]
    fn many_duplicate_keys_are_found_as_well() {
        let entries: Vec<String> = (0..1_000).map(|it| format!("\"{}\":{it}", it % 500)).collect();
        let json = Json::parse(&format!("{{{}}}", entries.join(","))).unwrap();
        assert_eq!(json.len(), 500);
        assert_eq!(json.get("7"), Some(Value::text("507")));
        assert!(json.text().starts_with(r#"{"0":500,"1":501,"#));
    }

    #[test]
    fn deep_nesting_takes_no_stack() {
        let depth = 200_000;
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let json = Json::parse(&text).unwrap();
        assert_eq!(json.len(), 1);
        assert!(json.index(0).is_some());
        assert_eq!(Json::parse(&text[1..]), None);
    }

    #[test]
    fn texts_that_are_no_json_do_no_harm() {
        for text in ["", "{", "[", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"", "é", "[\"\\", "[é", "{\"a\":é"] {
            let json = Json::trusted(text);
            assert_eq!((json.get("a"), json.index(0)), (None, None), "{text}");
            assert_eq!(json.len(), json.values().count());
        }
    }

    #[test]
    fn values_make_lists_and_maps() {
        let (text, number, flag) = (Value::text("a\"\n"), Value::Number(0.5), Value::Bool(true));
        let list = Json::list([Some(&text), None, Some(&number), Some(&flag)]);
        assert_eq!(list.text(), r#"["a\"\n",null,0.5,1]"#);
        let list = Value::Json(list);
        let map = Json::map([("x", Some(&list)), ("é\\", Some(&number))]);
        assert_eq!(map.text(), r#"{"x":["a\"\n",null,0.5,1],"é\\":0.5}"#);
        assert_eq!(map.entries().nth(1), Some((String::from("é\\"), Some(Value::text("0.5")))));
    }
}
