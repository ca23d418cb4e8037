//! Terraform: query definitions and dashboards.

use std::collections::HashMap;
use std::path::Path;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use syntax::Span;

use super::dashboard::{self, unread};
use super::{Host, Reads};
use crate::choice::{self, Choice, Variant};
use crate::form::{Escape, Form};
use crate::node::{Node, Value};
use crate::query::{Found, Query};
use crate::text::{HOLE, Text};
use crate::{Broken, hcl};

/// Files in Terraform's own language.
pub const HOST: Host = Host {
    name: "terraform",
    doc: "A configuration of Terraform or OpenTofu: the `query_string` of `aws_cloudwatch_query_definition`, and the \
          log widgets of `aws_cloudwatch_dashboard`, in strings, heredocs and `jsonencode`. A local or a variable stands \
          for its value or default, where the file has it, and both sides of a condition are looked at.",
    marks: MARKS,
    reads: Reads::Files { endings: &[".tf", ".tofu"], find },
};

/// The same in JSON.
pub const JSON_HOST: Host = Host {
    name: "terraform-json",
    doc: "A configuration of Terraform in JSON, such as the CDK for Terraform writes.",
    marks: MARKS,
    reads: Reads::Documents { is: |it| it.get("resource").is_some_and(|it| !it.entries().is_empty()), find: find_json },
};

const MARKS: &[&str] = &["aws_cloudwatch_query_definition", "aws_cloudwatch_dashboard"];

fn find(_: &Path, file: &str) -> Result<Found, Broken> {
    let body = hcl::read(file)?;
    let known = known(&body);
    let source = Text::whole(file);
    let mut found = Found::default();
    for block in body.get_blocks("resource") {
        let [kind, name] = block.labels.as_slice() else { continue };
        let value = |attribute: &str| attribute_of(block, attribute, file, &known);
        let name = format!("{}.{}", kind.as_str(), name.as_str());
        resource(kind.as_str(), &name, &value, &|it| choice::variants(|choice| text(it, &source, choice)), &mut found);
    }
    Ok(found)
}

fn attribute_of(block: &Block, name: &str, file: &str, known: &HashMap<String, &Expression>) -> Option<Node> {
    let attribute = block.body.get_attribute(name)?;
    // A value may name another, but is not followed further: so none can go in a circle.
    let once = |text: &str| known.get(text.trim()).map(|it| hcl::node(it, file, &|_| None));
    Some(hcl::node(&attribute.value, file, &once))
}

/// The values that the file gives to names: `local.x`, `var.x`.
fn known(body: &Body) -> HashMap<String, &Expression> {
    let locals = body.get_blocks("locals").flat_map(|it| it.body.attributes());
    let locals = locals.map(|it| (format!("local.{}", it.key.as_str()), &it.value));
    let variables = body.get_blocks("variable").filter_map(|it| {
        let name = it.labels.first()?;
        Some((format!("var.{}", name.as_str()), &it.body.get_attribute("default")?.value))
    });
    locals.chain(variables).collect()
}

/// The queries of a resource. `value` gives its attributes, `texts` the texts of one, one for each way through its
/// conditions.
fn resource(kind: &str, name: &str, value: &dyn Fn(&str) -> Option<Node>, texts: &Texts, found: &mut Found) {
    match kind {
        "aws_cloudwatch_query_definition" => {
            let Some(query) = value("query_string") else { return };
            let mut texts = texts(&query);
            texts.retain(|it| !it.value.is_unknown());
            if texts.is_empty() {
                found.unread.push(unread(name, "the query comes from elsewhere", &query));
            }
            let also = value("name").and_then(|it| it.text().map(Text::name));
            for it in &texts {
                let also = also.as_ref().map(|name| choice::named(name, &it.conditions));
                found
                    .queries
                    .push(Query::saved(choice::named(name, &it.conditions), &it.value, Vec::new()).also_called(also));
            }
        }
        "aws_cloudwatch_dashboard" => {
            if let Some(body) = value("dashboard_body") {
                dashboard_of(&body, name, texts, found);
            }
        }
        _ => {}
    }
}

