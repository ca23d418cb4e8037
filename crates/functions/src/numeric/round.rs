//! `round(a [, d])`: the nearest whole number, or the nearest with `d` decimals.

use crate::prelude::*;

pub static ROUND: Function = Function {
    name: "round",
    aliases: &[],
    params: &[once("a", Kind::Number), optional("d", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The whole number nearest to `a`, or with `d` the number of that many decimals. What lies in the middle goes \
          away from zero. A negative `d` rounds to tens, hundreds and so on.",
    examples: &[("round(2.5)", "3"), ("round(-2.5)", "-3"), ("round(3.14159, 2)", "3.14"), ("round(1234, -2)", "1200")],
    row: |args| {
        let a = args.number(0)?;
        finite(if args.count() > 1 { with_decimals(a, args.number(1)?) } else { a.round() })
    },
    column: Some(|args| match args.columns.len() {
        0 | 1 => args.map_numbers(0, f64::round),
        _ => args.zip_numbers(with_decimals),
    }),
};

fn with_decimals(a: f64, decimals: f64) -> f64 {
    // Beyond these a power of ten is no double.
    let decimals = decimals.trunc().clamp(-308.0, 308.0) as i32;
    let unit = 10_f64.powi(decimals.abs());
    if decimals < 0 {
        return (a / unit).round() * unit;
    }
    let scaled = a * unit;
    // From 2^52 on every double is whole: `a` has no decimals beyond these.
    if scaled.abs() < 4_503_599_627_370_496.0 { scaled.round() / unit } else { a }
}

#[cfg(test)]
mod tests {
    use super::with_decimals;

    #[test]
    fn digits_beyond_a_double_change_nothing() {
        assert_eq!(with_decimals(1.25, 1.0), 1.3);
        assert_eq!(with_decimals(0.1, 400.0), 0.1);
        assert_eq!(with_decimals(1e300, 20.0), 1e300);
        assert_eq!(with_decimals(7.0, -400.0), 0.0);
        assert_eq!(with_decimals(0.0, 1e300), 0.0);
    }
}
