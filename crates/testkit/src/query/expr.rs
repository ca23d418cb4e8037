//! Random expressions, of a kind that suits the place they are for.

use super::Writer;
use crate::vocabulary::{ADDRESSES, Kind, LEVELS, OPERATIONS, REQUESTS};

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "10",
    "100",
    "200",
    "404",
    "1000",
    "0.5",
    "1.5",
    "1e3",
    "0.001",
    "9007199254740993",
    "1234567890123456789",
];

const TEXTS: &[&str] = &[
    "\"\"",
    "\"a\"",
    "'x'",
    "\"12\"",
    "\" 12 \"",
    "\"01\"",
    "\"1e3\"",
    "\"200\"",
    "\"ok\"",
    "\"true\"",
    "'it\"s'",
    "\"a\\\"b\"",
    "\"é\"",
    "'日本語'",
    "\"user\"",
    "\"-\"",
    "\"\\\\\"",
    "\"\\t\"",
];

const PATTERNS: &[&str] = &[
    "/ERROR/",
    "/(?i)error/",
    "/^\\[/",
    "/[0-9]+ ms/",
    "/\\d{3}/",
    "/a|e/",
    "/\\/GET/",
    "/[^\\w\\s]/",
    "/^$/",
    "/é/",
    "/.*/",
    "/(user|order) .+/",
    "/\\bthe\\b/",
];

const PERIODS: &[&str] =
    &["1m", "5m", "10m", "25m", "30s", "1s", "500ms", "1h", "2h", "1d", "1w", "1mo", "1hour", "5min"];

