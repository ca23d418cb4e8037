//! A seeded source of numbers and texts: the same seed, the same values, on every machine.

/// The state of the generator (splitmix64); one seed gives one sequence.
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

/// Texts that have tripped somebody up: empty, like numbers, like other things that are no text.
pub const ODD_TEXTS: &[&str] = &[
    "",
    " ",
    "\t",
    "0",
    "-0",
    "00",
    "01",
    " 12 ",
    "12 ",
    "1.0",
    "1.10",
    ".5",
    "5.",
    "+5",
    "-3",
    "1e3",
    "1E3",
    "1e",
    "1e400",
    "-1e-400",
    "0x1f",
    "1_000",
    "1,000",
    "NaN",
    "nan",
    "inf",
    "-Infinity",
    "true",
    "false",
    "True",
    "null",
    "None",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "1234567890123456789",
    "1234567890123456789012345678901234567890",
    "0.1",
    "0.30000000000000004",
    "1.03125",
    "-",
    "--",
    ".",
    "*",
    "%",
    "a*b",
    "\\",
    "\\n",
    "/",
    "'",
    "`",
    "a,b",
    "a|b",
    "#",
    "é",
    "É",
    "ß",
    "日本語",
    "👩‍💻",
    "e\u{301}",
    "\u{feff}x",
    "\u{a0}",
    "Ω\u{2028}z",
];

/// Numbers as JSON may write them.
pub const JSON_NUMBERS: &[&str] = &[
    "0",
    "-0",
    "0.0",
    "1",
    "2",
    "3",
    "10",
    "12",
    "-3",
    "1.0",
    "1.10",
    "0.5",
    "0.1",
    "1e3",
    "1E3",
    "1e-3",
    "1.5e2",
    "-0.001",
    "200",
    "404",
    "500",
    "1.03125",
    "2.675",
    "99.99995",
    "0.00012345",
    "256000000",
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "18446744073709551616",
    "1234567890123456789012345678901234567890",
    "1e22",
    "1e308",
    "1e400",
];

const WORDS: &[&str] = &[
    "connection",
    "refused",
    "timeout",
    "after",
    "user",
    "login",
    "order",
    "payment",
    "cache",
    "miss",
    "retry",
    "of",
    "the",
    "in",
    "done",
    "ERROR",
    "Exception",
    "warn",
    "für",
    "naïve",
    "данные",
    "結果",
];

impl Random {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// Sixty-four random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from zero up to, and without, `count`; zero where there is nothing to choose from.
    pub fn below(&mut self, count: usize) -> usize {
        if count == 0 { 0 } else { (self.bits() % count as u64) as usize }
    }

    /// A number from `least` to `most`, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below((most - least + 1).max(1) as usize) as i64
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of the choices, of which there must be one.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// One of the words, of which there must be one.
    pub fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// Puts the items into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// A number of an everyday size, or a very odd one (never infinite, never NaN).
    pub fn number(&mut self) -> f64 {
        match self.below(8) {
            0 => *self.pick(&[
                0.0,
                -0.0,
                1.0,
                -1.0,
                0.5,
                1.03125,
                2.675,
                0.1,
                1e-9,
                1e15,
                9_007_199_254_740_993.0,
                1e300,
                -1e300,
            ]),
            1 => self.between(-1_000_000, 1_000_000) as f64 / 1000.0,
            2 => f64::from_bits(self.bits() % (0x7ff << 52)),
            3 => self.between(-10, 10) as f64,
            _ => self.between(0, 5000) as f64 / 4.0,
        }
    }

    /// A number as JSON writes it.
    pub fn json_number(&mut self) -> String {
        match self.below(3) {
            0 => self.word(JSON_NUMBERS).to_string(),
            1 => self.between(-5, 1000).to_string(),
            _ => format!("{}", self.between(0, 900_000) as f64 / 1000.0),
        }
    }

    /// A text of one line: one of the odd ones, some words, digits, or any characters.
    pub fn text(&mut self) -> String {
        match self.below(6) {
            0 | 1 => self.word(ODD_TEXTS).to_string(),
            2 => self.digits(1, 40),
            3 => (0..self.below(12)).map(|_| self.character()).collect(),
            _ => self.words(1, 6),
        }
    }

    /// So many words with blanks between.
    pub fn words(&mut self, least: i64, most: i64) -> String {
        let words: Vec<&str> = (0..self.between(least, most)).map(|_| self.word(WORDS)).collect();
        words.join(" ")
    }

    /// So many decimal digits, the first of them perhaps zero.
    pub fn digits(&mut self, least: i64, most: i64) -> String {
        (0..self.between(least, most)).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    /// So many hexadecimal digits.
    pub fn hex(&mut self, count: usize) -> String {
        (0..count).map(|_| *self.pick(b"0123456789abcdef") as char).collect()
    }

    /// `6f1c0f6e-1c2d-4e3f-8a9b-0c1d2e3f4a5b`
    pub fn uuid(&mut self) -> String {
        format!("{}-{}-4{}-8{}-{}", self.hex(8), self.hex(4), self.hex(3), self.hex(3), self.hex(12))
    }

    /// Any character that is neither a control character nor a line end; mostly of the keyboard.
    pub fn character(&mut self) -> char {
        let (first, last) = match self.below(8) {
            0 => (0xa1, 0x24f),
            1 => (0x370, 0x5ff),
            2 => (0x3040, 0x30ff),
            3 => (0x1f300, 0x1f64f),
            _ => (0x20, 0x7e),
        };
        char::from_u32(self.between(first, last) as u32).unwrap_or('?')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_sequence() {
        let values = |seed| -> Vec<String> {
            let mut random = Random::new(seed);
            (0..50).map(|_| format!("{} {} {:?}", random.text(), random.json_number(), random.number())).collect()
        };
        assert_eq!(values(3), values(3));
        assert_ne!(values(3), values(4));
        assert_eq!(Random::new(0).bits(), 0xe220_a839_7b1d_cdaf, "the published first value of splitmix64");
    }

    #[test]
    fn numbers_are_numbers() {
        let mut random = Random::new(1);
        for _ in 0..2000 {
            assert!(random.number().is_finite());
            let text = random.json_number();
            assert!(serde_json::from_str::<serde_json::Number>(&text).is_ok(), "{text}");
            assert!((-2..=3).contains(&random.between(-2, 3)));
            assert!(!random.text().contains(['\n', '\r']));
        }
    }

    #[test]
    fn shuffling_keeps_everything() {
        let mut items: Vec<usize> = (0..20).collect();
        Random::new(9).shuffle(&mut items);
        assert_ne!(items, (0..20).collect::<Vec<_>>());
        items.sort();
        assert_eq!(items, (0..20).collect::<Vec<_>>());
    }
}
