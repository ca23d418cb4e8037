//! Numbers as patterns and logs write them, and how they compare.

use std::cmp::Ordering;

/// A number: whole ones are exact, all others doubles.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Whole(i128),
    Double(f64),
}

impl Number {
    /// Reads `12`, `-1.5`, `+10e-3`: a sign, digits, a fraction and an exponent, of which only the digits must be there.
    pub(crate) fn read(text: &str) -> Option<Number> {
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
            None => (unsigned, "0"),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        if ![whole, fraction, exponent].into_iter().all(digits) {
            return None;
        }
        text.parse().map(Number::Whole).ok().or_else(|| text.parse().map(Number::Double).ok())
    }

    /// Which of the two is larger.
    pub(crate) fn compare(self, other: Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Whole(one), Number::Whole(two)) => Some(one.cmp(&two)),
            (one, two) => one.double().partial_cmp(&two.double()),
        }
    }

    fn double(self) -> f64 {
        match self {
            Number::Whole(it) => it as f64,
            Number::Double(it) => it,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numbers_are_read_as_json_and_the_guide_write_them() {
        for text in ["0", "12", "-12", "+12", "1.5", "-1.5e3", "10e-3", "1E+2", "1e999"] {
            assert!(Number::read(text).is_some(), "{text}");
        }
        for text in ["", "-", ".5", "1.", "1e", "1e+", "0x1", "1_000", "inf", "NaN", "1.2.3", "--1", "1e1.5"] {
            assert!(Number::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn whole_numbers_compare_exactly() {
        let compare = |one, two| Number::read(one).unwrap().compare(Number::read(two).unwrap());
        assert_eq!(compare("9007199254740993", "9007199254740992"), Some(Ordering::Greater));
        assert_eq!(compare("10e-3", "0.01"), Some(Ordering::Equal));
        assert_eq!(compare("400", "400.0"), Some(Ordering::Equal));
        assert_eq!(compare("-1", "1e-9"), Some(Ordering::Less));
    }
}
