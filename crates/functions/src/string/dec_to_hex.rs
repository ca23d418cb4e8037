//! `decToHex(n)`: a whole number in hexadecimal digits.

use std::fmt::Write;

use crate::prelude::*;

pub static DEC_TO_HEX: Function = Function {
    name: "decToHex",
    aliases: &[],
    params: &[once("n", Kind::Any)],
    returns: Returns::Is(Type::Text),
    doc: "`n` without its fraction in lower hexadecimal digits behind `0x`, or behind `-0x` if it is below zero. What 64 bits \
          cannot hold has no value.",
    examples: &[
        ("decToHex(255)", "0xff"),
        ("decToHex(-255.9)", "-0xff"),
        ("decToHex('9007199254740993')", "0x20000000000001"),
        ("decToHex('ten')", ""),
    ],
    row: |args| {
        let number = whole(args.any(0)?)?;
        let mut text = String::from(if number < 0 { "-0x" } else { "0x" });
        // Writing to a String cannot fail.
        let _ = write!(text, "{:x}", number.unsigned_abs());
        Some(Value::text(text))
    },
    column: None,
};

/// The first number that 64 bits without a sign cannot hold.
const LIMIT: f64 = 18_446_744_073_709_551_616.0;

/// A value as a whole number; digits that a double cannot tell apart are read as they stand.
fn whole(value: &Value) -> Option<i128> {
    let exact = match value {
        Value::Text(text) => text.trim_ascii().parse::<i128>().ok(),
        Value::Time(it) => Some(i128::from(*it)),
        _ => None,
    };
    let read = || {
        let rounded = value.to_number().filter(|it| it.abs() < LIMIT)?;
        Some(rounded as i128)
    };
    exact.or_else(read).filter(|it| it.unsigned_abs() <= u128::from(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_keep_their_digits() {
        assert_eq!(whole(&Value::text("18446744073709551615")), Some(i128::from(u64::MAX)));
        assert_eq!(whole(&Value::text("18446744073709551616")), None);
        assert_eq!(whole(&Value::text("1e3")), Some(1000));
        assert_eq!(whole(&Value::text("12.99")), Some(12));
        assert_eq!(whole(&Value::Number(1e300)), None);
        assert_eq!(whole(&Value::Bool(true)), Some(1));
        assert_eq!(whole(&Value::text("0x10")), None);
    }
}
