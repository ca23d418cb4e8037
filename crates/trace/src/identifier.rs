//! Identifiers of requests: which fields carry them, how one is told from another word, where one stands in a text.

use crate::names::plain;

/// An id of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// The id.
    pub id: String,
    /// What led to it; nothing for the one that was asked for.
    pub link: Option<Link>,
}

/// What led from one id to another: a field of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The field.
    pub field: String,
    /// The log group of the entry.
    pub group: String,
}

/// The ends of the names of fields that carry ids, by their letters and digits alone: `requestId`, `@requestId`,
/// `aws_request_id`, `requestContext.requestId`, `integrationRequestId`, `traceId`, `x-amzn-trace-id`, `@xrayTraceId`,
/// `X-Correlation-ID`, `traceparent`.
const ENDS: [&str; 5] = ["requestid", "traceid", "correlationid", "traceparent", "invocationid"];

/// A shorter word is too often something else: it is looked for in the fields that carry ids, and nowhere else.
const SHORTEST: usize = 8;

/// Whether a field carries the id of a request: by its name, or because it is one of those that were named.
pub fn carries(name: &str, named: &[String]) -> bool {
    let plain = plain(name);
    ENDS.iter().any(|it| plain.ends_with(it)) || named.iter().any(|it| it == name)
}

/// The part of a value that names the request: the root of an X-Ray header, the trace of a `traceparent`, otherwise all.
pub fn core(value: &str) -> &str {
    let value = value.trim();
    let root = value.split(';').find_map(|it| it.trim().strip_prefix("Root="));
    root.or_else(|| trace_of_parent(value)).unwrap_or(value)
}

/// `4bf92f3577b34da6a3ce929d0e0e4736` of `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`
fn trace_of_parent(value: &str) -> Option<&str> {
    let parts: Vec<&str> = value.split('-').collect();
    let is_parent = parts.iter().map(|it| it.len()).eq([2, 32, 16, 2])
        && value.bytes().all(|it| it == b'-' || it.is_ascii_hexdigit());
    is_parent.then(|| parts[1])
}

/// Whether a value that stands where an id should is one: long enough, one word, and no plain word.
pub fn is_id(value: &str) -> bool {
    let is_plain = value.bytes().all(|it| it.is_ascii_lowercase()) || value.bytes().all(|it| it.is_ascii_uppercase());
    let is_empty = value.bytes().all(|it| matches!(it, b'0' | b'-'));
    value.len() >= SHORTEST && value.bytes().all(|it| (b'!'..=b'~').contains(&it)) && !is_plain && !is_empty
}

/// Whether an id may be looked for in texts, wherever it stands.
pub fn is_telling(id: &str) -> bool {
    id.len() >= SHORTEST
}

/// Whether an id stands in a text as a word of its own: `a-1` does not stand in `a-12` and not in `b-a-1`.
pub fn stands_in(text: &str, id: &str) -> bool {
    let is_inner = |it: char| it.is_alphanumeric() || it == '-' || it == '_';
    text.match_indices(id).any(|(at, it)| {
        let (before, behind) = (&text[..at], &text[at + it.len()..]);
        !before.ends_with(is_inner) && !behind.starts_with(is_inner)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_carry_ids_are_known_in_any_spelling() {
        for name in [
            "requestId",
            "@requestId",
            "aws_request_id",
            "requestContext.requestId",
            "integrationRequestId",
            "traceId",
            "x-amzn-trace-id",
            "headers.X-Amzn-Trace-Id",
            "@xrayTraceId",
            "correlation_id",
            "traceparent",
        ] {
            assert!(carries(name, &[]), "{name}");
        }
        for name in ["request", "requestTime", "id", "userId", "requestIdentity"] {
            assert!(!carries(name, &[]), "{name}");
        }
        assert!(carries("orderId", &[String::from("orderId")]));
    }

    #[test]
    fn the_core_of_a_header_is_its_trace() {
        assert_eq!(core("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"), "1-5759e988-bd862e3fe1be46a994272793");
        assert_eq!(core("Self=1-1-2;Root=1-5759e988-bd86"), "1-5759e988-bd86");
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(core(parent), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_eq!(core(" abc-123-def-456 "), "abc-123-def-456");
    }

    #[test]
    fn words_are_no_ids() {
        for id in ["abc-123-def-456", "95bfacdc-d4ae-4c30-9fe3-6ec4910afed9", "dQzSYgTBIAMEMmg=", "1234567890"] {
            assert!(is_id(id), "{id}");
        }
        for word in ["", "-", "undefined", "short1", "two words 12", "--------", "00000000-0000", "unknown"] {
            assert!(!is_id(word), "{word}");
        }
    }

    #[test]
    fn an_id_is_a_word_of_its_own() {
        assert!(stands_in("RequestId: abc-123-def Error", "abc-123-def"));
        assert!(stands_in("abc-123-def", "abc-123-def"));
        assert!(stands_in("x-abc-123, abc-123", "abc-123"));
        assert!(stands_in("{\"id\":\"dQzSYg=\"}", "dQzSYg="));
        for text in ["abc-123-def", "0abc-123", "x-abc-123", "abc-123_", "", "äabc-123"] {
            assert!(!stands_in(text, "abc-123"), "{text}");
        }
    }
}