/// The texts of a value.
type Texts<'a> = dyn Fn(&Node) -> Vec<Variant<Text>> + 'a;

fn dashboard_of(body: &Node, name: &str, texts: &Texts, found: &mut Found) {
    match (body.tag.as_deref(), body.items()) {
        (Some("jsonencode"), [value]) => dashboard::widgets(value, name, texts, found),
        (Some(hcl::CONDITION), [condition, then, otherwise]) => {
            let condition = condition.as_str().unwrap_or_default();
            let side = |body: &Node, conditions: String| {
                let mut found = Found::default();
                // What is null is no dashboard.
                if body.as_str() != Some(HOLE) {
                    dashboard_of(body, name, texts, &mut found);
                }
                Variant { conditions, value: found }
            };
            let sides = vec![side(then, condition.to_owned()), side(otherwise, format!("not {condition}"))];
            choice::add(sides, found);
        }
        _ => match texts(body).as_slice() {
            [one] if !one.value.is_unknown() => dashboard::body(&one.value, name, body, found),
            _ => found.unread.push(unread(name, "the dashboard's body comes from elsewhere", body)),
        },
    }
}

/// The text of a value under a choice: a string, or a function over strings that is done here.
fn text(node: &Node, source: &Text, choice: &mut Choice) -> Option<Text> {
    match (node.tag.as_deref(), &node.value) {
        (Some(hcl::CONDITION), Value::List(it)) => {
            let [condition, then, otherwise] = it.as_slice() else { return None };
            text(if choice.holds(condition.as_str()?) { then } else { otherwise }, source, choice)
        }
        (None, Value::Scalar { text, .. }) => Some(source.within(text)),
        (Some("trimspace" | "chomp"), Value::List(it)) => text(it.first()?, source, choice),
        (Some("join"), Value::List(it)) => {
            let [separator, parts] = it.as_slice() else { return None };
            let separator = text(separator, source, choice)?;
            let mut joined = Text::default();
            for (number, part) in parts.items().iter().enumerate() {
                if number > 0 {
                    joined.append(&separator);
                }
                joined.append(&text(part, source, choice)?);
            }
            Some(joined)
        }
        _ => None,
    }
}

fn find_json(document: &Node, source: &Text) -> Found {
    let mut found = Found::default();
    for kind in MARKS {
        let resources = document.path(&["resource", kind]).map(Node::entries).unwrap_or_default();
        for (label, it) in resources {
            let name = format!("{kind}.{}", label.as_str().unwrap_or_default());
            // The attributes may stand in a list of one.
            let attributes = it.items().first().unwrap_or(it);
            let value = |name: &str| attributes.get(name).cloned();
            let texts = |node: &Node| dashboard::always(node.text().map(|it| template(&source.within(it))));
            resource(kind, &name, &value, &texts, &mut found);
        }
    }
    found
}

/// A text in which `${…}` and `%{…}` are placeholders, and `$${` stands for `${`.
fn template(text: &Text) -> Text {
    let raw = text.as_str();
    let mut inner = Text::written(Form::one_line(Escape::Template, "\n"));
    let mut at = 0;
    let marker = |rest: &str| [rest.find("${"), rest.find("%{")].into_iter().flatten().min();
    while let Some(next) = marker(&raw[at..]) {
        let found = at + next;
        let escaped = raw[..found].ends_with(&raw[found..=found]) && found > at;
        let end = raw[found..].find('}').map(|it| found + it + 1);
        let span = |start: usize, end: usize| Span { start: start as u32, end: end as u32 };
        match end {
            _ if escaped => {
                inner.push(&raw[at..found - 1], at);
                inner.push_coded(&raw[found..found + 2], span(found - 1, found + 2));
                at = found + 2;
            }
            Some(end) => {
                inner.push(&raw[at..found], at);
                inner.push_hole(&raw[found + 2..end - 1], None, span(found, end));
                at = end;
            }
            None => {
                inner.push(&raw[at..found + 2], at);
                at = found + 2;
            }
        }
    }
    inner.push(&raw[at..], at);
    text.within(&inner)
}
