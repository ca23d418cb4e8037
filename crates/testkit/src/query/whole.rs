//! Random commands that take the rows as a whole, in their order.

use super::Writer;
use crate::vocabulary::Kind;

impl Writer<'_> {
    /// `accum …`, `autoregress …`, `filldown …`, `sessionize …`, `outlier …` or `addtotals …`
    pub(super) fn whole(&mut self) {
        match self.random.below(6) {
            0 => {
                let (field, name) = (self.scope.field(self.random, Kind::Number), self.scope.fresh(self.random));
                self.add("accum", &format!("{field} as {name}"));
                self.scope.define(name, Kind::Number);
            }
            1 => {
                let (field, name) = (self.scope.field_of_any_kind(self.random), self.scope.fresh(self.random));
                let before = self.random.word(&["", " p=1", " p=3"]);
                self.add("autoregress", &format!("{field} as {name}{before}"));
                self.scope.define(name, Kind::Text);
            }
            2 => {
                let fields = self.some_names();
                self.add("filldown", &fields.join(" "));
            }
            3 if self.scope.are_events() => {
                let (fields, name) = (self.some_names(), self.scope.fresh(self.random));
                let maxspan = self.random.word(&["", " maxspan 1s", " maxspan 90m", " maxspan 3d", " maxspan 1mo"]);
                self.add("sessionize", &format!("{}{maxspan} as {name}", fields.join(", ")));
                self.scope.define(name, Kind::Number);
            }
            4 => {
                let action = self.random.word(&["", "action=remove ", "action=transform "]);
                let param = self.random.word(&["", "param=0 ", "param=0.5 ", "param=1e3 "]);
                let lower = self.random.word(&["", "uselower=true ", "uselower=false "]);
                let mark = self.random.word(&["", "mark=true ", "mark=false "]);
                let (first, second) =
                    (self.scope.field(self.random, Kind::Number), self.scope.field(self.random, Kind::Number));
                self.add("outlier", &format!("{action}{param}{lower}{mark}{first} {second}"));
            }
            _ => {
                let (fields, name) = (self.some_names(), self.scope.fresh(self.random));
                let options = self.random.word(&["", "", " col=true", " row=false col=true"]);
                self.add("addtotals", &format!("fieldname={name}{options} {}", fields.join(", ")));
                if !options.contains("row=false") {
                    self.scope.define(name, Kind::Number);
                }
            }
        }
    }

    /// `stats sum(latency) as n by bin(1d) as day, level | fillmissing with 0 for n`: few bins, whatever the log spans
    pub(super) fn filled(&mut self) {
        let (period, value) =
            (self.random.word(&["6h", "1d", "1w", "1mo"]), self.random.word(&["0", "'none'", "-1.5"]));
        let (call, field) = (self.random.word(&["sum", "max", "count"]), self.scope.field(self.random, Kind::Number));
        let key = self.scope.field(self.random, Kind::Text);
        let (bin, number) = (self.scope.fresh(self.random), self.scope.fresh(self.random));
        let (by, key) = if self.random.one_in(2) { (format!(", {key}"), Some(key)) } else { (String::new(), None) };
        self.add("stats", &format!("{call}({field}) as {number} by bin({period}) as {bin}{by}"));
        self.add("fillmissing", &format!("with {value} for {number}"));
        let outputs = [(bin, Kind::Time), (number, Kind::Number)];
        self.scope.turn_to_groups(outputs.into_iter().chain(key.map(|it| (it, Kind::Text))).collect());
    }

    /// `pattern @message | anomaly`, `pattern level | diff`, `logcompare timeshift 1h` or `relevantfields … where …`:
    /// what is learned of all events.
    pub(super) fn learned(&mut self) {
        if self.random.one_in(4) {
            let condition = self.condition(1);
            // A command before it may have given such a name to something else.
            let most = if self.commands.is_empty() { self.random.below(4) } else { 0 };
            let fields: Vec<&str> = self.sizes.fields.iter().map(|(name, _)| *name).take(most).collect();
            self.add("relevantfields", &format!("{} where {condition}", fields.join(", ")));
            let names = ["@fieldName", "@topRelevanceContributors"].map(|it| (it.to_string(), Kind::Text));
            let numbers = ["@relevanceScore", "@conditionalMedian"].map(|it| (it.to_string(), Kind::Number));
            return self.scope.turn_to_groups(names.into_iter().chain(numbers).collect());
        }
        let is_sorted = self.commands.iter().any(|it| it.to_lowercase().starts_with("sort"));
        let compared = match self.random.below(4) {
            _ if is_sorted => self.random.word(&["1ms", "10m", "1d", "1mo"]),
            0 => self.random.word(&["1s", "1h"]),
            _ => "",
        };
        if compared.is_empty() {
            let text = if self.random.one_in(2) { "@message".to_string() } else { self.expr(Kind::Text, 1) };
            self.add("pattern", &text);
            match self.random.below(4) {
                0 => self.commands.push(self.random.word(&["anomaly", "ANOMALY"]).to_string()),
                1 => {
                    let with = self.random.word(&["", "", " previousDay", " previousWeek", " PREVIOUSMONTH"]);
                    self.commands.push(format!("diff{with}"));
                }
                _ => {}
            }
        } else {
            self.add("logcompare", &format!("timeshift {compared}"));
        }
        let texts = ["@pattern", "@severityLabel", "@tokens"].map(|it| (it.to_string(), Kind::Text));
        let numbers = ["@sampleCount", "@ratio"].map(|it| (it.to_string(), Kind::Number));
        self.scope.turn_to_groups(texts.into_iter().chain(numbers).collect());
    }

    /// `countFrequent level, status`
    pub(super) fn count_frequent(&mut self) {
        let fields = self.some_names();
        self.add("countFrequent", &fields.join(", "));
        let counted = (String::from("_approxcount"), Kind::Number);
        self.scope.turn_to_groups(fields.into_iter().map(|it| (it, Kind::Text)).chain([counted]).collect());
    }
}
