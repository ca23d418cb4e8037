//! `{{name}}` in the text of a saved query: a parameter, to which a call gives a value.

use syntax::Span;

use crate::form::Form;
use crate::node::Node;
use crate::text::Text;

/// A parameter of a saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// What it is called.
    pub name: String,
    /// What stands in its place where a call gives no value.
    pub default: Option<String>,
}

/// The parameters that a definition lists, their names and defaults under these keys.
pub fn listed(list: Option<&Node>, name: &str, default: &str) -> Vec<Parameter> {
    let text = |it: &Node, key: &str| it.get(key).and_then(Node::as_str).map(str::to_owned);
    let parameter = |it: &Node| Some(Parameter { name: text(it, name)?, default: text(it, default) });
    list.map(Node::items).unwrap_or_default().iter().filter_map(|it| parameter(it)).collect()
}

/// The text with a placeholder for each `{{name}}`, its value the default of that parameter.
pub fn placed(text: &Text, parameters: &[Parameter]) -> Text {
    let raw = text.as_str();
    if !raw.contains("{{") {
        return text.clone();
    }
    let mut inner = Text::written(Form { line_break: String::from("\n"), ..Form::plain() });
    let mut at = 0;
    while let Some(next) = raw[at..].find("{{") {
        inner.push(&raw[at..at + next], at);
        at += next;
        match parameter(&raw[at..]) {
            Some(name) => {
                let end = at + name.len() + 4;
                let default = parameters.iter().find(|it| it.name == name).and_then(|it| it.default.clone());
                inner.push_hole(name, default, Span { start: at as u32, end: end as u32 });
                at = end;
            }
            None => {
                inner.push("{{", at);
                at += 2;
            }
        }
    }
    inner.push(&raw[at..], at);
    text.within(&inner)
}

/// The name of the parameter that a text begins with.
fn parameter(rest: &str) -> Option<&str> {
    let (name, _) = rest.strip_prefix("{{")?.split_once("}}")?;
    let is_letter = |it: char| it.is_ascii_alphabetic() || it == '_';
    (name.starts_with(is_letter) && name.chars().all(|it| is_letter(it) || it.is_ascii_digit())).then_some(name)
}
