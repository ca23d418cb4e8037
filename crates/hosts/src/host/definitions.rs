//! Query definitions as the service's own tools give and take them.

use super::{Host, Reads};
use crate::node::Node;
use crate::parameters;
use crate::query::{Found, Query};
use crate::text::Text;

/// The answer of `describe-query-definitions`, and the input of `put-query-definition`.
pub const HOST: Host = Host {
    name: "definitions",
    doc: "The answer of `aws logs describe-query-definitions`, or the input of `put-query-definition`, in JSON or \
          YAML. A parameter stands for its default.",
    marks: &["queryString"],
    reads: Reads::Documents { is: |it| it.get("queryDefinitions").is_some() || it.get("queryString").is_some(), find },
};

fn find(document: &Node, source: &Text) -> Found {
    let mut found = Found::default();
    let one = [document];
    let many: Vec<&Node> =
        document.get("queryDefinitions").into_iter().flat_map(|it| it.items()).map(|it| &**it).collect();
    for definition in if many.is_empty() { one.as_slice() } else { &many } {
        let other = definition.get("queryLanguage").and_then(Node::as_str).is_some_and(|it| it != "CWLI");
        let text = definition.get("queryString").and_then(Node::text);
        if let (Some(text), false) = (text, other) {
            let name = definition.get("name").and_then(Node::as_str).unwrap_or("query").to_owned();
            let listed = parameters::listed(definition.get("parameters"), "name", "defaultValue");
            found.queries.push(Query::saved(name, &source.within(text), listed));
        }
    }
    found
}