impl Writer<'_> {
    /// An expression that mostly has this kind of value.
    pub(super) fn expr(&mut self, kind: Kind, depth: usize) -> String {
        match kind {
            Kind::Number => self.number(depth),
            Kind::Text => self.text_expr(depth),
            Kind::Bool => self.condition(depth),
            Kind::Time => self.time(depth),
            Kind::Address => self.address(),
        }
    }

    /// Something to filter by.
    pub(super) fn condition(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.one_in(3) {
            return self.comparison(depth);
        }
        let inner = depth - 1;
        match self.random.below(9) {
            0..=2 => format!("{} and {}", self.part(inner), self.part(inner)),
            3..=4 => format!("{} or {}", self.part(inner), self.part(inner)),
            5 => format!("not {}", self.in_parentheses(inner)),
            6 => format!("!{}", self.in_parentheses(inner)),
            7 => format!("{} and {} and not {}", self.comparison(inner), self.part(inner), self.in_parentheses(0)),
            _ => self.comparison(depth),
        }
    }

    /// A field compared with something.
    pub(super) fn comparison_of(&mut self, field: &str) -> String {
        let sign = self.sign();
        match self.random.below(7) {
            0 => format!("{field} {sign} {}", self.random.word(NUMBERS)),
            1 => format!("{field} {sign} {}", self.literal_text()),
            2 => format!("{field} {} [{}]", self.random.word(&["in", "in", "not in"]), self.list()),
            3 => format!("{field} {} {}", self.random.word(&["like", "like", "not like"]), self.literal_text()),
            4 => format!("{field} {} {}", self.random.word(&["like", "=~", "not like"]), self.random.word(PATTERNS)),
            5 => format!(
                "{field} {} {}",
                self.random.word(&["=", "!="]),
                self.random.word(&["true", "false", "\"true\"", "1", "0"])
            ),
            _ => format!("{field} {sign} {}", self.random.word(TEXTS)),
        }
    }

    fn comparison(&mut self, depth: usize) -> String {
        let inner = depth.saturating_sub(1);
        let sign = self.sign();
        match self.random.below(11) {
            0..=2 => {
                let field = self.any_field();
                self.comparison_of(&field)
            }
            3 => format!("{} {sign} {}", self.number(inner), self.number(inner)),
            4 => format!("{} {sign} {}", self.text_expr(inner), self.text_expr(inner)),
            5 => format!("ispresent({})", self.any_field()),
            6 => format!("strcontains({}, {})", self.text_expr(inner), self.literal_text()),
            7 => self.any_field(),
            8 | 9 if depth > 0 => self.call(Kind::Bool, inner),
            _ => format!("{} {sign} {}", self.time(inner), self.time(inner)),
        }
    }

    fn part(&mut self, depth: usize) -> String {
        if self.random.one_in(2) { self.comparison(depth) } else { self.in_parentheses(depth) }
    }

    fn in_parentheses(&mut self, depth: usize) -> String {
        format!("({})", self.condition(depth))
    }

    /// Something to reckon with.
    pub(super) fn number(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.one_in(4) {
            return match self.random.below(3) {
                0 => self.random.word(NUMBERS).to_string(),
                1 => self.scope.inner(self.random).unwrap_or_else(|| self.random.word(NUMBERS).to_string()),
                _ => self.scope.field(self.random, Kind::Number),
            };
        }
        let inner = depth - 1;
        match self.random.below(16) {
            0..=3 => self.arithmetic(inner),
            4 => format!("greatest({}, 0, {})", self.scope.field(self.random, Kind::Number), self.number(inner)),
            5 => format!("coalesce({}, {})", self.scope.field(self.random, Kind::Number), self.number(inner)),
            6 => self.call(Kind::Bool, inner),
            7 => self.choice(Kind::Number, inner),
            8 => format!("(-{})", self.scope.field(self.random, Kind::Number)),
            9 => format!("abs(-{})", self.random.word(NUMBERS)),
            _ => self.call(Kind::Number, inner),
        }
    }

    fn arithmetic(&mut self, depth: usize) -> String {
        let sign = self.random.word(&["+", "-", "*", "/", "%", "+", "-", "*", "/", "^"]);
        let (left, right) = (self.number(depth), self.number(depth));
        match self.random.below(3) {
            0 => format!("{left} {sign} {right}"),
            1 => format!("({left} {sign} {right})"),
            _ => format!("({left}) {sign} ({right})"),
        }
    }

    /// Something to read.
    pub(super) fn text_expr(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.one_in(4) {
            return match self.random.below(4) {
                0 => self.literal_text(),
                1 => self.scope.inner(self.random).unwrap_or_else(|| self.literal_text()),
                _ => self.scope.field(self.random, Kind::Text),
            };
        }
        let inner = depth - 1;
        match self.random.below(12) {
            0 => format!("concat({}, '/', {})", self.scope.field(self.random, Kind::Text), self.number(inner)),
            1 => format!("coalesce({}, {})", self.scope.field(self.random, Kind::Text), self.text_expr(inner)),
            2 => match self.scope.map(self.random) {
                Some(map) => format!("jsonStringify({map})"),
                None => format!("jsonStringify(jsonParse({}))", self.text_expr(inner)),
            },
            3 => self.choice(Kind::Text, inner),
            4 => self.scope.field(self.random, Kind::Text),
            _ => self.call(Kind::Text, inner),
        }
    }

    /// A point in time.
    pub(super) fn time(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.one_in(3) {
            return self.scope.field(self.random, Kind::Time);
        }
        let inner = depth - 1;
        let period = self.random.word(PERIODS);
        match self.random.below(6) {
            0 if self.scope.are_events() => format!("bin({period})"),
            0 | 1 => format!("datefloor({}, {period})", self.time(inner)),
            2 => format!("dateceil({}, {period})", self.time(inner)),
            3 | 4 => self.call(Kind::Time, inner),
            _ => self.scope.field(self.random, Kind::Time),
        }
    }

    /// An IP address, written out or in a field.
    pub(super) fn address(&mut self) -> String {
        match self.random.below(3) {
            0 => format!("'{}'", self.random.word(ADDRESSES)),
            _ => self.scope.field(self.random, Kind::Address),
        }
    }

    /// `bin(5m)`
    pub(super) fn bin(&mut self) -> String {
        format!("bin({})", self.random.word(PERIODS))
    }

    /// `if(…)` or `case(…)`
    fn choice(&mut self, kind: Kind, depth: usize) -> String {
        let (first, second) = (self.expr(kind, depth), self.expr(kind, depth));
        let condition = self.condition(depth);
        match self.random.below(3) {
            0 => format!("if({condition}, {first}, {second})"),
            1 => format!("case({condition}, {first}, {}, {second})", self.comparison(0)),
            _ => format!("case({condition}, {first}, {}, {second}, {})", self.comparison(0), self.expr(kind, 0)),
        }
    }

    fn any_field(&mut self) -> String {
        self.scope.field_of_any_kind(self.random)
    }

    fn sign(&mut self) -> &'static str {
        self.random.word(&["=", "=", "!=", "<", "<=", ">", ">=", "=="])
    }

    fn literal_text(&mut self) -> String {
        match self.random.below(4) {
            0 => format!("\"{}\"", self.random.word(LEVELS)),
            1 => format!("'{}'", self.random.word(OPERATIONS)),
            2 => format!("\"{}\"", self.random.word(REQUESTS)),
            _ => self.random.word(TEXTS).to_string(),
        }
    }

    fn list(&mut self) -> String {
        let items: Vec<String> = (0..self.random.between(1, 4))
            .map(|_| if self.random.one_in(2) { self.random.word(NUMBERS).to_string() } else { self.literal_text() })
            .collect();
        items.join(self.random.word(&[", ", ","]))
    }
}
