//! Templates of CloudFormation: by hand, of SAM, and as the CDK writes them.

use std::collections::HashMap;

use syntax::Span;

use super::dashboard::{self, unread};
use super::{Host, Reads};
use crate::choice::{self, Choice, Variant};
use crate::form::{Escape, Form};
use crate::node::{Node, Value};
use crate::parameters;
use crate::query::{Found, Query};
use crate::text::Text;

/// Templates.
pub const HOST: Host = Host {
    name: "cloudformation",
    doc: "A template of CloudFormation or SAM in YAML or JSON, or of `cdk.out`: the `QueryString` of query definitions \
          and scheduled queries, and the log widgets of dashboards, through `Sub`, `Join`, `Ref`, `If` and their short \
          tags. A parameter stands for its default, and both sides of a condition are looked at.",
    marks: MARKS,
    reads: Reads::Documents {
        is: |it| it.get("Resources").is_some_and(|it| !it.entries().is_empty()),
        find: |document, source| {
            let mut found = Found::default();
            Template::new(document, source).find(&mut found);
            found
        },
    },
};

/// The types of resources that hold queries.
pub const MARKS: &[&str] = &["AWS::Logs::QueryDefinition", "AWS::Logs::ScheduledQuery", "AWS::CloudWatch::Dashboard"];

/// A template, and what is known of its values.
pub struct Template<'a> {
    document: &'a Node,
    source: &'a Text,
    /// The defaults of its parameters.
    parameters: HashMap<&'a str, &'a str>,
    /// Whether `${…}` is a placeholder outside of `Sub` too.
    variables: Variables,
}

/// Where placeholders stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Variables {
    InSub,
    Everywhere,
}

impl<'a> Template<'a> {
    /// A template as CloudFormation reads it.
    pub fn new(document: &'a Node, source: &'a Text) -> Template<'a> {
        let parameters = document.get("Parameters").map(Node::entries).unwrap_or_default().iter();
        let parameters = parameters.filter_map(|(name, it)| Some((name.as_str()?, it.get("Default")?.as_str()?)));
        Template { document, source, parameters: parameters.collect(), variables: Variables::InSub }
    }

    /// A template that another tool makes a template of, putting its variables in everywhere.
    pub fn variables_everywhere(document: &'a Node, source: &'a Text) -> Template<'a> {
        Template { variables: Variables::Everywhere, ..Template::new(document, source) }
    }

    /// Finds the queries of its resources.
    pub fn find(&self, found: &mut Found) {
        if let Some(all) = self.document.get("Resources") {
            resources(all, self, found);
        }
    }

    /// The texts of a value, one for each way through its conditions; none if it is no text.
    fn texts(&self, node: &Node) -> Vec<Variant<Text>> {
        choice::variants(|choice| self.text(node, choice))
    }

    /// The text of a value under a choice; None if it is no text.
    fn text(&self, node: &Node, choice: &mut Choice) -> Option<Text> {
        match (node.tag.as_deref(), &node.value) {
            (Some(name), _) => self.call(name, node, node, choice),
            (None, Value::Scalar { text, .. }) => {
                let text = self.source.within(text);
                Some(if self.variables == Variables::Everywhere { self.sub(&text, None, choice) } else { text })
            }
            (None, _) => {
                let (name, argument) = node.only()?;
                self.call(name.strip_prefix("Fn::").unwrap_or(name), argument, node, choice)
            }
        }
    }

    /// The text that an intrinsic function gives. `whole` is the call with its name.
    fn call(&self, name: &str, argument: &Node, whole: &Node, choice: &mut Choice) -> Option<Text> {
        match name {
            "Sub" => {
                let [text, variables] = match argument.items() {
                    [text, variables] => [Some(&**text), Some(&**variables)],
                    _ => [Some(argument), None],
                };
                Some(self.sub(&self.source.within(text?.text()?), variables, choice))
            }
            "Join" => {
                let [separator, parts] = argument.items() else { return None };
                let separator = self.source.within(separator.text()?);
                let mut joined = Text::default();
                if parts.items().is_empty() {
                    return Some(self.unknown(name, whole, None));
                }
                for (number, part) in parts.items().iter().enumerate() {
                    if number > 0 {
                        joined.append(&separator);
                    }
                    joined.append(&self.text(part, choice)?);
                }
                Some(joined)
            }
            // What is left out.
            "Ref" if argument.as_str() == Some("AWS::NoValue") => Some(Text::default()),
            "Ref" => {
                let name = argument.as_str().unwrap_or(name);
                Some(self.unknown(name, whole, self.value(name)))
            }
            "If" => {
                let [condition, then, otherwise] = argument.items() else { return None };
                let branch = if choice.holds(condition.as_str()?) { then } else { otherwise };
                self.text(branch, choice)
            }
            "GetAtt" | "ImportValue" | "FindInMap" | "Select" | "Base64" | "Transform" | "Split" => {
                Some(self.unknown(argument.as_str().unwrap_or(name), whole, None))
            }
            _ => None,
        }
    }

    fn unknown(&self, name: &str, node: &Node, value: Option<String>) -> Text {
        let mut text = Text::default();
        text.push_hole(name, value, self.source.place(node.span));
        text
    }

    fn value(&self, name: &str) -> Option<String> {
        self.parameters.get(name).map(|it| (*it).to_owned())
    }

    /// `Sub`: `${Name}` is a placeholder, `${!Name}` is `${Name}`.
    fn sub(&self, text: &Text, variables: Option<&Node>, choice: &mut Choice) -> Text {
        let raw = text.as_str();
        let mut inner = Text::written(Form::one_line(Escape::Sub, "\n"));
        let mut at = 0;
        while let Some(next) = raw[at..].find("${") {
            inner.push(&raw[at..at + next], at);
            at += next;
            let span = |end: usize| Span { start: at as u32, end: end as u32 };
            let length = raw[at..].find('}').map(|it| it + 1);
            at = match length {
                Some(_) if raw[at..].starts_with("${!") => {
                    inner.push_coded("${", span(at + 3));
                    at + 3
                }
                Some(length) => {
                    let name = raw[at + 2..at + length - 1].trim();
                    let value = variables.and_then(|it| it.get(name)).and_then(|it| self.text(it, choice));
                    let value = value.filter(|it| it.holes().is_empty()).map(|it| it.as_str().to_owned());
                    inner.push_hole(name, value.or_else(|| self.value(name)), span(at + length));
                    at + length
                }
                None => {
                    inner.push("${", at);
                    at + 2
                }
            };
        }
        inner.push(&raw[at..], at);
        text.within(&inner)
    }
}

