//! What a subscription hands to a Lambda function, directly or by way of Kinesis: records in gzip in base64 in JSON.

use std::io::Read;
use std::ops::Range;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use memchr::memmem;

use crate::event::Events;
use crate::inflate::{Packing, trouble_of};
use crate::json::scan::{blanks, copy_string, skip_key, string_end};
use crate::read::object::first_key;
use crate::read::subscription::{Lies, SUBSCRIPTION, records};
use crate::read::{Reader, Stream};
use crate::report::Trouble;
use crate::stream::MOST;

/// `{"awslogs": {"data": "H4sIAAAA…"}}`
pub static AWSLOGS: Reader = Reader {
    name: "awslogs",
    endings: &[".json"],
    doc: "The events that Lambda functions get of a subscription, directly (`awslogs`) or by way of Kinesis or \
          Firehose (`Records`, `records`): subscription records in gzip in base64.",
    stream: Stream::Packed,
    sniff,
    tolerates: 0,
    before: |bytes, at| {
        let mut from = (at + KEY.len()).min(bytes.len());
        while let Some(key) = bytes.get(..from).and_then(|it| memmem::rfind(it, KEY)) {
            if key <= at && data(bytes, key).is_some() {
                return key;
            }
            from = key + KEY.len() - 1;
        }
        0
    },
    after: |bytes, range| {
        let end = range.end.min(bytes.len());
        let stretch = bytes.get(range.start..bytes.len().min(end + KEY.len() - 1))?;
        let keys = memmem::find_iter(stretch, KEY).map(|it| range.start + it);
        keys.take_while(|it| *it < end).find(|it| data(bytes, *it).is_some())
    },
    read,
};

/// Before what is packed. No string holds it: there every quote has a backslash before it.
const KEY: &[u8] = b"\"data\"";

/// The first keys of such events: Lambda's, Kinesis', Firehose's.
const FIRST_KEYS: &[&[u8]] =
    &[b"awslogs", b"Records", b"records", b"invocationId", b"sourceKinesisStreamArn", b"deliveryStreamArn", b"region"];

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

fn sniff(head: &[u8]) -> bool {
    let at = blanks(head, 0);
    let at = if head.get(at) == Some(&b'[') { blanks(head, at + 1) } else { at };
    let is_event = first_key(head, at).is_some_and(|it| FIRST_KEYS.contains(&it));
    let packed = || (AWSLOGS.after)(head, at..head.len()).and_then(|it| data(head, it));
    is_event && packed().is_some_and(|it| is_packed(head, it))
}

/// Whether the text that begins here is a record in base64, packed or not: a token is base64, too.
fn is_packed(head: &[u8], at: usize) -> bool {
    let mut letters = Vec::new();
    // The head may end within the text.
    copy_string(head, at, &mut letters);
    let (bytes, _) = decode(&letters);
    Packing::of(&bytes).is_some() || (SUBSCRIPTION.sniff)(&bytes)
}

/// Where the text begins that belongs to this key.
fn data(bytes: &[u8], key: usize) -> Option<usize> {
    let value = skip_key(bytes, key)?;
    (bytes.get(value) == Some(&b'"')).then_some(value + 1)
}

fn read(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let end = range.end.min(bytes.len());
    let bytes = &bytes[..end];
    let mut at = range.start;
    while let Some(key) = (AWSLOGS.after)(bytes, at..end) {
        let Some(start) = data(bytes, key) else { return };
        let text = match string_end(bytes, start) {
            Some(it) => start..it.quote,
            None => {
                events.trouble(start, Trouble::TornJson);
                start..end
            }
        };
        at = text.end;
        unpack(bytes, text, events);
    }
}

/// Reads the records that are packed into this text; of a damaged one those ahead of the damage.
fn unpack(bytes: &[u8], text: Range<usize>, events: &mut Events) {
    if events.copied.len() > MOST {
        return events.trouble(text.start, Trouble::TooLong);
    }
    let mut letters = Vec::with_capacity(text.len());
    copy_string(bytes, text.start, &mut letters);
    let (packed, is_whole) = decode(&letters);
    if !is_whole {
        events.trouble(text.start, Trouble::Torn("base64"));
    }
    let mut inflated = Vec::new();
    let Some(packing) = Packing::of(&packed) else {
        return records(&packed, 0, &mut Lies::Within(text), events);
    };
    let read = packing.inflate(packed.as_slice()).and_then(|it| it.take(MOST as u64).read_to_end(&mut inflated));
    match read {
        Ok(MOST) => events.trouble(text.start, Trouble::TooLong),
        Ok(_) => {}
        Err(error) => events.trouble(text.start, trouble_of(&error)),
    }
    records(&inflated, 0, &mut Lies::Within(text), events);
}

/// The bytes that letters of base64 stand for, up to the first that stand for nothing; whether that is all.
fn decode(letters: &[u8]) -> (Vec<u8>, bool) {
    if let Ok(all) = BASE64.decode(letters) {
        return (all, true);
    }
    let is_letter = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/');
    let count = letters.iter().position(|it| !is_letter(it)).unwrap_or(letters.len());
    (BASE64.decode(&letters[..count / 4 * 4]).unwrap_or_default(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_count_up_to_the_first_that_is_none() {
        for (letters, bytes, is_whole) in [
            ("YWJj", "abc", true),
            ("YWJjZA==", "abcd", true),
            ("YWJjZA", "abcd", true),
            ("YWJjZ", "abc", false),
            ("YWJj*WJj", "abc", false),
            ("", "", true),
        ] {
            assert_eq!(decode(letters.as_bytes()), (bytes.as_bytes().to_vec(), is_whole), "{letters}");
        }
    }

    #[test]
    fn what_is_packed_tells() {
        let record = br#"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[]}"#;
        let token = BASE64.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
        let zstd = BASE64.encode(b"\x28\xb5\x2f\xfd\0");
        for (data, is_known) in [
            ("H4sIAAAAAAACA6WPwW7CMAyGX2Xyuag0jJb1VomCdtg4", true),
            (zstd.as_str(), true),
            (BASE64.encode(record).as_str(), true),
            (format!("{token}.{token}.c2ln").as_str(), false),
            (token.as_str(), false),
            ("SDRzaWNr", false),
            ("", false),
        ] {
            assert_eq!(sniff(format!(r#"{{"region":"eu","data":"{data}"}}"#).as_bytes()), is_known, "{data}");
        }
    }

    #[test]
    fn a_key_is_followed_by_a_text() {
        let bytes = br#"{"kind":"data","note":"\"data\":\"x","data":1,"data" : "x"}"#;
        let key = bytes.len() - 13;
        assert_eq!((AWSLOGS.after)(bytes, 0..bytes.len()), Some(key));
        assert_eq!((AWSLOGS.before)(bytes, bytes.len() - 1), key);
        assert_eq!((AWSLOGS.before)(bytes, key - 1), 0);
    }
}
