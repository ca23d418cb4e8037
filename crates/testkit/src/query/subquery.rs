//! Random queries within a query.

use super::Writer;
use super::scope::Scope;
use crate::vocabulary::Kind;

impl Writer<'_> {
    /// `filter level in (source logGroups() | fields level)`
    pub(super) fn filter_by_query(&mut self) {
        let field = self.scope.field_of_any_kind(self.random);
        let word = self.random.word(&["in", "in", "not in"]);
        let (query, _) = self.subquery(1);
        let more = match self.random.below(3) {
            0 => format!(" {} {}", self.random.word(&["and", "or"]), self.condition(0)),
            _ => String::new(),
        };
        self.add("filter", &format!("{field} {word} ({query}){more}"));
    }

    /// `join left=l right=r where l.level = r.level (source logGroups() | display level, latency)`
    pub(super) fn join(&mut self) {
        let (query, shown) = self.subquery(2);
        let right: Vec<String> = shown.iter().map(|it| format!("r.{it}")).collect();
        let left: Vec<(String, Kind)> =
            self.scope.plain_names().into_iter().map(|(it, kind)| (format!("l.{it}"), kind)).collect();
        if left.is_empty() || right.iter().any(|it| it.contains("@`")) {
            return;
        }
        let (own, theirs) = (self.random.pick(&left).0.clone(), self.random.pick(&right).clone());
        let kind = self.random.word(&["", "type=inner ", "type=left ", "TYPE=left "]);
        let on = if self.random.one_in(4) { format!("{theirs} = {own}") } else { format!("{own} = {theirs}") };
        self.add("join", &format!("{kind}left=l right=r where {on} ({query})"));
        let mut names = left;
        names.extend(right.into_iter().map(|it| (it, Kind::Text)));
        self.scope.turn_to_groups(names);
    }

    /// `appendcols max=5 (source logGroups() | display level)`
    pub(super) fn appendcols(&mut self) {
        let (query, _) = self.subquery(2);
        let options = self.random.word(&["", "", "max=3 ", "override=true ", "override=false max=100 "]);
        self.add("appendcols", &format!("{options}({query})"));
    }

    /// A query of its own, and its columns: so many at most.
    pub(super) fn subquery(&mut self, columns: usize) -> (String, Vec<String>) {
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
        let mut names = it.some_names();
        names.truncate(columns);
        it.add("display", &names.join(", "));
        if it.random.one_in(3) {
            it.sort();
            it.limit();
        }
        (it.commands.join(" | "), names)
    }
}
