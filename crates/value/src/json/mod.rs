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
        is_list(&self.0)
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
        get(&self.0, key)
    }

    /// The item of a list, counted from 0; `None` for a map.
    pub fn index(&self, index: usize) -> Option<Value> {
        item(&self.0, index)
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
        parts(&self.0)
    }
}

impl AsRef<str> for Json {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// [`Json::get`], for the compact text of a map.
pub fn get(text: &str, key: &str) -> Option<Value> {
    let mut entries = parts(text).filter_map(|it| Some((it.key?, it.value)));
    entries.find(|(it, _)| text::is_quoted(key, it)).and_then(|(_, it)| value(it))
}

/// [`Json::index`], for the compact text of a list.
pub fn item(text: &str, index: usize) -> Option<Value> {
    if !is_list(text) {
        return None;
    }
    parts(text).nth(index).and_then(|it| value(it.value))
}

fn parts(text: &str) -> Parts<'_> {
    Parts { rest: text.get(1..).unwrap_or_default(), is_map: !is_list(text) }
}

fn is_list(text: &str) -> bool {
    text.starts_with('[')
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
mod tests;
