//! How long things take: log-normal, with a tail.

use crate::random::Random;

/// Times around a median, in milliseconds.
pub struct Latency {
    /// Half of all times are shorter.
    pub median: f64,
    /// The standard deviation, in doublings.
    pub spread: f64,
    /// How many in a million are four to twelve times as long.
    pub slow: u32,
}

impl Latency {
    /// One time, in milliseconds.
    ///
    /// Only exact operations are used (no library's `exp`), so a seed gives the same times on every machine.
    pub fn draw(&self, random: &mut Random) -> f64 {
        let time = self.median * power_of_two(self.spread * normal(random));
        if random.happens(self.slow) { time * (4.0 + 8.0 * random.fraction()) } else { time }
    }

    /// One time in whole milliseconds, at least 1.
    pub fn millis(&self, random: &mut Random) -> i64 {
        (self.draw(random) as i64).max(1)
    }
}

/// Nearly normal with mean 0 and deviation 1: four even draws added up.
fn normal(random: &mut Random) -> f64 {
    let bits = random.bits();
    let sum: u64 = (0..4).map(|part| bits >> (16 * part) & 0xFFFF).sum();
    (sum as f64 - 131_070.0) / 37_837.0
}

/// 2 to the power of `exponent`, good to five digits.
fn power_of_two(exponent: f64) -> f64 {
    let whole = exponent.floor();
    let rest = (exponent - whole) * std::f64::consts::LN_2;
    let series = 1.0
        + rest * (1.0 + rest / 2.0 * (1.0 + rest / 3.0 * (1.0 + rest / 4.0 * (1.0 + rest / 5.0 * (1.0 + rest / 6.0)))));
    let scale = f64::from_bits(((whole.clamp(-1000.0, 1000.0) as i64 + 1023) as u64) << 52);
    scale * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_good_to_five_digits() {
        for exponent in [-7.25, -1.0, -0.001, 0.0, 0.5, 0.999, 3.0, 9.75] {
            let (ours, theirs) = (power_of_two(exponent), exponent.exp2());
            assert!((ours / theirs - 1.0).abs() < 1e-5, "2^{exponent}: {ours}, not {theirs}");
        }
    }

    #[test]
    fn half_of_the_times_are_below_the_median_and_few_are_far_above() {
        let latency = Latency { median: 10.0, spread: 1.0, slow: 5_000 };
        let mut random = Random::new(3, 0);
        let times: Vec<f64> = (0..20_000).map(|_| latency.draw(&mut random)).collect();
        let share = |bound: f64| times.iter().filter(|&&time| time > bound).count() as f64 / 20_000.0;
        assert!((share(10.0) - 0.5).abs() < 0.02, "{}", share(10.0));
        assert!((0.0005..0.01).contains(&share(80.0)), "{}", share(80.0));
    }
}
