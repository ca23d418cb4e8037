//! How many values a body holds, counted before they take memory: a value may be one byte of a body, and is a hundred times
//! as large once it is read.

/// Whether a body of JSON holds more values than that, names of members among them.
///
/// What is no JSON is counted too, and refused by whoever reads it.
pub fn of_json_exceeds(body: &[u8], most: usize) -> bool {
    let mut count = 0;
    let mut bytes = body.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => {
                while let Some(byte) = bytes.next() {
                    match byte {
                        b'"' => break,
                        b'\\' => _ = bytes.next(),
                        _ => {}
                    }
                }
            }
            // Each stands before a value, or before the end of an empty one.
            b'[' | b'{' | b',' | b':' => count += 1,
            _ => {}
        }
        if count > most {
            return true;
        }
    }
    false
}

/// The same of a body of CBOR: each item begins with a head, and what an array, a map or a tag holds stands behind its own.
pub fn of_cbor_exceeds(mut body: &[u8], most: usize) -> bool {
    for _ in 0..=most {
        let Some((head, rest)) = body.split_first() else { return false };
        let (kind, short) = (head >> 5, head & 0x1f);
        // The length or the number may be in the head, or in some bytes behind it.
        let width = match short {
            24..=27 => 1 << (short - 24),
            _ => 0,
        };
        let Some((number, rest)) = rest.split_at_checked(width) else { return false };
        let number = number.iter().fold(0_u64, |sum, it| sum << 8 | u64::from(*it));
        let length = if width == 0 { u64::from(short) } else { number };
        // Of a text of unknown length its parts follow, each with a head of its own.
        let is_text = matches!(kind, 2 | 3) && short != 31;
        let skipped = if is_text { usize::try_from(length).unwrap_or(usize::MAX) } else { 0 };
        body = rest.get(skipped..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::{Value, json};

    use super::super::cbor;
    use super::*;

    /// How many values there are at the least bound that is not exceeded.
    fn count(exceeds: fn(&[u8], usize) -> bool, body: &[u8]) -> usize {
        (0..).find(|most| !exceeds(body, *most)).unwrap()
    }

    #[test]
    fn values_are_counted_and_texts_are_one() {
        let value: Value =
            json!({ "a,[{\":\\": ["x,y,z", 1, -300, 2.5, null, true, {}], "b": "é\\\",,,".repeat(9_000) });
        assert_eq!(count(of_json_exceeds, value.to_string().as_bytes()), 1 + 1 + 1 + 6 + 1 + 1 + 1);
        // The map, its two names and values, and the seven items.
        assert_eq!(count(of_cbor_exceeds, &cbor::write(&value)), 1 + 4 + 7);
        for (body, counted) in
            [(&b"\x9f\x01\x02\xff"[..], 4), (b"\x7f\x61a\x61b\xff", 4), (b"\xc1\x1a\0\0\0\0", 2), (b"\xf9\x3e\0", 1)]
        {
            assert_eq!(count(of_cbor_exceeds, body), counted, "{body:x?}");
        }
    }

    #[test]
    fn what_breaks_off_is_no_more_than_it_is() {
        for body in [&b"\""[..], b"\"\\", b"[", b"\x1a\0", b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff", b""] {
            assert!(!of_json_exceeds(body, 8) && !of_cbor_exceeds(body, 8), "{body:x?}");
        }
        assert!(of_json_exceeds(&b"[".repeat(10), 9) && of_cbor_exceeds(&[0x81; 10], 9));
    }
}
