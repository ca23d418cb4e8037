//! Hashes as text: what `md5` and `sha256` share.

use std::fmt::Write;

use crate::prelude::*;

/// Appends bytes in lower hexadecimal digits.
pub fn write(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
}

/// A column of the hashes of the first argument's texts.
pub fn column<const N: usize>(args: &Columns, hash: impl Fn(&str) -> [u8; N]) -> Column {
    let texts = args.texts(0);
    args.write_texts(|row, text| {
        write(&hash(texts.get(row)?), text);
        Some(())
    })
}

/// The hash of a text as a value.
pub fn value<const N: usize>(hash: [u8; N]) -> Value {
    let mut text = String::with_capacity(2 * N);
    write(&hash, &mut text);
    Value::text(text)
}
