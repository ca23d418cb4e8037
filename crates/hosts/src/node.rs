//! The tree that YAML, JSON and Terraform's values are read into, with the place of every text.

use std::rc::Rc;

use syntax::Span;

use crate::text::Text;

/// A value of a document. An alias of YAML is the node it names, so nodes are shared.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands in the document.
    pub span: Span,
    /// A tag of YAML's own kind, without the `!`: `Sub`.
    pub tag: Option<String>,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text, a number, a truth value: its text, and whether it stood without quotes.
    Scalar {
        /// The text, with places in the document.
        text: Text,
        /// Whether it could be a number or a truth value.
        plain: bool,
    },
    /// `[a, b]`
    List(Vec<Rc<Node>>),
    /// `{a: b}`, in the order of the document; names may stand twice.
    Map(Vec<(Rc<Node>, Rc<Node>)>),
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&Text> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar, as a string.
    pub fn as_str(&self) -> Option<&str> {
        self.text().map(Text::as_str)
    }

    /// The items of a list; of anything else none.
    pub fn items(&self) -> &[Rc<Node>] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a map; of anything else none.
    pub fn entries(&self) -> &[(Rc<Node>, Rc<Node>)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a name in a map: the last, if there are several, then what `<<` merges in.
    pub fn get(&self, name: &str) -> Option<&Node> {
        let own = |name: &str| self.entries().iter().rev().find(|(key, _)| key.as_str() == Some(name));
        if let Some((_, value)) = own(name) {
            return Some(value);
        }
        // One step is enough for templates, and cannot go in a circle.
        let (_, merged) = own("<<")?;
        let merged = if merged.items().is_empty() { std::slice::from_ref(merged) } else { merged.items() };
        merged
            .iter()
            .find_map(|it| it.entries().iter().find(|(key, _)| key.as_str() == Some(name)).map(|(_, it)| &**it))
    }

    /// The value below several names.
    pub fn path(&self, names: &[&str]) -> Option<&Node> {
        names.iter().try_fold(self, |node, name| node.get(name))
    }

    /// The only entry of a map that has one.
    pub fn only(&self) -> Option<(&str, &Node)> {
        match self.entries() {
            [(key, value)] => Some((key.as_str()?, value)),
            _ => None,
        }
    }
}
