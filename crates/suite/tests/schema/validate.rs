//! As much of JSON Schema as the schema of test files uses; a keyword that is not known here fails the test.
//!
//! The libraries for it switch on features of what polars is built upon, and would have it compiled anew for tests.

use serde_json::Value;

/// Whether a value is as a schema wants it.
pub fn is_valid(schema: &Value, value: &Value) -> bool {
    matches(schema, schema, value)
}

fn matches(root: &Value, schema: &Value, value: &Value) -> bool {
    let keywords = schema.as_object().unwrap();
    keywords.iter().all(|(keyword, argument)| holds(root, schema, keyword, argument, value))
}

fn holds(root: &Value, schema: &Value, keyword: &str, argument: &Value, value: &Value) -> bool {
    let all = |of: &[Value]| of.iter().filter(|it| matches(root, it, value)).count();
    let count = |it: &Value| it.as_u64().unwrap() as usize;
    match keyword {
        "$schema" | "$defs" | "title" | "description" => true,
        "$ref" => {
            let pointer = argument.as_str().unwrap().strip_prefix('#').unwrap();
            matches(root, root.pointer(pointer).unwrap(), value)
        }
        "type" => match argument {
            Value::Array(types) => types.iter().any(|it| is_of(it.as_str().unwrap(), value)),
            one => is_of(one.as_str().unwrap(), value),
        },
        "oneOf" => all(argument.as_array().unwrap()) == 1,
        "anyOf" => all(argument.as_array().unwrap()) > 0,
        "allOf" => all(argument.as_array().unwrap()) == argument.as_array().unwrap().len(),
        "dependentSchemas" => {
            let holds = |(key, schema): (&String, &Value)| value.get(key).is_none() || matches(root, schema, value);
            argument.as_object().unwrap().iter().all(holds)
        }
        "not" => !matches(root, argument, value),
        "properties" => {
            let of = |key: &String| value.get(key).is_none_or(|it| matches(root, &argument[key], it));
            argument.as_object().unwrap().keys().all(of)
        }
        "additionalProperties" => value.as_object().is_none_or(|entries| {
            let known = |key: &String| schema.get("properties").is_some_and(|it| it.get(key).is_some());
            let mut others = entries.iter().filter(|(key, _)| !known(key));
            others.all(|(_, it)| {
                argument.as_bool().unwrap_or(true) && (argument.is_boolean() || matches(root, argument, it))
            })
        }),
        "required" => {
            let keys = argument.as_array().unwrap();
            value.as_object().is_none_or(|it| keys.iter().all(|key| it.contains_key(key.as_str().unwrap())))
        }
        "minProperties" => value.as_object().is_none_or(|it| it.len() >= count(argument)),
        "items" => value.as_array().is_none_or(|it| it.iter().all(|it| matches(root, argument, it))),
        "minItems" => value.as_array().is_none_or(|it| it.len() >= count(argument)),
        "minLength" => value.as_str().is_none_or(|it| it.chars().count() >= count(argument)),
        "minimum" => value.as_f64().is_none_or(|it| it >= argument.as_f64().unwrap()),
        "exclusiveMaximum" => value.as_f64().is_none_or(|it| it < argument.as_f64().unwrap()),
        other => panic!("the keyword `{other}` is not known here"),
    }
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the type `{other}` is not known here"),
    }
}