/// The queries of resources, by their types.
pub fn resources(all: &Node, template: &Template, found: &mut Found) {
    for (name, resource) in all.entries() {
        let (Some(name), Some(properties)) = (name.as_str(), resource.get("Properties")) else { continue };
        match resource.get("Type").and_then(Node::as_str) {
            Some("AWS::Logs::QueryDefinition" | "AWS::Logs::ScheduledQuery") => {
                definition(name, properties, template, found);
            }
            Some("AWS::CloudWatch::Dashboard") => dashboard_of(name, properties, template, found),
            _ => {}
        }
    }
}

fn definition(name: &str, properties: &Node, template: &Template, found: &mut Found) {
    let other = properties.get("QueryLanguage").and_then(Node::as_str).is_some_and(|it| it != "CWLI");
    let Some(query) = properties.get("QueryString").filter(|_| !other) else { return };
    let mut texts = template.texts(query);
    texts.retain(|it| it.conditions.is_empty() || !it.value.as_str().is_empty());
    if texts.is_empty() {
        found.unread.push(unread(name, "the query is made by a function that is not known here", query));
    }
    let also = properties.get("Name").and_then(|it| template.texts(it).into_iter().next()).map(|it| it.value.name());
    if texts.iter().any(|it| it.value.is_unknown()) {
        found.unread.push(unread(name, "the query comes from elsewhere", query));
    }
    let listed = parameters::listed(properties.get("Parameters"), "Name", "DefaultValue");
    for it in &texts {
        let also = also.as_ref().map(|name| choice::named(name, &it.conditions));
        found
            .queries
            .push(Query::saved(choice::named(name, &it.conditions), &it.value, listed.clone()).also_called(also));
    }
}

fn dashboard_of(name: &str, properties: &Node, template: &Template, found: &mut Found) {
    let Some(body) = properties.get("DashboardBody") else { return };
    // An extension of the language writes values as JSON.
    if let Some(("Fn::ToJsonString", value)) = body.only() {
        return dashboard::widgets(value, name, &|it| template.texts(it), found);
    }
    let texts = template.texts(body);
    if texts.is_empty() {
        found.unread.push(unread(name, "the body is made by a function that is not known here", body));
    }
    let of_text = |it: Variant<Text>| {
        let mut found = Found::default();
        dashboard::body(&it.value, name, body, &mut found);
        Variant { conditions: it.conditions, value: found }
    };
    choice::add(texts.into_iter().map(of_text).collect(), found);
}
