//! Random queries, valid by construction, over the vocabulary of the random logs.
//!
//! They keep the rules that make a query an error: behind `stats` only its outputs are named (but a filter may name
//! fields in front of it), behind `dedup` comes only `limit`, no `sort` or `limit` stands before the last of several
//! `stats`, no name is defined twice, no map is sorted or grouped by.

mod calls;
mod expr;
mod parse;
mod rows;
mod scope;
mod stats;
mod subquery;
mod whole;

use crate::random::Random;
use crate::vocabulary::{FIELDS, Kind};

use scope::Scope;

/// How large queries are, and what they are about.
#[derive(Clone, PartialEq, Debug)]
pub struct QuerySizes {
    /// At most so many commands before the first `stats`, or before the order and the limit.
    pub commands: usize,
    /// At most so many items in a list.
    pub items: usize,
    /// At most so many calls and operators inside one another.
    pub depth: usize,
    /// At most so many `stats`.
    pub stats: usize,
    /// The fields of the log that may be named, and what they mostly hold; at least one of each kind.
    pub fields: Vec<(&'static str, Kind)>,
}

impl Default for QuerySizes {
    fn default() -> QuerySizes {
        QuerySizes { commands: 4, items: 3, depth: 3, stats: 2, fields: FIELDS.to_vec() }
    }
}

/// A query as text.
pub fn query(random: &mut Random, sizes: &QuerySizes) -> String {
    let mut it = Writer { scope: Scope::of_log(&sizes.fields), random, sizes, commands: Vec::new() };
    let stats = if it.random.one_in(2) { 0 } else { it.random.between(0, sizes.stats as i64) };
    for _ in 0..it.random.below(sizes.commands + 1) {
        it.row_command(stats);
    }
    match it.random.below(32) {
        0 | 1 if stats == 0 => it.count_frequent(),
        2 if stats == 0 => it.filled(),
        3 | 4 if stats == 0 => it.learned(),
        _ => {}
    }
    for round in 0..stats {
        it.stats();
        if round == 0 && it.random.one_in(6) {
            it.filter_before();
        }
        for _ in 0..it.random.below(2) {
            it.group_command();
        }
    }
    it.tail();
    it.text()
}

/// A query that is being written.
pub(crate) struct Writer<'a> {
    random: &'a mut Random,
    sizes: &'a QuerySizes,
    scope: Scope,
    commands: Vec<String>,
}

