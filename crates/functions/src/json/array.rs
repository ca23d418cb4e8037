//! JSON arrays out of texts and lists: what `jsonArraySize` and `jsonArrayContains` share.

use std::borrow::Cow;

use value::Json;

use crate::prelude::*;

/// The list that a value is, or is the JSON text of.
pub fn of(value: &Value) -> Option<Cow<'_, Json>> {
    let json = match value {
        Value::Json(it) => Cow::Borrowed(it),
        Value::Text(text) => Cow::Owned(Json::parse(text)?),
        _ => return None,
    };
    json.is_list().then_some(json)
}
