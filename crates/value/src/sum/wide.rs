//! Whole numbers of thousands of bits: what holds every product of two doubles.

/// How many words: 2^-2148 to 2^2048, the products of doubles, and room to add up 2^128 of them.
const WORDS: usize = 70;
/// The power of two of the lowest bit.
const ORIGIN: i32 = -2176;

/// A fixed-point number in two's complement, lowest word first.
#[derive(Clone, Debug)]
pub struct Wide {
    words: [u64; WORDS],
}

/// A whole number times a power of two; lowest word first.
pub struct Big {
    words: Vec<u64>,
    origin: i64,
    is_negative: bool,
}

impl Default for Wide {
    fn default() -> Wide {
        Wide { words: [0; WORDS] }
    }
}

impl Wide {
    /// Adds `size · 2^exponent`; the exponent is that of a product of two doubles, or of one.
    pub fn add(&mut self, size: u128, exponent: i32, is_negative: bool) {
        let bit = exponent.saturating_sub(ORIGIN).max(0) as usize;
        let (word, shift) = (bit / 64, bit % 64);
        let (low, high) = (size as u64, (size >> 64) as u64);
        let spill = |it: u64| if shift == 0 { 0 } else { it >> (64 - shift) };
        let parts = [low << shift, high << shift | spill(low), spill(high)];
        let target = self.words.get_mut(word..).unwrap_or_default();
        let parts = parts.into_iter().chain(std::iter::repeat(0));
        let mut carry = false;
        for (index, (it, part)) in target.iter_mut().zip(parts).enumerate() {
            if index > 2 && !carry {
                break;
            }
            (*it, carry) = match is_negative {
                true => it.borrowing_sub(part, carry),
                false => it.carrying_add(part, carry),
            };
        }
    }

    /// Adds another number.
    pub fn merge(&mut self, other: &Wide) {
        let mut carry = false;
        for (it, other) in self.words.iter_mut().zip(other.words) {
            (*it, carry) = it.carrying_add(other, carry);
        }
    }

    /// The same number, by sign and size.
    pub fn to_big(&self) -> Big {
        let is_negative = self.words[WORDS - 1] >> 63 == 1;
        let mut words = self.words.to_vec();
        if is_negative {
            negate(&mut words);
        }
        Big::of(words, i64::from(ORIGIN), is_negative)
    }
}

impl Big {
    /// Without the words of zeros at both ends.
    fn of(mut words: Vec<u64>, origin: i64, is_negative: bool) -> Big {
        words.truncate(words.iter().rposition(|it| *it != 0).map_or(0, |it| it + 1));
        let zeros = words.iter().take_while(|it| **it == 0).count();
        words.drain(..zeros);
        Big { words, origin: origin + 64 * zeros as i64, is_negative }
    }

    /// This number so many times.
    pub fn times_whole(&self, count: u64) -> Big {
        self.times(&Big { words: vec![count], origin: 0, is_negative: false })
    }

    /// The product of two numbers.
    pub fn times(&self, other: &Big) -> Big {
        let mut words = vec![0u64; self.words.len() + other.words.len()];
        for (start, left) in self.words.iter().enumerate() {
            let mut carry = 0;
            for (it, right) in words[start..].iter_mut().zip(other.words.iter().chain([&0])) {
                (*it, carry) = left.carrying_mul_add(*right, carry, *it);
            }
        }
        Big::of(words, self.origin + other.origin, self.is_negative != other.is_negative)
    }

    /// The difference of two numbers.
    pub fn minus(&self, other: Big) -> Big {
        let origin = self.origin.min(other.origin);
        let end = |it: &Big| it.origin + 64 * it.words.len() as i64;
        // One word more than either, for the carry, and one for the sign.
        let length = (end(self).max(end(&other)) - origin) / 64 + 2;
        let mut words = vec![0u64; length as usize];
        self.add_to(&mut words, origin, self.is_negative);
        other.add_to(&mut words, origin, !other.is_negative);
        let is_negative = words.last().is_some_and(|it| it >> 63 == 1);
        if is_negative {
            negate(&mut words);
        }
        Big::of(words, origin, is_negative)
    }

    /// The power of two of the highest bit; 0 of zero.
    pub fn exponent(&self) -> i64 {
        match self.words.last() {
            Some(top) => self.origin + 64 * self.words.len() as i64 - 1 - i64::from(top.leading_zeros()),
            None => 0,
        }
    }

    /// The double nearest to this number times a power of two, ties to even.
    pub fn to_double(&self, exponent: i64) -> f64 {
        let Some(top) = self.words.last() else { return 0.0 };
        // The highest 64 bits, the lowest of them also standing for all that follow, round as the whole does.
        let below = |index: usize| self.words.len().checked_sub(index).map_or(0, |it| self.words[it]);
        let shift = top.leading_zeros();
        let (second, third) = (below(2), below(3));
        let spill = if shift == 0 { 0 } else { second >> (64 - shift) };
        let rest = self.words.iter().rev().skip(2).any(|it| *it != 0) || second << shift != 0 || third != 0;
        let head = top << shift | spill | u64::from(rest);
        let size = scale_head(head, self.exponent() + exponent);
        if self.is_negative { -size } else { size }
    }

    fn add_to(&self, words: &mut [u64], origin: i64, is_negative: bool) {
        let start = ((self.origin - origin) / 64) as usize;
        let mut carry = false;
        let parts = self.words.iter().copied().chain(std::iter::repeat(0));
        for (it, part) in words[start..].iter_mut().zip(parts) {
            (*it, carry) = match is_negative {
                true => it.borrowing_sub(part, carry),
                false => it.carrying_add(part, carry),
            };
        }
    }
}

/// A number times a power of two; what lies below the least double comes to nothing, beyond the greatest to infinity.
pub fn scale(number: f64, exponent: i64) -> f64 {
    // In steps, since the power itself may lie beyond a double where the product does not.
    let mut rest = exponent.clamp(-5_000, 5_000) as i32;
    let mut number = number;
    while rest != 0 {
        let step = rest.clamp(-1_000, 1_000);
        number *= 2f64.powi(step);
        rest -= step;
    }
    number
}

/// 64 bits, the highest of them set, of which the highest stands for 2^exponent.
fn scale_head(head: u64, exponent: i64) -> f64 {
    if exponent >= -1_022 {
        return scale(head as f64, exponent - 63);
    }
    // A double this small has fewer bits: it is a whole number of 2^-1074, and rounds to that at once.
    let shift = (-1_011 - exponent).min(127) as u32;
    let fixed = u128::from(head) << 64 >> shift;
    let (floor, rest) = ((fixed >> 64) as u64, fixed as u64);
    let is_up = rest > 1 << 63 || (rest == 1 << 63 && floor & 1 == 1);
    scale((floor + u64::from(is_up)) as f64, -1_074)
}

fn negate(words: &mut [u64]) {
    let mut carry = true;
    for it in words {
        (*it, carry) = (!*it).overflowing_add(u64::from(carry));
    }
}
