//! `histogram(x, width)`: the range that a number falls into.

use crate::prelude::*;

pub static HISTOGRAM: Function = Function {
    name: "histogram",
    aliases: &[],
    params: &[once("x", Kind::Number), once("width", Kind::Constant)],
    returns: Returns::Is(Type::Number),
    doc: "The start of the range that `x` falls into: the greatest multiple of `width` that does not exceed it. It makes \
          groups behind `by`. A width that is not above zero gives no value.",
    examples: &[
        ("histogram(137, 50)", "100"),
        ("histogram(100, 50)", "100"),
        ("histogram(-1, 50)", "-50"),
        ("histogram(0.3, 0.1)", "0.3"),
        ("histogram('slow', 50)", ""),
    ],
    row: |args| finite(start(args.number(0)?, args.number(1)?)),
    column: Some(|args| args.zip_numbers(start)),
};

/// Not a number where there is no such range.
fn start(number: f64, width: f64) -> f64 {
    if width <= 0.0 {
        return f64::NAN;
    }
    let ranges = number / width;
    let nearest = ranges.round();
    // 0.3 / 0.1 is a little less than 3, but only as doubles go.
    let is_boundary = (ranges - nearest).abs() <= 2.0 * f64::EPSILON * nearest.abs();
    let whole = if is_boundary { nearest } else { ranges.floor() };
    // Zero has one sign here, so that it makes one group.
    whole * width + 0.0
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn ranges_begin_at_multiples_of_the_width() {
        for (number, width, expected) in
            [(0.7, 0.1, 7.0), (0.69, 0.1, 6.0), (59_999.999, 60_000.0, 0.0), (-0.2, 0.1, -2.0)]
        {
            assert_eq!(start(number, width), expected * width);
        }
        assert!(start(-0.0, 5.0).is_sign_positive());
        assert!(start(1.0, 0.0).is_nan());
        assert!(start(1.0, -5.0).is_nan());
        assert!(!start(1e300, 1e-300).is_finite());
    }
}
