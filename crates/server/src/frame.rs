//! Messages of an event stream: `application/vnd.amazon.eventstream`.
//!
//! A message is its length, the length of its headers, a checksum of both, the headers, what it says, and a checksum of
//! all before it; numbers are big-endian, checksums CRC-32. The Smithy specification of event streams says so.

use serde_json::Value;

/// What such bodies are called.
pub const CONTENT_TYPE: &str = "application/vnd.amazon.eventstream";

/// The kind of a header's value that is a text.
const TEXT: u8 = 7;

/// An event of this kind.
pub fn event(kind: &str, payload: &Value) -> Vec<u8> {
    message(&[(":event-type", kind), (":content-type", "application/json"), (":message-type", "event")], payload)
}

/// The end of a stream by an error of the model.
pub fn exception(kind: &str, payload: &Value) -> Vec<u8> {
    message(
        &[(":exception-type", kind), (":content-type", "application/json"), (":message-type", "exception")],
        payload,
    )
}

fn message(headers: &[(&str, &str)], payload: &Value) -> Vec<u8> {
    let payload = payload.to_string();
    let mut encoded = Vec::new();
    for (name, value) in headers {
        encoded.push(name.len() as u8);
        encoded.extend_from_slice(name.as_bytes());
        encoded.push(TEXT);
        encoded.extend_from_slice(&(value.len() as u16).to_be_bytes());
        encoded.extend_from_slice(value.as_bytes());
    }
    // Lengths and checksums around headers and payload.
    let total = 4 + 4 + 4 + encoded.len() + payload.len() + 4;
    let mut bytes = Vec::with_capacity(total);
    bytes.extend_from_slice(&(total as u32).to_be_bytes());
    bytes.extend_from_slice(&(encoded.len() as u32).to_be_bytes());
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_be_bytes());
    bytes.extend_from_slice(&encoded);
    bytes.extend_from_slice(payload.as_bytes());
    bytes.extend_from_slice(&crc32fast::hash(&bytes).to_be_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_what_the_specification_says() {
        let bytes = message(&[("a", "bc")], &serde_json::json!({}));
        // 12 bytes of prelude, 1 + 1 + 1 + 2 + 2 of the header, 2 of the payload, 4 of the checksum.
        assert_eq!(bytes.len(), 25);
        assert_eq!(bytes[..8], [0, 0, 0, 25, 0, 0, 0, 7]);
        assert_eq!(bytes[8..12], crc32fast::hash(&bytes[..8]).to_be_bytes());
        assert_eq!(bytes[12..21], [1, b'a', 7, 0, 2, b'b', b'c', b'{', b'}']);
        assert_eq!(bytes[21..], crc32fast::hash(&bytes[..21]).to_be_bytes());
    }
}
