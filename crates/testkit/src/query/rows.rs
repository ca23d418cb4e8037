//! Random commands that cut values out of others, or make several rows of one.

use super::Writer;
use crate::vocabulary::Kind;

const PATHS: &[&str] = &["user.name", "items.0.id", "latency", "nested.code", "items"];
const REGEXES: &[&str] = &["/[a-z]+/", "/(\\d+)/", "/([a-z]+)=([^ ]*)/", "/o*/", "/\"([^\"]*)\"/", "/é|E/"];

impl Writer<'_> {
    /// `unnest …`, `expand …`, `json …`, `unmask …`, `filterIndex …`, `parse … multi`, `logfmt` or `csv`
    pub(super) fn nested(&mut self) {
        match self.random.below(8) {
            0..=1 => self.unnest(),
            2 => self.expand(),
            3 => {
                let (path, name) = (self.random.word(PATHS), self.scope.fresh(self.random));
                let field = self.random.word(&["payload", "request", "nested", "message"]);
                self.add("json", &format!("field={field} \"{path}\" as {name}"));
                self.scope.define(name, Kind::Text);
            }
            4 => {
                let field = self.scope.field_of_any_kind(self.random);
                self.add("unmask", &field);
            }
            5 => {
                let field = self.scope.field_of_any_kind(self.random);
                let condition =
                    self.random.word(&["= \"ERROR\"", "== 200", "in [\"ok\", -1, 'INFO']", "= true", "in []"]);
                self.add("filterIndex", &format!("{field} {condition}"));
            }
            6 => {
                let name = self.scope.fresh(self.random);
                let from = self.random.word(&["", "@message ", "message "]);
                let regex = self.random.word(REGEXES);
                self.add("parse", &format!("{from}{regex} as {name} multi"));
                self.scope.define(name, Kind::Text);
            }
            _ => self.format(),
        }
    }

    /// `unnest map.items into item`
    fn unnest(&mut self) {
        let Some(map) = self.scope.map(self.random) else { return self.json() };
        let part = self.random.word(&[".items", ".items", "", ".nested", ".tags", ".items[0]"]);
        let name = self.scope.fresh(self.random);
        self.add("unnest", &format!("{map}{part} into {name}"));
        self.scope.define_map(name);
    }

    /// `expand items`
    fn expand(&mut self) {
        let field = match self.random.below(3) {
            0 => self.scope.field_of_any_kind(self.random),
            _ => self.random.word(&["items", "tags", "nested.list"]).to_string(),
        };
        self.add("expand", &field);
    }

    /// `parse @message logfmt as map`, `parse @message csv as first, second`
    fn format(&mut self) {
        let from = self.random.word(&["", "@message ", "message "]);
        if self.random.one_in(2) {
            let name = self.scope.fresh(self.random);
            self.add("parse", &format!("{from}logfmt as {name}"));
            return self.scope.define_map(name);
        }
        let names: Vec<String> = (0..self.random.between(1, 4)).map(|_| self.scope.fresh(self.random)).collect();
        self.add("parse", &format!("{from}csv as {}", names.join(", ")));
        names.into_iter().for_each(|it| self.scope.define(it, Kind::Text));
    }
}
