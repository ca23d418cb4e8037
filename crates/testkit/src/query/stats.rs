//! Random `stats`: aggregates, what is reckoned from them, and keys.

use super::Writer;
use crate::vocabulary::Kind;

impl Writer<'_> {
    /// `stats count(*) as n, sum(latency) / n by bin(5m), level`
    pub(super) fn stats(&mut self) {
        if self.random.one_in(20) {
            return self.topk();
        }
        let mut outputs: Vec<(String, Kind)> = Vec::new();
        let mut keys = Vec::new();
        for _ in 0..self.random.below(self.sizes.items) {
            let (key, name, kind) = self.key();
            if !outputs.iter().any(|(it, _)| *it == name) {
                outputs.push((name, kind));
                keys.push(key);
            }
        }
        let mut items = Vec::new();
        for _ in 0..self.random.between(1, self.sizes.items as i64) {
            let aliases =
                outputs.iter().skip(keys.len()).filter(|(name, kind)| *kind == Kind::Number && !name.contains('('));
            let numbers: Vec<String> = aliases.map(|(name, _)| name.clone()).collect();
            let (expr, kind) = match self.random.below(5) {
                // The alias of an item may be used in those behind it.
                0 if !numbers.is_empty() => {
                    (format!("{} * 2 + {}", self.random.pick(&numbers), self.aggregate().0), Kind::Number)
                }
                1 => (self.reckoned(), Kind::Number),
                _ => self.aggregate(),
            };
            let column = format!("`{expr}`");
            let bare = self.random.one_in(3) && !expr.contains('`') && !outputs.iter().any(|(it, _)| *it == column);
            let name = if bare { column } else { self.scope.fresh(self.random) };
            items.push(if bare { expr } else { format!("{expr} as {name}") });
            outputs.push((name, kind));
        }
        let list = self.random.one_in(8).then(|| self.scope.fresh(self.random));
        if let Some(list) = &list {
            let field = self.scope.field_of_any_kind(self.random);
            items.push(format!("{}({field}) as {list}", self.random.word(&["values", "collect_values"])));
        }
        let by = if keys.is_empty() { String::new() } else { format!(" by {}", keys.join(", ")) };
        self.add("stats", &format!("{}{by}", items.join(", ")));
        self.scope.turn_to_groups(outputs);
        list.into_iter().for_each(|it| self.scope.define_map(it));
    }

    /// `stats topk(3, level) as top`, which stands alone, and what can be read of the list it gives.
    fn topk(&mut self) {
        let (count, field) = (self.random.word(&["1", "2", "10", "10000"]), self.scope.field_of_any_kind(self.random));
        let (list, name) = (self.scope.fresh(self.random), self.scope.fresh(self.random));
        self.add("stats", &format!("topk({count}, {field}) as {list}"));
        let (call, kind) = *self.random.pick(&[("jsonStringify", Kind::Text), ("jsonArraySize", Kind::Number)]);
        self.add("fields", &format!("{call}({list}) as {name}"));
        self.scope.turn_to_groups(vec![(name, kind)]);
        self.scope.define_map(list);
    }

    /// A key as written, what its column is called, and what that holds.
    fn key(&mut self) -> (String, String, Kind) {
        let (expr, kind) = match self.random.below(8) {
            0 | 1 if self.scope.are_events() => (self.bin(), Kind::Time),
            2 => (self.time(1), Kind::Time),
            3 if self.random.one_in(2) => {
                let width = self.random.word(&["50", "0.1", "1e3"]);
                (format!("histogram({}, {width})", self.number(1)), Kind::Number)
            }
            3 => (self.number(1), Kind::Number),
            4 => (self.text_expr(1), Kind::Text),
            _ => {
                let kind = *self.random.pick(&[Kind::Text, Kind::Number, Kind::Bool]);
                let field = self.scope.field(self.random, kind);
                return (field.clone(), field, kind);
            }
        };
        if expr.starts_with("bin(") && self.random.one_in(2) {
            return (expr.clone(), format!("`{expr}`"), kind);
        }
        let name = self.scope.fresh(self.random);
        (format!("{expr} as {name}"), name, kind)
    }

    /// One aggregate and what it holds.
    fn aggregate(&mut self) -> (String, Kind) {
        let any = self.scope.field_of_any_kind(self.random);
        let expr = match self.random.below(16) {
            0 | 1 => self.random.word(&["count(*)", "count()", "COUNT(*)", "countOverTime(*)"]).to_string(),
            2 => format!("{}({any})", self.random.word(&["count", "count", "count_over_time"])),
            3 => format!("{}({any})", self.random.word(&["count_distinct", "countDistinct"])),
            4 => {
                let (call, share) = (
                    self.random.word(&["pct", "pct", "percentile"]),
                    self.random.word(&["0", "50", "90", "95", "99.9", "100"]),
                );
                format!("{call}({}, {share})", self.number(1))
            }
            5 => format!("sum({})", self.condition(0)),
            6 => format!("sum(ispresent({any}))"),
            7 => {
                let (field, kind) = self.field_and_kind();
                return (format!("{}({field})", self.random.word(&["sortsFirst", "sortsLast"])), kind);
            }
            8 if self.scope.are_events() => {
                let (field, kind) = self.field_and_kind();
                return (format!("{}({field})", self.random.word(&["earliest", "latest"])), kind);
            }
            9 => {
                let time = self.scope.field(self.random, Kind::Time);
                return (format!("{}({time})", self.random.word(&["min", "max"])), Kind::Time);
            }
            10 if self.scope.are_events() => {
                format!("rate({}, {})", self.number(1), self.random.word(&["1s", "1m", "250ms", "1h"]))
            }
            11 => format!("{}({})", self.random.word(&["sum_over_time", "sumOverTime"]), self.number(1)),
            _ => {
                let name =
                    self.random.word(&["avg", "sum", "min", "max", "median", "stddev", "variance", "avg", "sum"]);
                format!("{name}({})", self.number(1))
            }
        };
        (expr, Kind::Number)
    }

    fn field_and_kind(&mut self) -> (String, Kind) {
        let kind = *self.random.pick(&[Kind::Number, Kind::Text, Kind::Bool]);
        (self.scope.field(self.random, kind), kind)
    }

    /// `sum(latency) / count(*)`
    fn reckoned(&mut self) -> String {
        let (first, second) = (self.aggregate().0, self.aggregate().0);
        match self.random.below(4) {
            0 => format!("{first} / {second}"),
            1 => format!("{}({first})", self.random.word(&["ceil", "floor", "round"])),
            2 => format!("greatest({first}, {second})"),
            _ => format!("{first} - {second} * 100"),
        }
    }
}
