//! Which names a random query may use where.

use crate::random::Random;
use crate::vocabulary::Kind;

/// The names that exist at a place of a query.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// What may be named, as it is written, and what it mostly holds.
    names: Vec<(String, Kind)>,
    /// What `jsonParse`, `values` and `topk` made: to be read by `.key`, never sorted or grouped by.
    maps: Vec<String>,
    /// Every name that was written anywhere: defining it again could change what it meant, or be an error.
    mentioned: Vec<String>,
    /// Whether these are events of a log, which have a `@timestamp`.
    events: bool,
    /// How many names were made up.
    made: usize,
}

impl Scope {
    /// The fields of a log.
    pub fn of_log(fields: &[(&str, Kind)]) -> Scope {
        Scope {
            names: fields.iter().map(|(name, kind)| (name.to_string(), *kind)).collect(),
            maps: Vec::new(),
            mentioned: Vec::new(),
            events: true,
            made: 0,
        }
    }

    /// The outputs of a `stats`, and nothing else.
    pub fn turn_to_groups(&mut self, outputs: Vec<(String, Kind)>) {
        self.mentioned.extend(outputs.iter().map(|(name, _)| name.clone()));
        self.names = outputs;
        self.maps.clear();
        self.events = false;
    }

    /// The names that may stand behind a dot as they are.
    pub fn plain_names(&self) -> Vec<(String, Kind)> {
        self.names.iter().filter(|(name, _)| !name.contains("@`")).cloned().collect()
    }

    /// Whether rows are events of a log.
    pub fn are_events(&self) -> bool {
        self.events
    }

    /// A name that mostly holds this kind; any other where there is none, and now and then.
    pub fn field(&mut self, random: &mut Random, kind: Kind) -> String {
        let of_kind: Vec<String> =
            self.names.iter().filter(|(_, it)| *it == kind).map(|(name, _)| name.clone()).collect();
        if of_kind.is_empty() || random.one_in(8) {
            return self.field_of_any_kind(random);
        }
        let name = random.pick(&of_kind).clone();
        self.mention(&name);
        name
    }

    /// A name that holds anything.
    pub fn field_of_any_kind(&mut self, random: &mut Random) -> String {
        let name = random.pick(&self.names).0.clone();
        self.mention(&name);
        name
    }

    /// What stands below a key of a map, where there is a map.
    pub fn inner(&mut self, random: &mut Random) -> Option<String> {
        let key = random.word(&["level", "latency", "status", "nested.code", "items[0].id", "`found-at`"]);
        if self.maps.is_empty() { None } else { Some(format!("{}.{key}", random.pick(&self.maps))) }
    }

    /// A map as a whole, where there is one.
    pub fn map(&mut self, random: &mut Random) -> Option<String> {
        if self.maps.is_empty() { None } else { Some(random.pick(&self.maps).clone()) }
    }

    /// A name that was never written.
    pub fn fresh(&mut self, random: &mut Random) -> String {
        self.made += 1;
        let made = self.made;
        match random.below(10) {
            0 => format!("@x{made}"),
            1 => format!("`odd name {made}`"),
            2 => format!("group_{made}.part"),
            _ => format!("{}{made}", random.word(&["a", "b", "value", "total_", "count_of"])),
        }
    }

    /// A name that was never written and may be that of a group in a regular expression.
    pub fn group(&mut self, random: &mut Random) -> String {
        self.made += 1;
        format!("{}{}", random.word(&["g", "part_", "Found"]), self.made)
    }

    /// A field of the log that was not written yet: an alias may hide it.
    pub fn hide(&mut self, random: &mut Random) -> Option<String> {
        let free = |name: &str| !name.starts_with('@') && !self.mentioned.iter().any(|it| it == name);
        let names: Vec<String> = self.names.iter().map(|(name, _)| name.clone()).filter(|it| free(it)).collect();
        if names.is_empty() || !self.events { None } else { Some(random.pick(&names).clone()) }
    }

    /// Makes a name known; what it meant before is hidden.
    pub fn define(&mut self, name: String, kind: Kind) {
        self.mention(&name);
        self.names.retain(|(it, _)| *it != name);
        // Names of the query's own are used more often than those of the log.
        self.names.extend([(name.clone(), kind), (name, kind)]);
    }

    /// Makes a map known, whose command must end here: its keys can only be read behind it.
    pub fn define_map(&mut self, name: String) {
        self.mention(&name);
        self.maps.push(name);
    }

    fn mention(&mut self, name: &str) {
        if !self.mentioned.iter().any(|it| it == name) {
            self.mentioned.push(name.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_never_written_is_hidden() {
        let mut random = Random::new(1);
        let mut scope = Scope::of_log(&[("a", Kind::Number), ("b", Kind::Text), ("@c", Kind::Time)]);
        while scope.field(&mut random, Kind::Number) != "a" {}
        scope.mention("b");
        assert_eq!(scope.hide(&mut random), None);
        let mut scope = Scope::of_log(&[("a", Kind::Number), ("@c", Kind::Time)]);
        assert_eq!(scope.hide(&mut random).as_deref(), Some("a"));
    }

    #[test]
    fn behind_stats_only_outputs_are_named() {
        let mut random = Random::new(1);
        let mut scope = Scope::of_log(&[("a", Kind::Number)]);
        scope.define_map("m".to_string());
        scope.turn_to_groups(vec![("`count(*)`".to_string(), Kind::Number)]);
        assert_eq!(scope.field(&mut random, Kind::Text), "`count(*)`");
        assert_eq!((scope.map(&mut random), scope.hide(&mut random), scope.are_events()), (None, None, false));
    }
}
