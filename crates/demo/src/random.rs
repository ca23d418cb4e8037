//! A seeded source of numbers: xoshiro256++, started by SplitMix64.

/// A source of numbers that is the same on every machine.
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The numbers of one independent part of the archive that a seed stands for.
    pub fn new(seed: u64, part: u64) -> Random {
        let mut counter = scramble(seed) ^ part.wrapping_mul(0xD1B5_4A32_D192_ED03);
        Random {
            state: std::array::from_fn(|_| {
                counter = counter.wrapping_add(0x9E37_79B9_7F4A_7C15);
                scramble(counter)
            }),
        }
    }

    /// Sixty-four bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let drawn = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        drawn
    }

    /// A hundred and twenty-eight bits: an identifier.
    pub fn identifier(&mut self) -> u128 {
        u128::from(self.bits()) << 64 | u128::from(self.bits())
    }

    /// A whole number from 0 up to, but not including, `bound`.
    pub fn below(&mut self, bound: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(bound)) >> 32) as u32
    }

    /// A number from 0 up to, but not including, 1.
    pub fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something happens that happens so many times in a million.
    pub fn happens(&mut self, in_a_million: u32) -> bool {
        self.below(1_000_000) < in_a_million
    }

    /// The place of one of several weights, drawn in proportion to it; the last place if all weigh nothing.
    pub fn place(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        let mut last = 0;
        for (place, weight) in weights.enumerate() {
            if left < weight {
                return place;
            }
            left -= weight;
            last = place;
        }
        last
    }
}

fn scramble(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_part_say_all() {
        let draw = |seed, part| Random::new(seed, part).identifier();
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
        assert_ne!(draw(0, 0), 0);
    }

    #[test]
    fn places_follow_their_weights() {
        let mut random = Random::new(7, 0);
        let mut drawn = [0; 3];
        for _ in 0..10_000 {
            drawn[random.place([1, 0, 3].into_iter())] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((2_300..2_700).contains(&drawn[0]), "{drawn:?}");
    }

    #[test]
    fn numbers_stay_below_their_bound() {
        let mut random = Random::new(7, 1);
        assert!((0..10_000).all(|_| random.below(3) < 3));
        assert!((0..10_000).all(|_| random.fraction() < 1.0));
        assert_eq!(random.below(0), 0);
    }
}
