//! Answers of the AWS Query protocol: XML, of the few operations that are asked in it.

use serde_json::Value;

/// An answer that [`super::neighbour`] gave, or an error, as a document.
pub fn write(value: &Value, request_id: &str) -> String {
    let mut text = String::from("<?xml version=\"1.0\"?>\n");
    if let Some(code) = value.get("__type") {
        let message = value.get("message").cloned().unwrap_or_default();
        text.push_str("<ErrorResponse><Error><Type>Sender</Type>");
        push("Code", code, &mut text);
        push("Message", &message, &mut text);
        text.push_str("</Error>");
        push("RequestId", &Value::from(request_id), &mut text);
        text.push_str("</ErrorResponse>\n");
        return text;
    }
    // `{"ListMetricsResult": {"Metrics": []}}`
    for (name, result) in value.as_object().into_iter().flatten() {
        let operation = name.trim_end_matches("Result");
        text.push_str(&format!("<{operation}Response>"));
        push(name, result, &mut text);
        text.push_str("<ResponseMetadata>");
        push("RequestId", &Value::from(request_id), &mut text);
        text.push_str(&format!("</ResponseMetadata></{operation}Response>\n"));
    }
    text
}

fn push(name: &str, value: &Value, text: &mut String) {
    text.push_str(&format!("<{name}>"));
    match value {
        Value::Object(it) => it.iter().for_each(|(name, value)| push(name, value, text)),
        Value::Array(it) => it.iter().for_each(|it| push("member", it, text)),
        Value::String(it) => push_escaped(it, text),
        Value::Null => {}
        other => text.push_str(&other.to_string()),
    }
    text.push_str(&format!("</{name}>"));
}

fn push_escaped(value: &str, text: &mut String) {
    for it in value.chars() {
        match it {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            // XML 1.0 has no way to write the others.
            it if it.is_control() && !matches!(it, '\t' | '\n' | '\r') => text.push('\u{fffd}'),
            it => text.push(it),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn results_and_errors_are_documents() {
        let found = write(&json!({ "ListMetricsResult": { "Metrics": [], "Note": "a < b & c" } }), "id");
        assert!(
            found.contains("<ListMetricsResponse><ListMetricsResult><Metrics></Metrics><Note>a &lt; b &amp; c</Note>")
        );
        assert!(found.contains("<RequestId>id</RequestId></ResponseMetadata></ListMetricsResponse>"));
        let found = write(&json!({ "__type": "InvalidAction", "message": "no\u{0}" }), "id");
        assert!(found.contains("<Code>InvalidAction</Code><Message>no\u{fffd}</Message>"));
    }
}
