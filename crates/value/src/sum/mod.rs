//! Sums of doubles without error: the same to the last bit, whatever the order of the numbers.

mod wide;

use wide::{Big, Wide};

/// A sum of doubles and of their products, kept exactly and rounded only when it is read.
///
/// What is neither tiny nor huge goes into 128 bits; the rest into an accumulator that holds every product of two
/// doubles, made when it is first needed. What is not finite is left out.
#[derive(Clone, Debug, Default)]
pub struct ExactSum {
    /// In units of 2^-75.
    near: i128,
    far: Option<Box<Wide>>,
}

/// The unit of the near part, as a power of two: fine enough for all digits of a double above 2^-23.
const UNIT: i32 = -75;
/// The longest shift that keeps the 53 bits of a double within the near part.
const LONGEST_SHIFT: i32 = 126 - 53;

impl ExactSum {
    /// Adds a number.
    #[inline]
    pub fn add(&mut self, number: f64) {
        let bits = number.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i32;
        let shift = exponent - 1075 - UNIT;
        if (0..=LONGEST_SHIFT).contains(&shift) {
            let mantissa = bits & MANTISSA | 1 << 52;
            let size = i128::from(mantissa) << shift;
            let term = if number < 0.0 { -size } else { size };
            if let (sum, false) = self.near.overflowing_add(term) {
                self.near = sum;
                return;
            }
        }
        self.add_far(number);
    }

    /// Adds the product of two numbers, itself not rounded.
    pub fn add_product(&mut self, left: f64, right: f64) {
        if left.is_finite() && right.is_finite() {
            let (a, left_exponent) = parts(left);
            let (b, right_exponent) = parts(right);
            let is_negative = left.is_sign_negative() != right.is_sign_negative();
            self.add_parts(u128::from(a) * u128::from(b), left_exponent + right_exponent, is_negative);
        }
    }

    /// Adds the square of a number, itself not rounded.
    pub fn add_square(&mut self, number: f64) {
        self.add_product(number, number);
    }

    /// Adds all that another sum holds.
    pub fn merge(&mut self, other: &ExactSum) {
        match self.near.checked_add(other.near) {
            Some(sum) => self.near = sum,
            None => self.far().add(other.near.unsigned_abs(), UNIT, other.near < 0),
        }
        if let Some(other) = &other.far {
            self.far().merge(other);
        }
    }

    /// The double nearest to the sum, exact ties to even; infinite beyond the greatest double.
    pub fn value(&self) -> f64 {
        match &self.far {
            None => self.near as f64 * SCALE,
            Some(_) => self.to_big().to_double(0),
        }
    }

    /// The variance of a population of `count` numbers, out of their sum and the sum of their squares.
    ///
    /// `n·Σx² − (Σx)²` is computed exactly, so nothing cancels out. `None` for no numbers.
    pub fn variance(count: u64, sum: &ExactSum, squares: &ExactSum) -> Option<f64> {
        if count == 0 {
            return None;
        }
        let sum = sum.to_big();
        let numerator = squares.to_big().times_whole(count).minus(sum.times(&sum));
        // Both divisions act on a number near 1, so neither overflows.
        let exponent = numerator.exponent();
        let quotient = numerator.to_double(-exponent) / count as f64 / count as f64;
        Some(wide::scale(quotient, exponent))
    }

    #[cold]
    fn add_far(&mut self, number: f64) {
        if number.is_finite() {
            let (mantissa, exponent) = parts(number);
            self.add_parts(u128::from(mantissa), exponent, number.is_sign_negative());
        }
    }

    /// Adds `size · 2^exponent`.
    fn add_parts(&mut self, size: u128, exponent: i32, is_negative: bool) {
        if size == 0 {
            return;
        }
        let shift = exponent - UNIT;
        let length = 128 - size.leading_zeros() as i32;
        let fits = shift + length <= 126 && (shift >= 0 || size.trailing_zeros() as i32 >= -shift);
        if fits {
            let size = if shift >= 0 { size << shift } else { size >> -shift } as i128;
            let term = if is_negative { -size } else { size };
            if let Some(sum) = self.near.checked_add(term) {
                self.near = sum;
                return;
            }
        }
        self.far().add(size, exponent, is_negative);
    }

    fn far(&mut self) -> &mut Wide {
        self.far.get_or_insert_default()
    }

    fn to_big(&self) -> Big {
        let mut all = self.far.as_deref().cloned().unwrap_or_default();
        all.add(self.near.unsigned_abs(), UNIT, self.near < 0);
        all.to_big()
    }
}

const MANTISSA: u64 = (1 << 52) - 1;
/// 2^-75, exactly.
const SCALE: f64 = 1.0 / (1u128 << 75) as f64;

