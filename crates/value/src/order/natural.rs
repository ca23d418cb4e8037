//! Natural order: runs of digits by length, then by value; other runs by code point.

use std::cmp::Ordering;

/// Compares two texts in natural order, whatever they read as: `a2` stands before `a10`.
pub fn natural(left: &str, right: &str) -> Ordering {
    let (mut left, mut right) = (left, right);
    while !left.is_empty() && !right.is_empty() {
        let (a, b) = (first_run(left), first_run(right));
        let are_digits = starts_with_digit(a) && starts_with_digit(b);
        let order = if are_digits { a.len().cmp(&b.len()) } else { Ordering::Equal };
        let order = order.then_with(|| a.cmp(b));
        if order.is_ne() {
            return order;
        }
        (left, right) = (&left[a.len()..], &right[b.len()..]);
    }
    left.len().cmp(&right.len())
}

/// The head of a text's first run: texts whose prefixes differ stand in the order of their prefixes.
pub fn prefix(text: &str) -> u64 {
    let run = first_run(text).as_bytes();
    let mut head = [0; 8];
    if starts_with_digit(text) {
        // A digit, which settles the order to runs of other characters; then the length; then the value.
        let length = u16::try_from(run.len()).unwrap_or(u16::MAX);
        head[0] = b'0';
        head[1..3].copy_from_slice(&length.to_be_bytes());
        if length < u16::MAX {
            let count = run.len().min(5);
            head[3..3 + count].copy_from_slice(&run[..count]);
        }
    } else {
        let count = run.len().min(8);
        head[..count].copy_from_slice(&run[..count]);
    }
    u64::from_be_bytes(head)
}

fn starts_with_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

/// The digits at the head of a text, or what stands there up to the first digit.
fn first_run(text: &str) -> &str {
    let are_digits = starts_with_digit(text);
    let end = text.bytes().position(|it| it.is_ascii_digit() != are_digits);
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_count_by_length_then_value() {
        for (low, high) in
            [("a2", "a10"), ("a10", "a010"), ("a10", "b1"), ("a", "a0"), ("9", "a"), ("a0", "a!"), ("", "a")]
        {
            assert_eq!(natural(low, high), Ordering::Less, "{low} {high}");
            assert_eq!(natural(high, low), Ordering::Greater, "{high} {low}");
            assert!(prefix(low) <= prefix(high), "{low} {high}");
        }
        assert_eq!(natural("a1b2", "a1b2"), Ordering::Equal);
    }

    #[test]
    fn runs_longer_than_a_prefix_can_tell_share_it() {
        let (long, longer) = ("1".repeat(70_000), "1".repeat(70_001));
        assert_eq!(prefix(&long), prefix(&longer));
        assert_eq!(natural(&long, &longer), Ordering::Less);
    }
}
