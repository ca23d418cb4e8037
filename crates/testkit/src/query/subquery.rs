//! Random queries within a query.

use super::Writer;
use super::scope::Scope;

impl Writer<'_> {
    /// `filter level in (source logGroups() | fields level)`
    pub(super) fn filter_by_query(&mut self) {
        let field = self.scope.field_of_any_kind(self.random);
        let word = self.random.word(&["in", "in", "not in"]);
        let query = self.subquery(1);
        let more = match self.random.below(3) {
            0 => format!(" {} {}", self.random.word(&["and", "or"]), self.condition(0)),
            _ => String::new(),
        };
        self.add("filter", &format!("{field} {word} ({query}){more}"));
    }

    /// A query of its own, with so many columns at most.
    pub(super) fn subquery(&mut self, columns: usize) -> String {
        let scope = Scope::of_log(&self.sizes.fields);
        let mut it = Writer { random: self.random, sizes: self.sizes, scope, commands: Vec::new() };
        it.commands.push(it.random.word(&["source logGroups()", "SOURCE logGroups()"]).to_string());
        if it.random.one_in(2) {
            it.filter();
        }
        match it.random.below(4) {
            0 => it.stats(),
            1 => it.parse(),
            _ => {}
        }
        let names = it.some_names();
        it.add("display", &names[..names.len().min(columns)].join(", "));
        if it.random.one_in(3) {
            it.sort();
            it.limit();
        }
        it.commands.join(" | ")
    }
}