/// The whole number and the power of two that make the size of a finite double.
fn parts(number: f64) -> (u64, i32) {
    let bits = number.to_bits();
    match (bits >> 52 & 0x7ff) as i32 {
        0 => (bits & MANTISSA, -1074),
        exponent => (bits & MANTISSA | 1 << 52, exponent - 1075),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(numbers: &[f64]) -> ExactSum {
        let mut sum = ExactSum::default();
        numbers.iter().for_each(|it| sum.add(*it));
        sum
    }

    /// Random doubles of all sizes, `spread` powers of two to each side of 1.
    fn random(count: usize, spread: i32, mut seed: u64) -> Vec<f64> {
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let number = |_| {
            let size = 1.0 + (next() >> 11) as f64 / 2f64.powi(53);
            let exponent = (next() % (2 * spread as u64 + 1)) as i32 - spread;
            let sign = if next() & 1 == 0 { 1.0 } else { -1.0 };
            sign * size * 2f64.powi(exponent)
        };
        (0..count).map(number).collect()
    }

    /// Adds up in whole numbers of 2^-`unit`, which must divide every number.
    fn reference(numbers: &[f64], unit: i32) -> f64 {
        let whole: i128 = numbers.iter().map(|it| (it * 2f64.powi(unit)) as i128).sum();
        whole as f64 / 2f64.powi(unit)
    }

    #[test]
    fn sums_are_rounded_once() {
        assert_eq!(sum(&[0.1; 10]).value(), 1.0);
        assert_eq!(sum(&[1e16, 1.0, -1e16]).value(), 1.0);
        assert_eq!(sum(&[1e308, 1e308, -1e308]).value(), 1e308);
        assert_eq!(sum(&[1e300, 1e-300, -1e300]).value(), 1e-300);
        assert_eq!(sum(&[5e-324, 5e-324]).value(), 1e-323);
        assert_eq!(sum(&[f64::MAX, f64::MAX]).value(), f64::INFINITY);
        assert_eq!(sum(&[f64::MIN, f64::MIN]).value(), f64::NEG_INFINITY);
        assert_eq!(sum(&[9_007_199_254_740_993.0, 1.0]).value(), 9_007_199_254_740_992.0);
        assert_eq!(sum(&[]).value(), 0.0);
        assert_eq!(sum(&[0.0, -0.0, f64::NAN, f64::INFINITY]).value(), 0.0);
    }

    #[test]
    fn sums_agree_with_whole_arithmetic() {
        for seed in 1..200 {
            let numbers = random(300, 15, seed);
            assert_eq!(sum(&numbers).value(), reference(&numbers, 68));
        }
    }

    #[test]
    fn neither_order_nor_division_shows() {
        for (seed, spread) in [(1, 10), (2, 60), (3, 300), (4, 1000)] {
            let mut numbers = random(500, spread, seed);
            let first = sum(&numbers).value();
            numbers.reverse();
            assert_eq!(sum(&numbers).value(), first);
            numbers.sort_by(f64::total_cmp);
            assert_eq!(sum(&numbers).value(), first);
            let mut merged = ExactSum::default();
            numbers.chunks(37).for_each(|it| merged.merge(&sum(it)));
            assert_eq!(merged.value(), first);
            numbers.extend(numbers.clone().iter().map(|it| -it));
            assert_eq!(sum(&numbers).value(), 0.0);
        }
    }

    #[test]
    fn a_near_part_that_is_full_flows_over() {
        let mut full = ExactSum::default();
        let great = 2f64.powi(50);
        for _ in 0..100 {
            full.add(great);
        }
        assert_eq!(full.value(), 100.0 * great);
        let mut twice = full.clone();
        twice.merge(&full);
        assert_eq!(twice.value(), 200.0 * great);
    }

    #[test]
    fn products_are_exact() {
        let mut sum = ExactSum::default();
        let third = 1.0 / 3.0;
        sum.add_square(third);
        sum.add(-(third * third));
        assert_eq!(sum.value(), third.mul_add(third, -(third * third)));
        let mut sum = ExactSum::default();
        sum.add_product(f64::MAX, f64::MAX);
        sum.add_product(f64::MIN, f64::MAX);
        sum.add_product(5e-324, 5e-324);
        sum.add_product(3.0, -0.5);
        assert_eq!(sum.value(), -1.5);
    }

    fn variance(numbers: &[f64]) -> Option<f64> {
        let mut squares = ExactSum::default();
        numbers.iter().for_each(|it| squares.add_square(*it));
        ExactSum::variance(numbers.len() as u64, &sum(numbers), &squares)
    }

    #[test]
    fn variances_do_not_cancel_out() {
        assert_eq!(variance(&[]), None);
        assert_eq!(variance(&[7.5]), Some(0.0));
        assert_eq!(variance(&[0.1, 0.1, 0.1]), Some(0.0));
        assert_eq!(variance(&[1.0, 2.0, 3.0, 4.0]), Some(1.25));
        assert_eq!(variance(&[1e15, 1e15 + 1.0, 1e15 + 2.0, 1e15 + 3.0]), Some(1.25));
        assert_eq!(variance(&[1e-200, 3e-200]), Some(0.0));
        assert_eq!(variance(&[1e-150, 3e-150]).map(|it| (it * 1e300 * 1e6).round()), Some(1e6));
        assert_eq!(variance(&[1e150, 3e150]).map(|it| (it / 1e300 * 1e6).round()), Some(1e6));
        assert_eq!(variance(&[f64::MAX, f64::MIN]), Some(f64::INFINITY));
    }

    #[test]
    fn variances_do_not_depend_on_order() {
        for (seed, spread) in [(5, 5), (6, 100), (7, 500)] {
            let mut numbers = random(200, spread, seed);
            let first = variance(&numbers);
            numbers.sort_by(f64::total_cmp);
            assert_eq!(variance(&numbers), first);
        }
    }
}
