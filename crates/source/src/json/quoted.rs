//! Strings in which nothing but quotes is escaped: JSON in JSON is mostly so, and can be read where it stands.

use wide::u8x16;

use crate::event::write_lossy;

/// How many bytes are looked at in one step: one for each bit of a word.
const STEP: usize = 64;

/// The end of such a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlainEnd {
    /// Where its closing quote is.
    pub(crate) quote: usize,
    /// How many quotes are escaped in it.
    pub(crate) escapes: u32,
}

/// The end of a string whose text begins at `at`; `None` if anything but quotes is escaped in it, or it has no end.
#[inline]
pub(crate) fn plain_end(bytes: &[u8], mut at: usize) -> Option<PlainEnd> {
    let mut escapes = 0;
    // Whether the step before ended with a backslash.
    let mut carry = 0;
    loop {
        let whole = bytes.get(at..at + STEP).and_then(|it| it.first_chunk::<STEP>());
        let (quotes, backslashes) = match whole {
            Some(step) => marks(step),
            None => marks(&padded(bytes.get(at..)?)),
        };
        let escaped = backslashes << 1 | carry;
        let ends = quotes & !escaped;
        // The bits to the end and with it: all of them where there is none.
        let before = ends ^ ends.wrapping_sub(1);
        if escaped & !quotes & before != 0 {
            return None;
        }
        escapes += (backslashes & before).count_ones();
        if ends != 0 {
            return Some(PlainEnd { quote: at + ends.trailing_zeros() as usize, escapes });
        }
        whole?;
        carry = backslashes >> (STEP - 1);
        at += STEP;
    }
}

/// Writes the text of such a string without its escapes, U+FFFD for each stretch that is no UTF-8; how many there were.
pub(crate) fn unquote(text: &[u8], whole: &mut String) -> u64 {
    // Each backslash belongs to the quote behind it.
    text.split(|it| *it == b'\\').map(|it| write_lossy(it, whole)).sum()
}

/// The quotes and the backslashes of a step, each a bit.
#[inline]
fn marks(step: &[u8; STEP]) -> (u64, u64) {
    let (mut quotes, mut backslashes) = (0, 0);
    for (index, lane) in step.as_chunks::<16>().0.iter().enumerate() {
        let lane = u8x16::new(*lane);
        quotes |= u64::from(lane.simd_eq(u8x16::splat(b'"')).to_bitmask()) << (index * 16);
        backslashes |= u64::from(lane.simd_eq(u8x16::splat(b'\\')).to_bitmask()) << (index * 16);
    }
    (quotes, backslashes)
}

/// The last bytes, with zeros behind them.
fn padded(rest: &[u8]) -> [u8; STEP] {
    let mut step = [0; STEP];
    step.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_found_wherever_it_lies() {
        for length in 0..200 {
            for escape in [0, 1, length / 2, length] {
                let text = format!("{}\\\"{}", "x".repeat(escape.min(length)), "y".repeat(length - escape.min(length)));
                let end = Some(PlainEnd { quote: text.len(), escapes: 1 });
                assert_eq!(plain_end(format!("{text}\",\"\\n").as_bytes(), 0), end, "{text}");
                assert_eq!(plain_end(text.as_bytes(), 0), None, "{text}");
                assert_eq!(plain_end(format!("{text}\\").as_bytes(), 0), None, "{text}");
                for other in ["\\n", "\\\\", "\\u0041", "\\\\\\\""] {
                    assert_eq!(plain_end(format!("{text}{other}\"").as_bytes(), 0), None, "{text}{other}");
                }
                let mut whole = String::new();
                assert_eq!(unquote(text.as_bytes(), &mut whole), 0);
                assert_eq!(whole, text.replace('\\', ""));
            }
        }
    }

    #[test]
    fn a_string_without_escapes_has_none() {
        assert_eq!(plain_end(b"\"", 0), Some(PlainEnd { quote: 0, escapes: 0 }));
        assert_eq!(plain_end(b"ab\"", 1), Some(PlainEnd { quote: 2, escapes: 0 }));
        assert_eq!(plain_end(b"ab", 7), None);
    }
}
