//! Dashboards of Grafana: panels that ask CloudWatch Logs.

use std::collections::HashSet;

use syntax::Span;

use super::{Host, Reads};
use crate::form::Form;
use crate::node::Node;
use crate::query::{Found, Query};
use crate::text::Text;

/// Dashboards of Grafana.
pub const HOST: Host = Host {
    name: "grafana",
    doc: "A dashboard of Grafana: the targets of its panels that ask CloudWatch Logs, called by panel and `refId`. The \
          dashboard's variables are placeholders.",
    marks: &["\"Logs\""],
    reads: Reads::Documents {
        is: |it| dashboard(it).get("panels").is_some() || dashboard(it).get("rows").is_some(),
        find,
    },
};

/// The dashboard, which an export or the API wraps.
fn dashboard(document: &Node) -> &Node {
    document.get("dashboard").or_else(|| document.get("spec")).unwrap_or(document)
}

fn find(document: &Node, source: &Text) -> Found {
    let dashboard = dashboard(document);
    let list = dashboard.path(&["templating", "list"]).map(Node::items).unwrap_or_default();
    let names: HashSet<&str> = list.iter().filter_map(|it| it.get("name")?.as_str()).collect();
    let mut found = Found::default();
    panels(dashboard, source, &names, &mut found);
    found
}

/// The panels of a dashboard or a row; a row's may be folded away in it.
fn panels(parent: &Node, source: &Text, names: &HashSet<&str>, found: &mut Found) {
    let of = |name: &str| parent.get(name).map(Node::items).unwrap_or_default();
    for panel in of("rows").iter().chain(of("panels")) {
        let title = panel.get("title").and_then(Node::as_str).filter(|it| !it.is_empty()).unwrap_or("panel");
        for target in panel.get("targets").map(Node::items).unwrap_or_default() {
            let other = target.get("logsQueryLanguage").or_else(|| target.get("queryLanguage"));
            let other = other.and_then(Node::as_str).is_some_and(|it| it != "CWLI");
            let is_logs = target.get("queryMode").and_then(Node::as_str) == Some("Logs");
            let text = target.get("expression").and_then(Node::text);
            if let (Some(text), true, false) = (text, is_logs, other) {
                let name = match target.get("refId").and_then(Node::as_str) {
                    Some(id) => format!("{title}/{id}"),
                    None => title.to_owned(),
                };
                found.queries.push(Query::new(name, &variables(&source.within(text), names)));
            }
        }
        panels(panel, source, names, found);
    }
}

/// `$name`, `${name}`, `${name:format}` and `[[name]]` of the dashboard's variables, and `$__` of Grafana's own.
fn variables(text: &Text, names: &HashSet<&str>) -> Text {
    let raw = text.as_str();
    let mut inner = Text::written(Form { line_break: String::from("\n"), ..Form::plain() });
    let mut at = 0;
    while let Some(next) = raw[at..].find(['$', '[']) {
        inner.push(&raw[at..at + next], at);
        at += next;
        match variable(&raw[at..], names) {
            Some(length) => {
                let name = raw[at..at + length].trim_matches(['$', '{', '}', '[', ']']);
                let name = name.split([':', '.']).next().unwrap_or_default();
                inner.push_hole(name, None, Span { start: at as u32, end: (at + length) as u32 });
                at += length;
            }
            None => {
                inner.push(&raw[at..=at], at);
                at += 1;
            }
        }
    }
    inner.push(&raw[at..], at);
    text.within(&inner)
}

/// How long the variable is that a text begins with.
fn variable(rest: &str, names: &HashSet<&str>) -> Option<usize> {
    let is_known = |name: &str| name.starts_with("__") || names.contains(name);
    let enclosed = |open: &str, close: &str| {
        let inner = rest.strip_prefix(open)?;
        let length = inner.find(close)?;
        let name = inner[..length].split([':', '.']).next().unwrap_or_default();
        is_known(name).then_some(open.len() + length + close.len())
    };
    if let Some(length) = enclosed("${", "}").or_else(|| enclosed("[[", "]]")) {
        return Some(length);
    }
    let name = rest.strip_prefix('$')?;
    let length = name.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or(name.len());
    is_known(&name[..length]).then_some(1 + length)
}
