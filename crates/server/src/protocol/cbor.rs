//! CBOR to JSON values and back: the service's shapes have no type that JSON lacks.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ciborium::Value as Cbor;
use serde_json::{Map, Number, Value};

/// The value that a body holds; a sentence where it holds none.
pub fn read(body: &[u8]) -> Result<Value, String> {
    let mut rest = body;
    let found: Cbor = ciborium::from_reader(&mut rest).map_err(|it| told(&it))?;
    if !rest.is_empty() {
        return Err(format!("{} bytes stand behind the value", rest.len()));
    }
    from_cbor(found)
}

/// A value as a body.
pub fn write(value: &Value) -> Vec<u8> {
    let mut body = Vec::new();
    // Writing into memory does not fail.
    _ = ciborium::into_writer(&to_cbor(value), &mut body);
    body
}

fn told(error: &ciborium::de::Error<std::io::Error>) -> String {
    use ciborium::de::Error;
    match error {
        Error::Io(_) => String::from("it breaks off"),
        Error::Syntax(at) => format!("at byte {at} it is no CBOR"),
        Error::Semantic(_, reason) => reason.clone(),
        Error::RecursionLimitExceeded => String::from("it nests too deep"),
    }
}

fn from_cbor(value: Cbor) -> Result<Value, String> {
    Ok(match value {
        Cbor::Null => Value::Null,
        Cbor::Bool(it) => Value::Bool(it),
        Cbor::Integer(it) => {
            let it = i128::from(it);
            let number = i64::try_from(it).map(Number::from).or_else(|_| u64::try_from(it).map(Number::from));
            Value::Number(number.map_err(|_| format!("{it} is too large"))?)
        }
        Cbor::Float(it) => Number::from_f64(it).map(Value::Number).ok_or("a number that is none")?,
        Cbor::Text(it) => Value::String(it),
        Cbor::Bytes(it) => Value::String(STANDARD.encode(it)),
        Cbor::Array(it) => Value::Array(it.into_iter().map(from_cbor).collect::<Result<_, _>>()?),
        Cbor::Map(it) => {
            let mut map = Map::with_capacity(it.len());
            for (key, value) in it {
                let Cbor::Text(key) = key else { return Err(String::from("a key that is no text")) };
                map.insert(key, from_cbor(value)?);
            }
            Value::Object(map)
        }
        // A tag says how its value is meant: times are numbers all the same.
        Cbor::Tag(_, it) => from_cbor(*it)?,
        _ => return Err(String::from("a value of an unknown kind")),
    })
}

fn to_cbor(value: &Value) -> Cbor {
    match value {
        Value::Null => Cbor::Null,
        Value::Bool(it) => Cbor::Bool(*it),
        Value::Number(it) => {
            let whole = it.as_i64().map(Cbor::from).or_else(|| it.as_u64().map(Cbor::from));
            // What is written with a point is a double of the model.
            let whole = whole.filter(|_| !it.to_string().contains(['.', 'e', 'E']));
            whole.unwrap_or_else(|| Cbor::Float(it.as_f64().unwrap_or_default()))
        }
        Value::String(it) => Cbor::Text(it.clone()),
        Value::Array(it) => Cbor::Array(it.iter().map(to_cbor).collect()),
        Value::Object(it) => Cbor::Map(it.iter().map(|(key, it)| (Cbor::Text(key.clone()), to_cbor(it))).collect()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn values_come_back() {
        for it in [
            json!({ "a": [1, -1, true, null, "é", 2.5, 3.0], "b": {} }),
            json!({ "large": i64::MAX, "small": i64::MIN, "unsigned": u64::MAX }),
        ] {
            assert_eq!(read(&write(&it)).unwrap(), it);
        }
        assert!(matches!(to_cbor(&json!(3.0)), Cbor::Float(_)) && matches!(to_cbor(&json!(3)), Cbor::Integer(_)));
    }

    #[test]
    fn what_is_no_value_is_told() {
        for body in [&b""[..], b"\xff", b"\xa1\x01\x02", b"\xf9\x7e\x00", b"\x01\x01", &[0x81; 100_000]] {
            assert!(read(body).is_err(), "{:x?}", &body[..body.len().min(8)]);
        }
        // A length that no body of such a size has.
        assert_eq!(read(b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff").unwrap_err(), "it breaks off");
        for opening in [&b"\x81"[..], b"\xa1\x61a", b"\xc1", b"\x9f"] {
            assert_eq!(read(&opening.repeat(300_000)).unwrap_err(), "it nests too deep");
        }
    }
}