impl Writer<'_> {
    /// A command that works on events.
    fn row_command(&mut self, stats: i64) {
        match self.random.below(15) {
            14 => self.filter_by_query(),
            12..=13 => self.nested(),
            0..=3 => self.fields(),
            4..=7 => self.filter(),
            8..=9 => self.parse(),
            10 if stats < 2 => self.limit(),
            11 if stats < 2 => self.sort(),
            _ => self.json(),
        }
    }

    /// A command that works on groups.
    fn group_command(&mut self) {
        match self.random.below(8) {
            0..=2 => self.fields(),
            3 => self.filter_by_query(),
            _ => self.filter(),
        }
    }

    /// What may stand at the end of a query: how rows are shown, which, and in which order.
    fn tail(&mut self) {
        if self.random.one_in(8) {
            self.join();
        }
        if self.random.one_in(10) {
            self.sort();
            self.whole();
            if self.random.one_in(2) {
                self.appendcols();
            }
        }
        for _ in 0..self.random.below(3) {
            match self.random.below(4) {
                0 => self.display(),
                1 => self.limit(),
                _ => self.sort(),
            }
        }
        if self.random.one_in(5) {
            let names = self.some_names();
            self.add("dedup", &names.join(", "));
            if self.random.one_in(2) {
                let count = self.random.word(&["1", "5", "20"]);
                self.add("limit", count);
            }
        }
        if self.commands.is_empty() {
            self.fields();
        }
        if self.random.one_in(40) {
            self.commands.push(self.random.word(&["estimate", "ESTIMATE"]).to_string());
        }
    }

    /// `fields @timestamp, latency / 1000 as seconds`
    fn fields(&mut self) {
        let mut items: Vec<String> = Vec::new();
        for _ in 0..self.random.between(1, self.sizes.items as i64) {
            let (expr, kind) = match self.random.below(3) {
                0 => (self.scope.field_of_any_kind(self.random), None),
                _ => {
                    let kind = *self.random.pick(&[
                        Kind::Number,
                        Kind::Number,
                        Kind::Text,
                        Kind::Text,
                        Kind::Bool,
                        Kind::Time,
                    ]);
                    (self.expr(kind, self.sizes.depth), Some(kind))
                }
            };
            let item = match kind {
                None => expr,
                // Without an alias, the column is called by its text; if that was written before, it is the same column.
                Some(_) if self.random.one_in(8) && expr.contains('(') => expr,
                Some(kind) if self.random.one_in(10) => match self.scope.hide(self.random) {
                    Some(name) => self.named(&expr, name, kind),
                    None => self.newly_named(&expr, kind),
                },
                Some(kind) => self.newly_named(&expr, kind),
            };
            if !items.contains(&item) {
                items.push(item);
            }
        }
        self.add("fields", &items.join(", "));
    }

    /// `filter level = "ERROR"`
    fn filter(&mut self) {
        let condition = self.condition(self.sizes.depth);
        let word = self.random.word(&["filter", "filter", "filter", "where"]);
        self.add(word, &condition);
    }

    /// A filter behind the first `stats` on what is only known before it.
    fn filter_before(&mut self) {
        let groups = std::mem::replace(&mut self.scope, Scope::of_log(&self.sizes.fields));
        let field = self.scope.field_of_any_kind(self.random);
        let condition = match self.random.below(2) {
            0 => format!("ispresent({field})"),
            _ => self.comparison_of(&field),
        };
        self.scope = groups;
        self.add("filter", &condition);
    }

    /// `display seconds, level`
    fn display(&mut self) {
        let mut items = self.some_names();
        if self.random.one_in(3) {
            let expr = self.expr(Kind::Number, 1);
            let name = self.scope.fresh(self.random);
            items.push(format!("{expr} as {name}"));
        }
        self.add("display", &items.join(", "));
    }

    /// `sort n desc, level`
    fn sort(&mut self) {
        let keys: Vec<String> = (self.some_names().into_iter())
            .map(|it| format!("{it}{}", self.random.word(&["", " asc", " desc", " desc", " DESC"])))
            .collect();
        let word = self.random.word(&["sort", "sort", "sort by"]);
        self.add(word, &keys.join(", "));
    }

    /// `limit 20`
    fn limit(&mut self) {
        let count = self.random.word(&["1", "2", "3", "5", "10", "20", "1000"]);
        let word = self.random.word(&["limit", "limit", "limit", "limit", "limit", "limit any", "tail"]);
        self.add(word, count);
    }

    /// `expr as name`, for a name nobody has used.
    fn newly_named(&mut self, expr: &str, kind: Kind) -> String {
        let name = self.scope.fresh(self.random);
        self.named(expr, name, kind)
    }

    fn named(&mut self, expr: &str, name: String, kind: Kind) -> String {
        let word = self.random.word(&["as", "as", "as", "AS"]);
        let item = format!("{expr} {word} {name}");
        self.scope.define(name, kind);
        item
    }

    /// Up to as many names as a list may have, each once.
    fn some_names(&mut self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for _ in 0..self.random.between(1, self.sizes.items as i64) {
            let name = self.scope.field_of_any_kind(self.random);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn add(&mut self, word: &str, rest: &str) {
        let word = if self.random.one_in(12) { word.to_uppercase() } else { word.to_string() };
        self.commands.push(format!("{word} {rest}"));
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for (place, command) in self.commands.iter().enumerate() {
            let pipe = self.random.word(&[" | ", " | ", "\n| ", " |\n  ", "|", " # a | remark\n| "]);
            text.push_str(if place == 0 { "" } else { pipe });
            text.push_str(command);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queries(seed: u64) -> Vec<String> {
        let mut random = Random::new(seed);
        (0..500).map(|_| query(&mut random, &QuerySizes::default())).collect()
    }

    #[test]
    fn a_seed_is_a_query() {
        assert_eq!(queries(1), queries(1));
        assert_ne!(queries(1), queries(2));
    }

    #[test]
    fn every_word_of_the_language_turns_up() {
        let all = queries(3).join("\n").to_lowercase();
        let words = "fields filter where filterindex parse json unnest expand unmask stats sort limit tail dedup display accum \
                     autoregress filldown addtotals sessionize outlier countfrequent fillmissing join appendcols pattern anomaly diff logcompare relevantfields estimate coalesce( bin( datefloor( dateceil( if( case( jsonparse( jsonstringify( topk( values( (?<";
        let signs = " in [; not in [; in (; not in (; like ; not like ; =~ ; and ; or ;not ; ^ ; % ; != ; >= ";
        for word in words.split(' ').chain(signs.split(';')) {
            assert!(all.contains(word), "{word}");
        }
    }

    #[test]
    fn no_order_before_the_last_of_several_stats() {
        // A query within another has an order of its own.
        for text in queries(4).into_iter().filter(|it| !it.to_lowercase().contains("(source")) {
            let text = text.to_lowercase();
            let stages: Vec<&str> = text.split('|').map(|it| it.trim().split(' ').next().unwrap_or_default()).collect();
            let stats: Vec<usize> = (0..stages.len()).filter(|it| stages[*it] == "stats").collect();
            if let [.., _, last] = stats[..] {
                assert!(!stages[..last].iter().any(|it| matches!(*it, "sort" | "limit")), "{text}");
            }
            if let Some(dedup) = stages.iter().position(|it| *it == "dedup") {
                assert!(
                    stages[dedup + 1..].iter().all(|it| matches!(*it, "limit" | "estimate" | "#" | "remark")),
                    "{text}"
                );
            }
        }
    }
}
