//! Random `parse`, by glob and by regular expression, and `jsonParse`.

use super::Writer;
use crate::vocabulary::Kind;

/// Globs, and what their stars mostly find.
const GLOBS: &[(&str, &[Kind])] = &[
    ("\"[*] *\"", &[Kind::Text, Kind::Text]),
    ("'[*] user=* operation=* took * ms'", &[Kind::Text, Kind::Text, Kind::Text, Kind::Number]),
    ("\"user=* \"", &[Kind::Text]),
    ("\"level=* latency=* *\"", &[Kind::Text, Kind::Number, Kind::Text]),
    ("\"RequestId: *\"", &[Kind::Text]),
    ("\"Duration: * ms\"", &[Kind::Number]),
    ("\"*\\t*\\t*\\t*\"", &[Kind::Text, Kind::Text, Kind::Text, Kind::Text]),
    ("'\"latency\":*,'", &[Kind::Number]),
    ("\"*é*\"", &[Kind::Text, Kind::Text]),
    ("\"*\"", &[Kind::Text]),
    ("\"**\"", &[Kind::Text, Kind::Text]),
    ("\" 200 *\"", &[Kind::Number]),
];

/// Regular expressions around the names of their groups, and what the groups mostly find.
const REGEXES: &[(&[&str], &[Kind])] = &[
    (&["/took (?<", ">[0-9.]+) ms/"], &[Kind::Number]),
    (&["/\\[(?<", ">[A-Z]+)\\]\\s+(?<", ">\\S+)/"], &[Kind::Text, Kind::Text]),
    (&["/level=(?<", ">\\w+)(?: latency=(?<", ">\\d+))?/"], &[Kind::Text, Kind::Number]),
    (&["/(?i)(error|warn) *(?<", ">.*)$/"], &[Kind::Text]),
    (&["/\"(?:latency|status)\" ?: ?\"?(?<", ">[^\",}]*)/"], &[Kind::Number]),
    (&["/^(?<", ">\\d{4}-\\d{2})-\\d{2}T/"], &[Kind::Text]),
    (&["/GET \\/(?<", ">[^?]+)\\?q=(?<", ">[0-9a-f]*)/"], &[Kind::Text, Kind::Text]),
];

impl Writer<'_> {
    /// `parse @message "[*] *" as level, text`
    pub(super) fn parse(&mut self) {
        let from = match self.random.below(5) {
            0 => String::new(),
            1 => format!("{} ", self.scope.field(self.random, Kind::Text)),
            _ => "@message ".to_string(),
        };
        if self.random.one_in(2) {
            let (glob, kinds) = *self.random.pick(GLOBS);
            let names: Vec<String> = kinds.iter().map(|_| self.scope.fresh(self.random)).collect();
            self.add("parse", &format!("{from}{glob} as {}", names.join(", ")));
            names.into_iter().zip(kinds).for_each(|(name, kind)| self.scope.define(name, *kind));
            return;
        }
        let (parts, kinds) = *self.random.pick(REGEXES);
        let mut regex = String::new();
        for (place, part) in parts.iter().enumerate() {
            regex.push_str(part);
            if let Some(kind) = kinds.get(place) {
                let name = self.scope.group(self.random);
                regex.push_str(&name);
                self.scope.define(name, *kind);
            }
        }
        self.add("parse", &format!("{from}{regex}"));
    }

    /// `fields jsonParse(@message) as map`
    pub(super) fn json(&mut self) {
        if !self.scope.are_events() {
            return self.filter();
        }
        let from = self.random.word(&["@message", "payload", "message"]);
        let name = self.scope.fresh(self.random);
        self.scope.define_map(name.clone());
        self.add("fields", &format!("jsonParse({from}) as {name}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_star_has_a_name() {
        for (glob, kinds) in GLOBS {
            assert_eq!(glob.matches('*').count(), kinds.len(), "{glob}");
        }
        for (parts, kinds) in REGEXES {
            assert_eq!(parts.len(), kinds.len() + 1, "{parts:?}");
        }
    }
}
